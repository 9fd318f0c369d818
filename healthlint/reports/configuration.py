"""Settled -> what `healthlint config` tells: each value, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from healthlint.plain import count, printable, shortened
from healthlint.reports import jsontext
from healthlint.reports.style import Style, shown_name
from healthlint.rules import Severity
from healthlint.settled import DEFAULT, RuleState, Settled

_LONGEST = 60  # characters of a value
_Row = tuple[str, str, str]


def text(found: Settled, style: Style) -> Iterator[str]:
    """The files, the values and the rules."""
    files = ", which extends ".join(map(shown_name, reversed(found.files))) if len(found.files) < 3 else ""
    files = files or ", ".join(map(shown_name, reversed(found.files))) or "no file"
    yield f"{style.bold(shown_name(found.path))} is configured by {files}"
    yield "; it is left out of runs unless it is named\n\n" if found.is_excluded else "\n\n"
    yield from _table([(value.key, _shown(value.value), value.source) for value in found.values], style)
    run = [rule for rule in found.rules if rule.is_run.value]
    title = f"{len(run)} of {count(len(found.rules), 'rule')} are run"
    yield f"\n{style.bold(title)}\n\n"
    yield from _table([row for rule in found.rules for row in _rows(rule)], style)


def _rows(rule: RuleState) -> Iterator[_Row]:
    if not rule.is_run.value:
        yield rule.code, "off", rule.is_run.source
        return
    sources = [value.source for value in (rule.is_run, rule.severity) if value.source != DEFAULT]
    yield rule.code, str(rule.severity.value), ", ".join(dict.fromkeys(sources)) or DEFAULT
    for option in rule.options:
        yield f"  {option.key}", _shown(option.value), option.source


def _shown(value: Any) -> str:
    """A value in a few words; a long list or mapping is counted."""
    written = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    if value is None or value in ([], {}):
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict) and len(written) > _LONGEST:
        return count(len(value), "entry").replace("entrys", "entries")
    return shortened(printable(written), _LONGEST)


def _table(rows: Sequence[_Row], style: Style) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, source in rows:
        shown = f"{value:<{widths[1]}}"
        coloured = style.marked(shown, Severity(value)) if value in list(Severity) else shown
        yield f"{name:<{widths[0]}}  {coloured}  {style.dim(shown_name(source))}\n"


def as_json(found: Settled) -> Iterator[str]:
    """The same as a JSON object."""
    plain = {
        "path": found.path,
        "files": list(found.files),
        "excluded": found.is_excluded,
        "settings": [msgspec.to_builtins(value) for value in found.values],
        "rules": [_plain(rule) for rule in found.rules],
    }
    yield jsontext.written(plain, indent=2) + "\n"


def _plain(rule: RuleState) -> dict[str, Any]:
    return {
        "code": rule.code,
        "run": rule.is_run.value,
        "run_source": rule.is_run.source,
        "severity": rule.severity.value,
        "severity_source": rule.severity.source,
        "options": [msgspec.to_builtins(option) for option in rule.options],
    }
