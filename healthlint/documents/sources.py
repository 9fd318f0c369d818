"""Text that is put together from stretches of a file, and the way back: documents read from it are moved to the file.

An export of WordPress holds an article in pieces: title and content apart, a CDATA section cut in two, letters as
entities, shortcodes that are no part of it, paragraphs that are blank lines. What is put together from them can be
read as the HTML that it means; each character knows where it stands in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from healthlint.documents.document import Block, Document, Link, Ordinal, Piece, Prose, Span


class _Segment(NamedTuple):
    """A stretch of the text that was put together, and the one of the file that it stands for."""

    at: int
    length: int
    span: Span
    copied: bool


class Source:
    """Text from stretches of a file, which are added in their order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._segments: list[_Segment] = []
        self._length = 0

    @property
    def text(self) -> str:
        """All that was added."""
        self._parts = ["".join(self._parts)]
        return self._parts[0]

    def copy(self, words: str, start: int) -> None:
        """Add characters that stand in the file from `start` on."""
        self._add(words, Span(start, start + len(words)), copied=True)

    def replace(self, words: str, span: Span) -> None:
        """Add words for the stretch of the file at `span`; one without length inserts them."""
        self._add(words, span, copied=False)

    def extend(self, other: Source, start: int, end: int) -> None:
        """Add what stands from `start` to `end` in the text of another source of the same file."""
        text = other.text
        for segment in other._between(start, end):
            first, last = max(start, segment.at), min(end, segment.at + segment.length)
            self._add(text[first:last], _cut(segment, first, last), copied=segment.copied)

    def span(self, span: Span) -> Span:
        """The stretch of the file that a stretch of the text stands for."""
        start = self._segment(span.start)
        first = start.span.start + span.start - start.at if start.copied else start.span.start
        if span.end <= span.start:
            return Span(first, first)
        end = self._segment(span.end - 1)
        last = end.span.start + span.end - end.at if end.copied else end.span.end
        return Span(first, max(first, last))

    def prose(self, prose: Prose) -> Prose:
        """The text of a block with its places in the file."""
        return Prose(prose.text, tuple(moved for piece in prose.pieces for moved in self._pieces(piece)))

    def _pieces(self, piece: Piece) -> Iterator[Piece]:
        if not piece.copied:
            yield piece._replace(span=self.span(piece.span))
            return
        for segment in self._between(*piece.span):
            first, last = max(piece.span.start, segment.at), min(piece.span.end, segment.at + segment.length)
            yield Piece(
                piece.start + first - piece.span.start, last - first, _cut(segment, first, last), segment.copied
            )

    def _add(self, words: str, span: Span, *, copied: bool) -> None:
        if words:
            self._parts.append(words)
            self._segments.append(_Segment(self._length, len(words), span, copied))
            self._length += len(words)

    def _segment(self, at: int) -> _Segment:
        """The one that a character is in; behind the last character, the last."""
        index = bisect_right(self._segments, at, key=lambda segment: segment.at) - 1
        return self._segments[max(0, index)]

    def _between(self, start: int, end: int) -> Iterator[_Segment]:
        index = max(0, bisect_right(self._segments, start, key=lambda segment: segment.at) - 1)
        while index < len(self._segments) and self._segments[index].at < end:
            yield self._segments[index]
            index += 1


def _cut(segment: _Segment, first: int, last: int) -> Span:
    if not segment.copied:
        return segment.span
    return Span(segment.span.start + first - segment.at, segment.span.start + last - segment.at)


def moved(document: Document, source: Source, text: str) -> Document:
    """A document that was read from a source's text as one of the file's `text`."""
    return msgspec.structs.replace(
        document,
        text=text,
        blocks=tuple(_block(block, source) for block in document.blocks),
        fields=tuple(field._replace(span=source.span(field.span)) for field in document.fields),
        comments=tuple((said, source.span(span)) for said, span in document.comments),
        definitions={label: source.span(span) for label, span in document.definitions.items()},
    )


def _block(block: Block, source: Source) -> Block:
    return msgspec.structs.replace(
        block,
        prose=source.prose(block.prose),
        span=source.span(block.span),
        ordinal=_ordinal(block.ordinal, source),
        links=tuple(_link(link, source) for link in block.links),
    )


def _ordinal(ordinal: Ordinal | None, source: Source) -> Ordinal | None:
    return ordinal and ordinal._replace(span=source.span(ordinal.span))


def _link(link: Link, source: Source) -> Link:
    return msgspec.structs.replace(link, span=source.span(link.span))
