"""Conclusions that stand before the end: the article goes on with new sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from healthlint.analysis import Analysis
from healthlint.analysis.outline import bare_heading, tells, words_of
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Document, Kind, Section

_ENDS = re.compile(
    r"(?:(?:in |my |our |the |a )?conclusions?|(?:my |our |some )?(?:final|closing|concluding|parting"
    r"|last) (?:thoughts?|words?|remarks|note|reflections)|"
    r"in closing|to conclude|wrapping (?:it |things |this )?(?:all )?up|wrap[- ]?up|summing (?:it )?(?:all )?up"
    r"|to sum (?:it )?up)(?:\W.*| (?:on|about|and)\b.*)?"
)
# These open articles as well as they end them, so that more has to stand before them.
_SUMS_UP = re.compile(
    r"(?:(?:in |the |a |quick |brief |short )?summary|(?:the |our |my )?bottom line|(?:key |main |the "
    r"|final )?take-?aways?|in a nutshell|in short|in brief|"
    r"(?:the |our |my )?(?:final )?verdict|the upshot|the long and (?:the )?short of it)(?:\W.*| (?:on|about"
    r"|and)\b.*)?"
)
_OPENS = re.compile(
    r"(?:so,? |and so,? |well,? )?(?:in conclusion|to conclude|in closing|to wrap (?:it |things |this )?(?:all )?up"
    r"|to sum (?:it )?(?:all )?up|summing (?:it )?(?:all )?up|all things considered|"
    r"as we conclude|to bring this (?:article|guide) to a close|(?:in summary|to summari[sz]e|overall"
    r"|all in all),? this (?:article|guide|post))\b[,:]?\s",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\b(?:results?|findings?|methods?|background|objectives?|abstract|discussion)\b")
_CLOSED_BY_OTHERS = re.compile(
    r"\b(?:authors?|researchers?|investigators|reviewers|they|committee|panel"
    r"|team) (?:concluded?|wrote|write|said|say|found|stated?)\b",
    re.IGNORECASE,
)
_LONG = 40  # words of a section that is enough alone


class Conclusions(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for headings and paragraphs that end an article, and at what still follows."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each conclusion with sections after it that have something to say."""
        document = analysis.document
        marked: set[int] = set()
        for at, section in enumerate(document.sections):
            if section.heading is None or document.blocks[section.heading] is document.title:
                continue
            after = _goes_on(document, at)
            if after and _is_end(document, at):
                marked.update(range(section.start, section.end))
                yield Match(document.blocks[section.heading].prose.span(), related=(_next(document, after),))
        for at, section in enumerate(document.sections):
            for index in range(section.start, section.own_end):
                block = document.blocks[index]
                opening = _OPENS.match(block.text) if block.kind is Kind.PARAGRAPH and not block.quoted else None
                if not opening or index in marked or _CLOSED_BY_OTHERS.search(block.text[:160]):
                    continue
                if _tells_before(document, at, 1) and (after := _goes_on(document, at)):
                    first = analysis.sentences_of(index)[0]
                    yield Match(first.span, related=(_next(document, after),))


def _is_end(document: Document, at: int) -> bool:
    """Whether the section at `at` calls itself an end, and something stands before it that it could end."""
    section = document.sections[at]
    heading = bare_heading(document.blocks[section.heading or 0].text)
    repeated = sum(heading == bare_heading(block.text) for block in document.blocks if block.kind is Kind.HEADING) > 2
    if repeated or any(
        _REPORTS.search(document.blocks[other.heading or 0].text.lower()) for other in _siblings(document, at)
    ):
        return False
    if _ENDS.fullmatch(heading):
        return _tells_before(document, at, 1)
    part = section.parent is not None and document.sections[section.parent].level > 1  # it sums up that part alone
    return bool(_SUMS_UP.fullmatch(heading)) and not part and _tells_before(document, at, 2, headed=True)


def _siblings(document: Document, at: int) -> list[Section]:
    parent, level = document.sections[at].parent, document.sections[at].level
    return [
        other
        for other in document.sections
        if other.heading is not None
        and other.parent == parent
        and other.level == level
        and other is not document.sections[at]
    ]


def _tells_before(document: Document, at: int, least: int, *, headed: bool = False) -> bool:
    """Whether so many sections with something to say end before the one at `at`; `headed`: the opening is none."""
    start = document.sections[at].start
    before = [other for other in document.sections if other.end <= start or other.own_end <= start]
    if headed:
        before = [o for o in before if o.heading is not None and document.blocks[o.heading] is not document.title]
    return sum(other.heading is None or tells(document, other) for other in before) >= least


def _goes_on(document: Document, at: int) -> Sequence[Section]:
    """The sections after the one at `at` that go on with the subject, or none if they are too few."""
    section = document.sections[at]
    after = [
        other
        for other in document.sections[at + 1 :]
        if other.start >= section.end and other.level <= max(section.level, 2) and tells(document, other)
    ]
    enough = len(after) > 1 or any(words_of(document, other) >= _LONG for other in after)
    return after if enough else ()


def _next(document: Document, after: Sequence[Section]) -> Related:
    return Related(document.blocks[after[0].heading or 0].prose.span(), "the article goes on here")
