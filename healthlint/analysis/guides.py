"""Guides: articles that lead through one medicine, one supplement or one condition rather than tell of a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.topic import mentions, profile_of, titles, topic_of
from healthlint.documents.document import Document, Kind

_OF_A_MEDICINE = (
    re.compile(
        r"\b(?:us(?:e|es|ed for|age)|what (?:it|\w+) (?:is|does|treats)|what is|indications?|benefits?|why"
        r"|treats?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:dos(?:e|es|age|ing)|how (?:to|do i|should i|do you) (?:take|use)|taking|how much|using"
        r"|administration|directions)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:side[- ]effects?|adverse|risks?|reactions?|unwanted effects)\b", re.IGNORECASE),
)
_OF_A_CONDITION = (
    re.compile(r"\b(?:symptoms?|signs?|how (?:it|\w+) feels)\b", re.IGNORECASE),
    re.compile(r"\b(?:causes?|risk factors?|why (?:it|do|does)|who (?:gets|is at risk))\b", re.IGNORECASE),
    re.compile(r"\b(?:diagnos\w+|tests?|how (?:it|\w+) is (?:found|diagnosed))\b", re.IGNORECASE),
    re.compile(r"\b(?:treat\w*|medicines?|therap\w+|self[- ]care|relief|managing|management)\b", re.IGNORECASE),
)
_COMPARED = re.compile(r"\b(?:vs\.?|versus|compared|trial|study|news|ask|my|column|letter)\b", re.IGNORECASE)
_ENOUGH = {"drug": 2, "supplement": 2, "condition": 3}  # sorts of headings that make a guide


def is_guide(analysis: Analysis) -> bool:
    """Whether an article is a guide: it is said to be, or its title and its headings show it; news is none."""
    profile = profile_of(analysis)
    if profile == "news":
        return False
    if analysis.profile == profile:
        return profile == "condition" or _is_of_one(analysis)
    if any(_COMPARED.search(title) for title in titles(analysis.document)):
        return False
    if profile == "condition":
        return _sorts(analysis.document, _OF_A_CONDITION) >= _ENOUGH[profile]
    named = any(mention.known.drug for title in titles(analysis.document) for mention in mentions(title))
    return named and _is_of_one(analysis) and _sorts(analysis.document, _OF_A_MEDICINE) >= _ENOUGH[profile]


def _is_of_one(analysis: Analysis) -> bool:
    subjects = topic_of(analysis).subjects
    return len(subjects) == 1 and subjects[0].drug is not None


def _sorts(document: Document, sorts: tuple[re.Pattern[str], ...]) -> int:
    return sum(any(pattern.search(text) for text in _headings(document)) for pattern in sorts)


def _headings(document: Document) -> Iterator[str]:
    return (block.text for block in document.blocks if block.kind is Kind.HEADING and block is not document.title)
