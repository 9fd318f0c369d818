"""Notes to self where a source should stand."""

import pytest
from articles import html, markdown, marked, plain

from healthlint.checks.citation_markers import CitationMarkers

CHECK = CitationMarkers()


@pytest.mark.parametrize(
    "note",
    [
        "[citation needed]",
        "[source?]",
        "[REF]",
        "[XX]",
        "[who?]",
        "(ref)",
        "(source needed)",
        "(GP: find ref!)",
        "[add study]",
        "[cite the Danish paper]",
        "[insert source here]",
        "[TODO: add ref]",
        "(citation to follow)",
        "[reference to be added]",
        "{{citation needed}}",
        "[link to study]",
        "TODO: add citation",
        "needs a source",
        "Source: TBC",
        "[ref to go here - ask Jo]",
        "[ask Jo for the paper]",
        "(Jo: which survey was this?)",
        "(JP to find ref)",
    ],
)
def test_notes(note: str) -> None:
    assert marked(CHECK, plain(f"Knees\n\nWalking helps nine people in ten {note}, more or less.\n")) == [note]


@pytest.mark.parametrize(
    "remark",
    [
        "(see the sources below)",
        "(add a reference line to the chart)",
        "(data not shown)",
        "(missing data were left out)",
        "(source: NHS)",
        "(see reference 2)",
        "(find out more)",
        "(check with your doctor)",
        "(which doctors?)",
        "[1]",
        "[Study 329]",
        "(unpublished)",
        "(study to be completed in 2027)",
        "(Note: which doctor you see is up to you)",
        "and the number is needed",
    ],
)
def test_remarks(remark: str) -> None:
    assert marked(CHECK, plain(f"Knees\n\nWalking helps nine people in ten {remark}, more or less.\n")) == []


def test_a_linked_source_is_none() -> None:
    assert marked(CHECK, markdown("# Knees\n\nWalking helps ([source](https://www.nhs.uk)).\n")) == []
    assert marked(CHECK, html('<h1>Knees</h1><p>It helps (<a href="https://www.nhs.uk">ref</a>).</p>')) == []


def test_code_and_comments_are_left_alone() -> None:
    assert marked(CHECK, markdown("# Knees\n\nWrite `[citation needed]`.\n\n<!-- TODO: add ref -->\n")) == []
