"""Run the examples of a folder of rules. Exit status 1 if one fails, 2 if a rule is broken."""

from __future__ import annotations

import argparse
from pathlib import Path

from healthlint import asked
from healthlint.arguments import Parser, UsageError
from healthlint.console import CLEAN, FINDINGS, UNUSABLE, Console

USAGE = "test DIR"
SUMMARY = "run the examples of a folder of rules"


def add_arguments(parser: Parser) -> None:
    """The folder."""
    parser.add_argument("folder", metavar="DIR", help="a folder of rules: files GROUP/NAME.yaml")


def run(options: argparse.Namespace, console: Console) -> int:
    """Run the examples, and report those that fail."""
    from healthlint import examples, rules
    from healthlint.reports.trials import trials

    folder = Path(options.folder)
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder")
    try:
        loaded, status = asked.loaded(rules.available(folder), console)
    except rules.RuleError as error:
        raise UsageError(str(error)) from None
    if not loaded and not status:
        raise UsageError(f"{folder}: there is no rule in this folder; a rule is a file GROUP/NAME.yaml")
    tried = []
    for rule in loaded:
        try:
            tried += [examples.tried(example) for example in examples.of(rule)]
        except rules.RuleError as error:
            console.complain(str(error))
            status = UNUSABLE
    console.write(trials(tried, console.style(options)))
    return max(status, FINDINGS if not all(trial.passed for trial in tried) else CLEAN)
