"""Which items of a plain text belong to one list, how deep it is, and what number each has."""

from __future__ import annotations

from typing import NamedTuple

from healthlint.documents.document import Ordinal, Span
from healthlint.documents.lines import Line
from healthlint.documents.ordinals import heading_ordinal, roman_value

_RANKS = {"number": 0, "word": 0, "letter": 1, "roman": 2, "bullet": 3, "none": 3}  # how outlines go down


class _Open(NamedTuple):
    indent: int
    marker: str
    group: int


class Lists:
    """The lists that are open at a place; marker and indent tell whose an item is."""

    def __init__(self) -> None:
        self._groups = 0
        self._open: list[_Open] = []  # outermost first

    def next_group(self) -> int:
        """A number that no list or table row has yet."""
        self._groups += 1
        return self._groups

    def close(self) -> None:
        """End all lists, as a heading does."""
        self._open.clear()

    def interrupt(self, line: Line) -> None:
        """Let a paragraph end the lists that it does not stand inside of."""
        while self._open and line.indent <= self._open[-1].indent + 1:
            self._open.pop()

    def place(self, line: Line) -> tuple[int, int]:
        """The group and the depth of an item, which opens a list unless it goes on with one."""
        while self._open and self._open[-1].indent > line.indent + 1:
            self._open.pop()
        if not self._open or line.indent > self._open[-1].indent + 1 or not self._returns_to(line):
            self._open.append(_Open(line.indent, line.marker, self.next_group()))
        return self._open[-1].group, len(self._open)

    def _returns_to(self, line: Line) -> bool:
        """Whether a list at the same indent has this marker: '1.', then '-' and '-', then '2.', all at the margin.

        If none has, the lists there that cannot hold the item are closed: after a blank line a bullet holds no number.
        """
        at = len(self._open)
        while at and abs(self._open[at - 1].indent - line.indent) <= 1:
            at -= 1
            if self._open[at].marker == line.marker:
                del self._open[at + 1 :]
                return True
        if line.blank_before:
            while len(self._open) > at and _RANKS[self._open[-1].marker] >= _RANKS[line.marker]:
                self._open.pop()
        return False


def item_ordinal(line: Line) -> Ordinal | None:
    """The number that an item is written with, or None."""
    if line.marker in ("bullet", "none"):
        return None
    written = line.raw[0].text[: line.marker_length].rstrip()
    inner = written.strip("()[].-–: ").lower()
    span = Span(line.raw[0].span.start, line.raw[0].span.start + len(written))
    if line.marker == "number":
        return Ordinal(int(inner), written, "arabic", "", span)
    if line.marker == "word":
        number = heading_ordinal(line.written)
        return number and Ordinal(number.value, written, number.style, number.word, span, number.parts)
    roman = roman_value(inner) if line.marker == "roman" else None
    if roman:
        return Ordinal(roman, written, "roman", "", span)
    return Ordinal(ord(inner[0]) - ord("a") + 1, written, "letter", "", span)
