"""What holds for every document, whatever its format and however broken it is."""

import sys
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthlint.documents import TEXT_SUFFIXES, ReadError, format_of, read, read_text, suffix_of
from healthlint.documents.document import Document, Kind, LinkKind

FORMATS = ("text", "markdown", "html", "rst")

MARKDOWN = [
    "# Title\r\n\r\nOne line\r\nand the next.\r\n\r\n- item\r\n- item two\r\n",
    "# Title\rlone returns\r\ra paragraph\rwrapped\r",
    "Tabs\there\n\n-\ttabbed item\n\n\tcode after a tab\n\n1.\tone\n2.\ttwo\n",
    "Emoji 👩‍⚕️ and e\u0301 combining, *emph 😀 asis* and **bold ü** `code ñ`.\n",
    "| 😀 | ß |\n|---|---|\n| `a|b` | c \\| d |\n",
    "A &amp; B &copy; C &#65; D &nbsp; E &bogus; F &",
    "> quoted\n> > twice\nlazy\n> <div>\n> in <b>html</b>\n> </div>\n",
    "[a [b] c](http://x.org/(y)) ![alt *e*](i.png 't') <https://x.org> [r][] [r]\n\n[r]: /u 'A title\nof two lines'\n",
    "Soft\u00adhyphen, zero\u200bwidth, no\u00a0break\u202fspaces\n",
    "text<sup>3</sup>, m<sup>2</sup>, <sup>131</sup>I, <sup><a href='#fn3'>[3]</a></sup> <sup>unclosed\n\nnext",
    "---\ntitle: A\ntags: [a, 'b', \"c\"]\n---\n\ntext\n",
    "+++\ntitle = 'T'\n+++\ntext",
    "{% include x %}\ntext {{ dose }} mg {% cite k %}.\n\n[l]({{ url }})\n\n{: .x #id}\n",
    '!!! note "Watch *out*"\n\n    inner 😀\n\n    - item\n\n:::tip Title\nbody\n:::\n\n> [!NOTE]\n> alert\n',
    "<Tabs>\n\n<Tab>\ntext\n</Tab>\n\n</Tabs>\n\nimport X from 'y'\n\nexport const z = 1\n",
    "##Tight\ntext\n###Next##\n• one\n• two\n",
    "~~gone~~ <del>x</del> kept <!-- c --> <br> <img src=x alt='Alt &amp; more'> end",
    "<table><tr><td>a<td>b\n\n<tr><td>c</table>\n\n<p>unclosed\n\ntext",
    "- a\n\n  b\n\n      code\n  - c\n    1) d\n- # h\n- > q\n- ```\n  fence\n",
    "[^1] and [^n]\n\n[^1]: note\n\n    more\n[^n]: - list\n",
    "**Bold line**\n\ntext\n\n**Q: what?**\n\nA: this.\n\n**Tags:**\n- a\n- a\n",
    "Setext\nheading\n=====\n\nother\n---\n",
    "```\nunclosed fence\n# not heading",
    "\ufeff# BOM inside text",
    "{{", "{%", "[[[[", "<", "</", "<a", "&", "#", "---", "+++\n", "---\n---", "|", "\\", "`", "*" * 50, "> " * 50,
]  # fmt: skip

HTML = [
    "<!DOCTYPE html><html><head><title>T &amp; U</title></head><body><h1>T</h1><p>One\r\n two &nbsp; three</p></html>",
    "<P>Unclosed<P>Next<UL><LI>one<LI>two<UL><LI>deep</UL></UL>tail",
    "<main><article><p>short</p></article><article><h2>a</h2><p>longer text here</p></article></main>",
    "<header><h1>T</h1></header><nav><a href=x>n</a></nav><main><p>x</p></main><footer>f</footer>",
    "<dl><dt>Is it safe?<dd>" + "It is, as far as anybody knows. " * 3 + "</dl>",
    "<table><caption>C</caption><tr><th>a<th>b<tr><td><p>c</p><p>d</p><td><ul><li>e</ul></table>",
    "<p>text<sup><a href='#r3'>3</a></sup> and<sup>4,5</sup> 10<sup>6</sup> <a href='#r'>[1]</a></p><ol><li id=r>R",
    "<p>a<br>b<br><br>c</p><br>&bull; x<br>• y<br>• z",
    "<ol start=3><li>c<li value=7>g</ol><ol type=a><li>x</ol><ol type=I reversed><li>y</ol>",
    "<pre>  a &lt; b\n\tc</pre><blockquote><p>q</p></blockquote><b><p>bold</p></b>",
    "<script>if (a<b) '</p>'</script><style>p{}</style><p hidden>h</p><div style='display:none'>n</div>shown",
    "<p>&#x1F600; 😀 e\u0301 &shy;soft&shy;hyphen &zwnj; &lt;b&gt; &amp;amp; &nosuch; &copy</p>",
    "<img src=a alt='only &quot;alt&quot;'><p><a href=x><img src=y></a></p>",
    "<svg><title>no</title><text>no</text></svg><template><p>no</p></template><noscript>no</noscript>yes",
    "{% block x %}<p>{{ dose }} mg {% cite a %}.</p>{% endblock %}{% markdown %}\n##Head##\n\n- a\n{% endmarkdown %}",
    "---\ntitle: Front\n---\n<p>x</p>",
    "<a name=top><p>para</p><a href='u'>link <p>over</p> blocks</a>",
    "<form><p>" + "whole page in a form " * 20 + "</p></form>",
    "<li>stray</li></ul></table></p></div></b><td>cell</td>",
    "<p class='x", '<p title="a>b', "<!-- open", "<!-->x", "<![CDATA[x]]>", "<?php echo '?>'; ?>x", "</", "<",
    "&", "&#", "&#0;",
    "<script>unclosed", "<title>unclosed", "<textarea>unclosed", "<ol><ol><ol>", "<h1><h2>x</h1></h2>",
]  # fmt: skip


