"""Who is told to do what."""

import pytest

from healthlint.analysis.instructing import clauses_around, directs, instruction, is_forbidden, permission
from healthlint.analysis.tagged import tagged


@pytest.mark.parametrize(
    "text",
    [
        "*Double the dose.",
        "If it hurts, *double the dose.",
        "If you feel dizzy, sick or tired, just *double the dose.",
        "Throw the box away and *double the dose.",
        "It is simple: *double the dose.",
        "Then you can rest and *double the dose.",
        "The pain is back, so *double the dose.",
    ],
)
def test_the_reader_is_told(text: str) -> None:
    at = text.index("*")
    assert instruction(tagged(text.replace("*", "")).text, at)


@pytest.mark.parametrize(
    "text",
    [
        "Some people get better and *double the dose.",
        "Patients may skip, *double or share a dose.",
        "If you have pain, he or she will ask you to walk, *double over or sit.",
        "They *double the dose.",
    ],
)
def test_the_reader_is_not_told(text: str) -> None:
    at = text.index("*")
    assert not instruction(tagged(text.replace("*", "")).text, at)


@pytest.mark.parametrize("text", ["You can *stop", "Feel free to just *stop", "You may as well simply *stop"])
def test_the_reader_is_allowed(text: str) -> None:
    at = text.index("*")
    assert permission(tagged(text.replace("*", "")).text, at)


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("Never skip, share or *double a dose", True),
        ("Do not, whatever happens, *double it", True),
        ("It would be a mistake to *double it", True),
        ("If one does not help, *double it", False),
        ("There is no reason why you should not *double it", False),
        ("Do not worry; *double it", False),
    ],
)
def test_what_is_forbidden(text: str, forbidden: bool) -> None:
    assert is_forbidden(text.replace("*", ""), text.index("*")) is forbidden


def test_a_sentence_directs_its_reader_or_does_not() -> None:
    assert directs("When it rains, take an umbrella.")
    assert not directs("Umbrellas are taken by many.")
    assert not directs("Do not take an umbrella.")


def test_the_clauses_around_some_words() -> None:
    text = "Feeling fine, you can stop; nobody minds."
    start = text.index("stop")
    assert text[slice(*clauses_around(text, start, start + 4))] == "you can stop"


def test_a_very_long_sentence_costs_no_more_than_its_end() -> None:
    text = "and then " * 200_000 + "stop"
    assert not instruction(text, len(text) - 4)
