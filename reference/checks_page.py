"""The checks, with the fields that a rule of each fills in, as a page of Markdown."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from accuracy.markdown import code, link, literal, literal_but_code, paragraph, table
from healthlint import checks, documents, examples, rules
from healthlint.analysis import Analysis
from healthlint.findings import COPY_WORDS
from healthlint.linked import LINK_WORDS
from healthlint.rules import Rule
from reference import fields

_INTRODUCTION = """\
<!-- Written by `python -m reference`; do not edit. -->

# Checks

A check is a way of looking at an article, without an opinion. The file of a rule names one under `check`, and fills in
its fields under `with`: [write your own rules](own-rules.md) walks through it. `{quote}`, the marked words, can stand
in the message of any rule; what else a check fills in is told with it.

For words of your own the plainest are [`terms`](#terms), words for which there are better ones, [`claims`](#claims),
sentences that assert something and do not support it, and [`presence`](#presence), what an article must say somewhere.
Most others look for one thing of their own, and their fields are what can be changed about it. The words of the
built-in rules are in their files; each links to its page here, and that to the file.

Names and fields of checks may still change before 1.0; [stability](stability.md) says what does not.

"""


def page() -> str:
    """The page."""
    by_check: dict[str, list[Rule]] = defaultdict(list)
    for rule in _rules():
        by_check[rule.file.check].append(rule)
    return (
        _INTRODUCTION + "\n".join("".join(_section(name, by_check[name])) for name in checks.names())
    ).rstrip() + "\n"


def _rules() -> Iterator[Rule]:
    for name, path in rules.all_available().items():
        yield rules.load(name, path)


def _section(name: str, of_check: Sequence[Rule]) -> Iterator[str]:
    kind = checks.named(name)
    yield f"## {name}\n\n"
    what, _, _ = (inspect.getmodule(kind).__doc__ or "").partition("\n\n")
    yield paragraph(literal_but_code(what)) + "\n"
    yield paragraph(literal_but_code(_of_class(kind))) + "\n"
    if of_check:
        yield (
            paragraph("Rules: " + ", ".join(link(code(rule.name), f"rules/{rule.name}.md") for rule in of_check)) + "\n"
        )
    if filled := _filled(of_check):
        yield paragraph("Fills in: " + ", ".join(code(f"{{{word}}}") for word in filled)) + "\n"
    yield from _table(kind)
    for field, part in fields.inner(kind):
        yield "\n" + paragraph(f"An entry of {code(field)}: {literal_but_code(_of_class(part))}") + "\n"
        yield from _table(part)


def _of_class(kind: type) -> str:
    return " ".join((inspect.getdoc(kind) or "").split())


def _table(kind: type[msgspec.Struct]) -> Iterator[str]:
    rows = [(code(one.name), literal(one.value), literal_but_code(one.said), one.default) for one in fields.of(kind)]
    yield table(("field", "value", "what it says", "without it"), rows) if rows else "It has no fields.\n"


def _filled(of_check: Sequence[Rule]) -> list[str]:
    """The words for a message that the check gives, as it does for the examples of its rules."""
    if any(rule.check.compares for rule in of_check):
        return sorted(set(COPY_WORDS) - {"quote"})
    if any(rule.check.follows for rule in of_check):
        return list(LINK_WORDS)
    found: set[str] = set()
    for rule in of_check:
        for example in examples.of(rule):
            for article in example.articles if any(example.expected) else ():
                analysis = Analysis(documents.read(article.name, article.text.encode()))
                found.update(word for match in rule.check.find(analysis) for word in match.words)
    return sorted(found)
