"""Raw lines, their frames and rows; wrapped lines put together again; series of steps and letters."""

from __future__ import annotations

import pytest

from healthlint.documents.document import Span
from healthlint.documents.lines import Line, breaks_off, is_loud, is_split_word, logical_lines, wrap_width
from healthlint.documents.markers import marker_of
from healthlint.documents.raw_lines import RawLine, cell_spans, raw_lines
from healthlint.documents.series import mark_series


def one(line: str) -> RawLine:
    (raw,), _ = raw_lines(line)
    return raw


def texts(text: str) -> list[str]:
    return [line.text for line in logical_lines(text)[0]]


@pytest.mark.parametrize(
    ("line", "text", "decoration"),
    [
        ("  words  ", "words", ""),
        ("| words |", "words", ""),
        ("* words *", "words", ""),
        ("│ words │", "words", ""),
        ("| a | b |", "| a | b |", ""),
        ("# Words", "Words", "#"),
        ("### Words ###", "Words", "###"),
        ("#1 choice", "#1 choice", ""),
        ("**Words**", "Words", "**"),
        ("*** Words ***", "Words", "***"),
        ("== Words ==", "Words", "=="),
        ("-- Words --", "Words", "--"),
        ("**Note:** take **it**", "**Note:** take **it**", ""),
        ("*Words*", "*Words*", ""),
        ("** **", "", ""),
    ],
)
def test_frames_and_decoration_are_not_read(line: str, text: str, decoration: str) -> None:
    raw = one(line)
    assert (raw.text, raw.decoration) == (text, decoration)
    assert line[slice(*raw.span)] == text or not text


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("====", "="), ("----", "-"), ("~~~~", "~"), ("^^^^", "~"), ("____", "-"), ("────", "-"), ("═══", "="),
        ("****", "*"), ("####", "#"), ("* * *", "none"), ("+---+", "none"), ("|--|--|", "none"), ("😀", "none"),
        ("--", "none"), ("", ""), ("   ", ""), ("words", ""), ("--- a ---", ""),
    ],
)  # fmt: skip
def test_rules(line: str, rule: str) -> None:
    (raw, *_), _ = raw_lines(line + "\n")
    assert raw.rule == rule


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("> said", "said"),
        (">> said", "said"),
        ("> > said", "said"),
        (">said", "said"),
        (">“said”", "“said”"),
        (">5% of people", None),
        ("a > b", None),
    ],
)
def test_quotation_marks(line: str, text: str | None) -> None:
    raw = one(line)
    assert raw.quoted == (text is not None)
    assert raw.text == (text or line)


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ("a | b\nc | d", ["bars", "bars"]),
        ("| a | b |", ["bars"]),
        ("a | b", [""]),
        ("By Jo Doe | Updated May 2024 | 5 min\nBy Al Roe | Updated May 2023 | 6 min", ["", ""]),
        ("a\tb\n\nc\td", ["", "", ""]),
        ("a\tb\nc\td", ["tabs", "tabs"]),
        ("•\tone\n•\ttwo", ["", ""]),
        ("1.\tone\n2.\ttwo", ["", ""]),
        ("Q:\tone\nA:\ttwo", ["", ""]),
        ("Form    How often\nPatch   weekly", ["gaps", "gaps"]),
        ("Words    apart\nand    elsewhere", ["", ""]),
        ("+--+\n| a | b |\n+--+\n| c | d |\n+--+", ["", "bars", "", "bars", ""]),
    ],
)
def test_rows_of_tables_have_neighbours(lines: str, rows: list[str]) -> None:
    assert [raw.row for raw in raw_lines(lines)[0]] == rows


def test_cells() -> None:
    assert [("| a |  | b c |")[slice(*span)] for span in cell_spans("| a |  | b c |", "bars")] == ["a", "b c"]
    assert [("a\t\tb c")[slice(*span)] for span in cell_spans("a\t\tb c", "tabs")] == ["a", "b c"]
    assert [("a    b c")[slice(*span)] for span in cell_spans("a    b c", "gaps")] == ["a", "b c"]
    assert list(cell_spans("words", "")) == []


@pytest.mark.parametrize(
    ("text", "marker", "length"),
    [
        ("- a", "bullet", 2), ("-a", "bullet", 1), ("* a", "bullet", 2), ("•a", "bullet", 1),
        ("✔\ufe0f a", "bullet", 3),
        ("o a", "bullet", 2), ("\uf0b7\ta", "bullet", 2), ("→ a", "bullet", 2), ("+ a", "bullet", 2),
        ("1. a", "number", 3), ("1.A word", "", 0), ("1.Aha", "number", 2), ("12) a", "number", 4),
        ("(1) a", "number", 4),
        ("[1] a", "number", 4), ("a. b", "letter", 3), ("a) b", "letter", 3), ("(B) b", "letter", 4),
        ("iv) b", "roman", 4), ("(ii) b", "roman", 5),
        ("-5 mg", "", 0), ("*a*", "", 0), ("—Jo Doe", "", 0), ("1.5 mg", "", 0), ("1 a", "", 0), ("A. b", "", 0),
        ("2024) a", "", 0), ("- ", "", 0), ("e.g. b", "", 0), ("(see b)", "", 0), ("on a", "", 0),
    ],
)  # fmt: skip
def test_markers(text: str, marker: str, length: int) -> None:
    assert marker_of(text) == (marker, length)


