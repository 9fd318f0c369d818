"""What a writer has chosen not to be told: comments in an article, `healthlint: {ignore: [...]}` in its front matter.

    <!-- healthlint-disable RULES -- reason --> ... <!-- healthlint-enable -->
    <!-- healthlint-disable-next-block RULES -- reason -->
    <!-- healthlint-disable-file RULES -- reason -->

RULES are names of rules or groups, with commas or spaces between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from healthlint import schema
from healthlint.checks import Match
from healthlint.documents.document import Document, Kind, Span
from healthlint.rules import Rule

UNUSED = "suppressions/unused"
FIELD = "healthlint.ignore"

_DIRECTIVES = ("disable", "enable", "disable-next-block", "disable-file")
_COMMENT = re.compile(r"\s*healthlint-([\w-]+)(.*)", re.DOTALL)

Mark = tuple[Rule, Match]


class Directive(NamedTuple):
    """A comment or field that speaks to healthlint."""

    word: str  # one of _DIRECTIVES, as it was written
    names: tuple[str, ...]
    span: Span


class Silence(NamedTuple):
    """One name that a directive silences, and where: findings that start at `start` or later and before `end`."""

    name: str
    start: int
    end: int
    directive: Directive


@dataclass
class Silences:
    """All silences of an article by name, and which of them have silenced something.

    Those of one kind and name never overlap (a later one takes over), so that the one at a place is found by bisection.
    """

    by_name: dict[tuple[str, str], list[Silence]] = field(default_factory=dict)
    used: set[Silence] = field(default_factory=set)

    def silenced(self, mark: Mark) -> bool:
        """Whether a mark is silenced; takes note of what silenced it."""
        rule, match = mark
        found = [
            silence
            for word in _DIRECTIVES
            for name in (rule.name, rule.category)
            if (silence := self._at(word, name, match.span.start))
        ]
        self.used.update(found)
        return bool(found)

    def _at(self, word: str, name: str, offset: int) -> Silence | None:
        silences = self.by_name.get((word, name), [])
        at = bisect_right(silences, offset, key=lambda silence: silence.start)
        return silences[at - 1] if at and offset < silences[at - 1].end else None


def apply(document: Document, marks: Sequence[Mark], rules: Sequence[Rule], known: Collection[str]) -> list[Mark]:
    """The marks that are not silenced, and one of the rule UNUSED, if it is run, for each directive without effect."""
    directives = list(_directives(document))
    if not directives:
        return list(marks)
    silences = _silences(document, directives)
    kept = [mark for mark in marks if not silences.silenced(mark)]
    for rule in rules:
        if rule.name == UNUSED:
            unused = [(rule, match) for match in _unused(directives, silences, rules, known)]
            kept += [mark for mark in unused if not silences.silenced(mark)]
    return [_unfixed(mark, silences) for mark in kept]


def _unfixed(mark: Mark, silences: Silences) -> Mark:
    """A mark without its fix, if that would change a place where its rule is silenced."""
    rule, match = mark
    if match.fix and any(silences.silenced((rule, Match(edit.span))) for edit in match.fix.edits):
        return rule, replace(match, fix=None)
    return mark


def silences(document: Document) -> Silences:
    """What an article silences."""
    return _silences(document, _directives(document))


def _silences(document: Document, directives: Iterable[Directive]) -> Silences:
    found = Silences()
    for silence in _reach(document, directives):
        found.by_name.setdefault((silence.directive.word, silence.name), []).append(silence)
    return found


def _directives(document: Document) -> Iterator[Directive]:
    """The directives of an article, in the order of its text."""
    for field_ in document.fields:
        if field_.name == FIELD:
            yield Directive("disable-file", tuple(_names(field_.value)), field_.span)
    for text, span in document.comments:
        if found := _COMMENT.match(text):
            yield Directive(found[1], tuple(_names(found[2].partition("--")[0])), span)


def _names(text: str) -> list[str]:
    return [name for name in re.split(r"[,\s]+", text) if name]


def _reach(document: Document, directives: Iterable[Directive]) -> Iterator[Silence]:
    """Each name of each directive with the stretch in which it is silenced, in order."""
    end = len(document.text) + 1
    still_open: dict[str, Directive] = {}
    for directive in directives:
        if directive.word == "disable-file":
            yield from (Silence(name, 0, end, directive) for name in directive.names)
        elif directive.word == "disable-next-block":
            start, stop = _next_block(document, directive.span.end)
            yield from (Silence(name, start, stop, directive) for name in directive.names)
        elif directive.word in ("enable", "disable"):
            closed = directive.names or (tuple(still_open) if directive.word == "enable" else ())
            for name in closed:
                if name in still_open:
                    opened = still_open.pop(name)
                    yield Silence(name, opened.span.end, directive.span.start, opened)
            if directive.word == "disable":
                still_open.update(dict.fromkeys(directive.names, directive))
    yield from (Silence(name, opened.span.end, end, opened) for name, opened in still_open.items())


def _next_block(document: Document, offset: int) -> Span:
    """From `offset` to the end of the block after it; a whole list or table is one block."""
    blocks = document.blocks
    first = bisect_right(blocks, offset - 1, key=lambda block: block.span.start)
    if first == len(blocks):
        return Span(offset, offset)
    last = first
    if blocks[first].kind in (Kind.ITEM, Kind.CELL):
        while last + 1 < len(blocks) and blocks[last + 1].kind is blocks[first].kind:
            last += 1
    return Span(offset, max(offset, blocks[last].span.end))


def _unused(
    directives: Iterable[Directive], silences: Silences, rules: Sequence[Rule], known: Collection[str]
) -> Iterator[Match]:
    """What is wrong with each directive that has no effect, or names a rule that is none.

    No run can tell whether one has an effect on a rule that compares articles: it may not be of all of them.
    """
    run = {part for rule in rules for part in (rule.name, rule.category)}
    names = run | {part for name in known for part in (name, name.partition("/")[0])}
    run -= {part for rule in rules if rule.check.compares for part in (rule.name, rule.category)}
    used = {(silence.directive, silence.name) for silence in silences.used}
    for directive in directives:
        if directive.word not in _DIRECTIVES:
            reason = (
                f"says '{directive.word}', which is no directive{_ended(schema.nearest(directive.word, _DIRECTIVES))}"
            )
            yield Match(directive.span, {"reason": reason})
        elif directive.word != "enable":
            yield from _without_effect(directive, run, names, used)


def _without_effect(
    directive: Directive, run: set[str], names: set[str], used: set[tuple[Directive, str]]
) -> Iterator[Match]:
    unknown = [name for name in directive.names if name not in names]
    idle = [name for name in directive.names if name in run and (directive, name) not in used]
    idle = [name for name in idle if name.partition("/")[0] != "suppressions"]  # judged only after all else
    if not directive.names:
        yield Match(directive.span, {"reason": "names no rule or group."})
    elif unknown:
        hint = schema.nearest(unknown[0], names)
        yield Match(directive.span, {"reason": f"names {unknown[0]}, which is no rule or group{_ended(hint)}"})
    elif idle:
        yield Match(directive.span, {"reason": f"silences nothing: there is no finding of {', '.join(idle)} here."})


def _ended(hint: str) -> str:
    return hint or "."
