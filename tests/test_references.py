"""The reference list of an article, and the marks in its text that lead to it."""

import textwrap

import pytest
from articles import html, markdown, plain

from healthlint.analysis.references import References
from healthlint.analysis.source_lists import is_entry
from healthlint.documents.document import Document

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


ENTRIES = (
    "Walker JT, Osei K, et al. Inhaled steroids in mild asthma. Lancet Respir Med. 2018;6(4):311-320.",
    "GINA. Pocket guide. 2022. https://ginasthma.org/pocket-guide/",
    "Osei K, Marsh P. Steroid inhalers and thrush. Thorax 2015;70:88-93. doi:10.1136/thoraxjnl-2014-205555",
)
CITING = "Inhalers work {} in most adults. Some get thrush {} and some do not {}."


def numbered(form: str, end: str) -> str:
    return "".join(form.format(number, entry) + end for number, entry in enumerate(ENTRIES, 1))


def unresolved(document: Document) -> list[tuple[str, ...]]:
    references = References.of(document)
    text = (block for index, block in enumerate(document.blocks) if index not in references.list_blocks)
    found = [mark for block in text for mark in references.marks(block)]
    assert len(found) >= 3
    return [mark.keys for mark in found if not mark.resolved]


@pytest.mark.parametrize(
    "heading",
    [
        "## Notes to editors",
        "## Our homework",
        "## Studies mentioned in this issue",
        "**What we read**",
        "### Works consulted (3)",
        "Receipts\n--------",
        "---",
    ],
)
@pytest.mark.parametrize("form", ["{}. {}", "[{}] {}  ", "{}\\. {}\n"])
def test_a_reference_list_under_any_heading(heading: str, form: str) -> None:
    text = CITING.format("[1]", "[2]", "[3]")
    assert unresolved(markdown(f"# Inhalers\n\n{text}\n\n{heading}\n\n{numbered(form, chr(10))}")) == []


@pytest.mark.parametrize("form", ["[{}] {}", "{}. {}", "{}) {}", "({}) {}", "{} {}", "{}\t{}"])
@pytest.mark.parametrize("heading", ["SOURCES", "Refs", "What we read"])
@pytest.mark.parametrize("width", [0, 66])
def test_a_reference_list_in_plain_text(form: str, heading: str, width: int) -> None:
    lines = [CITING.format("[1]", "[2]", "[3]"), *numbered(form, "\n").splitlines()]
    text, *entries = ["\n".join(textwrap.wrap(line, width)) if width else line for line in lines]
    listed = "\n".join(entries)
    assert unresolved(plain(f"INHALERS\n\n{text}\n\n{heading}\n\n{listed}\n")) == []


@pytest.mark.parametrize(
    "listed",
    [
        "<hr><ol><li>{}</li><li>{}</li><li>{}</li></ol>",
        "<h4>Literature</h4><p>1. {}<br>2. {}<br>3. {}</p>",
        "<div class='footnotes'><p id='fn1'>1. {}</p><p id='fn2'>2. {}</p><p id='fn3'>3. {}</p></div>",
        "<details><summary>References (3)</summary><ol><li>{}</li><li>{}</li><li>{}</li></ol></details>",
        "<h2>Sources</h2><dl><dt>[1]</dt><dd>{}</dd><dt>[2]</dt><dd>{}</dd><dt>[3]</dt><dd>{}</dd></dl>",
        (
            "<h2>Sources</h2><table><tr><td>1.</td><td>{}</td></tr><tr><td>2.</td><td>{}</td></tr>"
            "<tr><td>3.</td><td>{}</td></tr></table>"
        ),
    ],
)
@pytest.mark.parametrize("mark", ["[{}]", "<sup>{}</sup>", '<sup><a href="#fn{0}">{0}</a></sup>'])
def test_a_reference_list_in_html(listed: str, mark: str) -> None:
    text = CITING.format(*(mark.format(number) for number in (1, 2, 3)))
    assert unresolved(html(f"<h1>Inhalers</h1><p>{text}</p>{listed.format(*ENTRIES)}")) == []


def test_the_front_matter_lists_sources() -> None:
    front = "---\ntitle: Inhalers\nreferences:\n" + "".join(f'  - "{entry}"\n' for entry in ENTRIES) + "---\n\n"
    assert unresolved(markdown(front + CITING.format("[1]", "^2^", "[3]"))) == []
    assert unresolved(markdown(front + CITING.format("[1]", "[2]", "[4]"))) == [("4",)]


def test_signs_are_marks_where_a_note_opens_with_one() -> None:
    text = CITING.format("†", "‡", "[@walker2018; @gina2022]")
    assert unresolved(markdown(f"# Inhalers\n\n{text}\n\n† {ENTRIES[0]}\n\n‡ {ENTRIES[1]}\n")) == []


@pytest.mark.parametrize(
    "items",
    [
        ("[In short](#short)", "[How it works](#works)"),
        ("Bear Drops. [Here](https://www.amazon.com/dp/B0?tag=a)", "[Owl Drops](https://owl.shop/products/drops)"),
        ("You can report harm at https://yellowcard.mhra.gov.uk", "Call 111 or see https://111.nhs.uk"),
        ("Nausea is seen in 10% ([label](https://a.gov/l)) of users in the first week of treatment", "Rash"),
    ],
)
def test_lists_of_links_that_are_no_sources(items: tuple[str, ...]) -> None:
    for marker in ("- ", "1. "):
        listed = "".join(f"{marker}{item}\n" for item in items)
        assert not References.of(markdown(f"# Inhalers\n\nThey help.\n\n{listed}")).lists


def test_a_sentence_that_cites_is_no_entry() -> None:
    text = "# Colds\n\nIt works in 9 of 10.\n\nResistance spreads, and more than 2 million fall ill ([CDC](https://a.gov))."
    document = markdown(text)
    assert not is_entry(document.blocks[2])
    assert is_entry(markdown("Wood FA and others, 2020: https://doi.org/10.1056/NEJMc2031173").blocks[0])
