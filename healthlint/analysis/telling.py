"""Whether an article tells what the drug table asks of it."""

from __future__ import annotations

from functools import lru_cache

from healthlint.analysis import Analysis
from healthlint.analysis.drugs import MustTell
from healthlint.analysis.passages import any_of, passages


def matters(analysis: Analysis, fact: MustTell) -> bool:
    """Whether the article speaks of the way of giving the drug that a fact belongs to."""
    if not fact.route:
        return True
    route = any_of(fact.route)
    return any(route.search(passage.text) for passage in passages(analysis))


def is_told(analysis: Analysis, fact: MustTell) -> bool:
    """Whether one passage, its heading included, has a word of each group; what a reference is called tells nothing."""
    read = (passage.text for passage in passages(analysis) if not analysis.is_reference(passage.first))
    return any(all(_has_any(words, text) for words in fact.told_by) for text in read)


@lru_cache(maxsize=1024)  # passages come again as one types
def _has_any(words: tuple[str, ...], text: str) -> bool:
    return bool(any_of(words).search(text))
