"""Articles in which some sections tell again what others told, and all others only have the topic in common.

In `restated/NAME.md`, a comment `<!-- tells again: TITLE -->` stands under the heading of a section that does. In
`restated/lists/NAME.md`, one stands behind an item that does, `<!-- tells again: NUMBER -->` of an item of its list.
"""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from healthlint.analysis import Analysis
from healthlint.analysis.repetition import Repetition
from healthlint.analysis.repetition.concepts import thesaurus
from healthlint.analysis.repetition.items import items_again
from healthlint.analysis.repetition.similarity import usual
from healthlint.documents.markdown import read_markdown

ARTICLES = sorted((Path(__file__).parent / "restated").glob("*.md"))
# Pairs with little in common but their rarer words: too little to tell them from the look-alikes.
TOO_FAR_APART = {
    ("alendronate", "Why it is prescribed", "What it does"),
    ("sildenafil", "When to take the tablet", "Step 2: Time it"),
    ("frozen-shoulder", "Understanding the condition", "What is going on inside?"),
    ("scabies", "Passing it around", "How you catch it"),
}

LISTS = sorted((Path(__file__).parent / "restated" / "lists").glob("*.md"))
LEAST_ITEMS = 7  # of those that tell again; the others have hardly a word in common

_MARK = re.compile(r" <!-- tells again: (\d+) -->")
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


def expected_items(text: str) -> set[tuple[str, str]]:
    """The items that tell again, each behind the one that told."""
    lists = [re.findall(r"^- (.*)$", section, re.MULTILINE) for section in text.split("\n## ")]
    return {
        (_MARK.sub("", items[int(match[1]) - 1]), _MARK.sub("", item))
        for items in lists
        for item in items
        if (match := _MARK.search(item))
    }


def found_items(text: str) -> set[tuple[str, str]]:
    """The same as healthlint finds it."""
    analysis = Analysis(read_markdown("article.md", _MARK.sub("", text)))
    source = analysis.document.text
    pairs = (tuple(source[slice(*span)].removeprefix("- ") for span in again[:2]) for again in items_again(analysis))
    return {(first, second) for first, second in pairs}


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_items_that_tell_again(path: Path) -> None:
    text = path.read_text()
    assert found_items(text) <= expected_items(text)
    assert len(found_items(text)) >= LEAST_ITEMS
