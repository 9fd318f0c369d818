"""Finds nothing in one article: whether an article is a copy is known only beside the others of the run.

`healthlint.across` makes the findings of a rule that names this check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from healthlint.analysis import Analysis
from healthlint.analysis.repetition import parts
from healthlint.analysis.repetition.parts import Part
from healthlint.checks import Check, Match


class Copies(Check, frozen=True, kw_only=True):
    """An article, or a section of one, that stands in an earlier file of the run already.

    A message may use {part}, 'article' or 'section'; {place}, the earlier file and row; {title}, what stands there.
    """

    compares: ClassVar[bool] = True

    least_words: int = 60  # of prose; what is shorter may stand anywhere

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """Nothing."""
        return iter(())

    def parts(self, analysis: Analysis) -> Iterator[Part]:
        """The article and its sections, as far as they are long enough."""
        return parts.parts(analysis, self.least_words)
