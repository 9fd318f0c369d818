"""What holds for every document, whatever its format and however broken it is."""

from contextlib import suppress

import pytest
from conftest import calls_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzzing.broken import HTML, MARKDOWN, RST, TEXT
from fuzzing.promises import check_document as check
from healthlint.documents import TEXT_SUFFIXES, ReadError, format_of, read, read_text, suffix_of
from healthlint.documents.document import Document

FORMATS = ("text", "markdown", "html", "rst")


@pytest.mark.parametrize("text", MARKDOWN)
def test_nasty_markdown(text: str) -> None:
    check(read_text("a.md", text, "markdown"))


@pytest.mark.parametrize("text", HTML)
def test_nasty_html(text: str) -> None:
    check(read_text("a.html", text, "html"))


@pytest.mark.parametrize("text", TEXT)
def test_nasty_plain_text(text: str) -> None:
    check(read_text("a.txt", text, "text"))


@pytest.mark.parametrize("text", RST)
def test_nasty_restructured_text(text: str) -> None:
    check(read_text("a.rst", text, "rst"))


@pytest.mark.parametrize("form", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", MARKDOWN + HTML + TEXT + RST)
def test_line_ends_do_not_matter(text: str, form: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", form)
    for name in FORMATS:
        check(read_text("a", text, name))


FRAGMENTS = st.sampled_from(
    [part for text in MARKDOWN + HTML + TEXT + RST for part in (text[:7], text[3:20], text[-9:])]
)
PIECES = st.one_of(
    FRAGMENTS,
    st.sampled_from(
        ["\n", "\r\n", "\r", "\n\n", "    ", "\t", "> ", "- ", "1. ", "# ", "<p>", "</p>", "<li>", "**", "|"]
    ),
    st.text(max_size=8),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_keeps_its_offsets(text: str) -> None:
    for name in FORMATS:
        check(read_text("a", text, name))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.md", "a.html", "a.txt"]))
def test_any_bytes_are_read_or_refused(data: bytes, path: str) -> None:
    with suppress(ReadError):
        check(read(path, data))


LONG = {
    "headings": "# Heading\n\n" * 25_000,
    "html headings": "<h2>Heading</h2><p>x" * 12_000,
    "quotes": "> " * 2_000 + "x",
    "lists on a line": "- " * 2_000 + "x",
    "brackets": "[" * 2_000 + "x" + "](y)" * 2_000,
    "emphasis": "*a **b " * 5_000,
    "one line": "Take it with food (see https://example.org/a). " * 5_000,
    "links on a line": "[a](https://b.org) https://c.org " * 5_000,
    "closing brackets": "https://x.org/" + ")" * 125_000,
    "fences": "```\n" * 25_001,
    "open tags": "<a " * 50_000,
    "open quotes": '<a href="' * 25_000 + ">",
    "open comments": "<!-- " * 50_000,
    "divs": "<div>" * 2_000 + "x" + "</div>" * 2_000,
    "bold": "<p><b>" * 2_000 + "x</i></p><div></td>" * 2_000,
    "cells": "<table><tr><td>" * 1_000 + "x",
    "lists": "<ul><li>x" * 2_000,
    "definitions": "<dl><dd>" * 2_000 + "x",
    "template tags": "{% x %} {{ y }} " * 7_000,
    "open template tags": "{% " * 50_000 + "{{ " * 50_000,
    "comment tags": "{% comment %}" * 5_000,
    "markdown tags": "{% markdown %}" * 5_000,
    "front matter": "---\na: " + "[" * 25_000 + "\n---\nx",
    "deep front matter": "---\n" + "".join(" " * n + f"k{n}:\n" for n in range(300)) + "---\nx",
    "toml": "+++\na = " + "[" * 1_000 + "\n+++\nx",
    "json": '<script type="application/ld+json">' + '{"a":' * 1_000 + "1" + "}" * 1_000 + "</script>x",
    "table": "|a|b|\n|-|-|\n" + "|x|y|\n" * 5_000,
    "references": "".join(f"[r{n}]: /u{n}\n" for n in range(5_000)) + "".join(f"[r{n}] " for n in range(5_000)),
    "superscripts": "x<sup>1</sup>" * 5_000 + "<sup>" * 5_000,
    "spaces": "a" + " " * 125_000 + "b" + "\u00a0" * 25_000,
    "hashes": "##" + "# " * 50_000,
    "bullets": "• x\n" * 5_000,
    "admonitions": "!!! note\n    x\n" * 5_000,
    "components": "<Tab " * 12_000 + "\n<Tab>\n" * 5_000,
    "entities": "&amp;&nbsp;" * 12_000,
    "comments of rst": ".. note:: x\n\n   " * 12_000,
    "interpreted": "`a <b " * 20_000 + "`c`_ [#]_ " * 12_000,
    "definitions of rst": "a\n b\n\n" * 12_000 + "x::\n\n  y\n" * 12_000,
    "closing tags": "<b>" * 1_000 + "</i></p></li>" * 12_000,
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_documents_take_linear_work(text: str, name: str) -> None:
    documents: list[Document] = []
    calls = calls_of(lambda: documents.append(read_text("a", text, name)))
    assert calls < 400 * len(text)  # the most is 160; each of 5,000 bullets that looks at all others makes 600 more
    assert len(documents[0].blocks) < len(text)


def test_utf8_with_and_without_a_mark() -> None:
    plain = read("a.md", "# Füße\n".encode())
    marked = read("a.md", b"\xef\xbb\xbf" + "# Füße\n".encode())
    assert plain.text == marked.text == "# Füße\n"
    assert [block.text for block in marked.blocks] == ["Füße"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark(encoding: str) -> None:
    assert read("a.md", "\ufeff# Füße\n".encode(encoding)).text == "# Füße\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"line\nna\xefve\n", "is not UTF-8 (line 2); save it as UTF-8"),
        (b"\xff\xfea\x00b", "is not UTF-16 (line 1); save it as UTF-8"),
        (b"a\nb\x00c", "is not text (a NUL byte in line 2)"),
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"x" * 10_000_001, "is larger than 10 MB"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        read("a.md", data)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.md", "markdown"),
        ("a.MARKDOWN", "markdown"),
        ("a.mdx", "markdown"),
        ("a.html", "html"),
        ("a.htm", "html"),
        ("a.txt", "text"),
        ("README", "text"),
        ("a.rst", "rst"),
        ("a.DOCX", "docx"),
        ("a.xml", "wordpress"),
        ("a.md.txt", "text"),
    ],
)
def test_the_suffix_tells_the_format(path: str, name: str) -> None:
    assert format_of(path) == name
    if suffix_of(path) in TEXT_SUFFIXES or name == "text":
        assert read(path, b"Some text.").format == name
