"""References that were all old when the article appeared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.references import References
from healthlint.analysis.wording import one_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Document

_DATE_FIELD = re.compile(
    r"(?:^|[._:-])"
    + one_of(
        r"""date\w* | published\w* | updated\w* | modified\w* | reviewed\w* | last\w* | lastmod | pubdate
        | (?:published | modified | updated)_time"""
    )
    + "$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class ReferenceYears(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Compares the years of the references with the article's own date; today's date plays no part."""

    years: int = 10  # how old the newest reference may be
    least: int = 3  # dated references that must be there to judge by

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match, at the newest reference, if even that one is too old."""
        article = _article_year(analysis.document)
        dated = [entry for entry in References.of(analysis.document).entries if entry.cited and entry.years]
        if article is None or len(dated) < self.least:
            return
        newest = max(dated, key=lambda entry: max(entry.years))
        age = article - max(newest.years)
        if age > self.years:
            block = analysis.document.blocks[newest.block]
            words = {"year": str(max(newest.years)), "article": str(article), "age": str(age)}
            yield Match(block.prose.span(newest.start, newest.end), words)


def _article_year(document: Document) -> int | None:
    """The latest year in the article's date fields: published, updated, reviewed."""
    dates = [field.value for field in document.fields if _DATE_FIELD.search(field.name)]
    return max((int(year) for date in dates for year in _YEAR.findall(date)), default=None)
