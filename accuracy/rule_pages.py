"""Rules and what was measured of them -> the pages of `docs/rules/`: one for each rule, and an index."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from accuracy.markdown import block, code, link, literal, of, paragraph, ratio, table
from accuracy.sets import ROOT
from healthlint import examples
from healthlint.edits import Applicability
from healthlint.examples import Article
from healthlint.measure import Figure, shared_kinds
from healthlint.measured import Measured
from healthlint.plain import count
from healthlint.reports.catalogue import PAGES
from healthlint.rules import Rule, RuleFix, Severity

FOLDER = ROOT / PAGES
INDEX = "README.md"

_TOP = "../../.."  # from the page of a rule
_WRITTEN = "<!-- Written by `python -m accuracy`; do not edit. -->\n"
_FORMATS = {"text": "Plain text", "markdown": "Markdown", "html": "HTML"}
_MOST_SHOWN = 8  # entries of a list, and what is longer is counted
_LONGEST_SHOWN = 40  # characters of a value, as well

_INTRODUCTION = """\
# Rules

What healthlint looks for, by group. The page of a rule says why it is there and on whose authority, shows what it marks
and what it leaves alone, and tells how to ignore it.

*Precision* is the share of a rule's findings that stand where an editor marks or might mark. *Recall* is, of the marks
that any careful editor makes and that this rule alone answers, the share that it finds. Both are measured on articles
that rules are tuned on, so expect less on yours: [accuracy.md](../accuracy.md) has the figures on unseen articles. An
empty cell means that nothing is known. Findings of severity `info` are hints. What has a *fix* can be mended by `--fix`
where it is safe, and else by `--fix --unsafe-fixes`.

`python -m accuracy` writes all pages of this folder, and a test fails when one is stale.
"""

_MARKS = "What the rule marks stands between `[[` and `]]`, which are no part of the article."
_FIXED_MARKS = " What the fix makes of it stands behind a `|`."

_PREVIEW = "It is in preview: it runs only where it is selected by its own name, or with `--preview`."

_HINTS = (
    "Findings of severity `info` are hints for a person to judge: they fail no run unless `--fail-on info` is given."
)

_TERMS = """\
*Precision* is the share of its findings that stand where an editor marks or might mark. Of the marks that any careful
editor makes and that this rule alone answers, *found* are those that it marks itself, and *told* those that any finding
of its group touches, hints left out. Rules are tuned on these articles, so expect less on yours:
[accuracy.md](../../accuracy.md) tells how it is measured, and has the figures on unseen articles."""


def pages(rules: Sequence[Rule], measured: Measured) -> Iterator[tuple[str, str]]:
    """Each page's path below `docs/rules/` and its text."""
    yield INDEX, index(rules, measured)
    yield from ((f"{rule.name}.md", page(rule, measured)) for rule in rules)


def generated(rules: Sequence[Rule], measured: Measured, folder: Path = FOLDER) -> dict[Path, str]:
    """The files of a folder, and their text as it should be."""
    return {folder / name: text for name, text in pages(rules, measured)}


def left_over(wanted: Iterable[Path], folder: Path = FOLDER) -> list[Path]:
    """The pages in a folder that belong to no rule, so that the rule is gone or has another name."""
    return sorted(set(folder.rglob("*.md")) - set(wanted))


def is_ours(path: Path) -> bool:
    """Whether a page was written by this program, and not by hand."""
    return path.read_text("utf-8").startswith(_WRITTEN)


def index(rules: Iterable[Rule], measured: Measured) -> str:
    """All rules, a table for each group."""
    parts = [_WRITTEN, _INTRODUCTION]
    for group, members in groupby(rules, key=lambda rule: rule.category):
        rows = [_row(rule, measured) for rule in members]
        parts += [f"## {group}\n", table(("rule", "severity", "fix", "asks", "precision", "recall"), rows)]
    return "\n".join(parts)


def _row(rule: Rule, measured: Measured) -> tuple[str, ...]:
    name = link(code(rule.name), f"{rule.name}.md")
    fix = rule.file.fix.applicability.value if rule.file.fix else ""
    return (name, _severity(rule), fix, literal(rule.file.summary), *map(ratio, measured.figures(rule)))


