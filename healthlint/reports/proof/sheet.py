"""A result -> a sheet: the article's parts in the order of the file, with marks in place and notes beside them.

Every finding has a place that can be seen. What it marks may be words of a block, several blocks (then a bar runs
beside them), a fact of the front matter, a comment, or markup that no reader sees: that is shown as it was written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, islice
from typing import NamedTuple

import msgspec
from markupsafe import Markup

from healthlint import documents
from healthlint.documents.document import Block, Document, Kind, Span
from healthlint.findings import Finding, Place, Result
from healthlint.plain import shortened
from healthlint.reports.proof.notes import Elsewhere, Note, note_of
from healthlint.reports.proof.runs import Marked, block_text, marked_text, point_in, range_in, run
from healthlint.reports.proof.visible import visible
from healthlint.rules import Severity

_DEEPEST = 8  # lists in lists; what is deeper stands with them
_LONGEST_QUOTE = 90  # characters
_MOST_QUOTED = 3  # parts
_LONGEST_SOURCE = 600  # characters of what is shown as it was written


class Part(msgspec.Struct):
    """A block, or something else of the file that is shown."""

    id: str
    kind: str  # a Kind, 'footnote' for a note; or 'comment', 'source'
    span: Span
    block: Block | None = None
    marks: list[Marked] = []
    notes: list[Note] = []  # beside it
    label_notes: list[Note] = []  # on its number
    bars: list[Note] = []  # that mark all of it, and more
    opening: list[Note] = []  # of those, the ones that begin here
    text: str = ""  # of what is no block

    @property
    def words(self) -> str:
        """Its text."""
        return self.block.text if self.block else self.text

    @property
    def html(self) -> Markup:
        """Its text with the marks."""
        return block_text(self.block, self.marks) if self.block else marked_text(self.text, self.marks)

    @property
    def label(self) -> Markup:
        """The number of a list item, or the label of a footnote."""
        block = self.block
        if block is None:
            return Markup("")
        ordinal = block.ordinal
        text = ordinal.text if ordinal and not range_in(block.prose, ordinal.span) else block.label
        return run(text, self.label_notes if text else ())

    @property
    def heading(self) -> int:
        """The level of a heading on the page, where two stand above the article's own."""
        return min(6, self.block.level + 2) if self.block else 6

    @property
    def bar(self) -> str:
        """The severity of the bar beside it; '' for none."""
        return max(self.bars, key=lambda note: note.finding.severity.weight).severity if self.bars else ""


class Fact(NamedTuple):
    """A fact of the front matter or of the page's head."""

    name: Markup
    value: Markup
    notes: tuple[Note, ...]


class Group(NamedTuple):
    """Parts that are shown as one: a list, a table, a quotation, the page's furniture; or one part alone."""

    kind: str
    parts: tuple[Part, ...]

    @property
    def notes(self) -> list[Note]:
        """All that stand beside it."""
        return [note for part in self.parts for note in part.notes]

    @property
    def is_marked(self) -> bool:
        """Whether a note is on it or on more than it."""
        return any(part.notes or part.bars for part in self.parts)

    @property
    def entries(self) -> list[Entry]:
        """The items of a list, each with those below it."""
        return _nested(list(self.parts))

    @property
    def rows(self) -> list[list[Part]]:
        """The rows of a table."""
        return [list(row) for _, row in groupby(self.parts, lambda part: part.block and part.block.group)]


class Entry(NamedTuple):
    """An item of a list."""

    part: Part
    below: list[Entry]


def _nested(parts: Sequence[Part]) -> list[Entry]:
    """The items, those that are deeper below the one before them."""
    top: list[Entry] = []
    open_at: list[tuple[int, list[Entry]]] = [(0, top)]  # levels, and where items of them go
    for part in parts:
        level = part.block.level if part.block else 1
        while len(open_at) > 1 and level < open_at[-1][0]:
            open_at.pop()
        if open_at[-1][1] and level > open_at[-1][0] > 0 and len(open_at) < _DEEPEST:
            open_at.append((level, open_at[-1][1][-1].below))
        elif len(open_at) == 1:
            open_at.append((level, top))
        open_at[-1][1].append(Entry(part, []))
    return top


class Sheet(msgspec.Struct, frozen=True, dict=True):
    """An article and the notes on it."""

    id: str
    result: Result
    document: Document
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...]

    @property
    def whole(self) -> list[Note]:
        """The notes on the article as a whole."""
        return [note for note in self.notes if note.finding.scope == "document"]

    @cached_property
    def severities(self) -> Counter[Severity]:
        """How many findings there are of each."""
        return Counter(note.finding.severity for note in self.notes)

    @property
    def groups(self) -> Iterator[Group]:
        """The parts, those together that are shown as one."""
        for kind, parts in groupby(self.parts, _group_kind):
            if kind in ("list", "table", "furniture"):
                yield Group(kind, tuple(parts))
            else:
                yield from (Group(part.kind, (part,)) for part in parts)


_GROUP_KINDS = {Kind.ITEM: "list", Kind.CELL: "table", Kind.FURNITURE: "furniture"}


def _group_kind(part: Part) -> str:
    return _GROUP_KINDS.get(part.block.kind, "") if part.block else ""


def sheet_of(result: Result, id: str, ids: Mapping[str, str]) -> Sheet:  # noqa: A002 - as HTML calls it
    """The sheet of a result that has findings. `ids` are those of the articles so far, by file name."""
    document = documents.read_text(result.filename, result.text, documents.format_of(result.filename))
    builder = _Builder(document, id, ids)
    in_order = sorted(result.findings, key=_reading_order)

    notes = []
    for number, finding in enumerate(in_order, 1):
        note = note_of(
            finding,
            f"{id}-n{number}",
            number,
            result.text,
            tuple(map(builder.elsewhere, finding.related)),
        )
        notes.append(note)
        if finding.scope != "document":
            builder.place(note)
    return Sheet(id, result, document, tuple(builder.parts), tuple(builder.facts()), tuple(notes))


