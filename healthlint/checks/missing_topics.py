"""Guides to one medicine that leave out what a patient must be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from healthlint.analysis import Analysis
from healthlint.analysis.topic import mentions, titles, topic_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Document, Kind, Span

_OF_A_GUIDE = (
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
# What shows that a topic is spoken of, under a heading or in the text.
_TOPICS = {
    "interactions": (
        r"\binteract\w*|\b(?:other|some|certain|these|following) (?:medicines?|drugs?|medications?|tablets)\b"
        r"|\b(?:do not|never|don['’]t) (?:combine|mix|take (?:it|this|\w+) with)\b|\btaken (?:together )?with\b"
        r"|\btogether with\b|\b(?:warfarin|blood thinners?|grapefruit|antacids|lithium|alcohol)\b"
    ),
    "who should not take it": (
        r"\bcontra-?indicat\w*|\b(?:should|must|may|can) not (?:be taken|take|use|be used|be given|have)\b"
        r"|\bnot (?:suitable|safe|right|recommended|meant|for everyone)\b|\bwho should(?:n['’]t| not| avoid"
        r"| be careful)|\bavoid (?:it|this|taking|using)\b|\bdo not (?:take|use) (?:it|this|\w+) if\b"
        r"|\btell (?:your|the) (?:doctor|pharmacist|prescriber|nurse|gp|team)\b.{0,60}\bif\b|\b(?:allergic"
        r"|allergy) to\b"
    ),
    "pregnancy and breastfeeding": (
        r"\bpregnan\w*|\bbreast-?\s?feed\w*|\bnursing (?:mothers?|a baby)|\bunborn|\bbirth defects?"
    ),
    "overdose": (
        r"\boverdos\w*|\btoo (?:much|many)\b|\bpoison(?:s|ing)? (?:control|cent|help|information)|\b(?:took|taken"
        r"|take) more than\b|\b1-800-222-1222\b"
    ),
    "a missed dose": (
        r"\b(?:miss|misses|missed|missing|forget|forgets|forgot|forgotten|skip|skipped) (?:\w+ ){0,3}(?:dose"
        r"|doses|tablets?|pills?|capsules?|injections?|it|one|patch)\b|\bcatch up\b|\bdouble (?:the |a "
        r"|up )?(?:next )?dose"
    ),
    "stopping it": (
        r"\b(?:stop|stops|stopped|stopping|quit|discontinu\w+|come off|coming off|withdraw\w*|taper\w*|wean\w*)\b"
    ),
    "storage": (
        r"\b(?:stor(?:e|ed|age|ing)|keep (?:it|them|this|the \w+|\w+ tablets)|room temperature|refrigerat\w*"
        r"|fridge|out of (?:the )?reach|throw away|dispos\w+|expir\w+)\b"
    ),
}
_COMPARED = re.compile(r"\b(?:vs\.?|versus|compared|trial|study|news|ask|my|column|letter)\b", re.IGNORECASE)
_PATTERNS = {topic: re.compile(pattern, re.IGNORECASE) for topic, pattern in _TOPICS.items()}


class MissingTopics(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for seven topics in the text of articles that guide through one medicine."""

    least_words: int = 120  # a shorter article is let pass
    least_missing: int = 2  # so many topics must be missing before it is told

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match at most, of the whole document, that lists what is missing."""
        document = analysis.document
        if len(document.text.split()) < self.least_words or not _is_guide(analysis):
            return
        told = [block.text for block in document.blocks if block.kind not in (Kind.CODE, Kind.TAG, Kind.FURNITURE)]
        missing = [topic for topic in _PATTERNS if not any(_is_told(topic, text) for text in told)]
        if len(missing) >= self.least_missing:
            yield Match(Span(0, 0), {"topics": ", ".join(missing)}, whole_document=True)


@lru_cache(maxsize=8192)  # blocks come again as one types
def _is_told(topic: str, text: str) -> bool:
    return bool(_PATTERNS[topic].search(text))


def _is_guide(analysis: Analysis) -> bool:
    """Whether an article is titled with one medicine and has sections on its use, its dose or its side effects."""
    topic = topic_of(analysis)
    if topic.kind != "drug" or len(topic.subjects) != 1 or topic.subjects[0].drug is None:
        return False
    document = analysis.document
    if any(_COMPARED.search(title) for title in titles(document)):
        return False
    if not any(mention.known.drug for title in titles(document) for mention in mentions(title)):
        return False
    return sum(any(pattern.search(text) for text in _headings(document)) for pattern in _OF_A_GUIDE) >= 2


def _headings(document: Document) -> Iterator[str]:
    return (block.text for block in document.blocks if block.kind is Kind.HEADING and block is not document.title)
