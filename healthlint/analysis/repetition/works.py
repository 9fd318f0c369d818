"""Works that a list of references names twice: by identifier, by authors and title, or in the same words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from healthlint.analysis.identifiers import has_identifier, is_complete_entry, opens_with_authors, years
from healthlint.analysis.references import Entry, References
from healthlint.documents.document import Document, Kind, Span

_IDENTIFIER = re.compile(r"\b(?P<doi>10\.\d{4,9}/[^\s\"<>]+[\w)])|\b(?:PMID:?\s{0,2}|pubmed[\w.]*/)(?P<pmid>\d{4,9})\b")
_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[.?!]\s+(?=[\"“‘(]?[A-Z0-9])")
_FEWEST_WORDS = 3  # of an entry; 'NHS' may stand under two headings
_SHORTEST_TITLE = 4  # words; 'Cancer statistics' comes out every year
_LONGEST_NAME = 80  # characters of a work in a message


class ItemAgain(NamedTuple):
    """A thing that a list names a second time."""

    earlier: Span
    later: Span
    name: str  # what it names again


def works_again(document: Document) -> Iterator[ItemAgain]:
    """Every later entry of a list that names a work which the list has; a footnote may come back to its source."""
    for _, entries in References.of(document).entries_by_list:
        first: dict[Hashable, Entry] = {}
        for entry in entries:
            if document.blocks[entry.block].kind is Kind.NOTE:
                continue
            names = list(_names(document, entry))
            earlier = next((first[name] for name in names if name in first), None)
            if earlier:
                yield ItemAgain(_span(document, earlier), _span(document, entry), entry.text[:_LONGEST_NAME])
            for name in names:
                first.setdefault(name, entry)


def _names(document: Document, entry: Entry) -> Iterator[Hashable]:
    """What tells the work from all others."""
    words = _WORD.findall(entry.text.lower())
    if len(words) < _FEWEST_WORDS:
        return
    links = document.blocks[entry.block].links
    targets = tuple(link.target for link in links if entry.start <= link.start < entry.end)
    for match in _IDENTIFIER.finditer(" ".join((entry.text, *targets))):
        # with the first word: of another author, one of the two is a slip
        yield "identifier", (match["doi"] or match["pmid"]).lower(), words[0]
    if targets or has_identifier(entry.text) or is_complete_entry(entry.text):
        yield "words", tuple(words), targets
    authors, *rest = _PARTS.split(entry.text, maxsplit=2)
    if len(rest) > 1 and opens_with_authors(authors):
        title = tuple(_WORD.findall(rest[0].lower()))
        if len(title) >= _SHORTEST_TITLE:
            yield "title", tuple(_WORD.findall(authors.lower())), title, years(entry.text)[:1]


def _span(document: Document, entry: Entry) -> Span:
    return document.blocks[entry.block].prose.span(entry.start, entry.end)
