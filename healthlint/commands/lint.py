"""Mark what a careful health editor would mark in articles about health, and say why."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from healthlint import __version__, arguments, asked, replay, reports
from healthlint.arguments import Parser, UsageError
from healthlint.asked import STDIN, Fixes, Output, Watch
from healthlint.console import CLEAN, FINDINGS, UNUSABLE, Console

if TYPE_CHECKING:
    from healthlint.findings import Result

    Wanted = Callable[[Iterable[Result]], Iterable[Result]]

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
    group.add_argument(
        "--report-suppressed",
        action="store_true",
        help="in SARIF, tell what is suppressed or in the baseline, too, and mark it so",
    )
    group.add_argument("--statistics", action="store_true", help="count the findings of each rule instead")
    group = arguments.add_run_options(parser)
    group.add_argument("--watch", action="store_true", help="lint again whenever something has changed")
    arguments.add_link_options(parser)
    arguments.add_config_options(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Lint articles, fix them if asked to, and report what is found, once or whenever something has changed."""
    if options.watch:
        return _watch(options, console)
    return _Run(options, console).tell()


class _Run:
    """One run: what is asked for, and what comes of it."""

    def __init__(self, options: argparse.Namespace, console: Console) -> None:
        """Raises UsageError."""
        from healthlint.reports.totals import Totals

        self._console = console
        self._totals = Totals()
        self._watch = Watch(console, self._totals)
        self._options = options
        self._said = replay.Said()
        self.configs = asked.configs(options)
        config = asked.config_here(self.configs, self._watch)
        self._fixes = Fixes(options, console)
        self._checker = asked.checker(options, config)
        self.request = asked.request(options, config, self._fixes.asked)
        self.baselines = asked.baselines(options)
        self.outputs = asked.outputs(options, options.output_format or config.settings.output_format.value)
        if options.report_suppressed and all(output.form != "sarif" for output in self.outputs):
            raise UsageError("--report-suppressed: no report is SARIF; add --output-format sarif")

    def tell(self, wanted: Wanted = iter) -> int:
        """Lint and report; keep the report if it depends on nothing besides. The exit status.

        `wanted` gives the results that standard output is to tell of. Raises UsageError if the only report cannot be
        written, OSError if standard output cannot.
        """
        from healthlint import runner

        console, watch = self._console, self._watch
        meter = console.progress()
        coming = runner.run(self.request, self.configs, self.baselines, meter, asked.follow(self._checker, meter))
        results = watch.passed(map(self._fixes.done, coming))
        if self._options.diff:
            return self._tell_differences(results)
        if len(self.outputs) == 1:
            self._write(self.outputs[0], results, wanted)
        else:
            self._write_all(results, wanted)
        is_text = any(output.form == "text" for output in self.outputs)
        found = f"{self._totals.line()}\n" if is_text and self._totals.articles else ""
        line = self._fixes.told(self._totals) or found
        line += f"{self._checker.summary}\n" if self._checker else ""
        line += self.baselines.stale(gone=any(map(os.path.isdir, self.request.paths)))
        if line:
            console.note(line)
        is_another = self._totals.fixed or not self._options.paths  # the next time
        if console.key and watch.status != UNUSABLE and not is_another:
            files, looked_up = self.configs.named_files, watch.looked_up
            past = {} if self._options.today else watch.past  # a day that is given is part of the key
            replay.keep(console.key, watch.status, self._said, line, also=files, looked_up=looked_up, past=past)
        return watch.status

    def _tell_differences(self, results: Iterable[Result]) -> int:
        """Show what fixing would change; the exit status is that of findings if there is anything."""
        self._console.write(part for result in results for part in self._fixes.difference(result))
        self._console.note(self._fixes.told(self._totals))
        if self._watch.status == UNUSABLE:
            return UNUSABLE
        return FINDINGS if self._totals.fixed and not self._options.exit_zero else CLEAN

    def _write(self, output: Output, results: Iterable[Result], wanted: Wanted) -> None:
        """Write a report. Raises UsageError for a file that cannot be written, OSError for standard output."""
        style = self._console.style(self._options, to_file=bool(output.file))
        parts = output.report(results if output.file else wanted(results), style)
        if self._fixes.fill_stdout and not output.file:
            for part in parts:
                self._console.note(part)
            return
        self._console.write(self._remembered(parts) if self._console.key else parts, output.file)

    def _remembered(self, parts: Iterable[str]) -> Iterator[str]:
        """The parts of a report, which are kept to be said again."""
        for part in parts:
            self._said.add(part)
            yield part

    def _write_all(self, results: Iterable[Result], wanted: Wanted) -> None:
        """Write several reports, the first one while the results come. One that cannot be written costs no other."""
        from healthlint.recorded import Recorded

        recorded, stopped = Recorded(), None
        passing = recorded.passed(results)
        for output in self.outputs:
            try:
                self._write(output, passing if output is self.outputs[0] else recorded, wanted)
            except UsageError as error:
                self._watch.complain(str(error))
            except OSError as error:  # standard output is full, or its reader has gone
                stopped = error
                self._console.silence()
            for _ in passing:  # what a report that could not be written has left
                pass
        recorded.close()
        if stopped:
            raise stopped


def _watch(options: argparse.Namespace, console: Console) -> int:
    """Lint, and again whenever something has changed, until somebody ends it. Raises UsageError of the first time."""
    from healthlint import watching

    if STDIN in options.paths:
        raise UsageError("--watch: standard input does not change; name files or folders")
    if options.check_links and options.no_cache:
        raise UsageError("--watch: with --no-cache each change would have all links followed anew; leave one out")
    news, before = watching.News(), watching.State()
    while True:
        console.forget()  # what is still wrong is said again
        before = watching.state(before)
        try:
            run = _Run(options, console)
            written = {os.path.abspath(output.file) for output in run.outputs if output.file}
            watched = watching.depends_on(run.request, run.configs) | run.baselines.given_files
            before = watching.state(watched - written) | before
            run.tell(news.of)
        except UsageError as error:
            if not before:
                raise
            console.complain(str(error))
        console.note("watching for changes; Ctrl-C ends\n")
        news.changed = watching.wait(before)
        console.note(f"\n{watching.named(news.changed)} changed\n")
