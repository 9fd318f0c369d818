"""The map of an article: its sections as bars, and arcs from what is told again to where it was told first.

Lengths are in pixels of the drawing, whose rows are as high as those of the list of sections beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec
from markupsafe import Markup

from healthlint.documents.document import Block, Kind, Span
from healthlint.plain import shortened
from healthlint.reports.proof.notes import Note
from healthlint.reports.proof.sheet import Part, Sheet
from healthlint.reports.proof.visible import visible

ROW = 28  # the height of a row; page.css has the same
BARS = 88  # the width of the longest bar
WIDTH = 240
_BAND = 5  # the width of what marks a stretch that is told twice
_ENOUGH = 3  # sections that make a map; of an article with fewer, the rows are its paragraphs
_MOST = 60  # rows; above, those that nothing is told again of stand together
_LONGEST = 90  # characters of a title


class Row(msgspec.Struct, frozen=True):
    """A section, or several that stand together, or a paragraph."""

    title: Markup
    href: str
    level: int  # from 0
    span: Span
    words: int
    notes: int
    again: int  # characters of it that are told again

    @property
    def share(self) -> float:
        """How much of it is told again, from 0 to 1."""
        return min(1.0, self.again / max(1, self.span.end - self.span.start))


class Bar(msgspec.Struct, frozen=True):
    """A row's bar: its length is that of the text, the darker part what is told again."""

    y: int
    length: float
    again: float


class Arc(msgspec.Struct, frozen=True):
    """From a place that is told again to the earlier one."""

    note: Note
    bands: tuple[tuple[float, float], ...]  # top and height of both places
    path: str
    of_section: bool


class Retelling(msgspec.Struct, frozen=True):
    """The same in words."""

    note: Note
    title: Markup  # of the section that it is in
    earlier: Markup
    href: str
    earlier_href: str
    in_itself: bool  # both are in the same row


class Chart(msgspec.Struct, frozen=True):
    """All of the map."""

    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    arcs: tuple[Arc, ...]
    retellings: tuple[Retelling, ...]
    percent: int  # of the text that is told again

    @property
    def height(self) -> int:
        """Of the drawing."""
        return ROW * len(self.rows)


def chart_of(sheet: Sheet) -> Chart | None:
    """The map of an article, or None if it is too short for one."""
    pairs = list(_pairs(sheet))
    again = _union([note.finding.span for note, _ in pairs])
    rows = list(_rows(sheet, again))
    pairs = [(note, span) for note, span in pairs if all(_any_in(rows, one) for one in (note.finding.span, span))]
    rows = _folded(rows, pairs)
    if len(rows) < _ENOUGH:
        return None
    scale = _Scale(rows)
    longest = max(row.words for row in rows) or 1
    bars = [
        Bar(ROW * index, BARS * row.words / longest, BARS * row.words / longest * row.share)
        for index, row in enumerate(rows)
    ]
    whole = sum(block.span.end - block.span.start for block in sheet.document.blocks if _is_text(block))
    return Chart(
        tuple(rows),
        tuple(bars),
        tuple(_arc(note, earlier, scale) for note, earlier in pairs),
        tuple(_retelling(note, earlier, scale) for note, earlier in pairs),
        min(100, round(100 * sum(end - start for start, end in again) / max(1, whole))),
    )


def _pairs(sheet: Sheet) -> Iterator[tuple[Note, Span]]:
    """What is told again in this article, and where it was told first."""
    for note in sheet.notes:
        if note.finding.category == "duplication" and note.finding.scope != "document":
            yield from ((note, place.span) for place in note.finding.related[:1] if not place.filename)


