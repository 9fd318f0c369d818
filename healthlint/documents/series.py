"""Steps, letters and the like that stand line under line, 'Step 1: ...', 'A. ...', '1 - ...': items, not headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from healthlint.documents.lines import Line
from healthlint.documents.ordinals import heading_ordinal, roman_value

_LETTERED = {
    "letter": re.compile(r"([A-Z])\.\s+(?=\S)"),
    "roman": re.compile(r"([IVX]{1,5})\.\s+(?=\S)"),
    "number": re.compile(r"(\d{1,2})\s?[-–:]\s+(?=[^\W\d])"),
}


class _Opening(NamedTuple):
    """What a line opens with."""

    kind: str  # 'letter', 'roman', or the word before the number: 'step'
    value: int
    length: int  # white space behind it included


def mark_series(lines: Sequence[Line]) -> None:
    """Give the lines of each series a marker, 'word', 'letter', 'roman' or 'number', before their text is read."""
    steps = [_step(line) for line in lines]
    total = Counter(step.kind for step in steps if step)
    runs = list(_runs(steps))
    under_one_another = Counter(step.kind for _, run in runs for step in run)
    for start, run in runs:
        # With text under some of them, two that have none between them are headings all the same.
        if len(run) > 2 or under_one_another[run[0].kind] == total[run[0].kind]:
            _mark(lines, start, run, "word")
    _mark_single_romans(lines)
    for marker, pattern in _LETTERED.items():
        for start, run in _runs([_lettered(line, marker, pattern) for line in lines]):
            values = [opening.value for opening in run]
            if values[0] == 1 and all(0 < later - value < 3 for value, later in pairwise(values)):
                _mark(lines, start, run, marker)


def _mark_single_romans(lines: Sequence[Line]) -> None:
    """An 'i.' right over an 'ii.' is no letter, nor is a 'v.' under an 'iv.'."""
    for line, following in pairwise(lines):
        if {line.marker, following.marker} == {"letter", "roman"}:
            letter = line if line.marker == "letter" else following
            if letter.written[0] in "ivx" and abs(_roman(line) - _roman(following)) == 1:
                letter.marker = "roman"


def _roman(line: Line) -> int:
    return roman_value(line.written[: line.marker_length].strip("(). ")) or 0


def _mark(lines: Sequence[Line], start: int, run: Sequence[_Opening], marker: str) -> None:
    for at, opening in enumerate(run, start):
        lines[at].marker, lines[at].marker_length = marker, opening.length


def _runs(openings: Sequence[_Opening | None]) -> Iterator[tuple[int, list[_Opening]]]:
    """Where a series of two or more lines starts, and what they open with."""
    start = 0
    for kind, group in groupby(openings, key=lambda opening: opening and opening.kind):
        found = list(group)
        run = [opening for opening in found if opening]
        if kind and len(run) > 1:
            yield start, run
        start += len(found)


def _is_plain(line: Line) -> bool:
    raw = line.raw[0]
    return not (line.marker not in ("", "none") or line.underline or raw.row or raw.decoration or raw.quoted)


def _step(line: Line) -> _Opening | None:
    number = heading_ordinal(line.raw[0].text[:40]) if _is_plain(line) else None
    if not number or not number.word or number.start:
        return None
    text = line.raw[0].text
    length = len(text) - len(text[number.length :].lstrip())
    return _Opening(number.word, number.value, length) if length < len(text) else None


def _lettered(line: Line, kind: str, pattern: re.Pattern[str]) -> _Opening | None:
    match = pattern.match(line.raw[0].text) if _is_plain(line) else None
    if not match:
        return None
    if kind == "number":
        value = int(match[1])
    else:
        value = (roman_value(match[1]) or 0) if kind == "roman" else ord(match[1]) - ord("A") + 1
    return _Opening(kind, value, match.end()) if value else None
