"""Options of the command line -> the configurations and the request that a run starts from."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthlint.arguments import UsageError
from healthlint.console import CLEAN, FINDINGS, UNUSABLE, Console
from healthlint.plain import printable

if TYPE_CHECKING:
    from healthlint.baseline import Baselines
    from healthlint.config import Config, Configs
    from healthlint.edits import Applicability
    from healthlint.findings import Result
    from healthlint.reports import Report
    from healthlint.reports.totals import Totals
    from healthlint.rules import Rule
    from healthlint.runner import Meter, Request
    from healthlint.selection import Wanted
    from healthlint.waiting import Follow
    from healthlint.web.checker import Checker

STDIN = "-"  # among the paths


class Watch:
    """Looks at results on their way to the report: complains, counts, and knows the exit status."""

    def __init__(self, console: Console, totals: Totals) -> None:
        self.status = CLEAN
        self.looked_up: dict[str, bool] = {}  # files that a result depends on, and whether they were there
        self.past: dict[str, bool] = {}  # days that a result depends on, and whether they were over
        self._console = console
        self._totals = totals

    def complain(self, what: str) -> None:
        """Say what cannot be used."""
        self.status = UNUSABLE
        self._console.complain(what)

    def passed(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, as they are."""
        for result in results:
            for error in result.errors:
                self.complain(error)
            self._totals.add(result)
            self.looked_up.update(result.looked_up)
            self.past.update(result.past)
            self.status = max(self.status, FINDINGS if result.fails else CLEAN)
            yield result


class Fixes:
    """What is done with articles that are fixed: written to their files, or told as a diff."""

    def __init__(self, options: argparse.Namespace, console: Console) -> None:
        """Raises UsageError for options that do not go together."""
        from healthlint.edits import Applicability

        wanted = Applicability.UNSAFE if options.unsafe_fixes else Applicability.SAFE
        self.asked = wanted if options.fix or options.diff else None  # the fixes to make
        if options.diff and options.check_links:
            raise UsageError("--diff: it is told instead of a report, and no fix mends a dead link; leave one out")
        if self.asked and STDIN in options.paths and len(options.paths) > 1:
            raise UsageError("-: with --fix or --diff standard input is linted alone; leave out the other paths")
        if options.diff and (options.output_file or options.statistics):
            raise UsageError("--diff: it is told instead of a report; leave out --output-file and --statistics")
        self.fill_stdout = options.fix and not options.diff and STDIN in options.paths  # so that no report goes there
        self._options = options
        self._console = console
        self._list: list[str] = []

    def done(self, result: Result) -> Result:
        """The result, once its article is written; standard input goes to standard output, fixed or not."""
        if self.asked is None:
            return result
        from healthlint import rewriting

        if self.fill_stdout:
            self._console.write_bytes(result.rewriting.data if result.rewriting else result.data)
        elif not self._options.diff:
            result = rewriting.written(result)
        if self._options.show_fixes:
            from healthlint.reports.made import made

            self._list += made(result, self._console.style(self._options, to_file=True))
        return result if self._options.diff else rewriting.without_data(result)

    def difference(self, result: Result) -> Iterator[str]:
        """What fixing an article changes; on a terminal nothing of it may steer that."""
        from healthlint import rewriting

        for line in rewriting.difference(result):
            yield f"{printable(line[:-1])}\n" if self._console.on_terminal else line

    def told(self, totals: Totals) -> str:
        """What is said of the fixes at the end; nothing if there were to be none."""
        if self.asked is None:
            return ""
        return "".join([*self._list, totals.line_of_fixes(self.asked, would=self._options.diff), "\n"])


def configs(options: argparse.Namespace) -> Configs:
    """The configuration of each folder."""
    from healthlint.config import Configs

    return Configs(Path(options.config) if options.config else None, isolated=options.isolated)


def baselines(options: argparse.Namespace) -> Baselines:
    """The known findings of each configuration. Raises UsageError."""
    from healthlint.baseline import BaselineError, Baselines, read

    try:
        given = read(Path(options.baseline)) if options.baseline else None
    except BaselineError as error:
        raise UsageError(f"--baseline: {error}") from None
    return Baselines(given, without=options.no_baseline)


def config(options: argparse.Namespace) -> Config:
    """The configuration of the current folder. Raises UsageError."""
    from healthlint.config import ConfigError

    try:
        return configs(options).of(Path())
    except ConfigError as error:
        raise UsageError(str(error)) from None


