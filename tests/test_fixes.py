"""Fixes do what they say and nothing else, do no harm, and leave nothing to do."""

from __future__ import annotations

import codecs
import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from articles import html, markdown, plain
from conftest import rule
from hypothesis import given
from hypothesis import strategies as st

from accuracy import sets
from healthlint import documents
from healthlint.analysis import Analysis
from healthlint.checks import Check, Match
from healthlint.documents import document as parts
from healthlint.documents.document import Document, Span
from healthlint.edits import Applicability, Edit, Fix, applied, becomes, difference, reworded
from healthlint.findings import Finding, lint
from healthlint.fixes import Fixed, fixed
from healthlint.rules import Rule, RuleFix

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE
RULES = {each.name: each for each in sets.all_rules()}


class Replace(Check, frozen=True):
    """Finds a pattern, and puts other words in its place."""

    pattern: str
    by: str
    also: int = 0  # characters behind it that the edit takes, too
    applicability: Applicability = SAFE

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """Every match of the pattern."""
        for found in re.finditer(self.pattern, analysis.document.text):
            edit = Edit(Span(found.start(), found.end() + self.also), self.by)
            yield Match(Span(*found.span()), fix=Fix(f"write {self.by}", (edit,), self.applicability))


def replacing(name: str, pattern: str, by: str, severity: str = "warning", **options: object) -> Rule:
    plain_rule = rule(name, pattern, severity)
    file = msgspec.structs.replace(plain_rule.file, fix=RuleFix(SAFE, "puts other words in its place"))
    check = Replace(pattern=pattern, by=by, **options)  # type: ignore[arg-type]
    return msgspec.structs.replace(plain_rule, file=file, check=check)


def mended(document: Document, rules: Sequence[Rule], asked: Applicability = SAFE) -> Fixed:
    def again(text: str) -> list[Finding]:
        return lint(documents.read_text(document.path, text, document.format), rules)

    return fixed(document.text, lint(document, rules), again, asked)


def named(*names: str) -> list[Rule]:
    return [RULES[name] for name in names]


# What edits are


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(max_size=40))
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [Span(*pair) for pair in zip(bounds[::2], bounds[1::2], strict=False)]
    return text, [Edit(span, draw(st.text(max_size=5))) for span in spans]


@given(texts_and_edits())
def test_nothing_but_the_edits_changes(given_: tuple[str, list[Edit]]) -> None:
    text, edits = given_
    after, kept, moved = applied(text, edits), 0, 0
    for edit in edits:
        gap = edit.span.start - kept
        assert after[moved : moved + gap] == text[kept : edit.span.start]
        assert after[moved + gap :].startswith(edit.content)
        kept, moved = edit.span.end, moved + gap + len(edit.content)
    assert after[moved:] == text[kept:]


@given(texts_and_edits())
def test_the_whole_text_becomes_the_text_with_its_edits(given_: tuple[str, list[Edit]]) -> None:
    text, edits = given_
    assert becomes(text, edits, Span(0, len(text))) == applied(text, edits)


def test_what_stands_in_the_place_of_some_words() -> None:
    edits = [Edit(Span(0, 4), "x"), Edit(Span(5, 9), ""), Edit(Span(12, 12), "!")]
    assert becomes("one. two.\nyes", edits, Span(5, 8)) == ""
    assert becomes("one. two.\nyes", edits, Span(10, 12)) == "ye!"
    assert becomes("one. two.\nyes", edits, Span(2, 6)) == " "


LINES = st.text(st.sampled_from("ab \r\n\u2028é"), max_size=30)


@given(LINES, LINES)
def test_the_difference_of_two_texts_makes_one_of_the_other(before: str, after: str) -> None:
    edits = difference(before, after)
    assert applied(before, edits) == after
    assert Fix("x", tuple(edits))  # in order and apart
    assert difference(before, before) == []


def test_what_stays_is_no_part_of_a_difference() -> None:
    found = difference("a\nTake 1.0 mg.\nb\nTake .5 mg.\n", "a\nTake 1 mg.\nb\nTake 0.5 mg.\n")
    assert found == [Edit(Span(8, 10), ""), Edit(Span(22, 22), "0")]


