"""Who wrote an article and when, in many wordings."""

from __future__ import annotations

import pytest

from healthlint import documents
from healthlint.analysis import Analysis
from healthlint.analysis.provenance import has_author, has_date, has_reviewer
from healthlint.builtin import folder
from healthlint.checks.dates import Dates
from healthlint.findings import lint
from healthlint.rules import available, load

DATE = "provenance/missing-date"
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
    "Written by: Nadia Okafor",
    "Prepared by the medicines information team of Millbrook",
    "Your fever column, with Nadia Okafor",
    "Media contact: Nadia Okafor, press@millbrook.example",
]


@pytest.mark.parametrize("line", BYLINES)
def test_bylines(line: str) -> None:
    assert has_author(analysed(f"Stomach flu\n\n{line}"))


@pytest.mark.parametrize(
    "line", ["Posted by admin", "By Admin", "By [author name]", "Reviewed by Nadia Okafor, MD", "Updated 3 May 2024"]
)
def test_no_author(line: str) -> None:
    assert not has_author(analysed(f"Stomach flu\n\n{line}"))


def test_a_signature_is_an_author() -> None:
    assert has_author(analysed("Stomach flu", "Take care,\nNadia Okafor"))
    assert not has_author(analysed("Stomach flu", "See a doctor after three days."))


@pytest.mark.parametrize(
    "line",
    [
        "Updated 3 May 2024",
        "Leaflet 4, version 2, 2023",
        "(May 2024)",
        "No. 17, autumn 2024",
        "2024-05-03",
        "MILLBROOK, May 3, 2024 - Half of the ward has it.",
        "Reviewed 2023",
        "Review due 03/2027",
        "Vol. 3, No. 2 (2024)",
    ],
)
def test_dates(line: str) -> None:
    assert has_date(analysed(f"Stomach flu\n\n{line}"))


@pytest.mark.parametrize(
    "line",
    ["© 2024 Millbrook", "In winter, half of the ward had it.", "The 2019 season was bad.", "Reviewed: __/__/____"],
)
def test_no_date(line: str) -> None:
    assert not has_date(analysed(f"Stomach flu\n\n{line}"))


def test_reviewers() -> None:
    assert has_reviewer(analysed("Stomach flu\n\nChecked for accuracy by Nadia Okafor, MD"))
    assert not has_reviewer(analysed("Stomach flu\n\nBy Nadia Okafor"))


def test_days_that_do_not_exist() -> None:
    text = "Updated 29 February 2023, 31 April 2022 and 2024-02-30, not 29 February 2024."
    found = [text[slice(*match.span)] for match in Dates().find(Analysis(documents.read("a.txt", text.encode())))]
    assert sorted(found) == ["2024-02-30", "29 February 2023", "31 April 2022"]


def test_only_the_article_s_own_lines_name_its_author() -> None:
    page = "<nav><a href='/team'>Our Team</a></nav><main><h1>Stomach flu</h1><p>{}</p></main>{}"
    comments = "<section id='comments'><p>Priya, 3 May 2024</p></section>"
    assert not has_author(analysed(page.format(BODY, comments), name="a.html"))
    assert has_author(analysed(page.format("Nadia Okafor, nurse", comments), name="a.html"))


def test_an_article_without_author_and_date_is_told_so_once() -> None:
    document = documents.read("a.txt", f"Stomach flu\n\n{BODY} {BODY}\n".encode())
    author, date = (load(name, available(folder())[name]) for name in ("provenance/missing-author", DATE))
    (found,) = lint(document, [author, date])
    assert found.code == author.name
    assert "who wrote it or when" in found.message
    assert [found.code for found in lint(document, [date])] == [DATE]
