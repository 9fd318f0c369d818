"""Notes to self where a source should stand."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.source_notes import WITHOUT_BRACKETS, markers
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind

_READ = (Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.CAPTION, Kind.HEADING, Kind.NOTE)


class CitationMarkers(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for the placeholders and notes that writers leave where a source is missing."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each such note, brackets included."""
        lower = analysis.document.text.lower()
        words = [word for word in WITHOUT_BRACKETS if word in lower]
        for block in analysis.document.blocks:
            if block.kind in _READ:
                for start, end in markers(block, words):
                    span = block.prose.span(start, end)
                    if not analysis.document.text.startswith("`", max(0, span.start - 1)):  # quoted as code
                        yield Match(span)
