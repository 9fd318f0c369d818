"""Patterns that are written as lists of wordings, over as many lines as they need."""

from __future__ import annotations

import re


def one_of(wordings: str) -> str:
    """'visit | see | refer to' -> a group of alternatives for a pattern; space around bars does not count."""
    return f"(?:{re.sub(r' ?[|] ?', '|', ' '.join(wordings.split()))})"


def whole(wordings: str) -> str:
    """The same, for whole words alone."""
    return rf"\b{one_of(wordings)}\b"
