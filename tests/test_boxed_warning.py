"""Boxed warnings that an article tells, or leaves out."""

import pytest
from articles import markdown

from healthlint.analysis import Analysis
from healthlint.checks import Match
from healthlint.checks.boxed_warning import BoxedWarnings


def found(text: str) -> list[Match]:
    return list(BoxedWarnings().find(Analysis(markdown(text))))


def test_a_warning_that_is_left_out_is_named() -> None:
    (match,) = found("# Metoclopramide\n\nMetoclopramide stops nausea.\n")
    assert match.whole_document
    assert match.words["drug"] == "metoclopramide"
    assert "tardive" in match.words["topics"] or "movement" in match.words["topics"]


@pytest.mark.parametrize(
    "text",
    [
        "# Sertraline\n\nSertraline may bring suicidal thoughts in children and young adults.\n",
        "# Sertraline\n\nSertraline is for adults.\n\nWatch teenagers for:\n\n- sleeplessness\n- suicidal thoughts\n",
        "# Sertraline\n\n## Suicidal thoughts\n\nThe risk of sertraline is highest in young people.\n",
    ],
)
def test_it_is_told_in_a_paragraph_a_list_or_under_a_heading(text: str) -> None:
    assert found(text) == []


def test_words_far_apart_do_not_tell_it() -> None:
    assert found("# Sertraline\n\nSertraline is for adults and children.\n\nSuicide is a common cause of death.\n")


def test_one_way_of_giving_a_drug_does_not_concern_the_others() -> None:
    tablets = "# Baclofen\n\nBaclofen tablets make people drowsy.\n"
    assert found(tablets) == []
    assert found(tablets + "\nThe intrathecal pump holds a month of baclofen.\n")


def test_each_side_of_a_comparison_has_its_own() -> None:
    text = "# Warfarin or levofloxacin?\n\nWarfarin can cause fatal bleeding. Levofloxacin is an antibiotic.\n"
    (match,) = found(text)
    assert match.words["drug"] == "levofloxacin"


def test_a_drug_in_passing_is_no_topic() -> None:
    assert found("# Sore knees\n\nSome people take naproxen.\n") == []
