"""Senses of words, and their pairs: what is learned of one word holds for its neighbours."""

import pytest

from healthlint.analysis.senses import pairs_of
from healthlint.analysis.weighing import words_of


@pytest.mark.parametrize("text", ["Bump the tablets up.", "Double your capsules.", "Have an extra puff."])
def test_words_of_one_sense_make_the_same_pair(text: str) -> None:
    assert "%more>form" in pairs_of(words_of(text))


def test_the_order_of_two_senses_counts() -> None:
    assert "%more>form" not in pairs_of(words_of("The tablets were doubled."))
    assert "%form>more" in pairs_of(words_of("The tablets were doubled."))


def test_what_opens_a_sentence_or_clause_is_marked() -> None:
    pairs = pairs_of(words_of("Ditch it; borrow one."))
    assert "%^end" in pairs
    assert "%|of-others" in pairs


def test_a_stop_parts_neighbours_and_not_pairs() -> None:
    pairs = pairs_of(words_of("Ditch; borrow."))
    assert "%end>of-others" in pairs
    assert "%end+of-others" not in pairs


def test_words_without_a_sense_make_no_pair() -> None:
    assert pairs_of(words_of("Lilac blooms.")) <= {"%|", "%^|"}
