"""The rows of the table: which commands are measured in turn, and what is told of them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Literal

from benchmarks import edits, peers, table, timing
from benchmarks.peers import MARKDOWNLINT, PROSELINT, SPACY, WRITE_GOOD, Peer
from benchmarks.table import Goal, Line
from benchmarks.timing import Command, Times

Form = Literal["text", "markdown"]
TEXT_PEERS = (SPACY, PROSELINT, WRITE_GOOD)
MARKDOWN_PEERS = (MARKDOWNLINT, "alex", "textlint")
WARM = 20  # files of a warm-up at most

_PYTHON = "bare Python"
_COLD = {SPACY: Goal(0.7)}
_SELECTED = {PROSELINT: Goal(0.5)}
_UNCHANGED = {PROSELINT: Goal(0.5)}
_MANY = {MARKDOWNLINT: Goal(0.35)}
_AGAIN = Goal(0.05)
_ONE_CHANGED = Goal(0.08)
_TEN_TIMES = 10.5
_LARGE = 2000  # articles; goals for many are for as many at least
_MEMORY = Goal(600, "MB")
_EDIT = Goal(50, "ms")


@dataclass
class Bench:
    """What is measured with: our program, the peers, the articles; and what there is to note."""

    healthlint: Path
    peers: Sequence[Peer]
    cache: Path  # where the peers are
    work: Path  # with one/article.txt, one/article.md, many/text and many/markdown
    runs: int
    bulk_runs: int
    limit: float
    notes: list[str] = field(default_factory=list)

    @cached_property
    def help(self) -> str:
        """What our program says of its commands and options."""
        command = [str(self.healthlint), "--help"]
        done = subprocess.run(command, capture_output=True, text=True, env=timing.environment(), check=True)
        return done.stdout

    @property
    def has_cache(self) -> bool:
        """Whether our program keeps results."""
        return "--cache-dir" in self.help and "--no-cache" in self.help

    @property
    def results(self) -> Path:
        """Our program's cache."""
        return self.work / "cache"

    def note(self, text: str) -> None:
        """Add a note, once."""
        if text not in self.notes:
            self.notes.append(text)

    def measured(self, what: str, commands: Sequence[Command], runs: int) -> Times:
        """Time the commands in turn, and note those that failed."""
        return self._noted(what, timing.in_turn(commands, runs, self.limit))

    def peaks(self, what: str, commands: Sequence[Command]) -> Times:
        """The memory of the commands, each looked at once, and notes of those that failed."""
        return self._noted(what, timing.in_turn(commands, 1, self.limit, timing.peak))

    def _noted(self, what: str, times: Times) -> Times:
        for name, why in times.notes.items():
            self.note(f"{name}, {what}: {why}")
        return times

    # -- commands --

    def files(self, form: Form, count: int) -> list[str]:
        """The names of the first generated articles, from `many_in(form)`."""
        return sorted(path.name for path in self.many_in(form).iterdir())[:count]

    def many_in(self, form: Form) -> Path:
        """The folder of generated articles."""
        return self.work / "many" / form

    def ours(self, name: str, *arguments: str, files: Sequence[str] = (), folder: Path | None = None) -> Command:
        """Our program; to warm up, on the first of the files only."""
        start = (str(self.healthlint), *arguments)
        warm = (*start, *files[:WARM])
        return Command(name, (*start, *files), folder or self.work / "one", warm=warm, is_silent=True)

    def uncached(self, name: str, *arguments: str, files: Sequence[str] = (), folder: Path | None = None) -> Command:
        """Our program without its cache."""
        return self.ours(name, *(["--no-cache"] * self.has_cache), *arguments, files=files, folder=folder)

    def cached(
        self, name: str, prepare: Callable[[], None], files: Sequence[str], folder: Path | None = None
    ) -> Command:
        """Our program with its cache, and what is done to that before each run."""
        arguments = ("--cache-dir", str(self.results)) if self.has_cache else ()
        command = self.ours(name, *arguments, files=files, folder=folder)
        return Command(name, command.argv, command.folder, prepare, warm=command.warm, is_silent=True)

    def forget(self) -> None:
        """Take our program's cache away."""
        shutil.rmtree(self.results, ignore_errors=True)

    def beside(
        self, names: Sequence[str], files: Mapping[str, Sequence[str]], folders: Mapping[str, Path]
    ) -> list[Command]:
        """The peers of these names that can be run, on the files of the form that each reads."""
        return [
            self._peer(peer, files[peer.reads], folders[peer.reads])
            for peer in self.peers
            if peer.name in names and self._can_run(peer, len(files[peer.reads]))
        ]

    def beside_one(self, names: Sequence[str]) -> list[Command]:
        """The peers on the one article."""
        files = {"text": ["article.txt"], "markdown": ["article.md"]}
        return self.beside(names, files, dict.fromkeys(files, self.work / "one"))

    def beside_many(self, names: Sequence[str], count: int) -> list[Command]:
        """The peers on generated articles."""
        forms: tuple[Form, Form] = ("text", "markdown")
        return self.beside(
            names, {form: self.files(form, count) for form in forms}, {form: self.many_in(form) for form in forms}
        )

    def _peer(self, peer: Peer, files: Sequence[str], folder: Path) -> Command:
        argv = peers.command(peer, self.cache, files)
        warm = peers.command(peer, self.cache, files[:WARM])
        return Command(peer.name, argv, folder, broken=peer.broken, warm=warm)

    def _can_run(self, peer: Peer, files: int) -> bool:
        if not peers.is_installed(peer, self.cache):
            self.note(f"{peer.name}: not installed (`python -m benchmarks --install`)")
            return False
        if files > peer.largest:
            self.note(f"{peer.name}: not run on {files:,} files, which takes too long")
            return False
        return True


