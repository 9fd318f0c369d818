"""Plain data from a file -> a typed struct; what does not fit is named by its key, with the mend."""

from __future__ import annotations

import enum
import re
import types
import typing
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Path = tuple[str | int, ...]

_AT = re.compile(r" - at (?:`key` in )?`\$([^`]*)`$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_ANY_KEY = "..."  # how msgspec writes the key of a dict
_PLAIN_NAMES = {
    "array": "a list",
    "object": "a mapping",
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "date": "a date",
    "datetime": "a date",
}


class SchemaError(Exception):
    """What does not fit, and the path of its key: ('with', 'any_of', 0)."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(what)
        self.path = path
        self.what = what

    def __str__(self) -> str:
        return f"{dotted(self.path)}: {self.what}" if self.path else self.what


def convert(data: Any, kind: type[T], within: Path = ()) -> T:
    """`data` as a `kind`; `within` is where in its file `data` stands. Raises SchemaError."""
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        path, what = _read(str(error))
        raise SchemaError(*_said_plainly(kind, within, _with_keys(data, kind, path), what)) from None
    except UnicodeEncodeError:  # JSON can write half of a surrogate pair
        raise SchemaError(within, "half of a character stands where something else is expected") from None


def dotted(path: Path) -> str:
    """A path as people write it: with.any_of[0]."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def plain_name(kind: str) -> str:
    """What people call a type: 'a whole number' for 'int'."""
    return _PLAIN_NAMES.get(kind, kind)


def nearest(word: str, known: Iterable[str]) -> str:
    """'; did you mean X?' for the known word that is most like `word`, or nothing."""
    import difflib  # for what is misspelt alone

    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return f"; did you mean '{found[0]}'?" if found else ""


def _read(message: str) -> tuple[Path, str]:
    """The path and the rest of one of msgspec's messages; a struct's own check may start with the key it means."""
    at = _AT.search(message)
    what = message[: at.start()] if at else message
    steps = [int(index) if index.isdigit() else key or index for key, index in _STEP.findall(at[1])] if at else []
    key, colon, rest = what.partition(": ")
    return ((*steps, key), rest) if colon and key.isidentifier() else (tuple(steps), what)


def _with_keys(data: Any, kind: Any, path: Path) -> Path:
    """`path` with the key of the first entry that does not fit in the place of each `...`."""
    steps: list[str | int] = []
    for at, step in enumerate(path):
        if step != _ANY_KEY:
            steps.append(step)
        else:
            wanted = _type_at(kind, path[: at + 1])
            steps.append(next(key for key, value in data.items() if not _fits(value, wanted)))
        data = data[steps[-1]]
    return tuple(steps)


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError:
        return False
    return True


def _said_plainly(kind: Any, within: Path, path: Path, what: str) -> tuple[Path, str]:
    """The path and the words of a SchemaError for one of msgspec's messages."""
    quoted = re.findall(r"`([^`]*)`", what)
    if what.startswith("Object contains unknown field"):
        known = _keys(_type_at(kind, path))
        hint = nearest(quoted[0], known) or (f"; known: {', '.join(known)}" if known else "; there are none")
        return (*within, *path, quoted[0]), f"unknown key{hint}"
    if what.startswith("Object missing required field"):
        return (*within, *path), f"the key '{quoted[0]}' is missing"
    if what.startswith("Invalid enum value"):
        given, known = what.removeprefix("Invalid enum value ").strip("'"), _choices(_type_at(kind, path))
        return (*within, *path), f"'{given}' is none of {', '.join(known)}{nearest(given, known)}"
    if what.startswith("Expected `") and ", got `" in what:
        return (*within, *path), _wrong_type(*quoted)
    return (*within, *path), re.sub(
        r"`(\w+)`", lambda name: _PLAIN_NAMES.get(name[1], name[1]), what[:1].lower() + what[1:]
    )


def _wrong_type(expected: str, got: str) -> str:
    names = [name.strip() for name in expected.split("|") if name.strip() != "null"]
    wanted = " or ".join(_PLAIN_NAMES.get(name, name) for name in names)
    hint = "; put it in quotes" if "str" in names and got not in {"array", "object", "null"} else ""
    hint = hint or ("; write it as [..., ...]" if names == ["array"] and got == "str" else "")
    return f"expected {wanted}, got {_PLAIN_NAMES.get(got, got)}{hint}"


def _type_at(kind: Any, path: Sequence[str | int]) -> Any:
    """The type that the value at `path` inside a `kind` should have."""
    for step in path:
        kind = _without_none(kind)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
            kind = fields.get(str(step))
        else:
            kind = next((arg for arg in reversed(typing.get_args(kind)) if arg is not ...), None)
    return _without_none(kind)


def _without_none(kind: Any) -> Any:
    """The part of a union that has keys, items or choices of its own; a type without what is said of it beside."""
    if typing.get_origin(kind) is typing.Annotated:
        kind = typing.get_args(kind)[0]
    if typing.get_origin(kind) not in (typing.Union, types.UnionType):
        return kind
    parts = [part for part in typing.get_args(kind) if part not in (type(None), str, int, float, bool)]
    return parts[0] if parts else kind


def _keys(kind: Any) -> list[str]:
    is_struct = isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    return [field.encode_name for field in msgspec.structs.fields(kind)] if is_struct else []


def _choices(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return [str(member.value) for member in kind]
    return [str(choice) for choice in typing.get_args(kind)]
