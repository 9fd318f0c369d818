"""Results -> a report made for reading: each finding with its reason and the marked words in their line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint.documents.document import Span
from healthlint.findings import Finding, Place, Result
from healthlint.plain import printable, shortened, squeezed
from healthlint.reports.excerpts import MOST_ROWS, excerpts
from healthlint.reports.style import Style, option_for, shown_name
from healthlint.rules import Severity


def text(results: Iterable[Result], style: Style) -> Iterator[str]:
    """The findings, article by article."""
    for result in results:
        for found in result.findings:
            yield "".join(f"{line}\n" for line in _lines(result, found, style)) + "\n"


def _lines(result: Result, found: Finding, style: Style) -> Iterator[str]:
    place = f"{shown_name(found.filename)}:{found.location.row}:{found.location.column}"
    yield f"{style.bold(place)} {style.marked(found.severity, found.severity)} {style.bold(found.code)}"
    message = style.wrapped(found.message, "  ")
    yield from (style.dim(line) for line in message) if found.severity is Severity.INFO else message
    yield from _source(result, found, style)
    for related in found.related:
        yield from (style.dim(line) for line in style.wrapped(_related(result, related), "  ", "    "))
    if found.fix and (option := option_for(found, style)):
        would = f"{option} would {found.fix.message}"
        yield from (style.dim(line) for line in style.wrapped(would, "  ", "    "))


def _source(result: Result, found: Finding, style: Style) -> Iterator[str]:
    """The marked rows with their numbers; of a finding on the whole article, the title without carets."""
    margin = max(5, len(str(found.end_location.row)) + 2)
    for row, source, carets in excerpts(result.text, found.span, found.location, style.width - margin - 3):
        yield f"{style.dim(f'{row:>{margin}} |')} {source}".rstrip()
        if found.scope == "document":
            return
        yield f"{style.dim(' ' * margin + ' |')} {style.marked(carets, found.severity)}"
    if found.end_location.row - found.location.row >= MOST_ROWS:
        yield style.dim(" " * (margin - 1) + "… |")


def _related(result: Result, place: Place) -> str:
    if place.filename:
        return place.message  # tells where
    quote = _beginning(result.text, place.span)
    where = f"{shown_name(result.filename)}:{place.location.row}:{place.location.column}"
    return f"{place.message}: {where}" + (f': "{quote}"' if quote else "")


def _beginning(article: str, span: Span) -> str:
    """The first words of a span."""
    start = article[span.start : min(span.end, span.start + 400)]
    return shortened(squeezed(printable(start)))
