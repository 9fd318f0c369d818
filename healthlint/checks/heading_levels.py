"""Headings whose levels do not build an outline: a level is skipped, or the page has several titles."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Block, Document, Kind

_MARKED = re.compile(r"\s{0,3}(?:#{1,6}\s|<h[1-6]\b)|[^\n]*\r?\n\s{0,3}(?:=+|-+)\s*$", re.IGNORECASE)


class HeadingLevels(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks at the levels of headings that Markdown, HTML or Word states."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each heading that is two levels below the one before, and one for a second title."""
        document = analysis.document
        if document.format == "text":
            return
        headings = [block for block in document.blocks if block.kind is Kind.HEADING and _is_marked(document, block)]
        for before, block in itertools.pairwise(headings):
            if block.level > before.level + 1:
                yield Match(
                    block.prose.span(),
                    {"what": f"level {block.level} follows level {before.level}"},
                    (Related(before.prose.span(), f"level {before.level}"),),
                )
        titles = [block for block in headings if block.level == 1]
        if len(titles) > 1 and document.format != "docx":  # there sections have it, and a title its own style
            first = Related(titles[0].prose.span(), "the first title")
            yield Match(titles[1].prose.span(), {"what": f"{len(titles)} headings are of level 1"}, (first,))


def _is_marked(document: Document, block: Block) -> bool:
    return document.format in ("docx", "rst") or bool(
        _MARKED.match(document.text, block.span.start, block.span.end + 200)
    )
