"""The text of an open article as its editor has it, and places in it in the units agreed on with the editor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from lsprotocol import types

from healthlint.documents.document import Span
from healthlint.documents.rows import Rows

Encoding = types.PositionEncodingKind | str

_UTF_8 = types.PositionEncodingKind.Utf8
_UTF_32 = types.PositionEncodingKind.Utf32
_UNPAIRED = re.compile("[\ud800-\udfff]")
_MARK = "\ufeff"


class Text:
    """A text that does not change. Lines and characters of the editor count from 0, offsets are code points.

    Lines end as the protocol has it, with a line feed, a carriage return or both, and nothing else.
    """

    def __init__(self, text: str, encoding: Encoding = types.PositionEncodingKind.Utf16) -> None:
        """Half a surrogate pair, which no file can hold, is replaced."""
        self.text = _UNPAIRED.sub("\ufffd", text)
        self._encoding = encoding

    @property
    def mark(self) -> int:
        """The length of its byte-order mark, which an editor may have left at its start: 1 or 0."""
        return int(self.text.startswith(_MARK))

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self.text)

    def offset(self, place: types.Position) -> int:
        """Where a place is; what lies behind the end of a line or of the text is its end."""
        try:
            line, start = self._rows.line(place.line + 1), self._rows.offset(place.line + 1)
        except IndexError:
            return len(self.text)
        return start + self._code_points(line, place.character)

    def position(self, offset: int) -> types.Position:
        """The place of an offset."""
        row, column = self._rows.position(offset)
        return types.Position(row - 1, self._units(self.text[offset - column + 1 : offset]))

    def range(self, span: Span) -> types.Range:
        """The place of a stretch."""
        return types.Range(self.position(span.start), self.position(span.end))

    def span(self, place: types.Range) -> Span:
        """The stretch of a place."""
        start, end = self.offset(place.start), self.offset(place.end)
        return Span(start, max(start, end))

    def changed(self, changes: Iterable[types.TextDocumentContentChangeEvent]) -> Text:
        """The text after changes, one after the other."""
        text = self
        for change in changes:
            new = change.text
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = text.span(change.range)
                new = text.text[:start] + new + text.text[end:]
            text = Text(new, self._encoding)
        return text

    def _code_points(self, line: str, units: int) -> int:
        """How many characters of a line the first `units` are; a place inside a character is before it."""
        if self._encoding == _UTF_32 or line.isascii():
            return min(units, len(line))
        if self._encoding == _UTF_8:
            return len(line.encode()[:units].decode(errors="ignore"))
        return len(line.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore"))

    def _units(self, part: str) -> int:
        if self._encoding == _UTF_32 or part.isascii():
            return len(part)
        if self._encoding == _UTF_8:
            return len(part.encode())
        return len(part.encode("utf-16-le")) // 2
