"""What makes a reference findable, and identifiers that cannot be right."""

import pytest
from articles import html, marked, plain

from healthlint.analysis.identifiers import has_identifier, is_complete_entry, is_full_reference, years
from healthlint.checks.identifiers import Identifiers, flaws


@pytest.mark.parametrize(
    "text",
    [
        "Lee K. Knees. BMJ. 2019;364:l42.",
        "Lee K. Knees. BMJ 2019; 364: 42-49",
        "Lee K. Knees. J Pain. 2007;(1):CD001936.",
        "Lee, K. (2019). Knees. Journal of Pain, 12(3), 45-67.",
        "Cochrane Database Syst Rev CD001936, 2007",
        "Lee K. Knees. Pain. 2017 Mar 3;356:i6583.",
    ],
)
def test_full_references(text: str) -> None:
    assert is_full_reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mayo Clinic: Knee pain",
        "Half of all adults, by 2019, had knee pain, according to a large survey.",
        "Open 8:30-17:30 in 2024.",
        "A 2018 report by Kaiser Permanente said so, and so did everybody else.",
    ],
)
def test_no_full_references(text: str) -> None:
    assert not is_full_reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "National Institute for Health and Care Excellence. Knee pain: assessment and management. NG226, 2022.",
        "Sacks O. Migraine. New York: Vintage Books; 1999.",
        "The Knee Book, by Anna Berg",
    ],
)
def test_complete_entries(text: str) -> None:
    assert is_complete_entry(text)


def test_a_dated_name_is_no_complete_entry() -> None:
    assert not is_complete_entry("American Knee Association, 2019")


@pytest.mark.parametrize("text", ["https://nhs.uk", "see www.nhs.uk", "PMID: 123", "doi 10.1000/x", "ods.od.nih.gov/a"])
def test_has_identifier(text: str) -> None:
    assert has_identifier(text)


@pytest.mark.parametrize("text", ["Drugs.com: knees", "Dr.Smith", "No. 10 is next", "12.5 mg", "the PMC of old"])
def test_has_no_identifier(text: str) -> None:
    assert not has_identifier(text)


def test_years_are_no_amounts() -> None:
    assert years("In 2019 he took 2000 mg and 1,950 steps.") == (2019,)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("doi:10.1212WNL.0b013e", "10.1212WNL.0b013e", "DOI"),
        ("https://doi.org/1O.1001/jama.1", "1O.1001/jama.1", "DOI"),
        ("DOI 1136/annrheumdis-2016", "1136/annrheumdis-2016", "DOI"),
        ("PMID: 123456789", "123456789", "PMID"),
        ("PMID 12-345X", "12-345X", "PMID"),
        ("PMC12O45", "PMC12O45", "PMCID"),
        ("NCT0123456", "NCT0123456", "trial number"),
        ("ISBN 978-0-306-40615-8", "978-0-306-40615-8", "ISBN"),
        ("ISBN 0-306-40615-3.", "0-306-40615-3", "ISBN"),
        ("https//nhs.uk/knees", "https//nhs.uk/knees", "web address"),
        ("http:/nhs.uk", "http:/nhs.uk", "web address"),
        ("htpps://nhs.uk", "htpps://nhs.uk", "web address"),
        ("https://https://nhs.uk", "https://https://nhs.uk", "web address"),
        ("https://www,nhs.uk/x", "https://www,nhs.uk/x", "web address"),
        ("https://nhs/knees", "https://nhs/knees", "web address"),
        ("www, nhs.uk", "www, nhs.uk", "web address"),
    ],
)
def test_flaws(text: str, value: str, kind: str) -> None:
    assert [(text[flaw.start : flaw.end], flaw.kind) for flaw in flaws(text)] == [(value, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "doi:10.1001/jama.2020.1, https://doi.org/10.1016/S0140-6736(15)00257-3.",
        "https://doi.org/10/abcd and doi:10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
        "PMID: 12345678; PMCID: PMC1234567; NCT01234567",
        "ISBN 978-0-306-40615-7 2020 and ISBN-10: 0-8044-2957-X",
        "https://wwwnc.cdc.gov/travel, http://10.0.0.1:8080/ and https://xn--bcher-kva.example/",
        "| https://www.nhs.uk | https://{{ site.host }}/x |",
        "A PMID is a number; the DOI 'doi' is a name.",
        "The 3 pm dose, the httpd and the ISBN.",
    ],
)
def test_no_flaws(text: str) -> None:
    assert flaws(text) == []


def test_what_a_link_hides_is_looked_at() -> None:
    article = html('<h1>Knees</h1><p>See <a href="https://doi.org/11.1056/x1">the trial</a>.</p>')
    assert marked(Identifiers(), article) == ['<a href="https://doi.org/11.1056/x1">the trial</a>']


def test_an_address_in_the_text_is_marked_once() -> None:
    assert marked(Identifiers(), plain("Knees\n\nSee https://www,nhs.uk/x for more.\n")) == ["https://www,nhs.uk/x"]
