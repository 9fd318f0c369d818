"""Figures of doses that are misread: a zero behind the decimal point, none before it, long numbers without commas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from healthlint.analysis import Analysis
from healthlint.analysis.doses import Dose, doses, is_taken, span_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind, Span
from healthlint.edits import Edit, Fix, applied, reworded, together

_SHAPES = {
    "trailing-zero": re.compile(r"\d[\d,]*\.\d{0,3}0"),
    "naked-decimal": re.compile(r"\.\d+"),
    "large-number": re.compile(r"\d{5,}"),
}
_NUMBER = re.compile(r"(?<![\w.,])[\d.,]*\d")


class DoseFigures(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Finds doses whose number is written in a way that is misread; `instead` in a message is the number mended."""

    shape: Literal["trailing-zero", "naked-decimal", "large-number"]  # which way of writing a figure is marked

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a dose, over number and unit; doses only, no levels and no contents of food."""
        shape = _SHAPES[self.shape]
        for dose in doses(analysis):
            block = analysis.document.blocks[dose.block]
            if block.kind is Kind.HEADING and self.shape == "large-number":
                continue
            written = block.text[dose.start : dose.end]
            numbers = [found for found in _NUMBER.finditer(written) if shape.fullmatch(found[0])]
            if numbers and is_taken(analysis, dose):
                better = _mended(written, numbers)
                fix = _fix(analysis.document, block, dose, numbers, better)
                yield Match(span_of(analysis, dose), {"instead": better}, fix=fix)


def _mended(written: str, numbers: Iterable[re.Match[str]]) -> str:
    """A dose with its numbers written safely: '5 mg', '0.5 mL', '100,000 units'."""
    edits = (Edit(Span(*found.span()), _safe(found[0])) for found in numbers)
    return applied(written, edits)


def _fix(document: Document, block: Block, dose: Dose, numbers: Iterable[re.Match[str]], better: str) -> Fix | None:
    edits = (
        reworded(document, block, dose.start + found.start(), dose.start + found.end(), _safe(found[0]))
        for found in numbers
    )
    return together(f'write "{better}"', edits)


def _safe(number: str) -> str:
    if number.startswith("."):
        return f"0{number}"
    return number.rstrip("0").rstrip(".") if "." in number else f"{int(number):,}"
