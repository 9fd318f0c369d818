"""The HTML report: every finding has its place and its note, article text stays text, and the page is sound HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import html5lib
import msgspec
import pytest
from conftest import rule
from hostile import ARTICLES
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from healthlint import builtin, documents, rules
from healthlint.documents.document import Span
from healthlint.documents.rows import Position
from healthlint.edits import Applicability, Edit, Fix
from healthlint.findings import Place, Result, lint
from healthlint.reports.html import html
from healthlint.reports.proof import chart
from healthlint.reports.proof.runs import point_in, range_in
from healthlint.reports.proof.sheet import sheet_of
from healthlint.reports.proof.visible import plain_visible, visible, web_address
from healthlint.reports.style import Style
from healthlint.rules import Rule

CURE = rule("claims/cure", "cures", "error", '"{quote}" promises an outcome.')
AGAIN = rule("duplication/duplicate-sentence", r"Said twice\.", "info", "This is said again.", related_to_first=True)
ABSENT = rule("sources/no-sources", r"\Z", message="Nothing is cited.", whole_document=True)
SHORT = re.compile(r"\S+")


def result(text: str, used: Sequence[Rule], name: str = "a.md") -> Result:
    document = documents.read_text(name, text, documents.format_of(name))
    return Result(name, text, lint(document, used), rules=lambda: used)


def page(*results: Result) -> str:
    return "".join(html(results, Style()))


class Tree:
    """A page as a browser's parser sees it. Raises ParseError for whatever is not sound HTML."""

    def __init__(self, text: str) -> None:
        self.root: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)

    def all(self, name: str = "*", **attributes: str) -> list[Any]:
        wanted = {key.strip("_"): value for key, value in attributes.items()}
        return [
            one
            for one in self.root.iter()
            if isinstance(one.tag, str)
            and name in ("*", one.tag)
            and all(value in one.get(key, "").split() for key, value in wanted.items())
        ]

    def one(self, name: str = "*", **attributes: str) -> Any:
        (found,) = self.all(name, **attributes)
        return found

    def words(self, name: str = "*", **attributes: str) -> list[str]:
        return [said(one) for one in self.all(name, **attributes)]


def said(element: Any) -> str:
    """The text in an element, without what is only spoken, labels of footnotes and the numbers of notes."""
    if element.get("class") in ("spoken", "label") or "reference" in element.get("class", "").split():
        return ""
    parts = [element.text or ""]
    for one in element:
        parts += [said(one) if isinstance(one.tag, str) else "", one.tail or ""]
    return "".join(parts)


def test_a_mark_its_number_and_its_note() -> None:
    tree = Tree(page(result("# Garlic\n\nIt *cures* all.\n", [CURE])))
    mark = tree.one("mark")
    assert (said(mark), mark.get("class"), mark.get("data-notes")) == ("cures", "error", "a1-n1")
    assert tree.one("a", class_="reference").get("href") == "#a1-n1"
    note = tree.one("li", class_="note")
    assert (note.get("id"), note.get("data-severity"), note.get("data-group")) == ("a1-n1", "error", "claims")
    assert '"cures" promises an outcome.' in said(note)
    assert "Error" in said(note)
    reason = tree.one("section", id_="rule-claims-cure")
    assert "To test what happens with a match." in said(reason)
    assert [(one.get("href"), one.get("rel")) for one in reason.iter("a")] == [
        ("https://example.org/", "noreferrer noopener")
    ]


def test_marks_that_overlap_share_the_words() -> None:
    used = [rule("claims/a", "garlic cures"), rule("dosing/b", "cures all", "error"), rule("dosing/c", "cures")]
    tree = Tree(page(result("Today garlic cures all.\n", used, "a.txt")))
    marks = [(said(mark), mark.get("class"), mark.get("data-notes")) for mark in tree.all("mark")]
    assert marks == [
        ("garlic ", "warning", "a1-n1"),
        ("cures", "error several", "a1-n1 a1-n2 a1-n3"),
        (" all", "error", "a1-n3"),
    ]
    assert len(tree.all("a", class_="reference")) == 3


