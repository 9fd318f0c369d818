"""What holds for an article, value by value, and who says so: a key of a file, the command line, or nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from healthlint import globs, paths, rule_options
from healthlint.config import Config, Origin, PerPath, Settings
from healthlint.selection import Decision, Said, Selected, Selection, Wanted

OF_RULES = ("select", "ignore", "severity", "options")  # keys that are told rule by rule
ADDS_UP = ("extend", "rules", "extend-exclude", "per-path")  # keys to which each file adds

DEFAULT = "default"

_OF_SOME = [field.encode_name for field in msgspec.structs.fields(PerPath) if field.encode_name not in OF_RULES]


class Value(msgspec.Struct, frozen=True):
    """A value of a key, as plain data; a key to which files add has one for each file."""

    key: str
    value: Any
    source: str  # 'FILE:ROW', 'command line' or 'default'


class RuleState(msgspec.Struct, frozen=True):
    """What becomes of a rule in the article."""

    code: str
    is_run: Value
    severity: Value
    options: tuple[Value, ...]  # that somebody has changed


class Settled(msgspec.Struct, frozen=True):
    """All that holds for an article."""

    path: str
    files: tuple[str, ...]  # what is extended before what extends it
    is_excluded: bool
    values: tuple[Value, ...]
    rules: tuple[RuleState, ...]
    errors: tuple[str, ...]  # of rules that cannot be used


def settled(config: Config, wanted: Wanted, path: Path, given: Mapping[str, Any]) -> Settled:
    """What holds for the article `path`; `given` are the keys that the command line sets."""
    selected = Selection(wanted).rules(config, path.absolute())
    is_excluded = config.excludes(path.absolute(), is_folder=path.is_dir(), usual="exclude" not in given) or any(
        globs.matches(tuple(given.get(key, ())), Path.cwd(), path.absolute(), folder=path.is_dir())
        for key in ("exclude", "extend-exclude")
    )
    return Settled(
        str(path),
        tuple(layer.file for layer in config.layers if layer.file),
        is_excluded,
        tuple(_values(config, path, given)),
        tuple(_rule(decision, selected) for decision in selected.decisions),
        selected.errors,
    )


def _values(config: Config, path: Path, given: Mapping[str, Any]) -> Iterator[Value]:
    for field in msgspec.structs.fields(Settings):
        key = field.encode_name
        if key in OF_RULES:
            continue
        said = list(_said(config, key, path))
        if key in given:
            said = [*said, Value(key, given[key], "command line")]
        if key not in ADDS_UP:
            said = said[-1:]
        yield from said or [Value(key, _default(key), DEFAULT)]


def _said(config: Config, key: str, path: Path) -> Iterator[Value]:
    if key == "per-path":
        for at, index in config.per_path(path.absolute()):
            layer = config.layers[at]
            said = {"paths": list(layer.settings.per_path[index].paths)}
            yield Value(key, said, str(Origin(layer, (key, index))))
        return
    for layer in config.layers:
        if key in layer.given:
            yield Value(key, _plain(layer.settings, key), str(Origin(layer, (key,))))
    for at, index in config.per_path(path.absolute()) if key in _OF_SOME else ():
        entry = config.layers[at].settings.per_path[index]
        if (value := _plain(entry, key)) is not None:
            yield Value(key, value, str(Origin(config.layers[at], ("per-path", index, key))))


def _default(key: str) -> Any:
    if key == "exclude":
        return list(paths.EXCLUDED)
    return _plain(Settings(), key)


def _plain(settings: Settings | PerPath, key: str) -> Any:
    value = msgspec.to_builtins(getattr(settings, key.replace("-", "_")))
    return list(value) if isinstance(value, tuple) else value


def _rule(decision: Decision, selected: Selected) -> RuleState:
    rule = selected.named(decision.name)
    is_run = _value("run", decision.is_run)
    if rule is None and decision.is_run.value:
        is_run = Value("run", False, "in preview")
    severity = rule.severity.value if rule else None
    source = _value("severity", decision.severity).source
    options = {name.removeprefix(rule_options.EXTEND): said for name, said in decision.options}
    values = rule_options.values(rule) if rule else {}
    return RuleState(
        decision.name,
        is_run,
        Value("severity", severity, source),
        tuple(Value(name, values.get(name), str(said.origin)) for name, said in options.items()),
    )


def _value(key: str, said: Said) -> Value:
    return Value(key, said.value, str(said.origin) if said.origin else DEFAULT)
