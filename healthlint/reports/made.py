"""Results -> the list of `--show-fixes`: what was fixed, by file and rule."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.findings import Result
from healthlint.reports.style import Style, shown_name

_MOST_TOLD = 6  # different things that one rule did in one file


def made(result: Result, style: Style) -> Iterator[str]:
    """The fixes of one article; nothing if there are none."""
    if result.rewriting is None:
        return
    yield f"{style.bold(shown_name(result.filename))}:\n"
    by_rule: dict[str, list[str]] = {}
    for fix in result.rewriting.made:
        by_rule.setdefault(fix.code, []).append(fix.message)
    for code, messages in sorted(by_rule.items()):
        told = list(dict.fromkeys(messages))
        rest = ["…"] * (len(told) > _MOST_TOLD)
        line = f"{len(messages)} × {code}: {'; '.join(told[:_MOST_TOLD] + rest)}"
        yield from (f"{row}\n" for row in style.wrapped(line, "  ", "      "))
