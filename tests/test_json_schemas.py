"""The published schemas are sound, fresh, and agree with what healthlint itself takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import Run
from projects import write

from healthlint import builtin, json_schemas, rules
from healthlint.config import ConfigError, load
from reference import __main__ as reference

CONFIGURATION = jsonschema.Draft202012Validator(json_schemas.configuration(rules.all_available()))
RULE = jsonschema.Draft202012Validator(json_schemas.rule_file())


@pytest.mark.parametrize("schema", [CONFIGURATION.schema, RULE.schema], ids=["configuration", "rule"])
def test_sound(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    refs = set(_refs(schema))
    assert refs == {f"#/$defs/{name}" for name in schema["$defs"]}


def _refs(schema: Any) -> Any:
    if isinstance(schema, dict):
        for key, part in schema.items():
            yield from [part] if key == "$ref" else _refs(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _refs(part)


@pytest.mark.parametrize(("path", "text"), list(reference.generated()), ids=lambda part: getattr(part, "name", ""))
def test_what_is_published_is_fresh(path: Path, text: str) -> None:
    assert path.read_text("utf-8") == text, "run python -m reference"


GOOD = """\
extend: [base.yaml]
select: [claims, sources/no-sources]
ignore: [claims/promotional]
severity: {claims: info, claims/promotional: error}
options:
  language/long-sentence: {most-words: 30}
  language/person-first: {extend-terms: {people: [folk]}, but-for: []}
  claims/promotional: {evidence: clears, unless: [quoted]}
rules: [house/]
fail-on: never
exclude: [a/]
extend-exclude: [b/]
per-path: [{paths: [news/], select: [claims], options: {language/long-sentence: {most-words: 3}}}]
baseline: .healthlint-baseline.json
largest-file: 20
output-format: json
link-limits: {most: 20, pause: 0, seconds: 1.5}
profile: news
dose-style: uk
"""


def test_a_configuration_with_every_key() -> None:
    data = yaml.safe_load(GOOD)
    assert set(CONFIGURATION.schema["properties"]) == set(data)
    assert list(CONFIGURATION.iter_errors(data)) == []
    assert list(CONFIGURATION.iter_errors({})) == []


BAD = [
    "selct: [claims]",
    "select: [clams]",
    "select: claims",
    "severity: {clams: info}",
    "severity: {claims: high}",
    "fail-on: eror",
    "largest-file: 0",
    "largest-file: 1.5",
    "largest-file: 101",
    "options: {claims: {}}",
    "options: {language/long-sentence: {most_words: 3}}",
    "options: {language/long-sentence: {most-words: many}}",
    "options: {language/long-sentence: {extend-most-words: 3}}",
    "options: {claims/promotional: {evidence: clear}}",
    "link-limits: {most: 0}",
    "link-limits: {most-per-host: 1001}",
    "link-limits: {allow-private: true}",
    "check-links: true",
    "per-path: [{ignore: [claims]}]",
    "per-path: [{paths: [a], ignore: [clams]}]",
]


@pytest.mark.parametrize("text", BAD)
def test_what_healthlint_refuses_the_schema_refuses(text: str, tmp_path: Path) -> None:
    assert not CONFIGURATION.is_valid(yaml.safe_load(text))
    with pytest.raises(ConfigError):
        load(write(tmp_path, text))


def test_every_rule_file_fits() -> None:
    for name, path in rules.available(builtin.folder()).items():
        data = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))
        assert [error.message for error in RULE.iter_errors(data)] == [], name


@pytest.mark.parametrize("change", [{"check": "clams"}, {"with": {"pattern": ["x"]}}, {"severity": "high"}, {"why": 3}])
def test_a_rule_file_that_does_not(change: dict[str, Any]) -> None:
    data = yaml.safe_load((builtin.folder() / "claims/promotional.yaml").read_text("utf-8"))
    assert RULE.is_valid(data)
    assert not RULE.is_valid({**data, **change})


def test_the_command_knows_the_rules_of_the_house(project: Path, healthlint: Run) -> None:
    write(project, "rules: [our-rules]")
    done = healthlint("schema")
    assert done.returncode == 0
    found = jsonschema.Draft202012Validator(json.loads(done.stdout))
    assert found.is_valid({"select": ["house", "yard/c"]})
    assert not CONFIGURATION.is_valid({"select": ["house"]})
    done = healthlint("schema", "rule", "--output-file", "rule.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((project / "rule.json").read_text()) == RULE.schema
    assert healthlint("schema", "clams").returncode == 2
