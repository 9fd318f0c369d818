"""Labels of structure are read or told to be broken, and held against what the readers make of a document."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from articles import html, markdown, plain
from hypothesis import given
from hypothesis import strategies as st

from accuracy import structure
from accuracy.sets import ROOT
from accuracy.structure import Label, Score, StructureError
from healthlint.documents.document import Document, Kind

GARLIC = """\
    # Garlic

    Garlic is a plant. Some use it for:

    - soup
    - colds

    ## Safety

    > It is food.
"""


def score(document: Document, *labels: Label) -> Score:
    total = Score()
    total.add(document, labels)
    return total


def differ(total: Score) -> list[tuple[int, str, str]]:
    return [(one.row, one.labelled, one.read) for one in total.mismatches]


def test_all_is_right() -> None:
    labels = [
        Label(1, "heading", "1"),
        Label(3, "lead-in"),
        Label(5, "item"),
        Label(6, "item"),
        Label(8, "heading", "2"),
        Label(10, "quote"),
    ]
    total = score(markdown(GARLIC), *labels)
    assert differ(total) == []
    assert total.recall("heading") == total.precision("heading") == total.level() == (2, 2)
    assert total.recall("item") == total.precision("item") == (2, 2)
    assert total.recall("lead-in") == total.recall("quote") == (1, 1)
    assert total.precision("paragraph") == (2, 2)


def test_what_differs_is_told() -> None:
    labels = [
        Label(1, "paragraph"),
        Label(3, "paragraph"),
        Label(5, "item"),
        Label(8, "heading", "3"),
        Label(9, "item"),
        Label(10, "lead-in"),
    ]
    total = score(markdown(GARLIC), *labels)
    assert differ(total) == [
        (1, "paragraph", "heading 1"),
        (8, "heading 3", "heading 2"),
        (9, "item", "nothing"),
        (10, "lead-in", "quoted paragraph"),
        (6, "nothing", "item"),
    ]
    assert total.level() == (0, 1)
    assert total.recall("heading") == (1, 1), "of another level, but a heading"
    assert total.precision("item") == (1, 2)


def test_doubt_is_not_scored() -> None:
    labels = [Label(1, "paragraph", doubtful=True), Label(5, "item"), Label(6, "paragraph", doubtful=True)]
    total = score(markdown(GARLIC), *labels)
    assert differ(total) == []
    assert total.precision("heading") == (0, 0), "neither the doubtful row nor what follows it"
    assert total.recall("paragraph") == (0, 0)


def test_a_lead_in_may_be_the_last_sentence_of_a_paragraph() -> None:
    document = plain("""
        Take care

        The tablets are strong, and some people must not have them.
        Tell your doctor if you have:

        - asthma
        - gout
    """)
    assert score(document, Label(4, "lead-in")).recall("lead-in") == (1, 1)


def test_furniture_may_be_left_out() -> None:
    document = html("""
        <html><body><nav><a href="/">Home</a></nav>
        <script>var a = 1;</script>
        <article><h1>Garlic</h1>
        <p>Garlic is a plant.</p></article></body></html>
    """)
    labels = [Label(1, "furniture"), Label(2, "furniture"), Label(3, "heading", "1"), Label(4, "furniture")]
    assert differ(score(document, *labels)) == [(4, "furniture", "paragraph")]


def test_markup_on_a_line_of_its_own() -> None:
    document = html("<article><h1>Garlic</h1>\n<ul>\n<li>\nsoup\n</li>\n</ul>\n</article>")
    for row in (3, 4):
        assert differ(score(document, Label(1, "heading", "1"), Label(row, "item"))) == []


def test_a_row_of_a_table_counts_once() -> None:
    document = html("<article><h1>A</h1><table>\n<tr>\n<th>B</th>\n<th>C</th>\n</tr>\n</table></article>")
    assert differ(score(document, Label(1, "heading", "1"), Label(3, "cell"))) == []


def test_front_matter() -> None:
    document = markdown("""
        ---
        title: Garlic
        tags: [herbs]
        ---

        Garlic is a plant.
    """)
    assert differ(score(document, Label(1, "front-matter"), Label(6, "paragraph"))) == []


BLOCKS = st.lists(
    st.sampled_from(["# Garlic", "## Soup", "### Cold soup", "It is a plant.", "Uses:", "- one\n- two", "1. a\n2. b"]),
    min_size=1,
)


@given(BLOCKS)
def test_a_reader_agrees_with_itself(parts: Sequence[str]) -> None:
    document = markdown("\n\n".join(parts))
    labels = []
    for block in document.blocks:
        row = document.position(block.prose.span().start).row
        labels.append(Label(row, block.kind.value, str(block.level) if block.kind is Kind.HEADING else ""))
    total = score(document, *labels)
    assert differ(total) == []
    for kind in structure.KINDS:
        assert total.recall(kind).part == total.recall(kind).whole == total.precision(kind).whole


def test_reads_labels(tmp_path: Path) -> None:
    file = tmp_path / "a.md.structure.tsv"
    file.write_text("# by N. N.\n\n3\theading\t2 ?\n1\theading\t1\n5\tlead-in\n7\titem\tb\n9\tquote\t ?\n", "utf-8")
    assert structure.labels_in(file) == [
        Label(1, "heading", "1"),
        Label(3, "heading", "2", doubtful=True),
        Label(5, "lead-in"),
        Label(7, "item", "b"),
        Label(9, "quote", doubtful=True),
    ]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("0\titem", "'0' is no row"),
        ("one\titem", "'one' is no row"),
        ("1\tthing", "'thing' is no kind; known: heading, "),
        ("1", "'' is no kind"),
        ("1\theading\ttwo", "'two' is no level of a heading"),
        ("1\titem\t1\tmore", "a label has row, kind and detail"),
        ("2\titem", "there is a label for row 2 already"),
    ],
)
def test_tells_what_is_wrong_with_a_label(tmp_path: Path, line: str, what: str) -> None:
    file = tmp_path / "a.md.structure.tsv"
    file.write_text(f"2\titem\n{line}\n", "utf-8")
    with pytest.raises(StructureError) as told:
        structure.labels_in(file)
    assert str(told.value).startswith(f"{file}:2: {what}")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "accuracy.structure", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Garlic\n\nIt is a plant.\n", "utf-8")
    labels = tmp_path / "a.md.structure.tsv"
    labels.write_text("1\theading\t2\n3\titem\n", "utf-8")
    done = run(str(tmp_path), "--verbose")
    assert done.returncode == 0
    assert "markdown: 1 document\n" in done.stdout
    assert "a.md:1: labelled heading 2, read as heading 1\n  # Garlic\n" in done.stdout
    assert "a.md:3: labelled item, read as paragraph\n  It is a plant.\n" in done.stdout
    labels.write_text("1\n", "utf-8")
    assert run(str(tmp_path)).returncode == 2
    labels.unlink()
    assert "there are no labelled documents" in run(str(tmp_path)).stderr
