"""Sentences by which a drug that must be lowered step by step may be stopped at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from healthlint.analysis import Analysis, Sentence, stance
from healthlint.analysis.drugs import Entry
from healthlint.analysis.found import Found
from healthlint.analysis.instructing import clauses_around, is_forbidden
from healthlint.analysis.meant import meant
from healthlint.analysis.passages import any_of, may_instruct
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind


class AbruptStop(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for them in sentences about drugs whose facts have a `stopping`."""

    patterns: tuple[str, ...]  # of what may be done, or need not be
    denials: tuple[str, ...] = ()  # patterns that deny what follows a stop: they hold though they are denials
    besides: tuple[str, ...] = ()  # wordings of a sentence in which it is right, or somebody is asked

    @cached_property
    def _patterns(self) -> Wordings:
        return Wordings(self.patterns)

    @cached_property
    def _denials(self) -> Wordings:
        return Wordings(self.denials)

    @cached_property
    def _besides(self) -> Wordings:
        return Wordings(self.besides)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a sentence, over the clauses that say so; `drug` and `harm` fill the message."""
        for sentence in analysis.sentences:
            found = self._said(analysis, sentence)
            facts = (
                next(((one, one.stopping) for one in meant(analysis, sentence) if one.stopping), None)
                if found
                else None
            )
            if found and facts and _is_given_so(analysis, facts[0]):
                start, end = clauses_around(sentence.text, found[0].start, found[-1].end)
                drug, stopping = facts
                words = {"drug": drug.name, "harm": stopping.harm}
                yield Match(analysis.span_in(sentence, start, end), words, doubtful=stopping.certainty == "doubtful")

    def _said(self, analysis: Analysis, sentence: Sentence) -> list[Found]:
        text = sentence.text
        found = [
            here
            for here in self._patterns.find(text)
            if not is_forbidden(text, here.start) and not stance.is_doubted(text, here.start)
        ]
        found = sorted([*found, *self._denials.find(text)])
        found = [here for here in found if not stance.is_quoted(text, here.start, here.end)]
        if not found or analysis.block_of(sentence).kind in (Kind.HEADING, Kind.NOTE):
            return []
        if (
            analysis.is_reference(sentence.block)
            or stance.is_question(text)
            or not may_instruct(analysis, sentence.block)
        ):
            return []
        if self._besides.match(text) or stance.is_refuted(analysis, sentence):
            return []
        after = stance.next_sentence(analysis, sentence)
        asked = after is not None and after.block == sentence.block and self._besides.match(after.text)
        return [] if asked else found


def _is_given_so(analysis: Analysis, drug: Entry) -> bool:
    """Whether the article speaks of the way of giving a drug in which it must not be stopped."""
    route = drug.stopping.route if drug.stopping else ()
    return not route or bool(any_of(route).search(analysis.document.text))
