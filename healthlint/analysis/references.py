"""What an article cites: the entries of its reference list, and the marks in its text that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from healthlint.analysis.identifiers import YEAR, has_identifier, is_complete_entry, years
from healthlint.analysis.once import once
from healthlint.analysis.source_lists import SourceList, is_linked, is_lone_key, source_lists
from healthlint.documents.document import Block, Document, Kind, LinkKind, Span


class Entry(NamedTuple):
    """A source in a list: `blocks[block].text[start:end]`."""

    block: int
    start: int
    end: int
    text: str
    key: str  # its number or footnote label; '' if it has none
    cited: bool  # it stands among the article's own references, not only in a reading list
    findable: bool  # by a link, an identifier, or a full reference
    years: tuple[int, ...]


class Mark(NamedTuple):
    """A citation in running text: `block.text[start:end]`."""

    # 'number' [4], 'round' (4), 'word' reference 4, 'raised' ⁴, 'sign' †, 'note' a footnote, 'author' (Lee, 2019)
    kind: str
    start: int
    end: int
    keys: tuple[str, ...]
    resolved: bool  # every key has its entry
    span: Span  # in the file; a footnote mark has no words of its own, so that start and end are the same


_LIST_KEY = re.compile(
    r"\s?(?:\[\^?([\w-]{1,20})\]:?|\((\d{1,3})\)|(\d{1,3}|[a-h])[.)]|(\d{1,2})\s{1,8}(?=[A-Z\"“])"
    r"|([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})|([*†‡§¶]{1,4}))\s?(?=\S)"
)
_INNER_KEY = re.compile(
    r"(?:^|\s)(?:\[(\d{1,3})\]\s|\((\d{1,3})\)\s|(\d{1,3})[.)]?\s{1,8}|([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})\s?)(?=[\"“A-Z])"
)
_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,12}"
_SQUARE = re.compile(rf"\[(?:refs?\.?\s)?({_NUMBERS})\]")
# not the issue of a journal: '2024;6(1):31'
_ROUND = re.compile(rf"(?<!\d)\(({_NUMBERS})\)(?=[.,;:!?)]|$|\s[a-z(])")
# '(1) wash, (2) dry' and 'first (1) wash' count points; a citation stands behind what it supports.
_COUNTS_POINTS = re.compile(
    r"(?:^|[,:;(]|\b(?:and|or|then|are|is|includes?|either|first|both|but|to|of|with|by))\s?$", re.IGNORECASE
)
_WORD = re.compile(
    r"\b(?:[Rr]eferences?|[Rr]efs?\.?|sources?|(?:foot|end)?notes?)\s(?:no\.?\s|#)?"
    r"(\d{1,2}(?:\s?(?:,|and|&|to|-|–)\s?\d{1,2}){0,6})\b"
)
_RAISED = re.compile(r"[¹²³⁴-⁹⁰][¹²³⁴-⁹⁰,⁻–]{0,12}")
_CARETS = re.compile(rf"\^({_NUMBERS})\^|(?<=[a-z.,;:)\"”])\^(\d{{1,2}}(?:,\d{{1,2}}){{0,6}})(?![\w^])")
# Where raised numbers became plain ones: 'It lowers the risk.3 Others'
_GLUED = re.compile(r"(?<=[a-z)][.,;])(\d{1,2}(?:[,–-]\d{1,2}){0,6})(?=\s[A-Za-z]|$)")
_SIGN = re.compile(r"(?:(?<=[\w.,;:%)\"”’])\*{1,4}|[†‡§¶]{1,2})(?!\w)")
_SIGNS = "*†‡§¶"
_CITED_BY_NAME = re.compile(
    r"\[[^\[\]@]{0,40}(?<![\w.])-?@([\w:.+/-]{2,60})[^\[\]]{0,200}\]"
)  # [@lee2019, p. 4; @berg2020]
_SOURCE_FIELD = re.compile(
    r"(?:sources?|references?|citations?|bibliography|footnotes?|endnotes?)(?:\..{1,40})?", re.IGNORECASE
)
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_UNIT = re.compile(r"(?:^|[\W\d_])(?:[ckmdµ]?m|km|in|ft|yd|s|sec|L|x|10|\d)$")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
_NAME = r"[A-Z][\w'’-]{1,30}"
_YEAR = r"((?:19|20)\d\d)[a-z]?\b"
_IN_BRACKETS = re.compile(rf"\(((?:see |e\.g\.,? |cf\.? )?{_NAME}[^()]{{0,90}}?)[,.]?\s{_YEAR}[^()]{{0,60}}\)")
_OTHERS = rf"(?:et al\.?,?|and (?:colleagues|co-workers)|(?:and|&) {_NAME}|[A-Z]{{1,3}})"
_IN_TEXT = re.compile(rf"\b({_NAME}(?:\s{_OTHERS}){{1,2}})\s?\(?{_YEAR}")
_CAPITALISED = re.compile(_NAME)
_NO_AUTHOR = frozenset(
    """January February March April May June July August September October November December Jan Feb Mar Apr Jun
    Jul Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Spring Summer Autumn
    Fall Winter Updated Reviewed Published Since In From Until By The Version Last Table Figure Chapter Approved
    Copyright""".split()
)


class References:
    """The sources of an article and where its text cites them. Use `References.of`, which reads a document once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._marks: dict[int, tuple[Mark, ...]] = {}

    @staticmethod
    @once
    def of(document: Document) -> References:
        """The references of a document."""
        return References(document)

    @cached_property
    def lists(self) -> tuple[SourceList, ...]:
        """All lists of sources: references, reading matter, lists after a lead-in that promises sources."""
        return tuple(source_lists(self.document))

    @cached_property
    def list_blocks(self) -> frozenset[int]:
        """Indexes of the blocks that stand in a list of sources."""
        return frozenset(index for each in self.lists for index in each.blocks)

    @cached_property
    def entries_by_list(self) -> tuple[tuple[SourceList, tuple[Entry, ...]], ...]:
        """Each list of sources with its entries."""
        return tuple((each, tuple(_entries(self.document, each))) for each in self.lists)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All sources in all lists, in order."""
        return tuple(entry for _, entries in self.entries_by_list for entry in entries)

    @cached_property
    def _by_year(self) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            for year in set(entry.years):
                found.setdefault(year, []).append(entry)
        return found

    @cached_property
    def keys(self) -> frozenset[str]:
        """The numbers and footnote labels under which a source can be cited."""
        listed = (str(number + 1) for number in range(self.listed_in_fields))
        return frozenset((*(entry.key for entry in self.entries if entry.key), *listed))

    @cached_property
    def listed_in_fields(self) -> int:
        """How many sources the front matter lists, to be shown by the site's template."""
        counts: dict[str, int] = {}
        for field in self.document.fields:
            if field.value and _SOURCE_FIELD.fullmatch(field.name):
                counts[field.name] = counts.get(field.name, 0) + 1
        return max(counts.values(), default=0)

    @cached_property
    def has_numbered_entries(self) -> bool:
        """Whether some of the article's references have numbers."""
        return self.listed_in_fields > 0 or any(entry.cited and entry.key.isdigit() for entry in self.entries)

    @cached_property
    def _has_signs(self) -> bool:
        return any(entry.key[:1] in _SIGNS for entry in self.entries if entry.key)

    def marks(self, block: Block) -> tuple[Mark, ...]:
        """The citations in a block's text, in order."""
        kept = self._marks.get(id(block))  # the document keeps its blocks alive, so that an id stays that block's
        if kept is None:
            found = [*self._numbers(block), *self._notes(block), *self._authors(block)]
            kept = self._marks[id(block)] = tuple(sorted(found, key=lambda mark: mark.start))
        return kept

    def cited_by(self, mark: Mark) -> list[Entry]:
        """The entries that a mark leads to."""
        if mark.kind == "author":
            author, year = mark.keys
            return [entry for entry in self._by_year.get(int(year), ()) if author in entry.text]
        return [entry for entry in self.entries if entry.key in mark.keys]

    def entries_naming(self, name: str) -> list[Entry]:
        """The sources whose text holds a name."""
        return [entry for entry in self.entries if name in entry.text]

    def _numbers(self, block: Block) -> Iterator[Mark]:
        text = block.text
        if "[" in text:
            for match in _SQUARE.finditer(text):
                if not text[max(0, match.start() - 6) : match.start()].endswith(("CI ", "range ", "IQR ", "CI, ")):
                    yield self._mark(block, "number", match.span(), match[1])
        if self.has_numbered_entries:
            yield from self._numbers_of_other_ways(block)
        for match in _SIGN.finditer(text) if self._has_signs else ():
            yield Mark("sign", *match.span(), (match[0],), match[0] in self.keys, block.prose.span(*match.span()))

    def _numbers_of_other_ways(self, block: Block) -> Iterator[Mark]:
        """'(4)', 'reference 4' and '⁴', which cite only where there is a numbered list."""
        for kind, where, numbers, is_sure in _written_otherwise(block.text):
            mark = self._mark(block, kind, where, numbers)
            if is_sure or mark.resolved:
                yield mark

    def _mark(self, block: Block, kind: str, where: tuple[int, int], numbers: str) -> Mark:
        keys = tuple(dict.fromkeys(_expanded(numbers)))
        resolved = bool(keys) and all(key in self.keys for key in keys)
        return Mark(kind, *where, keys, resolved, block.prose.span(*where))

    def _notes(self, block: Block) -> Iterator[Mark]:
        for link in block.links:
            if link.kind is LinkKind.NOTE:
                # `{% cite smith2020 %}`: the site's generator has the entry
                generated = self.document.text.startswith("{", link.span.start)
                resolved = generated or link.target in self.keys
                yield Mark("note", link.start, link.end, (link.target,), resolved, link.span)
        for match in _CITED_BY_NAME.finditer(block.text) if "@" in block.text else ():
            yield Mark("note", *match.span(), (match[1],), True, block.prose.span(*match.span()))
        for match in _FOOTNOTE.finditer(block.text):
            yield Mark("note", *match.span(), (match[1],), match[1] in self.keys, block.prose.span(*match.span()))

    def _authors(self, block: Block) -> Iterator[Mark]:
        text = block.text
        if not ("19" in text or "20" in text) or not YEAR.search(text):
            return
        reached = 0
        found = [match for pattern in (_IN_BRACKETS, _IN_TEXT) for match in pattern.finditer(text)]
        for match in sorted(found, key=lambda match: match.start()):
            authors = [name for name in _CAPITALISED.findall(match[1]) if name not in _NO_AUTHOR]
            resolved = any(self._is_entry(name, match[2]) for name in authors)
            styled = bool(re.search(r"et al|[,&]| and ", match[1])) or match[0][len(match[1]) + 1 :].startswith(",")
            if match.start() >= reached and authors and (resolved or styled):
                reached = match.end()
                yield Mark("author", *match.span(), (authors[0], match[2]), resolved, block.prose.span(*match.span()))

    def _is_entry(self, author: str, year: str) -> bool:
        return any(author in entry.text for entry in self._by_year.get(int(year), ()))


