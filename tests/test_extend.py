"""A configuration may build on others, and change the options of rules; mistakes are told where they are made."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from projects import chosen, write

from healthlint import builtin, checks, rule_options, rules
from healthlint.config import Config, ConfigError, Configs, FailOn, load
from healthlint.selection import Selection, Wanted


def said_of(path: Path) -> str:
    with pytest.raises(ConfigError) as raised:
        load(path)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_what_extends_has_the_last_word(project: Path) -> None:
    write(project, "fail-on: error\noutput-format: json\nrules: [../our-rules]\nignore: [yard]", "shared/base.yaml")
    config = load(write(project, "extend: shared/base.yaml\nfail-on: info\nignore: [house/a]"))
    assert config.settings.fail_on is FailOn.INFO
    assert config.settings.output_format == "json"
    assert chosen(config) == ["house/b"]
    assert chosen(load(write(project, "extend: shared/base.yaml\nselect: [house/a, yard]"))) == ["house/a", "yard/c"]
    assert config.root == project


def test_paths_and_patterns_stay_relative_to_their_own_file(project: Path) -> None:
    write(project, "exclude: [old/]\nper-path: [{paths: [news/], ignore: [house]}]", "shared/base.yaml")
    config = load(
        write(
            project,
            "extend: shared/base.yaml\nrules: [our-rules]\nextend-exclude: [drafts/]\n"
            "per-path: [{paths: [blog/], ignore: [yard]}]",
        )
    )
    for path, is_left_out in (("shared/old", True), ("old", False), ("drafts", True), ("shared/drafts", True)):
        assert config.excludes(project / path, is_folder=True) == is_left_out, path
    assert not config.excludes(project / "shared" / "old", is_folder=True, usual=False)
    assert chosen(config, article="shared/news/a.md") == ["yard/c"]
    assert chosen(config, article="news/a.md") == ["house/a", "house/b", "yard/c"]
    assert chosen(config, article="blog/a.md") == ["house/a", "house/b"]


def test_several_in_order_and_one_that_two_of_them_extend(project: Path) -> None:
    write(project, "rules: [our-rules]\nfail-on: error", "top.yaml")
    write(project, "extend: top.yaml\nfail-on: info", "one.yaml")
    write(project, "extend: top.yaml\nseverity: {house: info}", "two.yaml")
    config = load(write(project, "extend: [one.yaml, two.yaml]"))
    assert [layer.file for layer in config.layers] == ["top.yaml", "one.yaml", "two.yaml", ".healthlint.yaml"]
    assert config.settings.fail_on is FailOn.INFO


def test_toml_and_yaml_extend_one_another(project: Path) -> None:
    write(project, "[tool.healthlint]\nextend = 'base.yaml'\nfail-on = 'info'", "pyproject.toml")
    write(project, "rules: [our-rules]\nignore: [yard]", "base.yaml")
    config = load(project / "pyproject.toml")
    assert chosen(config) == ["house/a", "house/b"]
    config = load(write(project, "extend: pyproject.toml"))
    assert config.settings.fail_on is FailOn.INFO


def test_mistakes_name_the_file_that_makes_them(project: Path) -> None:
    write(project, "selct: [house]", "shared/base.yaml")
    assert said_of(write(project, "extend: shared/base.yaml")) == (
        "shared/base.yaml:1: selct: unknown key; did you mean 'select'?"
    )
    write(project, "\nignore: [hose]", "shared/base.yaml")
    said = said_of(write(project, "extend: shared/base.yaml\nrules: [our-rules]"))
    assert said == "shared/base.yaml:2: ignore[0]: there is no rule or group 'hose'; did you mean 'house'?"


def test_a_file_that_is_missing_and_a_circle(project: Path) -> None:
    said = said_of(write(project, "fail-on: info\nextend: [missing.yaml]"))
    assert said == (
        ".healthlint.yaml:2: extend[0]: there is no file 'missing.yaml'; files are named relative to this one"
    )
    write(project, "extend: ../.healthlint.yaml", "shared/base.yaml")
    said = said_of(write(project, "\nextend: shared/base.yaml"))
    assert said == (
        "shared/base.yaml:1: extend: it leads back to itself: .healthlint.yaml -> shared/base.yaml -> .healthlint.yaml"
    )
    assert "leads back to itself" in said_of(write(project, "extend: .healthlint.yaml"))


LONG = "language/long-sentence"


def of(config: Config, name: str, article: str = "a.md") -> dict[str, object]:
    (rule,) = [rule for rule in Selection(Wanted()).rules(config, config.root / article).rules if rule.name == name]
    return rule_options.values(rule)


def test_options_change_a_rule_and_add_to_it(tmp_path: Path) -> None:
    write(tmp_path, f"options: {{{LONG}: {{most-words: 50}}}}", "base.yaml")
    config = load(
        write(
            tmp_path,
            f"""\
