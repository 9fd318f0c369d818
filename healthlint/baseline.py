"""Findings that are known and left for later, in a file: a run tells, and fails on, those alone that are not in it.

A finding is known by its fingerprint, which holds no line numbers and names the article by its path below the folder of
the file. An entry that is found no more is stale; whether it is can be told only of articles and rules that were run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from healthlint import schema
from healthlint.findings import Finding
from healthlint.plain import printable, shortened, squeezed
from healthlint.rules import shown
from healthlint.selection import Selected

NAME = ".healthlint-baseline.json"
VERSION = 1


class Entry(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """A known finding. All but the fingerprint is there for those who read the file."""

    path: str  # of the article, below the folder of the file
    code: str
    words: str  # that are marked, shortened
    fingerprint: str


class _File(msgspec.Struct, frozen=True):
    version: int
    findings: tuple[Entry, ...]


LARGEST = 200_000_000  # bytes: about a million findings


class BaselineError(Exception):
    """A baseline that cannot be used, in one line: file, what is wrong and the mend."""


class Baseline(msgspec.Struct, eq=False):
    """The known findings of a project, and what a run has seen of them."""

    file: Path
    entries: Mapping[str, Entry] = {}  # by fingerprint
    _seen: set[str] = set()
    _linted: dict[str, Selected] = {}  # articles, with the rules that were run on them

    def __getstate__(self) -> dict[str, object]:
        """Another process looks for findings, and needs not know what this one has seen."""
        return {"file": self.file, "entries": self.entries}

    @property
    def folder(self) -> Path:
        """What the paths of articles are relative to."""
        return self.file.resolve().parent

    def split(self, filename: str, found: Iterable[Finding], selected: Selected) -> tuple[list[Finding], list[Finding]]:
        """The findings in an article that are new, and those that are known; takes note that it was linted."""
        self._linted[self._path(filename)] = selected
        sides: tuple[list[Finding], list[Finding]] = ([], [])
        for finding in found:
            sides[finding.fingerprint in self.entries].append(finding)
        self._seen.update(finding.fingerprint for finding in sides[True])
        return sides

    def entry(self, finding: Finding, text: str) -> Entry:
        """The entry of a finding in an article with that text."""
        words = shortened(squeezed(printable(text[slice(*finding.span)])))
        path = self._path(finding.filename)
        return Entry(path=path, code=finding.code, words=words, fingerprint=finding.fingerprint)

    def stale(self, *, gone: bool = True, compared: bool = True, followed: bool = False) -> list[Entry]:
        """The entries that are found no more: their article is gone, or it was linted with their rule all the same.

        Without `gone`, articles that were not linted are not looked for. What rules find that compare articles is
        judged if `compared`: the caller has to know whether all of them were linted. What rules find that follow links
        is judged if `followed`: all links were.
        """
        unseen = [entry for key, entry in self.entries.items() if key not in self._seen]
        return [entry for entry in unseen if self._is_stale(entry, gone, compared, followed)]

    def _is_stale(self, entry: Entry, gone: bool, compared: bool, followed: bool) -> bool:
        selected = self._linted.get(entry.path)
        if selected is None:
            return gone and not os.path.exists(self.folder / entry.path)
        rule = selected.named(entry.code)
        if rule is None:
            return entry.code not in selected.known
        return (compared or not rule.check.compares) and (followed or not rule.check.follows)

    def _path(self, filename: str) -> str:
        return Path(os.path.relpath(filename, self.folder)).as_posix()


def read(file: Path) -> Baseline:
    """The baseline in a file. Raises BaselineError."""
    try:
        with file.open("rb") as opened:
            read = opened.read(LARGEST + 1)
        if len(read) > LARGEST:
            raise BaselineError(f"{shown(file)}: it is larger than {LARGEST // 1_000_000} MB; is this a baseline?")
        data = json.loads(read.decode("utf-8-sig"))
        if isinstance(data, dict) and isinstance(version := data.get("version"), int) and version != VERSION:
            what = f"it is of version {version}, and this healthlint reads version {VERSION}"
            raise BaselineError(f"{shown(file)}: {what}; {_ANEW}")
        found = schema.convert(data, _File)
    except FileNotFoundError:
        raise BaselineError(f"{shown(file)}: there is no such baseline; write it by healthlint baseline") from None
    except OSError as error:
        raise BaselineError(f"{shown(file)}: it cannot be read ({error.strerror})") from None
    except json.JSONDecodeError as error:
        raise BaselineError(f"{shown(file)}:{error.lineno}: it is no JSON ({error.msg}); {_ANEW}") from None
    except (UnicodeDecodeError, RecursionError):
        raise BaselineError(f"{shown(file)}: it is no JSON; {_ANEW}") from None
    except schema.SchemaError as error:
        raise BaselineError(f"{shown(file)}: {error}; {_ANEW}") from None
    return Baseline(file, {entry.fingerprint: entry for entry in found.findings})


_ANEW = "delete it and write it anew by healthlint baseline"


def written(entries: Iterable[Entry]) -> Iterator[str]:
    """The text of a file: an entry a line, in the order of paths, so that a change shows as a small diff."""
    lines = [_line(entry) for entry in sorted(set(entries))]
    yield f'{{"version": {VERSION}, "findings": [\n'
    yield ",\n".join(lines) + "\n" * bool(lines)
    yield "]}\n"


def _line(entry: Entry) -> str:
    """An entry as JSON; what is no Unicode, such as the name of a file may be, as escapes."""
    try:
        return msgspec.json.encode(entry).decode()
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(entry), separators=(",", ":"))


class Baselines:
    """The baseline of each configuration; each file is read once."""

    def __init__(self, given: Baseline | None = None, *, without: bool = False) -> None:
        """`given` is used for all; `without` means that none is."""
        self._given = given
        self._without = without
        self._of_file: dict[Path, Baseline | BaselineError] = {}

    @property
    def given_files(self) -> set[str]:
        """The file that no configuration names."""
        return {os.path.abspath(self._given.file)} if self._given else set()

    def of(self, file: Path | None) -> Baseline | None:
        """The one that a configuration names. Raises BaselineError."""
        if self._without or self._given or file is None:
            return None if self._without else self._given
        if file not in self._of_file:
            try:
                self._of_file[file] = read(file)
            except BaselineError as error:
                self._of_file[file] = error
        found = self._of_file[file]
        if isinstance(found, BaselineError):
            raise found
        return found

    def __getstate__(self) -> dict[str, object]:
        """Another process reads the files itself."""
        return {**self.__dict__, "_of_file": {}}

    def stale(self, *, gone: bool) -> str:
        """What is to be said of entries that are stale once all articles are linted, a line for each file.

        With `gone`, articles that were not linted are looked for, too.
        """
        used = [self._given, *self._of_file.values()]
        said = ""
        for baseline in used:
            if isinstance(baseline, Baseline) and (stale := baseline.stale(gone=gone, compared=False)):
                what = "1 entry is" if len(stale) == 1 else f"{len(stale):,} entries are"
                mend = "take out by healthlint baseline --prune"
                said += f"{printable(shown(baseline.file))}: {what} found no more; {mend}\n"
        return said
