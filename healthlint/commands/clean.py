"""Delete what is kept from one run to the next: parsed rules and results."""

from __future__ import annotations

import argparse

from healthlint import kept
from healthlint.arguments import Parser
from healthlint.console import CLEAN, Console
from healthlint.plain import printable

USAGE = "clean"
SUMMARY = "delete what is kept from one run to the next"


def add_arguments(parser: Parser) -> None:
    """Where it is kept."""
    parser.add_argument("--cache-dir", metavar="DIR", help="where it is kept (HEALTHLINT_CACHE_DIR)")


def run(options: argparse.Namespace, console: Console) -> int:
    """Delete it, and say how much it was."""
    folder = options.cache_dir or kept.folder_of_user()
    freed = kept.clean(folder) if folder else 0
    console.write([f"freed {freed / 1_000_000:.1f} MB in {printable(folder or 'no folder')}\n"])
    return CLEAN
