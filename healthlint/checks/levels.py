"""Levels that nobody can have: a urate of 360 mmol/L, a fever of 39 °F. As a rule the unit is the slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import msgspec

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.passages import any_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind

_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,6}(?:\.\d{1,3})?"
_DIGIT = re.compile(r"\d")
_LEVEL = re.compile(
    rf"(?<![\w.,/$£€#])(?P<low>{_FIGURE})(?:\s?%?\s?(?:-|–|—|to|and)\s?(?P<high>{_FIGURE}))?[\s\u00a0]?"
    r"(?P<unit>%|(?:m|micro|µ|μ|u|n|p)mol ?/ ?(?:mol|[lL])\b|(?:m|mc|µ|μ|n|p)?g ?/ ?(?:m|d)?[lL]\b|mEq ?/ ?[lL]\b"
    r"|(?:milli|micro|nano|pico)?(?:moles?|grams?) per (?:(?:deci|milli)?lit(?:er|re)|mole?)\b"
    r"|(?:° ?|degrees )?(?:[CF]\b|Celsius|Fahrenheit))"
)
_REACH = 90  # characters from what is measured to its figure
_BESIDE = 25  # characters around both in which another sense of them shows
_SPELLED = {"milli": "m", "micro": "mc", "nano": "n", "pico": "p", "deci": "d"}


class _Named(NamedTuple):
    """A measured thing in a text, and its possible levels by unit."""

    end: int
    start: int
    ranges: dict[str, Range]


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a level may be, in one unit, from far below to far above what has been seen in anybody."""

    unit: str  # 'mg/dL', 'mcmol/L', '%', 'C'
    least: float  # the lowest possible level
    most: float  # the highest possible level


class Measured(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is measured, and its possible levels in the units that it is told in."""

    names: tuple[str, ...]  # what it is called
    ranges: tuple[Range, ...]  # one for each unit


class Levels(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Holds each level against what is possible of the last measured thing that is named before it in its sentence."""

    measured: tuple[Measured, ...]  # what is looked at
    besides: tuple[str, ...] = ()  # words of a sentence about something else: a strength, a difference, a conversion

    @cached_property
    def _names(self) -> tuple[tuple[re.Pattern[str], dict[str, Range]], ...]:
        return tuple((any_of(each.names), {found.unit: found for found in each.ranges}) for each in self.measured)

    @cached_property
    def _besides(self) -> re.Pattern[str]:
        return any_of(self.besides)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a level; `name` in a message is what is measured."""
        for sentence in analysis.sentences:
            kind = analysis.block_of(sentence).kind
            if kind is Kind.NOTE or not _DIGIT.search(sentence.text) or analysis.is_reference(sentence.block):
                continue
            yield from self._in(analysis, sentence)

    def _in(self, analysis: Analysis, sentence: Sentence) -> Iterator[Match]:
        text = sentence.text
        for level in _LEVEL.finditer(text):
            named = self._named(text, level.start())
            possible = named.ranges.get(_plain(level["unit"])) if named else None
            if (
                not named
                or not possible
                or self._besides.search(text, max(0, named.start - _BESIDE), level.end() + _BESIDE)
            ):
                continue
            if level["unit"] == "%" and "%" in text[named.end : level.start()]:
                continue  # shares of people who reached the level that is told before
            figures = [float(level[part].replace(",", "")) for part in ("low", "high") if level[part]]
            if max(figures) > possible.most or max(figures) < possible.least:
                span = analysis.span_in(sentence, level.start(), level.end())
                yield Match(span, {"name": text[named.start : named.end]})

    def _named(self, text: str, at: int) -> _Named | None:
        """The last measured thing that a text names before `at`."""
        found = [
            _Named(match.end(), match.start(), ranges)
            for names, ranges in self._names
            for match in names.finditer(text, max(0, at - _REACH), at)
        ]
        return max(found, key=lambda named: (named.end, -named.start), default=None)


def _plain(written: str) -> str:
    """A unit in one spelling: 'µmol/l', 'micromoles per litre' -> 'mcmol/L'."""
    unit = written.replace(" per ", "/").replace("° ", "").replace("°", "").replace("degrees ", "").replace(" ", "")
    for long, short in _SPELLED.items():
        unit = unit.replace(long, short)
    unit = re.sub(r"^[µμu](?=mol|g)", "mc", unit)
    unit = re.sub(r"moles?\b", "mol", re.sub(r"grams?", "g", re.sub(r"lit(?:er|re)|l$", "L", unit)))
    return {"Celsius": "C", "Fahrenheit": "F"}.get(unit, unit)
