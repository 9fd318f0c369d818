"""`[[marks]]` in a rule's examples -> the spans that it must find, and what it finds in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from healthlint import documents, rules, yamlfile
from healthlint.across import lint_together
from healthlint.analysis.setting import Setting
from healthlint.documents.document import Span
from healthlint.rules import ArticleExample, Rule

_SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html"}

Spans = tuple[tuple[Span, ...], ...]  # of each article


@dataclass(frozen=True)
class Article:
    """An article of an example, with the marks taken out of it."""

    name: str  # 'example.md', or as the rule file names it
    marked: str  # as it stands in the rule file
    text: str
    expected: tuple[Span, ...]  # into `text`

    @property
    def format(self) -> str:
        """'text', 'markdown' or 'html'."""
        return documents.format_of(self.name)


@dataclass(frozen=True)
class Example:
    """What a rule file has for an example: one article, or several of one run."""

    rule: Rule
    key: str  # 'flagged[0]'
    articles: tuple[Article, ...]
    setting: Setting = Setting()

    @property
    def expected(self) -> Spans:
        """What the rule must mark."""
        return tuple(article.expected for article in self.articles)

    def words(self, spans: Spans) -> list[str]:
        """What stands at some spans of the articles."""
        pairs = zip(self.articles, spans, strict=True)
        return [article.text[slice(*span)] for article, of_article in pairs for span in of_article]

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
    found: Spans = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether the rule found exactly what is marked."""
        return not self.error and self.found == self.example.expected


def of(rule: Rule) -> Iterator[Example]:
    """All examples of a rule, the flagged ones first."""
    for name, given in (("flagged", rule.file.examples.flagged), ("clean", rule.file.examples.clean)):
        for index, example in enumerate(given):
            articles = tuple(Article(file, marked, *unmarked(marked)) for file, marked in _files(example))
            yield Example(rule, f"{name}[{index}]", articles, _setting(example))


def tried(example: Example) -> Trial:
    """An example, read and linted as any run is, with its rule alone. Raises RuleError for an unfilled message."""
    if example.key.startswith("flagged") and not any(example.expected):
        return Trial(example, error="a flagged example has [[marks]] around the words that the rule must mark")
    if example.key.startswith("clean") and any(example.expected):
        return Trial(example, error="a clean example has no [[marks]]; move it to flagged")
    try:
        read = [documents.read(article.name, article.text.encode()) for article in example.articles]
    except documents.ReadError as error:
        return Trial(example, error=str(error))
    found = lint_together(read, [example.rule], _known(), setting=example.setting)
    return Trial(example, tuple(tuple(finding.span for finding in of_article) for of_article in found))


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


def _setting(example: str | ArticleExample) -> Setting:
    today = None if isinstance(example, str) else example.today
    return Setting(date.fromisoformat(today) if today else None)


def _files(example: str | ArticleExample) -> list[tuple[str, str]]:
    """The names of an example's articles, and what stands in the rule file for each."""
    if isinstance(example, str):
        return [("example.txt", example)]
    if example.files is not None:
        return list(example.files.items())
    given = {"text": example.text, "markdown": example.markdown, "html": example.html}
    return [("example" + _SUFFIXES[form], text) for form, text in given.items() if text is not None]


@cache
def _known() -> Collection[str]:
    return frozenset(rules.all_available())
