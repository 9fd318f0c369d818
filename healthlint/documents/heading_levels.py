"""The ways in which headings are written in plain text, and the level of each in one article."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from enum import Enum
from typing import NamedTuple

from healthlint.documents.ordinals import HeadingNumber


class HeadingStyle(Enum):
    """The ways in which people write a heading in plain text."""

    TITLE = "the first line"
    DOUBLE = "underlined with ==="
    SINGLE = "underlined with ---"
    WAVED = "underlined with ~~~ or ***"
    DECORATED = "*** Words ***, == Words ==, ## Words"
    LOUD = "ALL CAPITALS"
    NUMBERED = "3. Words"
    DOTTED = "3.1 Words"
    BARE = "Words In Title Case, or a short line over a paragraph"
    QUESTION = "Q: Words? or a question on a line of its own"
    COLON = "Words:"


class Styled(NamedTuple):
    """A heading: how it is written, its words, its number if it has one, whether it stands right under another."""

    style: HeadingStyle
    text: str
    number: HeadingNumber | None = None
    stacked: bool = False

    @property
    def scheme(self) -> Hashable:
        """What headings of one level share: the style, and the wording of the number."""
        if self.number and self.style is not HeadingStyle.TITLE:
            return self.number.style, self.number.word, len(self.number.parts)
        return self.style


_UNDERLINED = (HeadingStyle.DOUBLE, HeadingStyle.SINGLE, HeadingStyle.WAVED)
_STRONG = (*_UNDERLINED, HeadingStyle.DECORATED, HeadingStyle.LOUD)
_PLAIN = (HeadingStyle.BARE, HeadingStyle.QUESTION)
_COUNTED = (HeadingStyle.NUMBERED, HeadingStyle.DOTTED)
_ENDS_ARTICLE = re.compile(  # and no section of it
    r"\W*(?:(?:the )?bottom line|in (?:short|summary|conclusion)|conclusions?|summary|to sum up|final\b|key\b|(?:about|"
    r"more|further|useful|related|contact|where|resources|references?|sources?|notes?|bibliography|acknowledg\w+|"
    r"disclaimers?|disclosures?|(?:medical|important)\b|author|reviewed|faqs?|frequently)\b)",
    re.IGNORECASE,
)


def heading_levels(headings: Sequence[Styled]) -> list[int]:
    """The level of each heading of one article.

    Each style has a level: underlines by the order in which they appear, bare lines below drawn ones and capitals if
    two or more of those are there. What stands between the headings of a scheme of numbers may be below them.
    """
    base = _style_levels([heading.style for heading in headings])
    levels = [base[heading.style] for heading in headings]
    schemes = [heading.scheme for heading in headings]
    order = list(dict.fromkeys(schemes))
    for inner in order:
        own = [at for at, scheme in enumerate(schemes) if scheme == inner]
        if headings[own[0]].style in (HeadingStyle.TITLE, *_UNDERLINED, HeadingStyle.DECORATED):
            continue
        level = _counted_level(headings[own[0]], headings, levels, own)
        for at in own:
            levels[at] = level
        for outer in order[: order.index(inner)] if isinstance(inner, tuple) else order:
            around = [at for at, scheme in enumerate(schemes) if scheme == outer]
            if isinstance(outer, tuple) and outer != inner:
                below = [at for at in own if at > around[0] and not _ENDS_ARTICLE.match(headings[at].text)]
                if _is_inside(below, around, headings):
                    for at in below:
                        levels[at] = max(levels[at], levels[around[0]] + 1)
    _lower_questions(headings, levels)
    return levels


def _lower_questions(headings: Sequence[Styled], levels: list[int]) -> None:
    """Put questions that stand right under a bare heading, 'Common Worries', below it."""
    under = False
    for at, heading in enumerate(headings[1:], start=1):
        if heading.style is not HeadingStyle.QUESTION:
            under = False
            continue
        before = headings[at - 1].style
        under = under or (heading.stacked and before is HeadingStyle.BARE and levels[at] == levels[at - 1])
        levels[at] += under


def _style_levels(styles: Sequence[HeadingStyle]) -> dict[HeadingStyle, int]:
    """The level of each style before numbers are looked at."""
    drawn = dict.fromkeys(style for style in styles if style in _UNDERLINED)
    strong = [style in _STRONG for style in styles]
    plain = [style in _PLAIN for style in styles]
    bare = 3 if sum(strong) > 1 and True not in plain[: strong.index(True)] else 2
    top = (HeadingStyle.TITLE, HeadingStyle.COLON, *_COUNTED)
    colons = [at for at, style in enumerate(styles) if style is HeadingStyle.COLON]
    others = [at for at, style in enumerate(styles) if style not in top]
    alone = not others or (len(colons) > 3 and len(others) < 3 and others[-1] < colons[0])
    return {
        HeadingStyle.TITLE: 1,
        **dict.fromkeys(_UNDERLINED, 2),
        **{style: level for level, style in enumerate(drawn, start=2)},
        HeadingStyle.DECORATED: 2,
        HeadingStyle.LOUD: 2,
        HeadingStyle.NUMBERED: 2,
        HeadingStyle.DOTTED: 3,
        HeadingStyle.BARE: bare,
        HeadingStyle.QUESTION: bare,
        HeadingStyle.COLON: 2 if alone else bare + (True in plain),
    }


def _counted_level(first: Styled, headings: Sequence[Styled], levels: Sequence[int], own: Sequence[int]) -> int:
    """The level of a scheme of numbers: '4.1' is below '4', if there is one, and else what '4' would be."""
    parts = first.number.parts if first.number else ()
    if first.style is not HeadingStyle.DOTTED or not parts:
        return levels[own[0]]
    shorter = {
        len(heading.number.parts) or 1: levels[at]
        for at, heading in enumerate(headings[: own[0]])
        if heading.number and (len(heading.number.parts) or 1) < len(parts) and _leads(heading.number, parts)
    }
    return shorter[max(shorter)] + len(parts) - max(shorter) if shorter else 2


def _leads(number: HeadingNumber, parts: Sequence[int]) -> bool:
    return (number.parts or (number.value,)) == tuple(parts[: len(number.parts) or 1])


def _is_inside(inner: Sequence[int], outer: Sequence[int], headings: Sequence[Styled]) -> bool:
    """Whether headings stand below those of a scheme of numbers.

    Some of them stand between two of those, and start at 1. If they have no numbers, some may have lost theirs; it
    takes many, and that no number is missing, or that one of them stands right under a number, without any text.
    """
    between = [at for at in inner if at < outer[-1]]
    number = headings[between[0]].number if between else None
    if number or not between or headings[between[0]].style is HeadingStyle.COLON:
        return bool(between) and (not number or number.value < 2 or bool(number.parts))
    if len(between) <= len(outer) / 3:
        return False
    values = [number.value for at in outer if (number := headings[at].number)]
    complete = len(values) > 2 and values == list(range(1, len(values) + 1))
    return complete or any(headings[at].stacked and at - 1 in outer for at in between)
