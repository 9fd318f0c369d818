"""What a rule looks for, why, on whose authority, with examples."""

from __future__ import annotations

import argparse

from healthlint import arguments, asked
from healthlint.arguments import Parser, UsageError
from healthlint.console import Console

USAGE = "explain RULE"
SUMMARY = "what a rule looks for, why, on whose authority, with examples"


def add_arguments(parser: Parser) -> None:
    """The rule, and the configuration that it may be of."""
    parser.add_argument("rule", metavar="RULE", help="the name of a rule, or of a group for a list of its rules")
    arguments.add_config_options(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Tell all that is known of a rule, or list the rules of a group."""
    from healthlint import measured
    from healthlint.reports import catalogue

    config = asked.config(options)
    if unknown := config.unknown_name(options.rule):
        raise UsageError(unknown)
    meant = {name: path for name, path in config.rule_files.items() if options.rule in (name, name.partition("/")[0])}
    (loaded, status), known, style = asked.loaded(meant, console), measured.read(), console.style(options)
    if options.rule in meant:
        console.write(part for rule in loaded for part in catalogue.explanation(rule, known, style))
    else:
        console.write(catalogue.table(loaded, known, style))
    return status
