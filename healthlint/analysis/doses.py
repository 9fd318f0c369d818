"""Doses in an article's text: number, unit, what they are reckoned on and how often, each with its place.

'two 200 mg tablets', '0.5 mL', '.5 ml', '50 to 100 mg twice a day', '10 U', '0.2 units per kg'. Levels ('126 mg/dL'),
pressures ('2.0 mm Hg') and body weights are no doses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from healthlint.analysis import PROSE, Analysis, Sentence
from healthlint.analysis.once import once
from healthlint.analysis.topic import mentions, topic_of
from healthlint.documents.document import Kind, Span

MASS = {"g": 1000.0, "mg": 1.0, "mcg": 0.001}  # in milligrams

_WORDS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), map(float, range(1, 13)), strict=True)
)
WORD_NUMBERS = {
    **_WORDS,
    "fourteen": 14.0,
    "fifteen": 15.0,
    "eighteen": 18.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "hundred": 100.0,
}

_UNITS = {
    "mg": r"mgs?|milligram(?:me)?s?",
    "mcg": r"mcgs?|[µμ]g|ug|microgram(?:me)?s?",
    "g": r"gm?s?|gram(?:me)?s?",
    "mL": r"mls?|cc|millilit(?:er|re)s?",
    "units": r"(?:international )?units?|iu|i\.u\.|u",
    "mEq": r"meq|milliequivalents?",
    "CFU": r"cfu",
    "pieces": r"tablets?|capsules?|caplets?|pills?|puffs?|drops?|sachets?|lozenges?|gummies|gummy|patch(?:es)?",
}
_UNIT = "|".join(f"(?P<u{index}>{spelling})" for index, spelling in enumerate(_UNITS.values()))
_NAMES = tuple(_UNITS)
_FIGURE = r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?|\.\d{1,4})"
_NUMBER = rf"{_FIGURE}|(?:{'|'.join(WORD_NUMBERS)})\b"
_DOSE = re.compile(
    rf"(?<![\w.,/$£€#])(?<!\d[-–])(?P<low>{_NUMBER})(?:(?:[ -]?(?P<first>mg|mcg|g|ml|units?))?\s?(?:-|–|—|to|or"
    rf"|and)\s?(?P<high>{_NUMBER}))?"
    rf"(?P<gap>[ \u00a0\u202f-]{{0,2}})(?:{_UNIT})(?![\w²³µ])",
    re.IGNORECASE,
)
# what stands behind the unit and makes it a level, a pressure or a strength of something else
_LEVEL = re.compile(
    r"\s?(?:hg\b|/ ?(?:d?l|100|m[2²]|kcal|min|ml/min|mmol)\b|per (?:d|deci|milli)?(?:l|lit(?:er|re))\b"
    r"|per minute\b|per square)",
    re.IGNORECASE,
)
_STRENGTH = re.compile(r"\s?(?:/|per )\s?\d{0,3}\s?(?:ml|millilit(?:er|re)|m[lL]|g\b|gram|drop)", re.IGNORECASE)
_WEIGHT = re.compile(
    r"\s?(?:of [\w-]+ )?(?:/|per|for every|for each)\s?(?:kg\b|kilogram|kilo\b|pound|lb)", re.IGNORECASE
)
_TIMES = re.compile(
    r"\b(?:(?P<word>once|twice|thrice)|(?P<number>\d{1,2}|two|three|four|five|six|one)(?: or (?:\d|two|three"
    r"|four|five|six))? times?)"
    r"(?: (?:a|per|each|every) ?|[ -])(?:day|daily|24 hours)|(?P<latin>\b[bt]\.?i\.?d\b)",
    re.IGNORECASE,
)
_TWICE_BY_CLOCK = re.compile(
    r"\b(?:morning and (?:[a-z]+ ){0,3}(?:evening|night)|with breakfast and (?:[a-z]+ ){0,3}(?:dinner|supper))\b",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\bevery (?P<low>\d{1,2}|two|three|four|five|six|eight|ten|twelve)(?:(?: to |-|–)\d{1,2})? hours?\b", re.IGNORECASE
)
_PERIOD = re.compile(
    r"\b(?:(?:a|per|each|every|in (?:a|one|any)|in any one) day|daily|in (?:any )?(?:24|twenty-four) hours"
    r"|a night|nightly|at bedtime|at night"
    r"|(?:each|every|in the) (?:morning|evening|night))\b|/ ?day\b",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"\b(?:(?:a|per|each|every) week|weekly|(?:a|per|each|every) month|monthly|every (?:two|three|four"
    r"|\d) (?:weeks|months))\b",
    re.IGNORECASE,
)
# '1,500 mg of sodium a day' is eaten, whatever tablet the sentence or the article is about.
_OF_FOOD = re.compile(
    r"\s(?:of )?(?:dietary |added |elemental )?(?:sodium|salt|potassium|calcium|magnesium|iron|iodine|caffeine"
    r"|cholesterol|sugar|phosph\w+|protein|fib(?:er|re)|alcohol)\b"
    r"(?!\s(?:chloride|gluconate|citrate|carbonate|sul(?:f|ph)ate|tablets?|capsules?|supplements?))",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"(?<![\w.,-])(?P<count>[1-9]|{'|'.join(_WORDS)})(?: x| of (?:the|its|your))?\s$", re.IGNORECASE)
_PIECES = re.compile(r"[ -](?:tablet|capsule|pill|caplet|puff|sachet|gumm|lozenge|softgel|patch)", re.IGNORECASE)
_COUNTED = 16  # characters before a dose in which its count stands
_NEAR = 60  # characters behind a dose in which it is said how often
_STOP = re.compile(r"[.;](?=\s|$)|\b(?:but|then|and (?:then|may|can|raise|increase)|up to|maximum|or \d)\b")


class Dose(NamedTuple):
    """A dose: `block.text[start:end]`, number and unit."""

    block: int  # index into `Document.blocks`
    start: int
    end: int
    low: float
    high: float  # as `low`, unless it is a range
    figure: str  # the first number as it is written: '5.0'
    spoken: str  # the unit as it is written
    unit: str  # 'mg', 'mcg', 'g', 'mL', 'units', 'mEq', 'CFU', 'pieces'
    gap: str  # what stands between number and unit
    per_weight: bool
    is_strength: bool  # so much in each mL
    times: float  # a day, if it says; else 0
    period: str  # 'day', 'week', 'hours:12', or ''
    pieces: float = 1.0  # how many of it are taken at a time: 'two 200 mg tablets'

    @property
    def unit_start(self) -> int:
        """Where the unit stands in the block's text."""
        return self.end - len(self.spoken)

    @property
    def milligrams(self) -> float:
        """The low end as a mass, in milligrams; 0 for what is no mass."""
        return self.low * MASS.get(self.unit, 0.0)


