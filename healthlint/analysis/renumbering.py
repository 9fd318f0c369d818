"""A count that is odd -> the edits that have it count up, and whether they may be made unasked.

That a number comes twice is a slip. Where one is missing or out of its place, a step or a section may be lost or
misplaced, and to number anew would hide it; where the text speaks of a number, nobody but its writer knows which one is
meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from healthlint.analysis.sequences import Count, Oddity, numbers_in_order
from healthlint.documents.document import Block, Document, Kind, Link, LinkKind, Ordinal, Span
from healthlint.documents.ordinals import SPELLED
from healthlint.edits import Applicability, Edit, Fix, is_ruled, together

_MOST_CHANGES = 2_000  # of one count; a longer list is none that somebody numbered by hand
_NUMBER_OF = {
    "arabic": re.compile(rf"\d+|\b(?:{'|'.join(SPELLED)})\b", re.IGNORECASE),
    "dotted": re.compile(r"\d+(?!.*\.\d)"),
    "roman": re.compile(r"\b[ivxIVX]+(?=\W*$)"),
    "letter": re.compile(r"\b[A-Za-z](?=\W*$)"),
}
_SPOKEN_OF = re.compile(
    r"(?:\b(?:steps?|sections?|chapters?|parts?|items?|points?|numbers?|nos?\.|rules?|tips?|questions?|answers?|reasons?|"
    r"myths?|facts?|lessons?|ways?|methods?|exercises?|options?|see)|\#|\bQ)\s?"
    rf"(?:\d{{1,2}}|[IVX]{{1,4}}|{'|'.join(SPELLED)})(?![\w%]|[.,/:]\d|\s?(?:mg|mcg|g|ml|mL|to|times|days?|weeks?|months?"
    r"|years?|hours?|minutes?|percent|tablets?|units?|people|of)\b)"
)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Renumbering:
    """Numbers the counts of one document anew."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def fix(self, count: Count, odd: Iterable[Oddity]) -> Fix | None:
        """What has a count run `first`, `first + 1` ...; None where numbers cannot be written or others hang on it."""
        blocks = self._document.blocks
        first, wanted = blocks[count.numbers[0].block], list(numbers_in_order(count))
        pairs = zip(count.numbers, wanted, strict=True)
        changes = [(blocks[number.block], value) for number, value in pairs if number.value != value]
        if len(changes) > _MOST_CHANGES or (first.kind is Kind.HEADING and self._others_hang_on(first.ordinal)):
            return None
        what = "headings" if first.kind is Kind.HEADING else "list"
        is_safe = all(oddity.fault == "repeat" for oddity in odd) and not self._is_spoken_of
        return together(
            f"number the {what} anew, from {wanted[0]} to {wanted[-1]}",
            (_written(self._document, *change) for change in changes),
            Applicability.SAFE if is_safe else Applicability.UNSAFE,
        )

    def _others_hang_on(self, own: Ordinal | None) -> bool:
        """Whether other headings count with these: 2.1 under 2, 'Fact 2' behind 'Myth 2'."""
        if own is None:
            return False
        return (self._has_dotted and own.style != "dotted") or (own.word != "" and len(self._words) > 1)

    @cached_property
    def _has_dotted(self) -> bool:
        return any(ordinal.style == "dotted" for ordinal in self._ordinals)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(ordinal.word for ordinal in self._ordinals if ordinal.word)

    @cached_property
    def _ordinals(self) -> list[Ordinal]:
        blocks = self._document.blocks
        return [block.ordinal for block in blocks if block.kind is Kind.HEADING and block.ordinal]

    @cached_property
    def _is_spoken_of(self) -> bool:
        """Whether the text speaks of steps, sections or the like by number, or leads to them."""
        for block in self._document.blocks:
            numbered = len(block.ordinal.text) if block.kind is Kind.HEADING and block.ordinal else 0
            if _speaks_of_number(block.text, numbered) or any(map(_leads_to_number, block.links)):
                return True
        return False


@lru_cache(maxsize=2048)  # blocks come again as one types
def _speaks_of_number(text: str, start: int) -> bool:
    return bool(_SPOKEN_OF.search(text, start))


def _leads_to_number(link: Link) -> bool:
    """Whether a link leads to a place in the article that has a number in its name."""
    is_local = link.kind is not LinkKind.NOTE and link.target.startswith("#")
    return is_local and any(character.isdigit() for character in link.target)


def _written(document: Document, block: Block, value: int) -> Edit | None:
    """The edit that gives a block a number; None if it is not written plainly."""
    ordinal = block.ordinal
    if ordinal is None or block.quoted or document.text[slice(*ordinal.span)] != ordinal.text:
        return None
    found = _NUMBER_OF[ordinal.style].search(ordinal.text)
    number = found and _in_manner(ordinal, found[0], value)
    if not found or not number:
        return None
    is_indented = document.format in ("markdown", "rst") and block.kind is Kind.ITEM  # what belongs to it
    if (is_indented or is_ruled(document, block)) and len(number) > len(found[0]):
        return None
    start = ordinal.span.start
    return Edit(Span(start + found.start(), start + found.end()), number)


def _in_manner(ordinal: Ordinal, old: str, value: int) -> str:
    """A number in the manner of an old one: '4', 'IV', 'iv', 'd', 'Four'; '' if there is none."""
    if ordinal.style == "roman":
        new = "".join(_roman(value)) if 0 < value < 40 else ""
    elif ordinal.style == "letter":
        new = chr(ord("a") + value - 1) if 0 < value <= 26 else ""
    elif old.isdigit():
        return str(value)
    else:
        new = SPELLED[value - 1] if 0 < value <= len(SPELLED) else ""
    return new.upper() if old.isupper() else new.capitalize() if old[0].isupper() else new


def _roman(value: int) -> Iterator[str]:
    for worth, letters in _ROMAN:
        while value >= worth:
            yield letters
            value -= worth
