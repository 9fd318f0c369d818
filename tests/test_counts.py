"""Counts that a heading or lead-in promises, and what follows."""

import pytest
from articles import html, markdown, marked

from healthlint.analysis.promised_counts import announced_count, promised_count
from healthlint.checks.counts import Counts


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("7 Reasons to Walk", 7, "7 Reasons"),
        ("My five triggers", 5, "five triggers"),
        ("KNEES: SIX RULES TO KEEP", 6, "SIX RULES"),
        ("10 science-backed benefits of walking", 10, "10 science-backed benefits"),
        ("You need the following three things:", 3, "three things"),
        ("4 of my favourite exercises", 4, "4 of my favourite exercises"),
        ("A four-step plan", 4, "four-step"),
        ("There are five culprits as far as I can tell:", 5, "five culprits"),
        ("Four organs deserve a look:", 4, "Four organs"),
    ],
)
def test_promised(text: str, value: int, words: str) -> None:
    count = promised_count(text)
    assert count is not None
    assert (count.value, text[count.start : count.end]) == (value, words)


@pytest.mark.parametrize(
    "text",
    [
        "24 hours later",
        "Type 2 diabetes and its symptoms",
        "2 to 3 ways to walk",
        "At least four signs:",
        "Over 30 foods",
        "Three of the symptoms are:",
        "people who have at least 2 of these 3 features:",
        "2 tablets a day with foods",
        "2.5 things",
        "2024 facts",
        "The first two steps",
        "Stage 3 symptoms",
        "Three patients were left out because of:",
        "Four hospitals have agreed to offer:",
    ],
)
def test_nothing_promised(text: str) -> None:
    assert promised_count(text) is None


@pytest.mark.parametrize(
    ("sentence", "announced"),
    [
        ("Here are six things to know.", True),
        ("In what follows I share five rules that I keep.", True),
        ("These ten facts take a minute.", True),
        ("He broke three rules.", False),
        ("Do you know these three signs?", False),
    ],
)
def test_announced(sentence: str, announced: bool) -> None:
    assert (announced_count(sentence) is not None) == announced


def found(text: str) -> list[str]:
    return marked(Counts(), markdown(text))


def test_nested_items_do_not_count() -> None:
    assert found("# Knees\n\n## Two ways\n\n- Walk\n  - slowly\n  - far\n- Rest\n") == []
    assert found("# Knees\n\n## Three ways\n\n- Walk\n  - slowly\n  - far\n- Rest\n") == ["Three ways"]


def test_a_list_that_goes_on_counts_as_one() -> None:
    assert found("# Knees\n\n## Three ways\n\n1. Walk\n2. Rest\n\nAnd then:\n\n3. Run\n") == []


def test_headings_count_where_there_is_no_list() -> None:
    text = "# Knees\n\n## Three ways\n\n### 1. Walk\n\na\n\n### 2. Rest\n\nb\n"
    assert found(text) == ["Three ways"]
    assert found(text + "\n### 3. Run\n\nc\n") == []


def test_a_title_counts_the_numbered_headings() -> None:
    assert found("# 3 ways to walk\n\n## 1. Slowly\n\na\n\n## 2. Far\n\nb\n\n## Last words\n\nc\n") == ["3 ways"]
    assert found("# 3 tips for knees\n\n## Tip 1: walk\n\na\n\n## Tip 2: rest\n\nb\n") == ["3 tips"]


def test_a_title_in_the_front_matter_counts() -> None:
    assert found("---\ntitle: 3 ways to walk\n---\n\n## 1. Slowly\n\na\n\n## 2. Far\n\nb\n") == ["3 ways"]


def test_what_is_far_off_counts_something_else() -> None:
    assert found("# Knees\n\n## Two kinds of pain\n\n- a\n- b\n- c\n- d\n- e\n- f\n") == []


def test_several_lists_could_all_be_meant() -> None:
    assert found("# Knees\n\n## Three ways\n\nWith a stick:\n\n- a\n- b\n\nWithout:\n\n- c\n") == []


def test_lead_ins_of_html_lists() -> None:
    article = html("<h1>Knees</h1><p>There are three kinds:</p><ul><li>old</li><li>new</li></ul>")
    assert marked(Counts(), article) == ["three kinds"]


def test_an_introduction_counts_the_numbered_headings() -> None:
    article = (
        "# Knees\n\nHere are {} things to know.\n\n## 1. Walk\n\nFar.\n\n## 2. Rest\n\nLong.\n\n## 4. Run\n\nSlowly.\n"
    )
    assert found(article.format("four")) == ["four things"]
    assert found(article.format("three")) == []


def test_paragraphs_that_open_with_words_of_their_own_are_counted() -> None:
    tips = "Walk first. Far is better.\n\nRest after it. On the sofa.\n\nRun last. Slowly, on grass.\n"
    assert found(f"# Knees\n\n## Four tips\n\n{tips}") == ["Four tips"]
    assert found(f"# Knees\n\n## Three tips\n\nThis worked for me and for all my friends from the club\n\n{tips}") == []


def test_a_number_that_is_missing_does_not_count() -> None:
    assert found("# Knees\n\n## Four ways\n\n1. Walk\n2. Rest\n4. Run\n") == ["Four ways"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("These four steps take a minute.", ["four steps"]),
        ("Follow these five rules and all will be well.", ["five rules"]),
        ("These three steps take a minute.", []),
        ("Those four patients were well.", []),
    ],
)
def test_a_count_that_looks_back_at_a_list(sentence: str, found: list[str]) -> None:
    article = markdown(f"# Eye drops\n\n1. Wash.\n2. Pull.\n3. Drip.\n\n{sentence}\n")
    assert marked(Counts(), article) == found
