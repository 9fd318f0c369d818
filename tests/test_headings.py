"""Which lines of a plain text are headings, and of what level."""

from __future__ import annotations

import pytest

from healthlint.documents.heading_levels import HeadingStyle, Styled, heading_levels
from healthlint.documents.headings import heading_styles, is_caption, is_titled
from healthlint.documents.lines import logical_lines
from healthlint.documents.ordinals import heading_ordinals
from healthlint.documents.series import mark_series

TEXT = "Then comes a paragraph of text that says a good deal about it, in two sentences. This is the other."


def style_of(line: str, below: str = TEXT, above: str = "Title\n\n" + TEXT) -> HeadingStyle | None:
    """How `line` is written as a heading between two paragraphs."""
    lines, _ = logical_lines(f"{above}\n\n{line}\n\n{below}\n\n{TEXT}")
    mark_series(lines)
    styles = heading_styles(lines)
    return next(style for found, style in zip(lines, styles, strict=True) if found.written == line)


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("Side Effects", HeadingStyle.BARE),
        ("Side effects", HeadingStyle.BARE),
        ("What it is used for", HeadingStyle.BARE),
        ("Zoloft vs. Prozac", HeadingStyle.BARE),
        ("St. John's Wort, the Herb", HeadingStyle.BARE),
        ("5 foods to avoid", HeadingStyle.BARE),
        ("“Natural” is not safe", HeadingStyle.BARE),
        ("FAQ", HeadingStyle.BARE),
        ("SIDE EFFECTS", HeadingStyle.LOUD),
        ("SIDE EFFECTS:", HeadingStyle.LOUD),
        ("WARNING!", HeadingStyle.LOUD),
        ("DO NOT COMBINE IT WITH", HeadingStyle.LOUD),
        ("1. Side effects", HeadingStyle.NUMBERED),
        ("3) Side Effects", HeadingStyle.NUMBERED),
        ("IV. Side effects", HeadingStyle.NUMBERED),
        ("Step 2 - Wait", HeadingStyle.NUMBERED),
        ("RULE 3. WAIT", HeadingStyle.NUMBERED),
        ("2.1 Side effects", HeadingStyle.DOTTED),
        ("Is it safe?", HeadingStyle.QUESTION),
        ("Q: Is it safe?", HeadingStyle.QUESTION),
        ("Side Effects:", HeadingStyle.COLON),
        ("Overdose:", HeadingStyle.COLON),
    ],
)
def test_headings(line: str, style: HeadingStyle) -> None:
    assert style_of(line) is style


@pytest.mark.parametrize(
    "line",
    [
        "It is safe.", "It is safe;", "It is safe,", "He said that it is “safe.”", "Take It Daily.",
        "no capital here",
        "Call your doctor if you have", "You should avoid the following:", "Drugs such as:", "ASK US IF YOU HAVE:",
        "It interacts with:", "If you miss a dose:", "Read https://example.org/", "By Jo Doe, MD", "May 2024",
        "It works. Nobody knows how", "“It saved me” – Jo, 54", "Table 2. Doses", "Share this post", "12345",
        "What a very long line this is for a heading, which nobody would write in this way, nor read to its very end",
        "So take it!",
    ],
)  # fmt: skip
def test_lines_that_are_none(line: str) -> None:
    assert style_of(line) is None


@pytest.mark.parametrize(
    ("line", "below", "is_heading"),
    [
        ("What to pack", "- a\n- b", True),
        ("You should pack", "- a\n- b", False),
        ("Strengths", "Tablets: 5 mg and 10 mg", True),
        ("Side effects", "Common ones", True),
        ("Some words here", "some words there", False),
        ("2. Wait", "3. Rest", False),
        ("A: Yes", TEXT, False),
        ("Generic Name: Zinc", "Class: Mineral", True),
    ],
)
def test_what_stands_below_decides(line: str, below: str, is_heading: bool) -> None:
    assert (style_of(line, below) is not None) == is_heading


def test_an_item_after_an_interruption_is_no_heading() -> None:
    above = f"Title\n\n{TEXT}\n\n1. wait\n2. rest\n\n{TEXT}"
    assert style_of("3. Ask somebody", above=above) is None
    assert style_of("5. Ask somebody", above=above) is HeadingStyle.NUMBERED
    assert (
        style_of("3. Ask somebody", above=f"Title\n\n1. Wait\n\n{TEXT}\n\n2. Rest\n\n{TEXT}") is HeadingStyle.NUMBERED
    )