@once
def doses(analysis: Analysis) -> tuple[Dose, ...]:
    """All doses of an article, in order; those of a reference list are left out."""
    return tuple(
        dose._replace(block=index)
        for index, block in enumerate(analysis.document.blocks)
        if block.kind in PROSE and not analysis.is_reference(index)
        for dose in _doses_in(block.text)
    )


@lru_cache(maxsize=8192)  # blocks come again: in other articles, and as one types
def _doses_in(text: str) -> tuple[Dose, ...]:
    return tuple(doses_in(text))


def doses_in(text: str, block: int = -1) -> Iterator[Dose]:
    """The doses in a text, in order."""
    for match in _DOSE.finditer(text):
        unit = next(name for index, name in enumerate(_NAMES) if match[f"u{index}"])
        spoken = match[f"u{_NAMES.index(unit)}"]
        behind = text[match.end() : match.end() + _NEAR]
        if (
            _LEVEL.match(behind)
            or (spoken == "G")
            or (unit == "g" and not match["gap"].strip("-") and spoken.isupper())
        ):
            continue
        low, high = number(match["low"]), number(match["high"] or match["low"])
        low *= _in_terms_of(unit, match["first"])
        times, period = _how_often(behind)
        yield Dose(
            block, match.start(), match.end(), low, high, match["low"], spoken, unit, match["gap"],
            bool(_WEIGHT.match(behind)), bool(_STRENGTH.match(behind)), times, period, _pieces(text, match),
        )  # fmt: skip


