"""Rules -> the table of `healthlint rules` and the page of `healthlint explain`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml

from healthlint import examples
from healthlint.examples import Example
from healthlint.plain import printable
from healthlint.reports.style import Style
from healthlint.rules import Rule


def table(rules: Sequence[Rule], style: Style) -> Iterator[str]:
    """A line for each rule: name, severity, summary."""
    width = max((len(rule.name) for rule in rules), default=0)
    for rule in rules:
        preview = " (preview)" if rule.file.preview else ""
        severity = style.marked(f"{rule.severity.value:<7}", rule.severity)
        yield f"{rule.name:<{width}}  {severity}  {printable(rule.file.summary)}{preview}\n"


def as_json(rules: Iterable[Rule]) -> Iterator[str]:
    """The rules as a JSON array."""
    yield json.dumps([_plain(rule) for rule in rules], indent=2) + "\n"


def _plain(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.name,
        "name": rule.name.rpartition("/")[2],
        "category": rule.category,
        "severity": rule.severity.value,
        "preview": rule.file.preview,
        "summary": rule.file.summary.strip(),
        "why": " ".join(rule.file.why.split()),
        "source": {"name": rule.file.source.name, "url": rule.url},
    }


def explanation(rule: Rule, style: Style) -> Iterator[str]:
    """All that a rule's file knows."""
    file, preview = rule.file, ", in preview" if rule.file.preview else ""
    yield f"{style.bold(rule.name)} ({style.marked(rule.severity, rule.severity)}{preview})\n\n"
    for part in (file.summary, file.why):
        yield "\n".join(style.wrapped(printable(part))) + "\n\n"
    yield f"Source:  {printable(file.source.name)}\n         {printable(file.source.url)}\n"
    yield f"Message: {printable(file.message)}\n"
    yield f"Check:   {file.check}\n"
    yield f"File:    {printable(rule.path)}\n"
    for title, key in (("Flagged:", "flagged"), ("Clean:", "clean")):
        yield f"\n{style.bold(title)}\n"
        for example in examples.of(rule):
            if example.key.startswith(key):
                yield "\n" + "".join(f"  {line}\n" for line in _article(example, style))
    if file.with_:
        written = yaml.safe_dump(
            file.with_, sort_keys=False, allow_unicode=True, width=style.width, default_flow_style=False
        )
        yield "\nWith:\n" + "".join(f"  {printable(line)}\n" for line in written.splitlines())


def _article(example: Example, style: Style) -> Iterator[str]:
    """The rows of an example, with carets under the words that the rule marks."""
    start = 0
    for row in example.article.rstrip().split("\n"):
        end = start + len(row)
        yield printable(row)
        carets = [" "] * len(row)
        for span in example.expected:
            low, high = max(start, span.start), min(end, span.end)
            carets[low - start : high - start] = "^" * max(0, high - low)
        if "^" in carets:
            yield style.marked("".join(carets).rstrip(), example.rule.severity)
        start = end + 1
