"""Sentences that are too long to be kept in mind."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.readability import words_in
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind

_READ = (Kind.PARAGRAPH, Kind.ITEM, Kind.CELL)


class SentenceLength(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Counts the words of sentences."""

    most_words: int  # a sentence with more is marked

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each sentence that is too long."""
        for sentence in analysis.sentences:
            if analysis.block_of(sentence).kind not in _READ or analysis.is_reference(sentence.block):
                continue
            words = words_in(sentence.text)
            if words > self.most_words:
                yield Match(sentence.span, {"words": str(words)})
