"""Write down the findings that there are, so that later runs tell only those that are new.

The file is named by `baseline:` in the configuration, or by --baseline. Entries of articles that are not linted now
stay as they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from healthlint import arguments, asked, repository
from healthlint.arguments import Parser, UsageError
from healthlint.asked import Watch
from healthlint.console import Console
from healthlint.plain import count, printable

if TYPE_CHECKING:
    from healthlint.baseline import Baseline
    from healthlint.config import Config

USAGE = "baseline [PATHS]"
SUMMARY = "write down the findings that there are; only new ones count from then on"


def add_arguments(parser: Parser) -> None:
    """Paths, and the options of a run."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders (default: .)")
    group = parser.add_argument_group("baseline")
    group.add_argument("--baseline", metavar="FILE", help="the file to write, instead of what the configuration names")
    group.add_argument("--prune", action="store_true", help="only take out what is found no more")
    arguments.add_rule_choice(parser.add_argument_group("rules"))
    arguments.add_file_options(parser)
    arguments.add_run_options(parser)
    arguments.add_link_options(parser)
    arguments.add_config_options(parser)
    parser.set_defaults(fail_on="never", exit_zero=True)


def run(options: argparse.Namespace, console: Console) -> int:
    """Lint articles, write the file, and say what has changed in it."""
    from healthlint import baseline, runner
    from healthlint.baseline import Baselines
    from healthlint.reports.totals import Totals
    from healthlint.rules import shown

    watch, configs, config = Watch(console, Totals()), asked.configs(options), asked.config(options)
    known, checker, meter = _known(options, config), asked.checker(options, config), console.progress()
    following = asked.follow(checker, meter)
    results = runner.run(asked.request(options, config), configs, Baselines(known), meter, following)
    found = {
        finding.fingerprint: known.entry(finding, result.text)
        for result in watch.passed(results)
        for finding in (*result.findings, *result.known)
    }
    followed = checker is not None and checker.is_complete
    stale = {entry.fingerprint for entry in known.stale(followed=followed)}
    kept = {key: entry for key, entry in known.entries.items() if key not in stale}
    entries = kept if options.prune else {**kept, **found}
    console.write(baseline.written(entries.values()), str(known.file))
    new = len(entries.keys() - known.entries.keys())
    articles = count(len({entry.path for entry in entries.values()}), "article")
    name, changes = printable(shown(known.file)), f"{new} new, {len(stale)} taken out"
    console.write([f"{name}: {count(len(entries), 'finding')} in {articles} ({changes})\n"])
    if not (options.baseline or config.baseline):
        console.write([f'To use it, put "baseline: {known.file.name}" into .healthlint.yaml\n'])
    if checker:
        console.note(f"{checker.summary}\n")
    return watch.status


def _known(options: argparse.Namespace, config: Config) -> Baseline:
    """The file as it is; an empty one if it is to be made. Raises UsageError."""
    from healthlint import baseline
    from healthlint.baseline import Baseline, BaselineError
    from healthlint.rules import shown

    file = Path(options.baseline) if options.baseline else config.baseline or config.root / baseline.NAME
    if not options.baseline and not repository.holds(str(file), str(config.root)):
        raise UsageError(f"{shown(file)}: is a link that leads out of the repository; give it by --baseline")
    try:
        return baseline.read(file) if file.exists() or options.prune else Baseline(file)
    except BaselineError as error:
        raise UsageError(str(error)) from None
