"""Figures of one drug that differ from place to place: its doses, its half-life, how long a course or a wait is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.dose_roles import Stated, groups_in, stated
from healthlint.analysis.doses import MASS, WORD_NUMBERS, number, span_of
from healthlint.analysis.topic import mentions, topic_of
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Kind, Span

_NUMBER = rf"\d{{1,4}}(?:\.\d)?|{'|'.join(WORD_NUMBERS)}"
_TIME = (
    rf"\b(?P<low>{_NUMBER})(?:(?:\s?(?:-|–|to|and|or)\s?)(?P<high>{_NUMBER}))?"
    r"\s?-?(?P<unit>minute|hour|day|week|month)s?\b"
)
_HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0}


class _Time(NamedTuple):
    """A length of time that an article tells of a drug."""

    about: str
    pattern: re.Pattern[str]
    tolerance: float  # two that are further apart differ


_TIMES = (
    _Time("the half-life", re.compile(rf"\bhalf-?\s?li(?:fe|ves)\b[^.;\d]{{0,60}}?{_TIME}", re.IGNORECASE), 1.3),
    _Time(
        "the time until it works",
        re.compile(
            r"\b(?:(?:starts?|begins?) (?:to work|working|to act|acting)|takes effect|kicks in|onset of action|sets in)"
            rf"\b[^.;\d]{{0,30}}?\b(?:within|after|in|is|takes|about)\b[^.;\d]{{0,12}}?{_TIME}",
            re.IGNORECASE,
        ),
        4.0,
    ),
    _Time(
        "the length of a course",
        re.compile(
            rf"\bcourse\b[^.;\d]{{0,24}}?\b(?:lasts?|is|runs?|takes?|of)\b[^.;\d]{{0,16}}?{_TIME}", re.IGNORECASE
        ),
        1.3,
    ),
    _Time(
        "the time for which a dose works",
        re.compile(
            r"\b(?:effects?|relief|(?:one|each|a) (?:dose|tablet|pill|capsule|puff))\b[^.;\d]{0,24}?"
            rf"\b(?:lasts?|works? for)\b[^.;\d]{{0,16}}?{_TIME}",
            re.IGNORECASE,
        ),
        2.5,
    ),
)
_INR = re.compile(
    r"\b(?:(?:target|goal|usual|therapeutic) INR|INR (?:target|goal|range|should|must|is kept|is to))\b[^.;\d]{0,40}?"
    r"(?P<low>\d(?:\.\d)?)(?:\s?(?:-|–|to|and)\s?(?P<high>\d(?:\.\d)?))",
    re.IGNORECASE,
)
_APPROVED_IN = re.compile(
    r"\b(?:approved|licensed|cleared)\b[^.;\d]{0,40}?\bin (?:\w+ (?:of )?)?(?P<low>(?:19|20)\d\d)\b", re.IGNORECASE
)
_OTHER_APPROVAL = re.compile(
    r"\b(?:generics?|first|for|to treat|children|europe\w*|canada|japan|uk|injection|tablets?|liquid|again|use|since"
    r"|brand|version|form)\b",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"\b(?:except|unless|depend\w*|some|metabolites?|used to|was|were|raised|lowered|instead|older|children"
    r"|study|studies|trials?|active|terminal|longer|shorter"
    r"|(?:slow|fast|poor)(?:[- ]release|[- ]acting| metaboli\w*)|if|who|when|alcohol|doctor|prescriber|may|can"
    r"|up to)\b",
    re.IGNORECASE,
)
_DOSES = {"most": "the highest dose a day", "usual": "the usual dose a day", "start": "the dose to start with"}
_NAMED_SO = re.compile(
    r"\b(?:usual|typical|standard|normal|recommended|average|starting|initial|adult) (?:\w+ ){0,3}?dos(?:e|age)\b"
    r"|\b(?:usually|normally|typically) (?:take|taken|given|prescribed)\b|\b(?:treatment|people|adults|patients|you) "
    r"(?:usually |normally |generally )?(?:start|begin)s?\b",
    re.IGNORECASE,
)
_ONE_OF_MANY = re.compile(
    r"\b(?:or|then|later|after|week|weeks|between|range|ranges|strengths?|increas\w*|divided|second|next|another|from"
    r"|over|loading|maintenance|brand|form|generic)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:dos(?:e|es|age|ing)|how|tak(?:e|es|ing)|start\w*|begin\w*|summary|key|quick|glance|facts?|questions?|faqs?"
    r"|overview|about|what|using|use|basics|short|brief|nutshell|tips|instructions?)\b|\?",
    re.IGNORECASE,
)
_COUNT_BEFORE = re.compile(r"\w+(?: x| of (?:the|its|your))?\s$")
_DAILY = re.compile(
    r"\bdaily (?:maximum|limit|ceiling|cap)|\b(?:maximum|highest|largest|top) daily"
    r"|\b(?:in|within|over) (?:any )?24 hours",
    re.IGNORECASE,
)
_TOLERANCE = 1.3  # two figures further apart than this differ


class _Figure(NamedTuple):
    about: str
    drug: str
    groups: frozenset[str]
    low: float
    high: float
    span: Span
    tolerance: float = _TOLERANCE


class FigureContradiction(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for two doses, times or ranges of one drug, for the same people, form and purpose."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a later figure that differs from the first one; `about`, `earlier` and `row` fill the message."""
        first: dict[tuple[str, str, frozenset[str]], _Figure] = {}
        figures = [*_day_doses(analysis), *_times(analysis), *_others(analysis)]
        for figure in sorted(figures, key=lambda figure: figure.span):
            earlier = first.setdefault((figure.about, figure.drug, figure.groups), figure)
            if _differ(earlier, figure):
                text, position = analysis.document.text, analysis.document.position(earlier.span.start)
                words = {"about": figure.about, "earlier": text[slice(*earlier.span)], "row": str(position.row)}
                yield Match(figure.span, words, (Related(earlier.span, "another figure here"),))


