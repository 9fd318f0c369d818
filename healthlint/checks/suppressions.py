"""Finds nothing by itself: whether a suppression has an effect is known only once all findings are.

`healthlint.suppressions.apply` makes the matches of the rule that names this check.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.checks import Check, Match


class Suppressions(Check, frozen=True):
    """Comments and front matter that tell healthlint to keep quiet, and have nothing to silence."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """Nothing."""
        return iter(())
