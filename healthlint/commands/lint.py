"""Mark what a careful health editor would mark in articles about health, and say why."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from healthlint import __version__, arguments, asked, replay
from healthlint.arguments import Parser
from healthlint.asked import STDIN, Fixes, Watch
from healthlint.console import CLEAN, FINDINGS, UNUSABLE, Console

if TYPE_CHECKING:
    from healthlint.reports import Report
    from healthlint.reports.totals import Totals

USAGE = "[PATHS]"
SUMMARY = "lint articles"


def add_arguments(parser: Parser) -> None:
    """Paths, and the options of a run."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input (default: .)")
    parser.add_argument("--version", action="version", version=f"healthlint {__version__}")
    arguments.add_rule_options(parser)
    arguments.add_fix_options(parser)
    arguments.add_file_options(parser)
    group = parser.add_argument_group("report")
    group.add_argument("--output-format", choices=("text", "concise", "json"), help="how to report (text)")
    group.add_argument("--output-file", metavar="FILE", help="write the report there instead of to standard output")
    group.add_argument("--statistics", action="store_true", help="count the findings of each rule instead")
    arguments.add_run_options(parser)
    arguments.add_config_options(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Lint articles, fix them if that is asked for, and report what is found; keep the report if it tells all."""
    from healthlint import runner
    from healthlint.reports.totals import Totals

    totals = Totals()
    watch, configs, fixes = Watch(console, totals), asked.configs(options), Fixes(options, console)
    config = asked.config_here(configs, watch)
    request = replace(asked.request(options, config), fix=fixes.asked)
    results = watch.passed(map(fixes.done, runner.run(request, configs)))
    if options.diff:
        console.write((part for result in results for part in fixes.difference(result)), options.output_file)
        console.note(fixes.told(totals))
        return _status_of_diff(watch, totals, options)
    form = options.output_format or config.settings.output_format.value
    parts = _report(form, options)(results, console.style(options, to_file=bool(options.output_file)))
    said = _said(parts, options, console)
    line = fixes.told(totals) or (f"{totals.line()}\n" if form == "text" and totals.articles else "")
    if line:
        console.note(line)
    if watch.status != UNUSABLE and not watch.looked_elsewhere and not totals.fixed:
        replay.keep(console.key, watch.status, said, line)
    return watch.status


def _said(parts: Iterable[str], options: argparse.Namespace, console: Console) -> str:
    """Write the report; all of it, if it may be kept."""
    if options.fix and STDIN in options.paths and not options.output_file:
        for part in parts:
            console.note(part)  # the article itself goes to standard output
    if not console.key:
        console.write(parts, options.output_file)
        return ""
    said = []
    for part in parts:
        said.append(part)
        console.write((part,))
    return "".join(said)


def _status_of_diff(watch: Watch, totals: Totals, options: argparse.Namespace) -> int:
    if watch.status == UNUSABLE:
        return UNUSABLE
    return FINDINGS if totals.fixed and not options.exit_zero else CLEAN


def _report(form: str, options: argparse.Namespace) -> Report:
    from healthlint import reports

    if options.statistics:
        return reports.STATISTICS["json" if form == "json" else "text"]
    return reports.FORMATS[form]
