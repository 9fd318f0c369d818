"""Results -> one line for each finding: file:row:column: severity rule message, and the option that fixes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint.findings import Result
from healthlint.reports.style import Style, option_for, shown_name


def concise(results: Iterable[Result], style: Style) -> Iterator[str]:
    """The lines of the report."""
    for result in results:
        for found in result.findings:
            place = f"{shown_name(found.filename)}:{found.location.row}:{found.location.column}"
            severity = style.marked(found.severity, found.severity)
            option = option_for(found, style)
            yield f"{style.bold(place)}: {severity} {found.code} {found.message}{f' [{option}]' if option else ''}\n"
