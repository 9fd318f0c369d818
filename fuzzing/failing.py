"""What an input failed of: named so that two inputs that fail alike have the same name."""

from __future__ import annotations

import hashlib
import time
import traceback
from pathlib import Path

from fuzzing.targets import Probe

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 5  # of the processor, for an input of a few kilobytes: a hundred times what most take
SLOW = f"takes more than {MOST_SECONDS} seconds"


def failure_of(probe: Probe, data: bytes) -> str:
    """What an input fails of, '' if it does not: 'IndexError in healthlint/documents/lines.py, rows'.

    Time is that of the processor, so that a busy machine makes no difference.
    """
    begun = time.process_time()
    try:
        probe(data)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return _named(error)
    return SLOW if time.process_time() - begun > MOST_SECONDS else ""


def _named(error: Exception) -> str:
    """The kind of an exception, and the innermost place of ours that it passed."""
    passed = traceback.extract_tb(error.__traceback__)[1:]  # the first is where it was caught
    ours = [frame for frame in passed if _is_ours(frame.filename)]
    if not ours:
        return type(error).__name__
    innermost = ours[-1]
    place = f"{Path(innermost.filename).resolve().relative_to(ROOT).as_posix()}, {innermost.name}"
    promise = f": {innermost.line}" if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} in {place}{promise}"


def _is_ours(filename: str) -> bool:
    folder = Path(filename).resolve()
    return any(folder.is_relative_to(ROOT / name) for name in ("healthlint", "fuzzing"))


def short_name(of: bytes | str) -> str:
    """What an input or a failure is called in the name of a file."""
    return hashlib.sha256(of if isinstance(of, bytes) else of.encode()).hexdigest()[:12]


class Found:
    """The smallest input for each way to fail, as a file in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sizes: dict[str, int] = {}

    def note(self, what: str, data: bytes) -> None:
        """Keep an input that fails if it is the smallest that fails so."""
        if what not in self._sizes or len(data) < self._sizes[what]:
            self._sizes[what] = len(data)
            self._folder.joinpath(short_name(what)).write_bytes(data)
