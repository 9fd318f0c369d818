"""Finds nothing by itself: whether a suppression has an effect is known only once all findings are.

`healthlint.suppressions.apply` makes the matches of a rule that names this check.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.checks import Check, Match


class Suppressions(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Comments and front matter that tell healthlint to keep quiet, and have nothing to silence."""

    require_reason: bool = False  # whether one that does not say why is marked too

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """Nothing."""
        return iter(())
