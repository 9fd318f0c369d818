"""The reference list of an article, and the marks in its text that lead to it."""

import pytest
from articles import html, markdown, plain

from healthlint.analysis.references import References

LIST = """

    ## References

    1. Lee K, Park J. Walking and the knee. BMJ. 2019;364:l42.
    2. NHS. [Knee pain](https://www.nhs.uk/conditions/knee-pain/).
    3. Arthritis Foundation
"""


def marks(text: str, list_: str = LIST) -> list[tuple[str, tuple[str, ...], bool]]:
    document = markdown(f"    # Knees\n\n    {text}{list_}")
    references = References.of(document)
    return [(mark.kind, mark.keys, mark.resolved) for mark in references.marks(document.blocks[1])]


@pytest.mark.parametrize(
    ("text", "kind", "keys", "resolved"),
    [
        ("Walk [1].", "number", ("1",), True),
        ("Walk [1, 3].", "number", ("1", "3"), True),
        ("Walk [1-3].", "number", ("1", "2", "3"), True),
        ("Walk [1,4–5].", "number", ("1", "4", "5"), False),
        ("Walk (2).", "round", ("2",), True),
        ("Walk (see reference 2).", "word", ("2",), True),
        ("Walk (refs 1 and 3).", "word", ("1", "3"), True),
        ("Walk.²", "raised", ("2",), True),
        ("Walk.¹⁻³", "raised", ("1", "2", "3"), True),
        ("Walk (Lee and Park, 2019).", "author", ("Lee", "2019"), True),
        ("Lee et al. (2019) walked.", "author", ("Lee", "2019"), True),
        ("Walk (Miller et al., 2011).", "author", ("Miller", "2011"), False),
    ],
)
def test_marks(text: str, kind: str, keys: tuple[str, ...], resolved: bool) -> None:
    assert marks(text) == [(kind, keys, resolved)]


@pytest.mark.parametrize(
    "text",
    [
        "The knee is 12 cm² and 10⁶ cells wide.",
        "The ratio was 0.9 (95% CI [2, 5]).",
        "First (1) warm up, then (2) Walk.",
        "It was reviewed (March 2019).",
        "Take 2 [sic] tablets.",
    ],
)
def test_no_marks(text: str) -> None:
    assert marks(text) == []


def test_round_marks_need_a_numbered_list() -> None:
    assert marks("Walk (2).", list_="\n") == []


def test_entries_are_findable_by_link_or_full_reference() -> None:
    entries = References.of(markdown("    # Knees" + LIST)).entries
    assert [(entry.key, entry.findable, entry.cited) for entry in entries] == [
        ("1", True, True),
        ("2", True, True),
        ("3", False, True),
    ]
    assert entries[0].years == (2019,)


def test_footnotes_are_entries() -> None:
    document = markdown("""
        # Knees

        Walk.[^a] Rest.[^b]

        [^a]: NHS. <https://www.nhs.uk/conditions/knee-pain/>
    """)
    references = References.of(document)
    assert [(mark.keys, mark.resolved) for mark in references.marks(document.blocks[1])] == [
        (("a",), True),
        (("b",), False),
    ]


def test_numbers_of_an_ordered_list_are_counted() -> None:
    document = html("<h1>Knees</h1><p>Walk [2].</p><h2>Sources</h2><ol><li>A. 2001</li><li>B. 2002</li></ol>")
    assert References.of(document).keys == {"1", "2"}


def test_lines_that_open_with_a_number_are_entries_without_a_heading() -> None:
    document = plain("""
        Knees

        Walk [1], because it helps the cartilage more than rest does.

        [1] Lee K, Park J. Walking and the knee. BMJ. 2019;364:l42.
    """)
    assert References.of(document).keys == {"1"}


def test_a_generated_bibliography_resolves_its_citations() -> None:
    document = markdown("    # Knees\n\n    Walk {% cite lee2019 %}.\n")
    assert all(mark.resolved for mark in References.of(document).marks(document.blocks[1]))


def test_a_document_is_read_once() -> None:
    document = markdown("    # Knees" + LIST)
    assert References.of(document) is References.of(document)


def test_text_under_the_references_is_no_entry() -> None:
    document = markdown("    # Knees" + LIST + "\n    This page does not take the place of a visit to your doctor.\n")
    assert len(References.of(document).entries) == 3
