"""YAML -> plain data that remembers the line of each key. Bounded: no file can make it run away."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from healthlint import kept

if TYPE_CHECKING:
    import yaml

MAX_NODES = 200_000  # with every alias written out
MAX_DEPTH = 40
SAFE_DEPTH = 1000  # libyaml composes about twenty times as much before it overruns the stack


class YamlError(Exception):
    """What is wrong with a YAML text, and the row (from 1) where it shows."""

    def __init__(self, row: int, what: str) -> None:
        super().__init__(what)
        self.row = row
        self.what = what


class Yaml:
    """A parsed file: `data` is made of dicts, lists and scalars."""

    def __init__(self, source: str | Path, data: Any) -> None:
        """`source` is the text, or the file that it is read from again once somebody asks for a row."""
        self.data = data
        self._source = source

    def row(self, path: Sequence[str | int]) -> int:
        """The row of the key or list item at `path`, or of the nearest one around it that there is."""
        text = self._source if isinstance(self._source, str) else self._source.read_text("utf-8-sig")
        node, row = _composed(text)[1], 1
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            row, node = found
        return row


def load(path: Path, largest: int) -> Yaml:
    """The YAML document in a file of at most `largest` bytes; what was parsed before is not parsed again.

    Raises YamlError as `parse` does, and for a file that is too large or no UTF-8; OSError.
    """
    name, stamp = os.path.abspath(path), kept.stamp(path)
    if (known := kept.run.get_bundled("yaml", name)) is not None:
        before, _, data = bytes(known).partition(b"\n")
        if before == stamp.encode():
            return Yaml(path, json.loads(data))
    yaml = parse(_text(path, largest))
    if (plain := _as_json(yaml.data)) is not None:
        kept.run.put_bundled("yaml", name, b"%s\n%s" % (stamp.encode(), plain))
    return yaml


def _text(path: Path, largest: int) -> str:
    with path.open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise YamlError(1, f"it is larger than {largest:,} bytes; split it up")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlError(data[: error.start].count(b"\n") + 1, "it is not UTF-8; save it as UTF-8") from None


def _as_json(data: Any) -> bytes | None:
    """Plain data as JSON; None for what JSON has no word for, such as a date."""
    try:
        plain = json.dumps(data)
    except (TypeError, ValueError):
        return None
    return plain.encode() if json.loads(plain) == data else None


def parse(text: str) -> Yaml:
    """The one YAML document in `text`. Raises YamlError for bad YAML, a key given twice, and runaway aliases."""
    return Yaml(text, _composed(text)[0])


def _composed(text: str) -> tuple[Any, yaml.Node | None]:
    """What is in a text, and the nodes that say where. Raises YamlError."""
    import yaml  # what was kept needs none

    try:
        _refuse_deep(text)
        loader = _loader()(text)
        try:
            root = loader.get_single_node()
            if root is None:
                return None, None
            _refuse_runaways(root)
            return loader.construct_document(root), root
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        rows = [mark.line + 1 for mark in (error.problem_mark, error.context_mark) if mark is not None]
        last = len(text.splitlines()) or 1  # what is missing at the end is reported behind it
        raise YamlError(min(rows[0], last) if rows else 1, _squeezed(error.problem or "not YAML")) from None
    except yaml.YAMLError as error:
        raise YamlError(1, _squeezed(str(error))) from None
    except RecursionError:
        raise YamlError(1, "it is nested too deeply") from None
    except ValueError as error:  # a date such as 2024-02-31
        raise YamlError(1, str(error)) from None


def _loader() -> Any:
    """The parser in C, seven times as fast; PyYAML may have been built without it."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _refuse_deep(text: str) -> None:
    """Raise YamlError for nesting on which libyaml's own recursion would crash the interpreter."""
    if sum(text.count(opening) for opening in "[{-?:") < SAFE_DEPTH:
        return
    import yaml

    depth = 0
    for event in yaml.parse(text, _loader()):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            mark = event.start_mark
            raise YamlError(mark.line + 1 if mark is not None else 1, f"it is nested more than {MAX_DEPTH} deep")


def _refuse_runaways(root: yaml.Node) -> None:
    """Raise YamlError if `root` is too deep, too large once its aliases are written out, or gives a key twice."""
    import yaml

    waiting, seen = [(root, 1)], 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        row = node.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise YamlError(row, f"it is nested more than {MAX_DEPTH} deep")
        if seen > MAX_NODES:
            raise YamlError(row, "its aliases repeat too much")
        if isinstance(node, yaml.MappingNode):
            _refuse_repeated_keys(node)
            waiting += [(part, depth + 1) for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(part, depth + 1) for part in node.value]


def _refuse_repeated_keys(mapping: yaml.MappingNode) -> None:
    import yaml

    rows: dict[str, int] = {}
    for key, _ in mapping.value:
        row = key.start_mark.line + 1
        if isinstance(key, yaml.ScalarNode):
            if key.value in rows:
                raise YamlError(row, f"the key '{key.value}' is already in line {rows[key.value]}; keep one of them")
            rows[key.value] = row


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    """The row and the value of a mapping's key or a sequence's index."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None
