"""Drugs that are given once a week, and sentences that give them every day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from healthlint.analysis import Analysis, stance
from healthlint.analysis.instructing import clauses_around, is_forbidden
from healthlint.analysis.meant import meant
from healthlint.analysis.passages import may_instruct
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind


class WeeklyDrugs(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for patterns of daily doses in sentences about such a drug."""

    drugs: tuple[str, ...]  # their names in the drug table
    daily: tuple[str, ...]  # patterns
    besides: tuple[str, ...] = ()  # wordings of a sentence in which 'daily' is right, or the mistake that is told of

    @cached_property
    def _daily(self) -> Wordings:
        return Wordings(self.daily)

    @cached_property
    def _besides(self) -> Wordings:
        return Wordings(self.besides)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a sentence, over its clause; `drug` fills the message."""
        for sentence in analysis.sentences:
            text = sentence.text
            found = [here for here in self._daily.find(text) if not is_forbidden(text, here.start)]
            if not found or analysis.block_of(sentence).kind is Kind.NOTE or analysis.is_reference(sentence.block):
                continue
            if self._besides.match(text) or stance.is_question(text) or not may_instruct(analysis, sentence.block):
                continue
            drug = next((one.name for one in meant(analysis, sentence) if one.name in self.drugs), "")
            is_said = drug and not stance.is_refuted(analysis, sentence)
            if is_said and not stance.is_quoted(text, found[0].start, found[0].end):
                start, end = clauses_around(text, found[0].start, found[0].end)
                yield Match(analysis.span_in(sentence, start, end), {"drug": drug})
