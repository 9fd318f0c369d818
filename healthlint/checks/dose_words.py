"""Amounts that are told twice and differ: 'two (3) tablets', '0.5 mg (50 mcg)', '2 tablets of 5 mg, in all 15 mg'."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from math import isclose, log10

from healthlint.analysis import PROSE, Analysis
from healthlint.analysis.conversions import wrong_conversions
from healthlint.analysis.doses import MASS, WORD_NUMBERS, Dose, doses, number
from healthlint.checks import Check, Match
from healthlint.documents.document import Block

_TWICE_TOLD = re.compile(
    rf"\b(?P<word>{'|'.join(WORD_NUMBERS)}) ?\((?P<figure>\d{{1,4}})\) (?=(?:\d{{1,4}} ?m\w+ )?"
    r"(?:\w{1,15} )?(?:tablets?|capsules?|pills?|caplets?|puffs?|drops?|sachets?|doses?|times|days?|weeks?"
    r"|months?|hours?|minutes?|mg|mcg|g|mL|ml|units?|teaspoons?|tablespoons?|injections?|patch(?:es)?)\b)",
    re.IGNORECASE,
)

_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}(?:\.\d{{1,3}})?|(?:{'|'.join(WORD_NUMBERS)})\b)"
_UNIT = r"(?P<unit{0}>mg|mcg|micrograms?|g|mL|ml|units)"
_SUM = re.compile(
    rf"\b(?P<count>{_NUMBER})\s(?:(?:tablets?|capsules?|pills?|caplets?|pieces|doses|of them)\s(?:of|with|at)\s)?"
    rf"(?P<each>{_NUMBER})[\s-]?{_UNIT.format(1)}(?:\s(?:tablets?|capsules?|pills?|caplets?))?"
    r"(?:\s(?:once|at once|together|a day|daily))?"
    r"(?:,?\s(?:\(|=|that is|which (?:is|makes|gives)|making|for a total of|in total|in all|altogether|to make"
    r"|equals?)\s?"
    rf"|\s?=\s?|\s\(|,\s)(?:a total of |in total |in all )?(?P<total>{_NUMBER})\s?{_UNIT.format(2)}\b"
    r"(?P<said>\s(?:in total|in all|altogether|together|a day|at once))?",
    re.IGNORECASE,
)
_BY_WEIGHT = re.compile(
    rf"\b(?P<each>{_NUMBER})\s?{_UNIT.format(1)}\s?(?:/|per |for (?:each|every) )\s?(?:kg|kilogram|kilo)\b"
    rf"[^.;]{{0,60}}?\b(?P<total>{_NUMBER})\s?{_UNIT.format(2)}\b[^.;]{{0,30}}?\b(?:of|weigh\w+|at|is)\s"
    rf"(?P<count>{_NUMBER})\s?(?:kg|kilograms?|kilos?)\b",
    re.IGNORECASE,
)
# what those three cannot do without: looked for first, for it is found a hundred times as fast
_FIGURE_IN_BRACKETS = re.compile(r"\(\d{1,4}\) ")
_AMOUNT = re.compile(r"[\d\s](?:mg|mcg|micrograms?|g|ml|units)\b", re.IGNORECASE)
_SAYS_TOTAL = re.compile(r"=|that is|which|making|total|in all|altogether|to make|equal", re.IGNORECASE)


class DoseWords(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Finds a number in words and another one in figures, one amount in two measures, and sums that are wrong."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a pair, over both numbers."""
        for index, block in enumerate(analysis.document.blocks):
            if block.kind in PROSE and not analysis.is_reference(index):
                yield from _differing(block)
                yield from _wrong_sums(block)
                yield from (Match(block.prose.span(*span)) for span in wrong_conversions(block.text))
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


def _differing(block: Block) -> Iterator[Match]:
    """Numbers in words with another one in figures behind them."""
    for found in _TWICE_TOLD.finditer(block.text) if _FIGURE_IN_BRACKETS.search(block.text) else ():
        if number(found["word"]) != number(found["figure"]):
            yield Match(block.prose.span(found.start(), found.end() - 1))


def _wrong_sums(block: Block) -> Iterator[Match]:
    return (Match(block.prose.span(*span)) for span in _spans_of_wrong_sums(block.text))


@lru_cache(maxsize=2048)  # blocks come again as one types
def _spans_of_wrong_sums(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        found.span()
        for pattern in ((_SUM, _BY_WEIGHT) if _AMOUNT.search(text) else ())
        for found in pattern.finditer(text)
        if _is_wrong(found, by_weight=pattern is _BY_WEIGHT)
    )


def _is_wrong(found: re.Match[str], *, by_weight: bool) -> bool:
    """Whether so many times the one amount are not the other, which is said to be the sum."""
    if not by_weight and not _SAYS_TOTAL.search(found[0]):
        return False
    units = [found["unit1"].lower().rstrip("s"), found["unit2"].lower().rstrip("s")]
    scales = [MASS.get(unit.replace("microgram", "mcg"), 0.0) for unit in units]
    if units[0] != units[1] and not all(scales):
        return False
    one, other = scales if all(scales) else (1.0, 1.0)
    return not isclose(
        number(found["count"]) * number(found["each"]) * one, number(found["total"]) * other, rel_tol=0.05
    )


def _contradict(one: Dose, other: Dose) -> bool:
    """Whether two masses in different units are the same digits and not the same amount: 0.5 mg and 50 mcg."""
    if one.unit == other.unit or one.unit not in MASS or other.unit not in MASS or one.is_strength or other.is_strength:
        return False
    tens = log10(one.milligrams / other.milligrams) if one.milligrams and other.milligrams else 0.0
    return not isclose(tens, 0, abs_tol=1e-6) and isclose(tens, round(tens), abs_tol=1e-6)
