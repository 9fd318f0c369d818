"""Numbers of headings: '3. Uses', 'IV) Safety', 'Step 2 - Take it', 'Section 4:', '2.1 Adults'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from healthlint.documents.document import Block, Kind, Ordinal


class HeadingNumber(NamedTuple):
    """The number at the front of a heading: `text == heading[start : start + length]`, without white space after it."""

    value: int
    text: str
    style: str  # as in Ordinal: 'arabic', 'roman', 'letter', 'dotted'
    word: str
    length: int
    start: int = 0  # more than 0 after an emoji or a bullet
    parts: tuple[int, ...] = ()


_WORDS = (
    "step|section|sect|chapter|part|lesson|module|appendix|annex|rule|law|principle|tip|trick|hack|key|way|method|"
    "approach|strategy|technique|option|choice|alternative|reason|argument|point|takeaway|fact|myth|misconception|"
    "mistake|pitfall|benefit|advantage|drawback|disadvantage|use|risk|danger|warning|side effect|sign|symptom|cause|"
    "remedy|treatment|exercise|stretch|food|recipe|habit|idea|goal|task|item|example|case|scenario|question|note|"
    "faq|q|number|no\\.|nr\\."
)
SPELLED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MARK_AFTER_WORD = r"\s{0,3}(?:[.:)|](?=\s|$)|[–—](?!\d)|-(?=\s))"
_WORDED = re.compile(
    rf"(?P<word>{_WORDS})\s{{0,3}}(?:\#|no\.|nr\.|number)?\s{{0,3}}"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{1,3}}|\d{{1,3}}[a-d]?|[ivx]{{1,6}}|[a-h]|{'|'.join(SPELLED)})"
    rf"(?:\sof\s\d{{1,3}})?(?:{_MARK_AFTER_WORD}|\s*$)",
    re.IGNORECASE,
)
_UNMARKED = re.compile(r"(?P<word>step|tip|rule|chapter|lesson)\s(?P<number>\d{1,2})(?=\s[A-Z])", re.IGNORECASE)
_HASH = re.compile(r"\#\s?(?P<number>\d{1,2})(?:[.:)](?=\s)|\s?[–—-](?=\s))")
_MARKED = re.compile(
    r"\(?(?P<number>\d{1,3}|\d{1,2}[a-d](?=[.)])|[IVX]{1,6}|[ivx]{1,6}|[A-Za-z])"
    r"(?:(?:\.\)|[.)])(?:-(?=\s))?(?=\s|$|[A-Z][a-z])|(?<!\d{3})(?:(?<=\d):(?=\s[A-Z])|\s?[–—|](?=\s?[A-Z])|\s-(?=\s[A-Z])))"
)
_DOTTED = re.compile(r"(?P<number>[1-9]\d?(?:\.\d{1,2}){1,3})(?:[.):](?=\s|$)|(?=\s[A-Z(\"'“‘¿]))")
_KEYCAP = re.compile(r"(?P<number>\d)\ufe0f?\u20e3[.:)]?|(?P<circled>[\u2460-\u2473])[.:)]?")
_BARE = re.compile(r"(?P<number>\d{1,2})(?=\s[A-Z])")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_AMOUNT = re.compile(
    r"\s(?:mg|mcg|µg|μg|g|kg|ng|ml|dl|l|iu|units?|mmol|meq|mm|cm|m|oz|lbs?|percent|%|million|billion|thousand|times|"
    r"hours?|minutes?|seconds?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_DECORATION = re.compile(r"[^\w\s(#]{1,4}\s")
_AMBIGUOUS = frozenset("IVXivx")  # a letter or a Roman number


class _Reading(NamedTuple):
    """A number, and whether the heading alone shows that it is one."""

    number: HeadingNumber
    sure: bool


def heading_ordinal(heading: str) -> HeadingNumber | None:
    """The number that a heading's text opens with, or None.

    Single letters ('A. Uses', 'V. Safety') and numbers without a mark ('2 Uses') are None: only the other headings
    can tell them from 'V. cholerae' and '2 Weeks Later'. `heading_ordinals` looks at all of them.
    """
    reading = _read(heading)
    return reading.number if reading and reading.sure else None


def heading_ordinals(headings: Sequence[str]) -> list[HeadingNumber | None]:
    """The numbers of all headings of an article, None where one has none."""
    readings = [_read(heading) for heading in headings]
    doubtful = [reading.number for reading in readings if reading and not reading.sure]
    letters = _letters(number.text.strip("().") for number in doubtful if number.style != "arabic" and not number.word)
    worded = [number.value for number in doubtful if number.word]
    romans = {number.text for number in _present(readings) if number.style == "roman"}
    counted = _counts_up([number.value for number in doubtful if number.style == "arabic"])
    return [_settled(reading, letters, worded, len(romans), counted) for reading in readings]


def with_ordinals(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the ordinals of their headings filled in; a heading that has one already keeps it."""
    headings = [block for block in blocks if block.kind is Kind.HEADING]
    numbers = iter(heading_ordinals([block.text for block in headings]))
    return [_numbered(block, next(numbers)) if block.kind is Kind.HEADING else block for block in blocks]


def _numbered(block: Block, number: HeadingNumber | None) -> Block:
    if number is None or block.ordinal:
        return block
    span = block.prose.span(number.start, number.start + number.length)
    return msgspec.structs.replace(
        block, ordinal=Ordinal(number.value, number.text, number.style, number.word, span, number.parts)
    )


