"""Which drugs of the table a sentence is about: those that it names, else the article's own."""

from __future__ import annotations

import re

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.drugs import Entry, entry
from healthlint.analysis.topic import mentions, topic_of

_SAID_WITH = re.compile(r"\b(?:with|and|or|alongside|like|as|than|to|from|unlike)\s+$", re.IGNORECASE)


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
