"""Figures of doses that are misread: a zero behind the decimal point, none before it, long numbers without commas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from healthlint.analysis import Analysis
from healthlint.analysis.doses import doses, is_taken, span_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind

_SHAPES = {
    "trailing-zero": re.compile(r"\d[\d,]*\.\d{0,3}0"),
    "naked-decimal": re.compile(r"\.\d+"),
    "large-number": re.compile(r"\d{5,}"),
}


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
            numbers = [found for found in re.findall(r"(?<![\w.,])[\d.,]*\d", written) if shape.fullmatch(found)]
            if numbers and is_taken(analysis, dose):
                yield Match(span_of(analysis, dose), {"instead": _mended(written, numbers)})


def _mended(written: str, numbers: list[str]) -> str:
    """A dose with its numbers written safely: '5 mg', '0.5 mL', '100,000 units'."""
    for found in numbers:
        if found.startswith("."):
            better = f"0{found}"
        elif "." in found:
            better = found.rstrip("0").rstrip(".")
        else:
            better = f"{int(found):,}"
        written = written.replace(found, better)
    return written
