"""Doses run together: '300mg' in an article that else writes '300 mg', and 'Tegretol300 mg' always."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from healthlint.analysis import PROSE, Analysis
from healthlint.analysis.doses import Dose, doses, span_of
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Block, Document, Kind, Span
from healthlint.edits import Edit, Fix, reworded, together

_GLUED = re.compile(r"(?<![\w-])[A-Za-z]{3,30}(?<!\d)\d{1,5}(?:[.,]\d{1,3})?\s?(?:mg|mcg|micrograms?|units|mL)\b")
_SEAM = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_SPACED = ("mg", "mcg", "g", "mL")


class DoseSpacing(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Finds a name and a dose in one word, and the rarer of two ways to space number and unit, or the wrong one.

    Which one is wrong is known only where the article follows US style ('10 mg') or UK style ('10mg').
    """

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a glued name; one for the mixture, at the first dose of the rarer kind; one a dose in a style."""
        for index, block in enumerate(analysis.document.blocks):
            if block.kind in PROSE and not analysis.is_reference(index):
                for found in _glued(block.text):
                    apart = _apart(found[0])
                    yield Match(block.prose.span(*found.span()), {"instead": apart}, fix=_parted(block, found, apart))
        spaced, joined = _written(analysis)
        if analysis.dose_style:
            for dose in joined if analysis.dose_style == "us" else spaced:
                better = _turned(analysis, dose)
                fix = _spaced_alike(analysis.document, [dose], better)
                yield Match(span_of(analysis, dose), {"instead": better}, fix=fix)
        elif spaced and joined:
            rare, other = (joined, spaced) if len(joined) <= len(spaced) else (spaced, joined)
            better = _turned(analysis, rare[0])
            yield Match(
                span_of(analysis, rare[0]),
                {"instead": better},
                (Related(span_of(analysis, other[0]), "written the other way here"),),
                fix=_spaced_alike(analysis.document, rare, better),
            )


@lru_cache(maxsize=2048)  # blocks come again as one types
def _glued(text: str) -> tuple[re.Match[str], ...]:
    """Names and doses in one word."""
    return tuple(_GLUED.finditer(text))


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


def _parted(block: Block, name_and_dose: re.Match[str], better: str) -> Fix | None:
    """The fix of a name that runs into its dose."""
    seams = (name_and_dose.start() + seam.start() for seam in _SEAM.finditer(name_and_dose[0]))
    return together(f'write "{better}"', (_inserted(block, at) for at in seams))


def _spaced_alike(document: Document, turned: Sequence[Dose], example: str) -> Fix | None:
    """The fix of doses that are spaced the wrong way: a space where there is none, and none where there is one."""
    blocks = document.blocks
    edits = (
        reworded(document, blocks[dose.block], dose.unit_start - len(dose.gap), dose.unit_start, "")
        if dose.gap
        else _inserted(blocks[dose.block], dose.unit_start)
        for dose in turned
    )
    more = f" and {len(turned) - 1} more alike" if len(turned) > 1 else ""
    return together(f'write "{example}"{more}', edits)


def _inserted(block: Block, at: int) -> Edit:
    """A space before a character of a block."""
    start = block.prose.span(at, at + 1).start
    return Edit(Span(start, start), " ")


def _apart(written: str) -> str:
    """'Tegretol300mg' as 'Tegretol 300 mg'."""
    return _SEAM.sub(" ", written)
