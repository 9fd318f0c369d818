"""Exports of WordPress: each article by itself, in the rows of the file."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from word import sketch

from fuzzing.promises import check_document as check
from healthlint import findings, rules
from healthlint.documents import ReadError, read_all, read_text
from healthlint.documents.document import Document, Kind
from healthlint.documents.rows import Rows
from healthlint.findings import Finding

RULES = [rules.load(name, path) for name, path in rules.all_available().items()]
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file; <item> and <![CDATA[ in here are no marks. -->
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/">
<channel>
\t<title>Health site</title>
\t<wp:author><wp:author_login><![CDATA[jdoe]]></wp:author_login>
\t<wp:author_display_name><![CDATA[Jane Doe]]></wp:author_display_name></wp:author>
"""
TAIL = "</channel>\n</rss>\n"


def item(
    content: str, title: str = "Garlic", number: int = 1, status: str = "publish", kind: str = "post", more: str = ""
) -> str:
    """As WordPress writes one."""
    return f"""\t<item>
\t\t<title><![CDATA[{title}]]></title>
\t\t<link>https://x.org/?p={number}</link>
\t\t<pubDate>Mon, 05 Jan 2026 10:00:00 +0000</pubDate>
\t\t<dc:creator><![CDATA[jdoe]]></dc:creator>
\t\t<description></description>
\t\t<content:encoded><![CDATA[{content}]]></content:encoded>
\t\t<excerpt:encoded><![CDATA[]]></excerpt:encoded>
\t\t<wp:post_id>{number}</wp:post_id>
\t\t<wp:post_date><![CDATA[2026-01-05 10:00:00]]></wp:post_date>
\t\t<wp:status><![CDATA[{status}]]></wp:status>
\t\t<wp:post_type><![CDATA[{kind}]]></wp:post_type>
\t\t<category domain="post_tag" nicename="herbs"><![CDATA[Herbs]]></category>
{more}\t</item>
"""


def export(*items: str) -> str:
    return HEAD + "".join(items) + TAIL


def documents(text: str) -> list[Document]:
    """The articles, each as it must be."""
    found = list(read_all("a.xml", text.encode()))
    rows = Rows(text)
    for document in found:
        check(document)
        assert document.inside is not None
        start = document.inside.start
        assert text[start : start + len(document.text)] == document.text
        for each in findings.lint(document, RULES):
            assert each.location == rows.position(each.span.start)
            assert each.end_location == rows.position(each.span.end)
            assert each.span.start >= start
    return found


def zeros(document: Document) -> list[Finding]:
    return [each for each in findings.lint(document, RULES) if each.name == "trailing-zero"]


def test_each_published_article_is_one_document() -> None:
    text = export(
        item("<p>One.</p>", "A &amp; B"),
        item("<p>Draft.</p>", number=2, status="draft"),
        item("<p>Picture.</p>", number=3, status="inherit", kind="attachment"),
        item("<p>Menu.</p>", number=4, kind="nav_menu_item"),
        item(" \n", number=5),
        item("<p>Page.</p>", "C", number=6, kind="page"),
        item("<p>Drug.</p>", "D", number=7, kind="drug"),
    )
    ET.fromstring(text)  # the test's own export is XML
    found = documents(text)
    assert [document.inside and (document.inside.name, document.inside.key) for document in found] == [
        ("A & B", "1"), ("C", "6"), ("D", "7"),
    ]  # fmt: skip
    assert [sketch(block) for block in found[0].blocks] == ["heading 1 A & B", "paragraph One.", "tag Herbs"]


def test_fields_come_from_the_elements_of_the_item() -> None:
    meta = "<wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value><![CDATA[{}]]></wp:meta_value></wp:postmeta>\n"
    more = (
        meta.format("reviewed_by", "Dr Ada Roe")
        + meta.format("_edit_lock", "1:2")
        + meta.format("data", 'a:1:{s:1:"x"}')
    )
    (document,) = documents(export(item("<p>One.</p>", more=more)))
    found = [(field.name, field.value, document.text[slice(*field.span)]) for field in document.fields]
    assert found == [
        ("title", "Garlic", "Garlic"),
        ("author", "Jane Doe", "jdoe"),
        ("date", "2026-01-05 10:00:00", "2026-01-05 10:00:00"),
        ("tags", "Herbs", "Herbs"),
        ("reviewed_by", "Dr Ada Roe", "Dr Ada Roe"),
    ]


