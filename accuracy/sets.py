"""The labelled sets below `corpus/`, and what was found in them; each article is linted once in a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from healthlint import builtin, documents, findings, rules
from healthlint.analysis.setting import Setting
from healthlint.findings import Result
from healthlint.labels import SUFFIX, LabelError, Labelled, labelled
from healthlint.measure import Counts, Measure
from healthlint.measured import Measured
from healthlint.rules import Rule

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
TODAY = date(2026, 1, 1)  # what is measured must not change with the calendar


class SetError(Exception):
    """Labels that cannot be used, in one line."""


@cache
def names() -> tuple[str, ...]:
    """`corpus` and the folders below it that hold labelled articles, as paths from the top of the repository."""
    folders = {file.parent for file in CORPUS.rglob(f"*{SUFFIX}")}
    return tuple(sorted(folder.relative_to(ROOT).as_posix() for folder in folders))


@cache
def articles(folder: Path) -> tuple[Labelled, ...]:
    """The labelled articles in a folder. Raises SetError."""
    groups = {rule.category for rule in all_rules()}
    return tuple(_usable(found) for found in labelled([str(folder)], groups))


@cache
def all_rules() -> tuple[Rule, ...]:
    """The built-in rules."""
    return tuple(rules.load(name, path) for name, path in rules.available(builtin.folder()).items())


@cache
def result_of(article: Path) -> Result:
    """What a run without options finds in an article."""
    return _result(article, [rule for rule in all_rules() if not rule.file.preview])


@cache
def measure_of(folder: Path) -> Measure:
    """What was found in a folder of labelled articles. Raises SetError."""
    measure = _measure()
    for article in articles(folder):
        measure.add(article, result_of(article.article))
    return measure


def total(measures: Sequence[Measure]) -> dict[str, Counts]:
    """The counts of several sets together, by group."""
    return {group: sum((one.groups[group] for one in measures), Counts()) for group in _measure().groups}


@cache
def measured() -> Measured:
    """What each rule was measured to do on each set; a rule in preview as if it were run alone. Raises SetError."""
    return Measured(
        rules=_turned({name: measure_of(ROOT / name).rules | _previews(ROOT / name) for name in names()}),
        kinds=_turned({name: measure_of(ROOT / name).kinds for name in names()}),
    )


def _turned(by_set: Mapping[str, Mapping[str, Counts]]) -> dict[str, dict[str, Counts]]:
    """Counts by set and name, by name and set."""
    counted = sorted({name for counts in by_set.values() for name in counts})
    return {
        name: {one: counts[name] for one, counts in by_set.items() if counts.get(name, Counts()) != Counts()}
        for name in counted
    }


def _previews(folder: Path) -> dict[str, Counts]:
    """What the rules in preview do in a folder of labelled articles."""
    previews = [rule for rule in all_rules() if rule.file.preview]
    measure = _measure()
    for article in articles(folder) if previews else ():
        measure.add(article, _result(article.article, previews))
    return {rule.name: measure.rules[rule.name] for rule in previews}


def _result(article: Path, chosen: Sequence[Rule]) -> Result:
    """What rules find in an article, which is told by its name alone, wherever the repository is."""
    document = documents.read(str(article), article.read_bytes())  # its whole path: local links are looked up from it
    found = findings.lint(document, chosen, _known(), article.parent, Setting(TODAY))
    return Result(
        article.name, document.text, [msgspec.structs.replace(finding, filename=article.name) for finding in found]
    )


def _measure() -> Measure:
    return Measure(_known())


@cache
def _known() -> frozenset[str]:
    return frozenset(rule.name for rule in all_rules())


def _usable(found: Labelled | LabelError) -> Labelled:
    if isinstance(found, LabelError):
        raise SetError(str(found))
    return found
