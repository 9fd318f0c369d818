"""Arguments in, report and exit status out. The only module that prints."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from healthlint import arguments, kept, replay
from healthlint.arguments import UsageError
from healthlint.plain import printable

if TYPE_CHECKING:
    from healthlint.config import Config, Configs
    from healthlint.findings import Result
    from healthlint.reports import Report
    from healthlint.reports.style import Style
    from healthlint.reports.totals import Totals
    from healthlint.rules import Rule
    from healthlint.runner import Request

CLEAN, FINDINGS, UNUSABLE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141


def main(given: Sequence[str] | None = None, key: str = "") -> int:
    """Run the command; the exit status. What it says is kept for the same run under `key`."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # an ASCII terminal must not stop the report
    try:
        status = _run(arguments.parse(sys.argv[1:] if given is None else given), key)
        _flush()
    except UsageError as error:
        _complain(str(error))
        return UNUSABLE
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        _silence_stdout()
        return PIPE_CLOSED
    except OSError as error:  # a full disk, a current folder that is gone
        _silence_stdout()
        _complain(f"stopped: {error.strerror or error}")
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(options: argparse.Namespace, key: str) -> int:
    commands = {"rules": _rules, "explain": _explain, "test": _test, "measure": _measure, "clean": _clean}
    kept.use(_cache_folder(options), kept.RESULTS if getattr(options, "no_cache", False) else ())
    try:
        return commands[options.command](options) if options.command else _lint(options, key)
    finally:
        kept.run.save()


def _cache_folder(options: argparse.Namespace) -> str:
    return getattr(options, "cache_dir", None) or kept.folder_of_user()


def _complain(what: str) -> None:
    """One line on standard error."""
    if sys.stderr is not None:
        print(f"healthlint: {printable(what)}", file=sys.stderr)


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _silence_stdout() -> None:
    """Keep the interpreter from writing what is left in the buffer when it ends."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Watch:
    """Looks at results on their way to the report: complains, counts, and knows the exit status."""

    def __init__(self, totals: Totals) -> None:
        self.status = CLEAN
        self.looked_elsewhere = False  # whether a result depends on files besides the article
        self._totals = totals
        self._said: set[str] = set()

    def complain(self, what: str) -> None:
        """Say what cannot be used, once."""
        self.status = UNUSABLE
        if what not in self._said:
            self._said.add(what)
            _complain(what)

    def passed(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, as they are."""
        for result in results:
            for error in result.errors:
                self.complain(error)
            self._totals.add(result)
            self.looked_elsewhere |= result.looked_elsewhere
            self.status = max(self.status, FINDINGS if result.fails else CLEAN)
            yield result


def _lint(options: argparse.Namespace, key: str = "") -> int:
    """Lint articles and report what is found; keep the report under `key` if it depends on nothing besides."""
    from healthlint.reports.totals import Totals
    from healthlint.runner import run

    totals = Totals()
    watch = _Watch(totals)
    configs = _configs(options)
    config = _config_here(configs, watch)
    form = options.output_format or config.settings.output_format.value
    results = watch.passed(run(_request(options, config), configs))
    parts = _report(form, options)(results, _style(options))
    said = []
    for part in parts if key else ():
        said.append(part)
        _write((part,))
    _write(() if key else parts, options.output_file)
    line = f"{totals.line()}\n" if form == "text" and totals.articles else ""
    if line and sys.stderr is not None:
        _flush()
        sys.stderr.write(line)
    if watch.status != UNUSABLE and not watch.looked_elsewhere:
        replay.keep(key, watch.status, "".join(said), line)
    return watch.status


def _rules(options: argparse.Namespace) -> int:
    """List all rules."""
    from healthlint import measured
    from healthlint.reports import catalogue

    loaded, status = _loaded(_config(options).rule_files)
    is_json = options.output_format == "json"
    known = measured.read()
    _write(catalogue.as_json(loaded, known) if is_json else catalogue.table(loaded, known, _style(options)))
    return status


def _explain(options: argparse.Namespace) -> int:
    """Tell all that is known of a rule, or list the rules of a group."""
    from healthlint import measured
    from healthlint.reports import catalogue

    config = _config(options)
    if unknown := config.unknown_name(options.rule):
        raise UsageError(unknown)
    meant = {name: path for name, path in config.rule_files.items() if options.rule in (name, name.partition("/")[0])}
    (loaded, status), known = _loaded(meant), measured.read()
    if options.rule in meant:
        _write(part for rule in loaded for part in catalogue.explanation(rule, known, _style(options)))
    else:
        _write(catalogue.table(loaded, known, _style(options)))
    return status


def _test(options: argparse.Namespace) -> int:
    """Run the examples of a folder of rules."""
    from healthlint import examples, rules
    from healthlint.reports.trials import trials

    folder = Path(options.folder)
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder")
    try:
        loaded, status = _loaded(rules.available(folder))
    except rules.RuleError as error:
        raise UsageError(str(error)) from None
    if not loaded and not status:
        raise UsageError(f"{folder}: there is no rule in this folder; a rule is a file GROUP/NAME.yaml")
    run = []
    for rule in loaded:
        try:
            run += [examples.tried(example) for example in examples.of(rule)]
        except rules.RuleError as error:
            _complain(str(error))
            status = UNUSABLE
    _write(trials(run, _style(options)))
    return max(status, FINDINGS if not all(trial.passed for trial in run) else CLEAN)