def start(bench: Bench, _: Sequence[int]) -> Iterator[Line]:
    """Start-up: what is asked before anything is linted."""
    bare = Command(_PYTHON, (str(bench.healthlint.parent / "python"), "-c", "pass"), bench.work, is_silent=True)
    commands = [bench.ours(name, name) for name in ("--help", "--version", "rules")] + [bare]
    theirs = [peer for peer in bench.peers if peer.name == PROSELINT and peers.is_installed(peer, bench.cache)]
    for peer in theirs:
        program = str(peers.program(peer, bench.cache))
        commands.append(Command("proselint --help", (program, "--help"), bench.work))
        commands.append(Command("proselint version", (program, "version"), bench.work))
    times = bench.measured("start-up", commands, bench.runs)
    for name, other in (("--help", "--help"), ("--version", "version"), ("rules", "--help")):
        yield from table.lines(times, f"`healthlint {name}`", name, {f"proselint {other}": None, _PYTHON: None})


def one(bench: Bench, _: Sequence[int]) -> Iterator[Line]:
    """One article: cold, with few rules, unchanged; and in Markdown beside those who read only that."""
    text = ["article.txt"]
    commands = [bench.uncached("cold", files=text), bench.uncached("few", "--select", "numbering,sources", files=text)]
    if bench.has_cache:
        commands.append(bench.cached("first", bench.forget, text))
        commands.append(bench.cached("unchanged", _nothing, text))  # right after `first`, which fills the cache
    else:
        bench.note("healthlint: this version has no cache; what is told of first and second runs is left out")
    times = bench.measured("one article", commands + bench.beside_one(TEXT_PEERS), bench.runs)
    every: dict[str, Goal | None] = dict.fromkeys(TEXT_PEERS)
    yield from table.lines(times, "one article, cache off", "cold", every | _COLD)
    yield from table.lines(times, "the same, first time (cache and rules to be built)", "first", every | _COLD)
    yield from table.lines(times, "the same, `--select numbering,sources`", "few", every | _SELECTED)
    yield from table.lines(times, "the same, unchanged", "unchanged", every | _UNCHANGED)
    commands = [bench.uncached("markdown", files=["article.md"]), *bench.beside_one(MARKDOWN_PEERS)]
    times = bench.measured("one article", commands, bench.runs)
    yield from table.lines(times, "the same in Markdown, cache off", "markdown", dict.fromkeys(MARKDOWN_PEERS))


def many(bench: Bench, sizes: Sequence[int]) -> Iterator[Line]:
    """Many different articles, each size in plain text and in Markdown."""
    forms: tuple[tuple[Form, str, tuple[str, ...]], ...] = (
        ("text", "plain text", TEXT_PEERS),
        ("markdown", "Markdown", MARKDOWN_PEERS),
    )
    for size in sizes:
        for form, told, names in forms:
            commands = [_first(bench, form, size), *bench.beside_many(names, size)]
            times = bench.measured(f"{size:,} articles", commands, bench.bulk_runs)
            goals = dict.fromkeys(names) | (_MANY if size >= _LARGE else {})
            yield from table.lines(times, f"{size:,} articles, {told}", commands[0].name, goals)