def test_a_reference_never_stands_inside_a_link() -> None:
    text = "Read [how it cures you](https://example.org/a) and [it cures](javascript:x) here.\n"
    tree = Tree(page(result(text, [CURE])))
    assert said(tree.all("a", class_="web")[0]) == "how it cures you"
    assert not [one for link in tree.all("a", class_="web") for one in link.iter("a") if one is not link]
    assert [one.get("href") for one in tree.all("a", class_="web")] == ["https://example.org/a", "https://example.org/"]
    assert tree.one("span", class_="link").get("title") == "javascript:x"


def test_what_marks_several_blocks_is_a_bar_beside_them() -> None:
    used = [rule("duplication/again", r"(?s)## Two.*end")]
    tree = Tree(page(result("# T\n\none\n\n## Two\n\ntext\n\n- a\n- the end\n\nlast\n", used)))
    assert [said(one).strip(" •\n") for one in tree.all(class_="barred")] == ["Two", "text", "a", "the end"]
    assert {one.get("data-bars") for one in tree.all(class_="barred")} == {"a1-n1"}
    assert not tree.all("mark")
    assert len(tree.all("a", class_="reference")) == 1


def test_the_number_of_an_item_is_marked() -> None:
    tree = Tree(page(result("1. one\n3. three\n", [rule("numbering/gap", r"3\.")])))
    assert tree.words("mark") == ["3."]
    assert tree.words("span", class_="marker") == ["1.", "3."]


@pytest.mark.parametrize(
    ("name", "text", "pattern"),
    [
        ("a.md", "---\ntitle: It cures\n---\n\n# T\n\ntext\n", "It cures"),
        ("a.md", "---\ntitle: T\nother: {a: [1, cures]}\n---\n\ntext\n", "cures"),
        ("a.md", "---\ntitle: T\n---\n\ntext\n", "^---"),
        ("a.md", "# T\n\n<!-- it cures -->\n\ntext\n", "cures"),
        ("a.md", "# T\n\ntext <!-- it cures --> text\n", "cures"),
        ("a.md", "# T\n\n[words](https://example.org/cures) text\n", "cures"),
        ("a.md", "# T\n\n![](cures.png)\n\ntext\n", "cures"),
        ("a.md", "# T\n\n[a]: https://example.org/cures\n\ntext [a]\n", r"\[a\]: \S+cures"),
        ("a.md", "# T\n\n## \n\ntext\n", "## "),
        ("a.md", "# T\n\ntext[^1]\n\n[^1]: it cures\n", r"\[\^1\]: it"),
        ("a.md", "| a | b |\n|---|---|\n| c | cures |\n", "cures"),
        ("a.md", "> it cures\n\n    code cures\n", "cures"),
        ("a.html", "<head><meta name=author content=cures></head><h1>T</h1><p>text", "cures"),
        ("a.html", "<h1>T</h1><nav><a href=/>cures</a></nav><p>text", "cures"),
        ("a.html", "<h1>T</h1><script>cures</script><p>text", "cures"),
        ("a.txt", "T\n\nText of it.\n\nTags: cures, cures\nLeave a Reply\n", "cures"),
        ("a.txt", "it cures", "$"),
        ("a.txt", "", "^"),
    ],
)
def test_every_finding_has_a_place_that_can_be_seen(name: str, text: str, pattern: str) -> None:
    found = result(text, [rule("claims/cure", f"(?m){pattern}")], name)
    assert found.findings
    tree = Tree(page(found))
    for number, _ in enumerate(found.findings, 1):
        tree.one(id_=f"a1-n{number}-place")
        tree.one(id_=f"a1-n{number}")


CORPUS = sorted(path for path in Path("corpus").glob("*-*.*") if path.suffix in (".md", ".html", ".txt"))
BUILTIN = [rules.load(name, path) for name, path in rules.available(builtin.folder()).items()]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_articles_of_the_corpus(path: Path) -> None:
    article = result(documents.decoded(path.read_bytes()), BUILTIN, str(path))
    if not article.findings:
        assert "Nothing was marked." in Tree(page(article)).words("p", class_="lead")[0]
        return
    text = page(article)
    tree = Tree(text)
    check_whole(tree, [article])
    shown = " ".join(" ".join(said(one) for one in tree.all(class_="sheet")).split())
    for block in documents.read_text(str(path), article.text, documents.format_of(str(path))).blocks:
        assert " ".join(plain_visible(block.text).split()) in shown
    assert text == page(article)


