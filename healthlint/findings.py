"""Finding, and `lint`: the pipeline from a document and its rules to what the writer is told."""

from __future__ import annotations

import os
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from healthlint import kept, suppressions
from healthlint.analysis import Analysis
from healthlint.analysis.setting import Setting
from healthlint.checks import Match
from healthlint.documents.document import Document, Kind, Span
from healthlint.documents.rows import Position
from healthlint.edits import Applicability, Fix, Rewriting
from healthlint.plain import printable, shortened, squeezed
from healthlint.rules import Rule, Severity
from healthlint.suppressions import Mark


class Place(msgspec.Struct, frozen=True):
    """Another place that a finding has to do with."""

    message: str
    span: Span
    location: Position
    end_location: Position
    filename: str = ""  # of another article that it stands in; the message tells it, too


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the writer is told. `text[span.start:span.end]` of the file is what is marked; positions count from 1."""

    code: str  # the rule's full name: 'claims/uncited-study'
    severity: Severity
    scope: str  # 'span', or 'document' when something is absent from the article
    message: str
    filename: str
    span: Span
    location: Position
    end_location: Position
    related: tuple[Place, ...] = ()
    url: str
    fingerprint: str
    fix: Fix | None = None

    @property
    def category(self) -> str:
        """The rule's group."""
        return self.code.partition("/")[0]

    @property
    def name(self) -> str:
        """The rule's name without its group."""
        return self.code.rpartition("/")[2]


class Silenced(msgspec.Struct, frozen=True):
    """A finding that is not told, and why."""

    finding: Finding
    reason: str = ""  # that the article gives
    by: Literal["article", "baseline"] = "article"


class Result(msgspec.Struct, frozen=True):
    """What came of one article."""

    filename: str
    text: str = ""  # what the spans of its findings count in
    findings: Sequence[Finding] = ()
    known: Sequence[Finding] = ()  # those that a baseline knows: they are not told
    silenced: Sequence[Silenced] = ()  # all that are not told, if they were asked for
    linted: bool = True
    fails: bool = False  # a finding weighs enough to fail the run
    looked_up: Mapping[str, bool] = {}  # files that it depends on, the targets of local links: whether they were there
    data: bytes = b""  # the file's bytes as they were read, if it may be fixed
    rewriting: Rewriting | None = None  # what its fixes make of the file; text and findings are those after it
    past: Mapping[str, bool] = {}  # days that it depends on, and whether they were over
    errors: Sequence[str] = ()  # why it, or a rule or configuration for it, could not be used: one line each
    rules: Callable[[], Sequence[Rule]] = tuple  # it was linted with; loaded when asked


COPY_WORDS = ("part", "place", "quote", "title")  # that fill the message of a rule that compares articles


def lint(
    document: Document,
    rules: Iterable[Rule],
    known: Collection[str] = (),
    root: Path | None = None,
    setting: Setting = Setting(),
) -> list[Finding]:
    """All findings in a document by itself, in the order of its text.

    `known` are the names of all rules there are, for suppressions that name a rule which is not run today; fingerprints
    name the article by its path below `root`. Raises RuleError for a message that nothing fills.
    """
    return lint_analysis(Analysis(document, setting), rules, known, root)


def _go_on() -> None:
    """Nothing keeps it from going on."""


def lint_analysis(
    analysis: Analysis,
    rules: Iterable[Rule],
    known: Collection[str] = (),
    root: Path | None = None,
    going_on: Callable[[], None] = _go_on,
    silenced: list[Silenced] | None = None,
) -> list[Finding]:
    """As `lint`, of a document that is analysed already. `going_on` is called before each rule, and may raise.

    What the article does not want to be told is added to `silenced`.
    """
    document, rules = analysis.document, list(rules)
    marks = _once((rule, _placed(document, match)) for rule in rules for match in _found(rule, analysis, going_on))
    marks = _strongest_claims(marks)
    told, untold = suppressions.apply(analysis, marks, rules, known)
    if silenced is not None:
        untold.sort(key=lambda pair: _place(pair[0]))
        found = findings_of(document, (mark for mark, _ in untold), root)
        silenced += [Silenced(one, reason) for one, (_, reason) in zip(found, untold, strict=True)]
    return list(findings_of(document, sorted(_told_once(told), key=_place), root))


