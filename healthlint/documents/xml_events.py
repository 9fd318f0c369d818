"""XML -> elements and text, one after the other, for readers of files that strangers send.

Nothing is fetched, and no entity is ever expanded, for a document type is refused; elements are counted and their
nesting is bounded, so that a small file cannot take much time or memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from healthlint.documents import ReadError

MOST_ELEMENTS = 1_000_000  # in one part
DEEPEST = 1_000  # nested elements

Attributes = Mapping[str, str]


class Handler:
    """Takes the elements of a document. Names are short: those of `prefixes` with their prefix, others without."""

    prefixes: Mapping[str, str] = {}  # namespaces, and what they are called in names

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins; the names of attributes are short, too."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, words: str) -> None:
        """Some text inside the element that began last and has not ended."""


def read_xml(data: bytes, handler: Handler) -> None:
    """Hand all elements to a handler. Raises ReadError for what is not XML, or more than an article needs."""
    names = _Names(handler.prefixes)
    count = depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count += 1
        depth += 1
        if count > MOST_ELEMENTS:
            raise ReadError(f"holds more than {MOST_ELEMENTS:,} elements of XML; an article does not: exclude it")
        if depth > DEEPEST:
            raise ReadError(f"nests XML more than {DEEPEST:,} deep; an article does not: exclude it")
        handler.start(names[name], {names[key]: value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(names[name])

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise ReadError(f"is damaged (XML, line {error.lineno}: {what}); save it anew, or exclude it") from None
    except (LookupError, ValueError):
        raise ReadError("is damaged (XML in an unknown encoding); save it anew, or exclude it") from None


class _Names(dict[str, str]):
    """'namespace name' as expat gives it -> 'prefix:name'."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, full: str) -> str:
        namespace, _, name = full.rpartition(" ")
        prefix = self._prefixes.get(namespace)
        short = f"{prefix}:{name}" if prefix else name
        if len(self) < 1_000:  # made-up names are not remembered for ever
            self[full] = short
        return short


def _refuse(*_: object) -> None:
    """A document type may declare entities; no writer of articles makes one."""
    raise ReadError("has a document type (<!DOCTYPE>), which may hide anything; save it anew, or exclude it")
