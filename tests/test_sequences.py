"""Numbers of headings and list items that should count up."""

import pytest
from articles import markdown, marked, plain
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.sequences import Count, Numbered, oddities
from healthlint.checks.mixed_numbering import MixedNumbering
from healthlint.checks.numbering import Numbering


def faults(*values: int, first: int = 1) -> list[tuple[str, int]]:
    numbers = [Numbered(block, value) for block, value in enumerate(values)]
    return [(oddity.fault, oddity.value) for oddity in oddities(Count(first, numbers))]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1, 2, 3), []),
        ((0, 1, 2), []),
        ((3, 2, 1), []),
        ((2, 3), [("start", 2)]),
        ((1, 2, 4), [("gap", 4)]),
        ((1, 2, 2, 3), [("repeat", 2)]),
        ((1, 2, 2, 4), [("repeat", 2)]),
        ((1, 2, 2, 3, 5), [("repeat", 2), ("gap", 5)]),
        ((1, 2, 4, 3, 5), [("order", 3)]),
        ((1, 3, 2), [("order", 2)]),
        ((1, 2, 6, 7), [("gap", 6)]),
    ],
)
def test_oddities(values: tuple[int, ...], expected: list[tuple[str, int]]) -> None:
    assert faults(*values) == expected


def test_a_sequence_may_go_on_from_another() -> None:
    assert faults(4, 5, first=4) == []


@given(st.lists(st.integers(0, 10**9), max_size=30))
def test_any_numbers_are_read(values: list[int]) -> None:
    assert len(faults(*values)) <= len(values)


def headings(*lines: str) -> list[str]:
    article = markdown("# Knees\n\n" + "\n\nText.\n\n".join(lines) + "\n\nText.\n")
    return marked(Numbering(of="headings", faults=("start", "gap", "repeat", "order")), article)


def test_schemes_are_kept_apart() -> None:
    assert headings("## Step 1: walk", "## Step 2: rest", "## 1. Why", "## 2. When") == []
    assert headings("## 1. Why", "### 1.1 Age", "### 1.2 Sex", "## 2. When", "### 2.1 Night") == []
    assert headings("## 1. Why", "### 1.1 Age", "### 1.3 Sex") == ["1.3 Sex"]


def test_numbers_may_start_again_under_an_unnumbered_heading() -> None:
    assert headings("## 1. Why", "## 2. When", "## Questions", "## 1. How long?", "## 2. How far?") == []


def test_counts_are_no_numbers() -> None:
    assert headings("## 5 knees", "## 2024 update", "## 24-hour care", "## 2.5 mg or 5 mg?") == []


def items(text: str) -> list[str]:
    return marked(Numbering(of="lists", faults=("start", "gap", "repeat", "order")), plain(f"Knees at home\n\n{text}"))


def test_lists_may_be_interrupted() -> None:
    assert items("1. Walk.\n2. Rest.\n\nThen, if it hurts less:\n\n3. Run.\n") == []
    assert items("1. Walk.\n2. Rest.\n\nThen, if it hurts less:\n\n5. Run.\n") == ["5."]
    assert items("1. Walk.\n2. Rest.\n\nOn bad days:\n\n1. Rest.\n") == []


def test_lists_inside_items_count_by_themselves() -> None:
    assert items("1. Walk.\n   a) slowly\n   b) far\n2. Rest.\n   a) long\n") == []


def test_letters_and_roman_numbers() -> None:
    assert items("a) walk\nb) rest\nd) run\n") == ["d)"]
    assert items("i) walk\nii) rest\niv) run\n") == ["iv)"]


def test_markdown_numbers_all_items_by_itself() -> None:
    article = markdown("# Knees\n\n1. Walk.\n1. Rest.\n1. Run.\n")
    assert marked(Numbering(of="lists", faults=("repeat",)), article) == []


MIXED = MixedNumbering()


def test_an_unnumbered_heading_between_numbered_ones() -> None:
    article = markdown("# Knees\n\n## 1. Why\n\na\n\n## Children\n\nb\n\n## 2. When\n\nc\n\n## Where\n\nd\n")
    assert marked(MIXED, article) == ["Children"]


@pytest.mark.parametrize("heading", ["Introduction", "References", "FAQ", "Conclusion", "Key takeaways", "Disclaimer"])
def test_some_headings_never_have_numbers(heading: str) -> None:
    article = markdown(f"# Knees\n\n## 1. Why\n\na\n\n## {heading}\n\nb\n\n## 2. When\n\nc\n")
    assert marked(MIXED, article) == []


def test_steps_say_nothing_of_other_headings() -> None:
    article = markdown("# Knees\n\n## Step 1: walk\n\na\n\n## Why?\n\nb\n\n## Step 2: rest\n\nc\n")
    assert marked(MIXED, article) == []


def test_clauses_count_like_lists() -> None:
    article = plain(
        """
        TERMS OF SALE

        2. USE

        2.1 Adults. One capsule a day with food, for as long as you like to take it.

        2.2 Children. Not for them.

        2.2 Storage. Keep the bottle cool and dry, and well out of the reach of children.

        2.5 Returns. Send it back within thirty days and we will pay you what you paid.
        """
    )
    assert marked(Numbering(of="lists", faults=("repeat", "gap")), article) == ["2.2", "2.5"]


def test_doses_at_the_front_of_paragraphs_are_no_clauses() -> None:
    article = plain(
        "Doses\n\n2.5 mg is the first.\n\n2.5 Milligrams again.\n\n5.0 mg is the next.\n\n7.5 mg is the last.\n"
    )
    assert marked(Numbering(of="lists", faults=("repeat", "gap")), article) == []
