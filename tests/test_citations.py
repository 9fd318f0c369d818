"""Citations without an entry, entries without a citation."""

from articles import markdown, marked, plain

from healthlint.checks.citations import Citations

LIST = """
## References

1. Lee K. Knees. BMJ. 2019;364:l42.
2. Park J. Hips. BMJ. 2020;368:m1.
3. Kim S. Feet. BMJ. 2021;372:n2.
"""


def found(text: str) -> list[str]:
    return marked(Citations(), markdown(f"# Knees\n\n{text}\n{LIST}"))


def test_a_number_without_an_entry() -> None:
    assert found("Walk [1]. Rest [2, 3]. Run [5].") == ["[5]"]


def test_an_entry_that_nothing_cites() -> None:
    assert found("Walk [1]. Rest [3].") == ["Park J. Hips. BMJ. 2020;368:m1."]


def test_an_article_that_does_not_cite_by_number() -> None:
    assert found("Walk, says Lee.") == []
    assert found("Walk [1], and read the rest yourself.") == []


def test_ranges() -> None:
    assert found("Walk [1-3].") == []
    assert found("Walk [1-4].") == ["[1-4]"]


def test_round_brackets_cite_only_where_others_do() -> None:
    assert found("Walk (1), rest (2), run (3) and (7).") == ["(7)"]
    assert found("The three knees are (5) left, (6) right.") == []


def test_marks_without_any_list() -> None:
    assert marked(Citations(), markdown("# Knees\n\nWalk [1].\n")) == ["[1]"]


def test_footnotes() -> None:
    article = markdown("# Knees\n\nWalk.[^1] Rest.[^3]\n\n[^1]: NHS.\n[^2]: CDC.\n")
    assert marked(Citations(), article) == ["[^3]", "CDC."]


def test_a_list_in_plain_text() -> None:
    article = plain("""
        Knees

        Walk [1]. Rest [3], and then walk again for as long as it feels good.

        SOURCES

        [1] Lee K. Knees. BMJ. 2019;364:l42.
        [2] Park J. Hips. BMJ. 2020;368:m1.
        [3] Kim S. Feet. BMJ. 2021;372:n2.
    """)
    assert marked(Citations(), article) == ["Park J. Hips. BMJ. 2020;368:m1."]
