"""The days that an article gives for itself, in the ways that people write them."""

from __future__ import annotations

import pytest
from articles import html, markdown, plain

from healthlint.analysis import Analysis
from healthlint.analysis.review_dates import dates
from healthlint.documents.document import Document


def told(document: Document) -> list[str]:
    return [f"{dated.day}{' next' if dated.is_next else ''}" for dated in dates(Analysis(document))]


BODY = "\n\nChilblains are sore patches that come from the cold, and they itch for a week or two.\n"


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Page last reviewed: 12 March 2023", ["2023-03-12"]),
        ("Last updated March 3rd, 2023", ["2023-03-03"]),
        ("Reviewed May 2021. Next review due: May 2024.", ["2021-05-31", "2024-05-31 next"]),
        ("Updated 2020-02-29", ["2020-02-29"]),
        ("Updated 2021-02-30", []),
        ("Version 3, checked 4/12/2021", ["2021-12-04"]),
        ("Updated 13/12/2021", ["2021-12-13"]),
        ("Information correct as of Feb 2022", ["2022-02-28"]),
        ("By Ola Nwosu, 4 June 2018", ["2018-06-04"]),
        ("Valid until 2027", ["2027-12-31 next"]),
        ("© 2016 Wintergreen Clinic", []),
        ("As of January 2010, cases are counted in another way by all of the clinics that take part in it.", []),
        ("In a trial of 2004, gloves helped.", []),
    ],
)
def test_days_in_the_first_lines(line: str, days: list[str]) -> None:
    assert told(plain(f"Chilblains\n\n{line}{BODY}")) == days


def test_days_of_fields() -> None:
    fields = "date: 2019-05-01\nlast_reviewed: 2024-06-30\nexpiryDate: 2027-01-01\ncopyright_year: 2012"
    assert told(markdown(f"---\n{fields}\n---\n\n# Chilblains{BODY}")) == [
        "2019-05-01",
        "2024-06-30",
        "2027-01-01 next",
    ]
    page = (
        '<meta property="article:modified_time" content="2022-11-30T08:00:00Z"><h1>Chilblains</h1><p>Sore patches.</p>'
    )
    assert told(html(page)) == ["2022-11-30"]
