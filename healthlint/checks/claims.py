"""Claims: sentences that assert something of a treatment, without the evidence beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Literal

from healthlint.analysis import Analysis, Sentence, stance
from healthlint.analysis.evidence import Evidence, evidence_for
from healthlint.analysis.found import Found, overlap
from healthlint.analysis.once import once
from healthlint.analysis.patterns import Patterns, parse
from healthlint.analysis.subjects import is_about_treatment
from healthlint.analysis.tenor import likelihood_in
from healthlint.analysis.weighing import Weighed, telling, weigh
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind

Guard = Literal["negated", "doubted", "conditional", "purpose", "question", "quoted", "refuted"]

_CLAUSE_GUARDS: dict[Guard, Callable[[str, int], bool]] = {
    "negated": stance.is_negated,
    "doubted": stance.is_doubted,
    "conditional": stance.is_conditional,
    "purpose": stance.is_purpose,
}


_UNWEIGHED = Weighed(1.0)
_LONGEST_NAME = 5  # words
_INSTRUCTS = 0.7  # from here on a sentence rather changes a medicine than praises it
_SHORTEST = 4  # words of a sentence that claims something though no pattern finds it


@once  # by all rules of this check in turn
def _read(analysis: Analysis, *, headings: bool, weighed: bool) -> tuple[tuple[Sentence, Weighed], ...]:
    """The sentences in which something can be claimed, and what their words speak for if they are `weighed`."""
    passed_over = (Kind.NOTE,) if headings else (Kind.NOTE, Kind.HEADING)
    return tuple(
        (sentence, weigh(sentence.text) if weighed else _UNWEIGHED)
        for sentence in analysis.sentences
        if analysis.block_of(sentence).kind not in passed_over and not analysis.is_reference(sentence.block)
    )


def _is_label(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence is but the name of what its block goes on about: 'Northern Light Omega. Tastes of lemon.'"""
    words = sentence.text.split()
    is_first = not sentence.start and len(analysis.sentences_of(sentence.block)) > 1
    is_name = len(words) <= _LONGEST_NAME and not sentence.text.isupper()
    return is_first and is_name and all(word[0].isupper() for word in words if word[0].isalpha())


class Claims(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for patterns in sentences and keeps what the writer asserts and does not support."""

    patterns: tuple[str, ...]  # what a sentence that claims it says
    besides: tuple[str, ...] = ()  # patterns for wordings that look the same and are none: they void what they overlap
    never: tuple[str, ...] = ()  # the same, for wordings that void it however much the words speak for a claim
    # what lets a sentence pass, or the clause with the marked words
    unless: tuple[Guard, ...] = ("negated", "doubted", "conditional", "purpose", "question", "quoted", "refuted")
    subject: Literal["treatment", "anything"] = "anything"  # what the sentence must speak of
    evidence: Literal["clears", "counts for nothing"] = "clears"  # what a source beside the claim does for it
    headings: bool = False  # whether a heading can make the claim
    weighed: str = (
        ""  # the kind of claim as rules/weights/claims.json knows it: the words of a sentence are weighed, too
    )
    least: float = 0.8  # how likely a sentence must be a claim that no pattern finds,
    least_in_article: float = 0.88  # and how likely, given what else its article claims
    sure: float = 0.9  # from here on neither negation nor a reference list without marks speaks against it
    certain: float = 0.88  # from here on one that no pattern finds is told as the rule's severity wants, below as info
    least_found: float = 0.1  # how likely one must be that a pattern finds; what is less likely is not looked at

    def __post_init__(self) -> None:
        for pattern in (*self.patterns, *self.besides, *self.never):
            parse(pattern)  # a bad one is told when the rule is loaded

    @cached_property
    def _looked_for(self) -> Patterns:
        return Patterns(self.patterns)

    @cached_property
    def _besides(self) -> Patterns:
        return Patterns((*self.besides, *self.never))

    @cached_property
    def _never(self) -> Patterns:
        return Patterns(self.never)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a sentence: the first claim in it that stands unsupported."""
        for sentence, weight in _read(analysis, headings=self.headings, weighed=bool(self.weighed)):
            if weight.likelihood < self.least_found:
                continue
            found, is_doubtful = self._found(analysis, sentence), False
            if found is None and self._may_be_weighed(weight):
                likelihood = likelihood_in(analysis, sentence)
                found, is_doubtful = self._weighed(analysis, sentence, likelihood), likelihood < self.certain
            if found is None:
                continue
            evidence = evidence_for(analysis, sentence) if self.evidence == "clears" else Evidence.NONE
            if evidence is not Evidence.STRONG:
                span = analysis.span_in(sentence, found.start, found.end)
                is_supported = evidence is Evidence.WEAK and weight.likelihood < self.sure
                yield Match(span, doubtful=is_doubtful or is_supported)

    def _found(self, analysis: Analysis, sentence: Sentence) -> Found | None:
        """What the patterns find, the weights do not gainsay, and the writer asserts."""
        found = self._looked_for.find(sentence.text)
        if not found:
            return None
        for claim in found:
            if not self._is_void(sentence, claim) and self._is_asserted(analysis, sentence, claim):
                return claim if self._is_on_subject(analysis, sentence) else None
        return None

    def _is_void(self, sentence: Sentence, claim: Found) -> bool:
        return overlap(claim, self._besides.find(sentence.text))

    def _may_be_weighed(self, weight: Weighed) -> bool:
        return self.weighed != "" and weight.likelihood >= self.least and weight.kind == self.weighed

    def _weighed(self, analysis: Analysis, sentence: Sentence, likelihood: float) -> Found | None:
        """What the words of a sentence speak for. Negations and the like are words that weigh, too."""
        text, own = sentence.text, weigh(sentence.text).likelihood
        if likelihood < self.least_in_article or len(text.split()) < _SHORTEST:
            return None  # or a greeting
        if _is_label(analysis, sentence):
            return None
        if weigh(text, "instructions").likelihood > min(own, _INSTRUCTS):
            return None  # what another rule is for
        claim = Found(*telling(text))
        if own >= self.sure:
            is_void = overlap(claim, self._never.find(text))
            return claim if not is_void and self._is_own(analysis, sentence, claim) else None
        if self._is_void(sentence, claim) or not self._is_asserted(analysis, sentence, claim):
            return None
        return claim if self._is_on_subject(analysis, sentence) else None

    def _is_asserted(self, analysis: Analysis, sentence: Sentence, claim: Found) -> bool:
        """Whether no guard of the rule applies."""
        clause = any(
            guard in self.unless and applies(sentence.text, claim.start) for guard, applies in _CLAUSE_GUARDS.items()
        )
        return not clause and self._is_own(analysis, sentence, claim)

    def _is_own(self, analysis: Analysis, sentence: Sentence, claim: Found) -> bool:
        """Whether the writer says it, who neither asks nor quotes nor goes on to refute it."""
        if "question" in self.unless and stance.is_question(sentence.text):
            return False
        if "quoted" in self.unless and stance.is_quoted(sentence.text, claim.start, claim.end):
            return False
        return "refuted" not in self.unless or not stance.is_refuted(analysis, sentence)

    def _is_on_subject(self, analysis: Analysis, sentence: Sentence) -> bool:
        return self.subject == "anything" or is_about_treatment(analysis, sentence)