def test_words_with_markup_inside_them_are_left_alone() -> None:
    document = html("<h1>A</h1><p>Take 20&nbsp;mg <b>Q</b>D and 10&micro;g</p><p>see https://example.org/QD</p>")
    text = document.blocks[1].text
    assert text == "Take 20 mg QD and 10µg"
    assert reworded(document, document.blocks[1], text.index("QD"), text.index("QD") + 2, "daily") is None
    at = text.index("µ")
    entity = reworded(document, document.blocks[1], at, at + 1, "mc")
    assert entity
    assert document.text[slice(*entity.span)] == "&micro;"
    address = document.blocks[2].text.index("QD")
    bare = markdown("# A\n\nsee https://example.org/QD\n").blocks[1]
    assert bare.links[0].kind is parts.LinkKind.BARE
    assert reworded(markdown("# A\n\nsee https://example.org/QD\n"), bare, address, address + 2, "x") is None


# Which of them are made


def test_of_two_that_overlap_the_first_is_made_and_then_the_other() -> None:
    rules = [replacing("house/a", "ab", "X"), replacing("house/b", "bc", "Y"), replacing("house/x", "Xc", "Z", "info")]
    after = mended(plain("abc and bc"), rules)
    assert after.text == "Z and Y"
    assert [made.code for made in after.made] == ["house/a", "house/b", "house/x"]


def test_a_fix_that_adds_findings_as_severe_is_not_made() -> None:
    bad = replacing("house/bad", "red", "blue")
    assert mended(plain("red and red"), [bad, rule("house/blue", "blue", "warning")]).text == "red and red"
    assert mended(plain("red and red"), [bad, rule("house/blue", "blue", "error")]).text == "red and red"
    assert mended(plain("red and red"), [bad, rule("house/blue", "blue", "info")]).text == "blue and blue"


def test_an_error_is_not_mended_by_a_warning() -> None:
    bad = replacing("house/bad", "red", "blue", "error")
    assert mended(plain("red"), [bad, rule("house/blue", "blue", "warning")]).text == "red"


def test_only_the_harmful_are_taken_back() -> None:
    text = " ".join(f"red{number}" for number in range(40))
    after = mended(plain(text), [replacing("house/bad", "red", "blue"), rule("house/blue", "blue(?:7|21)\\b")])
    assert after.text == re.sub(r"red(?!7\b|21\b)", "blue", text)
    assert len(after.made) == 38


def test_a_fix_that_mends_nothing_is_not_made() -> None:
    assert mended(plain("red"), [replacing("house/bad", "red", "redd")]).text == "red"
    assert (
        mended(plain("red"), [replacing("house/a", "red", "blue"), replacing("house/b", "blue", "red")]).text == "red"
    )


def test_an_article_is_never_emptied() -> None:
    assert mended(plain("red"), [replacing("house/bad", "red", "")]).text == "red"


def test_unsafe_fixes_are_made_if_they_are_asked_for() -> None:
    risky = replacing("house/bad", "red", "blue", applicability=UNSAFE)
    assert mended(plain("red"), [risky]).made == ()
    assert mended(plain("red"), [risky], UNSAFE).text == "blue"


def test_a_rule_says_how_safe_its_fixes_are_at_most() -> None:
    safe = replacing("house/bad", "red", "blue")
    unsafe = msgspec.structs.replace(safe, file=msgspec.structs.replace(safe.file, fix=RuleFix(UNSAFE, "does it")))
    none = msgspec.structs.replace(safe, file=msgspec.structs.replace(safe.file, fix=None))
    assert [f.fix and f.fix.applicability for f in lint(plain("red"), [unsafe])] == [UNSAFE]
    assert [f.fix for f in lint(plain("red"), [none])] == [None]


def test_what_cannot_be_written_back_has_no_fix() -> None:
    document = msgspec.structs.replace(plain("red"), writable=False)
    (found,) = lint(document, [replacing("house/bad", "red", "blue")])
    assert found.fix is None


SILENCED = """\
# Steps

## 1. One

A.

<!-- healthlint-disable numbering -- as in the printed book -->

## 2. Two

B.

## 2. Three

C.
"""


