"""Finds nothing by itself: whether a suppression has an effect is known only once all findings are.

`healthlint.suppressions.apply` makes the matches of the rules that name this check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from healthlint.analysis import Analysis
from healthlint.checks import Check, Match


class Suppressions(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Comments and front matter that tell healthlint to keep quiet, and lack an effect or a reason."""

    lacking: Literal["effect", "reason"] = "effect"

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """Nothing."""
        return iter(())