def page(rule: Rule, measured: Measured) -> str:
    """All there is to say of a rule."""
    file = rule.file
    parts = [
        _WRITTEN,
        f"# {literal(rule.name)}\n",
        paragraph(f"**{literal(file.summary)}**"),
        paragraph(literal(file.why)),
        _facts(rule),
        *([paragraph(_fix(rule.file.fix))] if rule.file.fix else []),
        *([paragraph(_PREVIEW)] if file.preview else []),
        "## Message\n",
        *_message(file.message),
        "## Flagged\n",
        paragraph(_MARKS + (_FIXED_MARKS if rule.file.fix else "")),
        *_examples(rule, "flagged"),
        "## Clean\n",
        *_examples(rule, "clean"),
        "## How it looks\n",
        *_options(rule),
        "## Ignore it\n",
        *_ignoring(rule),
        "## Measured\n",
        *_measured(rule, measured),
    ]
    return "\n".join(parts)


def _facts(rule: Rule) -> str:
    source = rule.file.source
    facts = (
        f"Source: {link(literal(source.name), source.url)}",
        f"Severity: {_severity(rule)}",
        f"Rule file: {_rule_file(rule)}",
        link("All rules", f"../{INDEX}"),
    )
    return "".join(f"- {fact}\n" for fact in facts)


def _fix(fix: RuleFix) -> str:
    options = "`--fix`" if fix.applicability is Applicability.SAFE else "`--fix` and `--unsafe-fixes`"
    return f"Fix, {fix.applicability}: {literal(fix.summary)} ({options})."


def _severity(rule: Rule) -> str:
    return rule.file.severity.value + (", in preview" if rule.file.preview else "")


def _rule_file(rule: Rule) -> str:
    """A link to it. Where it was loaded from says nothing: that depends on the folder one stands in."""
    path = f"rules/{rule.name}{Path(rule.path).suffix}"
    return link(code(path), f"{_TOP}/{path}")


def _message(message: str) -> Iterator[str]:
    yield paragraph(literal(message), "> ")
    if "{" in message.replace("{{", ""):
        yield paragraph("What stands in braces is filled in from the article.")


def _examples(rule: Rule, key: str) -> Iterator[str]:
    """The examples of a kind, those of one article and those of several by themselves."""
    given = [example.articles for example in examples.of(rule) if example.key.startswith(key)]
    for are_single, run in groupby(given, key=lambda articles: len(articles) == 1):
        if are_single:
            yield from _single(article for (article,) in run)
        else:
            for articles in run:
                yield from _together(articles)


def _together(articles: Iterable[Article]) -> Iterator[str]:
    """The articles of one run, each in a block."""
    yield "Articles of one run, in this order:\n"
    for article in articles:
        yield f"{code(article.name)}:\n"
        yield block(article.marked.rstrip(), article.format)


def _single(given: Iterable[Article]) -> Iterator[str]:
    """Each article in a block; those of one line and one format that follow each other share one."""
    told = ""
    for (form, is_line), run in groupby(given, key=lambda article: (article.format, _is_line(article))):
        articles = list(run)
        are_lines = is_line and len(articles) > 1
        title = f"{_FORMATS[form]}{'; each line is an article by itself' if are_lines else ''}:\n"
        if title != told:
            yield title
        told = title
        if are_lines:
            yield block("\n".join(article.marked.rstrip() for article in articles), form)
        else:
            yield from (part for article in articles for part in _alone(article))


def _alone(article: Article) -> Iterator[str]:
    """An article in a block, and what the web says of its links."""
    yield block(article.marked.rstrip(), article.format)
    if article.answers:
        answers = (f"{literal(str(answer))} of {code(link)}" for link, answer in article.answers.items())
        yield paragraph(f"What the web says: {', '.join(answers)}.")


def _is_line(article: Article) -> bool:
    return "\n" not in article.marked.rstrip() and not article.answers


def _options(rule: Rule) -> Iterator[str]:
    """The check and what the rule sets of it."""
    name = rule.file.check
    check = link(code(name), f"{_TOP}/healthlint/checks/{name}.py")
    what = (inspect.getdoc(type(rule.check)) or "").partition("\n\n")[0]  # with backticks that mean the same here
    yield paragraph(f"The check {check}: {what}")
    if rule.file.with_:
        yield paragraph(f"The rule sets of it, as {_rule_file(rule)} tells in full:")
        yield "".join(f"- {code(field)}: {_value(value)}\n" for field, value in rule.file.with_.items())


