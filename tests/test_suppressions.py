"""A writer may ask for quiet in a place or in a file, and is told of a request that has no effect."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import rule

from healthlint import builtin, documents, rule_options, rules, runner
from healthlint.analysis import Analysis
from healthlint.analysis.setting import Setting
from healthlint.config import Configs
from healthlint.documents.document import Document, Field, Kind, Span
from healthlint.findings import lint, lint_analysis
from healthlint.rules import Rule
from healthlint.selection import Wanted

UNUSED = "suppressions/unused"

CURE = rule("claims/cure", "cures")
ODD = rule("house/odd", r"odd\b(?=\.)")
KNOWN = ("claims/cure", "claims/other", "house/odd", UNUSED)


def unused() -> Rule:
    return rules.load(UNUSED, builtin.folder() / f"{UNUSED}.yaml")


def left(text: str, *, name: str = "a.md", known: tuple[str, ...] = KNOWN) -> list[str]:
    """What is found in an article on 31 January 2027: the code with the row, the message of what has no effect."""
    document = documents.read(name, text.encode())
    found = lint(document, [CURE, ODD, unused()], known, setting=Setting(date(2027, 1, 31)))
    return [f"{f.location.row} {f.message if f.code == UNUSED else f.code}" for f in found]


def test_a_range() -> None:
    text = """\
It cures.

<!-- healthlint-disable claims/cure -- quotes an advertisement -->

It cures. It is odd.

<!-- healthlint-enable -->

It cures.
"""
    assert left(text) == ["1 claims/cure", "5 house/odd", "9 claims/cure"]


def test_a_range_without_an_end_goes_to_the_end() -> None:
    assert left("<!-- healthlint-disable claims -->\n\nIt cures.\n\nIt cures.\n") == []


def test_several_names() -> None:
    for names in ("claims/cure, house/odd", "claims house", "claims,house/odd"):
        assert left(f"<!-- healthlint-disable {names} -- both are quoted -->\n\nIt cures. It is odd.\n") == []


def test_one_name_of_two_may_be_told_again() -> None:
    text = """\
<!-- healthlint-disable claims house -->

It cures. It is odd.

<!-- healthlint-enable house -->

It cures. It is odd.
"""
    assert left(text) == ["7 house/odd"]


def test_the_next_block_alone() -> None:
    text = """\
<!-- healthlint-disable-next-block claims/cure -->

It cures. It
also cures.

It cures.
"""
    assert left(text) == ["6 claims/cure"]


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_the_next_block_may_be_a_whole_list(name: str) -> None:
    text = """\
These are its promises:

<!-- healthlint-disable-next-block claims/cure -->

- It cures hay fever.
- It cures a cold.

