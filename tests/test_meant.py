"""Which drug a sentence is about."""

from __future__ import annotations

import pytest
from articles import markdown

from healthlint.analysis import Analysis
from healthlint.analysis.meant import meant


@pytest.mark.parametrize(
    ("title", "sentence", "names"),
    [
        ("Sertraline", "It is taken once a day.", ["sertraline"]),
        ("Sertraline", "Unlike fluoxetine, it leaves the body fast.", ["sertraline"]),
        ("Sertraline", "Fluoxetine stays in the body for weeks.", ["fluoxetine"]),
        ("Sertraline", "Prozac stays in the body for weeks.", ["fluoxetine"]),
        ("Low mood", "Statins are another matter.", ["statins"]),
        ("Low mood", "It lifts by itself.", []),
        ("Sertraline or fluoxetine?", "Both are taken in the morning.", []),
    ],
)
def test_named_first_then_the_topic(title: str, sentence: str, names: list[str]) -> None:
    analysis = Analysis(markdown(f"# {title}\n\nSertraline and fluoxetine.\n\n{sentence}\n"))
    assert [entry.name for entry in meant(analysis, analysis.sentences[-1])] == names


def test_a_heading_names_it() -> None:
    analysis = Analysis(markdown("# Sertraline\n\nSertraline.\n\n## Fluoxetine\n\nIt stays for weeks.\n"))
    assert [entry.name for entry in meant(analysis, analysis.sentences[-1])] == ["fluoxetine"]
