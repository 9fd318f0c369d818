"""Dangers of the drugs that an article is about, and whether it tells them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from healthlint.analysis import Analysis
from healthlint.analysis.drugs import Entry, MustTell
from healthlint.analysis.telling import is_told, matters
from healthlint.analysis.topic import headed, profile_of, topic_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Span

_FEW = 3  # drugs that head sections


class UntoldDangers(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One match for the drugs of the title or topic of whose boxed warning, or high alert, too little is told.

    In an article on a condition, drugs that head sections are topics, too, as far as boxed warnings go.
    """

    of: Literal["boxed warning", "high alert"]  # which dangers of the drug table must be told

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """Matches of the whole document; `drug` and `topics` fill the message. News need not tell of errors."""
        if self.of == "high alert" and profile_of(analysis) == "news":
            return
        missing = [(entry, dangers) for entry in self._asked(analysis) if (dangers := self._untold(analysis, entry))]
        if missing:
            yield Match(
                Span(0, 0),
                words={
                    "drug": " and ".join(entry.name for entry, _ in missing),
                    "topics": "; ".join(dict.fromkeys(danger.topic for _, dangers in missing for danger in dangers)),
                },
                whole_document=True,
                doubtful=all(danger.certainty == "doubtful" for _, dangers in missing for danger in dangers),
            )

    def _asked(self, analysis: Analysis) -> Iterator[Entry]:
        """The drugs whose dangers must be told."""
        topic = topic_of(analysis)
        yield from topic.subjects
        if self.of == "boxed warning" and topic.kind == "condition":
            prescribed = [each for each in headed(analysis) if each.group.kind == "drug" and not _is_otc(each)]
            yield from prescribed if len(prescribed) <= _FEW else ()  # more of them are a survey

    def _untold(self, analysis: Analysis, entry: Entry) -> list[MustTell]:
        """The chief topics of a drug's danger that are never told; none if more than half of them are."""
        alert = entry.high_alert
        if self.of == "boxed warning":
            dangers = entry.warnings
        else:
            dangers = (MustTell(topic=alert.topic, told_by=alert.told_by),) if alert and alert.told_by else ()
        found = [danger for danger in dangers if not danger.minor and matters(analysis, danger)]
        untold = [danger for danger in found if not is_told(analysis, danger)]
        return untold if 2 * len(untold) >= len(found) else []


def _is_otc(entry: Entry) -> bool:
    return entry.drug is not None and entry.drug.otc
