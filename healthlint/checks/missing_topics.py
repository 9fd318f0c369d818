"""Guides and news that leave out what their readers must be told."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.essentials import missing
from healthlint.analysis.guides import is_guide
from healthlint.analysis.topic import profile_of, topic_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Span

_KINDS = {
    "drug": "guide to a medicine",
    "supplement": "guide to a supplement",
    "condition": "guide to a condition",
    "news": "news of a treatment",
}


class MissingTopics(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for the topics of each kind of article: of guides, and of news about a treatment."""

    least_words: int = 120  # a shorter article is let pass
    least_missing: int = 2  # so many topics must be missing before it is told

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match at most, of the whole document; `kind` and `topics` in a message list what is missing from what."""
        if analysis.document.word_count < self.least_words:
            return
        profile = profile_of(analysis)
        if is_guide(analysis) or (profile == "news" and topic_of(analysis).subjects):
            topics = list(missing(analysis))
            if len(topics) >= self.least_missing:
                yield Match(Span(0, 0), {"kind": _KINDS[profile], "topics": ", ".join(topics)}, whole_document=True)
