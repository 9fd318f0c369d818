"""Where an article lists its sources or sends its reader on: by heading, by lead-in, or by the look of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from healthlint.analysis.bodies import bodies, short_names
from healthlint.analysis.identifiers import YEAR, ends_in_address, is_complete_entry, is_findable, is_full_reference
from healthlint.analysis.promises import (
    is_cited_heading,
    is_label,
    is_reading_heading,
    last_sentence,
    promises_sources,
)
from healthlint.analysis.source_quality import is_shop
from healthlint.analysis.wording import whole
from healthlint.documents.document import Block, Document, Kind, Link, LinkKind, Section


class SourceList(NamedTuple):
    """A list of sources, as indexes into `Document.blocks`."""

    opener: int | None  # its heading or lead-in
    blocks: tuple[int, ...]  # what may be a source, in order
    cited: bool  # the article's own references, not only reading matter


_SKIPPED = (Kind.FURNITURE, Kind.TAG)
_KEY = re.compile(
    r"\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|(?:\d{1,3}|[a-h])[.)]|\d{1,2}\s{1,8}(?=[A-Z\"“])|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[*†‡§¶]{1,4})\s?\S"
)
_NOTES = re.compile(r"\bnotes (?:to|for) (?:the )?(?:editors?|readers|media|press|journalists)\b", re.IGNORECASE)
_LONE_KEY = re.compile(r"[\[(]?\d{1,3}[\])]?[.:]?")
# Who tells the reader to do something, or speaks in sentences, is no entry: 'You can report side effects at https://...'
_SPEAKS = re.compile(
    whole(
        """you | we | if | call | ring | phone | report | ask | download | order | buy | shop | join | sign | book
        | register | subscribe | e-?mail | contact | take | tell | use | this | these | that | it | they | there"""
    ),
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    whole("is | are | was | were | has | have | had | can | may | should | must | will | does | do | did")
)
_PART_ENDS = re.compile(r"[.:?;]\s|\s[–—-]\s")
_SIGNS_OF_ENTRY = ("20", "19", "//", "www.", "CD0", "PM")  # one of them is in whatever can be found
_LONGEST_ENTRY = 700  # characters
_MOST_WORDS = 40  # before an address
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
    named = (
        each for each in (*_under_headings(document), *_after_lead_ins(document)) if _holds_sources(document, each)
    )
    for candidate in (*named, *_by_look(document)):
        blocks = tuple(index for index in candidate.blocks if index not in taken)
        if blocks:
            taken.update(blocks)
            found.append(candidate._replace(blocks=blocks))
    return sorted(found, key=lambda each: each.blocks[0])


def holds_notes(document: Document, listed: SourceList) -> bool:
    """Whether a list is of notes to editors: references stand there between remarks on funding and on the study."""
    return listed.opener is not None and bool(_NOTES.search(document.blocks[listed.opener].text))


def names_source(text: str) -> bool:
    """Whether a line of a list names a source: a body, a site, a study, a guideline."""
    if next(bodies(text), None) or next(short_names(text[:60]), None):
        return True
    return bool(_DOCUMENT_NOUN.search(text)) or is_full_reference(text)


def is_linked(block: Block) -> bool:
    """Whether words of a block lead somewhere: pictures and footnote marks do not count."""
    return any(link.kind in (LinkKind.INLINE, LinkKind.BARE) for link in block.links)


def opens_with_name(text: str) -> bool:
    """Whether a line begins with the name of a body or a site."""
    body, short = next(bodies(text), None), next(short_names(text[:40]), None)
    return bool((body and body.start < 40) or short)


def is_entry(block: Block) -> bool:
    """Whether a block does no more than cite: a full reference, or a few words and the address that they stand for."""
    text = block.text
    if len(text) > _LONGEST_ENTRY or not (block.links or any(sign in text for sign in _SIGNS_OF_ENTRY)):
        return False
    if is_full_reference(text):
        return True
    linked = next((link for link in reversed(block.links) if _leads_out(link)), None)
    if not (ends_in_address(text) or (linked and len(text[linked.end :].split()) <= 8)):
        return False
    words = text[: linked.end] if linked else text
    in_brackets = linked and text[: linked.start].rstrip().endswith("(")
    if len(words.split()) > (_MOST_WORDS // 3 if in_brackets else _MOST_WORDS) or (in_brackets and text[-1] == "."):
        return False  # a sentence that cites
    return not (_SPEAKS.search(" ".join(words.split()[:3])) or (_CLAUSE.search(words) and not _PART_ENDS.search(words)))


def _leads_out(link: Link) -> bool:
    return link.kind in (LinkKind.INLINE, LinkKind.BARE) and link.target.startswith(("http", "//", "www."))


def is_lone_key(block: Block) -> bool:
    """Whether a block is no more than the number of the entry that comes next, as in a table or a list of terms."""
    return bool(_LONE_KEY.fullmatch(block.text))


def is_entry_line(block: Block) -> bool:
    """Whether a paragraph is the entry of a list without bullets: numbered, a full reference, or a name and no more."""
    text = block.text
    if text.endswith((":", "?")):
        return False
    if _KEY.match(text) or is_full_reference(text):
        return True
    short = len(text.split()) <= 16 and not text.endswith((".", "!"))
    return short and (names_source(text) or is_findable(text))


_OF_ITS_OWN = re.compile(r"(?:about|contact|media|notes?|join|support|donate)\b", re.IGNORECASE)
_BEHIND_NAME = re.compile(
    r"\s?(?:$|[:,–—-])|\s(?:\w+\s){0,2}(?:guidelines?|guidance|web ?site|pages?|leaflet|booklet|fact ?sheet|handbook)\b"
)


def is_name_heading(block: Block) -> bool:
    """Whether a heading is no more than a source's name: in plain text a list without bullets looks like headings."""
    if block.kind is not Kind.HEADING or _OF_ITS_OWN.match(block.text):
        return False
    body, short = next(bodies(block.text), None), next(short_names(block.text), None)
    if body and body.start <= 4:
        return True
    return bool(short and short.start == 0 and _BEHIND_NAME.match(block.text, short.end))