def _in_terms_of(unit: str, first: str | None) -> float:
    """By what the low end of a range is multiplied that has a unit of its own: '850 mg and 1 g' is from 0.85 to 1 g."""
    first = first.lower() if first else unit
    return MASS[first] / MASS[unit] if first in MASS and unit in MASS else 1.0


def _pieces(text: str, dose: re.Match[str]) -> float:
    """How many pieces of a dose are taken at a time."""
    before = _COUNT.search(text, max(0, dose.start() - _COUNTED), dose.start())
    return number(before["count"]) if before and _PIECES.match(text, dose.end()) else 1.0


def number(written: str) -> float:
    """The value of a number in digits or as a word."""
    return WORD_NUMBERS.get(written.lower()) or float(written.replace(",", ""))


def _how_often(behind: str) -> tuple[float, str]:
    """How many times a day, and in what period, as the words behind a dose say."""
    stop = _STOP.search(behind)
    near = behind[: stop.start()] if stop else behind
    if _WEEK.search(near):
        return 0.0, "week"
    if match := _TIMES.search(near):
        return _times(match), "day"
    if match := _HOURS.search(near):
        return 24 / number(match["low"]), f"hours:{number(match['low']):g}"
    if _TWICE_BY_CLOCK.search(near):
        return 2.0, "day"
    return (1.0, "day") if _PERIOD.search(near) else (0.0, "")


def _times(match: re.Match[str]) -> float:
    if match["word"]:
        return {"once": 1.0, "twice": 2.0, "thrice": 3.0}[match["word"].lower()]
    if match["latin"]:
        return 2.0 if match["latin"].lower().startswith("b") else 3.0
    return number(match["number"])


_TAKEN = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|took|start(?:s|ed|ing)?|begin(?:s|ning)?|dos(?:e|es|age|ages|ing|ed)|give(?:s|n)?"
    r"|giving|inject(?:s|ed|ion|ions|ing)?"
    r"|prescri\w{2,6}|swallow\w{0,3}|tablets?|capsules?|pills?|caplets?|pens?|vials?|syringes?|puffs?"
    r"|inhal\w{1,6}|daily|(?:a|per|each|every) day"
    r"|once|twice|times a day|bedtime|every \w{1,6} hours|maximum|ceiling|titrat\w{1,4}|infus\w{1,4}|by mouth"
    r"|orally|medicines?|medications?"
    r"|syrup|tincture|drops|administer\w{0,4}|strengths?|add|adds|stock|draw up|drink|insulin|heparin|Q\.?D"
    r"|[BT]\.?I\.?D)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:level|levels|concentrations?|serum|plasma|readings?|blood (?:sugar|glucose|test|pressure)"
    r"|cholesterol|creatinine|urine|excret\w{1,3}"
    r"|contains?|containing|content|provid(?:e|es|ing)|servings?|portions?|cups?|ounces?|foods?|meals?|salmon"
    r"|fish|milk|cereal"
    r"|hemoglobin|haemoglobin|clearance|INR|pH|ratio|lesion|tumou?r|score)\b",
    re.IGNORECASE,
)

_SURELY_TAKEN = re.compile(
    r"\b(?:tak(?:e|ing)|give|swallow|start|begin|inject|doses?|dosage|tablets?|capsules?)\b", re.IGNORECASE
)
_SURELY_MEASURED = re.compile(r"\b(?:levels?|contains?|servings?|content|concentrations?)\b", re.IGNORECASE)


def sentence_at(analysis: Analysis, block: int, at: int) -> Sentence | None:
    """The sentence of a block that `block.text[at]` belongs to."""
    sentences = analysis.sentences_of(block)
    before = bisect_right(sentences, at, key=lambda sentence: sentence.start)
    return sentences[before - 1] if before and at < sentences[before - 1].end else None


