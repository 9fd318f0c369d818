"""Results -> SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/, 2023), as GitHub code scanning reads it.

Findings are written as they come. The tool with its rules, and the articles, are known once all have come, and follow.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from healthlint import __version__, examples, measured, repository
from healthlint.documents.rows import Position, Rows
from healthlint.edits import Applicability, Edit, Fix
from healthlint.findings import Finding, Place, Result, Silenced
from healthlint.plain import printable
from healthlint.reports import jsontext
from healthlint.reports.style import Style
from healthlint.rules import Rule, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
TOP = "%SRCROOT%"  # what relative addresses are relative to: the top of the repository
LONGEST_SNIPPET = 1000  # characters

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_PRECISIONS = ((95, "very-high"), (85, "high"), (70, "medium"), (0, "low"))  # from so many per cent on


def sarif(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """The parts of a log with one run, one part for each finding; ASCII alone."""
    run = _Run()
    yield f'{{\n"$schema": {jsontext.written(SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n"results": ['
    comma = ""
    for result in results:
        for found in run.results(result):
            yield f"{comma}\n{jsontext.written(found)}"
            comma = ","
    yield "\n]"
    for key, value in run.described().items():
        yield f",\n{jsontext.written(key)}: {jsontext.written(value, indent=1)}"
    yield "\n}]\n}\n"


class _Run:
    """What results have in common: the rules and articles that they name by index."""

    def __init__(self) -> None:
        self._root = repository.top()
        self._rules: dict[str, Rule | Finding] = {}  # a finding stands for a rule that cannot be loaded
        self._indices: dict[str, int] = {}
        self._articles: dict[str, int] = {}
        self._linted: list[bool] = []
        self._notifications: list[dict[str, Any]] = []

    def results(self, result: Result) -> Iterator[dict[str, Any]]:
        """The findings in an article, which the run takes note of."""
        place = self._article(result.filename, is_linted=result.linted)
        for error in result.errors:
            message = {"text": printable(error)}
            locations = [{"physicalLocation": {"artifactLocation": place}}]
            self._notifications.append({"level": "error", "message": message, "locations": locations})
        for rule in result.rules():
            self._add(rule.name, rule)
        rows = Rows(result.text) if result.findings or result.silenced else Rows("")
        for found in result.findings:
            yield self._result(result, found, rows)
        for silenced in result.silenced:
            yield {**self._result(result, silenced.finding, rows), "suppressions": [_suppression(silenced)]}

    def _add(self, name: str, rule: Rule | Finding) -> None:
        if name not in self._rules:
            self._indices[name] = len(self._rules)
            self._rules[name] = rule

    def _article(self, filename: str, *, is_linted: bool = False) -> dict[str, Any]:
        """Where an article is, by its address and its index."""
        index = self._articles.setdefault(filename, len(self._articles))
        if index == len(self._linted):
            self._linted.append(False)
        self._linted[index] |= is_linted
        return {**self._address(filename), "index": index}

    def _address(self, filename: str) -> dict[str, str]:
        inside = repository.name_in(filename, self._root)
        if inside is None:
            return {"uri": Path(os.path.abspath(filename)).as_uri()}
        return {"uri": quote(inside.encode("utf-8", "surrogateescape")), "uriBaseId": TOP}

    def _result(self, result: Result, found: Finding, rows: Rows) -> dict[str, Any]:
        self._add(found.code, found)
        region = _region(found.location, found.end_location)
        if 0 < found.span.end - found.span.start <= LONGEST_SNIPPET:
            region["snippet"] = {"text": result.text[found.span.start : found.span.end]}
        told: dict[str, Any] = {
            "ruleId": found.code,
            "ruleIndex": self._indices[found.code],
            "level": _LEVELS[found.severity],
            "message": {"text": _message(found.message)},
            "locations": [self._location(found.filename, region)],
            "partialFingerprints": {"healthlint/v1": found.fingerprint},
        }
        if found.related:
            told["relatedLocations"] = [self._related(at, place, found) for at, place in enumerate(found.related, 1)]
        if found.fix and found.fix.edits:
            told["fixes"] = [self._fix(found.fix, found.filename, rows)]
        return told

    def _location(self, filename: str, region: dict[str, Any]) -> dict[str, Any]:
        return {"physicalLocation": {"artifactLocation": self._article(filename), "region": region}}

    def _related(self, number: int, place: Place, found: Finding) -> dict[str, Any]:
        location = self._location(place.filename or found.filename, _region(place.location, place.end_location))
        return {"id": number, "message": {"text": _message(place.message)}, **location}

    def _fix(self, fix: Fix, filename: str, rows: Rows) -> dict[str, Any]:
        unsafe = " (read what comes of it)" if fix.applicability is Applicability.UNSAFE else ""
        replacements = [_replacement(edit, rows) for edit in fix.edits]
        change = {"artifactLocation": self._article(filename), "replacements": replacements}
        return {"description": {"text": _message(fix.message) + unsafe}, "artifactChanges": [change]}

    def described(self) -> dict[str, Any]:
        """All of a run but its results."""
        known = measured.read()
        invocation: dict[str, Any] = {"executionSuccessful": not self._notifications}
        if self._notifications:
            invocation["toolExecutionNotifications"] = self._notifications
        driver = {
            "name": "healthlint",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [_described(name, rule, known) for name, rule in self._rules.items()],
        }
        return {
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {TOP: {"description": {"text": "The top of the repository."}}},
            "tool": {"driver": driver},
            "artifacts": [self._artifact(filename, index) for filename, index in self._articles.items()],
            "invocations": [invocation],
        }

    def _artifact(self, filename: str, index: int) -> dict[str, Any]:
        artifact: dict[str, Any] = {"location": self._address(filename)}
        return {**artifact, "roles": ["analysisTarget"]} if self._linted[index] else artifact


def _region(start: Position, end: Position) -> dict[str, Any]:
    return {"startLine": start.row, "startColumn": start.column, "endLine": end.row, "endColumn": end.column}


def _replacement(edit: Edit, rows: Rows) -> dict[str, Any]:
    start, end = (rows.position(offset) for offset in edit.span)
    replacement: dict[str, Any] = {"deletedRegion": _region(start, end)}
    return {**replacement, "insertedContent": {"text": edit.content}} if edit.content else replacement


def _message(text: str) -> str:
    """A text without what SARIF would take for a placeholder or for a link to a related location."""
    text = re.sub(r"\{(\d+)\}", r"{{\1}}", text)
    return re.sub(r"[\[\]]", r"\\\g<0>", text) if "](" in text else text


def _suppression(silenced: Silenced) -> dict[str, str]:
    """Who does not want to be told of a finding, and why."""
    if silenced.by == "baseline":
        return {"kind": "external", "status": "accepted", "justification": "known in the baseline"}
    reason = {"justification": printable(silenced.reason)} if silenced.reason else {}
    return {"kind": "inSource", "status": "accepted", **reason}


def _described(name: str, rule: Rule | Finding, known: measured.Measured) -> dict[str, Any]:
    """A rule as a reporting descriptor."""
    if isinstance(rule, Finding):
        return {"id": name, "helpUri": _uri(rule.url)}
    file = rule.file
    return {
        "id": name,
        "name": name.rpartition("/")[2],
        "shortDescription": {"text": _prose(file.summary)},
        "fullDescription": {"text": _prose(file.why)},
        "help": {"text": _help(rule), "markdown": _help_in_markdown(rule)},
        "helpUri": _uri(rule.url),
        "defaultConfiguration": {"level": _LEVELS[file.severity]},
        "properties": {
            "tags": [rule.category, "health"],
            "problem.severity": _PROBLEMS[file.severity],
            **_precision(rule, known),
        },
    }


def _precision(rule: Rule, known: measured.Measured) -> dict[str, str]:
    """How precise a rule was measured to be, in GitHub's words; nothing where too little is known."""
    figure, _ = known.figures(rule)
    return (
        {"precision": next(word for least, word in _PRECISIONS if figure.percent >= least)} if figure.is_enough else {}
    )


def _help(rule: Rule) -> str:
    return f"{_prose(rule.file.why)}\nSource: {_prose(rule.file.source.name)}, {rule.url}"


def _help_in_markdown(rule: Rule) -> str:
    source = f"[{_escaped(_prose(rule.file.source.name))}](<{_uri(rule.url)}>)"
    parts = [_escaped(_prose(rule.file.why)), f"Source: {source}"]
    for title, key in (("Marked:", "flagged"), ("Left alone:", "clean")):
        if lines := list(_lines(rule, key)):
            parts += [title, *(f"    {line}" for line in lines)]
    return "\n\n".join(parts)


def _lines(rule: Rule, key: str) -> Iterator[str]:
    """The examples of a rule that are a line each."""
    for example in examples.of(rule):
        text = example.articles[0].text.strip()
        if example.key.startswith(key) and len(example.articles) == 1 and "\n" not in text:
            yield _prose(text)


def _uri(url: str) -> str:
    """A web address without what may not stand in one."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~")


def _prose(text: str) -> str:
    return " ".join(printable(text).split())


def _escaped(text: str) -> str:
    """Text as Markdown that reads the same."""
    return re.sub(r"[\\`*_\[\]<>#|]", r"\\\g<0>", text)