def test_what_is_silenced_is_not_fixed() -> None:
    rules = named("numbering/heading-repeat", "dosing/naked-decimal")
    assert mended(markdown(SILENCED), rules).text == SILENCED
    after = mended(markdown(SILENCED.replace("<!-- ", "<!-- no ")), rules)
    assert "## 3. Three" in after.text


def test_a_fix_leaves_silenced_places_alone() -> None:
    text = SILENCED.replace("<!-- ", "## 1. Uno\n\nU.\n\n<!-- ")
    assert mended(markdown(text), named("numbering/heading-repeat"), UNSAFE).text == text
    assert "## 4. Three" in mended(markdown(text.replace("<!-- ", "<!-- no ")), named("numbering/heading-repeat")).text


@pytest.mark.parametrize("word", ["", "Step ", "Part "])
def test_a_gap_between_headings_is_numbered_anew_by_an_unsafe_fix(word: str) -> None:
    """What is missing may be a section that was lost."""
    text = f"# Iron\n\n## {word}1. Tests\n\nOne.\n\n## {word}2. Tablets\n\nTwo.\n\n## {word}4. Food\n\nThree.\n"
    rules = named("numbering/heading-gap")
    assert [each.fix and each.fix.applicability for each in lint(markdown(text), rules)] == [UNSAFE]
    assert mended(markdown(text), rules).text == text
    assert f"## {word}3. Food" in mended(markdown(text), rules, UNSAFE).text
    doubled = text.replace("4. Food", "2. Food")
    assert f"## {word}3. Food" in mended(markdown(doubled), named("numbering/heading-repeat")).text


# What rules make of articles


@dataclass
class Case:
    before: str
    after: str
    form: str = "markdown"


