"""Numbers and measures as they may be told again: 'three months' is 'twelve weeks', 'one in ten' is '10 %'."""

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
_DAYS = {
    "seconds": 1 / 86_400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0,
    "month": 30.4, "year": 365.0,
}  # fmt: skip
_USUAL_DAYS = tuple(
    [seconds / 86_400 for seconds in (5, 10, 20, 30)]
    + [minutes / 1440 for minutes in (1, 2, 5, 10, 15, 20, 30, 45)]
    + [hours / 24 for hours in (1, 1.5, 2, 3, 4, 6, 8, 12, 18)]
    + [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 21.0, 30.0, 42.0, 60.0, 90.0, 120.0, 150.0, 180.0, 270.0]
    + [years * 365 for years in (1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50)]
)
_MEASURES = {
    "mm": ("cm", 0.1), "cm": ("cm", 1.0), "centimetre": ("cm", 1.0), "centimeter": ("cm", 1.0), "inch": ("cm", 2.54),
    "inche": ("cm", 2.54), "kg": ("kg", 1.0), "kilo": ("kg", 1.0), "kilogram": ("kg", 1.0), "pound": ("kg", 0.4536),
    "lb": ("kg", 0.4536), "stone": ("kg", 6.35),
}  # fmt: skip
_USUAL_AMOUNTS = [step * 10**power for power in range(-1, 3) for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)]
_WHOLES = frozenset({2, 3, 4, 5, 6, 8, 10, 20, 50, 100, 1000, 10_000})  # of which a part is told: 'one in five'
_PARTS_IN_WORDS = {25: "a quarter", 33: "a third", 50: "half"}  # as the thesaurus calls them
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


def is_figure(point: str) -> bool:
    """Whether a concept is a number, a share or a time."""
    return point.startswith(("#", "~"))


def may_begin(word: str) -> bool:
    """Whether a number or a span of time may begin with a word; 'a' needs one of COUNTED behind it."""
    return word[0].isdecimal() or word in COUNTED


def read(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """How many of the words from `at` on make a number or a span of time, and what it is called.

    The name is '' for a number that says little; None if there is no number at `at`.
    """
    word = words[at]
    found = _span_of_time(words, at) or _point_of_time(words, at) or _proportion(words, at) or _measure(words, at)
    if found:
        return found
    value = _value(word)
    if value is None:
        return None
    is_dose = at + 1 < len(words) and words[at + 1] in _DOSE_UNITS
    if not is_dose and value <= _FOUND_ANYWHERE:
        return 1, ""
    return 1, f"#{value:g}" if is_dose else f"#{int(value + 0.5)}"


def in_digits(word: str) -> str:
    """'10' for 'ten'; '' for what is no such word."""
    return str(_WORDS[word]) if word in _WORDS else ""


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
    found = (1, 1.0) if word in ARTICLES and at and words[at - 1] in _LASTING else _amount(words, at)
    if found is None:
        return None
    length, value = found
    unit = _unit(words, at + length)
    return (length + 1, _lasting(value, unit)) if unit and value > 0 else None


def _point_of_time(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """'Week three', 'the third week', 'day 3': called as the span of time up to then."""
    if words[at] in _ORDINALS:
        unit, number = _unit(words, at + 1), float(_ORDINALS[words[at]])
    else:
        unit, number = _unit(words, at), _value(words[at + 1]) or 0 if at + 1 < len(words) else 0
    return (2, _lasting(number, unit)) if unit and number else None


def _proportion(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """'10%', '10 percent', 'one in ten', '10 out of 100': called by the percentage."""
    value, after = _value(words[at]), words[at + 1 : at + 4]
    if value is None:
        return None
    if words[at].endswith("%"):
        return 1, _called(value)
    if after[:1] == ["percent"]:
        return 2, _called(value)
    if after[:2] == ["per", "cent"]:
        return 3, _called(value)
    length = 1 if after[:1] == ["in"] else 2 if after[:2] == ["out", "of"] else 0
    whole = _value(after[length]) if length and len(after) > length else None
    return (length + 2, _called(100 * value / whole)) if whole in _WHOLES and whole and value < whole else None


def _called(percentage: float) -> str:
    figure = f"{percentage:.0f}" if percentage >= 1 else f"{percentage:.2g}"
    return _PARTS_IN_WORDS.get(int(percentage), f"#{figure}%")


def _measure(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """'10 to 20 cm', 'eight inches', '2 kg': called as the usual length or weight next to it, in cm or kg."""
    found = _amount(words, at)
    if found is None or at + found[0] >= len(words):
        return None
    length, value = found
    unit, factor = _MEASURES.get(words[at + length].removesuffix("s"), ("", 0.0))
    if not unit or value <= 0:
        return None
    usual = min(_USUAL_AMOUNTS, key=lambda each: abs(math.log(each / (value * factor))))
    return length + 1, f"~{usual:g} {unit}"


def _amount(words: Sequence[str], at: int) -> tuple[int, float] | None:
    """How many words a number takes, and what it is; of 'four to eight', the longer end."""
    value = _value(words[at])
    if value is None:
        return None
    if at + 2 < len(words) and words[at + 1] in _TO:
        end = _value(words[at + 2])
        if end is not None:
            return 3, end or value
    return 1, value


def _unit(words: Sequence[str], at: int) -> str:
    """The unit of time at `at`, in the singular; '' if there is none."""
    if at >= len(words):
        return ""
    unit = words[at] if words[at] in _DAYS else words[at].removesuffix("s")  # 'second' is the one after the first
    return unit if unit in _DAYS else ""


def _lasting(value: float, unit: str) -> str:
    """The name of a span of time: that of the usual one next to it."""
    days = value * _DAYS[unit]
    usual = min(_USUAL_DAYS, key=lambda each: abs(math.log(each / days)))
    return f"~{usual:.4g} days"


COUNTED = {*_WORDS, *_ORDINALS, *_PARTS, *_DAYS, *(f"{unit}s" for unit in _DAYS)}