def _union(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those together that overlap."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _is_text(block: Block) -> bool:
    return block.kind not in (Kind.FURNITURE, Kind.TAG)


def _rows(sheet: Sheet, again: Sequence[Span]) -> Iterator[Row]:
    """A row for each section, or for each paragraph where there are few sections."""
    blocks = sheet.document.blocks
    sections = [
        section for section in sheet.document.sections if any(map(_is_text, blocks[section.start : section.own_end]))
    ]
    ids = {id(part.block): part for part in sheet.parts if part.block}
    starts = sorted(note.finding.span.start for note in sheet.notes if note.finding.scope != "document")
    stretches = (
        [(blocks[section.start : section.own_end], max(0, section.level - 1)) for section in sections]
        if len(sections) >= _ENOUGH
        else [((block,), 0) for block in blocks if _is_text(block)]
    )
    for stretch, level in stretches:
        shown = [block for block in stretch if id(block) in ids and _is_text(block)]
        if shown:
            yield _row(shown, level, ids, starts, again)


def _row(
    blocks: Sequence[Block], level: int, ids: dict[int, Part], starts: Sequence[int], again: Sequence[Span]
) -> Row:
    span = Span(blocks[0].span.start, max(block.span.end for block in blocks))
    return Row(
        title=visible(shortened(blocks[0].text, _LONGEST)),
        href=f"#{ids[id(blocks[0])].id}",
        level=level,
        span=span,
        words=sum(len(block.text.split()) for block in blocks),
        notes=bisect_right(starts, span.end - 1) - bisect_right(starts, span.start - 1),
        again=sum(max(0, min(span.end, part.end) - max(span.start, part.start)) for part in again),
    )


def _folded(rows: Sequence[Row], pairs: Sequence[tuple[Note, Span]]) -> list[Row]:
    """The rows; if there are too many, those together that have no part in what is told again."""
    if len(rows) <= _MOST:
        return list(rows)
    spans = [span for note, earlier in pairs for span in (note.finding.span, earlier)]
    folded: list[Row] = []
    for involved, group in groupby(rows, lambda row: any(_any_in([row], span) for span in spans)):
        several = list(group)
        folded += several if involved or len(several) == 1 else [_together(several)]
    return folded


def _any_in(rows: Iterable[Row], span: Span) -> bool:
    """Whether something of a span is in a row; front matter and the page's furniture are in none."""
    return any(row.span.start < span.end and span.start < row.span.end for row in rows)


def _together(rows: Sequence[Row]) -> Row:
    title = Markup("{0} … ({1} parts)").format(rows[0].title, len(rows))
    span = Span(rows[0].span.start, rows[-1].span.end)
    return Row(title, rows[0].href, 0, span, sum(row.words for row in rows), sum(row.notes for row in rows), 0)


class _Scale:
    """Offsets in the file -> heights in the drawing."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._starts = [row.span.start for row in rows]

    def row(self, offset: int) -> int:
        """The index of the row that an offset is in, or of the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def height(self, offset: int) -> float:
        """Where an offset stands."""
        index = self.row(offset)
        start, end = self.rows[index].span
        part = min(1.0, max(0.0, (offset - start) / max(1, end - start)))
        return ROW * index + 4 + part * (ROW - 8)

    def band(self, span: Span) -> tuple[float, float]:
        """Top and height of a stretch."""
        top = self.height(span.start)
        return round(top, 1), round(max(4.0, self.height(max(span.start, span.end - 1)) - top), 1)


def _arc(note: Note, earlier: Span, scale: _Scale) -> Arc:
    bands = scale.band(earlier), scale.band(note.finding.span)
    first, last = (round(top + height / 2, 1) for top, height in bands)
    x = BARS + 8 + _BAND
    out = x + 24 + (WIDTH - x - 30) * 1.3 * min(1.0, abs(last - first) / max(1, ROW * len(scale.rows)))
    path = f"M{x} {first}C{out:.1f} {first} {out:.1f} {last} {x} {last}"
    return Arc(note, bands, path, "section" in note.finding.name)


def _retelling(note: Note, earlier: Span, scale: _Scale) -> Retelling:
    later_row, earlier_row = (scale.rows[scale.row(span.start)] for span in (note.finding.span, earlier))
    return Retelling(
        note, later_row.title, earlier_row.title, f"#{note.id}", earlier_row.href, later_row is earlier_row
    )