TEXT = [
    "TITLE\nA subtitle\n====\n\nby Jo Doe, RN\nMay 2024\n\nA line that is wrapped somewhere about here\nand goes on.",
    "1. One\n2. Two\n   goes on\n\n3. Three\n\n- a\n  * b\n    o c\n(i) d\n(ii) e\n",
    "A. for\nB. good\n\nStep 1: wait\nStep 2: rest\n\n1 - jump\n2 - rest\n\nI. one\nII. two\nIII. ",
    "Head\n----\n+---+---+\n| a | b |\n+---+---+\n|   | \u200b |\na\tb\nc\td\n\t\te\n\none   two\nsix   ten\n||||\n| |",
    "***\n* BOX *\n*   *\n***\n*** x ***\n## y ##\n== z ==\n** **\n____\n# #\n##\n-- a --",
    "> quoted\n>> twice\n>\n> - item\n>5% of people\n> > ",
    "Q: a?\nA: b.\nQ2. c\nA2. d\nQ:\nA:\nQ: \u200b\nTitle: \nTags:\nTags: ,;|\nTags: a,, b ;\nCategory: c\n(c) 2024",
    "Such as:\n\none\ntwo\n\nWhat?\nWho?\n\nContents\n- a\n- b\n\nSources\nA. 2001.\nB. 2002. https://x.org/(a)\nwww.y.org.",
    "<!-- a --> <!-- b -->\ntext <!-- c -->\n<!-- d\ne -->\n<!-- open\n",
    "\ufeffTitle\u2028line\u2029\x0bline\x0cline\x85line\x1cline\u00a0\n\u3000indented\n\u200b\n\u00ad\n",
    "e\u0301 \U0001f469\u200d\u2695\ufe0f\n\n✅ a\n✔️ b\n\uf0b7\tc\n•d\n-e\n1.F\n\U0001f4a9",
]  # fmt: skip


RST = [
    "=====\nTitle\n=====\n\nPart\n----\n\ntext\n\nOther\n----\nText right below.\n",
    ("`a <b>`_ `c\n<d e>`__ `f`_ g_ h__ [1]_ [#]_ [#x]_ [*]_ :r:`i <j>` ``k_`` |l| \\_ x\\ y\n\n"
    ".. _f: u\n__ v\n.. [1] n\n.. [#] m"),
    "- a\n\n  - b\n    c\n\n      quote\n\n    #. d\n    #. e\n\nterm\n   def\n\n   more\n\n      deeper\nback",
    (".. note::\n\n   .. warning:: w\n      x\n\n      - y\n   z\n\n.. code::\n\n   c\n\n"
    ".. c1 -->\n..\n   hidden\n.. figure:: p\n   :alt: q\n\n   cap"),
    ("::\n\n  lit\n\na::\n\n  lit2\n b\n>>> x\ny\n\n| l1\n| l2\n\n"
    "=====  ==\na      b\n=====  ==\nc      d\n=====  ==\n\n+--+\n|x |\n+--+"),
    (":A: b\n:C:\n   d\n\n.. meta::\n   :description: e\n\n\U0001f469 e\u0301 `\U0001f600 <x>`_\n====\n\n"
    "    q\n\n----\n\n#no\n>no\n*no"),
    "..", ".. [", ".. [1]", ".. x::", "`", "`<>`_", "`<a_>`_", "::", "==", "== ==", "+-+", "| ", ":", ":a:",
    "a\n  b\n    c\n\n        d",
]  # fmt: skip


def check(document: Document) -> None:
    """Every promise that `Document` makes about offsets."""
    text = document.text
    for block in document.blocks:
        prose, at = block.prose, 0
        assert block.text.strip() == block.text != ""
        assert 0 <= block.span.start <= block.span.end <= len(text)
        for piece in prose.pieces:
            assert piece.start == at
            assert piece.length > 0
            at += piece.length
            assert block.span.start <= piece.span.start <= piece.span.end <= block.span.end
            if piece.copied:
                assert text[slice(*piece.span)] == block.text[piece.start : at]
        assert at == len(block.text)
        starts = [piece.span.start for piece in prose.pieces]
        assert starts == sorted(starts)
        for link in block.links:
            assert 0 <= link.start <= link.end <= len(block.text)
            assert 0 <= link.span.start <= link.span.end <= len(text)
            assert link.kind is not LinkKind.NOTE or link.start == link.end
        if block.ordinal:
            assert 0 <= block.ordinal.span.start <= block.ordinal.span.end <= len(text)
        assert (1 <= block.level <= 6) or block.kind is not Kind.HEADING
    check_sections(document)
    for field in document.fields:
        assert 0 <= field.span.start < field.span.end <= len(text)
        assert field.name == field.name.lower() != ""
    for _, span in (*document.comments, *document.definitions.items()):
        assert 0 <= span.start <= span.end <= len(text)


def check_sections(document: Document) -> None:
    for section in document.sections:
        assert section.start < section.own_end <= section.end <= len(document.blocks)
        if section.parent is not None:
            parent = document.sections[section.parent]
            assert parent.start < section.start
            assert section.end <= parent.end


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
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        document = read_text("a", text, name)
    finally:
        sys.setprofile(None)
    assert calls < 400 * len(text)  # the most is 160; each of 5,000 bullets that looks at all others makes 600 more
    assert len(document.blocks) < len(text)


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
