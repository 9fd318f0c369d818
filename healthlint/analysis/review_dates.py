"""The days on which an article says that it was written, updated or reviewed, or that its next review is due."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.provenance import edges
from healthlint.analysis.taken import Taken
from healthlint.documents.document import Kind, Span

_MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY = r"(?P<day>[12]?\d|3[01]|0\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_WRITTEN = (
    re.compile(rf"\b{_YEAR}-(?P<number>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?(?!\d)", re.IGNORECASE),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH},? (?:of )?{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b(?P<day>0?[1-9]|[12]\d|3[01])[./](?P<number>0?[1-9]|[12]\d|3[01])[./]{_YEAR}"),
    re.compile(rf"(?<![\w–/-]){_YEAR}(?![\w–/-])"),
)
_NEXT = re.compile(
    r"\b(?:next|due|until|expir\w+|review (?:date|by)|to be reviewed|will be (?:reviewed|updated)|planned)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:published|posted|updated?|reviewed|checked|revised|revision|modified|issued?|printed|written|version|edition"
    r"|created|edited|changed|correct|current|prepared|produced|approved|last"
    r"|(?:current|correct|information) as of|up to date|date)\b",
    re.IGNORECASE,
)
_LAST_FIELD = re.compile(r"date|publish|updat|modif|lastmod|review|issued|created|revis|checked")
_NEXT_FIELD = re.compile(r"next|due|expir|until|unpublish")
_OTHER_FIELD = re.compile(r"copyright|citation|birth|build|event|generator|cache|trial|study")
_NOT_OF_ARTICLE = re.compile(r"©|\(c\)|copyright|\bstud(?:y|ies)\b|\btrial\b|\bapproved (?:by|in|for)\b", re.IGNORECASE)
_NEAR = 50  # characters before a date that say what happened on it
_LINE = 12  # words of a line that is a byline with its date


class Dated(NamedTuple):
    """A day that an article gives for itself, and where. Without its day or month it is the last one of that time."""

    day: date
    is_next: bool  # of the next review
    span: Span


def dates(analysis: Analysis) -> Iterator[Dated]:
    """The days of an article: those of its fields, and those of its first and last lines."""
    for field in analysis.document.fields:
        if _LAST_FIELD.search(field.name) and not _OTHER_FIELD.search(field.name):
            for day, _ in _days(field.value):
                yield Dated(day, bool(_NEXT_FIELD.search(field.name)), field.span)
    first, last = edges(analysis)
    for block in {id(block): block for block in (*first, *last)}.values():
        text, words = block.text, len(block.text.split())
        if block is analysis.document.title or _NOT_OF_ARTICLE.search(text):
            continue
        for day, (start, end) in _days(text):
            before = text[max(0, start - _NEAR) : start]
            said = [
                (found.end(), is_next)
                for is_next, cue in ((True, _NEXT), (False, _LAST))
                for found in cue.finditer(before)
            ]
            is_byline = words <= _LINE and block.kind is not Kind.HEADING and end - start > len("2024")
            if said or is_byline:
                yield Dated(day, max(said)[1] if said else False, block.prose.span(start, end))


@lru_cache(maxsize=256)  # an article's first and last blocks come again as one types
def _days(text: str) -> tuple[tuple[date, tuple[int, int]], ...]:
    """The days in a text, and where they stand; none stands in another."""
    taken = Taken()
    written = (found for pattern in _WRITTEN for found in pattern.finditer(text) if taken.add(*found.span()))
    return tuple((day, found.span()) for found in written if (day := _day(found)))


def _day(found: re.Match[str]) -> date | None:
    """The day of a date, the later one of two that it may be; None if no calendar has it."""
    parts = found.groupdict()
    year, day = int(parts["year"]), int(parts.get("day") or 0)
    month = _MONTHS[parts["month"][:3].lower()] if parts.get("month") else int(parts.get("number") or 12)
    if parts.get("number") and day and found[0].count("-") == 0:  # 3/4/2021
        month, day = max((pair for pair in ((month, day), (day, month)) if pair[0] <= 12), default=(0, 0))
    if not 1 <= month <= 12 or year < 1980:
        return None
    longest = calendar.monthrange(year, month)[1]
    return date(year, month, day or longest) if day <= longest else None
