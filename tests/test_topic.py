"""What an article is about."""

import pytest
from articles import markdown, plain

from healthlint.analysis import Analysis
from healthlint.analysis.topic import Topic, mentions, topic_of


def topic(text: str, path: str = "article.md") -> Topic:
    return topic_of(Analysis(markdown(text, path)))


def names(found: Topic) -> list[str]:
    return [subject.name for subject in found.subjects]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zoloft and sertraline are the same.", ["Zoloft", "sertraline"]),
        ("St. John’s wort is a herb, and so is saw palmetto.", ["St. John’s wort", "saw palmetto"]),
        ("Two ibuprofens and ibuprofen's cousins", ["ibuprofens", "ibuprofen's"]),
        ("Chagas disease comes from a bug.", []),
        ("A statin is a tablet.", []),
        ("", []),
    ],
)
def test_names_are_found_in_a_text(text: str, found: list[str]) -> None:
    assert [text[mention.start : mention.end] for mention in mentions(text)] == found


def test_the_title_names_the_topic() -> None:
    found = topic("# Ramipril for beginners\n\nRamipril is swallowed in the morning.\n")
    assert (found.kind, names(found)) == ("drug", ["ramipril"])
    assert "ramipril" in found.words


def test_both_sides_of_a_comparison_are_topics() -> None:
    found = topic("# Naproxen or celecoxib?\n\nNaproxen is older than celecoxib.\n")
    assert names(found) == ["naproxen", "celecoxib"]


def test_what_the_title_does_without_is_no_topic() -> None:
    assert names(topic("# Sleeping without zolpidem\n\nZolpidem is a tablet. Try a dark room.\n")) == []


def test_front_matter_and_file_name_are_titles_too() -> None:
    body = "Take it slowly. Baclofen makes people drowsy.\n"
    assert names(topic(f"---\ntitle: Baclofen at home\n---\n\n{body}")) == ["baclofen"]
    assert names(topic(body, "posts/baclofen-at-home.md")) == ["baclofen"]


def test_tags_make_a_topic_of_what_the_text_repeats() -> None:
    text = "Rhodiola grows in the cold.\n\nI take rhodiola, and so does my aunt. Rhodiola tastes of roses.\n"
    found = topic(f"---\ntags: [rhodiola, rest]\n---\n\n# The root on my desk\n\n{text}")
    assert (found.kind, names(found)) == ("supplement", ["rhodiola"])


def test_a_drug_that_fills_the_article_is_its_topic() -> None:
    paragraph = "Methadone lasts longer than most. Some say that methadone tastes sweet."
    paragraphs = "\n\n".join([paragraph] * 5)
    assert names(topic(f"# A clinic on the hill\n\n{paragraphs}\n")) == ["methadone"]


def test_a_drug_among_many_words_about_a_condition_is_none() -> None:
    filler = "The joints swell and the hands are stiff in the morning. " * 40
    paragraphs = "\n\n".join([filler, *("Methotrexate is one of the medicines." for _ in range(6))])
    assert topic(f"# Rheumatoid arthritis\n\n{paragraphs}\n").kind == "condition"


def test_a_class_of_the_title_is_a_topic() -> None:
    assert names(topic("# Fluoroquinolones\n\nThey are antibiotics.\n")) == ["fluoroquinolones"]


def test_an_unknown_herb_that_the_title_praises_is_a_supplement() -> None:
    assert topic("# Seven benefits of nettle leaf tea\n\nPick the tips in May.\n").kind == "supplement"


def test_an_empty_article_is_about_nothing() -> None:
    assert topic_of(Analysis(plain(""))) == Topic("condition", (), frozenset())


def test_the_line_below_the_title_and_what_the_article_says_of_itself_name_the_topic() -> None:
    assert names(topic("# A sore toe\n\nCherries and febuxostat, as I know them\n\nFebuxostat helps.\n")) == [
        "febuxostat"
    ]
    assert not names(topic("# A sore toe\n\nMy neighbour takes febuxostat.\n\nFebuxostat helps.\n"))
    assert names(topic("# A sore toe\n\nIt hurts. This page is about febuxostat.\n")) == ["febuxostat"]
    assert not names(topic("# A sore toe\n\nIt hurts. This page is not about febuxostat.\n"))
    assert not names(topic("# A sore toe\n\nIt hurts. This page is about toes, not about febuxostat.\n"))