@lru_cache(maxsize=2048)  # blocks come again as one types
def _written_otherwise(text: str) -> tuple[tuple[str, tuple[int, int], str, bool], ...]:
    """What may cite, but for numbers in square brackets: its kind, where it is, its numbers, and whether it is sure."""
    found: list[tuple[str, tuple[int, int], str, bool]] = []
    for match in _ROUND.finditer(text) if "(" in text else ():
        goes_on = text[match.end() : match.end() + 1] == " "
        if not (goes_on and _COUNTS_POINTS.search(text[max(0, match.start() - 12) : match.start()])):
            found.append(("round", match.span(), match[1], True))
    found += (("word", match.span(), match[1], True) for match in _WORD.finditer(text))
    for match in _CARETS.finditer(text) if "^" in text else ():
        if not _UNIT.search(text, max(0, match.start() - 4), match.start()):
            found.append(("raised", match.span(), match[1] or match[2], True))
    found += (("raised", match.span(), match[1], False) for match in _GLUED.finditer(text))
    for match in _RAISED.finditer(text):
        if not _UNIT.search(text, max(0, match.start() - 4), match.start()):
            found.append(("raised", match.span(), match[0].translate(_RAISED_DIGITS), True))
    return tuple(found)


def _expanded(numbers: str) -> Iterator[str]:
    """'1, 3-5' -> 1, 3, 4, 5."""
    for part in re.split(r"\s?(?:[,;&]|and)\s?", numbers):
        low, _, high = re.sub(r"\s?(?:to|[–-])\s?", "-", part).partition("-")
        if low.strip().isdigit() and (not high or high.strip().isdigit()):
            first, last = int(low), int(high or low)
            yield from (str(number) for number in range(first, min(last, first + 30) + 1) if number)


