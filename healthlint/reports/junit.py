"""Results -> test results as Ant and Jenkins know them: a suite for each article, a case for each finding.

Errors and warnings are failures; hints are cases that passed and tell the hint as their output. An article without
findings is a case that passed, and one that could not be linted is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from healthlint.findings import Finding, Result
from healthlint.reports import xml
from healthlint.reports.style import Style
from healthlint.rules import Severity


def junit(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """The suites, article by article."""
    yield xml.DECLARATION + xml.element("testsuites", {"name": "healthlint"}) + "\n"
    for result in results:
        yield from _suite(result)
    yield "</testsuites>\n"


def _suite(result: Result) -> Iterator[str]:
    name = Path(result.filename).as_posix()
    cases = [*(_error(name, error) for error in result.errors), *(_case(name, found) for found in result.findings)]
    cases = cases or [_line(4, xml.element("testcase", {"name": "no findings", "classname": name}, empty=True))]
    counts = {
        "tests": len(cases),
        "failures": sum(found.severity is not Severity.INFO for found in result.findings),
        "errors": len(result.errors),
        "skipped": 0,
    }
    yield _line(2, xml.element("testsuite", {"name": name, **counts}))
    yield from cases
    yield _line(2, "</testsuite>")


def _error(name: str, error: str) -> str:
    case = xml.element("testcase", {"name": "could be linted", "classname": name})
    told = xml.element("error", {"message": error, "type": "healthlint"}, empty=True)
    return _line(4, case) + _line(6, told) + _line(4, "</testcase>")


def _case(name: str, found: Finding) -> str:
    place = f"{found.location.row}:{found.location.column}"
    case = xml.element("testcase", {"name": f"{found.code} at {place}", "classname": name})
    if found.severity is Severity.INFO:
        told = f"<system-out>{xml.content(f'{name}:{place}: {found.message}')}</system-out>"
    else:
        start = xml.element("failure", {"message": found.message, "type": f"{found.severity.value} {found.code}"})
        told = f"{start}{xml.content(f'{name}:{place}: {found.message} ({found.url})')}</failure>"
    return _line(4, case) + _line(6, told) + _line(4, "</testcase>")


def _line(indent: int, markup: str) -> str:
    return f"{' ' * indent}{markup}\n"