def _place(mark: Mark) -> tuple[Span, str]:
    """What marks are put in order by."""
    rule, match = mark
    return match.span, rule.name


def _found(rule: Rule, analysis: Analysis, going_on: Callable[[], None]) -> Iterable[Match]:
    going_on()
    return rule.check.find(analysis)


class Candidate(msgspec.Struct, frozen=True, array_like=True):
    """A part of an article that an earlier article may have: where a finding would stand, and what it is known by."""

    whole: bool  # the article
    stretch: Span  # all of it
    span: Span  # its title, heading or first sentence
    location: Position
    end_location: Position
    quote: str  # of that
    fingerprint: str
    silenced: bool  # its writer does not want to be told
    sketch: bytes


class Compared(msgspec.Struct, frozen=True, array_like=True):
    """What a rule that compares articles wants to know of one, what holds another before it."""

    code: str
    severity: Severity
    message: str  # with `{...}` to be filled in
    url: str
    candidates: list[Candidate]


def compared(analysis: Analysis, rules: Iterable[Rule], root: Path | None = None) -> list[Compared]:
    """What the rules that compare articles want to know of an article. Raises RuleError as `lint` does."""
    return [
        Compared(
            rule.name,
            rule.severity,
            rule.file.message + named(analysis.document).replace("{", "{{").replace("}", "}}"),
            rule.url,
            list(_candidates(analysis, rule, root)),
        )
        for rule in rules
        if rule.check.compares
    ]


def _candidates(analysis: Analysis, rule: Rule, root: Path | None) -> Iterator[Candidate]:
    document = analysis.document
    silences = suppressions.silences(analysis)
    path, equals = _path(document, root), Counter[str]()
    rule.message(dict.fromkeys(COPY_WORDS, ""))  # whether all its words can be filled in
    for part in rule.check.parts(analysis):
        span = title_span(document) if part.whole else part.head
        marked = squeezed(document.text[slice(*span)])
        yield Candidate(
            whole=part.whole,
            stretch=document.in_file(part.stretch),
            span=document.in_file(span),
            location=document.position(span.start),
            end_location=document.position(span.end),
            quote=shortened(printable(marked)),
            fingerprint=_fingerprint(rule.name, path, marked, equals[marked.lower()]),
            silenced=silences.silenced((rule, Match(span))),
            sketch=part.sketch,
        )
        equals[marked.lower()] += 1


def _placed(document: Document, match: Match) -> Match:
    """A match of the whole document stands at its title."""
    if not match.whole_document:
        return match
    return msgspec.structs.replace(match, span=title_span(document))


def title_span(document: Document) -> Span:
    """The text of the title, or of the first block that is part of the article, or the start of the file."""
    blocks = document.blocks
    titles = (block for block in blocks if block.kind is Kind.HEADING and block.level == 1)
    texts = (block for block in blocks if block.kind not in (Kind.FURNITURE, Kind.TAG))
    block = next(titles, None) or next(texts, None)
    return block.prose.span() if block else Span(0, 0)


def _once(marks: Iterable[Mark]) -> list[Mark]:
    """The marks without those that a rule makes twice at one place."""
    return list({(rule.name, match.span): (rule, match) for rule, match in reversed(list(marks))}.values())[::-1]


def _strongest_claims(marks: Iterable[Mark]) -> list[Mark]:
    """The marks with one alone of the claims that overlap: the most severe, then the longest."""
    kept: list[Mark] = []
    claims: list[Mark] = []
    for mark in marks:
        (claims if mark[0].category == "claims" else kept).append(mark)
    claims.sort(key=lambda mark: (-_severity(*mark).weight, mark[1].span.start - mark[1].span.end, mark[1].span))
    taken: list[Span] = []  # in order, none overlaps another
    for rule, match in claims:
        at = bisect_left(taken, match.span)
        beside = taken[max(0, at - 1) : at + 1]
        if not any(span.start < match.span.end and match.span.start < span.end for span in beside):
            insort(taken, match.span)
            kept.append((rule, match))
    return kept


