"""HTML -> tags, text and comments with their offsets. Never fails, in linear time, like a browser where it can.

The standard library's parser counts lines, not offsets, changes between patch releases and is quadratic on some
broken pages; this one needs one pattern for a tag and `str.find` for everything else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"'=]++|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[=\"'])*+)>")
_SIMPLE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/][^\s=>/]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW = frozenset({"script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes"})
_FAILURES = 20  # tags without an end that are looked for the patient way; each may cost a look at the whole page


class Attribute(NamedTuple):
    """The value of an attribute, and where it stands, without quotes."""

    value: str
    start: int
    end: int


class Token(NamedTuple):
    """A tag ('open', 'close', 'empty' for `<br/>`), 'text', a 'comment', or the 'raw' content of a script or title."""

    kind: str
    name: str  # of a tag, in lower case; of the element that raw content belongs to
    start: int
    end: int
    attributes: Mapping[str, Attribute] = MappingProxyType({})


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """All tokens of `text[start:end]`, in order and without gaps, offsets into `text`. Doctypes are comments."""
    return _Tokenizer(text, start, len(text) if end is None else end).run()


def entities(text: str, start: int) -> Iterator[tuple[str, int, int, bool]]:
    """The parts of a text token: what is read, the offsets it stands at, and whether it is the same characters."""
    at = 0
    for match in _ENTITY.finditer(text):
        decoded = html.unescape(match[0])
        if decoded == match[0]:
            continue
        if match.start() > at:
            yield text[at : match.start()], start + at, start + match.start(), True
        at = match.end()
        yield decoded, start + match.start(), start + at, False
    if at < len(text):
        yield text[at:], start + at, start + len(text), True


class _Tokenizer:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.last_close = text.rfind(">", start, end)
        self.failures = 0
        self.without_end: set[str] = set()  # raw elements that nothing closes any more

    def run(self) -> Iterator[Token]:
        at = shown = self.start
        while True:
            at = self.text.find("<", at, self.end)
            if at < 0:
                break
            token = self._markup(at)
            if token is None:
                at += 1
                continue
            if token.start > shown:
                yield Token("text", "", shown, token.start)
            yield token
            at = shown = token.end
            if token.kind == "open" and token.name in _RAW:
                close = self._raw_end(token.name, at)
                if close > at:
                    yield Token("raw", token.name, at, close)
                    at = shown = close
        if shown < self.end:
            yield Token("text", "", shown, self.end)

    def _markup(self, at: int) -> Token | None:
        following = self.text[at + 1 : at + 2]
        if following.isalpha() or following == "/":
            return self._tag(at)
        if following == "!" and self.text.startswith("<!--", at):
            return self._until("-->", at, at + 2)
        if following == "?" and self.text.find("?>", at, min(self.end, at + 4000)) > 0:
            return self._until("?>", at, at + 2)
        return self._until(">", at, at + 1) if following in ("!", "?") and following else None

    def _until(self, closing: str, at: int, search: int) -> Token:
        close = self.text.find(closing, search, self.end)
        return Token("comment", "", at, self.end if close < 0 else close + len(closing))

    def _tag(self, at: int) -> Token | None:
        if at > self.last_close:
            return None
        match = _TAG.match(self.text, at, self.end) if self.failures < _FAILURES else None
        if match is None:
            self.failures += 1
            match = _SIMPLE_TAG.match(self.text, at, self.end)
        if match is None:
            return None
        slash, name, rest = match.groups()
        if slash:
            return Token("close", name.lower(), at, match.end())
        attributes = _attributes(rest, match.start(3))
        is_value = any(value.end == match.end(3) for value in attributes.values())  # <a href=https://nhs.uk/>
        return Token(
            "empty" if rest.endswith("/") and not is_value else "open", name.lower(), at, match.end(), attributes
        )

    def _raw_end(self, name: str, at: int) -> int:
        """Where the content of a raw element ends; `at` if nothing closes it, for then it is none."""
        if name in self.without_end:
            return at
        match = re.compile(f"</{name}", re.IGNORECASE).search(self.text, at, self.end)
        if match is None:
            self.without_end.add(name)
        return match.start() if match else at


def _attributes(text: str, start: int) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {}
    if not text.strip("/ "):
        return found
    for match in _ATTRIBUTE.finditer(text):
        index = match.lastindex or 1
        name = match[1].lower()
        if name not in found:
            value = match[index] if index > 1 else ""
            span = match.span(index) if index > 1 else (match.end(1), match.end(1))
            found[name] = Attribute(html.unescape(value) if "&" in value else value, start + span[0], start + span[1])
    return found
