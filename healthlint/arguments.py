"""The command line of healthlint, and what it says, as plain data."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from healthlint import __version__

COMMANDS = ("rules", "explain", "test", "measure", "clean")

_EPILOG = """\
commands (healthlint COMMAND --help):
  rules           all rules, with their severity and what they ask for
  explain RULE    what a rule looks for, why, on whose authority, with examples
  test DIR        run the examples of a folder of rules
  clean           delete what is kept from one run to the next
  measure DIR     hold the rules against labelled articles: recall, precision, false alarms

exit status:
  0   no finding at or above --fail-on
  1   findings
  2   wrong usage, a bad configuration or rule, or a file that could not be linted
"""


_MOST_JOBS = 256


class UsageError(Exception):
    """What is wrong with the command line, in one line."""


class _Parser(argparse.ArgumentParser):
    """A parser that raises UsageError, so that only `cli` prints and exits."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message if message.endswith("?") else f"{message}; see {self.prog} --help")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a command line; `command` is '' or one of COMMANDS. Raises UsageError, SystemExit for --help."""
    command = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    parser = _PARSERS[command]()
    options, unknown = parser.parse_known_intermixed_args(list(arguments[1:] if command else arguments))
    if unknown:
        parser.error(_unknown_option(unknown[0], parser))
    options.command = command
    return options


def _unknown_option(option: str, parser: argparse.ArgumentParser) -> str:
    from healthlint import schema

    known = re.findall(r"(?<!\S)--?[a-z-]+", parser.format_help())
    name = option.partition("=")[0]
    if not name.startswith("-"):
        return f"there is one argument too many: {option}"
    return f"there is no option {name}{schema.nearest(name, known)}"


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"healthlint {name}".rstrip(),
        description=description,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--no-color", action="store_true", help="no colours, as with NO_COLOR=1")
    return parser


def _lint_parser() -> argparse.ArgumentParser:
    parser = _parser("", "Mark what a careful health editor would mark in articles about health, and say why.")
    parser.epilog = _EPILOG
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input (default: .)")
    parser.add_argument("--version", action="version", version=f"healthlint {__version__}")
    _add_rule_options(parser)
    _add_file_options(parser)
    _add_report_options(parser)
    _add_run_options(parser)
    _add_config_options(parser)
    return parser


def _add_rule_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rules")
    _add_rule_choice(group)
    group.add_argument("--fail-on", choices=("error", "warning", "info", "never"), help="exit 1 from here on (warning)")
    group.add_argument("--exit-zero", action="store_true", help="exit 0 even if there are findings")


def _add_rule_choice(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--select", metavar="NAMES", action=_Listed, help="run these rules or groups alone")
    group.add_argument("--ignore", metavar="NAMES", action=_Listed, help="do not run these rules or groups")
    group.add_argument("--preview", action="store_true", help="run rules in preview too")


def _add_file_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("files")
    group.add_argument(
        "--exclude",
        metavar="PATTERNS",
        action=_Listed,
        help="leave these out, as in .gitignore, instead of the usual folders",
    )
    group.add_argument("--extend-exclude", metavar="PATTERNS", action=_Listed, help="leave these out as well")
    group.add_argument("--force-exclude", action="store_true", help="leave them out even if they are named as a PATH")
    group.add_argument(
        "--stdin-filename", metavar="FILE", default="", help="the name of what comes from standard input"
    )


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("run")
    group.add_argument("--jobs", metavar="N", type=_count, default=0, help="processes (one for each processor)")
    group.add_argument("--no-cache", action="store_true", help="lint anew, and keep no results; parsed rules are kept")
    group.add_argument("--cache-dir", metavar="DIR", help="keep parsed rules and results there (HEALTHLINT_CACHE_DIR)")


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 to {_MOST_JOBS}")
    return int(text)


def _add_report_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("report")
    group.add_argument("--output-format", choices=("text", "concise", "json"), help="how to report (text)")
    group.add_argument("--output-file", metavar="FILE", help="write the report there instead of to standard output")
    group.add_argument("--statistics", action="store_true", help="count the findings of each rule instead")


def _add_config_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("configuration").add_mutually_exclusive_group()
    group.add_argument("--config", metavar="FILE", help="use this file, and no other")
    group.add_argument("--isolated", action="store_true", help="use no configuration file")


def _rules_parser() -> argparse.ArgumentParser:
    parser = _parser("rules", "All rules, with their severity and what they ask for.")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    _add_config_options(parser)
    return parser


def _explain_parser() -> argparse.ArgumentParser:
    parser = _parser("explain", "What a rule looks for, why, on whose authority, with examples.")
    parser.add_argument("rule", metavar="RULE")
    _add_config_options(parser)
    return parser


def _test_parser() -> argparse.ArgumentParser:
    parser = _parser(
        "test", "Run the examples of a folder of rules. Exit status 1 if one fails, 2 if a rule is broken."
    )
    parser.add_argument("folder", metavar="DIR")
    return parser


def _measure_parser() -> argparse.ArgumentParser:
    parser = _parser(
        "measure",
        "Hold the rules against articles that an editor has labelled: NAME.gold.tsv beside NAME.txt, .md or .html.\n"
        "Exit status 2 if labels or an article cannot be used; the others are measured all the same.",
    )
    parser.add_argument("paths", nargs="+", metavar="DIR", help="folders of labelled articles, or such an article")
    _add_rule_choice(parser.add_argument_group("rules"))
    group = parser.add_argument_group("report")
    group.add_argument("--output-format", "--format", choices=("text", "json"), default="text", help="how to report")
    group.add_argument(
        "--show", metavar="NAMES", action=_Listed, help="list what is missed, false, or a false hint (info)"
    )
    group.add_argument("--verbose", action="store_true", help="the same as --show missed,false")
    _add_run_options(parser)
    _add_config_options(parser)
    parser.set_defaults(
        fail_on="never", exit_zero=True, exclude=None, extend_exclude=None, force_exclude=False, stdin_filename=""
    )
    return parser


def _clean_parser() -> argparse.ArgumentParser:
    parser = _parser("clean", "Delete what is kept from one run to the next: parsed rules and results.")
    parser.add_argument("--cache-dir", metavar="DIR", help="where it is kept (HEALTHLINT_CACHE_DIR)")
    return parser


_PARSERS = {
    "": _lint_parser,
    "rules": _rules_parser,
    "explain": _explain_parser,
    "test": _test_parser,
    "measure": _measure_parser,
    "clean": _clean_parser,
}


class _Listed(argparse.Action):
    """Names or patterns with commas between them; the option may be given several times."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        """Add what the option says to what it said before."""
        parts = tuple(part.strip() for part in values.split(",") if part.strip())
        setattr(namespace, self.dest, (getattr(namespace, self.dest) or ()) + parts)
