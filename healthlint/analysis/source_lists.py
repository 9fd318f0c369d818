"""Where an article lists its sources or sends its reader on: by heading, by lead-in, or by the look of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from healthlint.analysis.bodies import bodies, short_names
from healthlint.analysis.identifiers import is_findable, is_full_reference
from healthlint.analysis.promises import (
    is_cited_heading,
    is_label,
    is_reading_heading,
    last_sentence,
    promises_sources,
)
from healthlint.analysis.wording import whole
from healthlint.documents.document import Block, Document, Kind, LinkKind, Section


class SourceList(NamedTuple):
    """A list of sources, as indexes into `Document.blocks`."""

    opener: int | None  # its heading or lead-in
    blocks: tuple[int, ...]  # what may be a source, in order
    cited: bool  # the article's own references, not only reading matter


_SKIPPED = (Kind.FURNITURE, Kind.TAG)
_KEY = re.compile(r"\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s?\S")
_TRAILING_KEY = re.compile(r"(?:\[\d{1,3}\]:?\s|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}\s?)\S")
_DOCUMENT_NOUN = re.compile(
    whole(
        r"""study | trial | review | guidelines? | guidance | report | article | monograph | fact ?sheet
        | leaflet | booklet | paper | book | handbook | textbook | journal | database | label | prescribing
        information | web ?site | web ?page | encyclop\w+ | survey | statement | manual | newsletter | magazine
        | blog | podcast | documentary | patient information | medication guide"""
    ),
    re.IGNORECASE,
)


def source_lists(document: Document) -> list[SourceList]:
    """All lists of sources, in the order of the article; none of their blocks stands in two."""
    taken: set[int] = set()
    found: list[SourceList] = []
    for candidate in (*_under_headings(document), *_after_lead_ins(document), *_by_look(document)):
        blocks = tuple(index for index in candidate.blocks if index not in taken)
        if blocks:
            taken.update(blocks)
            found.append(candidate._replace(blocks=blocks))
    return sorted(found, key=lambda each: each.blocks[0])


def names_source(text: str) -> bool:
    """Whether a line of a list names a source: a body, a site, a study, a guideline."""
    if next(bodies(text), None) or next(short_names(text[:60]), None):
        return True
    return bool(_DOCUMENT_NOUN.search(text)) or is_full_reference(text)


def is_linked(block: Block) -> bool:
    """Whether words of a block lead somewhere: pictures and footnote marks do not count."""
    return any(link.kind in (LinkKind.INLINE, LinkKind.BARE) for link in block.links)


def is_entry_line(block: Block) -> bool:
    """Whether a paragraph is the entry of a list without bullets: numbered, a full reference, or a name and no more."""
    text = block.text
    if text.endswith((":", "?")):
        return False
    if _KEY.match(text) or is_full_reference(text):
        return True
    short = len(text.split()) <= 16 and not text.endswith((".", "!"))
    return short and (names_source(text) or is_findable(text))


def is_name_heading(block: Block) -> bool:
    """Whether a heading is no more than a source's name: in plain text a list without bullets looks like headings."""
    if block.kind is not Kind.HEADING:
        return False
    body, short = next(bodies(block.text), None), next(short_names(block.text), None)
    if body and body.start <= 4:
        return True
    return bool(short and short.start == 0 and re.match(r"\s?(?:$|[:,–—-])", block.text[short.end :]))


def _under_headings(document: Document) -> Iterator[SourceList]:
    for section in document.sections:
        if section.heading is None:
            continue
        heading = document.blocks[section.heading]
        if len(heading.text) > 90 or heading is document.title:
            continue
        cited = is_cited_heading(heading.text)
        if cited or is_reading_heading(heading.text):
            yield SourceList(section.heading, tuple(_candidates(document, section, cited)), cited)


def _candidates(document: Document, section: Section, cited: bool) -> Iterator[int]:
    """What may be a source under such a heading: no running text."""
    started = False
    for index in range(section.start + 1, section.end if cited else section.own_end):
        block = document.blocks[index]
        entry = block.kind is Kind.PARAGRAPH and (cited or not started) and is_entry_line(block)
        if entry or block.kind in (Kind.ITEM, Kind.NOTE, Kind.CELL):
            started = True
            yield index
        elif document.format == "text" and is_name_heading(block):
            yield index


def _after_lead_ins(document: Document) -> Iterator[SourceList]:
    for index, block in enumerate(document.blocks):
        if block.kind is not Kind.PARAGRAPH:
            continue
        if is_label(block.text):
            yield SourceList(index, tuple(_list_after(document, index)), is_cited_heading(block.text))
        elif block.text.rstrip(" *_")[-1:] in (":", "…", "–", "—") and promises_sources(last_sentence(block.text)):
            yield SourceList(index, tuple(_list_after(document, index)), cited=False)


def _list_after(document: Document, index: int) -> Iterator[int]:
    """The items that follow a block, or the lines that stand for items."""
    blocks = document.blocks
    group: int | None = None
    for at in range(index + 1, len(blocks)):
        block = blocks[at]
        if block.kind in _SKIPPED:
            continue
        if block.kind is Kind.ITEM and group in (None, block.group):
            if group is None and block.ordinal and block.ordinal.value > 1:
                return
            group = block.group
        elif group is not None or not _stands_for_item(document, block):
            return
        yield at


def _stands_for_item(document: Document, block: Block) -> bool:
    if block.kind is Kind.PARAGRAPH:
        return len(block.text) <= 160 and is_entry_line(block)
    return document.format == "text" and is_name_heading(block)


def _by_look(document: Document) -> Iterator[SourceList]:
    """Footnotes, lists most of whose items are full references, and trailing lines that open with '[1]'."""
    groups: dict[int, list[int]] = {}
    trailing: list[int] = []
    for index, block in enumerate(document.blocks):
        if block.kind is Kind.ITEM and block.group >= 0:
            groups.setdefault(block.group, []).append(index)
        elif block.kind is Kind.NOTE or (
            block.kind is Kind.PARAGRAPH and _TRAILING_KEY.match(block.text) and is_findable(block.text)
        ):
            trailing.append(index)
    for indexes in groups.values():
        if _looks_cited([document.blocks[index] for index in indexes]):
            yield SourceList(None, tuple(indexes), cited=True)
    if trailing:
        yield SourceList(None, tuple(trailing), cited=True)


def _looks_cited(items: Sequence[Block]) -> bool:
    """Whether a list without a heading is one of references: numbered '[1]', or nearly all full references."""
    if items[0].ordinal and items[0].ordinal.text.startswith("["):
        return any(is_findable(item.text) for item in items)
    return len(items) > 1 and sum(is_full_reference(item.text) for item in items) > len(items) / 2
