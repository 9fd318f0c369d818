"""`python -m benchmarks`: measure healthlint beside other linters, and print the table or write it to the docs."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import articles, page, peers, shares, table, timing
from benchmarks.page import PAGE
from benchmarks.peers import PEERS
from benchmarks.rows import ROWS, Bench
from benchmarks.table import Line
from healthlint.plain import count
from healthlint.writing import write

ABOUT = 18_000  # bytes of the one article, which is chosen among
CHOICE = 50  # generated ones
PROFILE = "profile"


def main() -> int:
    """Install the peers, or measure, print the table and, with --write, put it into the docs."""
    options = _options()
    chosen = [peer for peer in PEERS if peer.name in options.peers]
    if options.install:
        return 0 if peers.install_all(chosen, options.cache) else 1
    with tempfile.TemporaryDirectory(prefix="healthlint-benchmarks-", dir=options.work) as work:
        bench = Bench(
            healthlint=options.healthlint,
            peers=chosen,
            cache=options.cache,
            work=Path(work).resolve(),
            runs=options.runs,
            bulk_runs=options.bulk_runs,
            limit=options.limit,
        )
        try:
            text = _measured(bench, options)
        except (OSError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
            return 2
    print(text)
    if options.write:
        write(PAGE, [page.put(PAGE.read_text("utf-8") if PAGE.exists() else "", text)])
    return 0


def _measured(bench: Bench, options: argparse.Namespace) -> str:
    """All rows that were asked for, as the text of the generated part."""
    told, machine = _articles(bench, options), page.machine()
    lines: list[Line] = []
    for name in options.rows:
        if name in ROWS:
            _progress(f"== {name}")
            for line in ROWS[name](bench, options.sizes):
                lines.append(line)
                _progress(table.told(line))
    seconds = _profile(bench) if PROFILE in options.rows else None
    version = subprocess.run([bench.healthlint, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    given = f" {shlex.join(_to_tell(sys.argv[1:]))}".rstrip()
    return page.generated(page.circumstances(version, machine, bench.peers, told, given), lines, bench.notes, seconds)


def _articles(bench: Bench, options: argparse.Namespace) -> str:
    """Write all articles; what they are, in a sentence."""
    many, one = bench.work / "many", bench.work / "one"
    articles.write(many, max(*options.sizes, CHOICE, shares.FILES), articles.sources(), options.seed, options.replaced)
    one.mkdir()
    found = [many / "text" / name for name in bench.files("text", CHOICE)]
    nearest = min(found, key=lambda path: abs(path.stat().st_size - ABOUT))
    plain = options.article or nearest
    twin = options.article or many / "markdown" / f"{nearest.stem}.md"
    shutil.copyfile(plain, one / "article.txt")
    shutil.copyfile(twin, one / "article.md")
    texts = [path.read_text("utf-8") for path in sorted((many / "text").iterdir())[: options.sizes[-1]]]
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.!?])\s+", text)]
    return (
        f"One article of {plain.stat().st_size:,} bytes; {options.sizes[-1]:,} articles of "
        f"{sum(len(text.encode()) for text in texts) / 1e6:.1f} MB, "
        f"{len(set(sentences)) / len(sentences):.0%} of whose sentences are distinct; "
        f"medians of {count(options.runs, 'run')} ({options.bulk_runs} of many articles)"
    )


def _profile(bench: Bench) -> Mapping[str, float] | None:
    """Where the time goes, if the profiler can tell."""
    _progress(f"== {PROFILE}")
    known = (("--no-cache",), ("--jobs", "1"))
    given = [part for option in known if option[0] in bench.help for part in option]
    files = bench.files("markdown", shares.FILES)
    python = bench.healthlint.parent / "python"
    try:
        return shares.shares(python, given, files, bench.many_in("markdown"), bench.work)
    except timing.RunError as error:
        bench.note(f"profile: {error}")
        return None


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _to_tell(arguments: list[str]) -> list[str]:
    """The options without those that name folders of this machine."""
    parser = _parser()
    places = [name for action in parser._actions if action.type is _path for name in action.option_strings]  # noqa: SLF001
    told, skip = [], False
    for argument in arguments:
        if not skip and argument.partition("=")[0] not in places:
            told.append(argument)
        skip = argument in places
    return told


def _path(text: str) -> Path:
    return Path(text).absolute()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure healthlint beside other linters, side by side, and print a table of ratios.",
        allow_abbrev=False,
    )
    program = Path(sysconfig.get_path("scripts")) / "healthlint"
    names = [peer.name for peer in PEERS]
    rows = [*ROWS, PROFILE]
    parser.add_argument("--install", action="store_true", help="install the peers, and measure nothing")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md too")
    parser.add_argument("--rows", nargs="+", choices=rows, default=rows, help="what to measure (all)")
    parser.add_argument("--peers", nargs="*", choices=names, default=names, help="what to measure beside (all)")
    parser.add_argument("--sizes", nargs="+", type=_count, default=[200, 2000], help="how many articles (200 2000)")
    parser.add_argument("--runs", type=_count, default=11, help="runs of what takes one article or none (11)")
    parser.add_argument("--bulk-runs", type=_count, default=3, help="runs of what takes many articles (3)")
    parser.add_argument("--limit", type=float, default=900, help="seconds until a run is given up (900)")
    parser.add_argument("--seed", type=int, default=articles.SEED, help="for other articles")
    parser.add_argument(
        "--replaced",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="of their long words to replace: fewer sentences recur",
    )
    parser.add_argument("--article", type=_path, metavar="FILE", help="the one article, instead of a generated one")
    parser.add_argument("--healthlint", type=_path, default=program, metavar="FILE", help="the program to measure")
    parser.add_argument("--cache", type=_path, default=peers.default_cache(), metavar="DIR", help="where the peers are")
    parser.add_argument("--work", type=_path, metavar="DIR", help="where to make the temporary folder")
    return parser


def _options() -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args()
    options.sizes = sorted(set(options.sizes))
    if not options.install and not os.access(options.healthlint, os.X_OK):
        parser.error(f"there is no program {options.healthlint}; install healthlint, or name it with --healthlint")
    return options


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("it is 1 at least")
    return number


if __name__ == "__main__":
    sys.exit(main())
