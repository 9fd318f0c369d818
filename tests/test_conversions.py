"""Amounts that are told in two measures."""

import pytest

from healthlint.analysis.conversions import wrong_conversions


@pytest.mark.parametrize(
    "text",
    [
        "Give a tablespoon (5 ml) at night.",
        "Give 5 mL (1 tablespoon) at night.",
        "Give two teaspoonfuls (20 ml).",
        "Call if it is above 38 °C (102 °F).",
        "Children under 20 kg (55 pounds) take less.",
    ],
)
def test_measures_that_are_far_apart_are_found(text: str) -> None:
    ((start, end),) = wrong_conversions(text)
    assert any(sign in text[start:end] for sign in "(")


@pytest.mark.parametrize(
    "text",
    [
        "Give a teaspoon (5 ml) at night, or half a teaspoon (2.5 ml).",
        "Give a level tablespoon (20 ml) in Australia, 15 ml (one tablespoon) elsewhere.",
        "Call if it is above 38 °C (100.4 °F); it may rise by 2 °C (3.6 °F).",
        "Children under 20 kg (44 pounds) take less.",
        "Dissolve one teaspoon (5 g) of salt.",
        "Take 5 to 10 ml (one to two teaspoons).",
    ],
)
def test_measures_that_agree_are_not(text: str) -> None:
    assert list(wrong_conversions(text)) == []
