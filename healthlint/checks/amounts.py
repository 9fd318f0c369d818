"""Amounts that nobody takes: a capsule of 500 g, 800 mg of vitamin D. As a rule the unit is the slip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from healthlint.analysis import Analysis
from healthlint.analysis.doses import MASS, Dose, doses, sentence_at, span_of
from healthlint.analysis.passages import any_of
from healthlint.checks import Check, Match

_REACH = 60  # characters around an amount that may tell of something else, or of a form
_FROM_NAME = 100  # characters from a name to its amount

# between an amount and the name behind it: '500 g of pure leaf extract in two capsules'
_OF = re.compile(
    r",? ?(?:of |worth of )?(?:(?:the|our|pure|elemental|added|extra|daily|active|standardi[sz]ed) ){0,2}",
    re.IGNORECASE,
)
_OF_ANY = re.compile(r"\s?of\s")
_OF_OTHER = re.compile(
    r" of (?!(?:(?:the|pure|dry|dried|active) )?(?:it|this|powder|powdered|extract|root|leaf)\b)\w", re.IGNORECASE
)
# between a name and the amount behind it: another amount, or what begins something else
_APART = re.compile(r"\d|[.!?]\s|\b(?:and|or|with|plus)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
# how an amount is said of what was named before it, and not of a portion of food that holds it
_TOLD_OF = re.compile(
    r"(?::|\b(?:is|are|was|of|dose|take|takes|took|taken|given|at|gives|hold|holds|supplies|needs?|than|exceed))"
    r"(?:\s[^\s(),]+){0,4}\s$",
    re.IGNORECASE,
)
_BY_THE_DAY = re.compile(r"\s(?:a|per|each|every|in the|at|once|twice|daily|with|before|after)\b", re.IGNORECASE)
# '85 g gives you enough': of a food that holds the substance
_GIVES = re.compile(r"\s(?:gives?|has|have|holds?|provides?|contains?|supplies|supply|are|will)\b", re.IGNORECASE)
# What has hardly anything of a substance may be food, unless it is taken.
_TAKEN = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|took|dos(?:e|es|age)|capsules?|tablets?|softgels?|teaspoons?|scoops?"
    r"|(?:a|per|each|every) day|daily|treat|needs?|swallow|inject\w*|nostril|spray|start)\b",
    re.IGNORECASE,
)
_PUSHED = re.compile(r"\b(?:dose|injected|given)\b", re.IGNORECASE)
# between an amount and the form that holds it, and between the form and its amount
_IN = re.compile(
    r" ?(?:of [\w -]{2,30}?,? ?)?(?:in|per|each|to|to each|from)"
    r" (?:(?:each|every|one|two|three|four|a|an|the|\d) )?(?:\w+ )?$",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"(?:[^.;,]{0,25}\b(?:is|are|was|hold|holds|holding|contain|contains|containing|has|have|provides?|deliver|delivers"
    r"|supply|supplies|packs?)| of| at) (?:about |around |some |roughly |only |just |up to |between )?$",
    re.IGNORECASE,
)


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a medicine or supplement comes in."""

    names: tuple[str, ...]  # what it is called
    most: float  # milligrams that one can hold


class Substance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is swallowed, and amounts far outside of what people take or are given of it."""

    names: tuple[str, ...]  # what it is called
    least: float = 0  # milligrams: a smaller amount does nothing, and nobody sells it
    most: float  # milligrams: nobody takes more in a day, or even in a week


class Amounts(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Holds each amount against what its tablet, its injection or its substance can be told in."""

    forms: tuple[Form, ...]  # tablets, capsules and the like
    injected: Form  # what is pushed in with a needle
    substances: tuple[Substance, ...]  # what is told in an amount
    besides: tuple[str, ...] = ()  # words near an amount that is not swallowed: a level in the blood
    packed: tuple[str, ...] = ()  # words near an amount that may be large: the weight of a jar

    @cached_property
    def _forms(self) -> tuple[tuple[re.Pattern[str], float], ...]:
        return tuple((any_of(form.names), form.most) for form in self.forms)

    @cached_property
    def _injected(self) -> re.Pattern[str]:
        return any_of(self.injected.names)

    @cached_property
    def _substances(self) -> tuple[tuple[re.Pattern[str], Substance], ...]:
        return tuple((any_of(each.names), each) for each in self.substances)

    @cached_property
    def _packed(self) -> re.Pattern[str]:
        return any_of(self.packed)

    @cached_property
    def _besides(self) -> re.Pattern[str]:
        return any_of(self.besides)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match an amount; `name` in a message is what it is an amount of."""
        for dose in doses(analysis):
            if dose.unit not in MASS or dose.per_weight or dose.is_strength:
                continue
            sentence = sentence_at(analysis, dose.block, dose.start)
            if sentence is None:
                continue
            at = dose.start - sentence.start
            end = at + dose.end - dose.start
            if name := self._impossible(sentence.text, at, end, dose):
                yield Match(span_of(analysis, dose), {"name": name})

    def _impossible(self, text: str, at: int, end: int, dose: Dose) -> str:
        """What a text tells an impossible amount of, at `text[at:end]`; '' if it may be right."""
        low, high = dose.milligrams, dose.high * MASS[dose.unit]
        start, stop = max(0, at - _REACH), end + _REACH
        if self._besides.search(text, start, stop):
            return ""
        is_taken, is_packed = _TAKEN.search(text), self._packed.search(text, start, stop)
        for names, substance in self._substances:
            is_out = (high < substance.least and is_taken) or (low > substance.most and not is_packed)
            if is_out and (name := _amount_of(names, text, at, end)):
                return name
        if is_packed:
            return ""
        for names, most in self._forms:
            if low > most and (name := _held_by(names, text, at, end)):
                return name
        is_pushed = low > self.injected.most and _PUSHED.search(text) and not _OF_ANY.match(text, end)
        found = self._injected.search(text, start, stop) if is_pushed else None
        return found[0] if found else ""


def _amount_of(names: re.Pattern[str], text: str, at: int, end: int) -> str:
    """The name that an amount is of: right behind it, or else before it with no other amount between."""
    of = _OF.match(text, end)
    if found := names.match(text, of.end() if of else end):
        return found[0]
    before = max(names.finditer(text, max(0, at - _FROM_NAME), at), key=re.Match.end, default=None)
    if before is None or _APART.search(text[:at], before.end()):
        return ""
    if _OF_OTHER.match(text, end) or _GIVES.match(text, end):
        return ""
    follows = text[before.end() : at] == ", " and _BY_THE_DAY.match(text, end)  # 'Selenium, 200 mg every morning'
    return before[0] if follows or _TOLD_OF.search(text[:at], before.end()) else ""


def _held_by(names: re.Pattern[str], text: str, at: int, end: int) -> str:
    """The name of a form that an amount is told to be held by."""
    for found in names.finditer(text, max(0, at - _REACH), end + _REACH):
        if found.start() >= end:
            between = text[end : found.start()]
            if between.strip(" -") == "" or _IN.fullmatch(between):
                return found[0]
        elif found.end() <= at and _HOLDS.fullmatch(text[found.end() : at]):
            return found[0]
    return ""
