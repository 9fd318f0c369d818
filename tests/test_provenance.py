"""Who wrote an article and when, in many wordings."""

from __future__ import annotations

import pytest

from healthlint import documents
from healthlint.analysis import Analysis
from healthlint.analysis.provenance import has_author, has_date, has_reviewer
from healthlint.checks.dates import Dates

BODY = "Drink in small sips. Rest until the fever has gone, and eat when you are hungry again."


def analysed(head: str, tail: str = "", name: str = "a.txt") -> Analysis:
    return Analysis(documents.read(name, f"{head}\n\n{BODY}\n\n{tail}\n".encode()))


BYLINES = [
    "By Nadia Okafor",
    "Written by Nadia Okafor, RN",
    "Text: Nadia Okafor, nurse",
    "Prepared by the Fever Clinic",
    "Nadia Okafor, PharmD",
    "Dr Nadia Okafor",
    "Nadia Okafor, 3 May 2024",
    "Author: Nadia Okafor",
    "Millbrook Community Pharmacy, leaflet 9",
]


@pytest.mark.parametrize("line", BYLINES)
def test_bylines(line: str) -> None:
    assert has_author(analysed(f"Stomach flu\n\n{line}"))


@pytest.mark.parametrize("line", ["Posted by admin", "By Admin", "Author: admin", "Reviewed by Nadia Okafor, MD"])
def test_no_author(line: str) -> None:
    assert not has_author(analysed(f"Stomach flu\n\n{line}"))


def test_a_signature_is_an_author() -> None:
    assert has_author(analysed("Stomach flu", "Take care,\nNadia Okafor"))
    assert not has_author(analysed("Stomach flu", "See a doctor after three days."))


@pytest.mark.parametrize(
    "line", ["Updated 3 May 2024", "Leaflet 4, version 2, 2023", "(May 2024)", "No. 17, autumn 2024", "2024-05-03"]
)
def test_dates(line: str) -> None:
    assert has_date(analysed(f"Stomach flu\n\n{line}"))


@pytest.mark.parametrize("line", ["© 2024 Millbrook", "In winter, half of the ward had it."])
def test_no_date(line: str) -> None:
    assert not has_date(analysed(f"Stomach flu\n\n{line}"))


def test_reviewers() -> None:
    assert has_reviewer(analysed("Stomach flu\n\nChecked for accuracy by Nadia Okafor, MD"))
    assert not has_reviewer(analysed("Stomach flu\n\nBy Nadia Okafor"))


def test_days_that_do_not_exist() -> None:
    text = "Updated 29 February 2023, 31 April 2022 and 2024-02-30, not 29 February 2024."
    found = [text[slice(*match.span)] for match in Dates().find(Analysis(documents.read("a.txt", text.encode())))]
    assert sorted(found) == ["2024-02-30", "29 February 2023", "31 April 2022"]