@pytest.mark.parametrize(
    ("content", "blocks"),
    [
        ("One.\n\n<b>Two</b> is\nlong.\n\n\n<h2>Uses</h2>\nThree.", ["One.", "Two is long.", "Uses", "Three."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("<!-- wp:paragraph -->\n<p>One\n\ntwo.</p>\n<!-- /wp:paragraph -->", ["One two."]),
        ("A ]]]]><![CDATA[> B", ["A ]]> B"]),
        ('[caption id="a" width="300"]<img src="x.png" alt="y" /> A bulb[/caption]\n\nText.', ["A bulb", "Text."]),
        ('A [gallery ids="1,2"] b [ref]Roe[/ref] [citation needed] [1].', ["A b Roe [citation needed] [1]."]),
        ("<pre>a\n\nb</pre>\n\nText &amp; more.", ["a\n\nb", "Text & more."]),
        ("- one\n- two\n\nText.", ["one", "two", "Text."]),
    ],
)  # fmt: skip
def test_content_reads_as_wordpress_shows_it(content: str, blocks: list[str]) -> None:
    (document,) = documents(export(item(content)))
    assert [block.text for block in document.blocks if block.kind is not Kind.TAG][1:] == blocks


def test_content_that_is_escaped_instead_of_cdata() -> None:
    text = export(item("HERE")).replace(
        "<![CDATA[HERE]]>", "&lt;p&gt;Take one &amp;amp; only &lt;b&gt;5.0 mg&lt;/b&gt;.&lt;/p&gt;"
    )
    (document,) = documents(text)
    assert [sketch(block) for block in document.blocks[:2]] == ["heading 1 Garlic", "paragraph Take one & only 5.0 mg."]
    block = document.blocks[1]
    at = block.text.index("5.0 mg")
    assert document.text[slice(*block.prose.span(at, at + 6))] == "5.0 mg"
    found = zeros(document)
    assert [text[slice(*each.span)] for each in found] == ["5.0 mg"]


def test_all_articles_can_be_read_as_one() -> None:
    text = export(item("<p>One <a href='x'>is</a> &amp; one.</p>"), item("Two.", number=2))
    document = read_text("a.xml", text, "wordpress")
    check(document)
    shown = [sketch(block) for block in document.blocks]
    assert shown == [
        "heading 1 Garlic",
        "paragraph One is & one.",
        "tag Herbs",
        "heading 1 Garlic",
        "paragraph Two.",
        "tag Herbs",
    ]
    assert [text[slice(*block.prose.span())] for block in document.blocks if block.text == "Two."] == ["Two."]
    assert read_text("a.xml", "Not XML.", "wordpress").blocks[0].text == "Not XML."


def test_items_on_one_line_have_their_columns() -> None:
    text = export(item("<p>Take 5.0 mg.</p>"), item("<p>Take 7.0 mg.</p>", number=2)).replace("\n", " ")
    found = [
        each for document in documents(text) for each in findings.lint(document, RULES) if each.name == "trailing-zero"
    ]
    assert [text[slice(*each.span)] for each in found] == ["5.0 mg", "7.0 mg"]
    assert [each.location for each in found] == [(1, text.index("5.0 mg") + 1), (1, text.index("7.0 mg") + 1)]


def test_equal_findings_of_two_articles_have_different_fingerprints() -> None:
    text = export(item("<p>Take 5.0 mg.</p>"), item("<p>Take 5.0 mg.</p>", number=2))
    found = [each for document in documents(text) for each in findings.lint(document, RULES)]
    assert len({each.fingerprint for each in found}) == len(found)


def test_the_command_names_the_article_and_the_rows_of_the_file(healthlint: Run, tmp_path: Path) -> None:
    text = export(item("<p>Take 5.0 mg.</p>", "On {garlic}"), item("<p>Take\n7.0 mg.</p>", "Ginger", number=2))
    (tmp_path / "a.xml").write_text(text)
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    rows = text.split("\n")
    for _ in range(2):  # the second time from what is kept
        done = healthlint(".", "--select", "dosing", "--output-format", "json")
        found = json.loads(done.stdout)
        assert done.returncode == 1
        assert [each["filename"] for each in found] == ["a.xml", "a.xml"]
        for each, amount in zip(found, ("5.0 mg", "7.0 mg"), strict=True):
            row, column = each["location"]["row"], each["location"]["column"]
            assert rows[row - 1][column - 1 :].startswith(amount)
        assert [each["message"].rpartition("(in ")[2] for each in found] == ['"On {garlic}")', '"Ginger")']
    shown = healthlint("a.xml", "--select", "dosing")
    assert f"{rows.index('7.0 mg.</p>]]></content:encoded>') + 1} | 7.0 mg." in shown.stdout


LONG = "\n".join(
    f"<p>Garlic has property {n} that people in place {n * 7} like, and many shops sell it.</p>" for n in range(20)
)


def test_articles_of_one_export_are_held_against_each_other(healthlint: Run, tmp_path: Path) -> None:
    text = export(item(LONG, "First {one}"), item("<p>Other.</p>", number=2), item(LONG, "Again {two}", number=3))
    (tmp_path / "a.xml").write_text(text)
    rows = text.split("\n")
    for _ in range(2):
        done = healthlint("a.xml", "--select", "duplication/duplicate-article", "--output-format", "json")
        (found,) = json.loads(done.stdout)
        assert "Again {two}" in rows[found["location"]["row"] - 1]
        assert "First {one}" in rows[found["related"][0]["location"]["row"] - 1]
        assert found["message"].endswith('(in "Again {two}")')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<urlset/>", "is no export of WordPress; exclude it"),
        (export(), "without a published article"),
        (export(item("x", status="draft")), "without a published article"),
        (export(item("x"))[:-60], "is cut short: the <item> in line 12 does not end"),
        (export(item("x")).replace("]]>", "]]"), "is cut short: ]]> is missing from line"),
        (export("<!-- open " + item("x")), "is cut short: --> is missing from line"),
        (export("<item><title>x</title>"), "does not end"),
    ],
)
def test_what_is_no_export_is_refused_in_one_line(text: str, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_all("a.xml", text.encode())
    assert words in str(caught.value)


def test_a_file_that_is_named_is_refused_and_one_in_a_folder_left_out(healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    assert healthlint(".", "--select", "dosing").returncode == 0
    named = healthlint("sitemap.xml")
    assert (named.returncode, named.stderr) == (2, "healthlint: sitemap.xml: is no export of WordPress; exclude it\n")


def test_no_entity_is_declared_or_expanded() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n'
    text = export(item("&b; &c; text")).replace("<rss", bomb + "<rss", 1)
    (document,) = documents(text)
    assert document.blocks[1].text == "&b; &c; text"


PIECES = st.one_of(
    st.sampled_from(
        """<item> </item> <title> </title> <content:encoded> </content:encoded> <![CDATA[ ]]> <!-- --> <wp:status>
        publish </wp:status> <wp:postmeta> </wp:postmeta> <wp:author> </wp:author> <wp:meta_key> </wp:meta_key>
        <wp:meta_value>
        </wp:meta_value> &lt;p&gt; &amp; <p> </p> <pre> [gallery] [caption x="1"] [/caption] <wp:post_id/> <item/> <
        >""".split()
    ),
    st.sampled_from(["\n", "\n\n", "\r\n\r\n", "5.0 mg", "It cures colds.", item("<p>x</p>"), item("a\n\nb")]),
    st.text(max_size=5),
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_anything_is_read_or_refused(inner: str) -> None:
    with suppress(ReadError):
        documents(export(item("<p>First.</p>"), inner).replace("\0", ""))
    with suppress(ReadError):
        documents(export(item(inner.replace("\0", ""))))


HOSTILE = {
    "items": item("<p>x</p>") * 500,
    "shortcodes": item("[a " * 50_000 + "[/a]" * 20_000),
    "spaces": item("x" + " " * 1_000_000 + "y"),
    "blank lines": item("x\n \n" * 10_000),
    "breaks": item("x\n" * 10_000),
    "entities": item("HERE").replace("<![CDATA[HERE]]>", "&lt;p&gt;x" * 5_000),
    "sections": item("]]><![CDATA[" * 50_000 + "x"),
    "values": item("x", more="<wp:postmeta>" * 50_000),
    "open tags": item("x", more="< " * 100_000 + "<a" * 50_000),
    "deep": item("<div>" * 5_000 + "x"),
}


@pytest.mark.parametrize("inner", HOSTILE.values(), ids=HOSTILE)
def test_long_exports_take_linear_time(inner: str) -> None:
    found = list(read_all("a.xml", export(inner, item("<p>The end.</p>", number=2)).encode()))
    assert found[-1].blocks[1].text == "The end."
