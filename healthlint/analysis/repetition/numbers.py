"""Numbers and spans of time as they may be told again: 'three months' is 'twelve weeks', '41.7' is 'about 42'."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

_DOSE_UNITS = frozenset("mg mcg g kg ml mmol iu unit units microgram micrograms milligram milligrams".split())
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "year": 365.0}
_USUAL_DAYS = tuple(
    [minutes / 1440 for minutes in (1, 2, 5, 10, 15, 20, 30, 45)]
    + [hours / 24 for hours in (1, 1.5, 2, 3, 4, 6, 8, 12, 18)]
    + [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 21.0, 30.0, 42.0, 60.0, 90.0, 120.0, 150.0, 180.0, 270.0]
    + [years * 365 for years in (1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50)]
)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10,
    "twelfth": 12,
}  # fmt: skip
ARTICLES = frozenset({"a", "an"})
_PARTS = {"half": 0.5, "quarter": 0.25}
_PART_OF_TIME = re.compile(rf"(?:a )?(half|quarter) (?:of )?an? ({'|'.join(_DAYS)})\b")
_TO = frozenset({"to", "or", "and"})
_LASTING = frozenset("within in for after over about than nearly almost of lasts last takes take under inside".split())
_FOUND_ANYWHERE = 3  # a count up to this says little


def may_begin(word: str) -> bool:
    """Whether a number or a span of time may begin with a word; 'a' needs one of COUNTED behind it."""
    return word[0].isdecimal() or word in COUNTED


def read(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """How many of the words from `at` on make a number or a span of time, and what it is called.

    The name is '' for a number that says little; None if there is no number at `at`.
    """
    word = words[at]
    found = _span_of_time(words, at) or _point_of_time(words, at)
    if found:
        return found
    value = _value(word)
    if value is None:
        return None
    is_dose = at + 1 < len(words) and words[at + 1] in _DOSE_UNITS
    if not is_dose and not word.endswith("%") and value <= _FOUND_ANYWHERE:
        return 1, ""
    return 1, f"#{value:g}" if is_dose else f"#{int(value + 0.5)}"


def _value(word: str) -> float | None:
    if word[0].isdecimal():
        digits = word.rstrip("%").replace(",", "")
        return float(digits) if digits.count(".") < 2 and len(digits) < 16 else None
    return _WORDS.get(word)


def _span_of_time(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """'Six weeks', '12 to 20 weeks' (by its longer end), 'half an hour', 'for an hour'; not 'twice a week'."""
    word = words[at]
    if word == "fortnight":
        return 1, _lasting(1, word)
    may_be_part = word in _PARTS or word in ARTICLES
    if may_be_part and (part := _PART_OF_TIME.match(" ".join(words[at : at + 5]))):
        return part[0].count(" ") + 1, _lasting(_PARTS[part[1]], part[2])
    value = 1.0 if word in ARTICLES and at and words[at - 1] in _LASTING else _value(word)
    if value is None:
        return None
    length = 1
    if at + 2 < len(words) and words[at + 1] in _TO and _value(words[at + 2]) is not None:
        value, length = _value(words[at + 2]) or value, 3
    unit = _unit(words, at + length)
    return (length + 1, _lasting(value, unit)) if unit and value > 0 else None


def _point_of_time(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """'Week three', 'the third week', 'day 3': called as the span of time up to then."""
    if words[at] in _ORDINALS:
        unit, number = _unit(words, at + 1), float(_ORDINALS[words[at]])
    else:
        unit, number = _unit(words, at), _value(words[at + 1]) or 0 if at + 1 < len(words) else 0
    return (2, _lasting(number, unit)) if unit and number else None


def _unit(words: Sequence[str], at: int) -> str:
    """The unit of time at `at`, in the singular; '' if there is none."""
    unit = words[at].removesuffix("s") if at < len(words) else ""
    return unit if unit in _DAYS else ""


def _lasting(value: float, unit: str) -> str:
    """The name of a span of time: that of the usual one next to it."""
    days = value * _DAYS[unit.removesuffix("s")]
    usual = min(_USUAL_DAYS, key=lambda each: abs(math.log(each / days)))
    return f"~{usual:.4g} days"


COUNTED = {*_WORDS, *_ORDINALS, *_PARTS, *_DAYS, *(f"{unit}s" for unit in _DAYS)}
