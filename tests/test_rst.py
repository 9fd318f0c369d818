"""reStructuredText: what becomes of its markup, and where it stands."""

from __future__ import annotations

from textwrap import dedent

import pytest
from word import sketch

from fuzzing.promises import check_document as check
from healthlint import findings, rules
from healthlint.documents import read_text
from healthlint.documents.document import Document, Kind, LinkKind

RULES = [rules.load(name, path) for name, path in rules.all_available().items()]


def rst(text: str) -> Document:
    document = read_text("a.rst", dedent(text).lstrip("\n"), "rst")
    check(document)
    return document


def sketches(text: str) -> list[str]:
    return [sketch(block) for block in rst(text).blocks]


def test_titles_have_the_level_of_their_adornment() -> None:
    text = """
        ======
        Garlic
        ======

        Uses
        ====
        Text.

        Colds
        ~~~~~

        Risks
        =====

        One line
        and one more.

        ----

        No title
        --
        """
    assert sketches(text) == [
        "heading 1 Garlic", "heading 2 Uses", "paragraph Text.", "heading 3 Colds", "heading 2 Risks",
        "paragraph One line and one more.", "paragraph No title --",
    ]  # fmt: skip


def test_lists_quotes_and_definitions() -> None:
    text = """
        #. One
        #. Two
           goes on

           - inner

        5. Five

        Text.

            Said by *somebody*.

        Term
            Meaning

            and more.
        """
    assert sketches(text) == [
        "item 1 1. One", "item 1 2. Two goes on", "item 2 inner", "item 1 5. Five", "paragraph Text.",
        "paragraph Said by somebody.", "item 1 Term", "paragraph Meaning", "paragraph and more.",
    ]  # fmt: skip
    assert [block.text for block in rst(text).blocks if block.quoted] == ["Said by somebody."]


def test_links_references_and_marks() -> None:
    document = rst(
        """
        See `the study <https://x.org/a_b>`_, `one
        that <https://y.org>`__, Python_, `the guide`_, Uses_, `<https://z.org>`_ and
        `anonymous`__ [1]_ [#]_ [4]_ but not snake_case or ``Python_``.

        .. _Python: https://python.org
        .. _`the guide`: https://guide.org
        .. _uses:
        __ https://anonymous.org
        .. [1] First.
        .. [#] Second
           goes on.
        """
    )
    paragraph = document.blocks[0]
    assert paragraph.text == (
        "See the study, one that, Python, the guide, Uses, https://z.org and "
        "anonymous   [4] but not snake_case or Python_."
    )
    links = {paragraph.text[link.start : link.end]: link.target for link in paragraph.links if link.end > link.start}
    assert links == {
        "the study": "https://x.org/a_b", "one that": "https://y.org", "Python": "https://python.org",
        "the guide": "https://guide.org", "Uses": "#uses", "https://z.org": "https://z.org",
        "anonymous": "https://anonymous.org",
    }  # fmt: skip
    assert [link.target for link in paragraph.links if link.kind is LinkKind.NOTE] == ["1", "1"]
    assert [block.text for block in document.blocks if block.kind is Kind.NOTE] == ["First.", "Second goes on."]


def test_directives_give_their_text_and_code_none() -> None:
    text = """
        .. warning:: Do not take it
           with *warfarin*.

           Ask first.

        .. code-block:: python

           x = "5.0 mg"

        .. figure:: bulb.png
           :alt: A bulb

           A bulb of garlic.

        Run this::

            5.0 mg

        .. contents::
           :depth: 2

        .. rubric:: See also

        End.
        """
    assert sketches(text) == [
        "paragraph Do not take it with warfarin.", "paragraph Ask first.", "paragraph A bulb of garlic.",
        "paragraph Run this:", "code 5.0 mg", "heading 2 See also", "paragraph End.",
    ]  # fmt: skip


def test_tables_have_cells() -> None:
    text = """
        =======  ======
        Drug     Dose
        =======  ======
        Aspirin  300 mg
        =======  ======

        +------+------+
        | a    | b    |
        +======+======+
        | c    | d    |
        +------+------+
        """
    cells = [block.text for block in rst(text).blocks if block.kind is Kind.CELL]
    assert cells == ["Drug", "Dose", "Aspirin", "300 mg", "a", "b", "c", "d"]


def test_fields_at_the_top_are_those_of_the_article() -> None:
    document = rst(
        """
        Garlic
        ======

        :Author: Jane Doe
        :Date: 2026-01-05
        :Tags: herbs, garlic

        :Dose: one a day

        Text.

        :Note: no field
        """
    )
    found = [(field.name, document.text[slice(*field.span)]) for field in document.fields]
    assert found == [("author", "Jane Doe"), ("date", "2026-01-05"), ("tags", "herbs, garlic"), ("dose", "one a day")]
    assert [block.text for block in document.blocks if block.kind is Kind.TAG] == ["herbs", "garlic"]
    assert ":Note: no field" in [block.text for block in document.blocks]


def test_comments_silence() -> None:
    text = """
        Garlic
        ======

        .. healthlint-disable claims -- quotes an advert

        Garlic cures high blood pressure.

        .. healthlint-enable

        Garlic cures high cholesterol.
        """
    document = rst(text)
    found = [found for found in findings.lint(document, RULES) if found.category in ("claims", "suppressions")]
    assert [document.text[slice(*each.span)] for each in found] == ["cures high cholesterol"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_findings_stand_at_their_words(end: str) -> None:
    text = end.join(["Garlic", "======", "", "Take", "*5.0 mg* of `it <https://x.org>`_, or", "2.0 mg."])
    document = read_text("a.rst", text, "rst")
    found = [found for found in findings.lint(document, RULES) if found.name == "trailing-zero"]
    assert [text[slice(*each.span)] for each in found] == ["5.0 mg", "2.0 mg"]
    assert [each.location for each in found] == [(5, 2), (6, 1)]