def again(bench: Bench, sizes: Sequence[int]) -> Iterator[Line]:
    """The most articles once more: none changed, one changed; beside the first run."""
    if not bench.has_cache:
        bench.note("healthlint: this version has no cache; what is told of first and second runs is left out")
        return
    size = sizes[-1]
    changing = _Changing(bench.many_in("markdown") / bench.files("markdown", size)[size // 2])
    first = _first(bench, "markdown", size, changing.restore)
    cached = partial(bench.cached, files=bench.files("markdown", size), folder=bench.many_in("markdown"))
    commands = [first, cached("unchanged", _nothing), cached("changed", changing.change)]
    times = bench.measured(f"{size:,} articles again", commands, bench.bulk_runs)
    changing.restore()
    beside = f"first run on {size:,}"
    if first.name in times.seconds:
        times.seconds[beside] = times.seconds[first.name]
    yield from table.lines(times, f"{size:,} unchanged", "unchanged", {beside: _AGAIN if size >= _LARGE else None})
    yield from table.lines(
        times, f"one changed of {size:,}", "changed", {beside: _ONE_CHANGED if size >= _LARGE else None}
    )


def growth(bench: Bench, sizes: Sequence[int]) -> Iterator[Line]:
    """The most articles beside the fewest: the time is to grow as the files do."""
    few, most = sizes[0], sizes[-1]
    if few == most:
        return
    commands = [_first(bench, "markdown", most), _first(bench, "markdown", few)]
    times = bench.measured("growth", commands, bench.bulk_runs)
    goal = Goal(round(_TEN_TIMES * most / few / 10, 2))
    for command, size in zip(commands, (most, few), strict=True):
        if command.name in times.seconds:
            times.seconds[f"ours on {size:,}"] = times.seconds[command.name]
    yield from table.lines(times, f"{most / few:g} times the files", f"ours on {most:,}", {f"ours on {few:,}": goal})


def memory(bench: Bench, sizes: Sequence[int]) -> Iterator[Line]:
    """The peak of all processes together, in runs of their own, since looking takes time."""
    commands = [bench.uncached("one", files=["article.txt"]), *bench.beside_one([SPACY, PROSELINT])]
    times = bench.peaks("memory", commands)
    yield from table.lines(times, "peak memory, one article", "one", {SPACY: None, PROSELINT: None}, "MB")
    for size in sizes:
        commands = [_first(bench, "markdown", size), *bench.beside_many([MARKDOWNLINT], size)]
        times = bench.peaks("memory", commands)
        what = f"peak memory, {size:,} articles"
        goal = _MEMORY if size >= _LARGE else None
        yield from table.lines(times, what, commands[0].name, {MARKDOWNLINT: None}, "MB", own=goal)


def edit(bench: Bench, _: Sequence[int]) -> Iterator[Line]:
    """A change of the one article in an editor, until the findings are there; beside tokenising it."""
    if "\n  server" not in bench.help:
        bench.note("healthlint: this version has no language server; edits are left out")
        return
    spacy = [peer for peer in bench.peers if peer.name == SPACY and peers.is_installed(peer, bench.cache)]
    python = peers.program(spacy[0], bench.cache) if spacy else None
    path = bench.work / "one" / "article.md"
    try:
        times = edits.measured((str(bench.healthlint), "server"), python, path, 5 * bench.runs, bench.limit)
    except timing.RunError as error:
        bench.note(f"healthlint server: {error}")
        return
    yield from table.lines(
        times, "an edit, in the language server", edits.OURS, {edits.TOKENISED: None}, "ms", own=_EDIT
    )


ROWS: dict[str, Callable[[Bench, Sequence[int]], Iterator[Line]]] = {
    "start": start,
    "one": one,
    "many": many,
    "again": again,
    "growth": growth,
    "memory": memory,
    "edit": edit,
}


class _Changing:
    """A file that is changed, each time in another way, and restored."""

    def __init__(self, path: Path) -> None:
        self._path, self._text, self._count = path, path.read_text("utf-8"), 0

    def change(self) -> None:
        """Add a sentence."""
        self._count += 1
        self._path.write_text(f"{self._text}\nThis is edition {self._count}.\n", "utf-8", newline="")

    def restore(self) -> None:
        """Write the file as it was."""
        self._path.write_text(self._text, "utf-8", newline="")


def _first(bench: Bench, form: Form, size: int, also: Callable[[], None] | None = None) -> Command:
    """Our program on that many articles that it has not seen."""

    def prepare() -> None:
        bench.forget()
        if also:
            also()

    return bench.cached(f"healthlint, {form}, {size}", prepare, bench.files(form, size), bench.many_in(form))


def _nothing() -> None:
    pass
