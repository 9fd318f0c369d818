"""Sources that a list only names: no link, no identifier, no full reference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from healthlint.analysis import Analysis
from healthlint.analysis.identifiers import is_findable
from healthlint.analysis.references import Entry, References
from healthlint.analysis.source_lists import SourceList, holds_notes, is_linked, names_source, opens_with_name
from healthlint.analysis.wording import one_of, whole
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind

_CONTACT = re.compile(
    one_of(
        r"""\(?\+?\d[\d ().-]{5,}\d | \b\d{3}[ -]\d{3,4}\b | \S@\w[\w-]{0,60}\.\w | \b(?:call | text | dial | phone
        | tel)\b[^.]{0,20}\d | \b\d{3}\b.{0,20}\bhotline\b"""
    ),
    re.IGNORECASE,
)
_ADVICE = re.compile(
    one_of(
        """ask | talk | speak | call | contact | your | our | my | a | an | any | tell | check with | if | when
        | do | keep | take | try | use | look | the (?:leaflet | label | pharmacist | doctor)"""
    )
    + r"\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    whole(
        """may | should | can | must | will | is | are | was | were | have | has | need | needs | require
        | requires | do | does"""
    )
    + r"(?!.{0,80}\?)"
)
_CREDIT = re.compile(
    r"[*(]?\s?"
    + one_of("sources? | references? | via | adapted from | data(?: from)? | credits? | information from | based on")
    + r"(?:\s(?:used|for this (?:article|page|table)))?\s?[:–—]\s?(?=\S)",
    re.IGNORECASE,
)
_OWN_NUMBER = re.compile(r"\[\d{1,3}\]\s*")
_HEADS_COLUMN = re.compile(
    one_of(
        """sources? | references? | citations? | evidence source | where (?:this | it) (?:is | comes) from | study"""
    ),
    re.IGNORECASE,
)


class ListedSources(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks through lists of sources, table columns of sources and 'Source:' lines for names that lead nowhere."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each source that is only named."""
        document = analysis.document
        references = References.of(document)
        for listed, entries in references.entries_by_list:
            if _is_list_of_sources(document, listed, entries):
                sources = [one for one in entries if opens_with_name(one.text) or not holds_notes(document, listed)]
                yield from (_match(document, entry) for entry in sources if _is_only_named(document, entry))
        for index, block in enumerate(document.blocks):
            if index not in references.list_blocks:
                yield from _credit_line(references, block)
        for block, beside in _source_cells(document):
            cited = any(is_linked(cell) or is_findable(cell.text) or references.marks(cell) for cell in beside)
            if _is_bare_name(block) and not cited:
                yield Match(block.prose.span())


def _is_list_of_sources(document: Document, listed: SourceList, entries: Sequence[Entry]) -> bool:
    """Whether the list holds sources at all: under 'Sources' there may be foods, under 'Notes' advice."""
    led_in = listed.opener is not None and document.blocks[listed.opener].kind is not Kind.HEADING
    looks = names_source if led_in else opens_with_name
    telling = [entry for entry in entries if entry.findable or looks(entry.text)]
    return len(telling) * 3 >= len(entries)


def _match(document: Document, entry: Entry) -> Match:
    return Match(document.blocks[entry.block].prose.span(entry.start, entry.end))


def _is_only_named(document: Document, entry: Entry) -> bool:
    block, text = document.blocks[entry.block], entry.text
    if entry.findable or _has_items(document, entry.block) or _CONTACT.search(text) or _ADVICE.match(text):
        return False
    if _CLAUSE.search(text) and not opens_with_name(text):
        return False
    if len(text.split()) > 40 or not _OWN_NUMBER.sub("", text).lstrip("\"'“‘*_[(")[:1].isupper():
        return False
    return block.kind is not Kind.CELL or names_source(text)


def _has_items(document: Document, index: int) -> bool:
    """Whether an item is only the head of a list inside it."""
    block = document.blocks[index]
    following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
    return bool(block.kind is Kind.ITEM and following and following.kind is Kind.ITEM and following.level > block.level)


def _credit_line(references: References, block: Block) -> Iterator[Match]:
    """'Source: Mayo Clinic.' under a table or at the end."""
    if block.kind not in (Kind.PARAGRAPH, Kind.CAPTION) or len(block.text) > 300:
        return
    credit = _CREDIT.match(block.text)
    if credit and _is_bare_name(block, credit.end()) and not references.marks(block):
        yield Match(block.prose.span(credit.end(), len(block.text.rstrip(" *_)"))))


def _is_bare_name(block: Block, start: int = 0) -> bool:
    text = block.text[start:]
    return bool(names_source(text) and not is_findable(text) and not is_linked(block) and not _CONTACT.search(text))


def _source_cells(document: Document) -> Iterator[tuple[Block, Sequence[Block]]]:
    """The cells of table columns that are headed 'Source', each with those of its row, itself among them."""
    for is_cell, blocks in groupby(document.blocks, key=lambda block: block.kind is Kind.CELL):
        if is_cell:
            heads, *rows = (list(row) for _, row in groupby(blocks, key=lambda block: block.group))
            columns = [at for at, head in enumerate(heads) if _HEADS_COLUMN.fullmatch(head.text.strip(" :*"))]
            for row in rows:
                cells = [row[at] for at in columns if at < len(row)]
                yield from ((cell, cells) for cell in cells)
