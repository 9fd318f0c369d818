"""Numbers that count up: which of them is missing, said twice, or out of its place."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from healthlint.documents.document import Block, Document, Kind, Ordinal
from healthlint.documents.ordinals import HeadingNumber, heading_ordinal

_FEWEST_CLAUSES = 4  # fewer may be versions, doses or anything
_LETTERED = re.compile(r"\d[a-dA-D]\W*$")
_SERIES = ("no", "nr", "number")  # words before the number
_CLAUSE_OPENING = 40  # characters in which the number of a clause and its first word stand

Fault = Literal["start", "gap", "repeat", "order"]


class Numbered(NamedTuple):
    """A numbered block."""

    block: int  # index into `Document.blocks`
    value: int
    restarts: bool = False  # an unnumbered heading stands before it, so that it may be 1 again


class Count(msgspec.Struct):
    """Headings or list items that count together, and the number that they should start with."""

    first: int
    numbers: list[Numbered] = []


class Oddity(NamedTuple):
    """A number that is not the next one."""

    fault: Fault
    block: int
    value: int
    expected: int
    earlier: int | None = None  # the block that it repeats or comes after


def oddities(count: Count) -> Iterator[Oddity]:
    """What is odd in numbers that should run `first`, `first + 1`, ...; a countdown is nothing odd.

    Numbers that were skipped but come later are told once, where they come. A number said twice makes up for one
    that is skipped right after it.
    """
    values = [number.value for number in count.numbers]
    if _counts_down(values):
        return
    later = _last_places(values)
    seen: dict[int, int] = {}
    highest, spare, last = count.first - 1, 0, None
    for at, (block, value, _) in enumerate(count.numbers):
        if seen and _begins_anew(count.numbers, at):
            seen, highest, spare = {}, value - 1, 0
        if value in seen:
            yield Oddity("repeat", block, value, highest + 1, seen[value])
            spare += 1
        elif seen and value < highest:
            yield Oddity("order", block, value, highest + 1, last)
        elif value > highest + 1 and (seen or value > 1):
            missing = sum(later.get(skipped, -1) < at for skipped in range(highest + 1, min(value, highest + 1000)))
            if missing > spare:
                yield Oddity("gap" if seen else "start", block, value, highest + 1)
        if value > highest:
            spare = 0
        seen[value] = last = block
        highest = max(highest, value)


def numbers_in_order(count: Count) -> Iterator[int]:
    """The number that each should have, if none is odd; a count that begins with 0 goes on from there."""
    wanted = count.first
    for at, number in enumerate(count.numbers):
        if (at == 0 and number.value == 0) or (at and _begins_anew(count.numbers, at)):
            wanted = number.value
        yield wanted
        wanted += 1


def _begins_anew(numbers: Sequence[Numbered], at: int) -> bool:
    """Whether a number is the first one of a new count."""
    _, value, restarts = numbers[at]
    return value in (0, 1) and restarts and (at + 1 == len(numbers) or numbers[at + 1].value == value + 1)


def _last_places(values: Sequence[int]) -> dict[int, int]:
    """Where each value comes for the last time."""
    return {value: at for at, value in enumerate(values)}


def _counts_down(values: Sequence[int]) -> bool:
    return len(values) > 2 and all(later == value - 1 for value, later in pairwise(values))


def heading_counts(document: Document) -> list[Count]:
    """The numbered headings of an article; those count together that have the same parent, level and wording.

    Under a new parent they may start at 1 or go on from the last heading that was numbered the same way.
    """
    counts: dict[Hashable, Count] = {}
    latest: dict[Hashable, int] = {}  # the last number of each wording, under whatever parent
    unnumbered: set[Hashable] = set()  # parents and levels where an unnumbered heading has come since the last number
    for section in document.sections:
        if section.heading is None:
            continue
        ordinal = document.blocks[section.heading].ordinal
        place = (section.parent, section.level)
        if not ordinal:
            unnumbered.add(place)
            continue
        wording = (ordinal.style, ordinal.word, ordinal.parts[:-1])
        key = (place, wording)
        if key not in counts:
            goes_on = ordinal.value == latest.get(wording, -1) + 1
            counts[key] = Count(ordinal.value if goes_on else 1)
        if _is_lettered(ordinal) and counts[key].numbers and counts[key].numbers[-1].value == ordinal.value:
            continue  # '2b' after '2a', or after '2'
        counts[key].numbers.append(Numbered(section.heading, ordinal.value, place in unnumbered))
        latest[wording] = ordinal.value
        unnumbered.discard(place)
    return [count for count in counts.values() if not _is_of_series(document, count)]


def _is_lettered(ordinal: Ordinal) -> bool:
    """Whether a number has a letter of its own: '2a', 'Step 3b:'."""
    return bool(_LETTERED.search(ordinal.text))


def _is_of_series(document: Document, count: Count) -> bool:
    """Whether a lone 'No. 12: ...' is the number of a column or an issue, whose others stand elsewhere."""
    ordinal = document.blocks[count.numbers[0].block].ordinal
    return len(count.numbers) == 1 and ordinal is not None and ordinal.word in _SERIES


def list_counts(document: Document) -> list[Count]:
    """The numbered items of an article, those of one list together.

    A list that goes on after a paragraph, a picture or a list inside it counts on up to the next heading. In Markdown
    `1.` before every item numbers them all, so that such lists are left out.
    """
    counts: list[Count] = []
    still_open: dict[Hashable, Count] = {}  # the last list of each section, level and style of number
    latest = 0
    for place, run in _runs(document):
        values = [number.value for number in run]
        if len(run) > 1 and len(set(values)) == 1:
            continue
        if place not in still_open or values[0] == 1:
            still_open[place] = Count(_first_of_list(values, latest))
            counts.append(still_open[place])
        still_open[place].numbers += run
        latest = values[-1]
    return [count for count in counts if not _is_ambiguous(document.blocks[count.numbers[0].block].ordinal, count)]


def clause_counts(document: Document) -> list[Count]:
    """Paragraphs that open with a number in parts, as clauses do: '2.1', '2.2'; those with the same parent together.

    Where headings are numbered in the same way they count with these, and the paragraphs are left out.
    """
    headed = {block.ordinal.parts[:-1] for block in document.blocks if block.kind is Kind.HEADING and block.ordinal}
    counts: dict[tuple[int, ...], Count] = {}
    for index, block in enumerate(document.blocks):
        number = clause_number(block) if block.kind is Kind.PARAGRAPH and block.text[:1].isdigit() else None
        if number and number.parts[:-1] not in headed:
            counts.setdefault(number.parts[:-1], Count(1)).numbers.append(Numbered(index, number.value))
    runs = [count for count in counts.values() if len(count.numbers) > 1 and count.numbers[0].value == 1]
    return runs if sum(len(count.numbers) for count in runs) >= _FEWEST_CLAUSES else []


def clause_number(block: Block) -> HeadingNumber | None:
    """The number in parts that a block opens with."""
    number = heading_ordinal(block.text[:_CLAUSE_OPENING])
    return number if number and number.style == "dotted" else None


def _first_of_list(values: Sequence[int], latest: int) -> int:
    """1, unless the list goes on from the last one, is a single item, or starts so high that it may count something."""
    first = values[0]
    return first if first <= 1 or first > 4 or len(values) < 2 or first == latest + 1 else 1


def _is_ambiguous(ordinal: Ordinal | None, count: Count) -> bool:
    """Whether it is a list by letters in which i, v or x may be a Roman number or a letter."""
    return bool(ordinal and ordinal.style == "letter" and max(number.value for number in count.numbers) > 8)


def _runs(document: Document) -> Iterator[tuple[Hashable, list[Numbered]]]:
    """The items of each list with its section, level and style of number, in the order in which the lists open."""
    runs: dict[int, list[Numbered]] = {}
    places: dict[int, Hashable] = {}
    heading = -1
    for index, block in enumerate(document.blocks):
        if block.kind is Kind.HEADING:
            heading = index
        if _is_numbered_item(block) and block.ordinal:
            runs.setdefault(block.group, []).append(Numbered(index, block.ordinal.value))
            places.setdefault(block.group, (heading, block.level, block.ordinal.style))
    for group, run in runs.items():
        yield places[group], run


def _is_numbered_item(block: Block) -> bool:
    return block.kind is Kind.ITEM and block.ordinal is not None and block.ordinal.style != "dotted"
