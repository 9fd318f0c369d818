"""Counts that are promised and not kept: 'Five triggers' over a list of four."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from healthlint.analysis import Analysis
from healthlint.analysis.promised_counts import PromisedCount, announced_count, promised_count
from healthlint.analysis.promises import last_sentence
from healthlint.analysis.references import References
from healthlint.analysis.sentences import sentence_spans
from healthlint.analysis.tallies import Tallies
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Kind, Span

_LOOKS_BACK = re.compile(r"(?:These|Those|The above|(?:Do|Follow|Keep to|With|After|Once) (?:these|those))\s")
_COMMA = re.compile(r",\s+")
_JOINED = re.compile(r"(?:and|or)\s", re.IGNORECASE)
_JOINT = re.compile(r"\s(?:and|or)\s", re.IGNORECASE)
_LEAST_ENUMERATED = 3  # parts between commas that make an enumeration
_LONGEST_PART = 6  # words
_LONGEST_LOOK_BACK = 60  # characters that hold the count and its noun


class Counts(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Compares the count in a title, heading or lead-in with what follows it."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each count that what follows does not bear out."""
        document = analysis.document
        tallies = Tallies(document)
        for at, section in enumerate(document.sections):
            if section.heading is not None:
                yield from _in_heading(tallies, at, document.blocks[section.heading])
        listed = References.of(document).list_blocks
        for index, block in enumerate(document.blocks):
            if block.kind in (Kind.PARAGRAPH, Kind.ITEM) and index not in listed:
                yield from _in_sentences(block)
                yield from _in_lead_in(tallies, index, block)
                yield from _in_look_back(tallies, index, block)
        yield from _in_introduction(tallies)


def _in_heading(tallies: Tallies, at: int, heading: Block) -> Iterator[Match]:
    number = len(heading.ordinal.text) if heading.ordinal else 0
    promised = promised_count(heading.text[number:])
    if not promised:
        return
    titled = heading.level == 1
    counted = [] if titled else tallies.in_section(at)
    if not counted:
        counted = tallies.numbered_headings(promised.noun, titled=titled)
    if not counted:
        counted = tallies.only_list() if titled else tallies.paragraphs_in(at)
    yield from _match(promised, counted, heading.prose.span(number + promised.start, number + promised.end))


def _in_introduction(tallies: Tallies) -> Iterator[Match]:
    """'Here are six things to know.' before the first of several numbered headings."""
    blocks = tallies.document.blocks
    for block in blocks[: _first_section(blocks)]:
        if block.kind is not Kind.PARAGRAPH or block.quoted:
            continue
        for start, end in sentence_spans(block.text):
            promised = announced_count(block.text[start:end])
            if promised:
                span = block.prose.span(start + promised.start, start + promised.end)
                named = tallies.numbered_headings(promised.noun, titled=False)
                counted = named or tallies.numbered_headings(promised.noun, titled=True)
                yield from _match(promised, counted, span, sure=bool(named))


def _first_section(blocks: Sequence[Block]) -> int:
    """Where the first heading of a section stands, 0 if there is none.

    What stands right below the title, without a number, is its second line or 'Introduction'.
    """
    for at, block in enumerate(blocks):
        is_section = block.kind is Kind.HEADING and block.level > 1
        if is_section and (block.ordinal or not at or blocks[at - 1].level != 1):
            return at
    return 0


def _in_sentences(block: Block) -> Iterator[Match]:
    """'Three kinds are sold: drops, gel, ointment and spray.'"""
    if ":" not in block.text:
        return
    for start, end in sentence_spans(block.text):
        head, colon, tail = block.text[start:end].partition(": ")
        promised = promised_count(f"{head}:") if colon else None
        if promised:
            span = block.prose.span(start + promised.start, start + promised.end)
            yield from _match(promised, _enumerated(tail), span)


def _enumerated(text: str) -> list[int]:
    """How many things a run of words enumerates; more than one number where an 'and' may join or stand inside."""
    parts = _COMMA.split(text.rstrip(" .!"))
    last = parts[-1]
    if len(parts) < _LEAST_ENUMERATED or any(len(part.split()) > _LONGEST_PART for part in parts):
        return []
    if _JOINED.match(last):
        return [len(parts)]
    joins = len(_JOINT.findall(last))
    return [len(parts), len(parts) + joins] if joins and not any(map(_JOINT.search, parts[:-1])) else []


def _in_lead_in(tallies: Tallies, index: int, block: Block) -> Iterator[Match]:
    """'There are three kinds:' and the list that comes next, or 'These are the three kinds.' and a numbered one."""
    blocks = tallies.document.blocks
    if not block.text.endswith((":", ".")) or index + 1 == len(blocks):
        return
    following = blocks[index + 1]
    if following.kind is not Kind.ITEM or (block.kind is Kind.ITEM and following.level <= block.level):
        return
    sentence = last_sentence(block.text)
    leads = block.text.endswith(":")
    promised = promised_count(sentence) if leads else announced_count(sentence) if following.ordered else None
    if promised:
        start = len(block.text) - len(sentence)
        span = block.prose.span(start + promised.start, start + promised.end)
        yield from _match(promised, tallies.of_list(index + 1), span)


def _in_look_back(tallies: Tallies, index: int, block: Block) -> Iterator[Match]:
    """'These four steps take a minute.' right after a list."""
    blocks = tallies.document.blocks
    back = _LOOKS_BACK.match(block.text)
    if not back or not index or block.kind is not Kind.PARAGRAPH or blocks[index - 1].kind is not Kind.ITEM:
        return
    promised = promised_count(block.text[back.end() : back.end() + _LONGEST_LOOK_BACK])
    if promised and promised.start == 0:
        first = index - 1
        while first and blocks[first - 1].kind is Kind.ITEM:
            first -= 1
        items = sum(each.level == blocks[first].level for each in blocks[first:index])
        span = block.prose.span(back.end(), back.end() + promised.end)
        yield from _match(promised, [items, *tallies.of_list(first), *tallies.all_before(index)], span)


def _match(promised: PromisedCount, counted: Sequence[int], span: Span, *, sure: bool = False) -> Iterator[Match]:
    """A match if something was counted, none of it fits, and the nearest is near enough to be what was meant.

    What is `sure` to be meant, 'answers' over 'Q1', 'Q2', may be twice as many.
    """
    if not counted or promised.value in counted:
        return
    nearest = min(counted, key=lambda count: abs(count - promised.value))
    if nearest > 1 and abs(nearest - promised.value) <= max(2, promised.value if sure else promised.value // 2):
        yield Match(span, {"number": str(promised.value), "noun": promised.noun, "counted": str(nearest)})
