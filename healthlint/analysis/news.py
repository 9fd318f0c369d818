"""News: what tells a report of yesterday from a guide that is to last."""

from __future__ import annotations

import re
from itertools import islice

from healthlint.documents.document import Document, Kind

_TYPE_FIELDS = re.compile(r"(?:^|[.:_-])(?:@?type|layout|section|categor(?:y|ies)|genre|kind|collection|tags?)$")
_NEWS = re.compile(
    r"\W*(?:news|news ?article|report ?age ?news ?article|breaking|press[- ]?releases?|headlines?)\W*", re.IGNORECASE
)
_RELEASE = re.compile(
    r"\W*(?:for immediate release|press release|news release|media release|embargoed)\b", re.IGNORECASE
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_AGENCIES = "AP|AFP|UPI|Reuters|HealthDay(?: News)?|PR ?Newswire|GLOBE ?NEWSWIRE|Business Wire|Xinhua|dpa|PA|ANI|PTI"
# a place in capitals with its state, the day or the agency: "LEEDS (Reuters) -"
_DATELINE = re.compile(
    rf"[A-Z][A-Z.' ]{{2,30}}"
    rf"(?:,? {_MONTH}\.? \d{{1,2}}\b.{{0,30}}?|, (?:[A-Z]\.){{2}}|, [A-Z][a-z]{{2,5}}\."
    rf"|(?:, [A-Z][\w. ]{{1,20}})? \((?:{_AGENCIES})\))"
    rf"\s?(?:--|[–—-])\s(?=[A-Z“\"])"
)
_FIRST = 8  # blocks in which a dateline stands


def is_news(document: Document) -> bool:
    """Whether an article calls itself news, or starts as a news agency's report does."""
    if any(_TYPE_FIELDS.search(field.name) and _NEWS.fullmatch(field.value) for field in document.fields):
        return True
    prose = (block for block in document.blocks if block.kind in (Kind.PARAGRAPH, Kind.HEADING, Kind.FURNITURE))
    return any(
        _RELEASE.match(block.text) or (block.kind is Kind.PARAGRAPH and _DATELINE.match(block.text))
        for block in islice(prose, _FIRST)
    )
