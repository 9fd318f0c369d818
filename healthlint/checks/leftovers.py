"""Text that was never meant for readers, each kind of it by a rule of its own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from healthlint import removals
from healthlint.analysis import Analysis, leftovers, stance
from healthlint.analysis.editor_notes import NOTES
from healthlint.analysis.leftovers import VARIABLE, Leftover
from healthlint.analysis.taken import Taken
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind, LinkKind, Span
from healthlint.edits import Fix, together

_KINDS = {
    "chat": leftovers.CHAT,
    "template": leftovers.TEMPLATE,
    "placeholder": leftovers.PLACEHOLDER,
    "mojibake": leftovers.MOJIBAKE,
    "note": NOTES,
}
_RENDERED_LATER = re.compile(r"\A(?:---|\+\+\+)\s*$|\{%|\{\{[<%]|\{#|<\?php|^import .{1,80} from ", re.MULTILINE)
# a tag of the site's generator whose value was left for later: '{{< ad slot="TODO" >}}'
_UNFILLED = re.compile(r"\{\{[<%][^{}\n]{0,200}\b(?:TODO|FIXME|TBD|TBC|XXX|CHANGEME|CHANGE_ME)\b[^{}\n]{0,200}[%>]\}\}")
# the value of a field that is still to come: 'reviewer: TBC'
_STANDS_IN = re.compile(
    r"\W*(?:TB[CDA]|TODO|FIXME|TK(?:TK)*|XXX+|CHANGE_?ME|LOREM IPSUM.{0,200}"
    r"|(?i:(?:(?:name|date|title|author|reviewer|image|photo|caption|byline|bio|credentials?|summary|description|text)"
    r"\s)?(?:to come|to follow|to be (?:confirmed|decided|announced|added|supplied|written)|goes here)"
    r"|(?:your|author|reviewer|insert|enter)\s(?:name|title|text|date)(?:\shere)?|placeholder(?:\s\w+){0,2}))\W*"
)
_NO_NAME_OF_A_FIELD = re.compile(r"\{\{\s*(?:[A-Z][A-Z_ ]{2,40}|[A-Za-z]{2,20} [A-Za-z ]{2,40})\s*\}\}")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y)\b")
_SOURCE = re.compile(
    r"\b(?:refs?|references?|sources?|cite|citations?|links?|study|studies|doi|pmid"
    r"|url|cochrane|papers?|quotes?)\b",
    re.IGNORECASE,
)
_GAPS = ("[", "{", "%(", "<", "__", "XX", "xx", "YY")
_OWN_WORDS = 2  # so many mentions of themselves show that a person writes


class Leftovers(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for one kind of leftover."""

    of: Literal["chat", "template", "placeholder", "mojibake", "note"]  # which kind is looked for

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each leftover, and one a block of garbled characters."""
        document = analysis.document
        if self.of == "placeholder":
            yield from (Match(Span(*found.span())) for found in _UNFILLED.finditer(document.text))
            yield from (Match(field.span) for field in document.fields if _STANDS_IN.fullmatch(field.value))
        blocks = document.blocks if self.of == "template" else ()
        variables = [match for block in blocks for match in _variables(document, block)]
        yield from variables
        taken = Taken()
        for match in variables:
            taken.add(*match.span)
        for index, spans in self._spans(analysis).items():
            block = document.blocks[index]
            for span in spans[:1] if self.of == "mojibake" else _apart(spans):
                if not taken.meets(*span):
                    yield Match(span, fix=self._fix(document, block, span))

    def _spans(self, analysis: Analysis) -> dict[int, list[Span]]:
        """Where leftovers of its kinds stand, by block."""
        document = analysis.document
        found: dict[int, list[Span]] = {}
        for at, kind in enumerate(_KINDS[self.of]):
            if kind.personal and _speaks_of_itself(document):
                continue
            for index in analysis.blocks_with(kind.pattern):
                block = document.blocks[index]
                if _is_read(document, block) and (matches := _matches(self.of, at, block.text)):
                    found.setdefault(index, []).extend(_spans(analysis, index, kind, matches))
            if kind.address:
                for index, block in enumerate(document.blocks):
                    if block.links and _is_read(document, block):
                        found.setdefault(index, []).extend(_addresses(block, kind))
        return found

    def _fix(self, document: Document, block: Block, span: Span) -> Fix | None:
        """Of what a chatbot or a template said, a line that is nothing else goes; never a gap that is to be filled."""
        is_all = span == block.prose.span() and document.text[span.start] not in "[{(<"
        if self.of not in ("chat", "template") or not is_all or any(mark in block.text for mark in _GAPS):
            return None
        return together("delete it", [removals.lines(document, block, block)])


def _is_read(document: Document, block: Block) -> bool:
    return block.kind is not Kind.CODE and (block.kind is not Kind.FURNITURE or document.format != "html")


def _spans(analysis: Analysis, index: int, kind: Leftover, matches: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Where a kind of leftover stands in a block, given where its pattern matches."""
    block = analysis.document.blocks[index]
    for match in matches:
        if not kind.quoted and (block.quoted or stance.is_quoted(block.text, *match.span())):
            continue
        if match[0][0] in "[(T" and _SOURCE.search(match[0]):  # a source is wanted: `sources/citation-marker` says so
            continue
        span = block.prose.span(*match.span())
        if kind.sentence:
            yield _widened(analysis, index, match)
        elif not _is_code(analysis.document, span):
            yield span


