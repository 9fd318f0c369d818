"""Front matter: every value with its place, and no crash on what is none."""

import pytest

from healthlint.documents.document import Kind
from healthlint.documents.front_matter import front_blocks, read_front_matter


def fields(text: str) -> list[tuple[str, str, str]]:
    """Name, value, and what stands in the file."""
    return [(name, value, text[slice(*span)]) for name, value, span in read_front_matter(text).fields]


def test_yaml_values_with_their_places() -> None:
    lines = [
        "---",
        'title: "Fuß & 😀"',
        "Author:",
        "  Name: 'Jo'",
        "date: 2024-05-21",
        "draft: false",
        "no:",
        "---",
        "Text",
    ]
    text = "\r\n".join(lines)
    assert fields(text) == [
        ("title", "Fuß & 😀", "Fuß & 😀"),
        ("author.name", "Jo", "Jo"),
        ("date", "2024-05-21", "2024-05-21"),
        ("draft", "false", "false"),
    ]
    assert text[read_front_matter(text).length :].strip() == "Text"


def test_lists_give_a_field_each() -> None:
    text = "---\ntags: [a, 'b']\nkeywords:\n- c\n- d\nsources:\n- name: N\n  url: U\n- name: M\n---\n"
    assert fields(text) == [
        ("tags", "a", "a"),
        ("tags", "b", "b"),
        ("keywords", "c", "c"),
        ("keywords", "d", "d"),
        ("sources.name", "N", "N"),
        ("sources.url", "U", "U"),
        ("sources.name", "M", "M"),
    ]


def test_suppressions_are_fields() -> None:
    text = "---\nhealthlint: {ignore: [claims, numbering/list-gap]}\n---\n"
    assert [(name, value) for name, value, _ in fields(text)] == [
        ("healthlint.ignore", "claims"),
        ("healthlint.ignore", "numbering/list-gap"),
    ]


def test_folded_text() -> None:
    assert fields("---\nnote: >\n  one\n  two\nafter: x\n---\n") == [
        ("note", "one two", ">\n  one\n  two"),
        ("after", "x", "x"),
    ]


def test_aliases_are_not_expanded() -> None:
    text = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nd: y\n---\n"
    assert fields(text) == [("a", "x", "x"), ("a", "x", "x"), ("d", "y", "y")]


def test_what_is_no_yaml_is_read_by_lines() -> None:
    text = "---\ntitle: Iron: a guide\nauthor: 'Jo'\n  bad\n\t- x\n---\nText"
    expected = [("title", "Iron: a guide", "Iron: a guide"), ("author", "Jo", "Jo")]
    assert fields(text) == fields(text.replace("\n", "\r\n")) == expected


def test_toml_values_with_their_places() -> None:
    text = (
        '+++\ntitle = \'Iron\'\ndate = 2024-05-21\ntags = [\n  "a", # one\n  "b",\n]\n[author]\nname = "Jo"\n+++\nText'
    )
    assert fields(text) == [
        ("title", "Iron", "Iron"),
        ("date", "2024-05-21", "2024-05-21"),
        ("tags", "a", "a"),
        ("tags", "b", "b"),
        ("author.name", "Jo", "Jo"),
    ]


@pytest.mark.parametrize("text", ["+++\ntitle = \n+++\nText", "+++\nx = " + "[" * 400 + "\n+++\nText"])
def test_broken_toml_has_no_fields(text: str) -> None:
    front = read_front_matter(text)
    assert front.fields == ()
    assert text[front.length :].strip() == "Text"


@pytest.mark.parametrize(
    "text",
    [
        "Text",
        "",
        "---\ntitle: never closed\n\nText",
        "---\n\nA paragraph between two rules.\n\n---\n\nText",
        "Text\n---\ntitle: x\n---\n",
        "----\ntitle: x\n---\n",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert read_front_matter(text) == ((), 0)


def test_metadata_without_marks() -> None:
    text = "Title: Iron: a guide\nAuthor: Jo\n\nText"
    assert fields(text) == [("title", "Iron: a guide", "Iron: a guide"), ("author", "Jo", "Jo")]
    assert read_front_matter("Title: Iron\nText goes on\n\n") == ((), 0)


def test_an_empty_one() -> None:
    assert read_front_matter("---\n---\nText") == ((), 7)


def test_tags_of_one_line() -> None:
    text = "---\nkeywords: iron, blood pressure ,x\ntags: [iron]\n---\n"
    blocks = list(front_blocks(read_front_matter(text).fields, text, has_title=True, group=5))
    assert [(block.kind, block.text, text[slice(*block.span)]) for block in blocks] == [
        (Kind.TAG, "iron", "iron"),
        (Kind.TAG, "iron", "iron"),
        (Kind.TAG, "blood pressure", "blood pressure"),
        (Kind.TAG, "x", "x"),
    ]
    assert blocks[0].group != blocks[1].group == blocks[2].group
