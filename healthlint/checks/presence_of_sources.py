"""Articles about health that cite nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.identifiers import has_identifier, is_full_reference
from healthlint.analysis.references import References
from healthlint.analysis.source_quality import is_weak_target
from healthlint.checks import Check, Match
from healthlint.documents.document import Document, Kind, Link, LinkKind, Span

_OUTSIDE = (Kind.FURNITURE, Kind.TAG, Kind.CODE)
_OF_HEALTH = frozenset(
    """mg mcg ml % percent dose doses symptom symptoms treat treats treated treatment treatments disease diseases
    disorder disorders drug drugs medicine medicines medication medications tablet tablets capsule capsules
    vitamin vitamins supplement supplements risk risks effects study studies trial trials doctor doctors pain
    blood patient patients infection infections syndrome therapy health diet cancer diabetes pressure""".split()
)
_SOURCE_FIELD = re.compile(r"(?:^|\.)(?:sources?|references?|citations?|bibliography)(?:$|\.|_url)")


class PresenceOfSources(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for anything in an article that could be a source."""

    least_words: int = 250  # shorter texts may do without
    least_health_words: int = 8  # a text with fewer words about health needs no sources

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for the whole article if it cites nothing."""
        document = analysis.document
        blocks = [block for block in document.blocks if block.kind not in _OUTSIDE]
        if any(_could_be_source(link) for block in blocks for link in block.links):
            return
        if _has_reference_list(document) or _has_source_field(document):
            return
        if any(is_full_reference(block.text) for block in blocks):
            return
        if has_identifier(document.text) and any(has_identifier(block.text) for block in blocks if not block.links):
            return
        words = [word for block in blocks for word in block.text.lower().split()]
        of_health = sum(word.rstrip(".,;:") in _OF_HEALTH for word in words)
        if len(words) >= self.least_words and of_health >= self.least_health_words:
            yield Match(Span(0, 0), whole_document=True)


def _has_reference_list(document: Document) -> bool:
    return any(entry.cited for entry in References.of(document).entries)


def _has_source_field(document: Document) -> bool:
    """Whether the front matter names sources, to be shown by the site's template."""
    return any(_SOURCE_FIELD.search(field.name) for field in document.fields if field.value)


def _could_be_source(link: Link) -> bool:
    if link.kind not in (LinkKind.INLINE, LinkKind.BARE) or not re.match(r"(?:https?:)?//|www\.|doi:", link.target):
        return False
    return not is_weak_target(link.target) and "example." not in link.target