def _value(value: Any) -> str:
    """A value as YAML writes it, or the count of its entries if there are many or they are long."""
    if isinstance(value, dict):
        return count(len(value), "key")
    if isinstance(value, list | tuple):
        is_short = len(value) <= _MOST_SHOWN and all(map(_is_short, value))
        return ", ".join(map(_value, value)) if is_short and value else _entries(len(value))
    return code({True: "true", False: "false"}[value] if isinstance(value, bool) else str(value))


def _is_short(value: Any) -> bool:
    return not isinstance(value, dict | list | tuple) and len(str(value)) <= _LONGEST_SHOWN


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _ignoring(rule: Rule) -> Iterator[str]:
    """What to write in a configuration and in an article."""
    name = rule.name
    yield "In `.healthlint.yaml`, or likewise under `[tool.healthlint]` in `pyproject.toml`:\n"
    yield block("\n".join(_settings(rule)), "yaml")
    yield "In an article, for the next block, from one place to another, or for all of it:\n"
    yield block("\n\n".join("\n".join(lines) for lines in _comments(name)), "html")
    yield "In an article's front matter:\n"
    yield block(f"---\nhealthlint: {{ignore: [{name}]}}\n---", "yaml")


def _settings(rule: Rule) -> Iterator[str]:
    """The lines of a configuration, of which one is enough."""
    yield f"ignore: [{rule.name}]"
    yield "per-path:  # or only there"
    yield f'  - {{paths: ["news/**"], ignore: [{rule.name}]}}'
    if rule.file.severity is not Severity.INFO:
        yield f"severity: {{{rule.name}: info}}  # or have it as a hint"


def _comments(name: str) -> tuple[tuple[str, ...], ...]:
    """The comments that silence a rule."""
    return (
        (f"<!-- healthlint-disable-next-block {name} -- the reason -->",),
        (f"<!-- healthlint-disable {name} -- the reason -->", f"<!-- healthlint-enable {name} -->"),
        (f"<!-- healthlint-disable-file {name} -- the reason -->",),
    )


def _measured(rule: Rule, measured: Measured) -> Iterator[str]:
    """How far to trust the rule, and the counts of each set."""
    yield paragraph(" ".join(_cautions(rule, measured.figures(rule)[0])))
    rows = [row for name in measured.sets(rule) if any((row := _counts(rule, measured, name))[1:])]
    if len(rows) > 1:
        rows.append(_counts(rule, measured))
    if rows:
        yield table(("articles", "precision", "found", "told"), rows)
    yield from map(paragraph, (*_doubtful(rule, measured), *_shared(rule, measured)))
    yield paragraph(_TERMS)


def _cautions(rule: Rule, precision: Figure) -> Iterator[str]:
    """What a reader of its findings must know, said plainly."""
    if rule.file.severity is Severity.INFO:
        yield _HINTS
    if not precision.is_enough:
        few = count(precision.whole, "finding") if precision.whole else "no findings"
        yield f"How often it is right is not known: it has {few} in the labelled articles."
    elif 10 * precision.part < 9 * precision.whole:
        wrong = precision.whole - precision.part
        yield (
            f"It is wrong more often than once in ten times: {wrong} of its {precision.whole} findings stand where no "
            "editor marks anything. Judge each of them before you change a text."
        )
    else:
        yield f"{of(precision)} of its findings are right."


def _counts(rule: Rule, measured: Measured, *sets: str) -> tuple[str, str, str, str]:
    """A row of the table: of some sets, or of all together."""
    precision, found = measured.figures(rule, *sets)
    told = measured.counts(rule.name, *sets).recall()
    return (", ".join(map(code, sets)) or "all", ratio(precision), ratio(found), of(told))


def _doubtful(rule: Rule, measured: Measured) -> Iterator[str]:
    """What its hints are worth, where its other findings weigh more."""
    hints = measured.counts(rule.name).precision(hints=True)
    if rule.file.severity is not Severity.INFO and hints.whole:
        yield f"What it doubts itself it reports as a hint, which no column counts; of these {of(hints)} are right."


def _shared(rule: Rule, measured: Measured) -> Iterator[str]:
    """Of marks that it answers with others, and which stand in no column therefore."""
    for kind, others in shared_kinds(rule.name).items():
        figure = measured.kind(kind).own_recall(hints=True)
        if figure.whole:
            names = ", ".join(link(code(other), f"../{other}.md") for other in others)
            yield f"Together with {names} it finds {of(figure)} marks of the kind {code(kind)}."
