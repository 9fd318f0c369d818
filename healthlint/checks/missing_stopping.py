"""Guides to a drug that must not be stopped at once, and that do not say so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from healthlint.analysis import Analysis
from healthlint.analysis.guides import is_guide
from healthlint.analysis.topic import topic_of
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match
from healthlint.documents.document import Span


class MissingStopping(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for a word on how the drug is stopped; news and articles that guide through no drug need none."""

    told: tuple[str, ...]  # patterns

    @cached_property
    def _told(self) -> Wordings:
        return Wordings(self.told)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match at most, of the whole document; `drug` and `harm` fill the message."""
        subjects = topic_of(analysis).subjects
        if len(subjects) != 1 or not is_guide(analysis):
            return
        drug = subjects[0]
        if drug.stopping and not any(self._told.match(sentence.text) for sentence in analysis.sentences):
            words = {"drug": drug.name, "harm": drug.stopping.harm}
            yield Match(Span(0, 0), words, whole_document=True, doubtful=drug.stopping.certainty == "doubtful")
