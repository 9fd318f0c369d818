"""Results -> the XML that Checkstyle writes, which many readers of reports know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from healthlint.findings import Finding, Result
from healthlint.reports import xml
from healthlint.reports.style import Style

_VERSION = "8.0"  # of Checkstyle, whose element this is


def checkstyle(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """A `file` for each article with findings, or that could not be linted."""
    yield xml.DECLARATION + xml.element("checkstyle", {"version": _VERSION}) + "\n"
    for result in results:
        if result.findings or result.errors:
            yield "  " + xml.element("file", {"name": Path(result.filename).as_posix()}) + "\n"
            for error in result.errors:
                yield _error({"line": 1, "severity": "error", "message": error, "source": "healthlint"})
            for found in result.findings:
                yield _error(_attributes(found))
            yield "  </file>\n"
    yield "</checkstyle>\n"


def _error(attributes: dict[str, object]) -> str:
    return "    " + xml.element("error", attributes, empty=True) + "\n"


def _attributes(found: Finding) -> dict[str, object]:
    """`source` has dots as the class of a check has, by which readers tell a rule from its group."""
    return {
        "line": found.location.row,
        "column": found.location.column,
        "severity": found.severity.value,
        "message": found.message,
        "source": f"healthlint.{found.category}.{found.name}",
    }
