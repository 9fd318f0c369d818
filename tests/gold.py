"""The editor's marks beside an article, and which of them a lint met; `corpus/README.md` tells the format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from healthlint.findings import Finding
from healthlint.rules import Severity

GROUPS = ("duplication", "numbering", "sources", "claims", "disclaimers")
# Words that many kinds share, so that they do not tell one document rule from another.
_COMMON = frozenset({"missing", "no", "without", "disclaimer", "advice"})


@dataclass(frozen=True)
class Label:
    """A defect that an editor marks: rows from 1, both 0 for a defect of the whole document."""

    first: int
    last: int
    group: str
    kind: str
    must: bool  # else defensible either way

    def is_met_by(self, finding: Finding) -> bool:
        """Whether a finding of the same group touches it, with one row of slack."""
        if finding.category != self.group or (self.first == 0) != (finding.scope == "document"):
            return False
        if self.first == 0:
            return bool(set(finding.name.split("-")) & (set(self.kind.split("-")) - _COMMON))
        return finding.location.row <= self.last + 1 and finding.end_location.row >= self.first - 1


def labels(path: Path) -> list[Label]:
    """The labels of a `.gold.tsv` file."""
    rows = (
        line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"
    )
    return [Label(int(row[0]), int(row[1]), row[2], row[3], row[4] == "must") for row in rows]


@dataclass
class Score:
    """What was met over several articles, by group."""

    wanted: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, wanted: Sequence[Label], findings: Iterable[Finding]) -> None:
        """Count one article. Findings of severity `info` are not counted, nor groups beyond the five."""
        told = [found for found in findings if found.severity is not Severity.INFO and found.category in GROUPS]
        for label in wanted:
            if label.must and label.group in GROUPS:
                self.wanted[label.group] += 1
                self.met[label.group] += any(label.is_met_by(found) for found in told)
        for found in told:
            self.given[found.category] += 1
            self.right[found.category] += any(label.is_met_by(found) for label in wanted)

    def recall(self, group: str) -> float:
        """The share of the marks that must be met, which are."""
        return self.met[group] / self.wanted[group] if self.wanted[group] else 1.0

    def precision(self, group: str) -> float:
        """The share of the findings that an editor would have marked, or might have."""
        return self.right[group] / self.given[group] if self.given[group] else 1.0
