"""Claims: sentences that assert something of a treatment, without the evidence beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Literal

from healthlint.analysis import Analysis, Sentence, stance
from healthlint.analysis.evidence import Evidence, evidence_for
from healthlint.analysis.patterns import Found, Patterns, parse
from healthlint.analysis.subjects import is_about_treatment
from healthlint.analysis.weighing import telling, weigh
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind

Guard = Literal["negated", "doubted", "conditional", "purpose", "question", "quoted", "refuted"]

_CLAUSE_GUARDS: dict[Guard, Callable[[str, int], bool]] = {
    "negated": stance.is_negated,
    "doubted": stance.is_doubted,
    "conditional": stance.is_conditional,
    "purpose": stance.is_purpose,
}


class Claims(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for patterns in sentences and keeps what the writer asserts and does not support."""

    patterns: tuple[str, ...]
    besides: tuple[str, ...] = ()  # patterns for wordings that look the same and are none: they void what they overlap
    unless: tuple[Guard, ...] = ("negated", "doubted", "conditional", "purpose", "question", "quoted", "refuted")
    subject: Literal["treatment", "anything"] = "anything"  # what the sentence must speak of
    evidence: Literal["clears", "counts for nothing"] = "clears"
    headings: bool = False  # whether a heading can make the claim
    weighed: str = (
        ""  # the kind of claim as rules/weights/claims.json knows it: the words of a sentence are weighed, too
    )
    least: float = 0.85  # how likely a sentence must be a claim that no pattern finds
    needs: tuple[str, ...] = ()  # patterns, of which such a sentence has one besides
    least_found: float = 0.1  # how likely one must be that a pattern finds

    def __post_init__(self) -> None:
        for pattern in (*self.patterns, *self.besides, *self.needs):
            parse(pattern)  # a bad one is told when the rule is loaded

    @cached_property
    def _looked_for(self) -> Patterns:
        return Patterns(self.patterns)

    @cached_property
    def _needed(self) -> Patterns:
        return Patterns(self.needs)

    @cached_property
    def _besides(self) -> Patterns:
        return Patterns(self.besides)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a sentence: the first claim in it that stands unsupported."""
        for sentence in analysis.sentences:
            if not self._is_read(analysis, sentence):
                continue
            found = next((found for found in self._claims(sentence) if self._stands(analysis, sentence, found)), None)
            if found is None:
                continue
            evidence = Evidence.NONE
            if self.evidence == "clears":
                evidence = evidence_for(analysis, sentence)
            if evidence is not Evidence.STRONG:
                span = analysis.span_in(sentence, found.start, found.end)
                yield Match(span, doubtful=evidence is Evidence.WEAK)

    def _is_read(self, analysis: Analysis, sentence: Sentence) -> bool:
        kind = analysis.block_of(sentence).kind
        if kind is Kind.NOTE or analysis.is_reference(sentence.block):
            return False
        return self.headings or kind is not Kind.HEADING

    def _claims(self, sentence: Sentence) -> Iterator[Found]:
        """What the patterns find and the weights do not gainsay, then what the weights find alone."""
        found = self._looked_for.find(sentence.text)
        if not (found or self.weighed):
            return
        likelihood, kind = weigh(sentence.text) if self.weighed else (1.0, "")
        if found and likelihood >= self.least_found:
            voided = self._besides.find(sentence.text)
            for claim in found:
                if not any(other.start < claim.end and claim.start < other.end for other in voided):
                    yield claim
        if kind and kind == self.weighed and likelihood >= self.least and self._has_needed(sentence.text):
            yield Found(*telling(sentence.text))

    def _has_needed(self, text: str) -> bool:
        return not self.needs or bool(self._needed.find(text))

    def _stands(self, analysis: Analysis, sentence: Sentence, found: Found) -> bool:
        """Whether the writer asserts it: no guard of the rule applies, and a treatment is spoken of."""
        text = sentence.text
        if "question" in self.unless and stance.is_question(text):
            return False
        if "quoted" in self.unless and stance.is_quoted(text, found.start, found.end):
            return False
        for guard, applies in _CLAUSE_GUARDS.items():
            if guard in self.unless and applies(text, found.start):
                return False
        if "refuted" in self.unless and stance.is_refuted(analysis, sentence):
            return False
        return self.subject == "anything" or is_about_treatment(analysis, sentence)
