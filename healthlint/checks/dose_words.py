"""Numbers that are told twice and differ: 'two (3) tablets', '0.5 mg (50 mcg)'."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from math import isclose, log10

from healthlint.analysis import PROSE, Analysis
from healthlint.analysis.doses import MASS, WORD_NUMBERS, Dose, doses, number
from healthlint.checks import Check, Match

_TWICE_TOLD = re.compile(
    rf"\b(?P<word>{'|'.join(WORD_NUMBERS)}) ?\((?P<figure>\d{{1,4}})\) (?=(?:\d{{1,4}} ?m\w+ )?"
    r"(?:\w{1,15} )?(?:tablets?|capsules?|pills?|caplets?|puffs?|drops?|sachets?|doses?|times|days?|weeks?"
    r"|months?|hours?|minutes?|mg|mcg|g|mL|ml|units?|teaspoons?|tablespoons?|injections?|patch(?:es)?)\b)",
    re.IGNORECASE,
)


class DoseWords(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Finds a number in words with another one in figures behind it, and a dose in two units that differ by tens."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a pair, over both numbers."""
        for index, block in enumerate(analysis.document.blocks):
            if block.kind in PROSE and not analysis.is_reference(index):
                for found in _TWICE_TOLD.finditer(block.text):
                    if number(found["word"]) != number(found["figure"]):
                        yield Match(block.prose.span(found.start(), found.end() - 1))
        listed = doses(analysis)
        for one, other in itertools.pairwise(listed):
            text = analysis.document.blocks[one.block].text
            if (
                one.block == other.block
                and re.fullmatch(r" ?\((?:or |= ?)?", text[one.end : other.start])
                and _contradict(one, other)
            ):
                end = other.end + text.startswith(")", other.end)
                yield Match(analysis.document.blocks[one.block].prose.span(one.start, end))


def _contradict(one: Dose, other: Dose) -> bool:
    """Whether two masses in different units are the same digits and not the same amount: 0.5 mg and 50 mcg."""
    if one.unit == other.unit or one.unit not in MASS or other.unit not in MASS or one.is_strength or other.is_strength:
        return False
    tens = log10(one.milligrams / other.milligrams) if one.milligrams and other.milligrams else 0.0
    return not isclose(tens, 0, abs_tol=1e-6) and isclose(tens, round(tens), abs_tol=1e-6)
