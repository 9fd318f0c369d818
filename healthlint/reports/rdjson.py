"""Results -> reviewdog's diagnostic format (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf, 2024).

Columns count the bytes of UTF-8 from 1, and an end is the first place behind. A fix becomes one suggestion, which
replaces all from its first edit to its last, because several would be taken for alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from healthlint.documents.document import Span
from healthlint.documents.rows import Rows
from healthlint.edits import Fix
from healthlint.findings import Finding, Place, Result
from healthlint.reports import jsontext
from healthlint.reports.style import Style, shown_name
from healthlint.rules import Severity

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def rdjson(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """The parts of the report, one for each finding, in ASCII."""
    yield '{"source": {"name": "healthlint"}, "diagnostics": ['
    comma = ""
    for result in results:
        in_bytes = _Bytes(result.text)
        path = shown_name(Path(result.filename).as_posix())
        for found in result.findings:
            yield f"{comma}\n  {jsontext.written(_diagnostic(found, path, in_bytes))}"
            comma = ","
    yield "\n]}\n" if comma else "]}\n"


class _Bytes:
    """Places of an article counted in the bytes of its rows."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._rows = Rows(text)

    def range(self, span: Span) -> dict[str, Any]:
        return {"start": self._place(span.start), "end": self._place(span.end)}

    def _place(self, offset: int) -> dict[str, int]:
        row, column = self._rows.position(offset)
        before = self._text[offset - column + 1 : offset]
        return {"line": row, "column": len(before.encode("utf-8", "surrogatepass")) + 1}

    def suggestion(self, fix: Fix) -> dict[str, Any]:
        """What stands from the first edit to the last once all are made."""
        start, end = fix.edits[0].span.start, fix.edits[-1].span.end
        parts, at = [], start
        for edit in fix.edits:
            parts += [self._text[at : edit.span.start], edit.content]
            at = edit.span.end
        return {"range": self.range(Span(start, end)), "text": "".join(parts)}


def _diagnostic(found: Finding, path: str, in_bytes: _Bytes) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": _message(found, path),
        "location": {"path": path, "range": in_bytes.range(found.span)},
        "severity": _SEVERITIES[found.severity],
        "code": {"value": found.code, "url": found.url},
    }
    if found.fix and found.fix.edits:
        diagnostic["suggestions"] = [in_bytes.suggestion(found.fix)]
    return diagnostic


def _message(found: Finding, path: str) -> str:
    """What is found, and below it the places that it has to do with: older releases refuse fields for them."""
    return "\n".join((found.message, *(_related(place, path) for place in found.related)))


def _related(place: Place, path: str) -> str:
    return place.message if place.filename else f"{place.message}: {path}:{place.location.row}"
