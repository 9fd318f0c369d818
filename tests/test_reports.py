"""Reports say what was found, fit the width, and carry nothing of an article that could steer a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest
from conftest import rule
from hypothesis import given
from hypothesis import strategies as st

from healthlint import documents, reports
from healthlint.documents.document import Document, Span
from healthlint.documents.rows import Position
from healthlint.findings import Place, Result, lint
from healthlint.reports.excerpts import MOST_ROWS, excerpts
from healthlint.reports.style import Style
from healthlint.reports.totals import Totals
from healthlint.rules import Rule

PLACE = Place("first told in a.md:7", Span(3, 9), Position(7, 4), Position(7, 10), "a.md")
CURE = rule("claims/cure", "cures", "error", '"{quote}" promises an outcome.')
AGAIN = rule("duplication/again", "twice", "info", "This is said again.", related_to_first=True)
ABSENT = rule("sources/no-sources", r"\Z", message="Nothing is cited.", whole_document=True)


def result(text: str, rules: Sequence[Rule], name: str = "a.md") -> Result:
    document = documents.read(name, text.encode())
    return Result(name, document.text, lint(document, rules))


def report(form: str, *results: Result, style: Style = Style()) -> str:
    return "".join(reports.report(form)(results, style))


def test_a_place_in_another_article() -> None:
    import msgspec

    alone = result("# Garlic\n\nIt cures.\n", [CURE], "b.md")
    found = [msgspec.structs.replace(each, related=(PLACE,)) for each in alone.findings]
    both = Result("b.md", alone.text, found)
    assert report("text", both).endswith("    3 | It cures.\n      |    ^^^^^\n  first told in a.md:7\n\n")
    (plain,) = json.loads(report("json", both))
    place = {"location": {"row": 7, "column": 4}, "end_location": {"row": 7, "column": 10}}
    assert plain["related"] == [{"message": "first told in a.md:7", **place}]


def test_text() -> None:
    text = "# Garlic\n\nIt cures all. Said twice.\n\nSaid twice.\n"
    assert report("text", result(text, [CURE, AGAIN, ABSENT])) == (
        """\
a.md:1:3 warning sources/no-sources
  Nothing is cited.
    1 | # Garlic

a.md:3:4 error claims/cure
  "cures" promises an outcome.
    3 | It cures all. Said twice.
      |    ^^^^^

a.md:3:20 info duplication/again
  This is said again.
    3 | It cures all. Said twice.
      |                    ^^^^^

a.md:5:6 info duplication/again
  This is said again.
    5 | Said twice.
      |      ^^^^^
  first told here: a.md:3:20: "twice"

