"""`healthlint config` tells each value, and the row that it comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from projects import write

FILE = """\
extend: shared/base.yaml
rules: [our-rules]
severity:
  house: error
  house/b: info
ignore:
  - claims
  - yard/c
options:
  language/long-sentence: {most-words: 30}
per-path:
  - paths: [news/]
    severity: {house: info}
    ignore: [house/b]
    profile: news
  - paths: [blog/]
"""
BASE = """\
fail-on: error
extend-exclude: [old/]
options:
  language/long-sentence: {most-words: 50}
  language/person-first: {extend-but-for: [a, b]}
"""


@pytest.fixture
def told(project: Path, healthlint: Run) -> Any:
    """What is told of an article, as plain data: keys, and rules by name."""
    write(project, FILE)
    write(project, BASE, "shared/base.yaml")

    def tell(*arguments: str) -> tuple[dict[str, Any], dict[str, list[tuple[Any, str]]], dict[str, dict[str, Any]]]:
        done = healthlint("config", *arguments, "--output-format", "json")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        values: dict[str, list[tuple[Any, str]]] = {}
        for value in found["settings"]:
            values.setdefault(value["key"], []).append((value["value"], value["source"]))
        return found, values, {rule["code"]: rule for rule in found["rules"]}

    return tell


def test_values(told: Any) -> None:
    found, values, _ = told("news/a.md")
    assert found["files"] == ["shared/base.yaml", ".healthlint.yaml"]
    assert values["fail-on"] == [("error", "shared/base.yaml:1")]
    assert values["output-format"] == [("text", "default")]
    assert values["rules"] == [(["our-rules"], ".healthlint.yaml:2")]
    assert values["per-path"] == [({"paths": ["news/"]}, ".healthlint.yaml:12")]
    assert values["baseline"] == [(None, "default")]
    assert values["profile"] == [("news", ".healthlint.yaml:15")]
    assert told("a.md")[1]["profile"] == [(None, "default")]
    assert values["exclude"][0][1] == "default"
    assert not found["excluded"]
    assert told("shared/old/a.md")[0]["excluded"]
    assert not told("old/a.md")[0]["excluded"]


def test_rules(told: Any) -> None:
    _, _, rules = told("a.md")
    assert (rules["house/a"]["severity"], rules["house/a"]["severity_source"]) == ("error", ".healthlint.yaml:4")
    assert (rules["house/b"]["severity"], rules["house/b"]["severity_source"]) == ("info", ".healthlint.yaml:5")
    assert (rules["yard/c"]["run"], rules["yard/c"]["run_source"]) == (False, ".healthlint.yaml:8")
    assert (rules["claims/promotional"]["run"], rules["claims/promotional"]["run_source"]) == (
        False,
        ".healthlint.yaml:7",
    )
    assert (rules["yard/new"]["run"], rules["yard/new"]["run_source"]) == (False, "in preview")
    assert (rules["sources/no-sources"]["run"], rules["sources/no-sources"]["run_source"]) == (True, "default")
    _, _, rules = told("news/a.md")
    assert (rules["house/a"]["severity"], rules["house/a"]["severity_source"]) == ("info", ".healthlint.yaml:13")
    assert (rules["house/b"]["run"], rules["house/b"]["run_source"]) == (False, ".healthlint.yaml:14")


def test_options(told: Any) -> None:
    _, _, rules = told("a.md")
    assert rules["language/long-sentence"]["options"] == [
        {"key": "most-words", "value": 30, "source": ".healthlint.yaml:10"}
    ]
    (option,) = rules["language/person-first"]["options"]
    assert (option["key"], option["source"], option["value"][-2:]) == ("but-for", "shared/base.yaml:5", ["a", "b"])


def test_the_command_line(told: Any) -> None:
    files = ("--extend-exclude", "a.md", "--baseline", "b.json")
    found, values, rules = told("a.md", "--select", "yard,claims", "--fail-on", "info", *files)
    assert values["fail-on"] == [("info", "command line")]
    assert values["extend-exclude"] == [(["old/"], "shared/base.yaml:2"), (["a.md"], "command line")]
    assert values["baseline"] == [("b.json", "command line")]
    assert found["excluded"]
    assert (rules["yard/c"]["run"], rules["yard/c"]["run_source"]) == (True, "command line")
    assert (rules["house/a"]["run"], rules["house/a"]["run_source"]) == (False, "command line")
    assert told("--exit-zero")[1]["fail-on"] == [("never", "command line")]


def test_what_is_told_is_what_is_done(told: Any, healthlint: Run, project: Path) -> None:
    """The rules that are told to be run are those that a run takes."""
    write(project, "# Garlic\n\nThe best cure ever, say experts. Many sufferers agree.\n", "news/a.md")
    _, _, rules = told("news/a.md")
    done = healthlint("news/a.md", "--output-format", "json")
    for found in json.loads(done.stdout):
        assert rules[found["code"]]["run"]
        assert rules[found["code"]]["severity"] == found["severity"]


def test_as_text(told: Any, healthlint: Run) -> None:
    said = healthlint("config", "news/a.md").stdout
    assert said.startswith("news/a.md is configured by .healthlint.yaml, which extends shared/base.yaml\n\n")
    for row in (
        "fail-on error shared/base.yaml:1",
        'extend-exclude ["old/"] shared/base.yaml:2',
        "rules",
        "house/a info .healthlint.yaml:13",
        "house/b off .healthlint.yaml:14",
        "most-words 30 .healthlint.yaml:10",
        "baseline - default",
    ):
        assert any(" ".join(line.split()).startswith(row) for line in said.splitlines()), row
    first = healthlint("config", "shared/old/a.md").stdout.splitlines()[0]
    assert first.endswith("; it is left out of runs unless it is named")
    assert healthlint("config", "--isolated").stdout.startswith(". is configured by no file\n")


def test_toml_has_rows_too(tmp_path: Path, healthlint: Run) -> None:
    text = "[tool.healthlint]\nfail-on = 'info'\n[tool.healthlint.severity]\nclaims = 'info'\n"
    write(tmp_path, text, "pyproject.toml")
    found = json.loads(healthlint("config", "--output-format", "json").stdout)
    assert {value["key"]: value["source"] for value in found["settings"]}["fail-on"] == "pyproject.toml:2"
    (rule,) = [rule for rule in found["rules"] if rule["code"] == "claims/promotional"]
    assert rule["severity_source"] == "pyproject.toml:4"


def test_bad_input(tmp_path: Path, healthlint: Run) -> None:
    write(tmp_path, "selct: [claims]")
    done = healthlint("config")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "healthlint: .healthlint.yaml:1: selct: unknown key; did you mean 'select'?\n"
    write(tmp_path, "fail-on: info")
    done = healthlint("config", "--select", "clams")
    assert done.returncode == 2
    assert "did you mean 'claims'?" in done.stderr
    assert healthlint("config", "missing/deep/a.md").returncode == 0


def test_a_rule_that_cannot_be_used(project: Path, healthlint: Run) -> None:
    write(project, "rules: [our-rules]")
    (project / "our-rules/house/a.yaml").write_text("summary: [")
    done = healthlint("config", "a.md")
    assert done.returncode == 2
    assert done.stderr.startswith("healthlint: our-rules/house/a.yaml:1: ")
    assert "fail-on" in done.stdout