def test_a_numbered_heading_without_text_is_one_where_others_are() -> None:
    text = "".join(f"{number}. What it does\n\n{TEXT * (number != 3)}\n\n" for number in range(1, 6))
    lines, _ = logical_lines(f"A guide to zinc\n\n{text}")
    found = [line.written[:1] for line, style in zip(lines, heading_styles(lines), strict=True) if style]
    assert found == ["A", "1", "2", "3", "4", "5"]


def test_without_blank_lines_any_short_line_may_be_one() -> None:
    lines, _ = logical_lines(f"Title\nUses\n{TEXT}\n{TEXT}\nDoses\n{TEXT}\nIs it safe?\n{TEXT}")
    assert [line.text for line, style in zip(lines, heading_styles(lines), strict=True) if style] == [
        "Title", "Uses", "Doses", "Is it safe?"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("Side Effects", True), ("How to Take It", True), ("The Dose", True), ("FAQ", True), ("What Is It?", True),
        ("5 Foods to Avoid", True), ("Side effects", False), ("the Dose", False), ("123", False), ("", False),
        ("Take It With Food And Water And Then Wait For An Hour Or Two Before You Lie Down Again", False),
    ],
)  # fmt: skip
def test_title_case(text: str, titled: bool) -> None:
    assert is_titled(text) == titled


def test_captions() -> None:
    found = [is_caption(logical_lines(text)[0][0]) for text in ("Table 2. Doses", "Figure 1: Ears", "Table 2 shows it")]
    assert found == [True, True, False]


@pytest.mark.parametrize(
    ("styles", "levels"),
    [
        ("TITLE BARE COLON", [1, 2, 3]),
        ("TITLE COLON COLON", [1, 2, 2]),
        ("TITLE DOUBLE SINGLE WAVED", [1, 2, 3, 4]),
        ("TITLE SINGLE DOUBLE", [1, 2, 3]),
        ("TITLE LOUD BARE LOUD", [1, 2, 3, 2]),
        ("TITLE BARE LOUD LOUD", [1, 2, 2, 2]),
        ("TITLE LOUD BARE", [1, 2, 2]),
        ("TITLE NUMBERED DOTTED", [1, 2, 3]),
        ("TITLE DECORATED DECORATED QUESTION", [1, 2, 2, 3]),
    ],
)
def test_levels(styles: str, levels: list[int]) -> None:
    assert heading_levels([Styled(HeadingStyle[name], "Words") for name in styles.split()]) == levels


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("I. Before|A. Ankle|B. Heel|II. After|A. Squats|III. Later", [2, 3, 3, 2, 3, 2]),
        ("4.1 See it|4.2 Treat it|Step 1: Stop|Step 2: Cool|4.3 Write it down", [2, 2, 3, 3, 2]),
        ("1 Scope|2 Storage|2.1 Unopened|2.2 In use|3 Waste", [2, 2, 3, 3, 2]),
        ("1. Set a day|2. Tell them|Step 3: Stop|4. Go on", [2, 2, 2, 2]),
        ("Step 1: Wash|Step 2: Dry|Myth 1: Salt|Myth 2: Sugar", [2, 2, 2, 2]),
    ],
)
def test_levels_of_numbers(text: str, levels: list[int]) -> None:
    texts = text.split("|")
    numbers = heading_ordinals(texts)
    styled = [Styled(HeadingStyle.NUMBERED, words, number) for words, number in zip(texts, numbers, strict=True)]
    assert heading_levels(styled) == levels


@pytest.mark.parametrize(("stacked", "level"), [(True, 3), (False, 2)])
def test_questions_right_under_a_bare_heading_are_below_it(stacked: bool, level: int) -> None:
    bare, question = HeadingStyle.BARE, HeadingStyle.QUESTION
    styled = [Styled(bare, "Common Worries"), Styled(question, "Why?", stacked=stacked), Styled(question, "When?")]
    assert heading_levels([*styled, Styled(bare, "After It")]) == [2, level, level, 2]


@pytest.mark.parametrize(("stacked", "level"), [(True, 3), (False, 2)])
def test_bare_headings_right_under_numbers_are_below_them(stacked: bool, level: int) -> None:
    texts = ["1. What it is", "Do not take it if", "With food", "2. How to take it", "If you forget", "Conclusion"]
    numbers = heading_ordinals(texts)
    styled = [
        Styled(HeadingStyle.NUMBERED if number else HeadingStyle.BARE, words, number, stacked=stacked and at == 1)
        for at, (words, number) in enumerate(zip(texts, numbers, strict=True))
    ]
    assert heading_levels(styled) == [2, level, level, 2, level, 2]
