"""Finds nothing by itself: whether a link is dead is known only once it has been followed, if the run is asked to.

`healthlint.linked` makes the findings of a rule that names this check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Literal

from healthlint.analysis import Analysis
from healthlint.checks import Check, Match
from healthlint.checks.links import is_placeholder, is_template
from healthlint.documents.document import Kind, LinkKind

_WEB = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)


class WebLinks(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Links to pages and pictures on the web that are there no more or have moved; `--check-links` alone looks.

    A message may use {target}, the address as it is written, and {answer}, what was found there: 'the site answers 404
    (not found)', or the new address.
    """

    follows: ClassVar[bool] = True

    fault: Literal["dead", "moved"] = "dead"  # what is marked; one has moved if that is for good, to another page
    but_for: tuple[str, ...] = ()  # hosts, with those below them, and parts of hosts that are not asked: nhs.uk/search

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """Nothing."""
        return iter(())

    def links(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each link of the article itself whose target is filled in."""
        for block in analysis.document.blocks:
            if block.kind is Kind.FURNITURE:
                continue
            for link in block.links:
                target = link.target.strip()
                if link.kind is LinkKind.NOTE or not _WEB.match(target) or is_placeholder(link) or is_template(target):
                    continue
                if not self._is_let_be(target):
                    yield Match(link.span, {"target": target, "answer": ""})

    def _is_let_be(self, target: str) -> bool:
        """Whether a link leads to what is not asked."""
        if not self.but_for:
            return False
        from healthlint.web.addresses import lies_in  # few need it

        return any(lies_in(target, place) for place in self.but_for)
