"""Rules -> the table of `healthlint rules` and the page of `healthlint explain`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from healthlint import builtin, examples, rule_options
from healthlint.examples import Article, Example
from healthlint.measure import Figure, shared_kinds
from healthlint.measured import Measured
from healthlint.plain import count, printable
from healthlint.reports import jsontext
from healthlint.reports.style import Style
from healthlint.rules import Rule

PAGES = "docs/rules"  # where the repository keeps a page for each built-in rule

_MOST_ITEMS = 5  # of an option that are shown
_HEADER = ("rule", "severity", "fix", "precision", "recall", "asks")


def table(rules: Sequence[Rule], measured: Measured, style: Style) -> Iterator[str]:
    """A line for each rule: name, severity, how precise it is and how much it finds, summary."""
    rows = [
        (
            rule.name,
            rule.severity.value,
            rule.file.fix.applicability.value if rule.file.fix else "",
            *(_short(figure) for figure in measured.figures(rule)),
            printable(rule.file.summary) + (" (preview)" if rule.file.preview else ""),
        )
        for rule in rules
    ]
    widths = [max(map(len, column)) for column in zip(_HEADER, *rows, strict=True)]
    yield style.bold(_line(_HEADER, widths)) + "\n"
    for rule, row in zip(rules, rows, strict=True):
        severity = style.marked(f"{row[1]:<{widths[1]}}", rule.severity)
        line = _line(row, widths)
        start = widths[0] + 2
        yield f"{line[:start]}{severity}{line[start + widths[1] :]}\n"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    aligned = ("<", "<", "<", ">", ">")
    cells = (f"{cell:{side}{width}}" for cell, side, width in zip(row, aligned, widths, strict=False))
    return "  ".join((*cells, row[-1]))


def _short(figure: Figure) -> str:
    """'95 %', 'few' where that many marks say nothing, '-' where there are none."""
    if figure.is_enough:
        return f"{figure.percent} %"
    return "few" if figure.whole else "-"


def as_json(rules: Iterable[Rule], measured: Measured) -> Iterator[str]:
    """The rules as a JSON array."""
    yield jsontext.written([_plain(rule, measured) for rule in rules], indent=2) + "\n"


def _plain(rule: Rule, measured: Measured) -> dict[str, Any]:
    precision, recall = measured.figures(rule)
    return {
        "code": rule.name,
        "name": rule.name.rpartition("/")[2],
        "category": rule.category,
        "severity": rule.severity.value,
        "preview": rule.file.preview,
        "fix": {"applicability": rule.file.fix.applicability.value, "summary": rule.file.fix.summary}
        if rule.file.fix
        else None,
        "summary": rule.file.summary.strip(),
        "why": " ".join(rule.file.why.split()),
        "source": {"name": rule.file.source.name, "url": rule.url},
        "precision": _plain_figure(precision, "right", "given"),
        "recall": _plain_figure(recall, "found", "must"),
        "shared": [
            {
                "kind": kind,
                "with": list(others),
                "recall": _plain_figure(measured.kind(kind).own_recall(hints=True), "found", "must"),
            }
            for kind, others in shared_kinds(rule.name).items()
        ],
        "measured_on": measured.sets(rule),
    }


def _plain_figure(figure: Figure, part: str, whole: str) -> dict[str, int | float | None]:
    """Its counts, and a ratio where there are enough to give one."""
    ratio = round(figure.part / figure.whole, 3) if figure.is_enough else None
    return {part: figure.part, whole: figure.whole, "ratio": ratio}


def explanation(rule: Rule, measured: Measured, style: Style) -> Iterator[str]:
    """All that a rule's file knows."""
    file, preview = rule.file, ", in preview" if rule.file.preview else ""
    yield f"{style.bold(rule.name)} ({style.marked(rule.severity, rule.severity)}{preview})\n\n"
    for part in (file.summary, file.why):
        yield "\n".join(style.wrapped(printable(part))) + "\n\n"
    yield f"Source:  {printable(file.source.name)}\n         {printable(file.source.url)}\n"
    yield f"Message: {printable(file.message)}\n"
    if file.fix:
        yield f"Fix:     {file.fix.applicability}: {printable(file.fix.summary)}\n"
    yield f"Check:   {file.check}\n"
    yield f"File:    {printable(rule.path)}\n"
    if builtin.folder() in Path(rule.path).resolve().parents:
        yield f"Page:    {PAGES}/{rule.name}.md in healthlint's repository\n"
    yield from _measured(rule, measured)
    yield from _options(rule, style)
    for title, key in (("Flagged:", "flagged"), ("Clean:", "clean")):
        yield f"\n{style.bold(title)}\n"
        for example in examples.of(rule):
            if example.key.startswith(key):
                yield "\n" + "".join(f"  {line}\n" for line in _example(example, style))
    if file.with_:
        written = yaml.safe_dump(
            file.with_, sort_keys=False, allow_unicode=True, width=style.width, default_flow_style=False
        )
        yield "\nWith:\n" + "".join(f"  {printable(line)}\n" for line in written.splitlines())


