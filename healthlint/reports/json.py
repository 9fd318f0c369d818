"""Results -> a JSON array of findings, with ruff's names for their fields."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from healthlint.documents.rows import Position, Rows
from healthlint.edits import Fix
from healthlint.findings import Finding, Result
from healthlint.reports import jsontext
from healthlint.reports.style import Style


def json(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """The parts of the report, one for each finding."""
    opening = "["
    for found in all_plain(results):
        yield opening + "\n" + textwrap.indent(jsontext.written(found, indent=2), "  ")
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def all_plain(results: Iterable[Result]) -> Iterator[dict[str, Any]]:
    """All findings as plain data."""
    for result in results:
        rows = Rows(result.text) if any(found.fix for found in result.findings) else None
        for found in result.findings:
            yield plain(found, rows)


def plain(found: Finding, rows: Rows | None = None) -> dict[str, Any]:
    """A finding as plain data, its fix only with the rows of its article; names and their meaning are a contract."""
    return {
        "code": found.code,
        "name": found.name,
        "category": found.category,
        "severity": found.severity.value,
        "scope": found.scope,
        "message": found.message,
        "filename": found.filename,
        "location": _place(found.location),
        "end_location": _place(found.end_location),
        "related": [
            {"message": place.message, "location": _place(place.location), "end_location": _place(place.end_location)}
            for place in found.related
        ],
        "fix": _fix(found.fix, rows) if found.fix and rows else None,
        "url": found.url,
        "fingerprint": found.fingerprint,
    }


def _fix(fix: Fix, rows: Rows) -> dict[str, Any]:
    return {
        "applicability": fix.applicability.value,
        "message": fix.message,
        "edits": [
            {
                "content": edit.content,
                "location": _place(rows.position(edit.span.start)),
                "end_location": _place(rows.position(edit.span.end)),
            }
            for edit in fix.edits
        ],
    }


def _place(position: Position) -> dict[str, int]:
    return {"row": position.row, "column": position.column}
