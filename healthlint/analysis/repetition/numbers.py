"""Numbers and spans of time as they may be told again: 'three months' is 'twelve weeks', '41.7' is 'about 42'."""

from __future__ import annotations

import math
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
_TO = frozenset({"to", "or", "and"})
_LASTING = frozenset("within in for after over about than nearly almost of lasts last takes take under inside".split())
_FOUND_ANYWHERE = 3  # a count up to this says little


def may_begin(word: str) -> bool:
    """Whether a number or a span of time may begin with a word."""
    return word[0].isdecimal() or word in _WORDS or word in ("a", "an")


def read(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """How many of the words from `at` on make a number or a span of time, and what it is called.

    The name is '' for a number that says little; None if there is no number at `at`.
    """
    span = _span_of_time(words, at)
    if span:
        return span
    value = _value(words[at])
    if value is None:
        return None
    is_dose = at + 1 < len(words) and words[at + 1] in _DOSE_UNITS
    if not is_dose and not words[at].endswith("%") and value <= _FOUND_ANYWHERE:
        return 1, ""
    return 1, f"#{value:g}" if is_dose else f"#{int(value + 0.5)}"


def _value(word: str) -> float | None:
    if word[0].isdecimal():
        digits = word.rstrip("%").replace(",", "")
        return float(digits) if digits.count(".") < 2 and len(digits) < 16 else None
    return _WORDS.get(word)


def _span_of_time(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """'Six weeks', '12 to 20 weeks' (by its longer end), 'for an hour'; not 'twice a week'."""
    word = words[at]
    value = 1.0 if word in ("a", "an") and at and words[at - 1] in _LASTING else _value(word)
    if value is None:
        return None
    length = 1
    if at + 2 < len(words) and words[at + 1] in _TO and _value(words[at + 2]) is not None:
        value, length = _value(words[at + 2]) or value, 3
    unit = words[at + length].removesuffix("s") if at + length < len(words) else ""
    if unit not in _DAYS or value <= 0:
        return None
    days = value * _DAYS[unit]
    usual = min(_USUAL_DAYS, key=lambda each: abs(math.log(each / days)))
    return length + 1, f"~{usual:.4g} days"
