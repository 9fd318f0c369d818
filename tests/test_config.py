"""The nearest file counts, every key does what it says, and a typo is an error with its place and a suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import RULE, chosen, write

from healthlint.config import ConfigError, Configs, Settings, load
from healthlint.configfile import find
from healthlint.rules import Severity
from healthlint.selection import Selection, Wanted


def test_without_a_file_all_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = Configs().of(tmp_path)
    assert config.settings == Settings()
    assert config.root == tmp_path


def test_every_key(project: Path) -> None:
    config = load(
        write(
            project,
            """\
select: [house, claims]
ignore: [house/b]
severity: {house: error, house/a: info}
rules: [our-rules/]
fail-on: error
exclude: [drafts/]
extend-exclude: ["*.bak.md"]
per-path:
  - paths: ["blog/**"]
    ignore: [claims]
    severity: {house: info}
output-format: concise
""",
        )
    )
    assert config.settings.fail_on == "error"
    assert config.settings.output_format == "concise"
    assert config.settings.exclude == ("drafts/",)
    assert config.settings.extend_exclude == ("*.bak.md",)
    assert chosen(config) == ["house/a"]


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    top = write(tmp_path, "fail-on: error")
    write(tmp_path, "[tool.black]", "inner/pyproject.toml")
    assert find(tmp_path / "inner" / "deep") == top
    inner = write(tmp_path, "[tool.healthlint]\nfail-on = 'info'", "inner/pyproject.toml")
    assert find(tmp_path / "inner" / "deep") == inner
    short = write(tmp_path, "", "inner/.healthlint.yml")
    assert find(tmp_path / "inner") == short
    assert find(tmp_path) == top


def test_one_file_for_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "fail-on: error")
    other = write(tmp_path, "fail-on: info", "other.yaml")
    assert Configs().of(tmp_path).settings.fail_on == "error"
    assert Configs(other).of(tmp_path).settings.fail_on == "info"
    assert Configs(isolated=True).of(tmp_path).settings.fail_on == "warning"


def test_toml_says_the_same(project: Path) -> None:
    config = load(
        write(
            project,
            """\
