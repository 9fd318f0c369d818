"""TOML of front matter -> fields, each with its place, which tomllib does not tell."""

from __future__ import annotations

import re
import tomllib
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from healthlint.documents.document import Field, Span

_TOML_TABLE = re.compile(r"\[\[?([^\[\]\r\n]{1,200})\]\]?[ \t]*(?:#[^\r\n]*)?$")
_TOML_KEY = re.compile(r"((?:[\w-]{1,80}|\"[^\"\r\n]{1,80}\")(?:\.[\w-]{1,80}){0,8})[ \t]*=[ \t]*")
_TOML_STRING = re.compile(r"\"(?:[^\"\\\r\n]|\\.)*+\"|'[^'\r\n]*'|[\w.:+-]+")


def toml_fields(inner: str, start: int) -> list[Field]:
    """The fields of a TOML text that stands at `start` in its file. Raises ValueError if it is no TOML."""
    try:
        values = tomllib.loads(inner.replace("\r\n", "\n"))
    except RecursionError as error:
        raise ValueError("no TOML") from error
    places = dict(_toml_places(inner))
    fields: list[Field] = []
    for name, value in _flat(values):
        left, right = places.get(name, (0, len(inner)))
        fields += _located(name, value if isinstance(value, list) else [value], inner, Span(left, right), start)
    return fields


def _toml_places(inner: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where the value of each key stands: from behind its `=` to the next key or table."""
    table, found, at = "", [], 0
    for line in inner.splitlines(keepends=True):
        header, key = _TOML_TABLE.match(line.strip()), _TOML_KEY.match(line.lstrip())
        if header:
            table = header[1].replace('"', "").strip().lower() + "."
            found.append(("", at, at))
        elif key:
            indent = len(line) - len(line.lstrip())
            found.append((table + key[1].replace('"', "").lower(), at, at + indent + key.end()))
        at += len(line)
    for (name, _, left), following in zip_longest(found, found[1:]):
        if name:
            yield name, (left, following[1] if following else len(inner))


def _flat(values: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Dotted names and values; a list of tables gives the fields of each."""
    waiting: deque[tuple[str, object]] = deque([("", values)])
    while waiting:
        name, value = waiting.popleft()
        if isinstance(value, dict):
            waiting += [(f"{name}.{key}".lstrip(".").lower(), inner) for key, inner in value.items()]
        elif isinstance(value, list) and any(isinstance(element, dict) for element in value):
            waiting += [(name, element) for element in value]
        else:
            yield name, value


def _located(name: str, values: Sequence[object], inner: str, place: Span, start: int) -> Iterator[Field]:
    """A field for each value, at the next string of the file that reads like it."""
    at = place.start
    for value in values:
        text = str(value).lower() if isinstance(value, bool) else str(value).strip()
        if not text:
            continue
        match = next((m for m in _TOML_STRING.finditer(inner, at, place.end) if m[0].strip("\"'") == text), None)
        if match:
            at = match.end()
            quoted = match[0][0] in "\"'"
            span = Span(start + match.start() + quoted, start + match.end() - quoted)
        else:
            span = _trimmed(inner, place.start, place.end, start)
        yield Field(name, text, span)


def _trimmed(inner: str, left: int, right: int, start: int) -> Span:
    raw = inner[left:right]
    return Span(start + left + len(raw) - len(raw.lstrip()), start + left + len(raw.rstrip()))
