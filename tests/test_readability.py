"""The Flesch-Kincaid grade and its inputs."""

from __future__ import annotations

import pytest

from healthlint.analysis.readability import readability, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("tablet", 2), ("medicine", 3), ("the", 1), ("baked", 1), ("wanted", 2), ("fever", 2)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_follows_from_its_inputs() -> None:
    found = readability(["Take one tablet a day.", "Drink water with it."])
    assert found is not None
    assert (found.words, found.sentences) == (9, 2)
    assert found.grade == pytest.approx(0.39 * 9 / 2 + 11.8 * found.syllables / 9 - 15.59)


def test_no_words_have_no_grade() -> None:
    assert readability(["...", "12"]) is None
