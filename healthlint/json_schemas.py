"""JSON Schemas of what people write, a configuration and a rule, made from the types that both are read into.

They let an editor complete keys and names of rules; the files are judged by healthlint itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from healthlint import checks, config, rule_options, rules
from healthlint.rules import Rule, RuleError

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_REF = "#/$defs/{name}"
_NAMES = "RuleOrGroupName"


def configuration(rule_files: Mapping[str, Path]) -> Schema:
    """The schema of a configuration file where there are these rules; those that cannot be used have no options."""
    groups = dict.fromkeys(name.partition("/")[0] for name in rule_files)
    loaded = dict(_loaded(rule_files))
    named = {name: {"$ref": _ref(f"options-of-{rule.file.check}")} for name, rule in loaded.items()}
    schema = _of(config.Settings, "Configuration of healthlint")
    schema["$defs"] |= {
        _NAMES: {"enum": [*groups, *rule_files]},
        **dict(_options(loaded.values())),
        "options-of-rules": {"type": "object", "properties": named, "additionalProperties": False},
    }
    return {key: _with_names(part) for key, part in schema.items()}


def rule_file() -> Schema:
    """The schema of the file of a rule."""
    schema = _of(rules.RuleFile, "Rule of healthlint")
    for name in checks.names():
        found = msgspec.json.schema_components([checks.named(name)], ref_template=_REF)
        schema["$defs"] |= _without_defaults(found[1])
        condition = {"properties": {"check": {"const": name}}, "required": ["check"]}
        schema.setdefault("allOf", []).append({"if": condition, "then": {"properties": {"with": found[0][0]}}})
    schema["properties"]["check"] = {"enum": list(checks.names())}
    return schema


def _of(kind: type[msgspec.Struct], title: str) -> Schema:
    """The schema of a struct that is the whole of a file."""
    found = msgspec.json.schema(kind, ref_template=_REF)
    whole = found["$defs"].pop(kind.__name__)
    return {"$schema": DIALECT, **whole, "title": title, "$defs": found["$defs"]}


def _loaded(rule_files: Mapping[str, Path]) -> Iterator[tuple[str, Rule]]:
    for name, path in rule_files.items():
        try:
            yield name, rules.load(name, path)
        except RuleError:  # told where it is run
            continue


def _options(loaded: Iterable[Rule]) -> Iterator[tuple[str, Schema]]:
    """What can be changed in the rules of each check, with all that this refers to."""
    for name, kind in {rule.file.check: type(rule.check) for rule in loaded}.items():
        _, components = msgspec.json.schema_components([kind], ref_template=_REF)
        parts = _without_defaults(components)
        fields = parts.pop(kind.__name__)["properties"]
        properties = {}
        for option in rule_options.options(kind).values():
            properties[option.name] = fields[option.field]
            if option.adds_up:
                properties[rule_options.EXTEND + option.name] = fields[option.field]
        yield f"options-of-{name}", {"type": "object", "properties": properties, "additionalProperties": False}
        yield from parts.items()


def _with_names(schema: Any) -> Any:
    """The schema with the names of rules, and the options of each, in the places where they may stand."""
    if isinstance(schema, list):
        return [_with_names(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("propertyNames") == {"title": config.RULE}:
        return {"description": schema["description"], "$ref": _ref("options-of-rules")}
    if schema.get("title") == config.NAME:
        return {"$ref": _ref(_NAMES)}
    return {key: _with_names(part) for key, part in schema.items()}


def _without_defaults(schema: Any) -> Any:
    """The schema without the defaults of a check, which those of a rule take the place of."""
    if isinstance(schema, list):
        return [_without_defaults(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _without_defaults(part) for key, part in schema.items() if key != "default"}


def _ref(name: str) -> str:
    return _REF.format(name=name)
