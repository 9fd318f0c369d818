"""Doses above the maximum that the article states beside them, and ranges that are upside down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.dose_roles import Stated, stated
from healthlint.analysis.doses import MASS, Dose, doses, is_taken, span_of
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Kind

_ONCE = re.compile(
    r"\b(?:loading|first day|day (?:one|1)\b|one-off|single dose|once only|at once|followed by|studie[ds]|study"
    r"|trials?|overdose|mistake|instead of|not)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s$", re.IGNORECASE)
_FALLS = re.compile(
    r"\b(?:from|reduc\w*|lower\w*|decreas\w*|taper\w*|cut|cuts|drop\w*|halv\w*|f[ae]ll\w*|down|back|switch\w*"
    r"|chang\w*)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"\b(?:take|takes|taken|taking|give|gives|given|swallow|inject)\b[^.;:]{0,30}$", re.IGNORECASE)
_NEAR = 3  # sentences (list items) from a dose to the maximum that it is held against
_MOST_A_SENTENCE = 20


class DoseLimits(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Holds the doses to start with, or to take, against the maximum stated within a few sentences."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a dose, over number and unit; `limit` in a message is the maximum, or the range put right."""
        order = {sentence: at for at, sentence in enumerate(analysis.sentences)}
        found = stated(analysis)
        limits: dict[int, list[Stated]] = {}  # by the place of their sentence
        for here in found:
            if here.role == "most":
                limits.setdefault(order[here.sentence], []).append(here)
        for here in found:
            if not _is_to_be_taken(here) or _ONCE.search(here.sentence.text):
                continue
            at = order[here.sentence]
            near = [
                most for place in range(at - _NEAR, at + _NEAR + 1) for most in limits.get(place, ())[:_MOST_A_SENTENCE]
            ]
            above = next(
                (most for most in near if _belongs(analysis, here, most) and _exceeds(here.dose, most.dose)), None
            )
            if above:
                limit = _written(analysis, above.dose)
                related = Related(span_of(analysis, above.dose), "the maximum stated here")
                yield Match(span_of(analysis, here.dose), {"limit": f"the maximum is {limit}"}, (related,))
        yield from _upside_down(analysis)


def _is_to_be_taken(here: Stated) -> bool:
    """Whether a dose is one to start with or to take, or is given so many times a day: '20 mg three times a day'."""
    if here.role in ("start", "usual"):
        return True
    before = here.sentence.text[: max(0, here.dose.start - here.sentence.start)]
    return here.role == "other" and here.dose.times > 1 and bool(_TAKEN.search(before))


def _belongs(analysis: Analysis, here: Stated, most: Stated) -> bool:
    """Whether a maximum is meant for a dose: same drug, people and form, in one section."""
    one, other = here.sentence.block, most.sentence.block
    is_same = here.drug == most.drug or (one == other and "" in (here.drug, most.drug))
    if not is_same or here.groups != most.groups:
        return False
    if analysis.heading_of(one) != analysis.heading_of(other) or here.dose.per_weight != most.dose.per_weight:
        return False
    kinds = {analysis.document.blocks[index].kind for index in (one, other)}
    return not kinds & {Kind.CELL, Kind.HEADING} and (one == other or len(kinds) == 1)


def _exceeds(dose: Dose, most: Dose) -> bool:
    """Whether a dose is above a maximum, as far as the two can be compared."""
    if (dose.unit in MASS) != (most.unit in MASS) or (dose.unit not in MASS and dose.unit != most.unit):
        return False
    if (dose.period == "week") != (most.period == "week"):
        return False
    scale = MASS.get(dose.unit, 1.0) * dose.pieces
    limit = most.high * MASS.get(most.unit, 1.0) * most.pieces
    if dose.period == most.period == "day":
        return dose.low * scale * dose.times > limit * most.times
    return dose.low * scale > limit


def _written(analysis: Analysis, dose: Dose) -> str:
    return analysis.document.blocks[dose.block].text[dose.start : dose.end]


def _upside_down(analysis: Analysis) -> Iterator[Match]:
    """Ranges whose first number is the larger one: '50 to 25 mg', unless a dose is being reduced."""
    for dose in doses(analysis):
        text = analysis.document.blocks[dose.block].text
        written = text[dose.start : dose.end]
        joint = "and" if _BETWEEN.search(text, max(0, dose.start - 10), dose.start) else "to"
        parts = re.fullmatch(rf"(\S+) {joint} (\S+)([ -]\w+)", written)
        if dose.low <= dose.high or not parts or not is_taken(analysis, dose):
            continue
        if not _FALLS.search(text[max(0, dose.start - 60) : dose.start]):
            yield Match(
                span_of(analysis, dose),
                {"limit": f"the range is upside down ({parts[2]} {joint} {parts[1]}{parts[3]})"},
            )
