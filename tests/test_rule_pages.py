"""The pages of the rules say what the rules are today, show all text as it is, and lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec
import pyromark
import pytest
from conftest import rule
from hypothesis import given
from hypothesis import strategies as st

from accuracy import __main__, markdown, rule_pages, sets
from healthlint import config, configfile, documents, examples, measured, rules
from healthlint.edits import Applicability
from healthlint.findings import lint
from healthlint.measure import Counts
from healthlint.measured import Measured
from healthlint.plain import printable
from healthlint.reports import catalogue
from healthlint.reports.style import Style
from healthlint.rules import ArticleExample, Examples, Rule, RuleFix, Source

RULES = sets.all_rules()
BY_NAME = {one.name: one for one in RULES}
PAGES = dict(rule_pages.pages(RULES, measured.read()))
OF_RULES = {name.removesuffix(".md"): text for name, text in PAGES.items() if name != rule_pages.INDEX}
PROMOTIONAL = rule("claims/promotional", "miracle")
NOTHING = Measured()


def changed(one: Rule, **keys: object) -> Rule:
    """A rule whose file says something else."""
    return msgspec.structs.replace(one, file=msgspec.structs.replace(one.file, **keys))


def measured_to(one: Rule, /, **by_set: Counts) -> str:
    """The page of a rule that was measured to do so."""
    text = rule_pages.page(one, Measured({one.name: by_set}))
    return " ".join(text.partition("## Measured\n")[2].split())


def blocks(text: str) -> list[str]:
    """What stands in the fenced blocks of a page, as a reader of Markdown takes it."""
    found: list[str] = []
    inside = False
    for event in pyromark.events(text):
        if isinstance(event, dict) and "CodeBlock" in str(event.get("Start", event.get("End", ""))):
            inside = "Start" in event
            if inside:
                found.append("")
        elif inside and isinstance(event, dict):
            found[-1] += event["Text"]
    return found


def stretches(text: str, kind: str) -> list[str]:
    """The texts of all events of a kind."""
    return [event[kind] for event in pyromark.events(text) if isinstance(event, dict) and kind in event]


def targets(text: str) -> Iterator[str]:
    """Where the links of a page lead."""
    for event in pyromark.events(text):
        if isinstance(event, dict) and isinstance(event.get("Start"), dict) and "Link" in event["Start"]:
            yield event["Start"]["Link"]["dest_url"]


def shown(markdown_text: str) -> str:
    """The words that a reader of Markdown sees."""
    events = pyromark.events(markdown_text, options=pyromark.Options.ENABLE_TABLES)
    return "".join(
        event.get("Text", event.get("Code", "")) if isinstance(event, dict) else {"SoftBreak": " "}.get(event, "")
        for event in events
    )


def test_are_fresh() -> None:
    """With the figures of `rules/accuracy.json`, whose own freshness is tested with that of the accuracy page."""
    wanted = rule_pages.generated(RULES, measured.read())
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    names = [path.relative_to(rule_pages.FOLDER).as_posix() for path in (*stale, *rule_pages.left_over(wanted))]
    assert names == [], "run `python -m accuracy`"


def test_are_written_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "measured", measured.read)
    gone, moved, by_hand = tmp_path / "claims/gone.md", tmp_path / "gone/rule.md", tmp_path / "gone-too/by-hand.md"
    for path, text in ((gone, PAGES["README.md"]), (moved, PAGES["README.md"]), (by_hand, "# Mine\n")):
        path.parent.mkdir()
        path.write_text(text, "utf-8")
    assert rule_pages.left_over(rule_pages.generated(RULES, NOTHING, tmp_path), tmp_path) == [gone, moved, by_hand]
    __main__.write_rule_pages(tmp_path)
    written = {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*.md")}
    assert written == {**PAGES, "gone-too/by-hand.md": "# Mine\n"}
    assert not moved.parent.exists()


def test_are_the_same_wherever_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = [rules.load(name, path) for name, path in rules.all_available().items()]
    assert {one.path for one in loaded} != {one.path for one in RULES}
    assert dict(rule_pages.pages(loaded, measured.read())) == PAGES
    assert not any(str(sets.ROOT) in text for text in PAGES.values())


def test_there_is_one_for_each_rule_and_the_index_leads_to_all() -> None:
    assert list(OF_RULES) == list(BY_NAME)
    assert list(targets(PAGES[rule_pages.INDEX]))[1:] == [f"{name}.md" for name in BY_NAME]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    for target in targets(PAGES[name]):
        if not target.startswith("http"):
            parts: list[str] = []
            for part in (*PurePosixPath("docs/rules", name).parent.parts, *PurePosixPath(target).parts):
                parts = parts[:-1] if part == ".." else [*parts, part]
            path = "/".join(parts)
            assert path.removeprefix("docs/rules/") in PAGES or (sets.ROOT / path).is_file(), target


@pytest.mark.parametrize("name", OF_RULES)
def test_all_is_shown_as_it_stands_in_the_rule_file(name: str) -> None:
    text, one = OF_RULES[name], BY_NAME[name]
    in_blocks = "".join(blocks(text))
    for article in (article for example in examples.of(one) for article in example.articles):
        assert article.marked.rstrip() in in_blocks
    words = shown(text)
    for part in (one.file.summary, one.file.why, one.file.message, one.file.source.name):
        assert " ".join(part.split()) in words
    assert one.file.source.url.replace("(", "%28").replace(")", "%29") in targets(text)
    assert [html.strip() for html in stretches(text, "Html")] == [
        "<!-- Written by `python -m accuracy`; do not edit. -->"
    ]
    assert stretches(text, "InlineHtml") == []
    assert not re.search(r" $|\n\n\n", re.sub(r"(?ms)^(```+)\w+\n.*?^\1$", "a block", text), re.MULTILINE)
    assert text.endswith(".\n")


HOSTILE = "`<b>*x*</b>` | [a](b) <!-- c --> &amp; _d_ ~~e~~ \\f\n\n# g\n- h\n1. i\n---\n"


def test_nothing_in_a_rule_file_steers_the_page() -> None:
    sly = ArticleExample(markdown=f"```\n[[x]]\n````\n</pre>\u202e{HOSTILE}")
    source = Source(f"s {HOSTILE}", "https://example.org/a_(b)<c>")
    texts = dict.fromkeys(("summary", "why", "message"), HOSTILE)
    one = changed(PROMOTIONAL, source=source, examples=Examples((sly, sly), (sly, sly)), with_={"x`": "`y"}, **texts)
    one = changed(one, fix=RuleFix(Applicability.SAFE, HOSTILE))
    text = rule_pages.page(one, NOTHING)
    assert stretches(text, "InlineHtml") == []
    assert len(stretches(text, "Html")) == 1
    assert shown(text).count(" ".join(HOSTILE.split())) == 5
    assert sum("</pre> `<b>" in part and "\n````\n" in part for part in blocks(text)) == 4
    assert text.splitlines().count("# claims/promotional") == 1
    assert "\u202e" not in text
    row = rule_pages.index([one], NOTHING).splitlines()[-1]
    assert len(re.findall(r"(?<!\\)\|", row)) == 7


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "> "]))
def test_any_text_can_be_made_literal(text: str, start: str) -> None:
    seen = " ".join(shown(markdown.paragraph(markdown.literal(text), start)).split())
    assert seen == " ".join(printable(text).split())


def test_options_are_short() -> None:
    text = OF_RULES["claims/promotional"]
    assert "- `evidence`: `counts for nothing`\n" in text
    assert "- `unless`: `doubted`, `question`, `quoted`, `refuted`\n" in text
    assert re.search(r"^- `patterns`: \d+ entries$", text, re.MULTILINE)
    assert "- `unless_negated`: `true`\n" in OF_RULES["language/blaming-phrase"]
    assert re.search(r"^- `terms`: \d+ keys$", OF_RULES["language/person-first"], re.MULTILINE)
    assert "The rule sets" not in OF_RULES["consistency/differing-figure"]


def test_examples_of_one_line_share_a_block() -> None:
    given = Examples(("a [[b]]", "[[c]]", "d\n\n[[e]]", ArticleExample(html="<p>[[f]]")), ("g", "h\n\ni"))
    text = rule_pages.page(changed(PROMOTIONAL, examples=given), NOTHING)
    assert blocks(text)[:6] == ["a [[b]]\n[[c]]\n", "d\n\n[[e]]\n", "<p>[[f]]\n", "g\n", "h\n\ni\n", blocks(text)[5]]
    titles = [line for line in text.splitlines() if line.endswith(":") and line.startswith(("Plain", "HTML"))]
    assert titles == ["Plain text; each line is an article by itself:", "Plain text:", "HTML:", "Plain text:"]


def found_behind(start: str) -> int:
    """How often a rule finds something in two paragraphs behind a start of the article."""
    document = documents.read("a.md", f"{start}\nA miracle.\n\nA miracle.\n".encode())
    return len(list(lint(document, [PROMOTIONAL], {PROMOTIONAL.name})))


def test_what_it_says_of_ignoring_is_so() -> None:
    text = rule_pages.page(PROMOTIONAL, NOTHING)
    block, start, all_of_it = (
        f"<!-- healthlint-{word} claims/promotional -- the reason -->\n"
        for word in ("disable-next-block", "disable", "disable-file")
    )
    end, matter = (
        "<!-- healthlint-enable claims/promotional -->\n",
        "---\nhealthlint: {ignore: [claims/promotional]}\n---\n",
    )
    assert all(part in text for part in (block, start + end, all_of_it, matter))
    assert found_behind(block) == 1
    assert found_behind(start) == found_behind(all_of_it) == found_behind(matter) == 0
    assert found_behind(start + end) == 2


@pytest.mark.parametrize("name", ["claims/promotional", "language/person-first"])
def test_the_configuration_that_it_shows_can_be_used(name: str, tmp_path: Path) -> None:
    (written,) = (part for part in blocks(OF_RULES[name]) if part.startswith("ignore:"))
    file = tmp_path / configfile.NAMES[0]
    file.write_text(written, "utf-8")
    settings = config.load(file).settings
    assert settings.ignore == settings.per_path[0].ignore == (name,)
    assert settings.severity == ({name: "info"} if name == "claims/promotional" else {})


def test_tells_what_was_measured() -> None:
    good = measured_to(PROMOTIONAL, one=Counts(must=9, met=9, own=8, given=9, right=9), two=Counts(given=1, right=1))
    assert good.startswith("10 of 10 of its findings are right. | articles |")
    assert (
        "| `one` | 9 of 9 (100 %) | 8 of 9 (88 %) | 9 of 9 | | `two` | 1 of 1 | | | | all | 10 of 10 (100 %) |" in good
    )
    doubted = measured_to(PROMOTIONAL, one=Counts(given=9, right=9, info_given=3, info_right=2))
    assert "it reports as a hint, which no column counts; of these 2 of 3 are right." in doubted
    assert "| all |" not in doubted


@pytest.mark.parametrize(
    ("counts", "severity", "said"),
    [
        (Counts(given=10, right=9), "error", "9 of 10 of its findings are right."),
        (Counts(given=100, right=89), "error", "wrong more often than once in ten times: 11 of its 100 findings"),
        (Counts(given=4), "error", "is not known: it has 4 findings in the labelled articles."),
        (Counts(), "error", "is not known: it has no findings in the labelled articles."),
        (Counts(info_given=10, info_right=9), "info", "hints for a person to judge: they fail no run"),
        (Counts(info_given=10, info_right=5), "info", "wrong more often than once in ten times: 5 of its 10 findings"),
    ],
)
def test_says_honestly_how_far_to_trust_it(counts: Counts, severity: str, said: str) -> None:
    text = measured_to(rule("claims/promotional", "miracle", severity), one=counts)
    assert said in text
    assert ("hints for a person" in text) == (severity == "info")


def test_tells_of_kinds_that_several_rules_answer() -> None:
    known = Measured(kinds={"other/contradiction": {"one": Counts(must=5, own=3, own_hinted=1)}})
    text = " ".join(rule_pages.page(BY_NAME["consistency/contradiction"], known).split())
    beside = "[`consistency/differing-figure`](../consistency/differing-figure.md)"
    assert f"Together with {beside} it finds 4 of 5 marks of the kind `other/contradiction`." in text


def test_tells_that_a_rule_is_in_preview() -> None:
    text = rule_pages.page(changed(PROMOTIONAL, preview=True), NOTHING)
    assert "- Severity: warning, in preview\n" in text
    assert "It is in preview" in text
    assert "| warning, in preview |" in rule_pages.index([changed(PROMOTIONAL, preview=True)], NOTHING)
    assert "preview" not in rule_pages.page(PROMOTIONAL, NOTHING)


def test_explain_names_the_page_of_a_built_in_rule() -> None:
    said = "".join(catalogue.explanation(BY_NAME["claims/promotional"], NOTHING, Style()))
    assert "\nPage:    docs/rules/claims/promotional.md in healthlint's repository\n" in said
    mine = msgspec.structs.replace(PROMOTIONAL, path="house/rules/claims/promotional.yaml")
    assert "Page:" not in "".join(catalogue.explanation(mine, NOTHING, Style()))
