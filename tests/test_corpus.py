"""The articles of the corpus give the reports that lie beside them, and meet the marks of their editors.

A change of a rule shows as a diff in `corpus/*.report`; `pytest tests/test_corpus.py --update-corpus` writes them anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from healthlint import builtin, documents, findings, rules
from healthlint.findings import Result
from healthlint.labels import GROUPS, LabelError, Labelled, labelled
from healthlint.measure import Measure
from healthlint.reports.concise import concise
from healthlint.reports.style import Style
from healthlint.rules import Rule

CORPUS = Path(__file__).parent.parent / "corpus"
ARTICLES = [found for found in labelled([str(CORPUS)]) if isinstance(found, Labelled)]


@cache
def all_rules() -> tuple[Rule, ...]:
    return tuple(rules.load(name, path) for name, path in rules.available(builtin.folder()).items())


@cache
def result_of(path: Path) -> Result:
    document = documents.read(path.name, path.read_bytes())
    chosen = [rule for rule in all_rules() if not rule.file.preview]
    found = findings.lint(document, chosen, {rule.name for rule in all_rules()})
    return Result(path.name, document.text, found)


def test_all_labels_can_be_used() -> None:
    assert [str(found) for found in labelled([str(CORPUS)]) if isinstance(found, LabelError)] == []
    assert ARTICLES


@pytest.mark.parametrize("path", [found.article for found in ARTICLES], ids=lambda path: path.name)
def test_reports_what_is_expected(path: Path, request: pytest.FixtureRequest) -> None:
    report = "".join(concise([result_of(path)], Style()))
    expected = path.with_name(f"{path.name}.report")
    if request.config.getoption("--update-corpus"):
        expected.write_text(report, encoding="utf-8")
    assert report == expected.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def measure() -> Measure:
    total = Measure({rule.name for rule in all_rules()})
    for found in ARTICLES:
        total.add(found, result_of(found.article))
    return total


@pytest.mark.parametrize("group", GROUPS)
def test_meets_the_editors_marks(measure: Measure, group: str) -> None:
    counts = measure.groups[group]
    assert counts.met >= 0.9 * counts.must > 0
    assert counts.right >= 0.95 * counts.given > 0


def test_keeps_quiet_on_good_articles(measure: Measure) -> None:
    assert measure.good.words > 10_000
    assert measure.good.rate <= 0.1
