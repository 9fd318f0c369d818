"""Findings counted: the line that ends a run, and `--statistics`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from healthlint.edits import Applicability
from healthlint.findings import Result
from healthlint.plain import count
from healthlint.reports import jsontext
from healthlint.reports.style import Style
from healthlint.rules import Severity


class Totals(msgspec.Struct):
    """What has gone by so far."""

    articles: int = 0
    with_findings: int = 0
    by_severity: Counter[Severity] = msgspec.field(default_factory=Counter)
    fixable: Counter[Applicability] = msgspec.field(default_factory=Counter)
    fixed: int = 0
    fixed_articles: int = 0
    known: int = 0  # findings that are in a baseline

    def add(self, result: Result) -> None:
        """Count one article."""
        self.articles += result.linted
        self.with_findings += bool(result.findings)
        self.known += len(result.known)
        self.by_severity.update(finding.severity for finding in result.findings)
        self.fixable.update(finding.fix.applicability for finding in result.findings if finding.fix)
        if result.rewriting:
            self.fixed += len(result.rewriting.made)
            self.fixed_articles += 1

    def line(self) -> str:
        """All of it in one line, and how to have fixed what can be."""
        ways = [
            f"{self.fixable[kind]}{' more' * bool(at)} can be fixed with {option}"
            for at, (kind, option) in enumerate(self._ways())
        ]
        return "; ".join([self._found(), *ways])

    def _ways(self) -> list[tuple[Applicability, str]]:
        ways = ((Applicability.SAFE, "--fix"), (Applicability.UNSAFE, "--fix --unsafe-fixes"))
        return [(kind, option) for kind, option in ways if self.fixable[kind]]

    def line_of_fixes(self, asked: Applicability, *, would: bool = False) -> str:
        """What was fixed, or `would` be, and what is left, in one line."""
        fixed = (
            f"{count(self.fixed, 'finding')} in {count(self.fixed_articles, 'article')}" if self.fixed else "nothing"
        )
        left = "" if would else f"; left: {self._found()}"
        more = self.fixable[Applicability.UNSAFE] if asked is Applicability.SAFE else 0
        ways = f"; {more} more can be fixed with --unsafe-fixes" if more else ""
        return f"{'would fix' if would else 'fixed'} {fixed}{left}{ways}"

    def _found(self) -> str:
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
    yield jsontext.written([{"code": code, "count": number} for code, number in _counted(results)], indent=2) + "\n"


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
