"""Mark what a careful health editor would mark in articles about health, and say why."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from healthlint import __version__, arguments, asked, replay, reports
from healthlint.arguments import Parser, UsageError
from healthlint.asked import Output, Watch
from healthlint.console import UNUSABLE, Console

if TYPE_CHECKING:
    from healthlint.findings import Result

USAGE = "[PATHS]"
SUMMARY = "lint articles"


def add_arguments(parser: Parser) -> None:
    """Paths, and the options of a run."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input (default: .)")
    parser.add_argument("--version", action="version", version=f"healthlint {__version__}")
    arguments.add_rule_options(parser)
    arguments.add_file_options(parser)
    group = parser.add_argument_group("report")
    names = ", ".join(name for name in reports.FORMATS if name != "text")
    group.add_argument(
        "--output-format",
        metavar="FORMAT",
        choices=tuple(reports.FORMATS),
        help=f"how to report: text (usual), {names}",
    )
    group.add_argument(
        "--output-file",
        metavar="[FORMAT:]PATH",
        action="append",
        help="write the report there instead of to standard output; with FORMAT: write one more. May be given again",
    )
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
    outputs = asked.outputs(options, options.output_format or config.settings.output_format.value)
    results = watch.passed(runner.run(asked.request(options, config), configs, console.progress()))
    said = _Said(console, options)
    if len(outputs) == 1:
        said.tell(outputs[0], results)
    else:
        _tell_all(outputs, results, said, watch)
    line = f"{totals.line()}\n" if totals.articles and any(output.form == "text" for output in outputs) else ""
    if line:
        console.note(line)
    if watch.status != UNUSABLE and not watch.looked_elsewhere:
        replay.keep(console.key, watch.status, "".join(said.parts), line)
    return watch.status


class _Said:
    """Writes reports, and remembers what it writes if the run is to be kept."""

    def __init__(self, console: Console, options: argparse.Namespace) -> None:
        self.parts: list[str] = []
        self.console = console
        self._options = options

    def tell(self, output: Output, results: Iterable[Result]) -> None:
        """Write a report. Raises UsageError for a file that cannot be written, OSError for standard output."""
        parts = output.report(results, self.console.style(self._options, to_file=bool(output.file)))
        self.console.write(self._remembered(parts) if self.console.key else parts, output.file)

    def _remembered(self, parts: Iterable[str]) -> Iterator[str]:
        for part in parts:
            self.parts.append(part)
            yield part


def _tell_all(outputs: Sequence[Output], results: Iterable[Result], said: _Said, watch: Watch) -> None:
    """Write several reports, the first one while the results come. One that cannot be written costs no other."""
    from healthlint.recorded import Recorded

    recorded, stopped = Recorded(), None
    passing = recorded.passed(results)
    for output in outputs:
        try:
            said.tell(output, passing if output is outputs[0] else recorded)
        except UsageError as error:
            watch.complain(str(error))
        except OSError as error:  # standard output is full, or its reader has gone
            stopped = error
            said.console.silence()
        for _ in passing:  # what a report that could not be written has left
            pass
    recorded.close()
    if stopped:
        raise stopped
