"""Where a pattern matched in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Found(NamedTuple):
    """Where a pattern matched: `text[start:end]`."""

    start: int
    end: int


def overlap(here: Found, others: Iterable[Found]) -> bool:
    """Whether `here` shares a character with any of the others."""
    return any(other.start < here.end and here.start < other.end for other in others)
