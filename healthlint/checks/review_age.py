"""Articles whose last review is long ago, or whose next one is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthlint.analysis import Analysis
from healthlint.analysis.review_dates import dates
from healthlint.analysis.topic import profile_of
from healthlint.checks import Check, Match


class ReviewAge(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks at the last day that an article gives for itself; news is not reviewed."""

    years: int = 3  # after which an article is to be reviewed

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match at most, over the date; `reason` in a message says what is wrong with it."""
        if profile_of(analysis) == "news":
            return
        found = list(dates(analysis))
        due = max((dated for dated in found if dated.is_next), default=None)
        last = max((dated for dated in found if not dated.is_next), default=None)
        if due and (not last or due.day > last.day):
            if analysis.is_past(due.day):
                yield Match(due.span, {"reason": "the day of the next review is over"})
        elif last and analysis.is_past(_later(last.day, self.years)):
            yield Match(last.span, {"reason": f"that is more than {self.years} years ago"})


def _later(day: date, years: int) -> date:
    """The same day some years later; the last of February for its 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
