"""`rules/accuracy.json` -> what each built-in rule was measured to do. `python -m accuracy` writes the file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from operator import add
from pathlib import Path

import msgspec

from healthlint import builtin
from healthlint.measure import Counts, Figure
from healthlint.rules import Rule, Severity

NAME = "accuracy.json"


class Measured(msgspec.Struct, frozen=True):
    """What rules were measured to do on sets of labelled articles."""

    rules: Mapping[str, Mapping[str, Counts]] = {}  # by rule and by set
    kinds: Mapping[str, Mapping[str, Counts]] = {}  # of marks that several rules answer, or none

    def sets(self, rule: Rule) -> list[str]:
        """The names of the sets that tell something of a rule."""
        return list(self.rules.get(rule.name, {}))

    def counts(self, rule: str, *sets: str) -> Counts:
        """What was counted of a rule in some sets, or in all."""
        return _together(self.rules.get(rule, {}), sets)

    def kind(self, name: str) -> Counts:
        """What was counted of a kind that several rules answer, or none, in all sets."""
        return _together(self.kinds.get(name, {}))

    def figures(self, rule: Rule, *sets: str) -> tuple[Figure, Figure]:
        """Precision and own recall of a rule in some sets, or in all; the hints of a rule of severity info count."""
        counts, hints = self.counts(rule.name, *sets), rule.file.severity is Severity.INFO
        return counts.precision(hints=hints), counts.own_recall(hints=hints)


def _together(by_set: Mapping[str, Counts], sets: Collection[str] = ()) -> Counts:
    """The counts of some sets, or of all."""
    return reduce(add, (counts for name, counts in by_set.items() if name in sets or not sets), Counts())


def read(file: Path | None = None) -> Measured:
    """What was measured of the built-in rules; nothing if the file is not there or is broken."""
    try:
        return msgspec.json.decode((file or builtin.folder() / NAME).read_bytes(), type=Measured)
    except (OSError, msgspec.DecodeError):
        return Measured()


def written(measured: Measured) -> str:
    """The text of the file: a line for each rule or kind, so that a change shows as one; what is 0 is left out."""
    rules, kinds = (",\n".join(_lines(counted)) for counted in (measured.rules, measured.kinds))
    return f'{{"rules": {{\n{rules}\n}},\n"kinds": {{\n{kinds}\n}}}}\n'


def _lines(counted: Mapping[str, Mapping[str, Counts]]) -> Iterator[str]:
    for name, by_set in sorted(counted.items()):
        known = {
            one: {field: number for field, number in msgspec.to_builtins(counts).items() if number}
            for one, counts in sorted(by_set.items())
            if counts != Counts()
        }
        if known:
            yield f"{json.dumps(name)}: {json.dumps(known)}"
