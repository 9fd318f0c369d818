"""Mark what a careful health editor would mark in articles about health, and say why."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from healthlint import __version__, arguments, asked, replay
from healthlint.arguments import Parser
from healthlint.asked import Watch
from healthlint.console import UNUSABLE, Console

if TYPE_CHECKING:
    from healthlint.reports import Report

USAGE = "[PATHS]"
SUMMARY = "lint articles"


def add_arguments(parser: Parser) -> None:
    """Paths, and the options of a run."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input (default: .)")
    parser.add_argument("--version", action="version", version=f"healthlint {__version__}")
    arguments.add_rule_options(parser)
    arguments.add_file_options(parser)
    group = parser.add_argument_group("report")
    group.add_argument("--output-format", choices=("text", "concise", "json"), help="how to report (text)")
    group.add_argument("--output-file", metavar="FILE", help="write the report there instead of to standard output")
    group.add_argument("--statistics", action="store_true", help="count the findings of each rule instead")
    arguments.add_run_options(parser)
    arguments.add_config_options(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Lint articles and report what is found; keep the report if it depends on nothing besides."""
    from healthlint import runner
    from healthlint.reports.totals import Totals

    totals = Totals()
    watch = Watch(console, totals)
    configs = asked.configs(options)
    config = asked.config_here(configs, watch)
    form = options.output_format or config.settings.output_format.value
    baselines = asked.baselines(options)
    results = watch.passed(runner.run(asked.request(options, config), configs, baselines))
    parts = _report(form, options)(results, console.style(options, to_file=bool(options.output_file)))
    said = []
    for part in parts if console.key else ():
        said.append(part)
        console.write((part,))
    console.write(() if console.key else parts, options.output_file)
    line = f"{totals.line()}\n" if form == "text" and totals.articles else ""
    line += baselines.stale(gone=any(map(os.path.isdir, options.paths or ["."])))
    if line:
        console.note(line)
    if watch.status != UNUSABLE and not watch.looked_elsewhere and options.paths:
        past = {} if options.today else watch.past  # a day that is given is part of the key
        replay.keep(console.key, watch.status, "".join(said), line, also=configs.named_files, past=past)
    return watch.status


def _report(form: str, options: argparse.Namespace) -> Report:
    from healthlint import reports

    if options.statistics:
        return reports.STATISTICS["json" if form == "json" else "text"]
    return reports.FORMATS[form]