WRAPPED = "These words were wrapped by hand at a width\nof some forty columns, and they go on for\nthree lines\n"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        (WRAPPED, 43),
        (WRAPPED * 9, 43),
        ("A paragraph on one line that is long enough to be one.\n" * 9, 0),
        ("Short\nlines\nof words\n", 0),
        (WRAPPED + "\n" + "One line that is much longer than the others are. " * 4, 0),
        ("", 0),
    ],
)
def test_the_width_of_wrapped_text(text: str, width: int) -> None:
    assert wrap_width(raw_lines(text)[0]) == width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WRAPPED, 1),
        (WRAPPED + "FDA approval came in the year of 1993 and\nthe rest is history", 2),
        ("One paragraph that is on one line.\nAnother one.\n", 2),
        ("Words that go on in lower\n“case” here", 1),
        (WRAPPED + "\nWhat do we know about it, and from whom?\nWe know hardly a thing about it and\nits kin.", 3),
        (WRAPPED + "\nIt was first given to anybody at all in\nMay 2019\n", 3),
        ("> quoted words that are wrapped at this place\n> and go on", 1),
        ("> quoted words that are wrapped at this place\nand go on", 2),
        ("- an item that goes on in the next line\n  Like this", 1),
        ("- an item\n- another", 2),
    ],
)  # fmt: skip
def test_wrapped_lines_are_put_together(text: str, expected: int) -> None:
    assert len(texts(text)) == expected


def test_a_word_split_at_its_hyphen_is_one() -> None:
    assert texts("This was found in a meta-\nanalysis of five trials.") == [
        "This was found in a meta-analysis of five trials."
    ]
    assert is_split_word("meta-", "analysis")
    assert not is_split_word("10-", "day")
    assert not is_split_word("a -", "b")


@pytest.mark.parametrize(
    ("text", "underlines"),
    [
        ("Words\n=====\n", ["="]),
        ("Words\n--\n", [""]),
        ("Words of a rather long line that says more\n---\n", [""]),
        ("Words.\n------\n", [""]),
        ("- words\n-------\n", [""]),
        ("Words\n\n-----\n", [""]),
        ("=====\nWords\n=====\n", ["="]),
        ("-----\nWords\nMore of it\n----------\n", ["", ""]),
        ("Words\n~~~~~\nMore\n****\n", ["~", "*"]),
    ],
)
def test_underlines(text: str, underlines: list[str]) -> None:
    assert [line.underline for line in logical_lines(text)[0]] == underlines


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("Step 1: wait\nStep 2: rest", ["word", "word"]),
        ("Step 1: wait\n\nText.\n\nStep 2: rest\n\nText.", ["", "", "", ""]),
        ("Step 1: wait\n\nText.\n\nStep 2: rest\nStep 3: go\n\nText.", ["", "", "", "", ""]),
        ("A. wait\nB. rest\nD. go", ["letter", "letter", "letter"]),
        ("C. wait\nD. rest", ["", ""]),
        ("E. coli\nText", ["", ""]),
        ("I. wait\nII. rest", ["roman", "roman"]),
        ("1 - wait\n2 - rest", ["number", "number"]),
        ("5 - 10 mg\n6 - 10 mg", ["", ""]),
        ("Myth 1: it works\nFact 1: it fails", ["", ""]),
    ],
)
def test_series(text: str, markers: list[str]) -> None:
    lines, _ = logical_lines(text)
    mark_series(lines)
    assert [line.marker for line in lines] == markers


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("SIDE EFFECTS", True), ("WHY mTOR MATTERS", True), ("FDA", False), ("Take NSAIDs", False), ("123", False),
        ("X" * 301, False),
    ],
)  # fmt: skip
def test_loud(text: str, loud: bool) -> None:
    assert is_loud(text) == loud


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("Call your doctor if you have", True), ("Avoid the following", True), ("Nausea,", True),
        ("Tell us about", True),
        ("What it is used for", False), ("Foods To Talk About", False), ("Six weeks on", False), ("Uses", False),
    ],
)  # fmt: skip
def test_lines_that_break_off(text: str, open_: bool) -> None:
    assert breaks_off(text) == open_


def test_a_line_knows_its_marker_and_its_place() -> None:
    line = Line([one("  2) take it")], blank_before=True, marker="number", marker_length=3)
    assert (line.text, line.written, line.indent, line.span) == ("take it", "2) take it", 2, Span(2, 12))


def test_the_next_letter_of_a_list_is_no_wrapped_line() -> None:
    text = """\
Four things are typical of it, and a doctor will ask about every one of them:

  a) there is an urge to move the legs, which nobody can hold back for long
  b) it begins or grows worse at rest, and it goes on as long as the rest does
  c) it eases when one walks about, at least for as long as the walking lasts
  d) it is worse in the evening or at night than it is by day or the morning
"""
    assert len(texts(text)) == 5
