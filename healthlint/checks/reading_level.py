"""Articles that are hard to read as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.readability import readability
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind, Span

_READ = (Kind.PARAGRAPH, Kind.ITEM)


class ReadingLevel(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks at the Flesch-Kincaid grade of an article's paragraphs and list items."""

    highest: float  # grade
    least_words: int = 100  # of fewer the grade says nothing

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match at most, of the whole document."""
        found = readability(
            sentence.text
            for sentence in analysis.sentences
            if analysis.block_of(sentence).kind in _READ and not analysis.is_reference(sentence.block)
        )
        if found and found.words >= self.least_words and found.grade > self.highest:
            inputs = {
                "words": f"{found.words:,}",
                "sentences": f"{found.sentences:,}",
                "syllables": f"{found.syllables:,}",
            }
            yield Match(Span(0, 0), {"grade": f"{found.grade:.1f}", **inputs}, whole_document=True)
