"""What a writer has chosen not to be told: comments in an article, `healthlint: {ignore: [...]}` in its front matter.

    <!-- healthlint-disable RULES -- reason --> ... <!-- healthlint-enable -->
    <!-- healthlint-disable-next-block RULES -- reason -->
    <!-- healthlint-disable-file RULES -- reason -->

RULES are names of rules or groups, with commas or spaces between them. `until=2027-01-31` behind them is the last day
on which the comment counts; in front matter it is `healthlint: {ignore: [...], until: 2027-01-31, reason: ...}`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from healthlint import schema
from healthlint.analysis import Analysis
from healthlint.analysis.setting import FIELDS
from healthlint.checks import Match
from healthlint.checks.suppressions import Suppressions
from healthlint.documents.document import Document, Kind, Span
from healthlint.rules import Rule

_DIRECTIVES = ("disable", "enable", "disable-next-block", "disable-file")
_FIELD = "healthlint."  # of front matter
_FIELDS = ("ignore", "until", "reason")
_COMMENT = re.compile(r"\s*healthlint-([\w-]+)(.*)", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")

Mark = tuple[Rule, Match]


class Directive(NamedTuple):
    """A comment or field that speaks to healthlint."""

    word: str  # one of _DIRECTIVES, as it was written
    names: tuple[str, ...]
    span: Span
    reason: str = ""
    settings: tuple[tuple[str, str], ...] = ()  # ('until', '2027-01-31')
    is_over: bool = False  # its last day has gone by

    @property
    def until(self) -> date | None:
        """The last day on which it counts, if it says one. Raises ValueError for what is no date."""
        written = dict(self.settings).get("until")
        if written is None:
            return None
        if not _DATE.fullmatch(written):
            raise ValueError(written)
        return date.fromisoformat(written)


class Silence(NamedTuple):
    """One name that a directive silences, and where: findings that start at `start` or later and before `end`."""

    name: str
    start: int
    end: int
    directive: Directive


class Silences(msgspec.Struct):
    """All silences of an article by name, and which of them have silenced something.

    Those of one kind and name never overlap (a later one takes over), so that the one at a place is found by bisection.
    """

    by_name: dict[tuple[str, str], list[Silence]] = {}
    used: set[Silence] = set()

    def silenced(self, mark: Mark) -> bool:
        """Whether a mark is silenced; takes note of what silenced it."""
        return self.of(mark) is not None

    def of(self, mark: Mark) -> Silence | None:
        """What silences a mark, and is noted to have done so; of several the first."""
        rule, match = mark
        found = [
            silence
            for word in _DIRECTIVES
            for name in (rule.name, rule.category)
            if (silence := self._at(word, name, match.span.start))
        ]
        self.used.update(found)
        return found[0] if found else None

    def _at(self, word: str, name: str, offset: int) -> Silence | None:
        silences = self.by_name.get((word, name), [])
        at = bisect_right(silences, offset, key=lambda silence: silence.start)
        return silences[at - 1] if at and offset < silences[at - 1].end else None


def apply(
    analysis: Analysis, marks: Sequence[Mark], rules: Sequence[Rule], known: Collection[str]
) -> tuple[list[Mark], list[tuple[Mark, str]]]:
    """The marks that are not silenced, with those that the rules on suppressions make of the directives themselves.

    Beside them, those that are silenced, each with the reason that the article gives, or ''.
    """
    directives = _dated(analysis)
    unread = list(_unread(analysis.document))
    if not directives and not unread:
        return list(marks), []
    silences = _silences(analysis.document, directives)
    by = [(mark, silences.of(mark)) for mark in marks]
    kept = [mark for mark, silence in by if not silence]
    silenced = [(mark, silence.directive.reason) for mark, silence in by if silence]
    _keep_from_following(analysis, rules, silences)
    for rule in rules:
        if isinstance(rule.check, Suppressions):
            ask = rule.check.require_reason
            found = [*_judged(directives, silences, rules, known, require_reason=ask), *unread]
            kept += [(rule, match) for match in found if not silences.silenced((rule, match))]
    return [_unfixed(mark, silences) for mark in kept], silenced


def _keep_from_following(analysis: Analysis, rules: Iterable[Rule], silences: Silences) -> None:
    """Take note of what keeps a link from being followed: that is an effect, in runs that follow none as well."""
    for rule in rules:
        for match in rule.check.links(analysis) if rule.check.follows else ():
            silences.of((rule, match))


def _unfixed(mark: Mark, silences: Silences) -> Mark:
    """A mark without its fix, if that would change a place where its rule is silenced."""
    rule, match = mark
    if match.fix and any(silences.silenced((rule, Match(edit.span))) for edit in match.fix.edits):
        return rule, msgspec.structs.replace(match, fix=None)
    return mark


def silences(analysis: Analysis) -> Silences:
    """What an article silences."""
    return _silences(analysis.document, _dated(analysis))


def _dated(analysis: Analysis) -> list[Directive]:
    """The directives of an article, of which it is known whether their last day has gone by."""
    found = []
    for directive in _directives(analysis.document):
        try:
            is_over = directive.until is not None and analysis.is_past(directive.until)
        except ValueError:  # told by its own finding
            is_over = False
        found.append(directive._replace(is_over=is_over))
    return found


def _silences(document: Document, directives: Iterable[Directive]) -> Silences:
    found = Silences()
    for silence in _reach(document, directives):
        found.by_name.setdefault((silence.directive.word, silence.name), []).append(silence)
    return found


def _directives(document: Document) -> Iterator[Directive]:
    """The directives of an article, in the order of its text."""
    yield from _of_fields(document)
    for text, span in document.comments:
        if found := _COMMENT.match(text):
            said, _, reason = found[2].partition("--")
            parts = _parts("=".join(part.strip() for part in said.split("=")))
            names = tuple(part for part in parts if "=" not in part)
            settings = ((key, value) for key, is_set, value in (part.partition("=") for part in parts) if is_set)
            yield Directive(found[1], names, span, reason.strip(), tuple(settings))


def _of_fields(document: Document) -> Iterator[Directive]:
    """Those of front matter: what it says of `until` and `reason` holds for all that it ignores."""
    fields = [(field.name.removeprefix(_FIELD), field) for field in document.fields if field.name.startswith(_FIELD)]
    said = {key: field.value for key, field in fields}
    settings = tuple((key, value) for key, value in said.items() if key == "until")
    for key, field_ in fields:
        if key == "ignore":
            yield Directive("disable-file", tuple(_parts(field_.value)), field_.span, said.get("reason", ""), settings)


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[,\s]+", text) if part]


def _reach(document: Document, directives: Iterable[Directive]) -> Iterator[Silence]:
    """Each name of each directive with the stretch in which it is silenced, in order."""
    end = len(document.text) + 1
    still_open: dict[str, Directive] = {}
    for directive in directives:
        if directive.is_over:
            continue
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


def _judged(
    directives: Iterable[Directive],
    silences: Silences,
    rules: Sequence[Rule],
    known: Collection[str],
    *,
    require_reason: bool,
) -> Iterator[Match]:
    """What is wrong with each directive that has no effect, names a rule that is none, or lacks a reason.

    No run can tell whether one has an effect on a rule that compares articles: it may not be of all of them.
    """
    run = {part for rule in rules for part in (rule.name, rule.category)}
    names = run | {part for name in known for part in (name, name.partition("/")[0])}
    run -= {part for rule in rules if rule.check.compares for part in (rule.name, rule.category)}
    used = {(silence.directive, silence.name) for silence in silences.used}
    for directive in directives:
        if directive.word == "enable":
            continue
        said = _misspelt(directive, names) or _without_effect(directive, run, used)
        if not said and require_reason and not directive.reason:
            said = "gives no reason; write one behind --, or as reason: in front matter."
        if said:
            yield Match(directive.span, {"reason": said})


def _misspelt(directive: Directive, names: Collection[str]) -> str:
    """What a directive says that means nothing."""
    if directive.word not in _DIRECTIVES:
        hint = schema.nearest(directive.word, _DIRECTIVES)
        return f"says '{directive.word}', which is no directive{_ended(hint)}"
    if said := _wrong_settings(directive):
        return said
    if not directive.names:
        return "names no rule or group."
    unknown = next((name for name in directive.names if name not in names), None)
    return f"names {unknown}, which is no rule or group{_ended(schema.nearest(unknown, names))}" if unknown else ""


def _without_effect(directive: Directive, run: set[str], used: set[tuple[Directive, str]]) -> str:
    """Why a directive silences less than it names."""
    if directive.is_over:
        until = dict(directive.settings)["until"]
        return f"held until {until} and silences nothing any more; remove it or renew it."
    idle = [name for name in directive.names if name in run and (directive, name) not in used]
    idle = [name for name in idle if name.partition("/")[0] != "suppressions"]  # judged only after all else
    return f"silences nothing: there is no finding of {', '.join(idle)} here." if idle else ""


def _wrong_settings(directive: Directive) -> str:
    """What is wrong with what a directive sets."""
    for key, value in directive.settings:
        if key != "until":
            return f"sets '{key}', which is no setting{_ended(schema.nearest(key, ['until']))}"
        try:
            assert directive.until
        except ValueError:
            return f"says until={value}, which is no date; write it as until=2027-01-31."
    return ""


def _unread(document: Document) -> Iterator[Match]:
    """What front matter says to healthlint and it cannot use: `healthlint: {profile: newz}`."""
    keys = (*_FIELDS, *(name.removeprefix(_FIELD) for name in FIELDS))
    for field_ in document.fields:
        key = field_.name.removeprefix(_FIELD)
        if field_.name in FIELDS and field_.value not in FIELDS[field_.name]:
            hint = schema.nearest(field_.value, FIELDS[field_.name]) or f"; known: {', '.join(FIELDS[field_.name])}"
            yield Match(field_.span, {"reason": f"says '{field_.value}', which is no {key}{_ended(hint)}"})
        elif field_.name.startswith(_FIELD) and key not in keys:
            hint = schema.nearest(key, keys) or f"; known: {', '.join(keys)}"
            yield Match(field_.span, {"reason": f"has the key '{key}', which is none of ours{_ended(hint)}"})


def _ended(hint: str) -> str:
    return hint or "."
