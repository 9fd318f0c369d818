"""Articles that do not say who wrote them, who checked them, or when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from healthlint.analysis import Analysis, provenance
from healthlint.analysis.setting import Profile
from healthlint.analysis.topic import profile_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Span

_SAYS: dict[str, Callable[[Analysis], bool]] = {
    "author": provenance.has_author,
    "reviewer": provenance.has_reviewer,
    "date": provenance.has_date,
}


class Provenance(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for one of author, reviewer and date."""

    of: Literal["author", "reviewer", "date"]  # what is looked for
    least_words: int = 30  # a shorter text is no article
    besides: tuple[Profile, ...] = ()  # kinds of article that need none

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match at most, of the whole document; for an author `unknown` and `wanted` may tell of the date, too."""
        if profile_of(analysis) in self.besides:
            return
        if analysis.document.word_count >= self.least_words and not _SAYS[self.of](analysis):
            dated = self.of != "author" or provenance.has_date(analysis)
            unknown, wanted = "who wrote it", "an author, or the team that answers for it"
            words = {"unknown": unknown, "wanted": wanted}
            if not dated:
                words = {"unknown": f"{unknown} or when", "wanted": f"{wanted}, and a date"}
            yield Match(Span(0, 0), words, whole_document=True)
