"""Sentences that break off to name sources and name none: 'For more, visit trusted sites such as:' and nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.identifiers import is_findable
from healthlint.analysis.promises import (
    is_cited_heading,
    is_label,
    is_reading_heading,
    last_sentence,
    names_helpers,
    promises_more,
    promises_sources,
)
from healthlint.analysis.references import References
from healthlint.analysis.source_lists import is_entry_line, is_linked, is_name_heading
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind

_PASSED_OVER = (Kind.FURNITURE, Kind.TAG, Kind.NOTE)
_IMPRINT = re.compile(r"\(c\)|©|\b(?:date of review|review date|last reviewed|all rights reserved)\b", re.IGNORECASE)
_OF_WORKS = re.compile(r"\bet al\b|\bdoi:|\bPMID\b|://|\bwww\.", re.IGNORECASE)
_TO_EDITORS = re.compile(r"\bnotes? (?:to|for) (?:the )?(?:editors?|press|media|journalists?)\b", re.IGNORECASE)
_OF_SITES = re.compile(r"\b(?:web ?sites?|sites|web ?pages?|portals?|addresses|leaflets|booklets)\b", re.IGNORECASE)
_OPEN_END = re.compile(r"[:…–—]$|\.\.\.$|\b(?:such as|like|including|namely|below|are|at)[.,]?$")


class Leadins(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for lead-ins that promise sources, and at what follows them."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each lead-in that nothing follows which could be a source."""
        blocks = analysis.document.blocks
        among_sources = False
        for index, block in enumerate(blocks):
            if block.kind is Kind.HEADING and not _is_work(block):
                among_sources = is_cited_heading(block.text) or is_reading_heading(block.text)
            if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or not _OPEN_END.search(block.text[-20:].rstrip(" *_")):
                continue
            sentence = _lead_in(block.text)
            if (
                (_is_promise(sentence) or (among_sources and promises_more(sentence)))
                and not _holds_source(block, sentence)
                and not _has_sources(analysis.document, index, sentence)
            ):
                start = len(block.text) - len(sentence)
                yield Match(block.prose.span(start, len(block.text)))


def _lead_in(text: str) -> str:
    """The last sentence, with the one before it where it is short: 'Want to know more? You can check:'."""
    last = last_sentence(text)
    if len(last.split()) > 4:
        return last
    before = text[: len(text) - len(last)].rstrip()
    return text[len(before) - len(last_sentence(before)) :]


def _is_promise(sentence: str) -> bool:
    return promises_sources(sentence, purpose_suffices=True) or (sentence.endswith(":") and is_label(sentence))


def _holds_source(block: Block, sentence: str) -> bool:
    """Whether the sentence itself leads somewhere."""
    start = len(block.text) - len(sentence)
    return is_findable(sentence) or any(link.start >= start for link in block.links)


def _has_sources(document: Document, index: int, sentence: str) -> bool:
    """Whether what comes next could be what the lead-in promises."""
    blocks = document.blocks
    for place, block in enumerate(blocks[index + 1 :], index + 1):
        if block.kind in _PASSED_OVER or _IMPRINT.search(block.text[-200:]):
            continue
        if block.kind is Kind.HEADING:
            if is_cited_heading(block.text) and not _TO_EDITORS.search(block.text):
                # what the article rests on is neither whom to turn to nor what to read besides
                return not (names_helpers(sentence) or (_OF_SITES.search(sentence) and _is_cited(document, place)))
            return is_linked(block) or is_findable(block.text) or is_name_heading(block)
        if block.kind is Kind.ITEM and not _is_bare_line(block):
            opens = block.ordinal is None or block.ordinal.value <= 1
            return opens and (blocks[index].kind is not Kind.ITEM or block.level > blocks[index].level)
        return block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or _could_be_source(block)
    return False


def _is_cited(document: Document, heading: int) -> bool:
    """Whether numbers in the text lead to the list below a heading."""
    references = References.of(document)
    keys = {entry.key for entry in references.entries if entry.cited and entry.block > heading and entry.key}
    marks = (mark for block in document.blocks[:heading] for mark in references.marks(block))
    return any(not keys.isdisjoint(mark.keys) for mark in marks)


def _is_bare_line(block: Block) -> bool:
    """Whether a list item has no bullet or number: a line that was taken for one because of the colon above it."""
    return block.span.start == block.prose.span().start


def _is_work(heading: Block) -> bool:
    """Whether a heading is a source of a list without bullets, which plain text does not tell from headings."""
    return is_name_heading(heading) or is_findable(heading.text) or bool(_OF_WORKS.search(heading.text))


def _could_be_source(block: Block) -> bool:
    text = block.text
    goes_on = text[:1].islower()  # 'Good sources are:' / 'walnuts, oats and grapes.'
    return goes_on or bool(block.links) or is_findable(text) or is_entry_line(block) or _is_titled(text)


def _is_titled(text: str) -> bool:
    """Whether a line is the title of a page whose link was lost, or an address: 'Pain Clinic, Mill Lane, Hull.'"""
    words = [word for word in text.split() if len(word) > 3]
    return (
        1 < len(words) < 12
        and text.rstrip(".")[-1:].isalnum()
        and sum(word[0].isupper() for word in words) >= 0.7 * len(words)
    )
