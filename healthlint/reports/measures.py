"""A Measure -> the tables of `healthlint measure`, what to mend, or JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

import msgspec

from healthlint.measure import Alarm, Counts, Measure, Missed, shares
from healthlint.plain import count, printable, shortened, squeezed
from healthlint.reports.json import plain
from healthlint.reports.style import Style, shown_name
from healthlint.rules import Severity

SHOWN = ("missed", "false", "info")  # what may be listed below the tables

_LONGEST = 600  # characters of a quoted paragraph: labels mark rows, and some articles have a paragraph in a row

_Row = Sequence[str]
_GROUP_HEADER = ("group", "recall", "", "hinted", "precision", "", "info")
_RULE_HEADER = ("rule", "precision", "", "info", "recall", "", "hinted", "by group")


def text(measure: Measure, shown: Collection[str], style: Style) -> Iterator[str]:
    """The tables by group and by rule, false alarms on good articles, and the lists that `shown` names."""
    yield f"{count(measure.articles, 'article')}, {measure.words:,} words\n\n"
    rows = [_group_row(group, counts) for group, counts in measure.groups.items()]
    yield from _table(_GROUP_HEADER, rows, style)
    rules = [(name, counts) for name, counts in measure.rules.items() if counts != Counts()]
    if rules:
        yield "\n"
        yield from _table(_RULE_HEADER, [_rule_row(name, counts, shares(name)) for name, counts in rules], style)
        if any(shares(name) and counts.must for name, counts in rules):
            yield "* the rows of a kind that several rules answer, and those that any of them found\n"
    yield from _unanswered(measure)
    yield from _good(measure)
    yield from _lists(measure, shown, style)


def as_json(measure: Measure) -> Iterator[str]:
    """All of it as one JSON object: the counts, the rows that were missed and the findings that are false."""
    listed = {
        "missed": [
            {"filename": missed.filename, "words": missed.words, "beside": missed.beside}
            | msgspec.to_builtins(missed.label)
            for missed in measure.missed
        ],
        "false": [{**plain(alarm.finding), "words": alarm.words} for alarm in measure.alarms],
    }
    yield json.dumps(measure.plain() | listed, indent=2) + "\n"


def _group_row(group: str, counts: Counts) -> _Row:
    return (
        group,
        *_ratio(counts.met, counts.must),
        _some(counts.hinted),
        *_ratio(counts.right, counts.given),
        _ratio(counts.info_right, counts.info_given)[0],
    )


def _rule_row(name: str, counts: Counts, shares: bool) -> _Row:
    own, percent = _ratio(counts.own, counts.must)
    return (
        name,
        *_ratio(counts.right, counts.given),
        _ratio(counts.info_right, counts.info_given)[0],
        f"{own}*" if own and shares else own,
        percent,
        _some(counts.own_hinted),
        _ratio(counts.met, counts.must)[0],
    )


def _ratio(part: int, whole: int) -> tuple[str, str]:
    """'23 of 24' and '96 %'; nothing of nothing."""
    return (f"{part} of {whole}", f"{100 * part // whole} %") if whole else ("", "")


def _some(number: int) -> str:
    return f"+{number}" if number else ""


def _table(header: _Row, rows: Sequence[_Row], style: Style) -> Iterator[str]:
    """Columns as wide as their widest cell; the first one is aligned to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    for index, row in enumerate((header, *rows)):
        first, *others = (
            f"{cell:<{width}}" if at == 0 else f"{cell:>{width}}"
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        line = "  ".join((first, *others)).rstrip()
        yield (style.bold(line) if index == 0 else line) + "\n"


def _unanswered(measure: Measure) -> Iterator[str]:
    if measure.unanswered:
        kinds = ", ".join(f"{printable(kind)} ({number})" for kind, number in sorted(measure.unanswered.items()))
        yield f"\nmust be marked, and no rule is named for it: {kinds}\n"


def _good(measure: Measure) -> Iterator[str]:
    good = measure.good
    if good.articles:
        yield (
            f"\n{count(good.articles, 'good article')}: {count(good.false, 'false alarm')} in {good.words:,} words"
            f" = {good.rate:.2f} per 1,000 words; {good.false_other} of groups beyond the five\n"
        )


def _lists(measure: Measure, shown: Collection[str], style: Style) -> Iterator[str]:
    if "missed" in shown:
        for missed in measure.missed:
            yield from _missed(missed, style)
    for alarm in measure.alarms:
        if ("info" if alarm.finding.severity is Severity.INFO else "false") in shown:
            yield from _alarm(alarm, style)


def _missed(missed: Missed, style: Style) -> Iterator[str]:
    label = missed.label
    place = shown_name(missed.filename) + ("" if label.of_document else f":{label.first}")
    note = f" ({squeezed(printable(label.note))})" if label.note else ""
    yield f"\n{style.bold(place)}: missed {label.group}/{label.kind}{note}\n"
    yield from _quoted(missed.words, style)
    if missed.beside:
        yield f"  marked there: {', '.join(missed.beside)}\n"


def _alarm(alarm: Alarm, style: Style) -> Iterator[str]:
    found = alarm.finding
    place = f"{shown_name(found.filename)}:{found.location.row}:{found.location.column}"
    what = "false hint" if found.severity is Severity.INFO else "false"
    yield f"\n{style.bold(place)}: {what} {found.code}\n"
    if found.scope == "span":
        yield from _quoted(alarm.words, style)
    yield from (f"{line}\n" for line in style.wrapped(found.message, "  "))


def _quoted(words: str, style: Style) -> Iterator[str]:
    if quote := shortened(squeezed(printable(words)), _LONGEST):
        yield from (f"{style.dim(line)}\n" for line in style.wrapped(f'"{quote}"', "  "))
