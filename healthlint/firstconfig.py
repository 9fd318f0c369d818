"""A Survey -> the first configuration of a folder, with the reasons beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from healthlint.baseline import NAME as BASELINE
from healthlint.plain import count, printable
from healthlint.surveyed import Survey


def text(survey: Survey) -> str:
    """The text of `.healthlint.yaml`: what is sure is set, what is a choice is there as a comment."""
    return "".join(f"{line}\n" for part in (_head, _left_out, _often, _baseline, _tail) for line in part(survey))


def _head(survey: Survey) -> Iterator[str]:
    yield "# Configuration of healthlint; `healthlint config PATH` tells what holds for an article, and why."
    seen = ", ".join(f"{number} {suffix}" for suffix, number in survey.formats.items())
    yield f"# Written after a look at {count(len(survey.articles), 'article')}{f' ({seen})' if seen else ''}."
    yield ""
    yield "# The least severity that makes a run fail: error, warning, info, or never to begin gently."
    yield "fail-on: warning"


def _left_out(survey: Survey) -> Iterator[str]:
    if not survey.left_out:
        return
    yield ""
    yield "# What is no article, besides what git ignores."
    yield "extend-exclude:"
    for why, group in groupby(survey.left_out, key=lambda each: each.why):
        yield f"  # {why}"
        yield from (f"  - {json.dumps(each.pattern)}" for each in group)


def _often(survey: Survey) -> Iterator[str]:
    if not survey.often:
        return
    yield ""
    yield "# Nearly all articles lack this. If the site prints it around each article (the author's name, a notice in"
    yield "# the footer), do not ask articles for it:"
    yield "# ignore:"
    for code, number in survey.often:
        yield f"#   - {code}  # {number} of {survey.looked_at}"


def _baseline(survey: Survey) -> Iterator[str]:
    if not survey.wants_baseline:
        return
    yield ""
    yield f"# There are {survey.failing} findings to mend{_sampled(survey)}. To fail on new ones alone, run"
    yield "# `healthlint baseline`, commit the file that it writes, and name it here:"
    yield f"# baseline: {BASELINE}"


def _sampled(survey: Survey) -> str:
    is_sample = survey.looked_at + survey.unreadable < len(survey.articles)
    return f" in {survey.looked_at} of the articles" if is_sample else ""


def _tail(survey: Survey) -> Iterator[str]:
    folder = next((name for name in survey.folders if name != "."), "news/")
    yield ""
    yield "# More keys are in docs/configuration.md of healthlint's repository. For example:"
    yield "# severity: {claims/promotional: info}"
    yield "# options: {language/long-sentence: {most-words: 40}}"
    yield "# per-path:"
    yield f"#   - {{paths: [{json.dumps(printable(folder))}], ignore: [language]}}"
