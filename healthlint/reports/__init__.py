"""Results -> a report: one function for each format. Nothing is printed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from healthlint.findings import Result
from healthlint.reports.concise import concise
from healthlint.reports.html import html
from healthlint.reports.json import json
from healthlint.reports.style import Style
from healthlint.reports.text import text
from healthlint.reports.totals import statistics, statistics_as_json

Report = Callable[[Iterable[Result], Style], Iterator[str]]

FORMATS: dict[str, Report] = {"text": text, "concise": concise, "json": json, "html": html}
STATISTICS: dict[str, Report] = {"text": statistics, "json": statistics_as_json}