[tool.healthlint]
rules = ["our-rules"]
select = ["house"]
fail-on = "never"
[tool.healthlint.severity]
"house/a" = "error"
[[tool.healthlint.per-path]]
paths = ["blog/"]
ignore = ["house/a"]
""",
            "pyproject.toml",
        )
    )
    assert chosen(config) == ["house/a", "house/b"]
    assert chosen(config, article="blog/x.md") == ["house/b"]
    assert config.settings.fail_on == "never"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct: [claims]", "1: selct: unknown key; did you mean 'select'?"),
        ("select:\n  - claims\n  - clams", "3: select[1]: there is no rule or group 'clams'; did you mean 'claims'?"),
        ("\nignore: [claims/promotionl]", "2: ignore[0]: there is no rule or group 'claims/promotionl'; did you mean"),
        ("severity:\n  clams: error", "2: severity.clams: there is no rule or group 'clams'; did you mean 'claims'?"),
        (
            "severity:\n  claims: eror",
            "2: severity.claims: 'eror' is none of error, warning, info; did",
        ),
        ("fail-on: eror", "1: fail-on: 'eror' is none of error, warning, info, never; did you mean 'error'?"),
        ("fail_on: error", "1: fail_on: unknown key; did you mean 'fail-on'?"),
        ("output-format: jsn", "1: output-format: 'jsn' is none of text, concise, json, "),
        ("select: claims", "1: select: expected a list, got text; write it as [..., ...]"),
        ("rules: [missing]", "1: rules[0]: there is no folder 'missing'; folders are relative to this file"),
        ("per-path:\n - paths: [a]\n   ignore: [clams]", "3: per-path[0].ignore[0]: there is no rule or group 'clams'"),
        ("per-path:\n - ignore: [claims]", "2: per-path[0]: the key 'paths' is missing"),
        ("exclude: ['!']", "1: exclude[0]: '!' is no pattern as in .gitignore, with two ** at most"),
        ("a: 1\na: 2", "2: the key 'a' is already in line 1; keep one of them"),
        ("- a\n- b", "1: expected a mapping, got a list"),
        ("select: [", "1: "),
    ],
)
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as raised:
        load(write(tmp_path, text))
    assert str(raised.value).startswith(f".healthlint.yaml:{said}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.healthlint]\nselct = ['claims']", "2: selct: unknown key; did you mean 'select'?"),
        ("[tool.healthlint.severity]\nclams = 'error'", "2: severity.clams: there is no rule or group 'clams'"),
        ("[tool.ruff]\nselect = ['E']\n[tool.healthlint]\nselect = ['clams']", "4: select[0]: there is no rule"),
        ("[tool.healthlint]\nselect = [", "2: it is not TOML: "),
        ("x = 1\n[tool]\nhealthlint = 3", "1: expected a mapping, got a whole number"),
    ],
)
def test_a_mistake_in_toml_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as raised:
        load(write(tmp_path, text, "pyproject.toml"))
    assert str(raised.value).startswith(f"pyproject.toml:{said}")


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=r"^missing\.yaml: it cannot be read"):
        load(Path("missing.yaml"))
    (tmp_path / "latin.yaml").write_bytes(b"select: [caf\xe9]")
    with pytest.raises(ConfigError, match=r"^latin\.yaml:1: it is not UTF-8"):
        load(Path("latin.yaml"))


def test_a_rule_may_not_take_the_name_of_another(project: Path) -> None:
    path = project / "our-rules" / "suppressions" / "unused.yaml"
    path.parent.mkdir()
    path.write_text(RULE)
    with pytest.raises(ConfigError, match="there is a rule suppressions/unused already"):
        load(write(project, "rules: [our-rules]"))


ALL = ["house/a", "house/b", "yard/c"]


@pytest.mark.parametrize(
    ("settings", "wanted", "expected"),
    [
        ("", Wanted(), ALL),
        ("", Wanted(preview=True), [*ALL, "yard/new"]),
        ("", Wanted(select=("yard",)), ["yard/c"]),
        ("", Wanted(select=("yard/new",)), ["yard/new"]),
        ("", Wanted(select=("house",), ignore=("house/a",)), ["house/b"]),
        ("", Wanted(select=("house/a",), ignore=("house",)), ["house/a"]),
        ("", Wanted(ignore=("house",)), ["yard/c"]),
        ("select: [house]", Wanted(), ["house/a", "house/b"]),
        ("select: [house/a]\nignore: [house]", Wanted(), ["house/a"]),
        ("select: [house]", Wanted(ignore=("house/a",)), ["house/b"]),
        ("select: [house]\nignore: [house/b]", Wanted(select=("yard", "house")), ALL),
        ("select: [yard/new]", Wanted(), ["yard/new"]),
        ("ignore: [house]", Wanted(), ["yard/c"]),
        ("select: []", Wanted(), []),
        ("per-path: [{paths: ['*.md'], select: [yard]}]", Wanted(), ["yard/c"]),
        ("per-path: [{paths: ['*.md'], ignore: [yard]}]", Wanted(), ["house/a", "house/b"]),
        ("per-path: [{paths: ['*.md'], ignore: [yard]}]", Wanted(select=("yard", "house/a")), ["house/a"]),
        ("per-path: [{paths: ['*.md'], select: [yard]}]", Wanted(select=("house",)), ["house/a", "house/b"]),
        ("per-path: [{paths: ['*.txt'], ignore: [yard]}]", Wanted(), ALL),
    ],
)
def test_which_rules_are_run(project: Path, settings: str, wanted: Wanted, expected: list[str]) -> None:
    config = load(write(project, f"rules: [our-rules]\n{settings}"))
    assert chosen(config, wanted) == expected


def test_severities(project: Path) -> None:
    config = load(
        write(
            project,
            """\
rules: [our-rules]
severity: {house: error, house/b: info}
per-path:
  - {paths: [blog/], severity: {house: warning, yard/c: error}}
""",
        )
    )
    selection = Selection(Wanted())

    def severities(article: str) -> dict[str, Severity]:
        return {rule.name: rule.severity for rule in selection.rules(config, project / article).rules}

    assert [severities("a.md")[name] for name in ALL] == ["error", "info", "warning"]
    assert [severities("blog/a.md")[name] for name in ALL] == ["warning", "warning", "error"]


def test_a_broken_rule_leaves_the_others(project: Path) -> None:
    (project / "our-rules" / "house" / "a.yaml").write_text("summary: [")
    config = load(write(project, "rules: [our-rules]"))
    selected = Selection(Wanted()).rules(config, project / "a.md")
    assert {"house/b", "yard/c"} <= {rule.name for rule in selected.rules}
    (error,) = [error for error in selected.errors if "our-rules" in error]
    assert error.startswith("our-rules/house/a.yaml:1: ")
