"""Amounts that are told in two measures: 'one teaspoon (5 mL)', '38 °C (100.4 °F)', '70 kg (154 pounds)'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from healthlint.analysis.doses import WORD_NUMBERS

_FIGURE = r"\d{1,4}(?:\.\d{1,2})?"
_COUNT = rf"(?P<count>{_FIGURE}|half an?|an?|{'|'.join(WORD_NUMBERS)})"
_LOOSELY = r"(?:about |around |roughly |or |approx(?:imately|\.)? |= ?|~ ?)?"
_HOLDS = {"teaspoon": (4.5, 6.0), "dessertspoon": (8.0, 12.5), "tablespoon": (13.0, 20.5)}  # milliliters
_SPOON = r"(?:level |heaped |rounded )?(?P<measure>(?:tea|dessert|table)spoon)(?:s|fuls?|sful)?"
_MILLILITERS = rf"(?P<other>{_FIGURE})\s?m(?:l|illilit(?:er|re)s?)\b"
_SPOONS = (
    re.compile(rf"(?<![\w.])\b{_COUNT} {_SPOON}(?: of [a-z]{{3,12}})? ?\({_LOOSELY}{_MILLILITERS}\)?", re.IGNORECASE),
    re.compile(rf"(?<![\w.–-]){_MILLILITERS} ?\({_LOOSELY}{_COUNT} {_SPOON}\)?", re.IGNORECASE),
)
_DEGREES = re.compile(
    rf"(?<![\w.–-])(?P<count>{_FIGURE})\s?(?:°|degrees? )\s?C(?:elsius)?\s?\({_LOOSELY}"
    rf"(?P<other>{_FIGURE})\s?(?:°|degrees? )\s?F(?:ahrenheit)?\)"
)
_WEIGHTS = re.compile(
    rf"(?<![\w.,/–-])(?P<count>{_FIGURE})\s?(?:kg|kilos?|kilograms?)\s?\({_LOOSELY}(?P<other>{_FIGURE})\s?(?:lbs?|pounds?)\)",
    re.IGNORECASE,
)


def wrong_conversions(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each amount that is told in two measures which are far from one another."""
    if "spoon" in text:
        for pattern in _SPOONS:
            yield from _spans(text, pattern, _is_wrong_spoon)
    if "F" in text and "C" in text:
        yield from _spans(text, _DEGREES, _is_wrong_degree)
    if "kg" in text or "kilo" in text:
        yield from _spans(text, _WEIGHTS, _is_wrong_weight)


def _spans(text: str, pattern: re.Pattern[str], is_wrong: Callable[[re.Match[str]], bool]) -> Iterator[tuple[int, int]]:
    return (found.span() for found in pattern.finditer(text) if is_wrong(found))


def _count(written: str) -> float:
    words = {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5, **WORD_NUMBERS}
    return words.get(written.lower()) or float(written)


def _is_wrong_spoon(found: re.Match[str]) -> bool:
    low, high = _HOLDS[found["measure"].lower()]
    count, milliliters = _count(found["count"]), float(found["other"])
    return not low * count <= milliliters <= high * count


def _is_wrong_degree(found: re.Match[str]) -> bool:
    """Of a temperature, or of a rise."""
    celsius, fahrenheit = float(found["count"]), float(found["other"])
    return all(abs(right - fahrenheit) > 1.5 for right in (celsius * 1.8 + 32, celsius * 1.8))


def _is_wrong_weight(found: re.Match[str]) -> bool:
    pounds = float(found["count"]) * 2.2046
    return abs(float(found["other"]) - pounds) > max(3.0, 0.12 * pounds)
