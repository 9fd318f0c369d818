"""`[[marks]]` in a rule's examples -> the spans that it must find, and what it finds in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from healthlint import documents, rules, yamlfile
from healthlint.documents.document import Span
from healthlint.findings import lint
from healthlint.rules import ArticleExample, Rule

_SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html"}


@dataclass(frozen=True)
class Example:
    """One article of a rule file, with the marks taken out of it."""

    rule: Rule
    key: str  # 'flagged[0]'
    format: str  # 'text', 'markdown' or 'html'
    marked: str  # as it stands in the rule file
    article: str  # without the marks
    expected: tuple[Span, ...]  # into `article`

    def words(self, spans: Iterable[Span]) -> list[str]:
        """What stands at some spans of the article."""
        return [self.article[slice(*span)] for span in spans]

    @property
    def row(self) -> int:
        """Its row in the rule file."""
        name, _, index = self.key.partition("[")
        yaml = yamlfile.parse(Path(self.rule.path).read_text("utf-8-sig"))
        return yaml.row(("examples", name, int(index.rstrip("]"))))


@dataclass(frozen=True)
class Trial:
    """What came of an example."""

    example: Example
    found: tuple[Span, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether the rule found exactly what is marked."""
        return not self.error and self.found == self.example.expected


def of(rule: Rule) -> Iterator[Example]:
    """All examples of a rule, the flagged ones first."""
    for name, given in (("flagged", rule.file.examples.flagged), ("clean", rule.file.examples.clean)):
        for index, example in enumerate(given):
            form, marked = _format_and_text(example)
            article, expected = unmarked(marked)
            yield Example(rule, f"{name}[{index}]", form, marked, article, expected)


def tried(example: Example) -> Trial:
    """An example, read and linted as any article is, with its rule alone. Raises RuleError for an unfilled message."""
    if example.key.startswith("flagged") and not example.expected:
        return Trial(example, error="a flagged example has [[marks]] around the words that the rule must mark")
    if example.key.startswith("clean") and example.expected:
        return Trial(example, error="a clean example has no [[marks]]; move it to flagged")
    try:
        document = documents.read("example" + _SUFFIXES[example.format], example.article.encode())
    except documents.ReadError as error:
        return Trial(example, error=str(error))
    return Trial(example, tuple(finding.span for finding in lint(document, [example.rule], _known())))


def unmarked(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its marks, and the spans that were inside them."""
    parts: list[str] = []
    spans = []
    length = end = 0
    while (start := marked.find("[[", end)) >= 0 and (stop := marked.find("]]", start + 2)) >= 0:
        while marked.startswith("]", stop + 2):  # the last two of `[[[4]]]` are the mark's
            stop += 1
        length += start - end
        spans.append(Span(length, length + stop - start - 2))
        length = spans[-1].end
        parts += [marked[end:start], marked[start + 2 : stop]]
        end = stop + 2
    return "".join([*parts, marked[end:]]), tuple(spans)


def _format_and_text(example: str | ArticleExample) -> tuple[str, str]:
    if isinstance(example, str):
        return "text", example
    given = {"text": example.text, "markdown": example.markdown, "html": example.html}
    return next((form, text) for form, text in given.items() if text is not None)


@cache
def _known() -> Collection[str]:
    return frozenset(rules.all_available())
