"""The fields of a struct with what their types and the comments beside them say, for people who fill them in."""

from __future__ import annotations

import ast
import inspect
import io
import json
import tokenize
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import msgspec

from healthlint import rule_options
from healthlint.plain import squeezed


@dataclass(frozen=True)
class Field:
    """A field, as the file of a rule names it."""

    name: str
    value: str  # what it may be, in words
    default: str  # as it is written in YAML; 'must be given' where there is none
    said: str  # the comment beside it


def of(struct: type[msgspec.Struct]) -> Iterator[Field]:
    """The fields of a struct, in order."""
    said: dict[str, str] = {}
    for kind in reversed(struct.__mro__):  # what a check inherits is said where it was written
        if (module := inspect.getmodule(kind)) and issubclass(kind, msgspec.Struct) and kind is not msgspec.Struct:
            said |= _comments(module).get(kind.__name__, {})
    hints = typing.get_type_hints(struct)
    for field in msgspec.structs.fields(struct):
        yield Field(field.encode_name, rule_options.words(hints[field.name]), _default(field), said.get(field.name, ""))


def inner(struct: type[msgspec.Struct]) -> Iterator[tuple[str, type[msgspec.Struct]]]:
    """The fields that are made of structs, each with its struct, and then the same of these."""
    for name, kind in typing.get_type_hints(struct).items():
        for part in _parts(kind):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                yield name, part
                yield from inner(part)


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