def _options(rule: Rule, style: Style) -> Iterator[str]:
    """What a configuration may change, with what it may be and what it is."""
    found, values = rule_options.options(type(rule.check)), rule_options.values(rule)
    if not found:
        return
    yield f"\n{style.bold('Options')} (in .healthlint.yaml: options: {{{rule.name}: {{...}}}}):\n\n"
    names = [f"[{rule_options.EXTEND}]{name}" if one.adds_up else name for name, one in found.items()]
    widths = [max(map(len, names)), min(30, max(len(one.words) for one in found.values()))]
    for shown, (name, one) in zip(names, found.items(), strict=True):
        yield f"  {shown:<{widths[0]}}  {one.words:<{widths[1]}}  {_short_value(values[name])}".rstrip() + "\n"


def _short_value(value: Any) -> str:
    if isinstance(value, list | tuple | dict) and len(value) > _MOST_ITEMS:
        return f"({len(value)} entries)"
    return printable(json.dumps(value, ensure_ascii=False)) if value not in (None, [], (), {}) else "-"


def _measured(rule: Rule, measured: Measured) -> Iterator[str]:
    """What is known of a rule's accuracy, set by set, and of the kinds of marks that it answers with other rules."""
    title = "Measured:"
    for line in (*_by_set(rule, measured), *_shared(rule, measured)):
        yield f"{title} {printable(line)}\n"
        title = " " * len(title)


def _by_set(rule: Rule, measured: Measured) -> Iterator[str]:
    precision, recall = measured.figures(rule)
    if not (precision.is_enough or recall.is_enough):
        given, must = count(precision.whole, "finding"), count(recall.whole, "mark")
        yield f"too little to give a ratio ({given}, {must} to meet)"
        return
    for name in measured.sets(rule):
        figures = zip(("precision", "recall"), measured.figures(rule, name), strict=True)
        if parts := [f"{what} {figure.part} of {figure.whole}" for what, figure in figures if figure.whole]:
            yield f"{', '.join(parts)} on {name} (tuned)"


def _shared(rule: Rule, measured: Measured) -> Iterator[str]:
    for kind, others in shared_kinds(rule.name).items():
        figure = measured.kind(kind).own_recall(hints=True)
        if figure.whole:
            yield f"with {', '.join(others)}: recall {figure.part} of {figure.whole} of {kind}"


def _example(example: Example, style: Style) -> Iterator[str]:
    """The rows of an example; where it has several articles, each under its name."""
    for index, article in enumerate(example.articles):
        if len(example.articles) > 1:
            yield from [""] * (index > 0)
            yield style.dim(f"{printable(article.name)}:")
        yield from _article(article, example.rule, style)
        yield from (style.dim(f"{printable(link)}: {answer}") for link, answer in article.answers.items())


def _article(article: Article, rule: Rule, style: Style) -> Iterator[str]:
    """The rows of an article, with carets under the words that the rule marks."""
    start = 0
    for row in article.text.rstrip().split("\n"):
        end = start + len(row)
        yield printable(row)
        carets = [" "] * len(row)
        for span in article.expected:
            low, high = max(start, span.start), min(end, span.end)
            carets[low - start : high - start] = "^" * max(0, high - low)
        if "^" in carets:
            yield style.marked("".join(carets).rstrip(), rule.severity)
        start = end + 1
