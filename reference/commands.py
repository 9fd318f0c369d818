"""What can be typed after `healthlint`, as its parsers know it, for a page of Markdown."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from accuracy.markdown import code, literal_but_code, table
from healthlint import commands
from healthlint.arguments import Parser


def listed() -> str:
    """All commands, each with its options."""
    return "\n".join("".join(_section(name)) for name in (commands.DEFAULT, *commands.names()))


def _section(name: str) -> Iterator[str]:
    command = commands.named(name)
    parser = Parser(name, "")
    command.add_arguments(parser)
    yield f"## {name}\n\n"
    yield f"    healthlint {command.USAGE}\n\n"
    yield f"{(command.__doc__ or '').strip()}\n"
    yield from _options(parser)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """A table of the arguments and options, group by group."""
    rows = [
        (_spelled(action), literal_but_code(_said(action)))
        for group in parser._action_groups  # noqa: SLF001  # argparse tells of them in no other way
        for action in group._group_actions  # noqa: SLF001
        if action.help != argparse.SUPPRESS and action.dest not in ("help", "no_color")
    ]
    if rows:
        yield "\n" + table(("argument", "what it does"), rows)


def _spelled(action: argparse.Action) -> str:
    if not action.option_strings:
        return code(str(action.metavar or action.dest))
    takes_value = action.nargs != 0
    value = f" {action.metavar or action.dest.upper()}" if takes_value else ""
    if takes_value and action.metavar is None and action.choices:
        value = f" {'|'.join(map(str, action.choices))}"
    return ", ".join(code(f"{name}{value}") for name in action.option_strings).replace("|", "\\|")  # in a cell


def _said(action: argparse.Action) -> str:
    """The help of an option, with the names filled in that argparse fills in."""
    return ((action.help or "") % {**vars(action), "prog": "healthlint"}).strip()