def _reading_order(finding: Finding) -> tuple[bool, int]:
    """What the article as a whole lacks comes first, the worst of it at the top; the rest stays in order."""
    of_whole = finding.scope == "document"
    return not of_whole, -finding.severity.weight if of_whole else 0


class _Builder:
    """Lays out the parts of a document and gives each note its place."""

    def __init__(self, document: Document, id: str, ids: Mapping[str, str]) -> None:  # noqa: A002 - as HTML calls it
        self._document = document
        self._ids = ids
        self._on_facts: dict[int, list[Note]] = defaultdict(list)
        self.parts = [
            Part(f"{id}-p{number}", kind, span, block, text=text)
            for number, (span, kind, block, text) in enumerate(self._stuff(), 1)
        ]
        self._starts = [part.span.start for part in self.parts]

    def _stuff(self) -> list[tuple[Span, str, Block | None, str]]:
        """What is shown, in the order of the file: blocks that are in no other and in no field, and comments."""
        document = self._document
        facts = {fact.span for fact in document.fields}
        shown: list[tuple[Span, str, Block | None, str]] = []
        end = 0
        for block in document.blocks:
            if block.kind is Kind.TAG and (block.span in facts or block.span.start < end):
                continue
            kind = "footnote" if block.kind is Kind.NOTE else block.kind.value
            shown.append((block.span, kind, block, ""))
            end = max(end, block.span.end)
        taken = sorted(block.span for _, _, block, _ in shown if block)
        for said, span in document.comments:
            before = bisect_right(taken, span) - 1
            if before < 0 or taken[before].end <= span.start:
                shown.append((span, "comment", None, shortened(said.strip(), _LONGEST_SOURCE)))
        return sorted(shown, key=lambda one: one[0].start)

    def place(self, note: Note) -> None:
        """Mark in the text what a note is on, and put the note beside it."""
        span = note.finding.span
        touched = list(self._touched(span))
        ranges = [(part, found) for part in touched if (found := self._range(part, span))]
        if len(ranges) > 1:
            self._bar([part for part, _ in ranges], note)
        elif ranges:
            part, (start, end) = ranges[0]
            part.marks.append(Marked(start, end, note))
            part.notes.append(note)
        elif (fact := self._fact(span)) is not None:
            self._on_facts[fact].append(note)
        elif touched:
            self._point(touched[0], note)
        else:
            self._show_source(note)

    def elsewhere(self, place: Place) -> Elsewhere:
        """Another place that a note speaks of, as a reader reads it."""
        if place.filename:
            article = self._ids.get(place.filename)
            return Elsewhere(visible(place.message), href=f"#{article}" if article else "")
        parts = [(part, self._range(part, place.span)) for part in self._touched(place.span)]
        words = " ".join(part.words[slice(*found)] for part, found in parts[:_MOST_QUOTED] if found)
        href = f"#{parts[0][0].id}" if parts else ""
        return Elsewhere(visible(place.message), visible(shortened(words, _LONGEST_QUOTE)), href)

    def _touched(self, span: Span) -> Iterator[Part]:
        index = max(0, bisect_right(self._starts, span.start) - 1)
        for part in islice(self.parts, index, None):
            if part.span.start >= max(span.end, span.start + 1):
                return
            if _overlap(part.span, span):
                yield part

    @staticmethod
    def _range(part: Part, span: Span) -> tuple[int, int] | None:
        if part.block:
            return range_in(part.block.prose, span)
        return (0, len(part.text)) if part.text else None  # of a comment all is marked, or nothing

    def _fact(self, span: Span) -> int | None:
        """The index of the first field that a span marks something of."""
        fields = enumerate(self._document.fields)
        return next((index for index, fact in fields if _overlap(fact.span, span)), None)

    @staticmethod
    def _bar(parts: Sequence[Part], note: Note) -> None:
        for part in parts:
            part.bars.append(note)
        parts[0].opening.append(note)
        parts[0].notes.append(note)

    @staticmethod
    def _point(part: Part, note: Note) -> None:
        """What is marked is not among the words of a part: its number, or markup."""
        part.notes.append(note)
        block = part.block
        ordinal = block.ordinal if block else None
        if block is None or (ordinal and ordinal.span.start <= note.finding.span.start < ordinal.span.end):
            part.label_notes.append(note)
            return
        at = point_in(block.prose, note.finding.span.start)
        part.marks.append(Marked(at, at, note))

    def _show_source(self, note: Note) -> None:
        """Nothing of the place is shown yet."""
        span = note.finding.span
        text = shortened(self._document.text[slice(*span)].strip(), _LONGEST_SOURCE)
        part = Part(f"{note.id}-source", "source", span, text=text, notes=[note])
        part.marks.append(Marked(0, len(text), note))
        index = bisect_left(self._starts, span.start)
        self.parts.insert(index, part)
        self._starts.insert(index, span.start)

    def facts(self) -> Iterable[Fact]:
        """The fields, with the notes on them."""
        for index, fact in enumerate(self._document.fields):
            notes = tuple(self._on_facts[index])
            value = shortened(fact.value, _LONGEST_SOURCE)
            yield Fact(visible(fact.name), marked_text(value, [Marked(0, len(value), note) for note in notes]), notes)


def _overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character; one of no length lies where it stands."""
    return one.start < max(other.end, other.start + 1) and other.start < max(one.end, one.start + 1)
