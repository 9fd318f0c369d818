"""A Measure -> the tables of `healthlint measure`, what to mend, or JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from healthlint.measure import Alarm, Counts, Figure, Measure, Missed
from healthlint.plain import count, printable, shortened, squeezed
from healthlint.reports import jsontext
from healthlint.reports.json import plain
from healthlint.reports.style import Style, shown_name
from healthlint.rules import Severity

SHOWN = ("missed", "false", "info")  # what may be listed below the tables

_LONGEST = 600  # characters of a quoted paragraph: labels mark rows, and some articles have a paragraph in a row

_Row = Sequence[str]
_GROUP_HEADER = ("group", "recall", "", "hinted", "precision", "", "info")
_KIND_HEADER = ("kind that several rules answer, or none", "recall", "", "hinted", "by group")
_RULE_HEADER = ("rule", "precision", "", "info", "recall", "", "hinted", "by group")


def text(measure: Measure, shown: Collection[str], style: Style) -> Iterator[str]:
    """The tables by group and by rule, false alarms on good articles, and the lists that `shown` names."""
    yield f"{count(measure.articles, 'article')}, {measure.words:,} words\n\n"
    rows = [_group_row(group, counts) for group, counts in measure.groups.items()]
    yield from _table(_GROUP_HEADER, rows, style)
    rules = [(name, counts) for name, counts in measure.rules.items() if counts != Counts()]
    if rules:
        yield "\n"
        yield from _table(_RULE_HEADER, [_rule_row(name, counts) for name, counts in rules], style)
    if measure.kinds:
        yield "\n"
        rows = [_kind_row(name, counts) for name, counts in sorted(measure.kinds.items())]
        yield from _table(_KIND_HEADER, rows, style)
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
    yield jsontext.written(measure.plain() | listed, indent=2) + "\n"


def _group_row(group: str, counts: Counts) -> _Row:
    return (
        group,
        *_cells(counts.recall()),
        _more(counts.hinted),
        *_cells(counts.precision()),
        _of(counts.precision(hints=True)),
    )


def _rule_row(name: str, counts: Counts) -> _Row:
    return (
        name,
        *_cells(counts.precision()),
        _of(counts.precision(hints=True)),
        *_cells(counts.own_recall()),
        _more(counts.own_hinted),
        _of(counts.recall()),
    )


def _kind_row(name: str, counts: Counts) -> _Row:
    return name, *_cells(counts.own_recall()), _more(counts.own_hinted), _of(counts.recall())


def _cells(figure: Figure) -> tuple[str, str]:
    """'23 of 24' and '95 %'; nothing for none of none."""
    return _of(figure), f"{figure.percent} %" if figure.whole else ""


def _of(figure: Figure) -> str:
    return f"{figure.part} of {figure.whole}" if figure.whole else ""


def _more(number: int) -> str:
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
    yield f"\n{style.bold(place)}: missed {label.name}{note}\n"
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
