"""Lines, shortcodes and markup that a publishing system left in the text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from healthlint import removals
from healthlint.analysis import Analysis
from healthlint.analysis.cms_lines import ENTITY, SHORTCODE, TAG, goes_with_residue, is_residue
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind, Span
from healthlint.edits import Applicability, Fix, reworded, together

_MARKED = (Kind.HEADING, Kind.ITEM)
_LINES = (*_MARKED, Kind.PARAGRAPH, Kind.FURNITURE)
_SIGNS = ("[", "__", "{", "Error!", "<!--")  # one of them is in every shortcode
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class CmsLines(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for what the system that published an article left in it."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a run of adjacent lines, and one a block for each of shortcodes, entities and tags."""
        document = analysis.document
        runs = _runs(document)
        taken = [span for span, _, _ in runs]
        yield from (Match(span, fix=_dropped(document, first, last)) for span, first, last in runs)
        for block in document.blocks:
            if block.kind is not Kind.CODE and not any(span.start <= block.span.start < span.end for span in taken):
                yield from _inside(document, block)


def _runs(document: Document) -> list[tuple[Span, Block, Block]]:
    """The runs of lines of which one at least is certainly the system's, each with its first and last block."""
    sure = [index for index, block in enumerate(document.blocks) if _is_sure(block)]
    runs: list[tuple[Span, Block, Block]] = []
    end = -1
    for index in sure:
        if index < end:
            continue
        start, end = _around(document, index, end)
        first, last = document.blocks[start], document.blocks[end - 1]
        span = first.prose.span()
        runs.append((Span(span.start, max(span.end, last.prose.span().end)), first, last))
    return runs


def _dropped(document: Document, first: Block, last: Block) -> Fix | None:
    """The fix that takes out a run of lines; one with a date may be the only one that tells it."""
    lines = document.text[first.span.start : last.span.end]
    applicability = Applicability.UNSAFE if _YEAR.search(lines) else Applicability.SAFE
    return together("delete it", [removals.lines(document, first, last)], applicability)


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
    patterns: list[re.Pattern[str]] = [SHORTCODE] if any(sign in block.text for sign in _SIGNS) else []
    if "&" in block.text:
        patterns.append(ENTITY)
    if document.format == "text" and "<" in block.text:
        patterns.append(TAG)
    linked = [(link.start, link.end) for link in block.links if link.end > link.start]
    for pattern in patterns:
        match = next((m for m in pattern.finditer(block.text) if not any(a <= m.start() < b for a, b in linked)), None)
        if match and not document.text.endswith("`", 0, block.prose.span(*match.span()).start):
            yield Match(block.prose.span(*match.span()), fix=_fix(document, block, pattern, match))


def _fix(document: Document, block: Block, pattern: re.Pattern[str], match: re.Match[str]) -> Fix | None:
    """A shortcode that is a line by itself goes; for entities in plain text stands what they mean."""
    if pattern is SHORTCODE and match[0] == block.text:
        return together("delete it", [removals.lines(document, block, block)])
    if pattern is ENTITY and document.format == "text":
        edits = (reworded(document, block, *found.span(), _meant(found)) for found in ENTITY.finditer(block.text))
        return together("write what the entities mean", edits)
    return None


def _meant(entity: re.Match[str]) -> str:
    """What an entity stands for; a space only between words."""
    character = html.unescape(entity[0])
    if not character.isspace():
        return character
    beside = entity.string[max(0, entity.start() - 1) : entity.start()] + entity.string[entity.end() : entity.end() + 1]
    return " " if len(beside) == 2 and beside.isalnum() else ""
