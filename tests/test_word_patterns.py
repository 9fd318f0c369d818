"""Word patterns and the tagged sentences that they are looked for in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.tagged import plain_words, tagged
from healthlint.analysis.word_patterns import PatternError, Wordings


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Stop your beta-blocker.", "stop your D___________."),
        ("Ask a pharmacist’s help", "ask a P_________'s help"),
        ("Take 2 St John's wort capsules", "take N H_____________ F_______"),
        ("Call 911 — now", "call 911 ; now"),
        ("Warfarin and lithium", "R_______ and R______"),
    ],
)
def test_a_sentence_is_tagged_character_for_character(text: str, seen: str) -> None:
    assert tagged(text).text == seen


@given(st.text(max_size=200))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(tagged(text).text) == len(text)


@given(st.text(alphabet="stop the tablet 2 warfarin's-—.", max_size=120))
def test_the_tags_of_a_text_are_among_those_that_its_words_allow(text: str) -> None:
    assert {word for word in tagged(text).words if word.isupper()} <= plain_words(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("stop taking|using? {medicine}", "Stop taking ramipril"),
        ("stop taking|using? {medicine}", "stop, ramipril or not"),
        ("throw-out .. {drug}", "throw out your old ramipril"),
        ("evaluat* ...4 fda", "evaluated, they say, by the FDA"),
        ("# {medicine}", "two tablets"),
        ("quit today|$", "you may quit."),
        ("quit today|$", "you may quit today and never again"),
        ("^ halve ..2 {medicine}", "If it rains, halve your tablets"),
        ("^ halve ..2 {medicine}", "You might as well halve the tablets"),
        ("{not} ..2 medicine", "this is not a medicine"),
    ],
)
def test_a_pattern_matches(pattern: str, text: str) -> None:
    assert Wordings([pattern]).match(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("stop {medicine}", "stopping ramipril"),
        ("throw-out .. {drug}", "throw out the paper with ramipril"),
        ("quit today|$", "quit smoking"),
        ("^ halve ..2 {medicine}", "Some doctors halve the tablets"),
        ("# {medicine}", "the tablets"),
    ],
)
def test_a_pattern_does_not_match(pattern: str, text: str) -> None:
    assert not Wordings([pattern]).match(text)


def test_matches_come_in_order_with_offsets_of_the_sentence() -> None:
    text = "Quit, and then quit."
    assert [text[slice(*found)] for found in Wordings(["quit"]).find(text)] == ["Quit", "quit"]


@pytest.mark.parametrize("pattern", ["..", "^", "{no-such-list} x", "^ ..3", "take |", "take ?", "* a", "a|-"])
def test_a_bad_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        Wordings([pattern]).verify()
