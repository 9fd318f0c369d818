"""Rules about doses in whole articles: other drugs, other formats, and what looks alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint import builtin, documents, findings, rules

RULES = [
    rules.load(name, path)
    for name, path in rules.available(Path(builtin.folder())).items()
    if name.startswith("dosing/")
]


def named(text: str, path: str = "a.txt") -> list[str]:
    """The rules that find something at warning or above."""
    found = findings.lint(documents.read(path, text.encode()), RULES)
    return [finding.name for finding in found if finding.severity != "info"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Adults begin with 2.0 mg of lorazepam at night.", ["trailing-zero"]),
        ("Draw up .75 mL and inject it.", ["naked-decimal"]),
        ("Take 20 mg b.i.d. with water.", ["error-prone-abbreviation"]),
        ("Inject 30 units SC in the belly.", ["error-prone-abbreviation"]),
        ("Swallow four (3) tablets.", ["figure-mismatch"]),
        ("Start with 90 mg a day; the maximum is 60 mg a day.", ["start-above-maximum"]),
        ("Take Lasix40 mg in the morning.", ["run-together"]),
        ("Each dose is 250000 units.", ["large-number"]),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_finds_in_tables() -> None:
    table = "# Doses\n\n| Drug | Dose |\n|---|---|\n| Lisinopril | 5.0 mg once daily |\n"
    assert named(table, "a.md") == ["trailing-zero"]
    assert named("<table><tr><td>Clams</td><td>84.0 mcg</td></tr></table>", "a.html") == []


@pytest.mark.parametrize(
    "text",
    [
        "The tumor measured 2.0 cm and weighed 5.0 g.",
        "The hazard ratio was 1.0 (p = .05).",
        "Aim for an INR of 2.0 to 3.0.",
        "Start with 10 mg a day; the maximum is 40 mg a day.",
        "Start with 40 mg a day. In children the maximum is 20 mg a day.",
        "Bring the dose down from 40 to 20 mg a day.",
        "Charleston, SC, has 150000 people.",
        "Two (2) tablets are enough.",
        "Take 500 mg (0.5 g) with water.",
    ],
)
def test_keeps_quiet(text: str) -> None:
    assert named(text) == []
