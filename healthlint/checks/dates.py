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
        for pattern in _PATTERNS:
            for index in analysis.blocks_with(pattern):
                block = document.blocks[index]
                if block.kind not in _SILENT and not analysis.is_reference(index):
                    yield from (Match(block.prose.span(*found)) for found in _impossible(pattern, block.text))
            for field in document.fields:
                raw, at = document.text[slice(*field.span)], field.span.start
                yield from (Match(Span(at + start, at + end)) for start, end in _impossible(pattern, raw))


def _impossible(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where dates stand in a text that do not exist."""
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