def check_whole(tree: Tree, results: Iterable[Result]) -> None:
    """What holds for every page: ids are unique, links inside lead somewhere, each finding has its note and place."""
    ids = Counter(one.get("id") for one in tree.all() if one.get("id"))
    assert [name for name, number in ids.items() if number > 1] == []
    links = {one.get("href") for one in tree.all("a")}
    assert {link for link in links if link.startswith("#") and link[1:] not in ids} == set()
    assert all(re.match(r"#|https?://", link) for link in links)
    with_findings = [(index, found) for index, found in enumerate(results, 1) if found.findings]
    for index, found in with_findings:
        for number, finding in enumerate(sorted(found.findings, key=lambda one: one.scope != "document"), 1):
            assert ids[f"a{index}-n{number}"] == 1
            assert ids[f"a{index}-n{number}-place"] == (finding.scope != "document")
    assert len(tree.all("li", class_="note")) == sum(len(found.findings) for _, found in with_findings)
    assert len(tree.all("script")) == len(tree.all("style")) == 1
    assert not [one for one in tree.all() if set(one.attrib) & {"style", "src", "srcset", "action"}]
    assert not [one for one in tree.all() for name in one.attrib if name.startswith("on")]


def test_hostile_articles_stay_text() -> None:
    results = [result(text, [CURE, ABSENT], name) for name, text in ARTICLES.items()]
    text = page(*results)
    tree = Tree(text)
    check_whole(tree, results)
    assert not {one.tag for one in tree.all()} & {"img", "iframe", "base", "object", "link", "textarea", "embed"}
    shown = said(tree.one("main"))
    assert "<script>window.hacked = 1</script> & \"quotes' </style></script><!--" in shown
    assert "␛[31m" in shown
    assert "U+202E" in shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    hosts = {one.get("href").split("/")[2] for one in tree.all("a") if not one.get("href").startswith("#")}
    assert hosts == {"example.org"}


@settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # a page takes long to parse
@given(st.text(max_size=80), st.sampled_from(["a.txt", "a.md", "a.html"]), st.text(max_size=20))
def test_any_text_makes_a_sound_page(text: str, name: str, file: str) -> None:
    found = result(text, [rule("claims/word", r"\S+", message="{quote}"), ABSENT], name)
    named = Result(file, found.text, found.findings, rules=found.rules, errors=(text,))
    check_whole(Tree(page(named)), [named])