extend: base.yaml
options:
  language/person-first:
    extend-but-for: [diabetic foot]
    extend-terms: {{people with asthma: [asthmatic folk], people with hay fever: [sneezers]}}
per-path:
  - {{paths: [long/], options: {{{LONG}: {{most-words: 60}}}}}}
""",
        )
    )
    assert of(config, LONG)["most-words"] == 50
    assert of(config, LONG, "long/a.md")["most-words"] == 60
    before = rule_options.values(rules.load("language/person-first", builtin.folder() / "language/person-first.yaml"))
    after = of(config, "language/person-first")
    assert after["but-for"] == [*before["but-for"], "diabetic foot"]
    assert set(after["terms"]) == {*before["terms"], "people with asthma", "people with hay fever"}  # type: ignore[call-overload]
    assert all(after["terms"][key][: len(words)] == list(words) for key, words in before["terms"].items())  # type: ignore[index]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("clams: {}", "2: options.clams: there is no rule or group 'clams'; did you mean 'claims'?"),
        ("claims: {}", "2: options.claims: 'claims' is a group; name one of its rules"),
        (f"{LONG}: {{most_words: 3}}", f"2: options.{LONG}.most_words: {LONG} has no such option; did you mean 'most-"),
        (f"{LONG}:\n    most-words: '3'", f"3: options.{LONG}.most-words: expected a whole number, got text"),
        (f"{LONG}: {{extend-most-words: 3}}", f"2: options.{LONG}.extend-most-words: there can be but one; write 'mos"),
        (f"{LONG}: 3", f"2: options.{LONG}: expected a mapping, got a whole number"),
        (
            "language/person-first:\n    extend-terms:\n      x: [1]",
            "4: options.language/person-first.extend-terms.x[0]: expected text, got a whole number",
        ),
        (
            "claims/promotional:\n    evidence: clear",
            "3: options.claims/promotional.evidence: 'clear' is none of clears, counts for nothing; did you mean 'clea",
        ),
        (
            "claims/promotional:\n    extend-patterns: ['{clams} work']",
            "3: options.claims/promotional.extend-patterns: the pattern '{clams} work' names the lexicon",
        ),
    ],
)
def test_mistakes_in_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: str, said: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert said_of(write(tmp_path, f"options:\n  {options}")).startswith(f".healthlint.yaml:{said}")


def test_no_option_can_be_taken_for_more_of_another() -> None:
    for name in checks.names():
        found = rule_options.options(checks.named(name))
        assert not any(option.startswith(rule_options.EXTEND) for option in found)
        assert len({option.field for option in found.values()}) == len(found)


def test_every_rule_can_be_given_the_options_that_it_has() -> None:
    for name, path in rules.all_available().items():
        rule = rules.load(name, path)
        given = [(key, value) for key, value in rule_options.values(rule).items() if value is not None]
        assert rule_options.changed(rule, given).check == rule.check, name
        assert rule_options.changed(rule, []) == rule


def test_a_process_that_shares_no_memory_reads_the_files_itself(project: Path) -> None:
    write(project, "rules: [our-rules]\nignore: [yard]")
    configs = Configs()
    config = configs.of(project)
    again = pickle.loads(pickle.dumps(configs)).of(project)
    assert chosen(again) == chosen(config) == ["house/a", "house/b"]
