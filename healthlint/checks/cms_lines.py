"""Lines, shortcodes and markup that a publishing system left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.cms_lines import ENTITY, SHORTCODE, TAG, goes_with_residue, is_residue
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind, Span

_MARKED = (Kind.HEADING, Kind.ITEM)
_LINES = (*_MARKED, Kind.PARAGRAPH, Kind.FURNITURE)


class CmsLines(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for what the system that published an article left in it."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a run of adjacent lines, and one a block for each of shortcodes, entities and tags."""
        document = analysis.document
        taken = list(_runs(document))
        yield from (Match(span) for span in taken)
        for block in document.blocks:
            if block.kind is not Kind.CODE and not any(span.start <= block.span.start < span.end for span in taken):
                yield from _inside(document, block)


def _runs(document: Document) -> list[Span]:
    """The runs of lines of which one at least is certainly the system's."""
    sure = [index for index, block in enumerate(document.blocks) if _is_sure(block)]
    runs: list[Span] = []
    end = -1
    for index in sure:
        if index < end:
            continue
        start, end = _around(document, index, end)
        first, last = document.blocks[start].prose.span(), document.blocks[end - 1].prose.span()
        runs.append(Span(first.start, max(first.end, last.end)))
    return runs


def _is_sure(block: Block) -> bool:
    written = block.kind in _LINES and not block.quoted and not block.of_page
    return written and is_residue(block.text, marked=block.kind in _MARKED)


def _around(document: Document, index: int, after: int) -> tuple[int, int]:
    """The run of lines about the one at `index`, none of them before `after`: start and end."""
    blocks = document.blocks
    start, end = index, index + 1
    while start - 1 >= max(after, 0) and _belongs(blocks[start - 1]):
        start -= 1
    while end < len(blocks) and _belongs(blocks[end]):
        end += 1
    while blocks[end - 1].kind is Kind.TAG and blocks[end - 1].span.end <= blocks[index].span.end:
        end -= 1
    return start, end


def _belongs(block: Block) -> bool:
    if block.kind is Kind.TAG:
        return True
    return _is_sure(block) or (block.kind is Kind.FURNITURE and goes_with_residue(block.text))


def _inside(document: Document, block: Block) -> Iterator[Match]:
    """Shortcodes, and in plain text the entities and tags that no reader turned into what they stand for."""
    patterns: list[re.Pattern[str]] = [SHORTCODE] if "[" in block.text else []
    if "&" in block.text:
        patterns.append(ENTITY)
    if document.format == "text" and "<" in block.text:
        patterns.append(TAG)
    linked = [(link.start, link.end) for link in block.links if link.end > link.start]
    for pattern in patterns:
        match = next((m for m in pattern.finditer(block.text) if not any(a <= m.start() < b for a, b in linked)), None)
        if match and not document.text.endswith("`", 0, block.prose.span(*match.span()).start):
            yield Match(block.prose.span(*match.span()))
