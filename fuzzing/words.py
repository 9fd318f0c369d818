"""Pieces that inputs of a target are mutated by: what rules look for, markup, numbers, and what steers or hides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from fuzzing import broken, seeds
from fuzzing.promises import all_rules
from healthlint import examples

Words = tuple[str, ...]

_SPACES = (*"\n\n\n\n\r\t\u00a0\u200b\u00ad\u2028\x0b\x0c\x85\ufeff", "\n\n", "\r\n", "    ")
STEERING = tuple(
    "\x1b[31m \u202e \u2066 \x07 ::error:: ]]> <script> %0A \0 {{7*7}} \U0001f469\u200d\u2695\ufe0f e\u0301".split(" ")
)
_NUMBERS = (*"0 1. 2) iv. (a) .5 1,000,000 10U ² ١ ½ 2024-02-31 [1] [2-9]".split(), "5.0 mg", ".5 mg", "1" * 30)
_DRUGS = ("warfarin", "metformin 500 mg", "Baclofen", "isotretinoin", "St. John's wort", "insulin", "lisinopril")
_LAYOUT = ("- ", "* ", "• ", "> ", "===\n", "---\n", "Step 2: ", "Section 4. ", "Tags: ", "Sources:\n", "| a | b |\n")
_PUNCTUATION = tuple("[]{}:,&*!|>-?#'\"=")
_MARKS = (*_PUNCTUATION, ": ", "- ", "\n  - ", "'''", '"""', "[[", "]]", "<<: *a", "&a ", "!!binary ", "1e999", "0x_")


@cache
def phrases() -> Words:
    """What rules mark in their examples, and the lines that it stands in."""
    found: dict[str, None] = {}
    for rule in all_rules():
        for example in examples.of(rule):
            for article in example.articles:
                found.update(dict.fromkeys(article.text[slice(*span)] for span in article.expected))
                found.update(dict.fromkeys(article.text.splitlines()[:4]))
    return tuple(phrase for phrase in found if 0 < len(phrase) <= 300)


@cache
def text() -> Words:
    """Of plain text."""
    much = (*_SPACES, *_NUMBERS, *_DRUGS, *_LAYOUT)
    return (*phrases(), *much * 3, *STEERING, *_lines(broken.TEXT))


@cache
def markdown() -> Words:
    """Of Markdown."""
    return (*text(), *_lines(broken.MARKDOWN) * 2, *directives())


@cache
def html() -> Words:
    """Of HTML."""
    return (*text(), *_tags("".join(broken.HTML)) * 3, *_lines(broken.HTML) * 2, *directives())


@cache
def rst() -> Words:
    """Of reStructuredText."""
    return (*text(), *directives(), *(*_lines(broken.RST), ".. note:: ", "::\n\n", "`a <b>`_", "   ") * 4)


@cache
def docx() -> Words:
    """Of the parts of a Word file."""
    names = "document numbering styles footnotes comments endnotes _rels/document.xml.rels ../_rels/.rels".split()
    parts = tuple(f"\n--- word/{name}{'' if name.endswith('.rels') else '.xml'}\n" for name in names)
    tags = _tags(b"".join(seeds.kept("docx")).decode())
    return (*map(seeds.escaped, phrases()), *tags * 20, *parts * 10, *_NUMBERS, *_SPACES)


@cache
def wordpress() -> Words:
    """Of an export."""
    codes = (
        "[gallery]",
        '[caption id="x"]',
        "[/caption]",
        "<!-- wp:p -->",
        "<!--more-->",
        "&lt;p&gt;",
        "&amp;amp;",
        "]]>",
    )
    return (*html(), *(*_tags(seeds.export("")), *codes) * 15)


@cache
def front_matter() -> Words:
    """Of front matter."""
    names = "title author date reviewed tags healthlint ignore until reason profile dose-style".split()
    return (*_keys(names), *_MARKS * 2, *_SPACES, *STEERING, *_NUMBERS)


@cache
def directives() -> Words:
    """Whole comments to healthlint."""
    return tuple(b"".join(seeds.kept("suppressions")).decode().splitlines())


@cache
def suppressions() -> Words:
    """Of comments to healthlint, and what they keep quiet."""
    names = (*(rule.name for rule in all_rules()), *{rule.category: None for rule in all_rules()})
    marks = "<!-- --> -- , until= 2027-01-31 0000-00-00 healthlint-disable healthlint- -next-block".split()
    return (*directives() * 10, *names, *marks * 10, *_SPACES, *markdown()[::8])


@cache
def reports() -> Words:
    """That try to be more than text."""
    return (*html(), *STEERING * 20)


@cache
def config() -> Words:
    """Of configurations."""
    keys = """extend select ignore severity options rules fail-on exclude extend-exclude per-path baseline output-format
    profile dose-style paths tool healthlint most-words extend-but-for""".split()
    values = """error warning info never news drug uk us base.yaml house known.json .healthlint.yaml pyproject.toml
    news/** own own/rule claims language/long-sentence text sarif true false null ~ .nan .inf 1979-05-27
    [tool.healthlint. [[tool.healthlint.per-path]] !!set""".split()
    return (*_keys(keys), *values, *(rule.name for rule in all_rules()), *_MARKS * 3, *_SPACES)


@cache
def rules() -> Words:
    """Of rule files."""
    lines = {f"{line}\n": None for text in seeds.rule_texts() for line in text.splitlines() if len(line) < 120}
    marks = r".. ..5 {study} {nothing} {quote} {0} {a.b} {{ [[ ]] [[a|b]] | ? * + ^ $ \ /a+/ # n't".split()
    return (*lines, *config(), *marks * 10)


def json() -> Words:
    """Of a baseline."""
    keys = ('"version": ', '"findings": ', '"path": ', '"\\ud800"', '"\\u0000"', "[" * 50)
    return (*_PUNCTUATION, *keys, *"1e999 NaN null true -0".split(), "\\")


def labels() -> Words:
    """Of labels."""
    return (*"\t\t\t\n\r#²١\ufeff", "0\t0\t", "9" * 30, "9" * 5000, "claims", "other", "must", "may", "-1")


def gitignore() -> Words:
    """Of patterns of files."""
    return (*"*?[]!#/\\^-{} \n", *"** **/ /** [!a [[:alpha:]] [a- [z-a] a.md news (?i) a{9,}".split(), "\\ ")


def _keys(names: Iterable[str]) -> Words:
    """Keys as YAML and TOML have them."""
    return tuple(f"{name}{mark}" for name in names for mark in (": ", " = "))


def _tags(markup: str) -> Words:
    return tuple(re.findall(r"<[^<>]*>", markup))


def _lines(texts: Iterable[str]) -> Words:
    return tuple(line for text in texts for line in text.splitlines(keepends=True))