def is_taken(analysis: Analysis, dose: Dose) -> bool:
    """Whether a dose is one that somebody takes: no laboratory level and no content of a food.

    Judged by its sentence, or by its table row or list item with the heading above.
    """
    if _is_of_food(analysis, dose):
        return False
    block = analysis.document.blocks[dose.block]
    heading = analysis.heading_of(dose.block)
    above = heading.text if heading else ""
    if block.kind in (Kind.CELL, Kind.CAPTION):
        around = f"{above} {_rows(analysis).get(block.group, block.text)}"
    else:
        sentence = sentence_at(analysis, dose.block, dose.start)
        around = sentence.text if sentence else block.text
        if block.kind is Kind.ITEM or len(around) < 60:
            around = f"{above} {around}"
    told = _tells_of_taking(around)
    return told if told is not None else dose.unit in ("mg", "mcg") and topic_of(analysis).kind == "drug"


def _is_of_food(analysis: Analysis, dose: Dose) -> bool:
    """Whether an amount is of what food has, and of no supplement of the table: 'of sodium', but not 'of magnesium'."""
    of_food = _OF_FOOD.match(analysis.document.blocks[dose.block].text, dose.end)
    return of_food is not None and not any(named.known.drug for named in mentions(of_food[0]))


@lru_cache(maxsize=64)  # once for the doses of a sentence
def _tells_of_taking(text: str) -> bool | None:
    """Whether a text tells of what is taken, rather than of what is measured; None if of neither."""
    if _MEASURED.search(text):
        return bool(_SURELY_TAKEN.search(text)) and not _SURELY_MEASURED.search(text)
    taken = _TAKEN.search(text) or any(mention.known.kind == "drug" for mention in mentions(text))
    return True if taken else None


@once
def _rows(analysis: Analysis) -> dict[int, str]:
    """The text of each table row, by the group of its cells."""
    rows: dict[int, list[str]] = {}
    for block in analysis.document.blocks:
        if block.kind is Kind.CELL:
            rows.setdefault(block.group, []).append(block.text)
    return {group: " ".join(cells) for group, cells in rows.items()}


def drug_of(analysis: Analysis, dose: Dose) -> tuple[str, str]:
    """The drug or supplement that is dosed and its kind, '' and '' if the text does not say which.

    It is the one behind 'of', else the last one before the dose in its sentence, else the article's only topic, unless
    the sentence before has turned to another.
    """
    text = analysis.document.blocks[dose.block].text
    sentence = sentence_at(analysis, dose.block, dose.start)
    start, end = (sentence.start, sentence.end) if sentence else (0, len(text))
    named = [(start + found.start, found.known) for found in mentions(text[start:end]) if found.known.drug]
    behind = [known for at, known in named if dose.end <= at <= dose.end + 8]
    before = [known for at, known in named if at < dose.start]
    after = [known for at, known in named if at > dose.end]
    subjects = topic_of(analysis).subjects
    if _is_of_food(analysis, dose):
        return "", ""
    if found := (behind[:1] or before[-1:] or (after[:1] if len(after) == 1 and len(subjects) != 1 else [])):
        return found[0].drug, found[0].kind
    if len(subjects) == 1 and not (sentence and _turns_to_another(analysis, sentence, subjects[0].name)):
        return subjects[0].name, subjects[0].group.kind
    return "", ""


def _turns_to_another(analysis: Analysis, sentence: Sentence, topic: str) -> bool:
    """Whether the sentence right before one, in its block, is about another drug: 'With zinc it is otherwise.'"""
    place = analysis.place_of(sentence)
    before = analysis.sentences_of(sentence.block)[place - 1].text if place else ""
    named = {found.known.drug for found in mentions(before)}
    return bool(named) and topic not in named


def span_of(analysis: Analysis, dose: Dose) -> Span:
    """Where a dose stands in the file."""
    return analysis.document.blocks[dose.block].prose.span(dose.start, dose.end)
