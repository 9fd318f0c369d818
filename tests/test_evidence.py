"""What supports a claim where it stands."""

import pytest
from articles import markdown, plain

from healthlint.analysis import Analysis
from healthlint.analysis.evidence import Evidence, evidence_for, goes_on
from healthlint.documents import read_text
from healthlint.documents.document import Document

CITED = "It was tested in a trial (https://doi.org/10.1056/NEJMa1)."


def evidence(document: Document, words: str) -> Evidence:
    analysis = Analysis(document)
    sentence = next(each for each in analysis.sentences if words in each.text)
    return evidence_for(analysis, sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It helps one in three.[^1]\n\n[^1]: Lee K. Knees. BMJ 2019;364:l42.", Evidence.STRONG),
        ("It helps one in three (Lee and Park, 2019).", Evidence.WEAK),
        (
            "It helps one in three [cite that paper]. So does rest.[^1]\n\n[^1]: Lee K. Knees. BMJ 2019;364:l42.",
            Evidence.NONE,
        ),
        ("It helps one in three, says [a post](https://www.facebook.com/x).", Evidence.NONE),
        (f"{CITED} After a year, those given the drug did better: it helps one in three.", Evidence.STRONG),
        (f"{CITED} It also mends sleep, and helps one in three.", Evidence.WEAK),
        (f"{CITED} It also found that walking helps one in three.", Evidence.STRONG),
        (f"{CITED} Our clinic does better still, and helps one in three.", Evidence.NONE),
        ("It helps one in three [@lee2019].", Evidence.STRONG),
        ("- It helps one in three.\n- It harms few.\n\nSource: Lee K. Knees. BMJ 2019;364:l42.", Evidence.STRONG),
        ("It helps one in three.\n\n## References\n\n1. Lee K. Knees. BMJ 2019;364:l42.", Evidence.WEAK),
        ("It helps one in three [1].\n\n## Notes for readers\n\n1. Lee K. Knees. BMJ 2019;364:l42.", Evidence.STRONG),
    ],
)
def test_evidence(text: str, expected: Evidence) -> None:
    assert evidence(markdown(f"# Knees\n\n{text}\n"), "one in three") is expected


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("Lee K and others, Lancet 2010: https://doi.org/10.1016/S0140-6736(10)61350-5", Evidence.STRONG),
        ("NICE guideline NG238: https://www.nice.org.uk/guidance/ng238", Evidence.STRONG),
        ("You can report side effects at https://yellowcard.mhra.gov.uk", Evidence.NONE),
        ("Others do worse, and more than 2 million fall ill every year (https://www.cdc.gov/knees).", Evidence.NONE),
    ],
)
def test_a_paragraph_that_does_nothing_but_cite_speaks_for_the_one_before_it(credit: str, expected: Evidence) -> None:
    article = plain(f"KNEES\n\nWalking helps. It helps one in three.\n\n{credit}\n\nRest when it hurts.\n")
    assert evidence(article, "one in three") is expected


@pytest.mark.parametrize(
    ("text", "is_expected"),
    [
        ("They fell by a third.", True),
        ("After 12 weeks, those on the drug slept longer.", True),
        ("By day 90 fewer participants had pain.", True),
        ("Our shop sells it.", False),
        ("Gram for gram nothing beats it.", False),
    ],
)
def test_going_on(text: str, is_expected: bool) -> None:
    assert goes_on(text) is is_expected


def test_code_beside_a_claim_cites_nothing() -> None:
    """It has no sentences, though its brackets look like a reference's."""
    text = (
        "    Take the drops.\n    Black seed oil cures asthma.\n\n::\n\n    Take the drops.\n    It cures asthma [1].\n"
    )
    assert evidence(read_text("a.rst", text, "rst"), "Black seed oil") is Evidence.NONE
