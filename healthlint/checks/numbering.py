"""Numbers of headings and list items that do not count up: one is missing, comes twice, or stands out of its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from healthlint.analysis import Analysis
from healthlint.analysis.renumbering import Renumbering
from healthlint.analysis.sequences import (
    Fault,
    Oddity,
    clause_counts,
    clause_number,
    heading_counts,
    list_counts,
    oddities,
)
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Block, Document, Span
from healthlint.edits import Fix

_MOST_FIXED = 20  # findings of one count that have its fix, which is the same for all


class Numbering(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Follows the headings or list items that count together and marks some kinds of fault among them."""

    of: Literal["headings", "lists"]  # what is followed
    faults: tuple[Fault, ...]  # what is marked

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each number with such a fault."""
        document = analysis.document
        renumbering = Renumbering(document)
        listed = (
            heading_counts(document) if self.of == "headings" else [*list_counts(document), *clause_counts(document)]
        )
        for count in listed:
            odd = list(oddities(count))
            fix = renumbering.fix(count, odd) if any(oddity.fault in self.faults for oddity in odd) else None
            for number, oddity in enumerate(odd):
                if oddity.fault in self.faults:
                    yield self._match(document, oddity, fix if number < _MOST_FIXED else None)

    def _match(self, document: Document, oddity: Oddity, fix: Fix | None) -> Match:
        """A heading is marked whole, an item or a clause at its number."""
        block = document.blocks[oddity.block]
        span = block.prose.span() if self.of == "headings" else _number_span(block)
        related: tuple[Related, ...] = ()
        if oddity.earlier is not None:
            related = (Related(document.blocks[oddity.earlier].prose.span(), "the earlier one"),)
        return Match(span, _words(oddity), related, fix=fix)


def _number_span(block: Block) -> Span:
    if block.ordinal:
        return block.ordinal.span
    number = clause_number(block)
    return block.prose.span(0, number.start + number.length) if number else block.prose.span()


def _words(oddity: Oddity) -> dict[str, str]:
    """{number}, {expected}, and {missing}: '4' or '4 to 6'."""
    last = oddity.value - 1
    missing = str(oddity.expected) if last <= oddity.expected else f"{oddity.expected} to {last}"
    return {"number": str(oddity.value), "expected": str(oddity.expected), "missing": missing}
