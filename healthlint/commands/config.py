"""Tell what holds for an article or folder, value by value, and where each value comes from.

Options of a run may be given too, to see what they change.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from healthlint import arguments, asked
from healthlint.arguments import Parser, UsageError
from healthlint.console import CLEAN, UNUSABLE, Console

USAGE = "config [PATH]"
SUMMARY = "what the configuration says of an article, and which file says so"

_KEYS = ("fail_on", "exclude", "extend_exclude", "baseline")  # that the command line may set


def add_arguments(parser: Parser) -> None:
    """The article, and what a run could be given."""
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="an article or folder (default: .)")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="how to tell it (text)")
    arguments.add_rule_options(parser)
    arguments.add_file_options(parser)
    arguments.add_config_options(parser)
    parser.set_defaults(paths=(), jobs=0)


def run(options: argparse.Namespace, console: Console) -> int:
    """Tell it. The article need not be there. Raises UsageError."""
    from healthlint.config import ConfigError
    from healthlint.reports import configuration
    from healthlint.settled import settled

    asked.verify_patterns(options)
    path = Path(options.path)
    try:
        config = asked.configs(options).of(path if path.is_dir() else path.parent)
    except ConfigError as error:
        raise UsageError(str(error)) from None
    found = settled(config, asked.wanted(options, config), path, _given(options))
    for what in found.errors:
        console.complain(what)
    is_json = options.output_format == "json"
    console.write(configuration.as_json(found) if is_json else configuration.text(found, console.style(options)))
    return UNUSABLE if found.errors else CLEAN


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """The keys that the command line sets."""
    given = {key.replace("_", "-"): getattr(options, key) for key in _KEYS}
    if options.exit_zero:
        given["fail-on"] = "never"
    return {key: list(value) if isinstance(value, tuple) else value for key, value in given.items() if value}
