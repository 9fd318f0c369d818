"""What the drug table knows of a drug, a supplement or a class of them, and from where.

The table is an editorial aid, compiled from labels and FDA communications. It is no clinical reference.
"""

from __future__ import annotations

import argparse

from healthlint.arguments import Parser, UsageError
from healthlint.console import CLEAN, Console

USAGE = "drug NAME"
SUMMARY = "what the drug table knows of a drug, and from where"


def add_arguments(parser: Parser) -> None:
    """The name, and how the facts are shown."""
    parser.add_argument("name", nargs="+", metavar="NAME", help="a generic name, a brand, or a class such as statins")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="how to report")


def run(options: argparse.Namespace, console: Console) -> int:
    """Show the facts. Raises UsageError for a name that the table does not know, or a table that cannot be used."""
    from healthlint import schema
    from healthlint.analysis import drugs
    from healthlint.reports import drug

    name = " ".join(options.name)
    try:
        found = drugs.lookup(name)
    except drugs.TableError as error:
        raise UsageError(f"the drug table cannot be used: {error}") from None
    if found is None:
        known = {" ".join(key) for key in drugs.known_names()}
        raise UsageError(f"the drug table does not know '{name}'{schema.nearest(name.lower(), known)}")
    is_json = options.output_format == "json"
    console.write(drug.as_json(found) if is_json else drug.text(found, console.style(options)))
    return CLEAN
