"""Lists whose bullets were lost on the way into plain text: short lines under one another, led in by a line above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from healthlint.documents.furniture import is_furniture
from healthlint.documents.head_matter import is_contact
from healthlint.documents.markers import marker_of
from healthlint.documents.ordinals import heading_ordinal
from healthlint.documents.raw_lines import RawLine

_ENDED = re.compile(r"""[.!:…]["'”’)\]]*$""")
_FACT = re.compile(r"[^:]{2,30}:\s")
_OPENS_LIKE_ITEM = re.compile(r"[a-z\d½¼¾⅓⅔]")
_LONGEST, _MOST_WORDS = 60, 9
_LONGEST_LED, _MOST_WORDS_LED = 100, 16  # under a line that ends in a colon


def unmarked_items(lines: Sequence[RawLine], separated: bool, wrapped: bool) -> frozenset[int]:
    """Indexes of the raw lines that are items without a marker.

    `separated`: paragraphs of the text are set apart by blank lines; only then does a heading alone lead a list in.
    `wrapped`: a long line goes on in the next one, and so is no item.
    """
    longest, most = (_LONGEST, _MOST_WORDS) if wrapped else (_LONGEST_LED, _MOST_WORDS_LED)
    listable = [_is_listable(line, longest, most) for line in lines]
    found: set[int] = set()
    for short, group in groupby(range(len(lines)), key=listable.__getitem__):
        run = list(group)
        if short and len(run) > 1:
            found.update(_items_of(lines, run, separated))
    return frozenset(found)


def are_unmarked(texts: Sequence[str]) -> range:
    """Which lines of a paragraph that breaks its lines are items: none, or all, without one that leads them in."""
    led = bool(texts) and texts[0].endswith(":")
    items = texts[led:]
    brief = all(0 < len(text) <= _LONGEST and not _ENDED.search(text) and not is_contact(text) for text in items)
    opening = sum(_OPENS_LIKE_ITEM.match(text) is not None for text in items)
    if not brief or len(items) < 3 or (opening < 0.6 * len(items) and not led):
        return range(0)
    return range(led, len(texts))


def _is_listable(line: RawLine, longest: int = _LONGEST, most: int = _MOST_WORDS) -> bool:
    text = line.text
    return (
        0 < len(text) <= longest
        and not (line.row or line.decoration or line.quoted)
        and len(text.split()) <= most
        and not _ENDED.search(text)
        and not _FACT.match(text)
        and not marker_of(text)[0]
        and heading_ordinal(text) is None
        and not is_furniture(text)
    )


def _items_of(lines: Sequence[RawLine], run: Sequence[int], separated: bool) -> Iterator[int]:
    """The items in a run of short lines that have no blank line between them."""
    asked = [at for at in run if lines[at].text.endswith("?")]
    if len(asked) > 1:
        yield from asked
        return
    texts = [lines[at].text for at in run]
    below = lines[run[-1] + 1] if run[-1] + 1 < len(lines) else None
    adjoined = below is not None and bool(below.text) and not below.quoted
    before = _text_before(lines, run[0])
    if before and before.text.endswith(":"):
        # A longer line right below may stand under the last short one, which is then its heading.
        items = run[:-1] if adjoined and not lines[run[-1]].text[0].islower() else run
        yield from items if len(items) > 1 else ()
    elif before and not adjoined and not lines[run[0] - 1].text and not any(map(is_contact, texts)):
        is_led = separated and _is_listable(before)
        items = run if is_led else run[1:]
        opening = sum(_OPENS_LIKE_ITEM.match(lines[at].text) is not None for at in items)
        brief = all(map(_is_listable, (lines[at] for at in items)))
        if brief and len(items) > 2 and (separated or opening >= 0.6 * len(items)):
            yield from items


def _text_before(lines: Sequence[RawLine], at: int) -> RawLine | None:
    """The line of text above, over a blank line or a rule."""
    for line in reversed(lines[max(0, at - 3) : at]):
        if line.text:
            return line
    return None
