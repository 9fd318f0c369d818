"""Where our time goes: the profiler's own time of each module, on generated articles, in one process."""

from __future__ import annotations

import pstats
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import table, timing
from benchmarks.timing import RunError

FILES = 50
_LEAST = 0.01  # modules with a smaller share are told together
_PROFILE = """\
import cProfile, sys
profile = cProfile.Profile()
profile.enable()
try:
    from healthlint import cli
    cli.main(sys.argv[2:])
finally:
    profile.disable()
    profile.dump_stats(sys.argv[1])
"""


def shares(python: Path, options: Sequence[str], files: Sequence[str], folder: Path, work: Path) -> Mapping[str, float]:
    """The seconds of each module, most first; a built-in function's time is its caller's. Raises RunError."""
    stats = work / "profile"
    command = [str(python), "-c", _PROFILE, str(stats), *options, *files]
    output = subprocess.DEVNULL
    subprocess.run(command, cwd=folder, env=timing.environment(), stdout=output, stderr=output, check=False)
    if not stats.exists():
        raise RunError("the profiler left nothing")
    return by_module(pstats.Stats(str(stats)))


def by_module(stats: pstats.Stats) -> Mapping[str, float]:
    """The seconds of each module, most first; a built-in function's time is its caller's."""
    seconds: Counter[str] = Counter()
    raw = stats.stats  # type: ignore[attr-defined]  # it is what pstats documents and its stub leaves out
    for (file, _, _), (_, _, own, _, callers) in raw.items():
        if file == "~":
            for (caller, _, _), (_, _, part, _) in callers.items():
                seconds[module_of(caller)] += part
        else:
            seconds[module_of(file)] += own
    return dict(seconds.most_common())


def module_of(file: str) -> str:
    """The module of a file: ours by its name, of others the package, of Python's own library just that."""
    parts = Path(file).with_suffix("").parts
    if "site-packages" in parts:
        package = parts[len(parts) - parts[::-1].index("site-packages")]
        if package != "healthlint":
            return package
    if "healthlint" in parts:
        start = len(parts) - 1 - parts[::-1].index("healthlint")
        return ".".join(parts[start:]).removesuffix(".__init__")
    if file.startswith("<frozen importlib"):
        return "importing"
    return "Python itself"


def written(seconds: Mapping[str, float]) -> str:
    """A table of the modules that take at least a hundredth."""
    total = sum(seconds.values()) or 1.0
    large = {name: own for name, own in seconds.items() if own / total >= _LEAST}
    rows = [(f"`{name}`" if "healthlint" in name else name, f"{own / total:.0%}") for name, own in large.items()]
    rows.append((f"{len(seconds) - len(large)} others", f"{1 - sum(large.values()) / total:.0%}"))
    return table.markdown(("module", "share of the time"), rows)
