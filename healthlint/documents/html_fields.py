"""What a page says of itself outside its text: title, meta tags, JSON-LD, language."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from healthlint.documents.document import Field, Span
from healthlint.documents.html_tokens import Attribute, Token
from healthlint.documents.html_tree import Element, Tree

_MOST_VALUES = 300  # of one JSON-LD script
_DEEPEST = 100  # nested objects


def page_fields(tree: Tree, text: str) -> Iterator[Field]:
    """The fields of a page, in the order of the file."""
    element: Element | None = None
    titled = False
    for node in tree.nodes:
        if node.kind == "open" and node.element:
            element = node.element
            yield from _tag_fields(element)
        elif node.kind == "raw" and node.token and element:
            if node.token.name == "title" and not titled and not (element.parent and element.parent.name == "svg"):
                titled = True
                yield from _title(node.token, text)
            elif "ld+json" in element.attribute("type"):
                yield from _linked_data(node.token, text)


def _tag_fields(element: Element) -> Iterator[Field]:
    attributes = element.attributes
    if element.name == "html":
        yield from _field("lang", attributes.get("lang"))
    elif element.name == "meta":
        name = element.attribute("name") or element.attribute("property") or element.attribute("itemprop")
        yield from _field(name.lower(), attributes.get("content"))
    elif "itemprop" in attributes or element.name == "time":
        name = element.attribute("itemprop").lower() or ("datetime" if "datetime" in attributes else "")
        yield from _field(name, attributes.get("content") or attributes.get("datetime"))


def _field(name: str, value: Attribute | None) -> Iterator[Field]:
    if name and value and value.value.strip():
        yield Field(name, " ".join(value.value.split()), Span(value.start, value.end))


def _title(token: Token, text: str) -> Iterator[Field]:
    raw = text[token.start : token.end]
    value = " ".join(html.unescape(raw).split())
    if value:
        start = token.start + len(raw) - len(raw.lstrip())
        yield Field("title", value, Span(start, start + len(raw.strip())))


def _linked_data(token: Token, text: str) -> Iterator[Field]:
    """Every string and number of a JSON-LD script under its dotted name; a script that is no JSON has none."""
    raw = text[token.start : token.end]
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return
    at = 0
    for name, value in _values(data):
        written = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
        found = raw.find(written, at)
        if found < 0:
            yield Field(name, str(value), Span(token.start, token.end))
            continue
        at = found + len(written)
        quoted = isinstance(value, str)
        yield Field(name, str(value), Span(token.start + found + quoted, token.start + at - quoted))


def _values(data: object) -> Iterator[tuple[str, str | int | float]]:
    """Names and values in the order of the script; lists add nothing to a name, nor do '@graph' and '@context'."""
    waiting: list[tuple[str, object, int]] = [("", data, 0)]
    count = 0
    while waiting and count < _MOST_VALUES:
        name, value, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            inner = [(_dotted(name, key), part, depth + 1) for key, part in value.items() if key != "@context"]
            waiting += reversed(inner)
        elif isinstance(value, list):
            waiting += [(name, part, depth + 1) for part in reversed(value)]
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip() and name:
            count += 1
            yield name, value


def _dotted(outer: str, key: str) -> str:
    key = "" if key == "@graph" else key.lower()
    return f"{outer}.{key}" if outer and key else outer or key
