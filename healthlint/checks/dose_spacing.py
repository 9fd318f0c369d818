"""Doses run together: '300mg' in an article that else writes '300 mg', and 'Tegretol300 mg' always."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import PROSE, Analysis
from healthlint.analysis.doses import Dose, doses, span_of
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Kind

_GLUED = re.compile(r"(?<![\w-])[A-Za-z]{3,30}(?<!\d)\d{1,5}(?:[.,]\d{1,3})?\s?(?:mg|mcg|micrograms?|units|mL)\b")
_SPACED = ("mg", "mcg", "g", "mL")


class DoseSpacing(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Finds a name and a dose in one word, and the rarer of two ways to space number and unit, or the wrong one.

    Which one is wrong is known only where the article follows US style ('10 mg') or UK style ('10mg').
    """

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a glued name; one for the mixture, at the first dose of the rarer kind; one a dose in a style."""
        for index, block in enumerate(analysis.document.blocks):
            if block.kind in PROSE and not analysis.is_reference(index):
                for found in _GLUED.finditer(block.text):
                    yield Match(block.prose.span(*found.span()), {"instead": _apart(found[0])})
        spaced, joined = _written(analysis)
        if analysis.dose_style:
            for dose in joined if analysis.dose_style == "us" else spaced:
                yield Match(span_of(analysis, dose), {"instead": _turned(analysis, dose)})
        elif spaced and joined:
            rare, other = (joined, spaced) if len(joined) <= len(spaced) else (spaced, joined)
            yield Match(
                span_of(analysis, rare[0]),
                {"instead": _turned(analysis, rare[0])},
                (Related(span_of(analysis, other[0]), "written the other way here"),),
            )


def _written(analysis: Analysis) -> tuple[list[Dose], list[Dose]]:
    """The doses with a space before their unit, and those with none."""
    spaced: list[Dose] = []
    joined: list[Dose] = []
    for dose in doses(analysis):
        kind = analysis.document.blocks[dose.block].kind
        if dose.unit in _SPACED and dose.spoken.lower() in ("mg", "mcg", "µg", "g", "ml") and kind is not Kind.HEADING:
            if not dose.gap:
                joined.append(dose)
            elif dose.gap.strip("-"):
                spaced.append(dose)
    return spaced, joined


def _turned(analysis: Analysis, dose: Dose) -> str:
    """A dose with a space where it has none, or without the one that it has."""
    written = analysis.document.blocks[dose.block].text[dose.start : dose.end]
    return re.sub(r"(?<=\d)\s(?=\D)", "", written) if dose.gap else _apart(written)


def _apart(written: str) -> str:
    """'Tegretol300mg' as 'Tegretol 300 mg'."""
    return re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", written)