DOSE = "# Doses of warfarin\n\n"
CASES = {
    "a dose inside emphasis and a link": Case(
        DOSE + "Take **5.0 mg** or [.5 mg](/x) of warfarin.", DOSE + "Take **5 mg** or [0.5 mg](/x) of warfarin."
    ),
    "a range": Case(DOSE + "Take 5.0 to 10.0 mg of warfarin.", DOSE + "Take 5 to 10 mg of warfarin."),
    "an entity in a dose": Case(
        "<h1>Warfarin</h1><p>Take 5.0&nbsp;mg&nbsp;QD with water.</p>",
        "<h1>Warfarin</h1><p>Take 5&nbsp;mg&nbsp;once a day with water.</p>",
        "html",
    ),
    "the end of a sentence": Case(DOSE + "Take 5 mg b.i.d.", DOSE + "Take 5 mg twice a day."),
    "one unit": Case(
        "Insulin\n\nInject 1U, then 10IU of insulin.",
        "Insulin\n\nInject 1 unit, then 10 international units of insulin.",
        "text",
    ),
    "before a noun": Case(DOSE + "Start 5 mg BID dosing.", DOSE + "Start 5 mg BID dosing."),
    "a quotation": Case(DOSE + "> Take 5.0 mg of warfarin.", DOSE + "> Take 5.0 mg of warfarin."),
    "a capital and an article": Case(
        "# Help\n\nAn addict who quits, and diabetics.",
        "# Help\n\nA person with addiction who quits, and people with diabetes.",
    ),
    "part of a longer name": Case(
        "# Help\n\nMeth addicts and an addict mother.", "# Help\n\nMeth addicts and an addict mother."
    ),
    "wrapped words": Case("# Help\n\nShe has committed\nsuicide.", "# Help\n\nShe has died by suicide."),
    "a list and what is in it": Case(
        "# Steps\n\nDo this:\n\n1. a cup\n2. a pan\n   - small\n2. a lid\n3. a stove\n",
        "# Steps\n\nDo this:\n\n1. a cup\n2. a pan\n   - small\n3. a lid\n4. a stove\n",
    ),
    "a number that the text speaks of": Case(
        "# Steps\n\n1. a cup\n2. a pan\n2. a lid\n3. a stove\n\nThen go back to step 2.\n",
        "# Steps\n\n1. a cup\n2. a pan\n2. a lid\n3. a stove\n\nThen go back to step 2.\n",
    ),
    "a step that may be lost": Case(
        "Steps\n\n1. a cup\n2. a pan\n4. a lid\n", "Steps\n\n1. a cup\n2. a pan\n4. a lid\n", "text"
    ),
    "a number that would be longer than its item is indented": Case(
        "# List\n\n" + "".join(f"{n}. item {'abcdefghij'[n - 1]}\n" for n in range(1, 10)) + "9. ten\n   - inside\n",
        "# List\n\n" + "".join(f"{n}. item {'abcdefghij'[n - 1]}\n" for n in range(1, 10)) + "9. ten\n   - inside\n",
    ),
    "lines at the end": Case("# Ears\n\nKeep it dry.\n\nLeave a Reply\n", "# Ears\n\nKeep it dry.\n"),
    "lines between others": Case(
        "# Ears\n\nKeep it dry.\n\nAdvertisement\n\nUse drops.\n", "# Ears\n\nKeep it dry.\n\nUse drops.\n"
    ),
    "lines that end as in Windows": Case(
        "# Ears\r\n\r\nKeep it dry.\r\n\r\nAdvertisement\r\n\r\nUse drops.\r\n",
        "# Ears\r\n\r\nKeep it dry.\r\n\r\nUse drops.\r\n",
    ),
    "a line with a date": Case(
        "# Ears\n\nKeep it dry.\n\nPosted on May 3, 2021 by admin\n",
        "# Ears\n\nKeep it dry.\n\nPosted on May 3, 2021 by admin\n",
    ),
    "a paragraph of HTML": Case(
        "<article><h1>Ears</h1>\n<p>Keep it <b>dry</b>.</p>\n<p>Published by admin</p>\n<p>Use drops.</p></article>",
        "<article><h1>Ears</h1>\n<p>Keep it <b>dry</b>.</p>\n<p>Use drops.</p></article>",
        "html",
    ),
    "tags in front matter": Case(
        "---\ntags: [skin, 'feet', Skin, \"feet\"]\n---\n\n# Warts\n\nA virus.\n",
        "---\ntags: [skin, 'feet']\n---\n\n# Warts\n\nA virus.\n",
    ),
    "a link in MDX": Case(
        "# Map\n\nSee [*our* map](TODO).", "# Map\n\nSee *our* map{/* link missing: TODO */}.", "mdx"
    ),
    "a link whose target would end the comment": Case(
        "# Map\n\nSee [our map](TODO-->x).", "# Map\n\nSee our map<!-- link missing -->."
    ),
    "a heading with a line below it": Case(
        "Diabetics\n=========\n\nCommitted suicide\n-----------------\n\nFor diabetics.\n",
        "Diabetics\n=========\n\nDied by suicide\n-----------------\n\nFor people with diabetes.\n",
        "rst",
    ),
    "generic names": Case(
        "# Pills\n\nTake Ibuprofen, then **Ibuprofen** and later Naproxen. Ibuprofen helps.\n",
        "# Pills\n\nTake ibuprofen, then **ibuprofen** and later naproxen. Ibuprofen helps.\n",
    ),
}
_FORMS = {"markdown": "a.md", "mdx": "a.mdx", "html": "a.html", "text": "a.txt", "rst": "a.rst"}
FIXING = [each for each in RULES.values() if each.file.fix]


@pytest.mark.parametrize("name", CASES)
def test_makes_of_an_article(name: str) -> None:
    case = CASES[name]
    document = documents.read(_FORMS[case.form], case.before.encode())
    assert mended(document, FIXING).text == case.after


