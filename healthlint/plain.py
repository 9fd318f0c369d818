"""Text from articles, rules and file names, made fit for a line on a terminal."""

from __future__ import annotations

import re

LONGEST_QUOTE = 80

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")


def printable(text: str) -> str:
    """The text with a space for characters that steer a terminal, turn the direction of writing, or are none."""
    return _STEERING.sub(" ", text)


def squeezed(text: str) -> str:
    """The text with one space for each run of white space."""
    return " ".join(text.split())


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """The text, cut at `longest` characters with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def count(number: int, thing: str) -> str:
    """'1 article', '2 articles'."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
