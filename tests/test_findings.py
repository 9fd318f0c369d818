"""From matches to findings: places, words, order, and one finding where several would be too many."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from conftest import rule
from hypothesis import given
from hypothesis import strategies as st

from healthlint import documents
from healthlint.documents.document import Document, Span
from healthlint.documents.rows import Position
from healthlint.findings import Finding, lint
from healthlint.rules import RuleError


def article(text: str, name: str = "a.md") -> Document:
    return documents.read(name, text.encode())


def marked(document: Document, findings: list[Finding]) -> list[str]:
    return [document.text[slice(*finding.span)] for finding in findings]


def test_a_finding_has_all_that_a_report_needs() -> None:
    document = article("# Garlic\n\nIt cures all.\n")
    (found,) = lint(document, [rule("house/cure", "cures", "error", '"{quote}" is no word for it ({count}).')])
    assert (found.code, found.category, found.name) == ("house/cure", "house", "cure")
    assert (found.severity, found.scope) == ("error", "span")
    assert found.message == '"cures" is no word for it (1).'
    assert found.filename == "a.md"
    assert found.span == Span(13, 18)
    assert (found.location, found.end_location) == (Position(3, 4), Position(3, 9))
    assert found.url == "https://example.org/"
    assert found.fix is None


def test_findings_come_in_the_order_of_the_text() -> None:
    document = article("one two one\n")
    found = lint(document, [rule("house/b", "two|one"), rule("house/a", "one")])
    assert [(finding.span.start, finding.code) for finding in found] == [
        (0, "house/a"),
        (0, "house/b"),
        (4, "house/b"),
        (8, "house/a"),
        (8, "house/b"),
    ]


def test_one_place_is_marked_once_by_a_rule() -> None:
    document = article("word\n")
    twice = rule("house/twice", "word|(?<=word)")
    assert len(lint(document, [twice, twice])) == len(lint(document, [twice])) == 2  # `word` and the empty place behind


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("intro\n\n# The title\n\ntext\n", "The title"),
        ("First words.\n\n## Lower\n\ntext\n", "First words."),
        ("Tags: a, b\n", ""),
    ],
)
def test_what_is_absent_is_told_at_the_title(text: str, title: str) -> None:
    document = article(text)
    (found,) = lint(document, [rule("house/absent", r"\Z", whole_document=True)])
    assert found.scope == "document"
    assert marked(document, [found]) == [title]


def test_doubt_makes_it_info() -> None:
    (found,) = lint(article("word\n"), [rule("house/doubt", "word", "error", doubtful=True)])
    assert found.severity == "info"


def test_overlapping_claims_are_one() -> None:
    document = article("alpha beta gamma delta\n")
    claims = [
        rule("claims/long", "alpha beta gamma"),
        rule("claims/severe", "gamma delta", "error"),
        rule("claims/short", "alpha"),
        rule("claims/longer", "alpha beta"),
        rule("sources/other", "beta"),
    ]
    assert [finding.code for finding in lint(document, claims)] == ["claims/longer", "sources/other", "claims/severe"]


def test_claims_that_only_touch_are_two() -> None:
    document = article("alphabeta\n")
    found = lint(document, [rule("claims/a", "alpha"), rule("claims/b", "beta")])
    assert [finding.code for finding in found] == ["claims/a", "claims/b"]


def test_quotes_are_squeezed_shortened_and_safe() -> None:
    document = article("It  cures\n\x1b[31mall\x1b[0m\u202e\n" + "x" * 200 + "\n")
    first, second = lint(document, [rule("house/any", r"It[^\n]*\n[^\n]*|x+")])
    assert first.message == '"It cures [31mall [0m "'
    assert second.message == '"' + "x" * 79 + '…"'


def test_fingerprints_survive_edits_elsewhere() -> None:
    cure = rule("house/cure", "[Cc]ures")
    before = lint(article("It cures.\n\nIt cures.\n"), [cure])
    after = lint(article("Something new.\n\nIt  Cures.\n\nIt cures.\n"), [cure])
    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]
    assert before[0].fingerprint != before[1].fingerprint
    (other,) = lint(article("It cures.\n", "b.md"), [cure])
    assert other.fingerprint != before[0].fingerprint


def test_fingerprints_name_the_path_below_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cure = rule("house/cure", "cures")
    (tmp_path / "inner").mkdir()
    (absolute,) = lint(article("It cures.\n", str(tmp_path / "inner" / "a.md")), [cure], root=tmp_path)
    monkeypatch.chdir(tmp_path / "inner")
    (relative,) = lint(article("It cures.\n", "a.md"), [cure], root=tmp_path)
    assert absolute.fingerprint == relative.fingerprint


def test_related_places_are_told() -> None:
    found = lint(article("one\n\none\n"), [rule("house/again", "one", related_to_first=True)])
    assert found[0].related == ()
    (place,) = found[1].related
    assert (place.message, place.location, place.end_location) == ("first told here", Position(1, 1), Position(1, 4))


def test_a_message_that_nothing_fills_is_an_error() -> None:
    with pytest.raises(RuleError, match=r"nothing fills \{number\}"):
        lint(article("word\n"), [rule("house/word", "word", message="{number}")])


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=80),
    st.sampled_from([".txt", ".md", ".html"]),
)
def test_what_is_marked_is_where_it_is_said_to_be(text: str, suffix: str) -> None:
    try:
        document = article(text, "a" + suffix)
    except documents.ReadError:
        return
    rows = document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in lint(document, [rule("house/word", r"[^\s]+")]):
        word = document.text[slice(*finding.span)]
        row = rows[finding.location.row - 1]
        assert row[finding.location.column - 1 : finding.end_location.column - 1] == word


def test_a_mark_that_another_rule_tells_is_left_out() -> None:
    danger = rule("house/danger", "stop at once")
    file = msgspec.structs.replace(danger.file, told_with="house/danger")
    order = rule("house/order", "You may stop at once")
    longer = rule("house/longer", "You may stop at once and never ask anybody again")
    order, longer = (msgspec.structs.replace(one, file=file) for one in (order, longer))
    document = article("You may stop at once and never ask anybody again.\n")
    assert [found.code for found in lint(document, [danger, order])] == ["house/danger"]
    assert [found.code for found in lint(document, [order])] == ["house/order"]
    assert {found.code for found in lint(document, [danger, longer])} == {"house/danger", "house/longer"}