def _told_once(marks: Collection[Mark]) -> list[Mark]:
    """The marks without those that another rule's mark tells with its own, in the same place or of all the article."""
    telling = {rule.file.told_with for rule, _ in marks if rule.file.told_with}
    told: dict[str, list[Match]] = {}
    for rule, match in marks:
        if rule.name in telling:
            told.setdefault(rule.name, []).append(match)
    return [
        (rule, match)
        for rule, match in marks
        if not any(_tells(other, match) for other in told.get(rule.file.told_with, ()))
    ]


def _tells(one: Match, other: Match) -> bool:
    """Whether both marks are of the whole article, or one has half at least of the words of the other."""
    if one.whole_document or other.whole_document:
        return one.whole_document and other.whole_document
    shared = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    return shared > 0 and 2 * shared >= other.span.end - other.span.start


def _severity(rule: Rule, match: Match) -> Severity:
    return Severity.INFO if match.doubtful else rule.severity


def findings_of(document: Document, marks: Iterable[Mark], root: Path | None) -> Iterator[Finding]:
    """A finding for each mark; the marks are in order, so that equal words are numbered from the top."""
    path = _path(document, root)
    equals: Counter[tuple[str, str]] = Counter()
    for rule, match in marks:
        marked = squeezed(document.text[slice(*match.span)])
        held = "" if match.whole_document else marked  # what is absent is absent whatever the title is
        same = (rule.name, held.lower())
        yield Finding(
            code=rule.name,
            severity=_severity(rule, match),
            scope="document" if match.whole_document else "span",
            message=_message(rule, match, marked) + named(document),
            filename=document.path,
            span=document.in_file(match.span),
            location=document.position(match.span.start),
            end_location=document.position(match.span.end),
            related=tuple(_places(document, match)),
            url=rule.url,
            fingerprint=_fingerprint(rule.name, path, held, equals[same]),
            fix=_fix(document, rule, match),
        )
        equals[same] += 1


def _fix(document: Document, rule: Rule, match: Match) -> Fix | None:
    """The fix of a match as far as its rule allows one, and its document can be written."""
    if match.fix is None or rule.file.fix is None or not document.writable:
        return None
    is_unsafe = rule.file.fix.applicability is Applicability.UNSAFE
    return msgspec.structs.replace(
        match.fix,
        message=squeezed(printable(match.fix.message)),
        applicability=Applicability.UNSAFE if is_unsafe else match.fix.applicability,
    )


def _path(document: Document, root: Path | None) -> str:
    """What fingerprints name an article by."""
    path = Path(os.path.relpath(document.path, root) if root else document.path).as_posix()
    return f"{path}#{document.inside.key}" if document.inside else path


def named(document: Document) -> str:
    """What tells a reader of a message which article of a file it is about."""
    return f' (in "{shortened(squeezed(printable(document.inside.name)))}")' if document.inside else ""


def _message(rule: Rule, match: Match, marked: str) -> str:
    """The rule's message with its words filled in, safe for a terminal."""
    words = {name: squeezed(printable(word)) for name, word in match.words.items()}
    return squeezed(printable(rule.message({"quote": shortened(printable(marked)), **words})))


def _places(document: Document, match: Match) -> Iterator[Place]:
    for related in match.related:
        start, end = related.span
        note = squeezed(printable(related.note))
        yield Place(note, document.in_file(related.span), document.position(start), document.position(end))


def _fingerprint(code: str, path: str, marked: str, ordinal: int) -> str:
    """What stays the same when text is added or removed elsewhere: no line numbers."""
    parts = (code, path, marked.lower(), str(ordinal))
    return kept.digest(*(part.encode("utf-8", "surrogateescape") for part in parts))