def _measure(options: argparse.Namespace) -> int:
    """Hold the rules against labelled articles."""
    from healthlint.labels import LabelError, labelled
    from healthlint.measure import Measure
    from healthlint.reports import measures
    from healthlint.reports.totals import Totals
    from healthlint.runner import run

    shown = _shown(options)
    watch, configs, config = _Watch(Totals()), _configs(options), _config(options)
    request = _request(options, config)
    articles = {}
    for found in labelled(options.paths, {name.partition("/")[0] for name in config.rule_files}):
        if isinstance(found, LabelError):
            watch.complain(str(found))
        else:
            articles[str(found.article)] = found
    measure = Measure(config.rule_files)
    for result in watch.passed(run(replace(request, paths=list(articles)), configs)):
        if result.linted:
            measure.add(articles[result.filename], result)
    is_json = options.output_format == "json"
    _write(measures.as_json(measure) if is_json else measures.text(measure, shown, _style(options)))
    return watch.status


def _clean(options: argparse.Namespace) -> int:
    """Delete what is kept."""
    folder = _cache_folder(options)
    freed = kept.clean(folder)
    _write([f"freed {freed / 1_000_000:.1f} MB in {printable(folder)}\n"])
    return CLEAN


def _shown(options: argparse.Namespace) -> set[str]:
    """What `healthlint measure` is to list. Raises UsageError."""
    from healthlint import schema
    from healthlint.reports.measures import SHOWN

    for name in options.show or ():
        if name not in SHOWN:
            hint = schema.nearest(name, SHOWN) or f"; known: {', '.join(SHOWN)}"
            raise UsageError(f"--show: there is no list '{name}'{hint}")
    return {*(options.show or ()), *(("missed", "false") if options.verbose else ())}


def _loaded(files: dict[str, Path]) -> tuple[list[Rule], int]:
    """The rules in files; complains of those that cannot be used, and gives the exit status for that."""
    from healthlint import rules

    loaded, status = [], CLEAN
    for name, path in files.items():
        try:
            loaded.append(rules.load(name, path))
        except rules.RuleError as error:
            _complain(str(error))
            status = UNUSABLE
    return loaded, status


def _configs(options: argparse.Namespace) -> Configs:
    from healthlint.config import Configs

    return Configs(Path(options.config) if options.config else None, isolated=options.isolated)


def _config(options: argparse.Namespace) -> Config:
    """The configuration of the current folder. Raises UsageError."""
    from healthlint.config import ConfigError

    try:
        return _configs(options).of(Path())
    except ConfigError as error:
        raise UsageError(str(error)) from None


def _config_here(configs: Configs, watch: _Watch) -> Config:
    """The configuration of the current folder; one that cannot be used is complained of and left out."""
    from healthlint.config import ConfigError, of_settings

    try:
        return configs.of(Path())
    except ConfigError as error:
        watch.complain(str(error))
        return of_settings(Path.cwd())


def _request(options: argparse.Namespace, config: Config) -> Request:
    """What the options ask for. Raises UsageError for the name of a rule that there is not."""
    from healthlint.config import FailOn
    from healthlint.runner import Request
    from healthlint.selection import Wanted

    for option, names in (("--select", options.select), ("--ignore", options.ignore)):
        for name in names or ():
            if unknown := config.unknown_name(name):
                raise UsageError(f"{option}: {unknown}")
    fail_on = "never" if options.exit_zero else options.fail_on
    return Request(
        paths=options.paths or ["."],
        wanted=Wanted(options.select, options.ignore or (), options.preview),
        fail_on=FailOn(fail_on) if fail_on else None,
        exclude=options.exclude,
        extend_exclude=options.extend_exclude or (),
        force_exclude=options.force_exclude,
        stdin_filename=options.stdin_filename,
        jobs=options.jobs,
    )


def _report(form: str, options: argparse.Namespace) -> Report:
    from healthlint import reports

    if options.statistics:
        return reports.STATISTICS["json" if form == "json" else "text"]
    return reports.FORMATS[form]


def _style(options: argparse.Namespace) -> Style:
    """Colours on a terminal only, unless FORCE_COLOR asks for them."""
    from healthlint.reports.style import Style

    on_terminal = sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    plain = options.no_color or os.environ.get("NO_COLOR") or getattr(options, "output_file", None)
    width = shutil.get_terminal_size((100, 24)).columns
    return Style(min(max(width, 40), 120), not plain and bool(os.environ.get("FORCE_COLOR") or on_terminal))


def _write(parts: Iterable[str], file: str | None = None) -> None:
    """Write a report to a file, or to standard output."""
    if file:
        from healthlint.writing import write

        try:
            write(Path(file), parts)
        except OSError as error:
            raise UsageError(f"{file}: cannot be written ({error.strerror or error}); check its folder") from None
        return
    for part in parts:
        if sys.stdout is not None:
            sys.stdout.write(part)
