"""Strings that a regular expression cannot match without, and the blocks in which they stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import documents
from healthlint.analysis import Analysis, attributions, cms_lines, leftovers, provenance
from healthlint.analysis.candidates import Candidates
from healthlint.analysis.literals import literals


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("lorem ipsum", {"lorem ipsum"}),
        ("cats?", {"cat"}),
        ("cat|dog", {"cat", "dog"}),
        ("categor(?:y|ies)", {"category", "categories"}),
        (r"as an? (?:ai|gp)\b", {"as a ai", "as an ai", "as a gp", "as an gp"}),
        (r"\bkelp\b.{0,9}garlic", {"garlic"}),
        (r"(?i:KELP)", {"kelp"}),
        (r"x{3}y", {"xxxy"}),
        (r"(?:ab){2,}", {"abab"}),
        (r"[Ii]n short", {"in short"}),
        (r"(?<=the )kelp(?! is)", {"kelp"}),
        ("(?:an? )?ai", {"ai"}),
    ],
)  # fmt: skip
def test_literals(pattern: str, strings: set[str]) -> None:
    assert literals(re.compile(pattern)) == strings


@pytest.mark.parametrize("pattern", [r"\w+", ".*", "(?:kelp)?", "a*|b", r"[a-z]{4}", "kelp|"])
def test_patterns_that_can_do_without_any(pattern: str) -> None:
    assert literals(re.compile(pattern)) is None


def patterns_of(*modules: object) -> list[re.Pattern[str]]:
    found = [value for module in modules for value in vars(module).values() if isinstance(value, re.Pattern)]
    kinds = (*leftovers.CHAT, *leftovers.TEMPLATE, *leftovers.PLACEHOLDER, *leftovers.MOJIBAKE)
    return [*found, *(kind.pattern for kind in kinds)]


REAL = [pattern for pattern in patterns_of(attributions, cms_lines, provenance) if literals(pattern) is not None]


@given(st.data())
def test_whatever_matches_holds_a_literal(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(REAL))
    try:
        text = data.draw(st.from_regex(pattern))
    except Exception:  # noqa: BLE001 - not every pattern can be turned round
        return
    if pattern.search(text):
        assert any(string in text.casefold() for string in literals(pattern) or ())


def test_real_patterns_are_among_the_tested() -> None:
    assert len(REAL) > 20


ARTICLE = "# Kelp\n\nGarlic is a BULB.\n\nKelp is not; İ is a letter.\n\n- a bulb\n- ſalt\n"


def texts(article: str) -> list[str]:
    return [block.text for block in documents.read("a.md", article.encode()).blocks]


@pytest.mark.parametrize("times", [1, 2])  # at first by search, then by the scan for all literals that were asked for
def test_the_texts_that_hold_a_literal(times: int) -> None:
    for _ in range(times):
        found = Candidates(texts(ARTICLE))
        assert list(found.of(re.compile("bulb", re.IGNORECASE))) == [1, 3]
        assert list(found.of(re.compile("kelp|garlic", re.IGNORECASE))) == [0, 1, 2]
        assert list(found.of(re.compile("salt", re.IGNORECASE))) == [4]
        assert list(found.of(re.compile("nowhere"))) == []
        assert list(found.of(re.compile(r"\w"))) == [0, 1, 2, 3, 4]


def test_no_literal_reaches_over_the_end_of_a_text() -> None:
    found = Candidates(texts("One kelp\n\nis here.\n"))
    assert list(found.of(re.compile("kelp is"))) == []
    assert list(found.of(re.compile("kelp.is"))) == [0]  # 'kelp' alone: the rest may be anything


def test_blocks_and_sentences_that_hold_a_literal() -> None:
    analysis = Analysis(documents.read("a.md", b"# T\n\nKelp is. Garlic is.\n\nNothing is.\n\nNo kelp.\n"))
    kelp = re.compile("kelp", re.IGNORECASE)
    assert list(analysis.blocks_with(kelp)) == [1, 3]
    assert [sentence.text for sentence in analysis.sentences_with(kelp)] == ["Kelp is.", "No kelp."]
