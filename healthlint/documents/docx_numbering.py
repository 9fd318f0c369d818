"""The lists of a Word file: the number or bullet that Word shows before each item, counted as Word counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from healthlint.documents.docx_styles import WORD, is_on, number
from healthlint.documents.xml_events import Attributes, Handler, read_xml

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_STYLES = {
    "upperRoman": "roman",
    "lowerRoman": "roman",
    "upperLetter": "letter",
    "lowerLetter": "letter",
}  # fmt: skip - the others are Arabic numbers or words for them
_UNNUMBERED = frozenset({"bullet", "none"})
_SPELLED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3999
_BULLET = "•"


class Label(NamedTuple):
    """What stands before an item."""

    text: str  # '3.', 'IV)', 'Step 2:', '•', or '' where nothing is shown
    value: int = 0
    style: str = ""  # as in Ordinal; '' of a bullet
    word: str = ""
    parts: tuple[int, ...] = ()


class Level(msgspec.Struct):
    """How the items of one depth of a list are numbered."""

    first: int = 1
    form: str = "decimal"
    text: str = ""  # '%1.%2.'
    style: str = ""  # of paragraphs that are on this level
    restart: int | None = None  # the level whose items begin it anew; 0: none does
    legal: bool = False  # all parts in Arabic numbers


class _Scheme(msgspec.Struct):
    levels: dict[int, Level] = {}
    linked: str = ""  # the style of lists that has the levels of this one


class _List(msgspec.Struct):
    scheme: str = ""
    firsts: dict[int, int] = {}  # levels that this list begins anew
    levels: dict[int, Level] = {}  # those that it has of its own
    begun: set[int] = set()


class Numbering(Handler):
    """All lists of a file, and how far each has counted."""

    prefixes = WORD

    def __init__(self, data: bytes | None) -> None:
        """`data`: the part 'numbering'. Raises ReadError."""
        self._schemes: dict[str, _Scheme] = {}
        self._lists: dict[str, _List] = {}
        self._names: dict[str, str] = {}  # styles of lists -> schemes
        self._counts: dict[str, dict[int, int]] = {}  # by scheme: lists of one scheme count on
        self._scheme: _Scheme | None = None
        self._list: _List | None = None
        self._level: Level | None = None
        self._at = 0
        if data:
            read_xml(data, self)

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a list in."""
        value = attributes.get("w:val", "")
        if name == "w:abstractNum":
            self._scheme = self._schemes[attributes.get("w:abstractNumId", "")] = _Scheme()
        elif name == "w:num":
            self._list = self._lists[attributes.get("w:numId", "")] = _List()
        elif name == "w:lvl":
            self._level = Level()
            owner = self._list or self._scheme
            if owner and number(attributes, "w:ilvl") < LEVELS:
                owner.levels[number(attributes, "w:ilvl")] = self._level
        elif self._level:
            _set(self._level, name, attributes)
        elif self._list:
            self._set_list(self._list, name, attributes)
        elif name == "w:numStyleLink" and self._scheme:
            self._scheme.linked = value
        elif name == "w:styleLink" and self._scheme:
            self._names[value] = next(reversed(self._schemes))

    def _set_list(self, own: _List, name: str, attributes: Attributes) -> None:
        if name == "w:abstractNumId":
            own.scheme = attributes.get("w:val", "")
        elif name == "w:lvlOverride":
            self._at = number(attributes, "w:ilvl")
        elif name == "w:startOverride":
            own.firsts[self._at] = number(attributes, otherwise=1)

    def end(self, name: str) -> None:
        """A list or level ends."""
        if name == "w:lvl":
            self._level = None
        elif name == "w:abstractNum":
            self._scheme = None
        elif name == "w:num":
            self._list = None

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The depth in a list that belongs to a style."""
        return next((at for at, level in self._levels(list_id).items() if level.style == style), None)

    def is_ordered(self, list_id: str, at: int) -> bool:
        """Whether items at a depth of a list have numbers."""
        level = self._levels(list_id).get(at)
        return level is not None and level.form not in _UNNUMBERED

    def next(self, list_id: str, at: int) -> Label | None:
        """What stands before the next item of a list, `at` its depth from 0. None: there is no such list."""
        levels = self._levels(list_id)
        level = levels.get(at)
        own = self._lists.get(list_id)
        if level is None or own is None:
            return None
        counts = self._counts.setdefault(own.scheme, {})
        if at not in counts or (at in own.firsts and at not in own.begun):
            counts[at] = own.firsts.get(at, level.first)
        else:
            counts[at] += 1
        own.begun.add(at)
        for deeper in [deep for deep in counts if deep > at]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or 0 < at + 1 <= restart:
                del counts[deeper]
        return _label(levels, counts, at)

    def _levels(self, list_id: str) -> dict[int, Level]:
        own = self._lists.get(list_id)
        if own is None:
            return {}
        scheme = self._schemes.get(own.scheme, _Scheme())
        if scheme.linked and not scheme.levels:
            scheme = self._schemes.get(self._names.get(scheme.linked, ""), scheme)
        return {**scheme.levels, **own.levels} if own.levels else scheme.levels


def _set(level: Level, name: str, attributes: Attributes) -> None:
    value = attributes.get("w:val", "")
    if name == "w:start":
        level.first = number(attributes, otherwise=1)
    elif name == "w:numFmt":
        level.form = value
    elif name == "w:lvlText":
        level.text = value[:100]
    elif name == "w:pStyle":
        level.style = value
    elif name == "w:lvlRestart":
        level.restart = number(attributes)
    elif name == "w:isLgl":
        level.legal = is_on(attributes)


def _label(levels: dict[int, Level], counts: dict[int, int], at: int) -> Label:
    level = levels[at]
    if level.form == "bullet":
        return Label(_BULLET if level.text.strip() else "")
    if level.form == "none" or not _PLACE.search(level.text):
        return Label(level.text.strip())
    parts: list[int] = []

    def shown(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        of = levels.get(place, Level())
        if of.form in _UNNUMBERED:
            return ""
        parts.append(counts.get(place, of.first))
        return written(parts[-1], "decimal" if level.legal else of.form)

    text = " ".join(_PLACE.sub(shown, level.text).split())
    word = _WORD.match(level.text.lstrip("([ "))
    style = "dotted" if len(parts) > 1 else _STYLES.get(level.form, "arabic")
    if not parts or not text:
        return Label(text)
    return Label(text, parts[-1], style, word[0].lower() if word else "", tuple(parts) if len(parts) > 1 else ())


def written(value: int, form: str) -> str:
    """A number as a format of Word writes it; formats of other languages as a decimal number."""
    if form in ("upperLetter", "lowerLetter") and value > 0:
        letters = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 20)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("upperRoman", "lowerRoman") and 0 < value <= _LARGEST_ROMAN:
        roman = "".join(_roman(value))
        return roman.upper() if form == "upperRoman" else roman
    if form in ("cardinalText", "ordinalText") and 0 < value <= len(_SPELLED):
        return (_SPELLED if form == "cardinalText" else _ORDINALS)[value - 1].capitalize()
    if form == "ordinal":
        ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        return f"{value}{ending}"
    return f"{value:02}" if form == "decimalZero" else str(value)


def _roman(value: int) -> Iterator[str]:
    for amount, letters in _ROMAN:
        yield letters * (value // amount)
        value %= amount