"""
    )


def test_concise() -> None:
    results = result("It cures.\n", [CURE]), result("It cures.\n", [CURE], "b/c.txt")
    assert report("concise", *results) == (
        'a.md:1:4: error claims/cure "cures" promises an outcome.\n'
        'b/c.txt:1:4: error claims/cure "cures" promises an outcome.\n'
    )


def test_json_is_a_contract() -> None:
    (first, second, third) = json.loads(report("json", result("# Twice\n\ntwice cures twice\n", [CURE, AGAIN])))
    assert list(second) == [
        *("code", "name", "category", "severity", "scope", "message", "filename", "location", "end_location"),
        *("related", "fix", "url", "fingerprint"),
    ]
    assert first["related"] == []
    assert re.fullmatch(r"[0-9a-f]{40}", second.pop("fingerprint"))
    assert second == {
        "code": "claims/cure",
        "name": "cure",
        "category": "claims",
        "severity": "error",
        "scope": "span",
        "message": '"cures" promises an outcome.',
        "filename": "a.md",
        "location": {"row": 3, "column": 7},
        "end_location": {"row": 3, "column": 12},
        "related": [],
        "fix": None,
        "url": "https://example.org/",
    }
    assert third["related"] == [
        {
            "message": "first told here",
            "location": {"row": 3, "column": 1},
            "end_location": {"row": 3, "column": 6},
        }
    ]


def test_json_of_the_whole_document() -> None:
    (found,) = json.loads(report("json", result("# Garlic\n\nText.\n", [ABSENT])))
    assert (found["scope"], found["location"]) == ("document", {"row": 1, "column": 3})


def test_json_is_an_array_whatever_is_found() -> None:
    assert json.loads(report("json")) == []
    assert json.loads(report("json", Result("a.md"), Result("b.md", linted=False, errors=("no",)))) == []
    assert len(json.loads(report("json", result("cures cures\n", [CURE]), Result("b.md")))) == 2


def test_reports_are_harmless() -> None:
    text = "A \x1b]0;title\x07 cures \x1b[31mall\x1b[0m \u202ebackwards\u2028 \x9b1m end.\n"
    unsafe = result(text, [rule("house/any", r"\x1b.*end", message='"{quote}"')], "a\x1b[1m\n.txt")
    for form in reports.FORMATS:
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", report(form, unsafe)), form
    assert "␛]0;title␇ cures" in report("text", unsafe)


def test_colours_only_when_wanted() -> None:
    found = result("It cures.\n", [CURE])
    for form in ("text", "concise"):
        assert "\x1b[" not in report(form, found)
        coloured = report(form, found, style=Style(colour=True))
        assert "\x1b[1;31merror\x1b[0m" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == report(form, found)
    assert "\x1b" not in report("json", found, style=Style(colour=True))


def shown(text: str, marked: str, width: int = 40) -> list[tuple[int, str, str]]:
    start = text.index(marked)
    document = Document("a.txt", text, "text", ())
    return [(*row,) for row in excerpts(text, Span(start, start + len(marked)), document.position(start), width)]


@pytest.mark.parametrize(
    ("text", "marked", "rows"),
    [
        ("one two three", "two", [(1, "one two three", "    ^^^")]),
        ("one\n\ttwo\tthree\n", "three", [(2, "    two    three", "           ^^^^^")]),
        ("one\r\ntwo three\r\n", "three", [(2, "two three", "    ^^^^^")]),
        ("治療 of pain", "of", [(1, "治療 of pain", "     ^^")]),
        ("cafe\u0301 cures", "cures", [(1, "cafe\u0301 cures", "     ^^^^^")]),
        ("one two", "", [(1, "one two", "^")]),
        ("one\ntwo\nthree", "e\ntwo\nth", [(1, "one", "  ^"), (2, "two", "^^^"), (3, "three", "^^")]),
        ("a\nb\nc\nd\ne", "a\nb\nc\nd\ne", [(1, "a", "^"), (2, "b", "^"), (3, "c", "^")]),
        (
            "long " * 20 + "cures" + " tail" * 20,
            "cures",
            [(1, "…g long long long cures tail tail tail …", "                  ^^^^^")],
        ),
        ("short cures" + " tail" * 20, "cures", [(1, "short cures tail tail tail tail tail ta…", "      ^^^^^")]),
        ("x" * 100, "x" * 100, [(1, "x" * 39 + "…", "^" * 40)]),
    ],
)
def test_excerpts(text: str, marked: str, rows: list[tuple[int, str, str]]) -> None:
    assert shown(text, marked) == rows


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200), st.integers(20, 60))
def test_excerpts_of_anything(text: str, start: int, length: int, width: int) -> None:
    start = min(start, len(text))
    document = Document("a.txt", text, "text", ())
    span = Span(start, min(len(text), start + length))
    rows = list(excerpts(text, span, document.position(start), width))
    assert 1 <= len(rows) <= MOST_ROWS
    for row in rows:
        assert len(row.carets) <= width
        assert not re.search("[\x00-\x1f\x7f-\x9f]", row.source)


def test_an_article_of_one_long_line_takes_no_longer() -> None:
    text = "cures " * 100_000
    for start in range(0, len(text), 600):
        list(excerpts(text, Span(start, start + 5), Position(1, start + 1), 80))


def test_totals() -> None:
    totals = Totals()
    assert totals.line() == "no findings in 0 articles"
    totals.add(result("It cures. Twice cures, twice.\n", [CURE, AGAIN, ABSENT]))
    totals.add(result("Clean.\n", [CURE]))
    totals.add(Result("c.md", linted=False, errors=("c.md: is empty",)))
    assert totals.line() == "4 findings (2 errors, 1 warning, 1 of severity info) in 1 of 2 articles"


def test_statistics() -> None:
    results = [result("It cures. cures twice.\n", [CURE, AGAIN])]
    assert "".join(reports.statistics("text")(results, Style())) == "2  claims/cure\n1  duplication/again\n"
    assert json.loads("".join(reports.statistics("json")(results, Style()))) == [
        {"code": "claims/cure", "count": 2},
        {"code": "duplication/again", "count": 1},
    ]
