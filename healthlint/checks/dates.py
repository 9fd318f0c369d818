"""Dates that no calendar has: 30 February, the 31st of June."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind, Span

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_NAMES = "|".join(rf"{name[:3]}(?:{name[3:]})?" if len(name) > 4 else name for name in calendar.month_name if name)
_DAY = r"(?P<day>[12]?\d|3[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# A month before its day wants a year, or 'March 31 tablets' would be one.
_PATTERNS = (
    re.compile(rf"(?<![\w.,/–-]){_DAY} (?:of )?(?P<month>{_NAMES})\b\.?(?:,? {_YEAR}\b)?"),
    re.compile(rf"\b(?P<month>{_NAMES})\.? {_DAY},? {_YEAR}\b"),
    re.compile(r"(?<![\w-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-]*\.\w)"),
)
_SILENT = (Kind.CODE, Kind.TAG)


class Dates(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for dates in an article's text and fields."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each date that does not exist."""
        document = analysis.document
        for index, block in enumerate(document.blocks):
            if block.kind in _SILENT or analysis.is_reference(index):
                continue
            for start, end in _impossible(block.text):
                yield Match(block.prose.span(start, end))
        for field in document.fields:
            raw = document.text[field.span.start : field.span.end]
            for start, end in _impossible(raw):
                yield Match(Span(field.span.start + start, field.span.start + end))


def _impossible(text: str) -> Iterator[tuple[int, int]]:
    """Where dates stand in a text that do not exist."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            written = match["month"].lower()
            month = (
                int(written)
                if written.isdigit()
                else next(n for name, n in _MONTHS.items() if name.startswith(written[:3]))
            )
            year = int(match["year"]) if match["year"] else 2024  # a leap year: nobody knows
            if not 1 <= month <= 12 or not 1 <= int(match["day"]) <= calendar.monthrange(year, month)[1]:
                yield match.span()
