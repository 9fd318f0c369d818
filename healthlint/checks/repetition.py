"""Finds what an article says twice, in the same words or in others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from healthlint.analysis import Analysis
from healthlint.analysis.repetition import Repetition
from healthlint.analysis.repetition.second_copies import second_copy
from healthlint.checks import Check, Match, Related


class RepetitionCheck(Check, frozen=True, kw_only=True):
    """The later place of everything that is told twice, with the earliest.

    A message may use {title}, the heading under which it was told first, and {shared}: the points, the number of
    sentences or the words that both places have.
    """

    # which kind of repetition is marked
    what: Literal["section", "restatement", "heading", "paragraph", "sentence", "item"]

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each later place."""
        for repeat in Repetition.of(analysis).of_kind(self.what):
            words = {"title": repeat.title or "the opening of the article", "shared": repeat.shared}
            related = (Related(repeat.earlier, "first told here"),)
            yield Match(repeat.later, words, related, fix=second_copy(analysis.document, repeat))
