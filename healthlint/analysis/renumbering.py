"""A count that is odd -> the edits that have it count up, and whether they may be made unasked.

That a number comes twice is a slip. Where one is missing or out of its place, a step may be lost or misplaced, and to
number anew would hide it; where the text speaks of a number, nobody but its writer knows which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from healthlint.analysis.sequences import Count, Oddity, numbers_in_order
from healthlint.documents.document import Block, Document, Kind, LinkKind, Ordinal, Span
from healthlint.documents.ordinals import SPELLED
from healthlint.edits import Applicability, Edit, Fix, together

_DONE_IN_ORDER = frozenset(("step", "exercise", "stretch", "lesson", "task"))  # that instructions consist of
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


def renumbering(document: Document, count: Count, odd: Iterable[Oddity]) -> Fix | None:
    """What has a count run `first`, `first + 1` ...; None where the numbers cannot be written or hang on others."""
    wanted = list(numbers_in_order(count))
    changes = [
        (document.blocks[number.block], value)
        for number, value in zip(count.numbers, wanted, strict=True)
        if number.value != value
    ]
    if _hang_together(document, count):
        return None
    listed = "headings" if document.blocks[count.numbers[0].block].kind is Kind.HEADING else "list"
    message = f"number the {listed} anew, from {wanted[0]} to {wanted[-1]}"
    is_safe = _is_slip(document, count, odd) and not _is_spoken_of(document)
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    return together(message, (_written(document, *change) for change in changes), applicability)


def _hang_together(document: Document, count: Count) -> bool:
    """Whether other headings count with these: 2.1 under 2, 'Fact 2' behind 'Myth 2'."""
    first = document.blocks[count.numbers[0].block]
    if first.kind is not Kind.HEADING or first.ordinal is None:
        return False
    own = first.ordinal
    others = (block.ordinal for block in document.blocks if block.kind is Kind.HEADING and block.ordinal)
    return any(
        (other.style == "dotted" and own.style != "dotted") or (own.word and other.word and other.word != own.word)
        for other in others
    )


def _is_slip(document: Document, count: Count, odd: Iterable[Oddity]) -> bool:
    """Whether nothing can be lost or in the wrong place: of headings that are no steps a number may be missing."""
    ordinal = document.blocks[count.numbers[0].block].ordinal
    is_heading = document.blocks[count.numbers[0].block].kind is Kind.HEADING
    are_steps = not is_heading or ordinal is None or ordinal.word in _DONE_IN_ORDER
    slips = ("repeat",) if are_steps else ("repeat", "gap")
    return all(oddity.fault in slips for oddity in odd)


def _is_spoken_of(document: Document) -> bool:
    """Whether the text speaks of steps, sections or the like by number, or leads to them."""
    for block in document.blocks:
        numbered = len(block.ordinal.text) if block.kind is Kind.HEADING and block.ordinal else 0
        if _SPOKEN_OF.search(block.text, numbered):
            return True
        if any(link.target.startswith("#") and _leads_to_number(link.target, link.kind) for link in block.links):
            return True
    return False


def _leads_to_number(target: str, kind: LinkKind) -> bool:
    return kind is not LinkKind.NOTE and any(character.isdigit() for character in target)


def _written(document: Document, block: Block, value: int) -> Edit | None:
    """The edit that gives a block a number; None if it is not written plainly."""
    ordinal = block.ordinal
    if ordinal is None or block.quoted or document.text[slice(*ordinal.span)] != ordinal.text:
        return None
    found = _NUMBER_OF[ordinal.style].search(ordinal.text)
    number = found and _in_manner(ordinal, found[0], value)
    if not found or not number:
        return None
    if document.format == "markdown" and block.kind is Kind.ITEM and len(number) > len(found[0]):
        return None  # what belongs to the item would have to be indented further
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
