"""Which drugs of the table a sentence is about: those that it names, what 'it' stands for, else the article's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.drugs import Drug, Entry, entry
from healthlint.analysis.once import once
from healthlint.analysis.passages import Passage
from healthlint.analysis.topic import Mention, mentions, topic_of
from healthlint.documents.document import Kind

_SAID_WITH = re.compile(r"\b(?:with|and|or|alongside|like|as|than|to|from|unlike)\s+$", re.IGNORECASE)
STANDS_FOR_DRUG = re.compile(
    r"\b(?:it|(?:that|this) one|(?:this|the|same) (?:medicine|drug|medication|tablets?|pills?|capsules?|pen"
    r"|injection|tube|cream|patch(?:es)?|hormone|agent|compound|preparation)|\d+\s?(?:mg|mcg|units?)"
    r"|(?:two|three|four|five|eight|ten|fifteen|twenty|thirty|forty|fifty) (?:milligrams?|micrograms?|units?)"
    r"|(?:results|success|luck) (?:in|with|for))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\W*(?:it|(?:this|the) (?:medicine|drug|medication|tablets?|hormone))\b", re.IGNORECASE)


def meant(analysis: Analysis, sentence: Sentence) -> tuple[Entry, ...]:
    """The drugs that a sentence is about, those that it names before its own topic; none if it is about another.

    A drug that stands behind 'with' or 'than' is not what the sentence is about, unless it names no other.
    """
    named = [(entry(found.known), sentence.text[: found.start]) for found in mentions(sentence.text, classes=True)]
    first = [one for one, before in named if not _SAID_WITH.search(before)]
    if first:
        return tuple(dict.fromkeys(first))
    if heading := analysis.heading_of(sentence.block):
        above = [entry(found.known) for found in mentions(heading.text, classes=True)]
        if above and heading is not analysis.document.title:
            return tuple(dict.fromkeys(above))
    subjects = topic_of(analysis).subjects
    return subjects if len(subjects) == 1 else tuple(one for one, _ in named)


def drugs_meant(analysis: Analysis, passage: Passage, sentence: Sentence) -> Iterator[tuple[Drug, bool]]:
    """The drugs that a sentence is about, and whether the article is, too."""
    topics = [found.drug for found in topic_of(analysis).subjects if found.drug and found.group.kind == "drug"]
    named = [entry(mention.known) for mention in mentions(sentence.text) if mention.known.kind == "drug"]
    yield from ((found.drug, found.drug in topics) for found in named if found.drug)
    if named:
        return
    before = _named_before(analysis, sentence)
    if before and STANDS_FOR_DRUG.search(sentence.text):
        yield before, before in topics
        return
    alone = (
        topics[0] if len(topics) == 1 else _named_above(analysis, passage) or _in_paragraph_before(analysis, sentence)
    )
    is_meant = passage.last > passage.first or STANDS_FOR_DRUG.search(sentence.text)
    if alone and is_meant and not _is_about_another(analysis, passage, sentence, alone):
        yield alone, alone in topics


def _named_above(analysis: Analysis, passage: Passage) -> Drug | None:
    """The only drug that the heading of a passage names."""
    heading = analysis.heading_of(passage.first)
    named = {entry(mention.known).drug for mention in mentions(heading.text)} if heading else set()
    return named.pop() if len(named) == 1 else None


def _named_before(analysis: Analysis, sentence: Sentence) -> Drug | None:
    """The drug that 'it' stands for: the only one that the sentence before this one in its block names.

    A sentence that is about 'it' itself only names others: the one before tells which drug is meant.
    """
    together = analysis.sentences_of(sentence.block)
    at = bisect_left(together, sentence.start, key=attrgetter("start"))
    while at > 1 and _GOES_ON.match(together[at - 1].text):
        at -= 1
    named = {entry(mention.known).drug for mention in mentions(together[at - 1].text)} if at else set()
    return named.pop() if len(named) == 1 else None


def _in_paragraph_before(analysis: Analysis, sentence: Sentence) -> Drug | None:
    """The only drug that the paragraph before a paragraph names."""
    blocks, at = analysis.document.blocks, sentence.block
    if not at or not blocks[at].kind is blocks[at - 1].kind is Kind.PARAGRAPH:
        return None
    named = {entry(mention.known).drug for mention in mentions(blocks[at - 1].text)}
    return named.pop() if len(named) == 1 else None


def _is_about_another(analysis: Analysis, passage: Passage, sentence: Sentence, drug: Drug) -> bool:
    """Whether the heading of a passage, or the beginning of a sentence before this one, names another drug."""
    before = [name for name, end in _opening_names(analysis, passage).items() if end <= sentence.span.start]
    return bool(before) and drug.name not in before


@once  # for the sentences of a passage
def _opening_names(analysis: Analysis, passage: Passage) -> dict[str, int]:
    """The drugs that the heading of a passage or the beginning of a sentence names, and where it first ends."""
    heading = analysis.heading_of(passage.first)
    ends = dict.fromkeys(map(_name, mentions(heading.text)), 0) if heading else {}
    for index in range(passage.first, passage.last + 1):
        for sentence in analysis.sentences_of(index):
            for mention in mentions(sentence.text):
                if mention.start == 0:
                    ends.setdefault(_name(mention), sentence.span.end)
    return ends


def names_drug(text: str, drug: Drug) -> bool:
    """Whether a text names the drug."""
    return any(_name(mention) == drug.name for mention in mentions(text))


def _name(mention: Mention) -> str:
    """The drug that is named; '' for a class of drugs."""
    drug = entry(mention.known).drug
    return drug.name if drug else ""
