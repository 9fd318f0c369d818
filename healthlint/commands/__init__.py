"""What healthlint can be told to do: a module for each command, named as the command is; this folder is the registry.

`lint` is what is done where no command is named.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence
from typing import Protocol, cast

from healthlint import builtin
from healthlint.arguments import Parser
from healthlint.console import Console

DEFAULT = "lint"

_EXIT_STATUSES = """\
exit status:
  0   no finding at or above --fail-on
  1   findings
  2   wrong usage, a bad configuration or rule, or a file that could not be linted
"""


class Command(Protocol):
    """What the module of a command has. Its docstring is what its --help says of it."""

    __name__: str
    USAGE: str  # the command with its arguments: 'explain RULE'
    SUMMARY: str  # what it does, in a line of `healthlint --help`
    __doc__: str | None

    def add_arguments(self, parser: Parser) -> None:
        """Give the parser the command's arguments and options."""

    def run(self, options: argparse.Namespace, console: Console) -> int:
        """Do it; the exit status. Raises UsageError."""


def names() -> list[str]:
    """All commands that can be named."""
    return [name for name in builtin.modules(__path__[0]) if name != DEFAULT]


def named(name: str) -> Command:
    """The command of that name."""
    return cast(Command, importlib.import_module(f"{__name__}.{name}"))


def parse(given: Sequence[str]) -> tuple[Command, argparse.Namespace]:
    """The command that is meant, and its options. Raises UsageError; SystemExit for --help and --version."""
    name = given[0] if given and given[0] in names() else ""
    command = named(name or DEFAULT)
    parser = Parser(name, (command.__doc__ or "").strip(), None if name else _ending)
    command.add_arguments(parser)
    return command, parser.parse_all(given[1:] if name else given)


def _ending() -> str:
    """All commands, and the exit statuses."""
    found = [named(name) for name in names()]
    width = max(len(command.USAGE) for command in found) + 2
    lines = [f"  {command.USAGE:<{width}}{command.SUMMARY}" for command in found]
    return "\n".join(["commands (healthlint COMMAND --help):", *lines, "", _EXIT_STATUSES])
