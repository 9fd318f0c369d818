"""Hold the rules against articles that an editor has labelled: NAME.gold.tsv beside NAME.txt, .md or .html.

Exit status 2 if labels or an article cannot be used; the others are measured all the same.
"""

from __future__ import annotations

import argparse

import msgspec

from healthlint import arguments, asked
from healthlint.arguments import Listed, Parser, UsageError
from healthlint.asked import Watch
from healthlint.console import Console

USAGE = "measure DIR"
SUMMARY = "hold the rules against labelled articles: recall, precision, false alarms"


def add_arguments(parser: Parser) -> None:
    """The labelled articles, and what is told of them."""
    parser.add_argument("paths", nargs="+", metavar="DIR", help="folders of labelled articles, or such an article")
    arguments.add_rule_choice(parser.add_argument_group("rules"))
    group = parser.add_argument_group("report")
    group.add_argument("--output-format", "--format", choices=("text", "json"), default="text", help="how to report")
    group.add_argument(
        "--show", metavar="NAMES", action=Listed, help="list what is missed, false, or a false hint (info)"
    )
    group.add_argument("--verbose", action="store_true", help="the same as --show missed,false")
    arguments.add_run_options(parser)
    arguments.add_config_options(parser)
    parser.set_defaults(
        fail_on="never",
        exit_zero=True,
        exclude=None,
        extend_exclude=None,
        force_exclude=False,
        stdin_filename="",
        largest_file=None,
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Lint the articles, and report how what is found and what is labelled agree."""
    from healthlint import runner
    from healthlint.baseline import Baselines
    from healthlint.labels import LabelError, labelled
    from healthlint.measure import Measure
    from healthlint.reports import measures
    from healthlint.reports.totals import Totals

    shown = _shown(options)
    watch, configs, config = Watch(console, Totals()), asked.configs(options), asked.config(options)
    request = asked.request(options, config)
    articles = {}
    for found in labelled(options.paths, {name.partition("/")[0] for name in config.rule_files}):
        if isinstance(found, LabelError):
            watch.complain(str(found))
        else:
            articles[str(found.article)] = found
    measure = Measure(config.rule_files)
    baselines = Baselines(without=True)  # what is known is right or false all the same
    for result in watch.passed(runner.run(msgspec.structs.replace(request, paths=list(articles)), configs, baselines)):
        if result.linted:
            measure.add(articles[result.filename], result)
    is_json = options.output_format == "json"
    console.write(measures.as_json(measure) if is_json else measures.text(measure, shown, console.style(options)))
    return watch.status


def _shown(options: argparse.Namespace) -> set[str]:
    """What is to be listed. Raises UsageError."""
    from healthlint import schema
    from healthlint.reports.measures import SHOWN

    for name in options.show or ():
        if name not in SHOWN:
            hint = schema.nearest(name, SHOWN) or f"; known: {', '.join(SHOWN)}"
            raise UsageError(f"--show: there is no list '{name}'{hint}")
    return {*(options.show or ()), *(("missed", "false") if options.verbose else ())}
