"""Findings counted: the line that ends a run, and `--statistics`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from healthlint.findings import Result
from healthlint.plain import count
from healthlint.reports.style import Style
from healthlint.rules import Severity


@dataclass
class Totals:
    """What has gone by so far."""

    articles: int = 0
    with_findings: int = 0
    by_severity: Counter[Severity] = field(default_factory=Counter)
    known: int = 0  # findings that are in a baseline

    def add(self, result: Result) -> None:
        """Count one article."""
        self.articles += result.linted
        self.with_findings += bool(result.findings)
        self.known += len(result.known)
        self.by_severity.update(finding.severity for finding in result.findings)

    def line(self) -> str:
        """All of it in one line."""
        known = f"; the baseline has {count(self.known, 'known one')} more" if self.known else ""
        found = sum(self.by_severity.values())
        if not found:
            return f"no findings in {count(self.articles, 'article')}{known}"
        parts = ", ".join(_severities(self.by_severity))
        articles = f"{self.with_findings} of {count(self.articles, 'article')}"
        return f"{count(found, 'finding')} ({parts}) in {articles}{known}"


def statistics(results: Iterable[Result], style: Style) -> Iterator[str]:
    """A line for each rule with the number of its findings, the most frequent first."""
    counted = _counted(results)
    width = max((len(str(number)) for _, number in counted), default=0)
    for code, number in counted:
        yield f"{style.bold(f'{number:>{width}}')}  {code}\n"


def statistics_as_json(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """The same as a JSON array."""
    yield json.dumps([{"code": code, "count": number} for code, number in _counted(results)], indent=2) + "\n"


def _counted(results: Iterable[Result]) -> list[tuple[str, int]]:
    counts = Counter(finding.code for result in results for finding in result.findings)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _severities(counts: Counter[Severity]) -> Iterator[str]:
    for severity in Severity:
        if counts[severity]:
            yield (
                f"{counts[severity]} of severity info"
                if severity is Severity.INFO
                else count(counts[severity], severity)
            )
