"""The ways in which headings are written in plain text, and the level of each in one article."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum


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


def heading_levels(styles: Sequence[HeadingStyle]) -> dict[HeadingStyle, int]:
    """The level of each style in one article: underlines by the order in which they appear.

    Bare lines stand below drawn ones and capitals if two or more of those are there, the first before all bare lines.
    """
    underlined = (HeadingStyle.DOUBLE, HeadingStyle.SINGLE, HeadingStyle.WAVED)
    drawn = dict.fromkeys(style for style in styles if style in underlined)
    strong = [style in (*underlined, HeadingStyle.DECORATED, HeadingStyle.LOUD) for style in styles]
    plain = [style in (HeadingStyle.BARE, HeadingStyle.QUESTION) for style in styles]
    bare = 3 if sum(strong) > 1 and True not in plain[: strong.index(True)] else 2
    alone = not any(style not in (HeadingStyle.TITLE, HeadingStyle.COLON) for style in styles)
    return {
        HeadingStyle.TITLE: 1,
        **dict.fromkeys(underlined, 2),
        **{style: level for level, style in enumerate(drawn, start=2)},
        HeadingStyle.DECORATED: 2,
        HeadingStyle.LOUD: 2,
        HeadingStyle.NUMBERED: 2,
        HeadingStyle.DOTTED: 3,
        HeadingStyle.BARE: bare,
        HeadingStyle.QUESTION: bare,
        HeadingStyle.COLON: 2 if alone else bare + (True in plain),
    }