def test_the_policy_allows_the_script_and_the_style_alone() -> None:
    import base64
    import hashlib

    tree = Tree(page(result("It cures.", [CURE])))
    (policy,) = (one.get("content") for one in tree.all("meta") if one.get("http-equiv") == "Content-Security-Policy")

    def hashed(name: str) -> str:
        digest = hashlib.sha256(tree.one(name).text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {hashed('style')}",
        f"script-src {hashed('script')}",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_a_fix_shows_before_and_after() -> None:
    alone = result("It cures <i>.\n", [CURE], "a.txt")
    fix = Fix("say <it> with care", (Edit(Span(3, 8), "may & help"), Edit(Span(9, 9), "<b>")), Applicability.UNSAFE)
    (finding,) = alone.findings
    tree = Tree(page(Result("a.txt", alone.text, [msgspec.structs.replace(finding, fix=fix)])))
    assert tree.words("p", class_="fix") == ["healthlint can say <it> with care (read what comes of it):"]
    assert (tree.words("del"), tree.words("ins")) == (["cures"], ["may & help", "<b>"])


def test_several_articles_have_an_index() -> None:
    place = Place("stands in b.md", Span(0, 1), Position(1, 1), Position(1, 2), "b.md")
    first = result("Nothing.\n", [CURE], "b.md")
    second = result("It cures. It cures.\n", [CURE], "c & d.md")
    third = result("It cures.\n", [CURE], "e.md")
    third = Result("e.md", third.text, [msgspec.structs.replace(third.findings[0], related=(place,))])
    broken = Result("f<g>.md", linted=False, errors=("f<g>.md: is not UTF-8 (line 1); save it as UTF-8",))
    tree = Tree(page(first, second, third, broken))
    assert tree.words("title") == ["3 findings in 3 articles"]
    rows = [" ".join(SHORT.findall(" ".join(map(said, row)))) for row in tree.one(class_="index").iter("tr")]
    assert rows == [
        "Article Errors Warnings Hints Told again",
        "b.md nothing marked",
        "c & d.md 2",
        "e.md 1",
        "f<g>.md could not be read",
    ]
    assert [one.get("id") for one in tree.all("details", class_="sheet")] == ["a2", "a3"]
    assert [one.get("href") for one in tree.one(class_="elsewhere").iter("a")] == ["#a1"]
    assert "is not UTF-8" in said(tree.one(class_="unread"))


@pytest.mark.parametrize("results", [[], [Result("a.md", linted=False, errors=("a.md: is empty",))]])
def test_nothing_to_read(results: list[Result]) -> None:
    tree = Tree(page(*results))
    assert "Nothing could be read." in tree.words("p", class_="lead")[0]
    assert not tree.all("form")


SECTIONS = "# T\n\n## A\n\nSaid twice. More.\n\n## B\n\nOther.\n\n## C\n\nMore. Said twice.\n"


def test_the_map_shows_what_is_told_again() -> None:
    tree = Tree(page(result(SECTIONS, [AGAIN])))
    assert [said(one) for one in tree.one("ol", class_="rows").iter("bdi")] == ["T", "A", "B", "C"]
    (arc,) = tree.all(class_="arc")
    assert arc.get("data-note") == "a1-n2"
    assert [" ".join(said(one).split()) for one in tree.one("ol", class_="retellings").iter("li")] == [
        "C tells again A (duplicate sentence)"
    ]


def test_the_map_counts_and_folds() -> None:
    text = "".join(f"## S{number}\n\nText.\n\n" for number in range(200))
    text = text.replace("## S50\n\nText.", "## S50\n\nSaid twice.").replace("## S99\n\nText.", "## S99\n\nSaid twice.")
    drawn = chart.chart_of(sheet_of(result(text, [AGAIN]), "a1", {}))
    assert drawn
    assert [str(row.title) for row in drawn.rows] == [
        "S0 … (50 parts)",
        "S50",
        "S51 … (48 parts)",
        "S99",
        "S100 … (100 parts)",
    ]
    assert drawn.height == 5 * chart.ROW
    (arc,) = drawn.arcs
    assert [chart.ROW < top < 4 * chart.ROW for top, _ in arc.bands] == [True, True]
    assert chart.chart_of(sheet_of(result("It cures.", [CURE]), "a1", {})) is None


def test_the_rows_are_as_high_as_the_style_sheet_says() -> None:
    style = (Path(chart.__file__).parent / "page.css").read_text("utf-8")
    assert f"height: {chart.ROW}px; line-height: {chart.ROW}px" in style
    assert f"{chart.WIDTH}px; gap" in style


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((0, 4), "a"),
        ((3, 4), "a"),
        ((5, 12), "& b"),
        ((6, 7), "&"),
        ((13, 17), "c"),
        ((13, 16), None),
        ((40, 50), None),
    ],
)
def test_the_words_at_a_span(span: tuple[int, int], words: str | None) -> None:
    (block,) = documents.read_text("a.html", "<p>a &amp; b <b>c</b></p>", "html").blocks
    found = range_in(block.prose, Span(*span))
    assert (block.text[slice(*found)] if found else None) == words


def test_the_nearest_place_of_a_point() -> None:
    (block,) = documents.read_text("a.md", "a [b](c) d", "markdown").blocks
    assert [point_in(block.prose, offset) for offset in (0, 6, 99)] == [0, 3, 5]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a<b>&\"'", "a&lt;b&gt;&amp;&#34;&#39;"),
        ("a\nb\tc", "a\nb\tc"),
        ("\0", '<span class="unseen" title="U+0000">\u2400</span>'),
        ("\u202e", '<span class="unseen" title="U+202E">U+202E</span>'),
        ("\ud800", '<span class="unseen" title="U+D800">U+D800</span>'),
        ("👩\u200d⚕️ مرحبا", "👩\u200d⚕️ مرحبا"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("target", ["https://a.org/?q=1&r#s", "http://a.org", "HTTPS://a.org/"])
def test_web_addresses(target: str) -> None:
    assert web_address(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        " javascript:x",
        "java\nscript:x",
        "file:///etc/passwd",
        "data:text/html,x",
        "//a.org",
        "/a",
        "#a",
        "a.md",
        "https:",
        "https://",
        "https://[",
        "https://b@a.org/",
        "https://a.org\\@b.org/",
        "https://a\u202e.org/",
        "",
    ],
)
def test_what_is_no_web_address(target: str) -> None:
    assert web_address(target) == ""
