"""All rules, with their severity and what they ask for."""

from __future__ import annotations

import argparse

from healthlint import arguments, asked
from healthlint.arguments import Parser
from healthlint.console import Console

USAGE = "rules"
SUMMARY = "all rules, with their severity and what they ask for"


def add_arguments(parser: Parser) -> None:
    """How they are listed, and of which configuration."""
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="how to report")
    arguments.add_config_options(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """List all rules."""
    from healthlint import measured
    from healthlint.reports import catalogue

    loaded, status = asked.loaded(asked.config(options).rule_files, console)
    known = measured.read()
    is_json = options.output_format == "json"
    style = console.style(options)
    console.write(catalogue.as_json(loaded, known) if is_json else catalogue.table(loaded, known, style))
    return status