def _differ(one: _Figure, other: _Figure) -> bool:
    return one.low > other.high * one.tolerance or other.low > one.high * one.tolerance


def _day_doses(analysis: Analysis) -> Iterator[_Figure]:
    """The highest, the usual and the first dose of a day, as far as they are said plainly."""
    for here in stated(analysis):
        dose, about = here.dose, _DOSES.get(here.role)
        if (
            not about
            or not _is_of_a_day(here)
            or not here.drug
            or dose.per_weight
            or not _is_plain(analysis, here.sentence)
        ):
            continue
        groups = here.groups | _heading_groups(analysis, here.sentence)
        if here.role != "most":
            before = here.sentence.text[: max(0, dose.start - here.sentence.start)]
            if not _NAMED_SO.search(before) or _ONE_OF_MANY.search(here.sentence.text):
                continue
            groups |= _purpose_above(analysis, here.sentence)
        unit = "mass" if dose.unit in MASS else dose.unit
        scale = MASS.get(dose.unit, 1.0) * (dose.times or 1.0) * dose.pieces
        span = span_of(analysis, dose)
        if dose.pieces > 1 and (
            counted := _COUNT_BEFORE.search(analysis.document.text, max(0, span.start - 12), span.start)
        ):
            span = Span(counted.start(), span.end)  # 'six 500 mg'
        yield _Figure(about, f"{here.drug} {unit}", groups, dose.low * scale, dose.high * scale, span)


def _is_of_a_day(here: Stated) -> bool:
    """Whether a dose is told for a day, behind it or before it: 'the daily maximum is 20 mg'."""
    period = here.dose.period
    return period == "day" or (here.role == "most" and not period and bool(_DAILY.search(here.sentence.text)))


def _times(analysis: Analysis) -> Iterator[_Figure]:
    """The lengths of time that are said plainly of one drug."""
    for time in _TIMES:
        for sentence in analysis.sentences_with(time.pattern):
            found = time.pattern.search(sentence.text)
            drug = _drug_of(analysis, sentence) if found and _is_plain(analysis, sentence) else ""
            if found and drug:
                low, high = number(found["low"]), number(found["high"] or found["low"])
                scale = _HOURS[found["unit"].lower()]
                span = analysis.span_in(sentence, found.start("low"), found.end())
                groups = groups_in(sentence.text) | _heading_groups(analysis, sentence)
                if time.about != "the half-life":
                    groups |= _purpose_above(analysis, sentence)
                yield _Figure(time.about, drug, groups, low * scale, high * scale, span, time.tolerance)


def _others(analysis: Analysis) -> Iterator[_Figure]:
    """The range for the INR, and the year of approval."""
    for about, pattern in (("the range for the INR", _INR), ("the year of its approval", _APPROVED_IN)):
        for sentence in analysis.sentences_with(pattern):
            found = pattern.search(sentence.text)
            drug = _drug_of(analysis, sentence) if found else ""
            besides = _OTHER_APPROVAL if pattern is _APPROVED_IN else _LIMITED
            if not found or not drug or besides.search(sentence.text) or not _is_running(analysis, sentence):
                continue
            low, high = float(found["low"]), float(found.groupdict().get("high") or found["low"])
            span = analysis.span_in(sentence, found.start("low"), found.end())
            tolerance = _TOLERANCE if pattern is _INR else 1.0
            groups = groups_in(sentence.text) | _heading_groups(analysis, sentence)
            yield _Figure(about, drug, groups, low, high, span, tolerance)


def _drug_of(analysis: Analysis, sentence: Sentence) -> str:
    """The one drug that a sentence names, or the article's only one if it names none."""
    subjects = [subject.name for subject in topic_of(analysis).subjects]
    named = [mention.known.drug for mention in mentions(sentence.text) if mention.known.drug]
    return named[0] if len(set(named)) == 1 else subjects[0] if len(subjects) == 1 and not named else ""


def _is_plain(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence states a figure for everybody, in the running text."""
    return _is_running(analysis, sentence) and not _LIMITED.search(sentence.text)


def _is_running(analysis: Analysis, sentence: Sentence) -> bool:
    return analysis.block_of(sentence).kind in (Kind.PARAGRAPH, Kind.ITEM) and not sentence.text.endswith("?")


def _purpose_above(analysis: Analysis, sentence: Sentence) -> frozenset[str]:
    """A heading that is not about doses at large stands for what a dose is for: 'Epilepsy'."""
    heading = analysis.heading_of(sentence.block)
    is_general = heading is None or heading is analysis.document.title or _GENERAL.search(heading.text)
    return frozenset() if is_general or heading is None else frozenset({heading.text.lower()})


def _heading_groups(analysis: Analysis, sentence: Sentence) -> frozenset[str]:
    heading = analysis.heading_of(sentence.block)
    return groups_in(heading.text) if heading else frozenset()