def _entries(document: Document, listed: SourceList) -> Iterator[Entry]:
    places: dict[int, int] = {}
    lone = ""
    for index in listed.blocks:
        block = document.blocks[index]
        if is_lone_key(block):
            lone = "".join(filter(str.isdigit, block.text))
            continue
        places[block.group] = place = places.get(block.group, 0) + 1
        for start, end, written in _stretches(block):
            key = (
                written
                or lone
                or (str(place) if block.kind is Kind.ITEM and block.ordered and block.level <= 1 else "")
            )
            text = block.text[start:end]
            yield Entry(
                index,
                start,
                end,
                text,
                key,
                cited=listed.cited,
                findable=has_identifier(text) or is_complete_entry(text) or is_linked(block) or _is_definition(block),
                years=years(text),
            )
        lone = ""


def _is_definition(block: Block) -> bool:
    """Whether a note is the title of a Markdown link definition: what leads to its address is a link, no number."""
    return block.label.startswith("[")


def _stretches(block: Block) -> Iterator[tuple[int, int, str]]:
    """Start, end and written key of each entry in a block: a paragraph may hold several, '1. ... 2. ...'."""
    text = block.text
    if block.kind is Kind.NOTE or block.ordinal:
        yield 0, len(text), "" if _is_definition(block) else block.label or _written_key(block)
        return
    inner = _counted_keys(text) if block.kind is Kind.PARAGRAPH else []
    if len(inner) > 1:
        ends = [*(match.start() for match, _ in inner[1:]), len(text)]
        for (match, number), end in zip(inner, ends, strict=True):
            yield match.end(), end, str(number)
        return
    written = _LIST_KEY.match(text)
    if written:
        yield written.end(), len(text), written[written.lastindex or 0].translate(_RAISED_DIGITS)
    else:
        yield 0, len(text), ""


def _written_key(block: Block) -> str:
    """The number or letter that an item is written with."""
    if block.ordinal is None:
        return ""
    return block.ordinal.text.strip("()[]. ") if block.ordinal.style == "letter" else str(block.ordinal.value)


def _counted_keys(text: str) -> list[tuple[re.Match[str], int]]:
    """The keys in a paragraph that opens with one, each counting on from the one before, with their numbers."""
    found: list[tuple[re.Match[str], int]] = []
    for match in _INNER_KEY.finditer(text):
        number = int(match[match.lastindex or 0].translate(_RAISED_DIGITS))
        if match.start() == 0 or (found and number == found[-1][1] + 1):
            found.append((match, number))
        elif not found:
            break
    return found
