"""Numbers of headings and list items that do not count up: one is missing, comes twice, or stands out of its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from healthlint.analysis import Analysis
from healthlint.analysis.sequences import Fault, Oddity, heading_counts, list_counts, oddities
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Document


class Numbering(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Follows the headings or list items that count together and marks some kinds of fault among them."""

    of: Literal["headings", "lists"]  # what is followed
    faults: tuple[Fault, ...]  # what is marked

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each number with such a fault."""
        document = analysis.document
        for count in heading_counts(document) if self.of == "headings" else list_counts(document):
            for oddity in oddities(count):
                if oddity.fault in self.faults:
                    yield self._match(document, oddity)

    def _match(self, document: Document, oddity: Oddity) -> Match:
        """A heading is marked whole, an item at its number."""
        block = document.blocks[oddity.block]
        span = block.ordinal.span if self.of == "lists" and block.ordinal else block.prose.span()
        related: tuple[Related, ...] = ()
        if oddity.earlier is not None:
            related = (Related(document.blocks[oddity.earlier].prose.span(), "the earlier one"),)
        return Match(span, _words(oddity), related)


def _words(oddity: Oddity) -> dict[str, str]:
    """{number}, {expected}, and {missing}: '4' or '4 to 6'."""
    last = oddity.value - 1
    missing = str(oddity.expected) if last <= oddity.expected else f"{oddity.expected} to {last}"
    return {"number": str(oddity.value), "expected": str(oddity.expected), "missing": missing}
