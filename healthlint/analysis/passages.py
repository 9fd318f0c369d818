"""What a reader takes in together: a paragraph, or a list with the line that leads into it, each with its heading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.once import once
from healthlint.documents.document import Block, Document, Kind

_SKIPPED = (Kind.FURNITURE, Kind.CODE, Kind.TAG, Kind.HEADING)
_LEADS = re.compile(r":\W*$")
_UNFINISHED = re.compile(r"[\w:,]\W?$")
# lead-ins and headings of lists that forbid, warn, or go on in the middle of a sentence
_CLOSED_LIST = re.compile(
    r"\b(?:not|don['’]ts?|never|avoid|mistakes?|myths?|wrong|errors?|beware|dangerous|stay away"
    r"|said|says?|hear|heard|told)\b"
    r"|\b(?:if|when|who|you|people|patients|that|to|may|can|because|whether|after|before)\W*$",
    re.IGNORECASE,
)

_ENDINGS = re.compile(r"(?:\\\*)+(?=\\ |$)")  # as re.escape writes it, at the end of a word


class Passage(NamedTuple):
    """Blocks that belong together: `document.blocks[first:last + 1]`, the lead-in of a list among them."""

    first: int
    last: int
    text: str  # of its blocks, with their heading's before it
    body: str  # without the heading


@once
def passages(analysis: Analysis) -> tuple[Passage, ...]:
    """The passages of an article, in order."""
    return tuple(_passages(analysis, analysis.document.blocks))


def passage_of(analysis: Analysis, index: int) -> Passage:
    """The passage that the block at `index` stands in; for a heading, the one that follows it."""
    found = passages(analysis)
    return found[min(bisect_left(found, index, key=lambda passage: passage.last), len(found) - 1)]


def _passages(analysis: Analysis, blocks: Sequence[Block]) -> Iterator[Passage]:
    at = 0
    while at < len(blocks):
        first = at
        at += 1
        if blocks[first].kind in _SKIPPED:
            continue
        if _leads(blocks, first) or blocks[first].kind in (Kind.ITEM, Kind.CELL):
            while at < len(blocks) and blocks[at].kind in (Kind.ITEM, Kind.CELL):
                at += 1
        heading = analysis.heading_of(first)
        body = " ".join(block.text for block in blocks[first:at])
        yield Passage(first, at - 1, f"{heading.text}. {body}" if heading else body, body)


def lead_in(analysis: Analysis, index: int) -> str:
    """What stands before the list that holds the block at `index`: a line that leads into it, or the heading."""
    blocks = analysis.document.blocks
    if blocks[index].kind is not Kind.ITEM:
        return ""
    before = blocks[_places_before_lists(analysis)[index]]
    return before.text if before.kind is Kind.HEADING or _is_unfinished(before.text) else ""


@lru_cache(maxsize=512)  # asked for each item of a list
def _is_unfinished(text: str) -> bool:
    return bool(_UNFINISHED.search(text))


@once
def _places_before_lists(analysis: Analysis) -> tuple[int, ...]:
    """For each block, the last one up to it that is no item of a list; the first of all if there is none."""
    places: list[int] = []
    for index, block in enumerate(analysis.document.blocks):
        places.append(places[-1] if places and block.kind is Kind.ITEM else index)
    return tuple(places)


def may_instruct(analysis: Analysis, index: int) -> bool:
    """Whether a block may tell the reader what to do: no item of 'Do not:', 'Call us if you:' or 'Common mistakes'."""
    return not _closes(lead_in(analysis, index))


@lru_cache(maxsize=1024)  # once for all sentences of a list
def _closes(lead_in: str) -> bool:
    return bool(_CLOSED_LIST.search(lead_in))


def _leads(blocks: Sequence[Block], at: int) -> bool:
    """Whether a paragraph leads into the list that follows it."""
    follows = at + 1 < len(blocks) and blocks[at + 1].kind is Kind.ITEM
    return follows and blocks[at].kind is Kind.PARAGRAPH and bool(_LEADS.search(blocks[at].text))


def section_around(document: Document, index: int) -> range:
    """The blocks of the innermost section around a block, without its subsections."""
    sections = document.sections
    section = sections[bisect_right(sections, index, key=lambda section: section.start) - 1]
    return range(section.start, section.own_end)


@lru_cache(maxsize=1024)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of some words or phrases, in any case; `*` stands for any ending, a space also for a hyphen."""
    either = "|".join(_spelled(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _spelled(word: str) -> str:
    plain = re.escape(" ".join(word.replace("’", "'").split()))
    return _ENDINGS.sub(r"[\\w'’]*", plain.replace("'", "['’]")).replace(r"\ ", r"[\s-]+")
