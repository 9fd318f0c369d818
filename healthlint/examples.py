"""`[[marks]]` in a rule's examples -> the spans that it must find, and what it finds in them.

In `[[q.d.|once a day]]` the mark states its fix: what the marked words become. The bar stands right behind the words:
one with a space before it is the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from healthlint import documents, rules, yamlfile
from healthlint.across import lint_together
from healthlint.analysis.setting import Setting
from healthlint.documents.document import Document, Span
from healthlint.edits import Applicability, becomes
from healthlint.findings import Finding, lint
from healthlint.fixes import fixed
from healthlint.rules import ArticleExample, Rule
from healthlint.web import verdicts

_SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html"}

_STATED = re.compile(r"(.*?)(?:(?<!\s)(\|)(?!\s)(.*?))?", re.DOTALL)  # the words, and behind a bar their fix
Spans = tuple[tuple[Span, ...], ...]  # of each article


class Article(msgspec.Struct, frozen=True):
    """An article of an example, with the marks taken out of it."""

    name: str  # 'example.md', or as the rule file names it
    marked: str  # as it stands in the rule file
    text: str
    expected: tuple[Span, ...]  # into `text`
    fixes: tuple[str | None, ...]  # what each of them must become; None if the example does not say
    fixed: str | None = None  # the article after all fixes, if the example says
    answers: Mapping[str, int | str] = {}  # what the web says of its links

    @property
    def format(self) -> str:
        """'text', 'markdown' or 'html'."""
        return documents.format_of(self.name)


class Example(msgspec.Struct, frozen=True):
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


class Trial(msgspec.Struct, frozen=True):
    """What came of an example."""

    example: Example
    found: Spans = ()
    fixes: tuple[tuple[str | None, ...], ...] = ()  # what each of them becomes; None without a fix
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether the rule found exactly what is marked, and fixes it as the marks state."""
        return not self.error and self.found == self.example.expected and not self.unlike

    @property
    def unlike(self) -> list[tuple[str, str, str | None]]:
        """The marked words whose fix is another one than is stated: words, stated fix, fix."""
        return [
            (article.text[slice(*span)], stated, fix)
            for article, fixes in zip(self.example.articles, self.fixes, strict=True)
            for span, stated, fix in zip(article.expected, article.fixes, fixes, strict=False)
            if stated is not None and stated != fix
        ]


def of(rule: Rule) -> Iterator[Example]:
    """All examples of a rule, the flagged ones first."""
    for name, given in (("flagged", rule.file.examples.flagged), ("clean", rule.file.examples.clean)):
        for index, example in enumerate(given):
            fixed, answers = (None, {}) if isinstance(example, str) else (example.fixed, example.answers)
            articles = tuple(
                Article(file, marked, *unmarked(marked), fixed, answers) for file, marked in _files(example)
            )
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
    answers = {link: verdicts.of_example(answer) for link, answer in example.articles[0].answers.items()}
    found = lint_together(read, [example.rule], _known(), setting=example.setting, answers=answers)
    spans = tuple(tuple(finding.span for finding in of_article) for of_article in found)
    fixes = tuple(
        tuple(_becomes(document, finding) for finding in of_article)
        for document, of_article in zip(read, found, strict=True)
    )
    return Trial(example, spans, fixes, _otherwise_fixed(example, read[0], found[0]))


def _becomes(document: Document, finding: Finding) -> str | None:
    return becomes(document.text, finding.fix.edits, finding.span) if finding.fix else None


def _otherwise_fixed(example: Example, document: Document, found: Sequence[Finding]) -> str:
    """How the article of an example is fixed, if that is another way than it states."""
    article = example.articles[0]
    if article.fixed is None:
        return ""

    def lint_again(text: str) -> list[Finding]:
        return lint(
            documents.read_text(article.name, text, article.format), [example.rule], _known(), setting=example.setting
        )

    text = fixed(document.text, found, lint_again, Applicability.UNSAFE).text
    return "" if text == article.fixed else f"the article is fixed otherwise than it states: {text!r}"


def states_a_fix(example: Example) -> bool:
    """Whether an example says how what it marks is fixed."""
    return any(
        article.fixed is not None or any(fix is not None for fix in article.fixes) for article in example.articles
    )


def unmarked(marked: str) -> tuple[str, tuple[Span, ...], tuple[str | None, ...]]:
    """The text without its marks, the spans that were inside them, and the fixes that they state."""
    parts: list[str] = []
    spans: list[Span] = []
    fixes: list[str | None] = []
    length = end = 0
    while (start := marked.find("[[", end)) >= 0 and (stop := marked.find("]]", start + 2)) >= 0:
        while marked.startswith("]", stop + 2):  # the last two of `[[[4]]]` are the mark's
            stop += 1
        words, bar, fix = _STATED.fullmatch(marked, start + 2, stop).groups()  # type: ignore[union-attr]
        length += start - end
        spans.append(Span(length, length + len(words)))
        fixes.append(fix if bar else None)
        length = spans[-1].end
        parts += [marked[end:start], words]
        end = stop + 2
    return "".join([*parts, marked[end:]]), tuple(spans), tuple(fixes)


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
