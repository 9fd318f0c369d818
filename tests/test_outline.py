"""Conclusions, empty sections and lost lists."""

from __future__ import annotations

from healthlint import documents
from healthlint.analysis import Analysis
from healthlint.checks.conclusions import Conclusions
from healthlint.checks.empty_sections import EmptySections
from healthlint.checks.missing_lists import MissingLists

LONG = "Cool the skin with water, keep out of the sun for some days and drink more than usual. " * 4


def analysed(text: str, name: str = "a.md") -> Analysis:
    return Analysis(documents.read(name, text.encode()))


def marked(analysis: Analysis, check: Conclusions | EmptySections | MissingLists) -> list[str]:
    return [analysis.document.text[slice(*match.span)] for match in check.find(analysis)]


def test_a_conclusion_with_sections_behind_it() -> None:
    article = f"# Sunburn\n\n## Care\n\n{LONG}\n\n## Wrapping up\n\n{LONG}\n\n## {{}}\n\n{LONG}\n"
    assert marked(analysed(article.format("Blisters")), Conclusions()) == ["Wrapping up"]
    assert marked(analysed(article.format("About the author")), Conclusions()) == []
    assert marked(analysed(article.format("Frequently asked questions")), Conclusions()) == []


def test_the_gist_may_come_first() -> None:
    article = f"# Sunburn\n\n## Key takeaways\n\n{LONG}\n\n## Care\n\n{LONG}\n\n## Blisters\n\n{LONG}\n"
    assert marked(analysed(article), Conclusions()) == []


def test_empty_sections() -> None:
    article = "# Sunburn\n\n## Care\n\n## Blisters\n\n### Small ones\n\nLeave them.\n\n## Picture\n\n![](a.png)\n"
    assert marked(analysed(article), EmptySections()) == ["Care"]


def test_lists_that_are_not_there() -> None:
    article = "# Sunburn\n\n## Care\n\nThese lotions cool best:\n\n{}## Blisters\n\nLeave them.\n"
    assert marked(analysed(article.format("")), MissingLists()) == ["These lotions cool best:"]
    assert marked(analysed(article.format("- aloe\n\n")), MissingLists()) == []
    assert marked(analysed(article.format("### Aloe\n\nIt is wet.\n\n")), MissingLists()) == []
