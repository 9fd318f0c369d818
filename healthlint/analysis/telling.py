"""Whether an article tells what the drug table asks of it."""

from __future__ import annotations

from healthlint.analysis import Analysis
from healthlint.analysis.drugs import MustTell
from healthlint.analysis.passages import any_of, passages


def matters(analysis: Analysis, fact: MustTell) -> bool:
    """Whether the article speaks of the way of giving the drug that a fact belongs to."""
    if not fact.route:
        return True
    route = any_of(tuple(fact.route.split()))
    return any(route.search(passage.text) for passage in passages(analysis))


def is_told(analysis: Analysis, fact: MustTell) -> bool:
    """Whether one passage, its heading included, has a word of each group; what a reference is called tells nothing."""
    groups = [any_of(words) for words in fact.told_by]
    read = (passage.text for passage in passages(analysis) if not analysis.is_reference(passage.first))
    return any(all(group.search(text) for group in groups) for text in read)
