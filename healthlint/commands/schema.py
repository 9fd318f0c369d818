"""Print the JSON Schema of a configuration, or of a rule file, by which editors complete keys and names.

That of a configuration knows the rules of the configuration of the current folder, your own among them.
"""

from __future__ import annotations

import argparse
import json

from healthlint import arguments, asked
from healthlint.arguments import Parser
from healthlint.console import CLEAN, Console

USAGE = "schema [WHAT]"
SUMMARY = "the JSON Schema of a configuration or a rule file, for editors"


def add_arguments(parser: Parser) -> None:
    """Of what, and where it goes."""
    parser.add_argument(
        "what", nargs="?", choices=("config", "rule"), default="config", metavar="WHAT", help="config (default) or rule"
    )
    parser.add_argument("--output-file", metavar="FILE", help="write it there instead of to standard output")
    arguments.add_config_options(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print it."""
    from healthlint import json_schemas

    is_rule = options.what == "rule"
    found = json_schemas.rule_file() if is_rule else json_schemas.configuration(asked.config(options).rule_files)
    console.write([written(found)], options.output_file)
    return CLEAN


def written(schema: dict[str, object]) -> str:
    """The text of a schema."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
