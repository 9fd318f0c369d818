"""`docs/fuzz-record.json`: what every run tried and found. The package's docstring tells its shape."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from pathlib import Path

import msgspec

from healthlint import __version__
from healthlint.writing import write

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "docs" / "fuzz-record.json"
KINDS = ("crash", "hang", "memory")


class Limits(msgspec.Struct, frozen=True):
    """Of one input."""

    seconds: int
    megabytes: int


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one target in a run."""

    target: str
    guided: bool = True
    inputs: int = 0
    seconds: int = 0
    processor: int = 0
    edges: int = 0
    corpus: int = 0
    crashes: int = 0
    hangs: int = 0
    memory: int = 0
    failures: list[str] = []  # inputs, by their path from the top of the repository


class Run(msgspec.Struct, frozen=True):
    """One run over some targets."""

    date: str
    version: str
    commit: str
    limits: Limits
    targets: list[Tried]


class Failure(msgspec.Struct, kw_only=True):
    """An input that something failed on."""

    target: str
    input: str
    kind: str  # one of KINDS
    what: str
    date: str
    commit: str
    fixed: str = ""  # what was wrong, once it is mended


class Record(msgspec.Struct):
    """All runs and all failures."""

    runs: list[Run] = []
    failures: list[Failure] = []

    def note(self, failure: Failure) -> None:
        """Add a failure; one that was known and mended fails anew."""
        self.failures = [known for known in self.failures if known.input != failure.input]
        self.failures.append(failure)


def read() -> Record:
    """The record as it is."""
    return msgspec.json.decode(RECORD.read_bytes(), type=Record) if RECORD.exists() else Record()


def save(record: Record) -> None:
    """Write the record, a line for each target of a run and each failure."""
    runs = [_run(run) for run in record.runs]
    failures = [f"  {_line(failure)}" for failure in record.failures]
    write(RECORD, ['{"runs": [\n', ",\n".join(runs), '\n ],\n "failures": [\n', ",\n".join(failures), "\n]}\n"])


def _run(run: Run) -> str:
    head = _line(msgspec.structs.replace(run, targets=[]))
    targets = ",\n".join(f"   {_line(tried)}" for tried in run.targets)
    return f"  {head.removesuffix(']}')}\n{targets}]}}"


def _line(part: msgspec.Struct) -> str:
    return json.dumps(msgspec.to_builtins(part), ensure_ascii=False)


def begun(seconds: int, megabytes: int) -> Run:
    """A run that begins now."""
    return Run(datetime.now().astimezone().date().isoformat(), __version__, commit(), Limits(seconds, megabytes), [])


def commit() -> str:
    """The commit that is checked out, with a mark if files were changed since."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
