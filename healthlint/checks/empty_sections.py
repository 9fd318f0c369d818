"""Headings with nothing under them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.promises import is_cited_heading, is_reading_heading
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind, Section

_SILENT = (Kind.FURNITURE, Kind.TAG)
_MOST_WORDS = 20  # of a heading; longer, it is text itself
_LONGEST_FAREWELL = 10  # words
_FAREWELL = re.compile(
    r"^\W*(?:(?:with|our|my|all|best|kind|warm|many|kindest|warmest|heartfelt|friendly) ){0,4}"
    r"(?:regards|greetings|wishes|thanks|love|yours|sincerely|cordially|cheers|warmly|respectfully)\b[^.:?]*$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?\W*$|^\W*[\"“‘]")
_SHOWN = re.compile(
    r"<(?:img|iframe|video|audio|svg|object|embed|form|input|canvas|picture|script|table|figure)\b"
    r"|!\[|\{[{%<]|\S",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"</?(?!img|iframe|video|audio|svg|object|embed|form|input|canvas|picture|script|table"
    r"|figure)\w[^<>]{0,400}>|<!--.{0,400}?-->",
    re.IGNORECASE | re.DOTALL,
)
_RULES = re.compile(r"[-=*_~#\s\u00a0]|&nbsp;|\{[:#.][^}\n]{0,100}\}|:{3,}")


class EmptySections(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for headings that the next heading of the same or a higher level follows at once."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each empty section; none for a title, nor for plain text that only looks like headings."""
        document = analysis.document
        empty = [_is_empty(document, section) for section in document.sections]
        for at, section in enumerate(document.sections):
            if not empty[at] or section.heading is None or document.blocks[section.heading] is document.title:
                continue
            if len(document.blocks[section.heading].text.split()) > _MOST_WORDS or _is_signature(document, section):
                continue
            if document.format == "text" and (at < 2 or at + 1 == len(empty) or empty[at - 1] or empty[at + 1]):
                continue
            if document.format == "text" and _stands_over_sources(document.blocks[section.heading].text):
                continue  # whose first line may be taken for a heading
            if document.format == "text" and _may_be_inside(document, section, document.sections[at + 1]):
                continue
            yield Match(document.blocks[section.heading].prose.span())


def _stands_over_sources(heading: str) -> bool:
    return is_reading_heading(heading) or is_cited_heading(heading)


def _is_signature(document: Document, section: Section) -> bool:
    """Whether a heading is who signs the article: 'Yours from the hills,' stands above it."""
    above = document.blocks[section.start - 1] if section.start else None
    if above is None or above.kind is not Kind.PARAGRAPH or len(above.text.split()) > _LONGEST_FAREWELL:
        return False
    return above.text.rstrip().endswith(",") or bool(_FAREWELL.search(above.text))


def _may_be_inside(document: Document, section: Section, following: Section) -> bool:
    """Whether a section may be a part of the one before, in plain text.

    It is a subtitle, or what follows is the first of a count, or of some questions.
    """
    if section.start > 0 and document.blocks[section.start - 1].kind is Kind.HEADING:
        return True
    heading = document.blocks[following.start]
    is_first = heading.ordinal is not None and heading.ordinal.value == 1
    return is_first or (
        _ASKS.search(heading.text) is not None and not _ASKS.search(document.blocks[section.start].text)
    )


def _is_empty(document: Document, section: Section) -> bool:
    if section.heading is None or section.own_end < section.end:
        return False
    blocks = document.blocks
    if any(block.kind not in _SILENT or _is_contents(block) for block in blocks[section.start + 1 : section.end]):
        return False
    following = blocks[section.end].span.start if section.end < len(blocks) else document.end
    between = document.text[blocks[section.heading].span.end : following]
    if any(block.kind in _SILENT for block in blocks[section.start + 1 : section.end]):
        return section.end < len(blocks)
    return not _SHOWN.search(_RULES.sub("", _TAGS.sub("", between)))


def _is_contents(block: Block) -> bool:
    """Whether a line leads to another place of the page, as in a table of contents."""
    return any(link.target.startswith("#") and len(link.target) > 1 for link in block.links)
