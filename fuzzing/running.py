"""Runs a target in processes of their own, and keeps what fails as a test."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from fuzzing import failing, minimising
from fuzzing.targets import Target

ROOT = Path(__file__).resolve().parent.parent
CRASHES = ROOT / "tests" / "crashes"
MOST_ENDS = 5  # times that a process of a target may end before its time; more tell nothing new
SHORT = 60  # seconds; a run of a target that is shorter starts from fewer seeds
FEW_SEEDS = 40
_STOPPED = 60  # seconds after its time at which a process is stopped that does not end by itself
_PROGRESS = re.compile(r"^#(\d+)\s.*?cov: (\d+) ft: \d+ corp: (\d+)", re.MULTILINE)
_DONE = re.compile(r"^Done \d+ runs in (\d+) second", re.MULTILINE)
_KINDS = {"timeout": "hang", "oom": "memory", "crash": "crash", "slow": "hang"}


@dataclass(frozen=True)
class Limits:
    """Of one input."""

    seconds: int = 30  # by the clock; `failing.MOST_SECONDS` of the processor
    megabytes: int = 1024


@dataclass(frozen=True)
class Failed:
    """An input that failed: where it is kept, and what of."""

    file: Path
    kind: str  # 'crash', 'hang' or 'memory'
    what: str


@dataclass
class Outcome:
    """What came of a target."""

    inputs: int = 0
    seconds: float = 0  # by the clock, without the start of the process
    processor: float = 0  # seconds of it, the start included
    edges: int = 0
    corpus: int = 0
    failed: tuple[Failed, ...] = ()


def run(target: Target, seconds: int, corpus: Path, limits: Limits, seed: int = 0, *, guided: bool = True) -> Outcome:
    """Fuzz a target for so many seconds; `corpus` keeps the inputs that reach something new, for the next run.

    What is not `guided` needs no atheris, and does not look at what an input reaches.
    """
    outcome, before = Outcome(), _processor()
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as name:
        folder = Path(name)
        _write_seeds(target, folder / "seeds", seconds)
        (folder / "found").mkdir()
        corpus.mkdir(parents=True, exist_ok=True)
        for _ in range(MOST_ENDS):
            left = seconds - outcome.seconds
            if left < 1:
                break
            begun = time.monotonic()
            if guided:
                command = _guided(target, int(left), corpus, folder, limits, seed)
            else:
                command = _unguided(target, int(left), folder, limits, seed)
            said = _said(command, int(left), folder)
            _count(outcome, said, time.monotonic() - begun)
            if _DONE.search(said):
                break
        else:
            print(f"{target.name}: its process ended {MOST_ENDS} times, and is not started again", file=sys.stderr)
        outcome.processor = _processor() - before
        outcome.failed = tuple(_kept(target, folder))
    return outcome


def _write_seeds(target: Target, folder: Path, seconds: int) -> None:
    folder.mkdir()
    seeds = list(target.seeds())
    if seconds < SHORT and len(seeds) > FEW_SEEDS:
        seeds = Random(0).sample(seeds, FEW_SEEDS)
    kept = CRASHES / target.name
    seeds += [path.read_bytes() for path in sorted(kept.glob("*"))] if kept.is_dir() else []
    for number, data in enumerate(seeds):
        (folder / f"{number:05}").write_bytes(data)


def _guided(target: Target, seconds: int, corpus: Path, folder: Path, limits: Limits, seed: int) -> list[str]:
    options = {
        "max_total_time": seconds,
        "timeout": limits.seconds,
        "rss_limit_mb": limits.megabytes,
        "max_len": target.longest,
        "artifact_prefix": f"{folder / 'found'}{os.sep}",
        "seed": seed,
        "print_final_stats": 1,
    }
    given = [f"-{name}={value}" for name, value in options.items()]
    return ["fuzzing.worker", target.name, str(folder / "found"), *given, str(corpus), str(folder / "seeds")]


def _unguided(target: Target, seconds: int, folder: Path, limits: Limits, seed: int) -> list[str]:
    given = map(str, (folder / "found", seconds, limits.seconds, seed, folder / "seeds"))
    return ["fuzzing.unguided", target.name, *given]


def _said(command: list[str], seconds: int, folder: Path) -> str:
    """Run the process of a target once; what it said. Raises RuntimeError if it says nothing, and nothing failed."""
    log = folder / "log"
    with log.open("wb") as file, contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            stdout=file,
            stderr=file,
            timeout=2 * seconds + _STOPPED,
            check=False,
        )
    said = log.read_text("utf-8", "replace")
    if not _PROGRESS.search(said) and not any((folder / "found").iterdir()):
        print(said[-2_000:], file=sys.stderr)
        raise RuntimeError(f"{' '.join(command[:2])}: it did not begin to fuzz")
    return said


def _processor() -> float:
    """Seconds of the processor that processes took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _count(outcome: Outcome, said: str, seconds: float) -> None:
    """Add what a process counted; `seconds` is how long it was there."""
    done = _DONE.search(said)
    outcome.seconds += int(done[1]) if done else seconds
    if progress := _PROGRESS.findall(said):
        number, edges, corpus = map(int, progress[-1])
        executed = re.search(r"stat::number_of_executed_units:\s*(\d+)", said)
        outcome.inputs += int(executed[1]) if executed else number
        outcome.edges, outcome.corpus = max(outcome.edges, edges), max(outcome.corpus, corpus)


def _kept(target: Target, folder: Path) -> Iterator[Failed]:
    """Make each input that failed small, and keep it among the tests."""
    seen: set[str] = set()
    for path in sorted((folder / "found").iterdir()):
        if path.name.startswith("slow-unit"):
            continue
        ending = _KINDS.get(path.name.partition("-")[0], "") if "-" in path.name else ""
        what = _alone(target, path, stopped=bool(ending))
        if what and what not in seen:
            seen.add(what)
            kind = "hang" if what in (failing.SLOW, minimising.ENDLESS) else ending or "crash"
            yield Failed(_store(target, path.read_bytes()), kind, what)


def _store(target: Target, data: bytes) -> Path:
    file = CRASHES / target.name / f"{failing.short_name(data)}{target.suffix}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def _alone(target: Target, path: Path, *, stopped: bool) -> str:
    """What an input fails of by itself, after it was made small; '' if it does not: the machine was busy."""
    command = [sys.executable, "-m", "fuzzing.minimising", target.name, str(path)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=3 * minimising.MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return minimising.ENDLESS
    if done.returncode:
        return f"the process ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}"
    return done.stdout.strip() or ("the process ended while it was fuzzed" if stopped else "")
