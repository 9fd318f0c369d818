"""YAML of front matter -> fields, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from healthlint.documents.document import Field, Span

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST_NAME = 200  # characters; deeper names are cut


def yaml_fields(inner: str, start: int) -> list[Field]:
    """The fields of a YAML text that stands at `start` in its file. Raises ValueError if it is no YAML."""
    try:
        return list(_Events(inner, start).fields())
    except (yaml.YAMLError, UnicodeError) as error:
        raise ValueError("no YAML") from error


class _Events:
    """YAML read as events: nothing is built, aliases are not expanded, depth costs no stack."""

    def __init__(self, inner: str, start: int) -> None:
        self.inner, self.start = inner, start
        self.names: list[str] = []  # of the mappings and lists that are open
        self.kinds: list[str] = []  # 'key', 'value' (of a mapping, whichever comes next) or 'list'
        self.key = ""

    def fields(self) -> Iterator[Field]:
        for event in yaml.parse(self.inner, Loader=_LOADER):
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self.names.append(self._name())
                self.kinds.append("key" if isinstance(event, yaml.MappingStartEvent) else "list")
                self.key = ""
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.names.pop()
                self.kinds.pop()
                self._turn("key")
            elif isinstance(event, yaml.ScalarEvent):
                yield from self._scalar(event)
            elif isinstance(event, yaml.AliasEvent):
                self._turn("key")

    def _name(self) -> str:
        """The dotted name of the value that comes next."""
        outer = self.names[-1] if self.names else ""
        own = self.key if self.kinds and self.kinds[-1] == "value" else ""
        return f"{outer}.{own}" if outer and own and len(outer) < _LONGEST_NAME else outer or own

    def _turn(self, expected: str) -> None:
        if self.kinds and self.kinds[-1] != "list":
            self.kinds[-1] = expected

    def _scalar(self, event: yaml.ScalarEvent) -> Iterator[Field]:
        if self.kinds and self.kinds[-1] == "key":
            self.key = event.value.strip().lower()
            self._turn("value")
            return
        name, value = self._name(), event.value.strip()
        self._turn("key")
        quoted = event.style in ("'", '"')
        left, right = _index(event.start_mark) + quoted, _index(event.end_mark) - quoted
        if name and value and (quoted or value not in ("~", "null")):
            yield Field(name, value, _trimmed(self.inner, left, right, self.start))


def _index(mark: Any) -> int:
    return int(mark.index)


def _trimmed(inner: str, left: int, right: int, start: int) -> Span:
    raw = inner[left:right]
    return Span(start + left + len(raw) - len(raw.lstrip()), start + left + len(raw.rstrip()))
