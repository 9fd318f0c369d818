"""Findings -> the article with their fixes made, round by round, until nothing is left to make.

In a round no two fixes overlap: of two that do, the one that stands first is made, and the other, if there is still a
finding, in the next round. Each round is linted again, and what does harm is taken back: a fix that adds findings as
severe as its own or worse, or that takes none away. So every round leaves fewer or lighter findings, which is why the
rounds come to an end and fixing again changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from healthlint.documents.document import Span
from healthlint.edits import Applicability, Edit, Fix, Made, applied
from healthlint.findings import Finding
from healthlint.rules import Severity

MOST_TRIES = 100  # times that one round is linted; what is not tried by then is not made

Lint = Callable[[str], Sequence[Finding]]


class Fixed(NamedTuple):
    """An article after its fixes."""

    text: str
    made: tuple[Made, ...]  # in the order in which they were made


def fixed(text: str, found: Sequence[Finding], lint: Lint, asked: Applicability = Applicability.SAFE) -> Fixed:
    """An article with the fixes of its findings made, as far as they are asked for.

    `found` are the findings in `text`, and `lint` gives those in a text that it might become.
    """
    made: list[Made] = []
    while wanted := [(finding, fix) for finding in found if (fix := finding.fix) and can_be_made(finding, asked)]:
        turn = _Round(text, found, lint)
        turn.make(list(_apart(wanted)))
        if not turn.fixes:
            break
        done = {fix.edits for fix in turn.fixes}
        made += [Made(finding.code, fix.message) for finding, fix in wanted if fix.edits in done]
        text, found = turn.text, turn.found
    return Fixed(text, tuple(made))


def can_be_made(finding: Finding, asked: Applicability) -> bool:
    """Whether a finding has a fix of the kind that is asked for."""
    return finding.fix is not None and asked.includes(finding.fix.applicability)


_Wanted = tuple[Finding, Fix]


def _apart(wanted: Iterable[_Wanted]) -> Iterator[_Wanted]:
    """Those whose fixes neither overlap nor touch one that stands before them, in the order of the text."""
    taken: list[Span] = []  # in order
    for finding, fix in sorted(wanted, key=lambda each: each[1].edits[0].span):
        if not any(_meets(taken, edit.span) for edit in fix.edits):
            for edit in fix.edits:
                insort(taken, edit.span)
            yield finding, fix


def _meets(taken: Sequence[Span], span: Span) -> bool:
    at = bisect_left(taken, span)
    return any(other.start <= span.end and span.start <= other.end for other in taken[max(0, at - 1) : at + 1])


class _Round:
    """Makes the fixes of one round: all at once, and where that does harm, by halves, so that the harmful are found."""

    def __init__(self, text: str, found: Sequence[Finding], lint: Lint) -> None:
        self.text, self.found = text, found  # with the fixes made so far
        self.fixes: list[Fix] = []
        self._original = text
        self._lint = lint
        self._tries = 0

    def make(self, wanted: Sequence[_Wanted]) -> None:
        """Make those fixes that do no harm; they stand apart from each other and from those that were made."""
        if not wanted or self._tries == MOST_TRIES:
            return
        self._tries += 1
        fixes = [*self.fixes, *(fix for _, fix in wanted)]
        text = applied(self._original, sorted(_edits(fixes), key=lambda edit: edit.span))
        found = self._lint(text) if text.strip() else None
        if found is not None and _does_good(self.found, found, [finding for finding, _ in wanted]):
            self.text, self.found, self.fixes = text, found, fixes
        elif len(wanted) > 1:
            half = len(wanted) // 2
            self.make(wanted[:half])
            self.make(wanted[half:])


def _edits(fixes: Iterable[Fix]) -> Iterator[Edit]:
    return (edit for fix in fixes for edit in fix.edits)


def _does_good(before: Sequence[Finding], after: Sequence[Finding], mended: Iterable[Finding]) -> bool:
    """Whether findings weigh less afterwards, and no rule has more of them that weigh as much as what was mended.

    Of an error's fix no warning may come either: a fixed file has none that is new.
    """
    least = min(Severity.WARNING.weight, *(finding.severity.weight for finding in mended))
    heavy = _counts(after, least)
    heavy.subtract(_counts(before, least))
    return _weights(after) < _weights(before) and max(heavy.values(), default=0) <= 0


def _counts(found: Iterable[Finding], least: int) -> Counter[str]:
    """How often each rule has a finding of some weight."""
    return Counter(finding.code for finding in found if finding.severity.weight >= least)


def _weights(found: Iterable[Finding]) -> list[int]:
    """How many findings there are of each severity, the heaviest first."""
    counts = Counter(finding.severity for finding in found)
    return [counts[severity] for severity in Severity]
