"""Figures of one drug that differ from place to place: its highest, usual and first dose of a day, its half-life."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.dose_roles import Stated, groups_in, stated
from healthlint.analysis.doses import MASS, number, span_of
from healthlint.analysis.topic import mentions, topic_of
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Kind, Span

_HALF_LIFE = re.compile(
    r"\bhalf-?\s?li(?:fe|ves)\b[^.;\d]{0,60}?\b(?P<low>\d{1,4}(?:\.\d)?)(?:(?:\s?(?:-|–|to"
    r"|and)\s?)(?P<high>\d{1,4}(?:\.\d)?))?\s?-?(?P<unit>minute|hour|day|week)s?\b",
    re.IGNORECASE,
)
_HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0}
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


class FigureContradiction(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for two doses or two half-lives of one drug, for the same people, form and purpose."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a later figure that differs from the first one; `about`, `earlier` and `row` fill the message."""
        first: dict[tuple[str, str, frozenset[str]], _Figure] = {}
        for figure in sorted([*_day_doses(analysis), *_half_lives(analysis)], key=lambda figure: figure.span):
            earlier = first.setdefault((figure.about, figure.drug, figure.groups), figure)
            if _differ(earlier, figure):
                text, position = analysis.document.text, analysis.document.position(earlier.span.start)
                words = {"about": figure.about, "earlier": text[slice(*earlier.span)], "row": str(position.row)}
                yield Match(figure.span, words, (Related(earlier.span, "another figure here"),))


def _differ(one: _Figure, other: _Figure) -> bool:
    return one.low > other.high * _TOLERANCE or other.low > one.high * _TOLERANCE


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
        yield _Figure(
            about, f"{here.drug} {unit}", groups, dose.low * scale, dose.high * scale, span_of(analysis, dose)
        )


def _is_of_a_day(here: Stated) -> bool:
    """Whether a dose is told for a day, behind it or before it: 'the daily maximum is 20 mg'."""
    period = here.dose.period
    return period == "day" or (here.role == "most" and not period and bool(_DAILY.search(here.sentence.text)))


def _half_lives(analysis: Analysis) -> Iterator[_Figure]:
    subjects = [subject.name for subject in topic_of(analysis).subjects]
    for sentence in analysis.sentences:
        found = _HALF_LIFE.search(sentence.text)
        if not found or not _is_plain(analysis, sentence):
            continue
        named = [mention.known.drug for mention in mentions(sentence.text) if mention.known.drug]
        drug = named[0] if len(set(named)) == 1 else subjects[0] if len(subjects) == 1 and not named else ""
        if drug:
            low, high = number(found["low"]), number(found["high"] or found["low"])
            scale = _HOURS[found["unit"].lower()]
            span = analysis.span_in(sentence, found.start("low"), found.end())
            yield _Figure("the half-life", drug, groups_in(sentence.text), low * scale, high * scale, span)


def _is_plain(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence states a figure for everybody, in the running text."""
    kind = analysis.block_of(sentence).kind
    return (
        kind in (Kind.PARAGRAPH, Kind.ITEM) and not _LIMITED.search(sentence.text) and not sentence.text.endswith("?")
    )


def _purpose_above(analysis: Analysis, sentence: Sentence) -> frozenset[str]:
    """A heading that is not about doses at large stands for what a dose is for: 'Epilepsy'."""
    heading = analysis.heading_of(sentence.block)
    is_general = heading is None or heading is analysis.document.title or _GENERAL.search(heading.text)
    return frozenset() if is_general or heading is None else frozenset({heading.text.lower()})


def _heading_groups(analysis: Analysis, sentence: Sentence) -> frozenset[str]:
    heading = analysis.heading_of(sentence.block)
    return groups_in(heading.text) if heading else frozenset()
