"""The articles of the corpus give the reports that lie beside them, and meet the marks of their editors.

A change of a rule shows as a diff in `corpus/*.report`; `pytest tests/test_corpus.py --update-corpus` writes them anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from gold import GROUPS, Score, labels

from healthlint import builtin, documents, findings, rules
from healthlint.findings import Finding, Result
from healthlint.reports.concise import concise
from healthlint.reports.style import Style
from healthlint.rules import Rule

CORPUS = Path(__file__).parent.parent / "corpus"
ARTICLES = sorted(path.with_suffix("").with_suffix("") for path in CORPUS.glob("*.gold.tsv"))


def article(stem: Path) -> Path:
    """The article that the labels `stem.gold.tsv` belong to."""
    return next(path for suffix in (".txt", ".md", ".html") if (path := stem.with_suffix(suffix)).exists())


@cache
def all_rules() -> tuple[Rule, ...]:
    return tuple(rules.load(name, path) for name, path in rules.available(builtin.folder()).items())


@cache
def found_in(path: Path) -> list[Finding]:
    document = documents.read(path.name, path.read_bytes())
    chosen = [rule for rule in all_rules() if not rule.file.preview]
    return findings.lint(document, chosen, {rule.name for rule in all_rules()})


@pytest.mark.parametrize("stem", ARTICLES, ids=lambda stem: stem.name)
def test_reports_what_is_expected(stem: Path, request: pytest.FixtureRequest) -> None:
    path = article(stem)
    report = "".join(concise([Result(path.name, findings=found_in(path))], Style()))
    expected = path.with_name(f"{path.name}.report")
    if request.config.getoption("--update-corpus"):
        expected.write_text(report, encoding="utf-8")
    assert report == expected.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def score() -> Score:
    total = Score()
    for stem in ARTICLES:
        total.add(labels(stem.with_name(f"{stem.name}.gold.tsv")), found_in(article(stem)))
    return total


@pytest.mark.parametrize("group", GROUPS)
def test_meets_the_editors_marks(score: Score, group: str) -> None:
    assert score.recall(group) >= 0.9
    assert score.precision(group) >= 0.95


def test_keeps_quiet_on_good_articles() -> None:
    good = [stem for stem in ARTICLES if stem.name.startswith("good")]
    total = Score()
    for stem in good:
        total.add(labels(stem.with_name(f"{stem.name}.gold.tsv")), found_in(article(stem)))
    words = sum(len(article(stem).read_text(encoding="utf-8").split()) for stem in good)
    false = sum(total.given.values()) - sum(total.right.values())
    assert false <= words / 10_000  # .1 for 1,000 words
