"""What a configuration changes in a rule: the fields that its file gives to its check under `with`.

`most-words: 40` takes the place of what the rule says; `extend-but-for: [...]` adds to it. Names are those of the rule
file with hyphens in the place of underscores.
"""

from __future__ import annotations

import collections.abc
import enum
import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from healthlint import rules, schema
from healthlint.checks import Check
from healthlint.rules import Rule

EXTEND = "extend-"

_MANY = (list, tuple, set, frozenset, dict, collections.abc.Mapping)


class Option(msgspec.Struct, frozen=True):
    """A field of a check, as a configuration names it."""

    name: str  # 'most-words'
    field: str  # 'most_words'
    kind: Any  # its type
    default: Any  # as plain data; msgspec.NODEFAULT where a rule has to give it

    @property
    def words(self) -> str:
        """What it may be."""
        return words(self.kind)

    @property
    def adds_up(self) -> bool:
        """Whether there can be more of it: a list or a mapping."""
        kinds = [typing.get_origin(part) or part for part in (self.kind, *typing.get_args(self.kind))]
        is_union = kinds[0] not in _MANY and type(None) in typing.get_args(self.kind)
        return any(kind in _MANY for kind in (kinds[1:] if is_union else kinds[:1]))


def words(kind: Any) -> str:
    """What a value of a type may be: 'a whole number', 'quoted | refuted', 'a list of text'."""
    origin, inner = typing.get_origin(kind) or kind, typing.get_args(kind)
    if origin is typing.Annotated:
        return words(inner[0])
    if origin is typing.Literal:
        return " | ".join(map(str, inner))
    if origin in (typing.Union, types.UnionType):
        return " or ".join(words(part) for part in inner if part is not type(None))
    if isinstance(kind, enum.EnumType):
        members: typing.Iterable[enum.Enum] = kind
        return " | ".join(str(member.value) for member in members)
    if origin in _MANY or (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        is_list = origin in _MANY and origin not in (dict, collections.abc.Mapping)
        return "a mapping" if not is_list else f"a list of {_several(inner[0])}" if inner else "a list"
    return schema.plain_name(getattr(origin, "__name__", "str"))


def _several(kind: Any) -> str:
    """What a list holds."""
    one = words(kind)
    return f"{one.removeprefix('a ')}s" if one in ("a mapping", "a number", "a whole number") else one


@cache
def options(check: type[Check]) -> dict[str, Option]:
    """All options of the rules of a check, by name."""
    found = {}
    for field in msgspec.structs.fields(check):
        default = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        if default is not msgspec.NODEFAULT:
            default = msgspec.to_builtins(default)
        name = field.encode_name.replace("_", "-")
        found[name] = Option(name, field.encode_name, field.type, default)
    return found


def values(rule: Rule) -> dict[str, Any]:
    """What each option of a rule is, as plain data; None for one that its file should give and does not."""
    found = {
        name: rule.file.with_.get(option.field, option.default) for name, option in options(type(rule.check)).items()
    }
    return {name: None if value is msgspec.NODEFAULT else value for name, value in found.items()}


def changed(rule: Rule, wanted: Sequence[tuple[str, Any]]) -> Rule:
    """A rule with options changed, one after the other. Raises SchemaError with the name of the option as its path."""
    with_ = dict(rule.file.with_)
    for name, value in wanted:
        option = _named(rule, name)
        more = msgspec.to_builtins(schema.convert(value, option.kind, (name,)))
        if name.startswith(EXTEND):
            old = with_.get(option.field, option.default)
            more = more if old in (None, msgspec.NODEFAULT) else _extended(old, more)
        with_[option.field] = more
    try:
        check = schema.convert(with_, type(rule.check))
        rules.verify(check, with_)
    except schema.SchemaError as error:
        meant = [name for name, _ in wanted if _named(rule, name).field in error.path[:1] or len(wanted) == 1]
        raise schema.SchemaError(tuple(meant[-1:]), error.what) from None
    return msgspec.structs.replace(rule, file=msgspec.structs.replace(rule.file, with_=with_), check=check)


def _named(rule: Rule, name: str) -> Option:
    known = options(type(rule.check))
    option = known.get(name.removeprefix(EXTEND))
    if option is None:
        names = [*known, *(EXTEND + one.name for one in known.values() if one.adds_up)]
        hint = schema.nearest(name, names) or f"; see healthlint explain {rule.name}"
        raise schema.SchemaError((name,), f"{rule.name} has no such option{hint}")
    if name.startswith(EXTEND) and not option.adds_up:
        raise schema.SchemaError((name,), f"there can be but one; write '{option.name}' to change it")
    return option


def _extended(old: Any, more: Any) -> Any:
    """A list with more items, or a mapping with more keys and with more under the keys that it has."""
    if isinstance(old, Mapping) and isinstance(more, Mapping):
        return {**old, **{key: _extended(old[key], value) if key in old else value for key, value in more.items()}}
    if isinstance(old, list | tuple) and isinstance(more, list | tuple):
        return [*old, *more]
    return more