It cures the rest of what there is.
"""
    assert left(text, name=name) == ["8 claims/cure"]


def test_the_whole_file_wherever_it_is_said() -> None:
    assert left("It cures.\n\n<!-- healthlint-disable-file claims -- an old advertisement -->\n\nIt cures.\n") == []


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_in_every_format(name: str) -> None:
    paragraph = "<p>It cures.</p>" if name == "a.html" else "It cures."
    assert left(f"<!-- healthlint-disable claims -->\n\n{paragraph}\n", name=name) == []
    assert left(f"{paragraph}\n", name=name) == ["1 claims/cure"]


def test_front_matter() -> None:
    text = "---\ntitle: Old\n{}\n---\n\nIt cures. It is odd.\n"
    assert left(text.format("healthlint: {ignore: [claims/cure]}")) == ["6 house/odd"]
    assert left(text.format("healthlint:\n  ignore: [claims, house]")) == []


def test_front_matter_fields_are_judged_like_comments() -> None:
    document = Document("a.md", "x", "markdown", (), fields=(Field("healthlint.ignore", "clams", Span(0, 1)),))
    (found,) = lint(document, [unused()], KNOWN)
    assert found.message == "This suppression names clams, which is no rule or group; did you mean 'claims'?"


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("healthlint-disable claims/cure", "silences nothing: there is no finding of claims/cure here."),
        ("healthlint-disable-next-block claims -- why", "silences nothing: there is no finding of claims here."),
        ("healthlint-disable-file claims/cure", "silences nothing: there is no finding of claims/cure here."),
        ("healthlint-disable claims/cur", "names claims/cur, which is no rule or group; did you mean 'claims/cure'?"),
        ("healthlint-disable", "names no rule or group."),
        ("healthlint-disabel claims", "says 'disabel', which is no directive; did you mean 'disable'?"),
    ],
)
def test_without_effect(comment: str, message: str) -> None:
    assert left(f"<!-- {comment} -->\n\nNothing is promised.\n") == [f"1 This suppression {message}"]


def test_only_the_idle_names_are_told() -> None:
    text = "<!-- healthlint-disable claims house -->\n\nIt cures.\n"
    assert left(text) == ["1 This suppression silences nothing: there is no finding of house here."]


def test_what_was_not_run_is_not_judged() -> None:
    assert left("<!-- healthlint-disable claims/other -->\n\nNothing.\n") == []


def test_ordinary_comments_are_left_alone() -> None:
    assert left("<!-- more -->\n\nIt cures.\n\n<!-- healthlint is great -->\n") == ["3 claims/cure"]


def test_the_report_of_unused_ones_can_be_silenced() -> None:
    text = "<!-- healthlint-disable-file suppressions -->\n\n<!-- healthlint-disable claims -->\n\nNothing.\n"
    assert left(text) == []


def test_many_directives_take_no_longer() -> None:
    comments = "<!-- healthlint-disable claims/cure -->\n\nIt cures.\n\n" * 3_000
    assert left(comments) == []


def test_blocks_are_what_the_reader_says() -> None:
    document = documents.read("a.md", b"<!-- healthlint-disable-next-block claims -->\n\n# It cures\n\nIt cures.\n")
    assert [block.kind for block in document.blocks] == [Kind.HEADING, Kind.PARAGRAPH]
    assert [finding.location.row for finding in lint(document, [CURE], KNOWN)] == [5]


OVER = "This suppression held until 2027-01-30 and silences nothing any more; remove it or renew it."


@pytest.mark.parametrize("word", ["disable", "disable-next-block", "disable-file"])
def test_until_a_day(word: str) -> None:
    text = f"<!-- healthlint-{word} claims/cure until=2027-01-DAY -- an old label -->\n\nIt cures.\n"
    assert left(text.replace("DAY", "31")) == []
    assert left(text.replace("claims/cure until", "claims/cure,until").replace("=", " = ").replace("DAY", "31")) == []
    assert left(text.replace("DAY", "30")) == [f"1 {OVER}", "3 claims/cure"]


def test_what_is_over_takes_nothing_from_what_is_not() -> None:
    comments = ("claims -- a", "claims until=2027-01-30 -- b")
    text = "".join(f"<!-- healthlint-disable {said} -->\n\n" for said in comments)
    assert left(f"{text}It cures.\n") == [f"3 {OVER}"]


def test_until_a_day_in_front_matter() -> None:
    text = "---\nhealthlint:\n  ignore: [claims, house]\n  until: 2027-01-DAY\n---\n\nIt cures. It is odd.\n"
    assert left(text.replace("DAY", "31")) == []
    assert left(text.replace("DAY", "30")) == [f"3 {OVER}", f"3 {OVER}", "7 claims/cure", "7 house/odd"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("until=2027-13-01", "says until=2027-13-01, which is no date; write it as until=2027-01-31."),
        ("until=20270131", "says until=20270131, which is no date; write it as until=2027-01-31."),
        ("until=2027-W01-1", "says until=2027-W01-1, which is no date; write it as until=2027-01-31."),
        ("until=", "says until=, which is no date; write it as until=2027-01-31."),
        ("untill=2027-01-31", "sets 'untill', which is no setting; did you mean 'until'?"),
    ],
)
def test_a_date_that_is_none_is_told_and_the_rest_counts(said: str, reason: str) -> None:
    text = f"<!-- healthlint-disable claims {said} -- an old label -->\n\nIt cures.\n"
    assert left(text) == [f"1 This suppression {reason}"]


def test_a_misspelt_field_is_told() -> None:
    text = "---\nhealthlint: {ingore: [claims]}\n---\n\nIt is well.\n"
    assert left(text) == ["2 This suppression has the key 'ingore', which is none of ours; did you mean 'ignore'?"]


@pytest.mark.parametrize("until", ["", " until=2027-01-31", " until=x"])
def test_the_day_is_asked_for_only_where_it_counts(until: str) -> None:
    text = f"<!-- healthlint-disable claims{until} -- an old label -->\n\nIt cures.\n"
    analysis = Analysis(documents.read("a.md", text.encode()), Setting(date(2027, 2, 1)))
    lint_analysis(analysis, [CURE, unused()], KNOWN)
    assert analysis.past == ({"2027-01-31": True} if "2027" in until else {})


def test_results_are_kept_for_the_day_that_they_depend_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(
        "<!-- healthlint-disable claims until=2027-01-31 -- a label -->\n\nGarlic cures cancer.\n"
    )

    def codes(day: date) -> list[str]:
        request = runner.Request(paths=["a.md"], today=day, wanted=Wanted(("claims", "suppressions")))
        (result,) = runner.run(request, Configs(isolated=True))
        assert result.past == {"2027-01-31": day > date(2027, 1, 31)}
        return [found.code.partition("/")[0] for found in result.findings]

    for _ in range(2):
        assert codes(date(2027, 1, 31)) == []
        assert codes(date(2027, 2, 1)) == ["suppressions", "claims"]


def test_a_reason_may_be_asked_for() -> None:
    asking = rule_options.changed(unused(), [("require-reason", True)])
    comments = (
        "disable claims",
        "enable",
        "disable claims --",
        "disable claims -- a label",
        "disable-next-block claims",
    )
    text = "".join(f"<!-- healthlint-{said} -->\n\nIt cures.\n\n" for said in comments)
    found = lint(documents.read("a.md", text.encode()), [CURE, asking], KNOWN)
    said = "This suppression gives no reason; write one behind --, or as reason: in front matter."
    assert [(f.location.row, f.message) for f in found if f.code == UNUSED] == [(1, said), (9, said), (17, said)]


@pytest.mark.parametrize("reason", ["", "\n  reason: it is an old label"])
def test_a_reason_in_front_matter(reason: str) -> None:
    asking = rule_options.changed(unused(), [("require-reason", True)])
    text = f"---\nhealthlint:\n  ignore: [claims]{reason}\n---\n\nIt cures.\n"
    found = lint(documents.read("a.md", text.encode()), [CURE, asking], KNOWN)
    assert [f.code for f in found] == [UNUSED] * (not reason)


def test_a_comment_of_blanks_takes_no_longer() -> None:
    blanks = " " * 200_000
    assert (
        left(f"<!-- healthlint-disable{blanks}claims{blanks}until{blanks}=2199-01-31 -- old -->\n\nIt cures.\n") == []
    )
