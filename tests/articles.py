"""Articles for tests, written in a line or two, and what a check notices in them."""

from __future__ import annotations

from textwrap import dedent

from healthlint import documents
from healthlint.analysis import Analysis
from healthlint.checks import Check
from healthlint.documents.document import Document


def markdown(text: str, path: str = "article.md") -> Document:
    """A Markdown article; the indent that all its lines share is taken off."""
    return documents.read_text(path, dedent(text).lstrip("\n"), "markdown")


def html(text: str) -> Document:
    """An HTML article."""
    return documents.read_text("article.html", dedent(text).lstrip("\n"), "html")


def plain(text: str) -> Document:
    """A plain-text article."""
    return documents.read_text("article.txt", dedent(text).lstrip("\n"), "text")


def marked(check: Check, document: Document) -> list[str]:
    """The stretches of the file that a check marks, in their order."""
    spans = sorted(match.span for match in check.find(Analysis(document)))
    return [document.text[start:end] for start, end in spans]