COPIES = {
    "a sentence": ("Rinse your mouth and spit after every puff of the steroid. ", ""),
    "a paragraph": (
        "",
        "Rinse your mouth and spit after every puff of the steroid, and then wait for half an hour.\n\n",
    ),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_second_copy_is_deleted_by_an_unsafe_fix(name: str) -> None:
    sentence, paragraph = COPIES[name]
    once = f"# Inhaler\n\n## Using it\n\n{paragraph}Shake it first. {sentence}Breathe slowly.\n\n## Caring for it\n\n"
    twice = f"{once}{paragraph}Wash the spacer once a month. {sentence}Let it drip dry.\n"
    rules = named("duplication/duplicate-sentence", "duplication/duplicate-paragraph")
    assert mended(markdown(twice), rules).text == twice
    assert mended(markdown(twice), rules, UNSAFE).text == f"{once}Wash the spacer once a month. Let it drip dry.\n"


def test_a_term_is_no_second_copy_without_its_meaning() -> None:
    text = "<h1>Effects</h1><dl><dt>Drooling</dt><dd>At night.</dd><dt>Drooling</dt><dd>Use a towel.</dd></dl>"
    assert mended(html(text), named("duplication/duplicate-item"), UNSAFE).text == text


# The set of rules


@pytest.mark.parametrize("one", FIXING, ids=lambda one: one.name)
def test_a_rule_that_fixes_states_it_in_its_examples(one: Rule) -> None:
    from healthlint import examples

    if one.name != "disclaimers/missing-medical-disclaimer":  # which puts in what a configuration has
        assert any(examples.states_a_fix(example) for example in examples.of(one))


# Articles as they are


ARTICLES = [found.article for found in sets.articles(sets.CORPUS)]
ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
ENDS = ["\n", "\r\n", "\r"]


def counts(found: Sequence[Finding], least: int) -> Counter[str]:
    return Counter(each.code for each in found if each.severity.weight >= least)


def structure(document: Document) -> list[tuple[str, int]]:
    return [(block.kind.value, block.level) for block in document.blocks if block.kind is parts.Kind.HEADING]


@pytest.mark.parametrize("number", range(len(ARTICLES)), ids=[path.name for path in ARTICLES])
def test_of_an_article_fewer_findings_are_left_and_none_is_new(number: int) -> None:
    path = ARTICLES[number]
    text = path.read_text("utf-8").replace("\n", ENDS[number % 3])
    rules = list(RULES.values())
    document = documents.read(str(path), text.encode())
    before = lint(document, rules)
    for asked in (SAFE, UNSAFE):
        after = mended(document, rules, asked)
        again = documents.read(str(path), after.text.encode())
        left = lint(again, rules)
        assert not counts(left, 1) - counts(before, 1)
        assert (len(left) < len(before)) == bool(after.made)
        assert (after.text == text) == (not after.made)
        assert mended(again, rules, asked).text == after.text
        if asked is SAFE:
            assert structure(again) == structure(document)
        assert Counter(re.findall(r"\r\n|\r|\n", after.text)).keys() <= {ENDS[number % 3]}


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\ufeff"), min_size=1), st.sampled_from(sorted(ENCODINGS))
)
def test_bytes_are_written_in_the_encoding_that_they_were_read_in(text: str, encoding: str) -> None:
    data = ENCODINGS[encoding] + text.encode("utf-8" if encoding == "utf-8-sig" else encoding)
    assert documents.encoded(documents.decoded(data), data) == data
    assert documents.decoded(documents.encoded(text + "é", data)) == text + "é"


WORDS = st.sampled_from(
    [
        *["Take 5.0 mg QD", ".5 mg", "10U of insulin", "100000 units", "warfarin tablets", "Step 2: x"],
        *["1. One", "2. Two", "2. Three", "## 3. Go", "## 3. Stop", "[map](#)", "tags: [a, b, a]", "---\n"],
        *["\n\n", "\n", "\r\n", " ", "> ", "- ", "**", "`", "<p>", "</p>", "&nbsp;", "é", "🙂"],
        *["Leave a Reply", "Advertisement", "committed suicide", "An addict", "diabetics"],
    ]
)


@given(st.lists(WORDS, max_size=30).map("".join), st.sampled_from(["a.md", "a.html", "a.txt"]))
def test_whatever_an_article_is_its_fixes_come_to_an_end(text: str, name: str) -> None:
    if not text.strip():
        return
    document = documents.read(name, text.encode())
    before = lint(document, FIXING)
    after = mended(document, FIXING, UNSAFE)
    if not after.text.strip():
        pytest.fail("an article was emptied")
    again = documents.read(name, after.text.encode())
    assert mended(again, FIXING, UNSAFE).text == after.text
    assert not counts(lint(again, FIXING), 1) - counts(before, 1)
    if not after.made:
        assert list(difflib.ndiff([text], [after.text])) == [f"  {text}"]


def test_articles_are_there() -> None:
    assert len(ARTICLES) > 20
    assert any(Path(path).suffix == ".html" for path in ARTICLES)
