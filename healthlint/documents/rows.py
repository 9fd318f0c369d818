"""The rows of a text, as an editor counts them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple


class Position(NamedTuple):
    """A place as an editor counts it: row and column from 1, columns in code points."""

    row: int
    column: int


class Rows:
    """Where each row of a text starts; a line feed, a carriage return or both end one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]

    def position(self, offset: int) -> Position:
        """Row and column of an offset."""
        row = bisect_right(self._starts, offset)
        return Position(row, offset - self._starts[row - 1] + 1)

    def offset(self, row: int, column: int = 1) -> int:
        """The offset of a place. Raises IndexError for a row that there is not."""
        return self._starts[row - 1] + column - 1

    def line(self, row: int) -> str:
        """The text of a row, without its line break."""
        end = self._starts[row] if row < len(self._starts) else len(self._text)
        return self._text[self._starts[row - 1] : end].rstrip("\r\n")
