"""What is found in an article -> diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from healthlint.documents.document import Span
from healthlint.findings import Finding
from healthlint.rules import Severity
from healthlint.server.articles import Article
from healthlint.server.linting import Linted

SOURCE = "healthlint"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def of_article(linted: Linted) -> list[types.Diagnostic]:
    """Those of all findings, in the order of the text."""
    return [of_finding(found, linted.article) for found in linted.findings]


def of_finding(found: Finding, article: Article) -> types.Diagnostic:
    """The diagnostic of a finding. What its fix does no more than delete is shown as superfluous."""
    superfluous = found.fix is not None and all(not edit.content for edit in found.fix.edits)
    return types.Diagnostic(
        range_of(found.span, article),
        found.message,
        severity=_SEVERITIES[found.severity],
        code=found.code,
        code_description=types.CodeDescription(found.url),
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if superfluous else None,
        related_information=list(_related(found, article)) or None,
    )


def range_of(span: Span, article: Article) -> types.Range:
    """The place of a stretch of the article, whose offsets count without a byte-order mark."""
    mark = article.text.mark
    return article.text.range(Span(span.start + mark, span.end + mark))


def _related(found: Finding, article: Article) -> Iterator[types.DiagnosticRelatedInformation]:
    for place in found.related:
        if not place.filename or Path(place.filename) == article.path:
            location = types.Location(article.uri, range_of(place.span, article))
            yield types.DiagnosticRelatedInformation(location, place.message)
