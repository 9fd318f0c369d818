"""`docs/reliability-record.json`: what came of each hostile input when all were last tried."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import msgspec

from healthlint.writing import write

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "docs" / "reliability-record.json"


class Tried(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came of one input."""

    name: str
    group: str
    format: str = ""  # the suffix of the article
    bytes: int = 0  # of the article
    seconds: float = 0.0  # of the processor, without what an article of one line takes
    growth: float = 0.0  # times as many as for a tenth of the text; 0 if that took too little to tell
    megabytes: int = 0  # the most memory of the process
    crashed: bool = False
    hung: bool = False
    lost: bool = False  # a planted finding was not told
    wrong: list[str] = []  # in words, with all else that is


class Expressions(msgspec.Struct, frozen=True, kw_only=True):
    """What came of the regular expressions."""

    expressions: int = 0
    texts: int = 0  # made to be slow for them
    hung: int = 0  # expressions of which one took longer than it may
    steepest: float = 0.0  # the most growth of the time with a text twice as long


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """All of one run."""

    date: str = ""
    commit: str = ""
    limits: str = ""  # of each input, in words
    tried: list[Tried] = []
    expressions: Expressions = Expressions()


def read(file: Path = RECORD) -> Record:
    """The record as it is."""
    return msgspec.json.decode(file.read_bytes(), type=Record)


def save(record: Record, file: Path = RECORD) -> None:
    """Write the record, an input a line."""
    head = msgspec.to_builtins(msgspec.structs.replace(record, tried=[]))
    lines = ",\n".join(f"  {json.dumps(msgspec.to_builtins(tried), ensure_ascii=False)}" for tried in record.tried)
    parts = [
        f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},\n"
        for name, value in head.items()
        if name != "tried"
    ]
    write(file, ["{\n", *parts, f' "tried": [\n{lines}\n ]\n}}\n'])


def commit() -> str:
    """The commit that is checked out, and whether something was changed since."""
    try:
        short, changes = (
            _git("rev-parse", "--short", "HEAD"),
            _git("status", "--porcelain", "--", "healthlint", "rules"),
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"{short} with changes" if changes else short


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()
