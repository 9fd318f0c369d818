"""The fields of a struct with what their types and the comments beside them say, for people who fill them in."""

from __future__ import annotations

import ast
import collections.abc
import inspect
import io
import json
import tokenize
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import msgspec

from healthlint.plain import squeezed

_MANY = (list, tuple, set, frozenset)
_MAPPINGS = (dict, collections.abc.Mapping)
_PLAIN = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True)
class Field:
    """A field, as the file of a rule names it."""

    name: str
    value: str  # what it may be, in words
    default: str  # as it is written in YAML; 'must be given' where there is none
    said: str  # the comment beside it


def of(struct: type[msgspec.Struct]) -> Iterator[Field]:
    """The fields of a struct, in order."""
    said = _comments(inspect.getmodule(struct)).get(struct.__name__, {})
    hints = typing.get_type_hints(struct)
    for field in msgspec.structs.fields(struct):
        yield Field(field.encode_name, words(hints[field.name]), _default(field), said.get(field.name, ""))


def inner(struct: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    """The structs that the fields of a struct are made of, and those of these."""
    found: dict[type[msgspec.Struct], None] = {}
    for kind in typing.get_type_hints(struct).values():
        for part in _parts(kind):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                found |= dict.fromkeys((part, *inner(part)))
    return list(found)


def words(kind: Any) -> str:
    """What a value of a type may be: 'a whole number', 'treatment or anything', 'a list of text'."""
    origin, parts = typing.get_origin(kind) or kind, typing.get_args(kind)
    if origin is typing.Annotated:
        return words(parts[0])
    if origin is typing.Literal:
        return ", ".join(f"`{part}`" for part in parts)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(words(part) for part in parts if part is not type(None))
    if origin in _MANY:
        return f"a list of {_several(parts[0])}"
    if origin in _MAPPINGS:
        return f"a mapping of text to {words(parts[1])}"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return f"a mapping ({kind.__name__})"
    return _PLAIN.get(origin, "text")


def _several(kind: Any) -> str:
    one = words(kind)
    if one.startswith("a list of "):
        return f"lists of {one.removeprefix('a list of ')}"
    return f"mappings{one.removeprefix('a mapping')}" if one.startswith("a mapping") else one.removeprefix("a ")


def _parts(kind: Any) -> Iterator[Any]:
    yield kind
    for part in typing.get_args(kind):
        yield from _parts(part)


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "must be given"
    value = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    plain = msgspec.to_builtins(value)
    if not plain and not isinstance(plain, bool | int | float):
        return ""
    text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    return f"`{text.replace(chr(34), '')}`"


@cache
def _comments(module: ModuleType) -> dict[str, dict[str, str]]:
    """By class and field of a module: the comment in the lines of the field, or in the line above it."""
    text = inspect.getsource(module)
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.COMMENT]
    by_row = {token.start[0]: token.string.lstrip("# ") for token in tokens}
    alone = {token.start[0] for token in tokens if token.line.lstrip().startswith("#")}

    def said(field: ast.AnnAssign) -> str:
        first = field.lineno - (field.lineno - 1 in alone)
        return squeezed(" ".join(by_row.get(row, "") for row in range(first, (field.end_lineno or first) + 1)))

    return {
        node.name: {
            part.target.id: said(part)
            for part in node.body
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
        }
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef)
    }
