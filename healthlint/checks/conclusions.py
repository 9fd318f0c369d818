"""Conclusions that stand before the end: the article goes on with new sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from healthlint.analysis import Analysis
from healthlint.analysis.once import once
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
        for at in _endings(analysis):
            section = document.sections[at]
            if after := _goes_on(analysis, at):
                marked.update(range(section.start, section.end))
                yield Match(document.blocks[section.heading or 0].prose.span(), related=(_next(document, after),))
        for at, section in enumerate(document.sections):
            for index in range(section.start, section.own_end):
                block = document.blocks[index]
                opening = _OPENS.match(block.text) if block.kind is Kind.PARAGRAPH and not block.quoted else None
                if not opening or index in marked or _CLOSED_BY_OTHERS.search(block.text[:160]):
                    continue
                if _tells_before(analysis, at, 1) and (after := _goes_on(analysis, at)):
                    first = analysis.sentences_of(index)[0]
                    yield Match(first.span, related=(_next(document, after),))


def _endings(analysis: Analysis) -> Iterator[int]:
    """The sections whose heading calls them an end, and before which something stands that they could end."""
    document = analysis.document
    headings = {
        at: bare_heading(document.blocks[section.heading].text)
        for at, section in enumerate(document.sections)
        if section.heading is not None and document.blocks[section.heading] is not document.title
    }
    times = Counter(headings.values())
    for at, heading in headings.items():
        ends = bool(_ENDS.fullmatch(heading))
        if (ends or _SUMS_UP.fullmatch(heading)) and times[heading] <= 2 and not _is_of_report(document, at):
            parent = document.sections[at].parent
            of_part = parent is not None and document.sections[parent].level > 1  # it sums up that part alone
            if _tells_before(analysis, at, 1) if ends else not of_part and _tells_before(analysis, at, 2, headed=True):
                yield at


def _is_of_report(document: Document, at: int) -> bool:
    """Whether the sections beside one are those of a report on research, where a conclusion ends but the abstract."""
    section = document.sections[at]
    return any(
        other.heading is not None
        and (other.parent, other.level) == (section.parent, section.level)
        and other is not section
        and _REPORTS.search(document.blocks[other.heading].text.lower())
        for other in document.sections
    )


def _tells_before(analysis: Analysis, at: int, least: int, *, headed: bool = False) -> bool:
    """Whether so many sections with something to say stand before the one at `at`; `headed`: the opening is none."""
    document = analysis.document
    telling = (
        index
        for index, other in enumerate(document.sections[:at])
        if (_tells(analysis)[index] and not (headed and document.blocks[other.heading or 0] is document.title))
        or (other.heading is None and not headed)
    )
    return len(list(islice(telling, least))) == least


@once
def _tells(analysis: Analysis) -> tuple[bool, ...]:
    """Whether each section has something to say on the article's subject."""
    document = analysis.document
    return tuple(tells(document, section) for section in document.sections)


def _goes_on(analysis: Analysis, at: int) -> Section | None:
    """The first section after the one at `at` that goes on with the subject; none if all of them say little."""
    document = analysis.document
    section = document.sections[at]
    first = None
    for index in range(at + 1, len(document.sections)):
        other = document.sections[index]
        if other.start >= section.end and other.level <= max(section.level, 2) and _tells(analysis)[index]:
            if first or words_of(document, other) >= _LONG:
                return first or other
            first = other
    return None


def _next(document: Document, after: Section) -> Related:
    return Related(document.blocks[after.heading or 0].prose.span(), "the article goes on here")
