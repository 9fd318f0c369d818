"""Results -> a line of JSON for each finding, with the fields of `json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint.findings import Result
from healthlint.reports import jsontext
from healthlint.reports.json import all_plain
from healthlint.reports.style import Style


def jsonl(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """The lines of the report."""
    for found in all_plain(results):
        yield jsontext.written(found) + "\n"