def roman_value(text: str) -> int | None:
    """What a Roman number up to 39 stands for, None if it is none."""
    match = _ROMAN.fullmatch(text.lower()) if text else None
    if not match:
        return None
    ones = {"iv": 4, "ix": 9}.get(match[2], 5 * match[2].count("v") + match[2].count("i"))
    return 10 * len(match[1]) + ones


@lru_cache(maxsize=4096)
def _read(heading: str) -> _Reading | None:
    decoration = _DECORATION.match(heading)
    start = decoration.end() if decoration else 0
    for reader in (_worded, _keycap, _dotted, _marked, _bare):
        reading = reader(heading, start)
        if reading:
            return reading
    return None


def _worded(heading: str, start: int) -> _Reading | None:
    match = _WORDED.match(heading, start) or _UNMARKED.match(heading, start)
    if not match:
        hashed = _HASH.match(heading, start)
        return _reading(hashed, int(hashed["number"]), "arabic") if hashed else None
    word, number = match["word"].lower().rstrip("."), match["number"].lower()
    if number[0].isdigit():
        return _digits(match, word)
    if number in SPELLED:
        return _reading(match, SPELLED.index(number) + 1, "arabic", word)
    roman = roman_value(number)
    if roman:
        return _reading(match, roman, "roman", word)
    return _reading(match, ord(number) - ord("a") + 1, "letter", word, sure=False) if len(number) == 1 else None


def _keycap(heading: str, start: int) -> _Reading | None:
    match = _KEYCAP.match(heading, start) or _KEYCAP.match(heading)
    if not match:
        return None
    value = int(match["number"]) if match["number"] else ord(match["circled"]) - 0x245F
    return _reading(match, value, "arabic")


def _dotted(heading: str, start: int) -> _Reading | None:
    match = _DOTTED.match(heading, start)
    return None if not match or _AMOUNT.match(heading, match.end()) else _digits(match, "")


def _marked(heading: str, start: int) -> _Reading | None:
    match = _MARKED.match(heading, start)
    if not match:
        return None
    number = match["number"]
    if number[0].isdigit():
        return _digits(match, "") if match[0][0] != "(" or match[0][-1] == ")" else None
    single = len(number) == 1
    if single and heading[match.end() :].lstrip()[:1].islower() and match[0][-1] == ".":
        return None  # a genus: 'V. cholerae', 'C. difficile'
    roman = roman_value(number)
    if not single:
        # 'IV: what to expect' and 'IV - At Home' are about infusions
        return _reading(match, roman, "roman") if roman and (number.upper() != "IV" or match[0][-1] in ".)") else None
    if number in _AMBIGUOUS and roman:
        return _reading(match, roman, "roman", sure=False)
    return _reading(match, ord(number.lower()) - ord("a") + 1, "letter", sure=False) if match[0][-1] in ".)" else None


def _bare(heading: str, start: int) -> _Reading | None:
    match = _BARE.match(heading, start)
    return _reading(match, int(match["number"]), "arabic", sure=False) if match else None


def _digits(match: re.Match[str], word: str) -> _Reading:
    """A number in digits; the letter of '2a' is no part of its value."""
    parts = tuple(int(part) for part in match["number"].rstrip("abcdABCD").split("."))
    return (
        _reading(match, parts[-1], "dotted", word, parts)
        if len(parts) > 1
        else _reading(match, parts[0], "arabic", word)
    )


def _reading(
    match: re.Match[str], value: int, style: str, word: str = "", parts: tuple[int, ...] = (), *, sure: bool = True
) -> _Reading:
    text = match[0].rstrip()
    return _Reading(HeadingNumber(value, text, style, word, len(text), match.start(), parts), sure)


def _present(readings: Iterable[_Reading | None]) -> Iterator[HeadingNumber]:
    return (reading.number for reading in readings if reading)


def _letters(found: Iterable[str]) -> frozenset[str]:
    """The letters that number headings: those of an alphabet of which A and B, or three in a row, are there."""
    letters = frozenset(found)
    series: set[str] = set()
    for first in ("A", "a"):
        values = {ord(letter) - ord(first) for letter in letters if len(letter) == 1}
        in_alphabet = {value for value in values if 0 <= value < 26}
        in_a_row = any({value, value + 1, value + 2} <= in_alphabet for value in in_alphabet)
        if in_a_row or {0, 1} <= in_alphabet:
            series |= {chr(ord(first) + value) for value in in_alphabet}
    return frozenset(series)


def _counts_up(values: Sequence[int]) -> bool:
    """Whether numbers without a mark are those of headings: at least three, 1 and then 2 among them."""
    return len(values) > 2 and 1 in values and 2 in values[values.index(1) :]


def _settled(
    reading: _Reading | None, letters: frozenset[str], worded: Sequence[int], romans: int, counted: bool
) -> HeadingNumber | None:
    if reading is None or reading.sure:
        return reading.number if reading else None
    number = reading.number
    if number.style == "arabic":
        return number if counted else None
    if number.word:
        return number if len(set(worded)) > 1 else None
    letter = number.text.strip("().")[:1]
    if letter in _AMBIGUOUS and (romans > 1 and not _follows_letter(letter, letters)):
        return number
    if letter not in letters:
        return None
    return number._replace(style="letter", value=ord(letter.lower()) - ord("a") + 1)


def _follows_letter(letter: str, letters: frozenset[str]) -> bool:
    """Whether I, V or X comes after H, U or W here."""
    return chr(ord(letter) - 1) in letters
