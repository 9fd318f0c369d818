"""Generic names of drugs that are written like brands, with a capital inside a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.topic import Mention, mentions
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind, Span
from healthlint.edits import Edit, reworded, together

_READ = (Kind.PARAGRAPH, Kind.ITEM)
_WORD_BEFORE = re.compile(r"[a-z]{2,},? ['\"“‘(]?$|[a-z]{2,}[,;] $")
_PART_OF_NAME = re.compile(r"\s(?:[A-Z]|\d)")


class GenericNames(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Counts how generic names are written inside sentences."""

    least: int = 3  # so many capitals, and more than there are small letters

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match at most, of the whole document, with the names and their number."""
        capital: Counter[str] = Counter()
        small = 0
        edits: list[Edit | None] = []
        for sentence in analysis.sentences:
            if analysis.block_of(sentence).kind not in _READ or analysis.is_reference(sentence.block):
                continue
            for mention in mentions(sentence.text):
                name = sentence.text[mention.start : mention.end]
                if not _is_generic(mention, name):
                    continue
                small += name.islower()
                if _is_capital_inside(sentence, mention, name):
                    capital[mention.known.drug] += 1
                    edits.append(_in_lower_case(analysis, sentence, mention))
        total = sum(capital.values())
        if total >= self.least and total > small:
            names = ", ".join(name for name, times in capital.most_common(3) if times)
            fix = together(f"write them in lower case: {names}", (edit for edit in edits if edit))
            yield Match(Span(0, 0), {"count": str(total), "names": names}, whole_document=True, fix=fix)


def _in_lower_case(analysis: Analysis, sentence: Sentence, mention: Mention) -> Edit | None:
    start = sentence.start + mention.start
    block = analysis.block_of(sentence)
    return reworded(analysis.document, block, start, start + 1, block.text[start].lower())


def _is_generic(mention: Mention, name: str) -> bool:
    known = mention.known
    return known.kind == "drug" and name.lower() == known.drug and " " not in name


def _is_capital_inside(sentence: Sentence, mention: Mention, name: str) -> bool:
    """Whether a name has a capital that neither its place nor a longer name accounts for."""
    if not name.istitle() or not _WORD_BEFORE.search(sentence.text, 0, mention.start):
        return False
    return not _PART_OF_NAME.match(sentence.text, mention.end)
