"""Labelled articles and what was found in them -> how much of what an editor marks is found, and how much is right.

*Recall*: of the rows that must be marked, those that a finding of the row's group touches. *Precision*: of the
findings, those that touch a row of their group, whether it must or may be marked. Findings of severity info are hints:
they count in neither, and apart as `hinted`, `info_given` and `info_right`. Rows of `other` and the groups beyond the
five count in one group `other`, where any finding may meet any row.

Labels carry a kind and not a rule. Most kinds are answered by one rule, that of their name or that in ANSWERS: its
recall is over the rows of its kinds. `met` says that any finding of the group touches the row, so that the writer is
told; `own` that the rule itself does. What several rules answer, or none, is counted by kind and for no rule, since a
row does not say which of them should have found it; `own` then says that one of them did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from healthlint.findings import Finding, Result
from healthlint.labels import GROUPS, OTHER, Label, Labelled, main_group
from healthlint.rules import Severity

# Kinds of `other` that no rule is named for, or that several rules look for: the rules that answer them.
ANSWERS = {
    "dose-contradiction": ("consistency/contradiction", "consistency/differing-figure"),
    "contradiction": ("consistency/contradiction", "consistency/differing-figure"),
    "dose-error": ("dosing/above-daily-maximum", "dosing/figure-mismatch", "dosing/start-above-maximum"),
    "dose-format": (
        "dosing/error-prone-abbreviation",
        "dosing/large-number",
        "dosing/naked-decimal",
        "dosing/run-together",
        "dosing/trailing-zero",
    ),
    "dose-range": ("dosing/start-above-maximum",),
    "dose-unit": ("dosing/above-daily-maximum", "dosing/mixed-units"),
    "dose-unit-error": ("dosing/above-daily-maximum", "dosing/mixed-units"),
    "unit-error": ("dosing/impossible-level", "dosing/mixed-units"),
    "readability": ("language/long-sentence", "language/readability"),
    "stigmatising-wording": ("language/blaming-phrase", "language/person-first", "language/stigmatizing-term"),
}


def shared_kinds(rule: str) -> dict[str, tuple[str, ...]]:
    """The kinds, as 'other/KIND', that a rule answers together with others, and those others."""
    return {
        f"{OTHER}/{kind}": tuple(name for name in answers if name != rule)
        for kind, answers in ANSWERS.items()
        if rule in answers and len(answers) > 1
    }


ENOUGH = 5  # marks or findings; a ratio of fewer says nothing


class Figure(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def is_enough(self) -> bool:
        """Whether it may be told as a ratio."""
        return self.whole >= ENOUGH

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return 100 * self.part // self.whole if self.whole else 0


class Counts(msgspec.Struct):
    """What was wanted and what was given, of a group or a rule."""

    must: int = 0  # rows that must be marked
    met: int = 0  # those that a finding of the group touches
    hinted: int = 0  # the rest of them that only a finding of severity info touches
    own: int = 0  # as `met`, by the rule itself, or one of those that answer the row's kind
    own_hinted: int = 0  # as `hinted`, by them
    given: int = 0  # findings
    right: int = 0  # those that touch a row
    info_given: int = 0  # findings of severity info
    info_right: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})

    @property
    def false(self) -> int:
        """Findings that touch no row."""
        return self.given - self.right

    def precision(self, *, hints: bool = False) -> Figure:
        """The findings that are right; those of severity info, if `hints`."""
        return Figure(self.info_right, self.info_given) if hints else Figure(self.right, self.given)

    def recall(self) -> Figure:
        """The rows that are met by findings of the group."""
        return Figure(self.met, self.must)

    def own_recall(self, *, hints: bool = False) -> Figure:
        """The rows that are met by the rule itself, or one of those that answer the kind; by hints too, if `hints`."""
        return Figure(self.own + hints * self.own_hinted, self.must)


class Good(msgspec.Struct):
    """What was found in the articles that a careful editor would pass."""

    articles: int = 0
    words: int = 0
    false: int = 0  # findings of the five groups that touch no row
    false_other: int = 0  # of the groups beyond them

    @property
    def rate(self) -> float:
        """False alarms of the five groups in 1,000 words."""
        return 1000 * self.false / self.words if self.words else 0.0


class Missed(msgspec.Struct, frozen=True):
    """A row that must be marked and that no finding of its group and of weight touches."""

    filename: str
    label: Label
    words: str  # the article's rows that it stands for
    beside: tuple[str, ...]  # rules of hints and of other groups that marked something there


class Alarm(msgspec.Struct, frozen=True):
    """A finding that touches no row of its group."""

    finding: Finding
    words: str  # what is marked


class Measure:
    """Counts article by article. `known` are the names of all rules there are."""

    def __init__(self, known: Collection[str]) -> None:
        self.articles = 0
        self.words = 0
        self.good = Good()
        self.groups = {group: Counts() for group in (*GROUPS, OTHER)}
        self.rules: dict[str, Counts] = {name: Counts() for name in sorted(known)}
        self.kinds: dict[str, Counts] = {}  # 'group/kind' of rows that several rules answer, or none
        self.missed: list[Missed] = []
        self.alarms: list[Alarm] = []  # those of severity info among them

    def add(self, article: Labelled, result: Result) -> None:
        """Count one article and what was found in it."""
        self.articles += 1
        self.words += len(result.text.split())
        for label in article.labels:
            if label.must:
                self._add_label(label, result)
        false = [found for found in result.findings if not self._add_finding(found, article.labels)]
        self.alarms += [Alarm(found, result.text[slice(*found.span)]) for found in false]
        if article.is_good:
            self._add_good(result, [found for found in false if not _is_hint(found)])

    def _answering(self, label: Label) -> tuple[str, ...]:
        """The rules that answer a label's kind."""
        if label.group != OTHER:
            name = f"{label.group}/{label.kind}"
            return (name,) if name in self.rules else ()
        if label.kind in ANSWERS:
            return tuple(name for name in ANSWERS[label.kind] if name in self.rules)
        parts = ((name, *name.split("/", 1)) for name in self.rules)
        return tuple(name for name, group, kind in parts if kind == label.kind and main_group(group) == OTHER)

    def _add_label(self, label: Label, result: Result) -> None:
        met = [found for found in result.findings if label.is_met_by(found)]
        answers = self._answering(label)
        own = [found for found in met if found.code in answers]
        of_rule = self.rules[answers[0]] if len(answers) == 1 else self.kinds.setdefault(label.name, Counts())
        for counts in (self.groups[label.main_group], of_rule):
            counts.must += 1
            counts.met += _is_met(met)
            counts.hinted += _is_hinted(met)
            counts.own += _is_met(own)
            counts.own_hinted += _is_hinted(own)
        if not _is_met(met):
            self.missed.append(Missed(result.filename, label, _rows(result.text, label), _beside(label, result, met)))

    def _add_finding(self, found: Finding, labels: Iterable[Label]) -> bool:
        """Count a finding; whether it is right."""
        right = any(label.is_met_by(found) for label in labels)
        for counts in (self.groups[main_group(found.category)], self.rules.setdefault(found.code, Counts())):
            if _is_hint(found):
                counts.info_given += 1
                counts.info_right += right
            else:
                counts.given += 1
                counts.right += right
        return right

    def _add_good(self, result: Result, false: Sequence[Finding]) -> None:
        beyond = sum(main_group(found.category) == OTHER for found in false)
        self.good.articles += 1
        self.good.words += len(result.text.split())
        self.good.false += len(false) - beyond
        self.good.false_other += beyond

    def plain(self) -> dict[str, Any]:
        """The counts as plain data; rules that nothing is known of are left out."""
        return {
            "articles": self.articles,
            "words": self.words,
            "groups": msgspec.to_builtins(self.groups),
            "rules": msgspec.to_builtins({name: counts for name, counts in self.rules.items() if counts != Counts()}),
            "kinds": msgspec.to_builtins(dict(sorted(self.kinds.items()))),
            "good": msgspec.to_builtins(self.good),
        }


def _is_hint(found: Finding) -> bool:
    return found.severity is Severity.INFO


def _is_met(findings: Iterable[Finding]) -> bool:
    return any(not _is_hint(found) for found in findings)


def _is_hinted(findings: Sequence[Finding]) -> bool:
    return bool(findings) and not _is_met(findings)


def _rows(text: str, label: Label) -> str:
    """The article's rows that a label stands for."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(rows[label.first - 1 : label.last]) if label.first else ""


def _beside(label: Label, result: Result, met: Iterable[Finding]) -> tuple[str, ...]:
    """The rules of hints that meet a label, and of findings of other groups that stand on its rows."""
    return tuple(dict.fromkeys(found.code for found in (*met, *_of_other_groups(label, result))))


def _of_other_groups(label: Label, result: Result) -> Iterator[Finding]:
    for found in result.findings:
        if not label.of_document and found.scope == "span" and label.is_beside(found) and not label.is_met_by(found):
            yield found
