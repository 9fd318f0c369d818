"""The options that commands share, and the parser that reads them into plain data."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NoReturn

_MOST_MEGABYTES = 1_000
_MOST_JOBS = 256


class UsageError(Exception):
    """What is wrong with the command line, in one line."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Of a fixed width: a parser asks for one with each argument, and to look for the terminal's takes imports."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError, so that whoever asked prints and exits."""

    def __init__(self, command: str, description: str, ending: Callable[[], str] | None = None) -> None:
        """`ending` gives what --help ends with; it is called for nothing else."""
        super().__init__(
            prog=f"healthlint {command}".rstrip(),
            description=description,
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        self._ending = ending
        self.add_argument("--no-color", action="store_true", help="no colours, as with NO_COLOR=1")

    def format_help(self) -> str:
        """What --help says."""
        self.epilog = self._ending() if self._ending else None
        self.formatter_class = argparse.RawDescriptionHelpFormatter
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(message if message.endswith("?") else f"{message}; see {self.prog} --help")

    def parse_all(self, given: Sequence[str]) -> argparse.Namespace:
        """The options; names of files may stand before, between and after them. Raises UsageError."""
        options, unknown = self.parse_known_intermixed_args(list(given))
        if unknown:
            self.error(self._unknown(unknown[0]))
        return options

    def _unknown(self, option: str) -> str:
        from healthlint import schema

        known = re.findall(r"(?<!\S)--?[a-z-]+", self.format_help())
        name = option.partition("=")[0]
        if not name.startswith("-"):
            return f"there is one argument too many: {option}"
        return f"there is no option {name}{schema.nearest(name, known)}"


def add_rule_options(parser: argparse.ArgumentParser) -> None:
    """Which rules are run, and from which severity on the run fails."""
    group = parser.add_argument_group("rules")
    add_rule_choice(group)
    group.add_argument("--fail-on", choices=("error", "warning", "info", "never"), help="exit 1 from here on (warning)")
    group.add_argument("--exit-zero", action="store_true", help="exit 0 even if there are findings")
    known = group.add_mutually_exclusive_group()
    known.add_argument("--baseline", metavar="FILE", help="tell only what is not in this file of known findings")
    known.add_argument("--no-baseline", action="store_true", help="tell known findings too")


def add_rule_choice(group: argparse._ArgumentGroup) -> None:
    """Which rules are run."""
    group.add_argument("--select", metavar="NAMES", action=Listed, help="run these rules or groups alone")
    group.add_argument("--ignore", metavar="NAMES", action=Listed, help="do not run these rules or groups")
    group.add_argument("--preview", action="store_true", help="run rules in preview too")


def add_file_options(parser: argparse.ArgumentParser) -> None:
    """Which files are linted."""
    group = parser.add_argument_group("files")
    group.add_argument(
        "--exclude",
        metavar="PATTERNS",
        action=Listed,
        help="leave these out, as in .gitignore, instead of the usual folders",
    )
    group.add_argument("--extend-exclude", metavar="PATTERNS", action=Listed, help="leave these out as well")
    group.add_argument("--force-exclude", action="store_true", help="leave them out even if they are named as a PATH")
    group.add_argument(
        "--largest-file",
        metavar="N",
        type=_megabytes,
        help="refuse files of more megabytes (10; Word files and exports 50)",
    )
    group.add_argument(
        "--stdin-filename", metavar="FILE", default="", help="the name of what comes from standard input"
    )


def add_fix_options(parser: argparse.ArgumentParser) -> None:
    """What is fixed."""
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="write what can be fixed safely back to the files")
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: also what somebody has to read; else show it"
    )
    group.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    group.add_argument("--show-fixes", action="store_true", help="list what was fixed, by file and rule")


def add_run_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """How many processes there are, and what is kept; the group of these options."""
    group = parser.add_argument_group("run")
    group.add_argument("--jobs", metavar="N", type=_count, default=0, help="processes (one for each processor)")
    group.add_argument("--no-cache", action="store_true", help="lint anew, and keep no results; parsed rules are kept")
    group.add_argument(
        "--today", metavar="YYYY-MM-DD", type=_day, help="the day that reviews are old by (what the calendar says)"
    )
    group.add_argument("--cache-dir", metavar="DIR", help="keep parsed rules and results there (HEALTHLINT_CACHE_DIR)")
    return group


def add_link_options(parser: argparse.ArgumentParser) -> None:
    """Whether links are followed."""
    group = parser.add_argument_group("links")
    group.add_argument(
        "--check-links", action="store_true", help="follow the links to the web, and mark those that are dead"
    )
    group.add_argument(
        "--allow-private-links",
        action="store_true",
        help="with --check-links: follow those to private and loopback addresses too, at any port",
    )


def add_config_options(parser: argparse.ArgumentParser) -> None:
    """Which configuration is used."""
    group = parser.add_argument_group("configuration").add_mutually_exclusive_group()
    group.add_argument("--config", metavar="FILE", help="use this file, and no other")
    group.add_argument("--isolated", action="store_true", help="use no configuration file")


def _count(text: str, most: int = _MOST_JOBS) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 to {most}")
    return int(text)


def _megabytes(text: str) -> int:
    return _count(text, _MOST_MEGABYTES)


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"'{text}' is no day; write it as 2026-03-31")


class Listed(argparse.Action):
    """Names or patterns with commas between them; the option may be given several times."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        """Add what the option says to what it said before."""
        parts = tuple(part.strip() for part in values.split(",") if part.strip())
        setattr(namespace, self.dest, (getattr(namespace, self.dest) or ()) + parts)
