"""What was measured -> the text of `docs/accuracy.md`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from accuracy import sets, structure
from accuracy.markdown import of, ratio, table
from accuracy.record import Entry
from healthlint.labels import GROUPS, OTHER
from healthlint.measure import ANSWERS, Counts, Good, Measure
from healthlint.measured import Measured
from healthlint.plain import count
from healthlint.rules import Rule

_INTRODUCTION = """\
# Accuracy

What was measured, on what, before and after tuning. *Recall* is the share of the marks that any careful editor makes
(`must`) which a finding of the same group touches; *precision* is the share of findings, those of severity `info` left
out, that stand where an editor marks or might mark. [corpus/README.md](../corpus/README.md) tells how articles are
labelled.

`python -m accuracy` writes this page and `rules/accuracy.json`, and a test fails when they are stale. Figures that
cannot be measured again, because the rules have changed since, are kept in
[accuracy-record.json](accuracy-record.json); `python -m accuracy --record FOLDER --untuned "what the set is"` adds
today's measurement of a folder of labelled articles to it, which is to be done before anything is changed for them.
"""

_RECORD = """\
## Measured once

Figures on articles that nobody who wrote rules had seen are the ones to expect on yours. The newest comes first.
"""

_TODAY = """\
## Today, on articles that rules are tuned on

These flatter: whoever mends a rule has them at hand, and changes it until it does well here.
"""

_BY_RULE = """\
## By rule

On all sets together, which rules are tuned on. Labels carry a kind and not a rule: a rule is held against the marks
whose kind it alone answers. *Found* are those that the rule itself marks, *told* those that any finding of its group
touches, so that the writer hears of them. Of rules of severity `info` the hints count. A ratio of fewer than five says
nothing.
"""

_BY_KIND = """\
Marks of some kinds are answered by several rules, or by none, so that they are held against no rule of their own:
"""

_STRUCTURE = """\
## Structure

How the readers of plain text, Markdown and HTML take documents whose structure is labelled line by line
(`corpus/structure/`): of the lines of a kind, those that are read so (recall), and of the lines that are read as a
kind, those that are labelled so (precision). What a careful editor could see in two ways is not scored.
`python -m accuracy.structure --verbose` lists each line on which reader and label differ.
"""


def page(
    entries: Sequence[Entry],
    measures: Mapping[str, Measure],
    measured: Measured,
    rules: Iterable[Rule],
    structures: Mapping[str, structure.Score],
) -> str:
    """The whole page: the record, the sets as they are measured today, the rules, the readers."""
    parts = [_INTRODUCTION, _RECORD, *map(_entry, reversed(entries)), _TODAY]
    parts += [_set(f"`{name}/`", measure) for name, measure in measures.items()]
    if len(measures) > 1:
        parts.append(f"### All of them\n\n{_groups(sets.total(list(measures.values())))}")
    parts += [_BY_RULE, _rules(measured, rules)]
    if measured.kinds:
        parts += [_BY_KIND, _kinds(measured)]
    if structures:
        parts += [_STRUCTURE, _structure(structures)]
    return "\n".join(parts)


def _entry(entry: Entry) -> str:
    """A measurement of the record."""
    tuned = {None: "", True: ", tuned", False: ", untuned"}[entry.tuned]
    commit = f", at {entry.commit}" if entry.commit else ""
    size = _size(entry.articles, entry.words)
    what = f"{_ended(entry.what)} {_sentence(size)}{commit}" if size else entry.what
    parts = [f"### {_sentence(entry.set)} ({entry.date}{tuned})\n", _wrapped(what)]
    if entry.groups:
        parts.append(_groups(entry.groups))
    parts += [_wrapped(part) for part in (_good(entry.good), entry.note) if part]
    return "\n".join(parts)


def _set(title: str, measure: Measure) -> str:
    """A set as it is measured today."""
    parts = [f"### {title}\n", _wrapped(_size(measure.articles, measure.words)), _groups(measure.groups)]
    if measure.good.articles:
        parts.append(_wrapped(_good(measure.good)))
    return "\n".join(parts)


def _groups(groups: Mapping[str, Counts]) -> str:
    """A table of groups, in the order in which they are always told."""
    names = [name for name in (*GROUPS, OTHER) if groups.get(name, Counts()) != Counts()]
    rows = [(name, ratio(groups[name].recall()), ratio(groups[name].precision())) for name in names]
    return table(("group", "recall", "precision"), rows)


def _rules(measured: Measured, rules: Iterable[Rule]) -> str:
    """A table of the rules that were measured, and the names of the others."""
    rows, silent = [], []
    for rule in rules:
        precision, found = measured.figures(rule)
        if precision.whole or found.whole:
            told = of(measured.counts(rule.name).recall())
            rows.append((f"`{rule.name}`", rule.severity.value, ratio(precision), ratio(found), told))
        else:
            silent.append(f"`{rule.name}`")
    parts = [table(("rule", "severity", "precision", "found", "told"), rows)]
    if silent:
        parts.append(_wrapped(f"Nothing is known of {', '.join(silent)}"))
    return "\n".join(parts)


def _kinds(measured: Measured) -> str:
    """A table of the kinds that several rules answer, or none."""
    rows = []
    for name in measured.kinds:
        counts, rules = measured.kind(name), ANSWERS.get(name.removeprefix(f"{OTHER}/"), ())
        told = ", ".join(f"`{rule}`" for rule in rules)
        rows.append((name, ratio(counts.own_recall(hints=True)), of(counts.recall()), told))
    return table(("kind", "found", "told", "rules"), rows)


def _structure(scores: Mapping[str, structure.Score]) -> str:
    """A table of kinds of units by format."""
    formats = [name for name in ("text", "markdown", "html", "all") if name in scores]
    rows = [(kind, *_of_kind(scores, formats, kind)) for kind in structure.KINDS]
    rows.append(("level of headings", *(ratio(scores[name].level()) for name in formats), ""))
    return table(("kind", *(f"recall, {name}" for name in formats), "precision, all"), rows)


def _of_kind(scores: Mapping[str, structure.Score], formats: Iterable[str], kind: str) -> Iterator[str]:
    yield from (ratio(scores[name].recall(kind)) for name in formats)
    yield ratio(scores["all"].precision(kind))


def _good(good: Good | None) -> str:
    """False alarms on good articles, or nothing."""
    if good is None:
        return ""
    other = f", and {good.false_other} of groups beyond the five" if good.false_other else ""
    return (
        f"On {count(good.articles, 'good article')} ({good.words:,} words): {count(good.false, 'false alarm')}, "
        f"{good.rate:.2f} per 1,000 words{other}"
    )


def _size(articles: int, words: int) -> str:
    parts = [count(articles, "article") if articles else "", f"{words:,} words" if words else ""]
    return ", ".join(part for part in parts if part)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str) -> str:
    """The text with a full stop, if it has none."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _wrapped(text: str) -> str:
    """A paragraph that ends in a full stop."""
    return textwrap.fill(_ended(text), 120, break_long_words=False, break_on_hyphens=False) + "\n"
