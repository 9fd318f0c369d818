"""Words that send a reader to a thing at a place: 'the chart below', 'the recipe on page 9', 'the table under Q3'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.analysis.wording import one_of


class Pointer(NamedTuple):
    """What a text points to: `text[start:end]` are its words. A page is pointed to by its number alone."""

    thing: str  # 'table', 'box', 'recipe', 'appendix', 'page' ...
    label: str  # 'B' of 'Appendix B', '9' of 'page 9', 'Siblings' of 'the box "Siblings" below', else ''
    start: int
    end: int


_PICTURES = "chart | diagram | graph | infographic | flow ?chart | picture | photo(?:graph)? | illustration | drawing"
_THINGS = one_of(f"table | box | panel | sidebar | recipe | checklist | worksheet | questionnaire | quiz | {_PICTURES}")
_HERE = r"(?:this|the|our|my) (?:page|article|post|guide|letter|leaflet|booklet|section|newsletter|column|sheet|piece)"
_AT_PLACE = one_of(
    rf"""below | above | overleaf | opposite | underneath | at the (?:end | bottom | top | foot | back)(?:
    of {_HERE})? | (?:right | directly | just) (?:below | above) | further (?:down | up | on) | later (?:on
    )?in {_HERE} | on the (?:right | left | next page | opposite page | facing page) | (?:on | at) page \d{{1,3}}
    | (?:in | under | at) (?:[Ss]tep | [Ss]ection | [Pp]art | [Aa]ppendix | [Qq](?:uestion)?) ?\w{{1,3}}"""
)
# 'the box below 25 °C', 'the table opposite the door', 'the panel on the left side' are things in a room.
_GOES_ON = r"[\w-]|\s?\d|\s(?:the|your|a|an|my|his|her|its|of|side|hand|shelf|arm|leg|that|freezing|room)\b"
THING = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Oo]ur|[Mm]y|[Ss]ee|[Aa])\s(?:following\s)?(?:(?!the\b|a\b)[\w-]+\s){0,3}?"
    rf"(?P<thing>{_THINGS})s?(?:\s[\"“](?P<label>[^\"“”]{{2,40}})[\"”])?(?:\s(?:of|with|for)\s(?:[\w-]+\s){{0,3}}?[\w-]+)?,?\s(?:{_AT_PLACE})(?!{_GOES_ON})"
)
APPENDIX = re.compile(
    r"(?:\b(?:in|see|to|under|and|from|of|at|with|by|is|are|find|check|use|read)\s(?:the\s)?|(?P<opens>^|(?<=[.!?]\s)))"
    r"(?P<thing>[Aa]ppendix|[Aa]nnex)\s(?P<label>\d{1,2}|[A-H]|I{1,3}|IV|V)\b(?(opens)(?=\s[a-z]))"
)
PAGE = re.compile(r"\b(?:see|on|to|at|from)\s(?P<thing>page)\s(?P<label>\d{1,3})\b(?!\s?(?:of|in|from)\b|[/-]\d)")
# What a newspaper has on another page of its own.
_OF_THE_PAPER = re.compile(r"\b(?:coupon|voucher|advert|advertisement|report|story|crossword)s?,?\s$")


def pointers(text: str) -> Iterator[Pointer]:
    """All things at places that a text points to; a page that is part of such a place is not told again."""
    reached = 0
    for match in THING.finditer(text):
        reached = match.end()
        yield Pointer(match["thing"].lower().replace(" ", ""), match["label"] or "", match.start("thing"), reached)
    for pattern in (APPENDIX, PAGE):
        for match in pattern.finditer(text, reached):
            if _OF_THE_PAPER.search(text, 0, match.start()):
                continue
            yield Pointer(match["thing"].lower(), match["label"], match.start("thing"), match.end())
