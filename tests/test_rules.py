"""Every rule passes its own examples, the set of rules is in order, and a bad rule file is told from a good one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlint import builtin, examples, rules
from healthlint.examples import Example, unmarked
from healthlint.rules import Rule, RuleError


def built_in() -> Iterator[Rule | RuleError]:
    """All built-in rules; one that cannot be loaded must not keep the tests of the others from being collected."""
    for name, path in rules.available(builtin.folder()).items():
        try:
            yield rules.load(name, path)
        except RuleError as error:
            yield error


LOADED = list(built_in())
RULES = [rule for rule in LOADED if isinstance(rule, Rule)]
EXAMPLES = [example for rule in RULES for example in examples.of(rule)]

GOOD = """\
summary: Find nothing.
why: To see how a rule is loaded.
source: {name: "the tests", url: "https://example.org/rules"}
severity: warning
message: '"{quote}" is marked.'
check: suppressions
examples:
  flagged: ["[[a]] b", "[[c]] d"]
  clean: ["e", "f"]
"""


def test_every_rule_loads() -> None:
    assert [str(rule) for rule in LOADED if isinstance(rule, RuleError)] == []
    assert RULES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule.name}:{example.key}")
def test_finds_exactly_what_the_example_marks(example: Example) -> None:
    trial = examples.tried(example)
    assert not trial.error
    assert example.words(trial.found) == example.words(example.expected)
    assert trial.found == example.expected
    assert trial.unlike == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_is_in_order(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert re.match(r"https?://", rule.file.source.url)
    assert rule.file.source.name.strip()
    summary = rule.file.summary.strip()
    assert "\n" not in summary
    assert re.fullmatch(r"[^a-z].*[^.!?]\.", summary), "one sentence"
    assert len(summary) <= 100
    assert not re.search(r"[.!?] [A-Z]", summary), "one sentence"
    assert len(rule.file.why.split()) >= 8, "why it matters to a reader"


def test_no_two_rules_have_the_same_summary() -> None:
    summaries = [rule.file.summary for rule in RULES]
    assert sorted(summaries) == sorted(set(summaries))


def write(folder: Path, text: str, name: str = "house/no-such") -> Path:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def load(folder: Path, text: str) -> Rule:
    return rules.load("house/no-such", write(folder, text))


def test_loads_a_good_file(tmp_path: Path) -> None:
    rule = load(tmp_path, GOOD)
    assert (rule.name, rule.category, rule.severity) == ("house/no-such", "house", "warning")
    assert rule.message({"quote": "x"}) == '"x" is marked.'
    assert rule.url == "https://example.org/rules"


@pytest.mark.parametrize(
    ("old", "new", "row", "what"),
    [
        ("check:", "chekc:", 6, "chekc: unknown key; did you mean 'check'?"),
        (
            "check: suppressions",
            "check: supressions",
            6,
            "no check 'supressions'; did you mean 'suppressions'?",
        ),
        (
            "severity: warning",
            "severity: warnig",
            4,
            "none of error, warning, info; did you mean 'warning'?",
        ),
        ("https://example.org/rules", "example.org", 3, "source.url: it must be a web address"),
        ("summary: Find nothing.\n", "", 1, "the key 'summary' is missing"),
        ("summary: Find nothing.", "summary: [a]", 1, "summary: expected text, got a list"),
        ("summary: Find nothing.", "summary: no", 1, "summary: expected text, got true or false; put it in quotes"),
        ('"[[c]] d"', "", 8, "examples.flagged: a rule has at least two flagged examples, this one has 1"),
        ('["e", "f"]', "[]", 9, "examples.clean: a rule has at least two clean examples, this one has 0"),
        ('["e", "f"]', '["e", {text: a, html: b}]', 9, "an example has one of the keys text, markdown, html"),
        ('["e", "f"]', '["e", {txt: a}]', 9, "unknown key; did you mean 'text'?"),
        ('["e", "f"]', '["e", {files: {a.md: x}}]', 9, "files: an example of files has at least two; write one"),
        ('["e", "f"]', '["e", {files: {a.md: x, b: y}}]', 9, "the name 'b' does not tell its format; end it in one of"),
        ('["e", "f"]', '["e", {files: {a.md: x, b.md: 3}}]', 9, "b.md: expected text, got a whole number"),
        ('["e", "f"]', '["e", {files: [x, y]}]', 9, "expected a mapping, got a list"),
        ('["e", "f"]', '["e", {files: {a.md: x, b.md: y}, text: z}]', 9, "one of the keys text, markdown, html, files"),
        ('["e", "f"]', "e", 9, "expected a list, got text; write it as [..., ...]"),
        ("{quote}", "{quote.__class__}", 5, "'{quote.__class__}' is no plain name"),
        ("{quote}", "{}", 5, "'{}' is no plain name"),
        ("{quote}", "{quote", 5, "message: "),
        ("examples:", "with: {any_of: [a]}\nexamples:", 7, "with.any_of: unknown key"),
        ("examples:", "check: claims\nexamples:", 7, "the key 'check' is already in line 6; keep one of them"),
        ("message:", "message: [\nmessage:", 7, "did not find expected"),
        ("severity: warning", "severity: !!python/object:os.system x", 4, "could not determine a constructor"),
        ("severity: warning", "severity: *nothing", 4, "undefined alias"),
    ],
)
def test_says_where_and_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, row: int, what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert old in GOOD
    with pytest.raises(RuleError) as raised:
        load(tmp_path, GOOD.replace(old, new))
    said = str(raised.value)
    assert said.startswith(f"house/no-such.yaml:{row}: ")
    assert what in said
    assert "\n" not in said


def test_what_is_no_yaml_at_all(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + last] * 8)}]\n" for last, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    for text in ("", "just words", "- a\n- b", "[" * 100_000, "- " * 5_000 + "a", "a: &a [*a]", bomb, "a: \x00"):
        with pytest.raises(RuleError, match=r"no-such\.yaml:\d+: "):
            load(tmp_path, text)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    path.write_bytes(b"summary: caf\xe9\n")
    with pytest.raises(RuleError, match=r"no-such\.yaml:1: it is not UTF-8; save it as UTF-8"):
        rules.load("house/no-such", path)
    path.write_bytes(b"#" * 2_000_000)
    with pytest.raises(RuleError, match="larger than"):
        rules.load("house/no-such", path)
    path.unlink()
    with pytest.raises(RuleError, match="cannot be read"):
        rules.load("house/no-such", path)


def test_names_come_from_paths(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "house/b")
    write(tmp_path, GOOD, "house/a")
    write(tmp_path, "words", "lexicons/study")
    write(tmp_path, "facts", "drugs/statins")
    assert list(rules.available(tmp_path)) == ["house/a", "house/b"]


@pytest.mark.parametrize(
    ("name", "what"),
    [("top", "in a folder named for its group"), ("house/Bad_Name", "lower-case words joined by hyphens")],
)
def test_names_that_no_rule_can_have(tmp_path: Path, name: str, what: str) -> None:
    write(tmp_path, GOOD, name)
    with pytest.raises(RuleError, match=what):
        rules.available(tmp_path)


def test_a_name_belongs_to_one_rule(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "suppressions/unused")
    with pytest.raises(RuleError, match="there is a rule suppressions/unused already"):
        rules.all_available([tmp_path])
    path = write(tmp_path, GOOD, "house/a")
    path.with_suffix(".yml").write_text(GOOD)
    with pytest.raises(RuleError, match="remove one of them"):
        rules.available(tmp_path)


def test_a_message_that_nothing_fills(tmp_path: Path) -> None:
    rule = load(tmp_path, GOOD.replace("{quote}", "{number}"))
    with pytest.raises(RuleError, match=r"message: nothing fills \{number\}; known here: \{quote\}"):
        rule.message({"quote": "x"})


@pytest.mark.parametrize(
    ("marked", "article", "words"),
    [
        ("a [[b]] c", "a b c", ["b"]),
        ("[[a]][[b]]", "ab", ["a", "b"]),
        ("[[[4]]] and [x](y)", "[4] and [x](y)", ["[4]"]),
        ("a [[b\nc]]\n", "a b\nc\n", ["b\nc"]),
        ("[[see [here](x)]]", "see [here](x)", ["see [here](x)"]),
        ("no marks ]] [[", "no marks ]] [[", []),
    ],
)
def test_marks(marked: str, article: str, words: list[str]) -> None:
    text, spans, _ = unmarked(marked)
    assert text == article
    assert [text[slice(*span)] for span in spans] == words


def test_an_example_of_several_files(tmp_path: Path) -> None:
    flagged = '[{files: {a.md: "it cures", b.txt: "it [[cures]] all"}}, "[[c]] d"]'
    rule = load(tmp_path, GOOD.replace('["[[a]] b", "[[c]] d"]', flagged))
    example = next(examples.of(rule))
    assert [(article.name, article.text) for article in example.articles] == [
        ("a.md", "it cures"),
        ("b.txt", "it cures all"),
    ]
    assert [len(spans) for spans in example.expected] == [0, 1]
    assert example.words(example.expected) == ["cures"]


def test_examples_with_marks_in_the_wrong_place(tmp_path: Path) -> None:
    rule = load(tmp_path, GOOD.replace('"[[a]] b"', '"a b"').replace('"e"', '"[[e]]"'))
    errors = {trial.example.key: trial.error for trial in map(examples.tried, examples.of(rule)) if trial.error}
    assert "has [[marks]]" in errors["flagged[0]"]
    assert "no [[marks]]" in errors["clean[0]"]
    assert [example.row for example in examples.of(rule)] == [8, 8, 9, 9]
