"""Boxed warnings of the drugs that an article is about, and whether it tells any topic of them."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.drugs import Entry, MustTell
from healthlint.analysis.passages import any_of, passages
from healthlint.analysis.topic import topic_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Span


class BoxedWarnings(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One match for each drug of the title or topic of whose boxed warning nothing is told."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """Matches of the whole document; `drug` and `topics` fill the message."""
        missing = [(entry, warnings) for entry in topic_of(analysis).subjects if (warnings := _untold(analysis, entry))]
        if not missing:
            return
        doubtful = all(warning.certainty == "doubtful" for _, warnings in missing for warning in warnings)
        yield Match(
            Span(0, 0),
            words={
                "drug": " and ".join(entry.name for entry, _ in missing),
                "topics": "; ".join(dict.fromkeys(warning.topic for _, warnings in missing for warning in warnings)),
            },
            whole_document=True,
            doubtful=doubtful,
        )


def _untold(analysis: Analysis, entry: Entry) -> list[MustTell]:
    """The topics of a drug's boxed warning; none if the article tells one of them."""
    warnings = [warning for warning in entry.warnings if _matters(analysis, warning)]
    return [] if any(_is_told(analysis, warning) for warning in warnings) else warnings


def _matters(analysis: Analysis, warning: MustTell) -> bool:
    """Whether the article speaks of the way of giving the drug that a warning belongs to."""
    if not warning.route:
        return True
    route = any_of(tuple(warning.route.split()))
    return any(route.search(passage.text) for passage in passages(analysis))


def _is_told(analysis: Analysis, warning: MustTell) -> bool:
    groups = [any_of(words) for words in warning.told_by]
    read = (passage.text for passage in passages(analysis) if not analysis.is_reference(passage.first))
    return any(all(group.search(text) for group in groups) for text in read)
