"""What is told twice in the very same words -> the fix that takes out the second copy."""

from __future__ import annotations

from bisect import bisect_left

from healthlint import removals
from healthlint.analysis.repetition import Repeat
from healthlint.documents.document import Block, Document, Kind, Span
from healthlint.edits import Applicability, Edit, Fix, together

_LOOKED_AT = 50  # blocks that begin at a place or behind it


def second_copy(document: Document, repeat: Repeat) -> Fix | None:
    """Takes out the later place if it is exactly the earlier one; None otherwise, or if it cannot be taken out whole.

    A tag may differ by its capitals, and is missed by nobody; what else is deleted, somebody has to look at.
    """
    block = _block_at(document, repeat.later)
    if block and block.kind is Kind.TAG:
        return together("delete the tag", [removals.tag(document, block)])
    if _told(document, repeat.earlier) != _told(document, repeat.later):
        return None
    return together("delete the second copy", [_removal(document, repeat, block)], Applicability.UNSAFE)


def _removal(document: Document, repeat: Repeat, block: Block | None) -> Edit | None:
    if repeat.kind == "section":
        first, end = (bisect_left(document.blocks, at, key=_start) for at in repeat.later)
        return removals.lines(document, document.blocks[first], document.blocks[end - 1]) if first < end else None
    if block is None:
        return None
    if repeat.later == block.prose.span():
        is_numbered = block.ordinal is not None or block.kind not in (Kind.PARAGRAPH, Kind.ITEM)
        return None if is_numbered else removals.lines(document, block, block)
    start = block.text.find(document.text[slice(*repeat.later)])
    if repeat.kind != "sentence" or start < 0 or block.prose.span(start, start + 1).start != repeat.later.start:
        return None
    return removals.words(document, block, start, start + repeat.later.end - repeat.later.start)


def _start(block: Block) -> int:
    return block.span.start


def _told(document: Document, span: Span) -> list[str]:
    return document.text[slice(*span)].split()


def _block_at(document: Document, span: Span) -> Block | None:
    """The block whose text has a span in it."""
    blocks = document.blocks
    last = bisect_left(blocks, span.start + 1, key=_start)
    for block in reversed(blocks[max(0, last - _LOOKED_AT) : last]):
        own = block.prose.span()
        if own.start <= span.start and span.end <= own.end and block.kind is not Kind.FURNITURE:
            return block
    return None
