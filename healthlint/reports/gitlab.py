"""Results -> a report for GitLab Code Quality (https://docs.gitlab.com/ci/testing/code_quality/, 2025)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from healthlint import kept, repository
from healthlint.findings import Finding, Result
from healthlint.reports import jsontext
from healthlint.reports.style import Style, shown_name
from healthlint.rules import Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """The parts of a JSON array, one for each finding, in ASCII."""
    root, opening, used = repository.top(), "[", set[str]()
    for result in results:
        path = shown_name(repository.name_in(result.filename, root) or result.filename)
        for found in result.findings:
            fingerprint = _unused(found.fingerprint, path, used)
            used.add(fingerprint)
            yield f"{opening}\n  {jsontext.written(_plain(found, path, fingerprint))}"
            opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def _plain(found: Finding, path: str, fingerprint: str) -> dict[str, Any]:
    return {
        "description": found.message,
        "check_name": found.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.severity],
        "location": {"path": path, "lines": {"begin": found.location.row, "end": found.end_location.row}},
    }


def _unused(fingerprint: str, path: str, used: set[str]) -> str:
    """A fingerprint that no other finding of the report has: folders with configurations of their own may share one."""
    while fingerprint in used:
        fingerprint = kept.digest(fingerprint.encode(), path.encode("utf-8", "surrogateescape"))
    return fingerprint
