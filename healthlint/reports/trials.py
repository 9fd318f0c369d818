"""Trials of rules on their own examples -> the report of `healthlint test`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint.examples import Trial
from healthlint.plain import count, printable, shortened, squeezed
from healthlint.reports.style import Style


def trials(run: Iterable[Trial], style: Style) -> Iterator[str]:
    """The examples that fail, the rules that nothing exercises, and one line that sums up."""
    run = list(run)
    for trial in run:
        if not trial.passed:
            yield from _failure(trial, style)
    exercised = {
        trial.example.rule.name for trial in run if any(trial.found) and trial.example.key.startswith("flagged")
    }
    names = list(dict.fromkeys(trial.example.rule.name for trial in run))
    for name in names:
        if name not in exercised:
            yield f"{style.bold(name)}: nothing exercises it: it finds nothing in any of its flagged examples\n"
    failed = sum(not trial.passed for trial in run)
    yield f"{count(len(names), 'rule')}, {count(len(run), 'example')}: {failed or 'none'} failed\n"


def _failure(trial: Trial, style: Style) -> Iterator[str]:
    example = trial.example
    yield f"{style.bold(f'{printable(example.rule.path)}:{example.row}')}: examples.{example.key}"
    if trial.error:
        yield f": {printable(trial.error)}\n"
        return
    yield "\n"
    if trial.found != example.expected:
        yield f"  expected: {_quoted(example.words(example.expected))}\n"
        yield f"  found:    {_quoted(example.words(trial.found))}\n"
        return
    for words, stated, fix in trial.unlike:
        becomes = "is not fixed" if fix is None else f"becomes {_quoted([fix])}"
        yield f"  {_quoted([words])} {becomes}; the example states {_quoted([stated])}\n"


def _quoted(words: list[str]) -> str:
    return ", ".join(f'"{shortened(printable(squeezed(part)))}"' for part in words) or "nothing"
