"""What holds for whatever article there is: nothing breaks it, and what is said of it is right."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import SUFFIXES, Article, articles, texts
from test_formats import commands, run_of
from test_html_report import Tree

from fuzzing import mutating, seeds, words
from fuzzing.promises import all_rules, check_again, check_file, check_fixes, check_reports, linted
from healthlint import cli, documents, kept
from healthlint.edits import Applicability

some = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
few = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_found_is_where_it_is_said_to_be(suffix: str) -> None:
    @some
    @given(articles([suffix]))
    def holds(article: Article) -> None:
        check_file(article.path, article.data)

    holds()


@some
@given(articles())
def test_the_same_article_is_told_the_same(article: Article) -> None:
    check_again(article.path, article.data)


@pytest.mark.parametrize("asked", Applicability)
def test_a_fixed_article_is_one_that_has_less_to_tell(asked: Applicability) -> None:
    @some
    @given(articles([".md", ".html", ".txt", ".rst"]))
    def holds(article: Article) -> None:
        check_fixes(article.path, article.data, asked)

    holds()


@few
@given(articles())
def test_every_report_is_what_its_readers_expect(article: Article) -> None:
    written = check_reports(article.path, article.data)
    run = run_of(written["sarif"])
    found = json.loads(written["json"])
    assert [each["ruleId"] for each in run["results"]] == [each["code"] for each in found]
    refused = len(run["invocations"][0].get("toolExecutionNotifications", ()))
    assert len(commands(written["github"])) == len(found) + refused
    tree = Tree(written["html"])
    assert not [one for one in tree.all("script") if one.get("src")]


@st.composite
def runs(draw: st.DrawFn) -> list[str]:
    """Options that change what a run does, and write nowhere but to the article."""
    chosen = draw(
        st.lists(
            st.sampled_from(
                ["--fix", "--unsafe-fixes", "--diff", "--show-fixes", "--exit-zero", "--statistics", "--preview",
                 "--no-cache", "--fail-on=info", "--select=claims,dosing", "--ignore=language", "--today=2026-01-01",
                 "--output-format=json", "--output-format=sarif", "--output-format=junit", "--report-suppressed"]
            ),
            max_size=4, unique=True,
        )
    )  # fmt: skip
    return [option for option in chosen if option != "--unsafe-fixes" or "--fix" in chosen]


@few
@given(st.lists(articles(), min_size=1, max_size=3), runs())
def test_a_run_ends_with_an_exit_status_and_no_traceback(given: list[Article], options: list[str]) -> None:
    with TemporaryDirectory() as name, chdir(name):
        for number, article in enumerate(given):
            Path(f"{number}-{article.path}").write_bytes(article.data)
        before = {path.name: path.read_bytes() for path in Path().iterdir()}
        told = [said(options) for _ in range(2)]
        after = {path.name: path.read_bytes() for path in Path().iterdir()}
        assert before.keys() == after.keys()
        if "--fix" not in options or "--diff" in options:
            assert before == after
            assert told[0] == told[1]


def said(options: list[str]) -> tuple[int, str]:
    """What a run in the current folder says to standard output, and its exit status."""
    import contextlib
    import io

    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        status = cli.main([".", "--jobs=1", *options])
    assert status in (0, 1, 2)
    assert "please report this" not in errors.getvalue()
    kept.use(None)
    return status, out.getvalue()


def batch(folder: Path, count: int) -> None:
    """Articles of every format in a folder, the same each time."""
    drawn = random.Random(5)
    of_suffix = {
        ".txt": seeds.plain_text,
        ".md": seeds.markdown,
        ".html": seeds.html,
        ".rst": seeds.rst,
        ".xml": seeds.wordpress,
    }
    for suffix, inputs in of_suffix.items():
        for number, data in enumerate(drawn.sample(list(inputs()), count)):
            text = mutating.changed(data.decode(), words.phrases(), drawn)
            (folder / f"{number}{suffix}").write_text(text, "utf-8", errors="replace", newline="")


def test_no_process_and_no_order_of_sets_tells_otherwise(healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    batch(tmp_path / "articles", 8)
    command = ("articles", "--output-format", "json", "--no-cache", "--preview", "--today", "2026-01-01")
    first = healthlint(*command, "--jobs", "1", env={"PYTHONHASHSEED": "1"})
    second = healthlint(*command, "--jobs", "2", env={"PYTHONHASHSEED": "2"})
    assert len(json.loads(first.stdout)) > 100
    assert (first.stdout, first.stderr, first.returncode) == (second.stdout, second.stderr, second.returncode)


def test_what_inputs_are_made_of_gives_every_rule_something_to_say() -> None:
    """Else a property would hold of rules that never speak."""
    told = {code for form in ("text", "markdown", "html") for code in _codes(form, seeds.of_examples(form))}
    told |= set(_codes("markdown", seeds.suppressions()))
    silent = {rule.name for rule in all_rules() if not (rule.check.compares or rule.check.follows)} - told
    assert silent == set()


def _codes(form: str, given: Iterable[bytes]) -> Iterable[str]:
    for data in given:
        yield from (finding.code for finding in linted(documents.read_text("a", data.decode(), form))[0])


@given(texts(".md"))
@settings(max_examples=5)
def test_articles_of_the_strategies_are_read(text: str) -> None:
    document = documents.read_text("a.md", text, "markdown")
    assert document.text == text
