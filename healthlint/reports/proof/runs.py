"""The text of a block, cut wherever a mark or a link starts or ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from healthlint.documents.document import Block, Link, LinkKind, Prose, Span
from healthlint.reports.proof.notes import Note
from healthlint.reports.proof.visible import plain_visible, visible, web_address

_MARK = Markup('<mark class="{0}" data-notes="{1}">{2}</mark>')
_WEB = Markup('<a class="web" href="{0}" target="_blank" rel="noreferrer noopener">{1}</a>')
_LINK = Markup('<span class="link" title="{0}">{1}</span>')
_RAISED = Markup("<sup>{0}</sup>")
_LABEL = Markup('<sup class="label">{0}</sup>')
_POINT = Markup('<mark class="{0} point" data-notes="{1}">\u2038</mark>')
_REFERENCE = Markup(
    '<a class="reference {severity}{where}" id="{id}-place" href="#{id}">'
    '<span class="spoken">{spoken} </span>{number}</a>'
)


class Marked(NamedTuple):
    """A stretch of a block's text and the note on it; of no length where what is marked cannot be seen."""

    start: int
    end: int
    note: Note


def range_in(prose: Prose, span: Span) -> tuple[int, int] | None:
    """The stretch of a prose's text that stands at `span` in the file, or None if nothing of it does."""
    pieces = prose.pieces
    first = bisect_right(pieces, span.start, key=lambda piece: piece.span.end)
    last = bisect_left(pieces, span.end, key=lambda piece: piece.span.start) - 1
    if first > last or last < 0:
        return None
    low, high = pieces[first], pieces[last]
    start = low.start + (max(0, span.start - low.span.start) if low.copied else 0)
    end = high.start + (min(high.length, span.end - high.span.start) if high.copied else high.length)
    return (start, end) if start < end else None


def point_in(prose: Prose, offset: int) -> int:
    """The place in a prose's text that is nearest behind an offset of the file."""
    index = bisect_left(prose.pieces, offset, key=lambda piece: piece.span.start)
    return prose.pieces[index].start if index < len(prose.pieces) else len(prose.text)


def marked_text(text: str, marks: Iterable[Marked], links: Sequence[Link] = ()) -> Markup:
    """The text as HTML, with a reference to its note behind each mark, but never inside a link."""
    marks = sorted(marks, key=lambda mark: (mark.start, mark.end, mark.note.number))
    around = {at: link for link in _apart(links) for at in range(link.start, link.end)}
    labels = [link for link in links if link.start == link.end and link.kind is LinkKind.NOTE]
    spans = [*((mark.start, mark.end) for mark in marks), *((link.start, link.end) for link in links)]
    cuts = sorted({0, len(text), *(end for span in spans for end in span if end <= len(text))})
    done: list[Markup] = []
    inner: list[Markup] = []  # of the link that is open
    waiting: list[Note] = []  # whose reference stands behind the link
    for low, high in zip(cuts, [*cuts[1:], len(text)], strict=True):
        link = around.get(low)
        parts = inner if link else done
        here = [mark.note for mark in marks if mark.start == mark.end == low]
        parts += [_POINT.format(note.severity, note.id) for note in here]
        if low < high:
            parts.append(run(text[low:high], [mark.note for mark in marks if mark.start <= low and high <= mark.end]))
        waiting += here + [mark.note for mark in marks if mark.start < mark.end == high and low < high]
        if link and high == link.end:
            done.append(_linked(link, Markup("").join(inner)))
            inner.clear()
        if not inner:
            done += map(reference, waiting)
            waiting.clear()
        done += [_LABEL.format(plain_visible(label.target)) for label in labels if label.start == high and not inner]
    return Markup("").join(done)


def _apart(links: Iterable[Link]) -> list[Link]:
    """The links that have words, in order, without those inside others, which HTML has no word for."""
    kept: list[Link] = []
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        if link.start < link.end and (not kept or link.start >= kept[-1].end):
            kept.append(link)
    return kept


def run(text: str, notes: Sequence[Note]) -> Markup:
    """Text that is marked from its start to its end, without the references."""
    if not notes:
        return visible(text)
    worst = max(notes, key=lambda note: note.finding.severity.weight)
    several = " several" if len(notes) > 1 else ""
    return _MARK.format(f"{worst.severity}{several}", " ".join(note.id for note in notes), visible(text))


def reference(note: Note, where: str = "") -> Markup:
    """The number in the text that leads to a note; `where` is 'opening' in front of what a bar marks."""
    return _REFERENCE.format(
        severity=note.severity,
        where=f" {where}" if where else "",
        id=note.id,
        spoken=f"{note.severity_name}: {note.title},",
        number=note.number,
    )


def _linked(link: Link, inner: Markup) -> Markup:
    if link.kind is LinkKind.NOTE:
        return _RAISED.format(inner)
    if link.kind is not LinkKind.IMAGE and (address := web_address(link.target)):
        return _WEB.format(address, inner)
    return _LINK.format(plain_visible(link.target), inner)


def block_text(block: Block, marks: Iterable[Marked]) -> Markup:
    """The text of a block as HTML."""
    return marked_text(block.text, marks, block.links)
