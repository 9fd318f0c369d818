"""What is found at a place -> what a writer reads there: message, why, on whose authority, how precise the rule is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lsprotocol import types

from healthlint.findings import Finding
from healthlint.measured import Measured
from healthlint.plain import printable, squeezed
from healthlint.rules import Rule
from healthlint.server.diagnostics import range_of
from healthlint.server.linting import Linted

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$])")


def hover(linted: Linted, place: types.Position, measured: Measured, *, markdown: bool) -> types.Hover | None:
    """All that is found at a place; None if that is nothing."""
    text = linted.article.text
    at = text.offset(place) - text.mark
    found = [one for one in linted.findings if one.span.start <= at <= one.span.end and one.code in linted.rules]
    if not found:
        return None
    parts = [_told(one, linted.rules[one.code], measured, markdown=markdown) for one in found]
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    shortest = min(found, key=lambda one: one.span.end - one.span.start)
    return types.Hover(types.MarkupContent(kind, "\n\n---\n\n".join(parts)), range_of(shortest.span, linted.article))


def _told(found: Finding, rule: Rule, measured: Measured, *, markdown: bool) -> str:
    shown = _escaped if markdown else _plain
    bold = "**" if markdown else ""
    source = rule.file.source
    name = f"[{shown(source.name)}]({_address(source.url)})" if markdown else f"{shown(source.name)}, {source.url}"
    return "\n\n".join(
        (
            f"{bold}{shown(found.code)}{bold} ({found.severity})",
            shown(found.message),
            *_paragraphs(rule.file.why, shown),
            f"Source: {name}",
            _precision(rule, measured),
        )
    )


def _paragraphs(text: str, shown: Callable[[str], str]) -> Iterator[str]:
    return (shown(part) for part in re.split(r"\n\s*\n", text.strip()))


def _precision(rule: Rule, measured: Measured) -> str:
    figure = measured.figures(rule)[0]
    if not figure.whole:
        return "Precision: not measured"
    told = f"{figure.part} of {figure.whole} findings in labelled articles were right"
    return f"Precision: {figure.percent} % ({told})" if figure.is_enough else f"Precision: {told}, too few for a ratio"


def _plain(text: str) -> str:
    return squeezed(printable(text))


def _escaped(text: str) -> str:
    """Text that reads in Markdown as it is."""
    return _MARKUP.sub(r"\\\1", _plain(text))


def _address(url: str) -> str:
    """An address as the target of a link in Markdown."""
    return "<" + re.sub(r"[<>\\\s]", lambda found: f"%{ord(found[0]):02X}", url) + ">"
