"""Abbreviations that an article uses again and again, and never spells out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from healthlint.analysis import PROSE, Analysis
from healthlint.analysis.topic import mentions
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind, Span

_ABBREVIATION = re.compile(r"(?<![\w./@#&'’-])[A-Z]{2,6}s?(?![\w/@&'’-]|\.\w)")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_SHOUTED = 0.4  # of a block's words in capitals: a heading or a warning, whose words are no abbreviations


class Abbreviations(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for words in capitals that are in no list of known ones, and stand beside no words that explain them."""

    known: tuple[str, ...]  # that readers know
    least: int = 3  # uses that make a reader look for its meaning

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.known)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match an abbreviation, at its first use."""
        uses: dict[str, list[Span]] = {}
        for index, block in enumerate(analysis.document.blocks):
            if block.kind not in PROSE or block.kind in (Kind.HEADING, Kind.CELL) or analysis.is_reference(index):
                continue
            for start, end in _abbreviations(block.text):
                name = block.text[start:end].rstrip("s")
                if name not in self._known and not mentions(name):
                    uses.setdefault(name, []).append(block.prose.span(start, end))
        text = analysis.document.text
        for name, spans in uses.items():
            if len(spans) >= self.least and not _is_explained(text, name):
                yield Match(spans[0], {"times": str(len(spans))})


@lru_cache(maxsize=2048)  # blocks come again as one types
def _abbreviations(text: str) -> tuple[tuple[int, int], ...]:
    """Where words in capitals stand in a block that has not all of its words so."""
    if len(_CAPITALS.findall(text)) > _SHOUTED * len(text.split()):
        return ()
    return tuple(found.span() for found in _ABBREVIATION.finditer(text))


def _is_explained(text: str, name: str) -> bool:
    """Whether an abbreviation stands in brackets behind its words, before them, or beside words that say what it is."""
    behind = rf"\(\s*(?:the\s|or\s|called\s|known as\s)?[\"“'*_]*{name}s?\b"
    before = rf"\b{name}s?\b[\"”'*_]*,?\s(?:\(|=|–|—|means?\b|is short for|stands? for|or\s|which )"
    if re.search(f"{behind}|{before}", text):
        return True
    letters = r"\w{2,}[\s-]+(?:(?:of|the|and|for|in|to|a|with)\s)?".join(re.escape(letter) for letter in name.lower())
    return bool(re.search(rf"\b{letters}", text, re.IGNORECASE)) or bool(re.search(rf"<abbr[^>]*>{name}", text))
