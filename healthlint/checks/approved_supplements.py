"""Supplements that are said to be approved by a regulator, which approves none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from healthlint.analysis import Analysis, stance
from healthlint.analysis.drugs import Entry
from healthlint.analysis.found import overlap
from healthlint.analysis.instructing import is_forbidden
from healthlint.analysis.meant import meant
from healthlint.analysis.tagged import SUPPLEMENT, tagged
from healthlint.analysis.topic import topic_of
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind


class ApprovedSupplements(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for patterns of approval in sentences about supplements."""

    patterns: tuple[str, ...]  # wordings that call a supplement approved
    besides: tuple[str, ...] = ()  # wordings that are about a drug, a factory or a label: they void a sentence

    @cached_property
    def _patterns(self) -> Wordings:
        return Wordings(self.patterns)

    @cached_property
    def _besides(self) -> Wordings:
        return Wordings(self.besides)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a sentence, over the words of approval."""
        for sentence in analysis.sentences:
            text = sentence.text
            found = [
                here
                for here in self._patterns.find(text)
                if not is_forbidden(text, here.start) and not stance.is_doubted(text, here.start)
            ]
            if not found or analysis.block_of(sentence).kind is Kind.NOTE or analysis.is_reference(sentence.block):
                continue
            if stance.is_question(text) or any(not overlap(here, found) for here in self._besides.find(text)):
                continue
            if not _is_of_supplement(analysis, text, meant(analysis, sentence)) or stance.is_refuted(
                analysis, sentence
            ):
                continue
            if not stance.is_quoted(text, found[0].start, found[0].end):
                yield Match(analysis.span_in(sentence, found[0].start, found[0].end))


def _is_of_supplement(analysis: Analysis, text: str, about: Sequence[Entry]) -> bool:
    """Whether a sentence names supplements alone, or names nothing in an article about one."""
    if about:
        return all(one.group.kind == "supplement" for one in about)
    return SUPPLEMENT in tagged(text).words or topic_of(analysis).kind == "supplement"
