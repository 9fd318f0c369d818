"""Lists of HTML: the numbers that a browser shows before their items."""

from __future__ import annotations

import re

import msgspec

from healthlint.documents.document import Ordinal, Span
from healthlint.documents.html_tree import Element

_START = re.compile(r"\s*(-?\d{1,6})\s*")
_VALUE = re.compile(r"\s*(\d{1,6})\s*")
_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
_LETTERS, _LAST_ROMAN = 26, 39


class OpenList(msgspec.Struct):
    """A list whose items are being read."""

    group: int
    ordered: bool = False
    style: str = "1"  # the `type` of an `ol`
    number: int | None = 1  # of the next item; None where only the count of all items would tell
    step: int = 1

    def number_of(self, item: Element) -> Ordinal | None:
        """The number of the next item, standing at its start tag; None in a list without numbers."""
        value = _VALUE.fullmatch(item.attribute("value"))
        if value:
            self.number = int(value[1])
        number = self.number
        if number is None:
            return None
        self.number = number + self.step
        return _ordinal(number, self.style, Span(item.tag.start, item.tag.end)) if self.ordered else None


def open_list(element: Element, group: int) -> OpenList:
    """The list that a `ul` or `ol` opens."""
    start = _START.fullmatch(element.attribute("start"))
    is_reversed = "reversed" in element.attributes
    number = int(start[1]) if start else None if is_reversed else 1
    return OpenList(group, element.name == "ol", element.attribute("type") or "1", number, -1 if is_reversed else 1)


def _ordinal(number: int, style: str, span: Span) -> Ordinal:
    if style in ("a", "A") and 0 < number <= _LETTERS:
        return Ordinal(number, chr(ord(style) + number - 1) + ".", "letter", "", span)
    if style in ("i", "I") and 0 < number <= _LAST_ROMAN:
        roman = _roman(number)
        return Ordinal(number, (roman.upper() if style == "I" else roman) + ".", "roman", "", span)
    return Ordinal(number, f"{number}.", "arabic", "", span)


def _roman(number: int) -> str:
    text = ""
    for letters, value in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
