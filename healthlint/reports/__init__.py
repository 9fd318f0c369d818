"""Results -> a report: a module for each format, named as the format is, with one function of that name.

Nothing is printed here. A format is imported once a report in it is wanted, so that no run pays for the others.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from healthlint.findings import Result
    from healthlint.reports.style import Style

    Report = Callable[[Iterable[Result], Style], Iterator[str]]

FORMATS = {  # and what each is for
    "text": "to be read on a terminal",
    "concise": "a line for each finding",
    "json": "an array of findings",
    "jsonl": "a line of JSON for each finding",
    "github": "annotations of a GitHub workflow",
    "sarif": "GitHub code scanning and other readers of SARIF 2.1.0",
    "gitlab": "GitLab Code Quality",
    "junit": "test reports of Jenkins, GitLab and others",
    "checkstyle": "readers of Checkstyle's XML",
    "rdjson": "reviewdog, with suggestions",
    "html": "to be read in a browser, with the marks in the article",
}
COUNTED = {"text": "text", "concise": "text", "json": "json", "jsonl": "json"}  # how `--statistics` is told with each


def report(name: str) -> Report:
    """The report of a format."""
    return cast("Report", getattr(importlib.import_module(f"{__name__}.{name}"), name))


def statistics(name: str) -> Report:
    """The count of findings, told to go with a format of COUNTED."""
    from healthlint.reports import totals

    return totals.statistics_as_json if COUNTED[name] == "json" else totals.statistics