def _holds_sources(document: Document, listed: SourceList) -> bool:
    """Whether a list to read on from holds sources at all: under 'More about asthma' there may be anything."""
    if listed.cited or listed.opener is None:
        return True
    led_in = document.blocks[listed.opener].kind is not Kind.HEADING
    looks = names_source if led_in else opens_with_name
    texts = [document.blocks[index] for index in listed.blocks]
    telling = sum(
        is_linked(each) or is_findable(each.text) or is_complete_entry(each.text) or looks(each.text) for each in texts
    )
    return telling * 3 >= len(texts)


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
    listed = started = False
    unmarked = document.format == "text"  # there a list without bullets looks like headings
    end = section.end if cited or unmarked else section.own_end
    for index in range(section.start + 1, len(document.blocks) if unmarked else end):
        block = document.blocks[index]
        if index >= end and not _stands_for_item(document, block):
            return
        if block.kind in (Kind.ITEM, Kind.NOTE, Kind.CELL):
            listed = started = True
            yield index
        elif block.kind is Kind.PARAGRAPH:
            if (cited or unmarked or not started) and (_is_keyed(block) if listed else is_entry_line(block)):
                started = True
                yield index
        elif block.kind is Kind.HEADING:
            if (unmarked and is_name_heading(block)) or is_lone_key(block):
                yield index
            elif not cited:
                return


def _is_keyed(block: Block) -> bool:
    """Whether a paragraph behind listed entries is one more of them."""
    return bool(_KEY.match(block.text)) or is_entry(block)


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
    """Footnotes, paragraphs that open with '[1]' and cite, and lists whose items do nothing but cite."""
    groups: dict[int, list[int]] = {}
    trailing: list[int] = []
    run: list[int] = []
    for index, block in enumerate((*document.blocks, None)):
        if block and block.kind is Kind.PARAGRAPH and is_entry(block) and not _KEY.match(block.text):
            run.append(index)
            continue
        if len(run) > 1 and _are_cited([document.blocks[at] for at in run]):
            yield SourceList(None, tuple(run), cited=True)
        run = []
        if block is None:
            break
        if block.kind is Kind.ITEM and block.group >= 0:
            groups.setdefault(block.group, []).append(index)
        elif block.kind is Kind.NOTE or (block.kind is Kind.PARAGRAPH and _is_note(block)):
            trailing.append(index)
    for indexes in groups.values():
        items = [document.blocks[index] for index in indexes]
        cited = _are_cited(items)
        if cited or _are_entries(items):
            yield SourceList(None, tuple(indexes), cited=cited)
    if trailing:
        yield SourceList(None, tuple(trailing), cited=True)


def _is_note(block: Block) -> bool:
    """Whether a paragraph opens with a key and cites: '[1] NHS, https://...', '1. Lee K. ... 2. Berg A. ...'."""
    return bool(_KEY.match(block.text)) and (is_full_reference(block.text) or is_entry(block))


def _are_cited(items: Sequence[Block]) -> bool:
    """Whether a list without a telling heading is one of references: numbered, or nearly all full references."""
    if items[0].ordinal and items[0].ordinal.text.startswith("["):
        return any(is_findable(item.text) for item in items)
    least = len(items) / 2
    if items[0].ordered and len(items) > 1 and _entries_among(items) >= least:
        return True
    full = sum(is_full_reference(item.text) for item in items)
    return full > least and (len(items) > 1 or items[0].ordered)


def _are_entries(items: Sequence[Block]) -> bool:
    """Whether nearly all items of a list do nothing but name works, and some say where they are to be found."""
    entries = _entries_among(items)
    works = sum(not is_entry(item) and _is_named_work(item.text) for item in items)
    return len(items) > 1 and entries > 0 and (entries + works) * 3 >= len(items) * 2


def _entries_among(items: Sequence[Block]) -> int:
    """How many of a list's items do nothing but cite; goods with the address of their shop do not."""
    return sum(is_entry(item) and not any(is_shop(link.target) for link in item.links) for item in items)


def _is_named_work(text: str) -> bool:
    """'"Tea and bones" (Journal of Tea, 2011)', 'Study from Kyoto, 2019': a title or a year, and no sentence."""
    named = YEAR.search(text) or (text[0] in '"“' and any(mark in text[1:] for mark in '"”'))
    return bool(named) and len(text.split()) <= 16 and not _CLAUSE.search(text)
