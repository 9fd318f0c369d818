"""How far a long run has come, in one line of a terminal that is written over and gone in the end."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import TextIO

_SHOWN_FROM = 1.0  # seconds; a shorter run shows nothing
_BETWEEN = 0.1
_ERASE = "\r\x1b[K"


class Progress:
    """Counts articles, or links, and draws the count now and then."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._start = self._drawn_at = clock()
        self._done = self._all = 0
        self._of = ""
        self._is_drawn = False

    def begin(self, number: int, of: str = "articles") -> None:
        """So many articles are to be linted, or links to be followed."""
        self.erase()
        self._start = self._drawn_at = self._clock()
        self._done, self._all, self._of = 0, number, of

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        now = self._clock()
        if now - self._start >= _SHOWN_FROM and now - self._drawn_at >= _BETWEEN:
            self._drawn_at = now
            self._draw(now - self._start)

    def erase(self) -> None:
        """Make room for what else is written."""
        if self._is_drawn:
            self._write(_ERASE)
            self._is_drawn = False

    def _draw(self, seconds: float) -> None:
        width = shutil.get_terminal_size((80, 24)).columns
        self._is_drawn = True  # Ctrl-C may come before the next line
        self._write(_ERASE + line(self._done, self._all, self._of, seconds)[: width - 1])

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def line(done: int, total: int, of: str, seconds: float) -> str:
    """'120 of 2,000 articles, 85 a second, 22 s left'; `done` is at least 1."""
    rate = done / seconds
    pace = f"{rate:,.0f} a second" if rate >= 1 else f"{1 / rate:,.0f} s for each"
    return f"{done:,} of {total:,} {of}, {pace}, {_duration((total - done) / rate)} left"


def _duration(seconds: float) -> str:
    """'22 s', '3 min', '2 h 5 min'."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
