"""Stretches of a text that are spoken for."""

from __future__ import annotations

from bisect import bisect_left, insort


class Taken:
    """Stretches that stand apart from each other; whether one meets another is told without a look at all of them."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []  # in order

    def add(self, start: int, end: int) -> bool:
        """Take a stretch, unless it shares a character with one that is taken; whether it was free."""
        if self.meets(start, end):
            return False
        insort(self._spans, (start, end))
        return True

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch shares a character with one that is taken."""
        at = bisect_left(self._spans, (end,)) - 1  # the last that begins before its end
        return at >= 0 and start < self._spans[at][1]
