"""`docs/accuracy-record.json`: measurements that cannot be made again, because the rules have changed since."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import msgspec

from accuracy.sets import ROOT
from healthlint.measure import Counts, Good, Measure
from healthlint.writing import write

RECORD = ROOT / "docs" / "accuracy-record.json"


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One measurement of one set of articles."""

    date: str  # '2026-11-30', or as much of it as is known
    set: str
    what: str  # what the set is, and what was or was not done for it before
    commit: str = ""  # of healthlint, where it is known
    tuned: bool | None  # whether rules were changed for these articles before they were measured; None: not known
    articles: int = 0
    words: int = 0
    groups: Mapping[str, Counts] = {}
    good: Good | None = None
    note: str = ""  # what the counts do not say


def read(file: Path = RECORD) -> list[Entry]:
    """The entries, the oldest first."""
    return msgspec.json.decode(file.read_bytes(), type=list[Entry])


def append(entry: Entry, file: Path = RECORD) -> None:
    """Add an entry to the file."""
    write(file, [written([*read(file), entry])])


def written(entries: list[Entry]) -> str:
    """The text of the file."""
    return json.dumps([_plain(entry) for entry in entries], indent=2, ensure_ascii=False) + "\n"


def entry_of(name: str, what: str, measure: Measure, *, tuned: bool) -> Entry:
    """Today's measurement of a set of articles."""
    return Entry(
        date=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        set=name,
        what=what,
        commit=_commit(),
        tuned=tuned,
        articles=measure.articles,
        words=measure.words,
        groups=measure.groups,
        good=measure.good if measure.good.articles else None,
    )


def _plain(entry: Entry) -> dict[str, object]:
    """An entry as plain data, without the counts that are 0."""
    plain: dict[str, object] = msgspec.to_builtins(entry)
    if entry.groups:
        plain["groups"] = {name: _counted(counts) for name, counts in entry.groups.items()}
    return plain


def _counted(counts: Counts) -> dict[str, int]:
    return {field: number for field, number in msgspec.to_builtins(counts).items() if number}


def _commit() -> str:
    """The commit that is checked out, and whether something was changed since."""
    commit, changes = (_git("rev-parse", "--short", "HEAD"), _git("status", "--porcelain", "--", "healthlint", "rules"))
    return f"{commit} with changes" if changes else commit


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    return done.stdout.strip()
