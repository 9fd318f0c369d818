"""Doses as they are read from a text, and what is none."""

from __future__ import annotations

import pytest

from healthlint.analysis import Analysis
from healthlint.analysis.dose_roles import groups_in, stated
from healthlint.analysis.doses import doses_in, drug_of, is_taken
from healthlint.documents.markdown import read_markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.0 mg once a day", [(5, 5, "mg", 1, "day")]),
        (".5 ml in water, twice a day", [(0.5, 0.5, "mL", 2, "day")]),
        ("800 mg by mouth every 12 hours", [(800, 800, "mg", 2, "hours:12")]),
        ("10 to 20 mg at bedtime", [(10, 20, "mg", 1, "day")]),
        ("between 40 and 20 mg", [(40, 20, "mg", 0, "")]),
        ("850 mg and 1 g", [(0.85, 1, "g", 0, "")]),
        ("1,000 mcg", [(1000, 1000, "mcg", 0, "")]),
        ("10 µg (400 IU)", [(10, 10, "mcg", 0, ""), (400, 400, "units", 0, "")]),
        ("two tablets, 20U, a 50-mg patch", [(2, 2, "pieces", 0, ""), (20, 20, "units", 0, ""), (50, 50, "mg", 0, "")]),
        ("0.25 mg once a week", [(0.25, 0.25, "mg", 0, "week")]),
        ("100 mg in the morning and 200 mg at night", [(100, 100, "mg", 1, "day"), (200, 200, "mg", 1, "day")]),
        ("126 mg/dL, 2.0 mm Hg, 40 U/L, 5G, $5 million, 50 g/L", []),
    ],
)
def test_reads_doses(text: str, expected: list[tuple[float, float, str, float, str]]) -> None:
    assert [(dose.low, dose.high, dose.unit, dose.times, dose.period) for dose in doses_in(text)] == expected


def test_tells_weight_and_strength() -> None:
    by_weight, strength = doses_in("0.2 units per kg of body weight; 100 units/mL")
    assert (by_weight.per_weight, by_weight.is_strength) == (True, False)
    assert (strength.per_weight, strength.is_strength) == (False, True)


def test_reads_a_long_row_of_numbers_quickly() -> None:
    assert len(list(doses_in("1 to 2 mg, " * 5_000))) == 5_000
    assert list(doses_in("1,111" * 20_000)) == []


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Take 5 mg.", True),
        ("Warfarin 5 mg is peach.", True),
        ("A serving of salmon has 1 g of omega-3.", False),
        ("Take 5 mg with food.", True),
        ("A level of 5 mg is normal.", False),
        ("It weighed 5 g.", False),
    ],
)
def test_tells_what_is_taken(text: str, taken: bool) -> None:
    analysis = Analysis(read_markdown("a.md", text))
    (dose,) = doses_in(text, 0)
    assert is_taken(analysis, dose) is taken


def test_tells_the_drug_of_a_dose() -> None:
    text = "Take metformin 500 mg in the morning, and at night 20 mg of atorvastatin."
    analysis = Analysis(read_markdown("a.md", text))
    assert [drug_of(analysis, dose)[0] for dose in doses_in(text, 0)] == ["metformin", "atorvastatin"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Start with 5 mg. The maximum is 10 mg.", ["start", "most"]),
        ("The usual starting dose is 5 mg.", ["start"]),
        ("The usual maximum dose is 5 mg; 2 mg is the most you should take.", ["most", "most"]),
        ("Never take more than 5 mg, and raise it by 1 mg a week.", ["most", "other"]),
        ("The recommended dose is 5 mg.", ["usual"]),
        ("In a trial people had 5 mg.", ["other"]),
    ],
)
def test_tells_what_a_dose_is_for(text: str, roles: list[str]) -> None:
    assert [found.role for found in stated(Analysis(read_markdown("a.md", text)))] == roles


def test_tells_whom_a_sentence_is_for() -> None:
    assert groups_in("Most adults start with 5 mg.") == set()
    assert groups_in("For epilepsy, children under 6 take the syrup.") == {"epilepsy", "child", "fluid"}
    assert groups_in("People with kidney disease take less.") == {"kidney"}