def config_here(configs: Configs, watch: Watch) -> Config:
    """The configuration of the current folder; one that cannot be used is complained of and left out."""
    from healthlint.config import ConfigError, of_settings

    try:
        return configs.of(Path())
    except ConfigError as error:
        watch.complain(str(error))
        return of_settings(Path.cwd())


def wanted(options: argparse.Namespace, config: Config) -> Wanted:
    """What the options say about rules. Raises UsageError for the name of a rule that there is not."""
    from healthlint.selection import Wanted

    for option, names in (("--select", options.select), ("--ignore", options.ignore)):
        for name in names or ():
            if unknown := config.unknown_name(name):
                raise UsageError(f"{option}: {unknown}")
    return Wanted(options.select, options.ignore or (), options.preview)


def verify_patterns(options: argparse.Namespace) -> None:
    """Raises UsageError for a pattern that is none."""
    from healthlint import globs

    for option, patterns in (("--exclude", options.exclude), ("--extend-exclude", options.extend_exclude)):
        for pattern in patterns or ():
            if not globs.is_pattern(pattern):
                raise UsageError(f"{option}: '{pattern}' is no pattern as in .gitignore, with two ** at most")


def request(options: argparse.Namespace, config: Config, fix: Applicability | None = None) -> Request:
    """What the options of `lint` ask for, and the fixes to make.

    Raises UsageError as `wanted` does, and for a pattern that is none.
    """
    from healthlint.config import FailOn
    from healthlint.runner import Request

    verify_patterns(options)
    fail_on = "never" if options.exit_zero else options.fail_on
    return Request(
        paths=options.paths or ["."],
        wanted=wanted(options, config),
        fail_on=FailOn(fail_on) if fail_on else None,
        exclude=options.exclude,
        extend_exclude=options.extend_exclude or (),
        force_exclude=options.force_exclude,
        stdin_filename=options.stdin_filename,
        largest_file=options.largest_file,
        jobs=options.jobs,
        fix=fix,
        silenced=getattr(options, "report_suppressed", False),
        today=getattr(options, "today", None),
    )


def checker(options: argparse.Namespace, config: Config) -> Checker | None:
    """What follows links, if that is asked for; for nothing else any of it is imported. Raises UsageError."""
    if not options.check_links:
        if options.allow_private_links:
            raise UsageError("--allow-private-links: it says which links --check-links follows; give both")
        return None
    from healthlint.web.checker import Checker

    return Checker(config.settings.link_limits, allow_private=options.allow_private_links)


def follow(checker: Checker | None, meter: Meter | None) -> Follow | None:
    """How a run has its links followed."""
    if checker is None or meter is None:
        return checker.verdicts if checker else None
    return lambda links: checker.verdicts(links, meter.begin, meter.step)


class Output(NamedTuple):
    """A report that is wanted."""

    form: str  # one of reports.FORMATS
    report: Report
    file: str = ""  # '' is standard output


def outputs(options: argparse.Namespace, form: str) -> list[Output]:
    """The reports that are wanted, at least one. `form` is that of all that name none. Raises UsageError."""
    from healthlint import reports

    if options.statistics and form not in reports.COUNTED:
        raise UsageError(f"--statistics is told as {', '.join(reports.COUNTED)}; there is none as {form}")
    main = reports.statistics(form) if options.statistics else reports.report(form)
    given = [_named_output(given) for given in options.output_file or ()]
    wanted = [Output(name or form, reports.report(name) if name else main, file) for name, file in given]
    if all(name for name, _ in given):
        wanted.insert(0, Output(form, main))
    files = [os.path.realpath(output.file) for output in wanted if output.file]
    if twice := next((file for file in files if files.count(file) > 1), None):
        raise UsageError(f"--output-file: there are two reports for {twice}; give each a file of its own")
    return wanted


def _named_output(given: str) -> tuple[str, str]:
    """Format and path of FORMAT:PATH; no format if the head is none: the drive in `C:/a.txt`. Raises UsageError."""
    from healthlint import reports

    name, colon, file = given.partition(":")
    if not colon or name not in reports.FORMATS:
        name, file = "", given
    if not file:
        raise UsageError(f"--output-file: '{given}' names no file; write {name or 'FORMAT'}:PATH, or PATH alone")
    return name, file


def loaded(files: Mapping[str, Path], console: Console) -> tuple[list[Rule], int]:
    """The rules in files; complains of those that cannot be used, and gives the exit status for that."""
    from healthlint import rules

    found, status = [], CLEAN
    for name, path in files.items():
        try:
            found.append(rules.load(name, path))
        except rules.RuleError as error:
            console.complain(str(error))
            status = UNUSABLE
    return found, status
