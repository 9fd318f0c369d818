"""The styles of a Word file: what a paragraph or run is by the name and look of its style, or of one it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from healthlint.documents.xml_events import Attributes, Handler, read_xml

WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
_HEADING = re.compile(r"heading ([1-9])")
_MOST_STYLES = 30  # that one is based on, one after the other
_OFF = frozenset({"0", "false", "off", "none"})
_BODY = 9  # the outline level of text that is no heading


def is_on(attributes: Attributes) -> bool:
    """Whether a property that may be switched off is on: `<w:b/>`, not `<w:b w:val="0"/>`."""
    return attributes.get("w:val", "1") not in _OFF


def number(attributes: Attributes, name: str = "w:val", otherwise: int = 0) -> int:
    """A small whole number of an attribute."""
    value = attributes.get(name, "")
    return int(value) if value.isdecimal() and value.isascii() and len(value) < 7 else otherwise


class Look(msgspec.Struct):
    """How text looks; None where nothing is said of it."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    size: int | None = None  # half points
    style: str = ""

    def set(self, name: str, attributes: Attributes) -> None:
        """Take note of a property of a run."""
        if name == "w:b":
            self.bold = is_on(attributes)
        elif name == "w:i":
            self.italic = is_on(attributes)
        elif name == "w:vanish":
            self.hidden = is_on(attributes)
        elif name == "w:sz":
            self.size = number(attributes)
        elif name == "w:rStyle":
            self.style = attributes.get("w:val", "")


class Style(msgspec.Struct):
    """What a style says itself."""

    name: str = ""  # in lower case; Word keeps the English one in every language
    based_on: str = ""
    outline: int | None = None  # the level of a heading, from 0
    list_id: str | None = None  # the list that its paragraphs are items of
    list_level: int = 0
    look: Look = msgspec.field(default_factory=Look)


class Styles(Handler):
    """All styles of a file by their ids."""

    prefixes = WORD

    def __init__(self, data: bytes | None) -> None:
        """`data`: the part 'styles'. Raises ReadError."""
        self._styles: dict[str, Style] = {}
        self._style: Style | None = None
        self._looks: dict[tuple[str, str], Look] = {}
        self._default = ""  # the style of paragraphs that name none
        if data:
            read_xml(data, self)

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a style in."""
        style, value = self._style, attributes.get("w:val", "")
        if name == "w:style":
            identity = attributes.get("w:styleId", "")
            self._style = self._styles[identity] = Style()
            if attributes.get("w:type") == "paragraph" and attributes.get("w:default", "0") not in _OFF:
                self._default = identity
        elif style is None:
            return
        elif name == "w:name":
            style.name = value.lower()
        elif name == "w:basedOn":
            style.based_on = value
        elif name == "w:outlineLvl":
            style.outline = number(attributes, otherwise=_BODY)
        elif name == "w:numId":
            style.list_id = value
        elif name == "w:ilvl":
            style.list_level = number(attributes)
        else:
            style.look.set(name, attributes)

    def end(self, name: str) -> None:
        """A style ends."""
        if name == "w:style":
            self._style = None

    def names(self, identity: str) -> Iterator[str]:
        """The name of a style, and those of the styles that it is based on."""
        return (style.name for style in self._chain(identity))

    def level(self, identity: str) -> int:
        """The level from 1 that a style gives to a heading, 0 if it is of no heading."""
        for style in self._chain(identity):
            if style.outline is not None:
                return style.outline + 1 if style.outline < _BODY else 0
            if match := _HEADING.fullmatch(style.name):
                return int(match[1])
        return 0

    def list_of(self, identity: str) -> tuple[str, int] | None:
        """The list that paragraphs of a style are items of, and the level there that the style states."""
        chain = list(self._chain(identity))
        listed = next((style for style in chain if style.list_id is not None), None)
        return (listed.list_id or "", listed.list_level) if listed else None

    def look(self, paragraph: str, own: Look) -> Look:
        """How a run of a paragraph looks: as it says itself, or its style, or the style of the paragraph."""
        key = (paragraph, own.style)
        if key not in self._looks:
            styles = [*(self._chain(own.style) if own.style else ()), *self._chain(paragraph)]
            self._looks[key] = _first_said([style.look for style in styles])
        return _first_said([own, self._looks[key]])

    def _chain(self, identity: str) -> Iterator[Style]:
        for _ in range(_MOST_STYLES):
            style = self._styles.get(identity or self._default)
            if style is None:
                return
            yield style
            if not style.based_on or style.based_on == identity:
                return
            identity = style.based_on


def _first_said(looks: Sequence[Look]) -> Look:
    """Of each property what the first says that says anything."""
    return Look(
        next((look.bold for look in looks if look.bold is not None), None),
        next((look.italic for look in looks if look.italic is not None), None),
        next((look.hidden for look in looks if look.hidden is not None), None),
        next((look.size for look in looks if look.size is not None), None),
    )
