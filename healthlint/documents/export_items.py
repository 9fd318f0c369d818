"""The file that WordPress exports (WXR: XML of a news feed) -> its items, with the place of everything in them.

A file of XML is read here as text with marks in it: only so is each character's place known. No entity is declared or
expanded, and nothing is fetched. In linear time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

import msgspec

from healthlint.documents import ReadError
from healthlint.documents.document import Span
from healthlint.documents.html_tokens import entities
from healthlint.documents.sources import Source

_MARK = re.compile(r"<!\[CDATA\[|<!--|<(/?)([A-Za-z_][\w:.-]{0,100})([^<>]*)>")
_ATTRIBUTE = re.compile(r"([\w:.-]{1,100})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')")


class Value(msgspec.Struct):
    """An element that holds text, and the stretches of it; `copied` are those of CDATA sections."""

    attributes: Mapping[str, str]
    parts: list[tuple[Span, bool]] = []

    def source(self, text: str, base: int) -> Source:
        """Its text, with places that count from `base` in the file's `text`."""
        source = Source()
        for (start, end), copied in self.parts:
            if copied:
                source.copy(text[start:end], start - base)
                continue
            for words, first, last, same in entities(text[start:end], start):
                if same:
                    source.copy(words, first - base)
                else:
                    source.replace(words, Span(first - base, last - base))
        return source

    def words(self, text: str) -> str:
        """Its text in one line."""
        parts = (text[slice(*span)] if copied else html.unescape(text[slice(*span)]) for span, copied in self.parts)
        return " ".join("".join(parts).split())

    @property
    def span(self) -> Span:
        """From its first character that is no markup to its last; without length if it has none."""
        return Span(self.parts[0][0].start, self.parts[-1][0].end) if self.parts else Span(0, 0)


class Item(msgspec.Struct):
    """A post, page, picture ... of an export."""

    span: Span
    values: dict[str, list[Value]] = {}  # of its elements, by name

    def first(self, name: str) -> Value:
        """The first element of a name; one without text if there is none."""
        return self.values.get(name, [_NOTHING])[0]


class Export(msgspec.Struct):
    """All items of a file, and the names of its authors by those they log in with."""

    items: list[Item]
    authors: dict[str, str]


_NOTHING = Value({})
_ITEM, _META, _AUTHOR = "item", "wp:postmeta", "wp:author"


def read_items(text: str) -> Export:
    """Everything in an export. Raises ReadError for one that is cut short."""
    scanner = _Scanner(text)
    return Export(list(scanner.items()), scanner.authors)


class _Scanner:
    """Goes through a file once, from mark to mark."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.authors: dict[str, str] = {}
        self._item: Item | None = None
        self._names: list[str] = []  # of the elements that are open inside an item or author
        self._value: Value | None = None  # of the innermost of them
        self._meta: dict[str, Value] = {}  # of the author, or the property of an item, at hand

    def items(self) -> Iterator[Item]:
        """Each item when it ends."""
        at = 0
        while match := _MARK.search(self.text, at):
            self._take_text(at, match.start(), copied=False)
            if match[0] == "<![CDATA[":
                end = self._end_of("]]>", match.end())
                self._take_text(match.end(), end, copied=True)
                at = end + 3
            elif match[0] == "<!--":
                at = self._end_of("-->", match.end()) + 3
            else:
                at = match.end()
                if not match[1]:
                    self._open(match)
                elif item := self._close(match):
                    yield item
        if self._item is not None:
            row = self._row(self._item.span.start)
            raise ReadError(f"is cut short: the <item> in line {row} does not end; export it anew")

    def _end_of(self, closing: str, start: int) -> int:
        end = self.text.find(closing, start)
        if end < 0:
            raise ReadError(f"is cut short: {closing} is missing from line {self._row(start)} on; export it anew")
        return end

    def _row(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1

    def _take_text(self, start: int, end: int, *, copied: bool) -> None:
        if self._value is not None and end > start:
            self._value.parts.append((Span(start, end), copied))

    def _open(self, match: re.Match[str]) -> None:
        name, rest = match[2], match[3]
        if name == _ITEM and self._item is None:
            self._item, self._names = Item(Span(match.start(), match.end())), []
            return
        if self._item is None and name != _AUTHOR and not self._names:
            return
        value = Value({key: html.unescape(one or two) for key, one, two in _ATTRIBUTE.findall(rest)} if rest else {})
        depth = len(self._names)
        if rest.endswith("/"):
            value, name = Value({}), ""
        else:
            self._names.append(name)
            self._value = value
        if depth == 0 and self._item is not None and name:
            self._item.values.setdefault(name, []).append(value)
        elif depth == 1 and self._names[0] in (_META, _AUTHOR):
            self._meta[name] = value

    def _close(self, match: re.Match[str]) -> Item | None:
        name = match[2]
        self._value = None
        if name == _ITEM and self._item is not None:
            item, self._item, self._names = self._item, None, []
            item.span = Span(item.span.start, match.end())
            return item
        if name in self._names[-2:]:
            while self._names.pop() != name:
                pass
        if name == _META and self._item is not None and not self._names:
            self._keep_meta(self._item)
        elif name == _AUTHOR and self._item is None:
            login, shown = (self._meta.get(key, _NOTHING) for key in ("wp:author_login", "wp:author_display_name"))
            self.authors[login.words(self.text)] = shown.words(self.text)
            self._meta = {}
        return None

    def _keep_meta(self, item: Item) -> None:
        """A property of an item under its own name: 'meta:reviewed_by'."""
        key, value = self._meta.get("wp:meta_key"), self._meta.get("wp:meta_value")
        if key and value:
            item.values.setdefault(f"meta:{key.words(self.text)}", []).append(value)
        self._meta = {}
