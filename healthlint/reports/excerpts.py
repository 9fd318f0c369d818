"""The lines of an article that a span stands in, cut to a width, with the marked words underlined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from healthlint.documents.document import Span
from healthlint.documents.rows import Position
from healthlint.plain import STEERING, naming_no_command

MOST_ROWS = 3

_BREAK = re.compile(r"\r\n|\r|\n")
_TAB = "    "
_STEERING = re.compile(f"[{STEERING}]")


class Excerpt(NamedTuple):
    """A row of the article as it is shown, with carets under its marked words."""

    row: int
    source: str
    carets: str


class Cell(NamedTuple):
    """A character as it is shown, and how many columns it takes."""

    shown: str
    columns: int


_Run = str | list[Cell]  # characters as they are shown; in a string, each takes one column


def excerpts(text: str, span: Span, position: Position, width: int) -> Iterator[Excerpt]:
    """At most MOST_ROWS rows of a span, whose start is at `position`; no row is wider than `width` columns.

    Looks at a few times `width` characters of each row only, so that an article of one long line takes no longer.
    """
    reach = 4 * width
    row, start, line_start = position.row, span.start, span.start - position.column + 1
    while row < position.row + MOST_ROWS:
        line_end = _BREAK.search(text, start, min(len(text), max(start, span.end) + reach))
        stop = line_end.start() if line_end else min(len(text), span.end + reach)
        end = min(span.end, stop)
        before = _cells(text[max(line_start, start - reach) : start])
        marked, after = _cells(text[start : min(end, start + reach)]), _cells(text[end : min(stop, end + reach)])
        yield Excerpt(row, *_fitted(before, marked, after, width))
        if not line_end or span.end <= line_end.end():
            return
        row, start, line_start = row + 1, line_end.end(), line_end.end()


def _cells(text: str) -> _Run:
    return text if text.isascii() and text.isprintable() else list(map(_cell, text))


@lru_cache(maxsize=1024)
def _cell(character: str) -> Cell:
    """How a character is shown: nothing that comes from an article may steer the terminal."""
    if " " <= character <= "~":
        return Cell(character, 1)
    if character == "\t":
        return Cell(_TAB, len(_TAB))
    if character < " ":
        return Cell(chr(0x2400 + ord(character)), 1)  # its picture: ␛ for an escape
    category = unicodedata.category(character)
    if _STEERING.match(character):
        return Cell("\ufffd", 1)
    if category in ("Mn", "Me", "Cf"):
        return Cell(character, 0)
    return Cell(character, 2 if unicodedata.east_asian_width(character) in "WF" else 1)


def _fitted(before: _Run, marked: _Run, after: _Run, width: int) -> tuple[str, str]:
    """The row and its carets: the marked words, with as much around them as there is room for on both sides."""
    marked = _leading(marked, width)
    room = width - max(1, _columns(marked))  # an empty span has a caret too
    right = min(_columns(after), max(room // 2, room - _columns(before)))
    before = _leading(before[::-1], room - right)[::-1]
    after = _leading(after, right)
    source = naming_no_command("".join(map(_shown, (before, marked, after))))
    carets = " " * _columns(before) + "^" * max(1, _columns(marked))
    return source.rstrip(), carets


def _shown(cells: _Run) -> str:
    return cells if isinstance(cells, str) else "".join(cell.shown for cell in cells)


def _leading(cells: _Run, width: int) -> _Run:
    """As many of the first cells as fit, the last of them an ellipsis if not all do."""
    if _columns(cells) <= width:
        return cells
    if isinstance(cells, str):
        return f"{cells[: width - 1]}…" if width > 0 else ""
    kept, used = [], 0
    for cell in cells:
        if used + cell.columns > width - 1:
            break
        kept.append(cell)
        used += cell.columns
    return [*kept, Cell("…", 1)] if width > 0 else []


def _columns(cells: _Run) -> int:
    return len(cells) if isinstance(cells, str) else sum(cell.columns for cell in cells)
