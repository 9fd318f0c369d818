"""Results -> workflow commands, which GitHub Actions shows as annotations beside the lines of a pull request.

A step shows ten annotations of each level; the log has all of them, so each message tells its place as well. Commands
are those of https://docs.github.com/actions/reference/workflow-commands-for-github-actions (2025).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint import repository
from healthlint.findings import Finding, Result
from healthlint.plain import printable
from healthlint.reports.style import Style, shown_name
from healthlint.rules import Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def github(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """A command for each finding, and for each article that could not be linted."""
    root = repository.top()
    for result in results:
        file = shown_name(repository.name_in(result.filename, root) or result.filename)
        for error in result.errors:
            yield _command("error", {"title": "healthlint", "file": file}, printable(error))
        for found in result.findings:
            place = f"{file}:{found.location.row}:{found.location.column}"
            properties = {"title": f"healthlint ({found.code})", "file": file, **_place(found)}
            yield _command(_LEVELS[found.severity], properties, f"{place}: {found.code} {found.message}")


def _place(found: Finding) -> dict[str, str]:
    """The lines of a finding; its columns only where it stands in one line, since GitHub refuses them otherwise."""
    start, end = found.location, found.end_location
    lines = {"line": str(start.row), "endLine": str(end.row)}
    return lines if start.row != end.row else lines | {"col": str(start.column), "endColumn": str(end.column)}


def _command(level: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{name}={value.translate(_IN_PROPERTIES)}" for name, value in properties.items())
    return f"::{level} {written}::{message.translate(_IN_DATA)}\n"