@lru_cache(maxsize=8192)  # blocks come again as one types
def _matches(of: str, at: int, text: str) -> tuple[re.Match[str], ...]:
    """Where the pattern of a kind matches; the kind is named, for to compare patterns takes long."""
    return tuple(_KINDS[of][at].pattern.finditer(text))


def _addresses(block: Block, kind: Leftover) -> Iterator[Span]:
    """The links of a block that lead to a leftover."""
    return (link.span for link in block.links if link.kind is not LinkKind.NOTE and kind.pattern.search(link.target))


def _widened(analysis: Analysis, index: int, match: re.Match[str]) -> Span:
    """The sentences that a match stands in."""
    own = analysis.sentences_of(index)
    first = bisect_right(own, match.start(), key=lambda sentence: sentence.end)
    sentences = own[first : bisect_left(own, match.end(), key=lambda sentence: sentence.start)]
    block = analysis.document.blocks[index]
    if not sentences:
        return block.prose.span(*match.span())
    return block.prose.span(min(match.start(), sentences[0].start), max(match.end(), sentences[-1].end))


def _variables(document: Document, block: Block) -> Iterator[Match]:
    """Variables of a template that nothing will fill in: those that a site's generator renders are its own."""
    if "{{" not in block.text or (block.kind is Kind.CODE and not VARIABLE.fullmatch(block.text)):
        return
    rendered = bool(_RENDERED_LATER.search(document.text))
    for match in VARIABLE.finditer(block.text):
        span = block.prose.span(*match.span())
        if (not rendered or _NO_NAME_OF_A_FIELD.fullmatch(match[0])) and not _is_code(document, span):
            yield Match(span)


def _is_code(document: Document, span: Span) -> bool:
    return (
        document.text[max(0, span.start - 1) : span.start] == "`"
        or document.text[max(0, span.start - 6) : span.start] == "<code>"
    )


def _apart(spans: list[Span]) -> Iterator[Span]:
    """The spans, without those that touch an earlier one."""
    end = -1
    for span in sorted(spans):
        if span.start >= end:
            yield span
            end = span.end


def _speaks_of_itself(document: Document) -> bool:
    """Whether the writer says 'I' more often than the leftover itself would."""
    prose = (block.text for block in document.blocks if block.kind in (Kind.PARAGRAPH, Kind.ITEM))
    return sum(map(_first_persons, prose)) > _OWN_WORDS


@lru_cache(maxsize=8192)  # blocks come again as one types
def _first_persons(text: str) -> int:
    """How often a block says 'I' or 'my'."""
    return len(_FIRST_PERSON.findall(text))
