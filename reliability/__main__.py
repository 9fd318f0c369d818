"""`python -m reliability`: try every hostile input in a process of its own, and write down what came of it."""

from __future__ import annotations

import argparse
import datetime as dt
import fnmatch
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from healthlint.writing import write
from reliability import articles, killed, page, record, surroundings, texts
from reliability.record import Expressions, Tried
from reliability.texts import Input
from reliability.trial import Run, ended

STEEP = 25.0  # times as long for ten times the text: what is linear stays far below, what is quadratic far above
SECONDS = 900  # of the processor, for one input
_ALWAYS = ("--isolated", "--no-cache", "--exit-zero", "--output-format", "json", "--jobs", "1")


def main() -> int:
    """Try them all or those that are named, write the record and the page; 1 if anything is wrong."""
    options = _options()
    if not options.page:
        tried = list(_progress(_tried(options)))
        _save(tried, options)
        wrong = [one for one in tried if one.wrong]
        print(f"{len(tried)} tried, {len(wrong)} wrong", file=sys.stderr)
    else:
        wrong = []
    write(page.PAGE, [page.page(record.read())])
    return 1 if wrong else 0


def _save(tried: Sequence[Tried], options: argparse.Namespace) -> None:
    """Write the record: of all inputs, or with those that were named in the place of what it has of them."""
    if options.names:
        old = record.read()
        found = {(one.name, one.format): one for one in (*old.tried, *tried)}
        record.save(msgspec.structs.replace(old, tried=[found[key] for key in _keys() if key in found]))
        return
    limits = f"Each input had {options.seconds} seconds of a processor and 4 GB of memory."
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    commit, expressions = record.commit(), _expressions()
    record.save(record.Record(date=today, commit=commit, limits=limits, tried=list(tried), expressions=expressions))


def _keys() -> Iterator[tuple[str, str]]:
    """What each input is known by, in order."""
    yield from ((one.name, one.suffix) for one in texts.inputs())
    yield from ((scene.name, "") for scene in surroundings.scenes())
    yield from ((one.name, "") for one in killed.KILLED)


def _tried(options: argparse.Namespace) -> Iterator[Tried]:
    def is_wanted(name: str, group: str) -> bool:
        return not options.names or any(fnmatch.fnmatch(name, one) or one == group for one in options.names)

    with ThreadPoolExecutor(options.jobs) as workers:
        start = _start(options.seconds)
        wanted = [one for one in texts.inputs() if is_wanted(one.name, one.group)]
        yield from workers.map(lambda one: of_text(one, start, options.seconds, options.scale), wanted)
    for scene in surroundings.scenes() if surroundings.usable() else ():
        if is_wanted(scene.name, scene.group):
            yield of_scene(scene)
    for one in killed.KILLED:
        if is_wanted(one.name, "killed"):
            yield _of_killed(one)


def _start(seconds: int) -> float:
    """Seconds that an article of one line takes, the least of some runs."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "beside.md").write_text(articles.BESIDE)
        return min(ended(Run((*_ALWAYS, "beside.md"), Path(folder), seconds)).seconds for _ in range(4))


def of_text(one: Input, start: float, seconds: int, scale: float = 1.0) -> Tried:
    """What came of a hostile article, at its size and at a tenth of it."""
    size = max(100, int(one.size * scale))
    tried, took = _of_size(one, size, seconds)
    tenth = _of_size(one, size // 10, seconds)[1] - start if took - start > 5 * page.TELLING else 0.0
    growth = (took - start) / max(tenth, page.TELLING) if tenth else 0.0  # or more, where a tenth took too little
    wrong = list(tried.wrong)
    if growth > STEEP:
        wrong.append(f"it takes {growth:.1f} times as long for ten times the text")
    return msgspec.structs.replace(
        tried, seconds=round(max(0.0, took - start), 2), growth=round(growth, 1), wrong=wrong
    )


def _of_size(one: Input, size: int, seconds: int) -> tuple[Tried, float]:
    name = f"hostile{one.suffix}"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "beside.md").write_text(articles.BESIDE)
        data = one.make(size)
        Path(folder, name).write_bytes(data)
        came = ended(Run((*_ALWAYS, name, "beside.md"), Path(folder), seconds))
    lost = not came.told("beside.md", articles.FRONT)
    if one.refused:
        lost |= came.status != 2 or came.said.count("\n") < 1
    else:
        lost |= not came.told(name, articles.FRONT) or (one.has_end and not came.told(name, articles.END))
    wrong = ["it hung"] * came.hung + [f"it crashed: {came.said[-300:]}"] * (came.crashed and not came.hung)
    wrong += ["a finding is lost"] * (lost and not wrong)
    tried = Tried(
        name=one.name,
        group=one.group,
        format=one.suffix,
        bytes=len(data),
        megabytes=round(came.megabytes),
        crashed=came.crashed and not came.hung,
        hung=came.hung,
        lost=lost,
        wrong=wrong,
    )
    return tried, came.seconds


def of_scene(scene: surroundings.Scene) -> Tried:
    """What came of hostile surroundings."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "run"
        place.mkdir()
        came, wrong = scene.tried(place)
        surroundings.writable_again(place)
    return Tried(
        name=scene.name,
        group=scene.group,
        megabytes=round(came.megabytes),
        crashed=came.crashed and not came.hung,
        hung=came.hung,
        lost=bool(wrong) and not came.crashed,
        wrong=wrong,
    )


def _of_killed(one: killed.Killed) -> Tried:
    with tempfile.TemporaryDirectory() as folder:
        wrong = one.tried(Path(folder), killed.MOMENTS)
    return Tried(name=one.name, group="killed", lost=bool(wrong), wrong=wrong)


def _expressions() -> Expressions:
    """What came of all regular expressions, in a process that has compiled none yet."""
    done = subprocess.run(
        [sys.executable, "-m", "reliability.slow"], cwd=record.ROOT, capture_output=True, text=True, check=True
    )
    return msgspec.convert(json.loads(done.stdout), Expressions)


def _progress(coming: Iterator[Tried]) -> Iterator[Tried]:
    for one in coming:
        growth = f" x{one.growth}" if one.growth else ""
        told = f"{one.group}: {one.name} {one.format} {one.seconds:.1f} s{growth} {one.megabytes} MB"
        print(told, *one.wrong, sep="\n    ", file=sys.stderr, flush=True)
        yield one


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m reliability",
        description="Try hostile inputs, each in a process of its own, and write docs/reliability.md.",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="try these inputs or groups alone, and keep what is known of the others",
    )
    parser.add_argument("--scale", type=float, default=1.0, help="make all texts so many times as large (1)")
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"of the processor, for one input ({SECONDS})")
    parser.add_argument("--jobs", type=int, default=1, help="inputs that are tried at once (1)")
    parser.add_argument("--page", action="store_true", help="write the page from the record, and try nothing")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
