"""Articles in which some sections tell again what others told, and all others only have the topic in common.

In `restated/NAME.md`, a comment `<!-- tells again: TITLE -->` stands under the heading of a section that does.
"""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from healthlint.analysis import Analysis
from healthlint.analysis.repetition import Repetition
from healthlint.analysis.repetition.concepts import thesaurus
from healthlint.analysis.repetition.similarity import usual
from healthlint.documents.markdown import read_markdown

ARTICLES = sorted((Path(__file__).parent / "restated").glob("*.md"))
# Pairs with little in common but their rarer words: too little to tell them from the look-alikes.
TOO_FAR_APART = {
    ("alendronate", "Why it is prescribed", "What it does"),
    ("sildenafil", "When to take the tablet", "Step 2: Time it"),
}

_SECTION = re.compile(r"^#+ (.*)\n(?:\n<!-- tells again: (.*) -->)?", re.MULTILINE)


def expected(text: str) -> set[tuple[str, str]]:
    """The titles of the sections that tell again, each with that of the section that told."""
    return {(match[1], match[2]) for match in _SECTION.finditer(text) if match[2]}


def found(text: str) -> set[tuple[str, str]]:
    """The same as healthlint finds it; of a repeat under another title, its first line."""
    repeats = Repetition.of(Analysis(read_markdown("article.md", text))).all
    return {(text[slice(*each.later)].splitlines()[0].lstrip("# "), each.title) for each in repeats}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_sections_that_tell_again(path: Path) -> None:
    text = path.read_text()
    missed = {(path.stem, *pair) for pair in expected(text) - found(text)}
    assert missed <= TOO_FAR_APART
    assert found(text) <= expected(text)


def test_there_are_enough_pairs() -> None:
    texts = [path.read_text() for path in ARTICLES]
    pairs = sum(len(expected(text)) for text in texts)
    others = sum(len(list(combinations(_SECTION.findall(text), 2))) for text in texts) - pairs
    assert pairs >= 25
    assert others >= 40 * 10
    assert len(TOO_FAR_APART) <= 0.1 * pairs


def test_usual_points_are_names_of_points() -> None:
    phrases = {point for point in usual() if " " in point and not re.search(r"\d", point)}
    assert phrases <= {line[0] for line in thesaurus().near}
    assert all(0 < rate < 1 for rate in usual().values())
