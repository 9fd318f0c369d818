"""The articles of the corpus give the reports that lie beside them, and meet the marks of their editors.

A change of a rule shows as a diff in `corpus/*.report`; `pytest tests/test_corpus.py --update-corpus` writes them anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from accuracy import sets
from healthlint.labels import GROUPS
from healthlint.measure import Measure
from healthlint.paths import SUFFIXES
from healthlint.reports.concise import concise
from healthlint.reports.style import Style

ARTICLES = sets.articles(sets.CORPUS)


def test_structure_is_no_set_of_articles() -> None:
    assert "corpus" in sets.names()
    assert "corpus/structure" not in sets.names()


@pytest.mark.parametrize("path", [found.article for found in ARTICLES], ids=lambda path: path.name)
def test_reports_what_is_expected(path: Path, request: pytest.FixtureRequest) -> None:
    report = "".join(concise([sets.result_of(path)], Style()))
    expected = path.with_name(f"{path.name}.report")
    if request.config.getoption("--update-corpus"):
        expected.write_text(report, encoding="utf-8")
    assert report == expected.read_text(encoding="utf-8")


@pytest.fixture
def measure() -> Measure:
    return sets.measure_of(sets.CORPUS)


@pytest.mark.parametrize("group", GROUPS)
def test_meets_the_editors_marks(measure: Measure, group: str) -> None:
    counts = measure.groups[group]
    assert counts.met >= 0.9 * counts.must > 0
    assert counts.right >= 0.95 * counts.given > 0


def test_keeps_quiet_on_good_articles(measure: Measure) -> None:
    assert measure.good.words > 10_000
    assert measure.good.rate <= 0.1


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("[[", "").replace("]]", "").split())


def test_no_example_of_a_rule_is_taken_from_a_labelled_article() -> None:
    """A rule is to know a defect however it is worded, not the sentences that it is measured on."""
    articles = _plain(" ".join(path.read_text("utf-8") for path in sets.CORPUS.rglob("*") if path.suffix in SUFFIXES))
    sentences = {
        _plain(sentence)
        for rule in sets.all_rules()
        for example in (*rule.file.examples.flagged, *rule.file.examples.clean)
        if isinstance(example, str)
        for sentence in re.split(r"(?<=[.!?])\s", example)
    }
    assert [sentence for sentence in sentences if sentence.count(" ") > 5 and sentence in articles] == []
