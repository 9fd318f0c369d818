"""What mends a finding: edits of the article's text, and whether they may be made unasked."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import accumulate

import msgspec

from healthlint.documents.document import Block, Document, Kind, LinkKind, Span


class Applicability(StrEnum):
    """Whether a fix may be made unasked."""

    SAFE = "safe"  # the mend is mechanical: what the article says stays as it is
    UNSAFE = "unsafe"  # somebody has to read what came of it

    def includes(self, other: Applicability) -> bool:
        """Whether who asks for fixes of this kind has those of another one made, too."""
        return self is Applicability.UNSAFE or other is Applicability.SAFE


class Edit(msgspec.Struct, frozen=True):
    """`text[span.start:span.end]` of the file is to become `content`; a span of no length inserts."""

    span: Span
    content: str


class Fix(msgspec.Struct, frozen=True):
    """Edits that are made together or not at all. They are in the order of the text, and none overlaps another."""

    message: str  # what it does, to be read after "would" or "to": 'renumber to 4'
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE

    def __post_init__(self) -> None:
        ends = [0]
        for edit in self.edits:
            if not ends[-1] <= edit.span.start <= edit.span.end:
                raise ValueError(f"the edits of a fix stand in order and apart: {self}")
            ends.append(edit.span.end)


class Made(msgspec.Struct, frozen=True):
    """A fix that was made."""

    code: str  # the rule's full name
    message: str


class Rewriting(msgspec.Struct, frozen=True):
    """What fixes make of a file."""

    data: bytes  # the file's bytes afterwards
    made: tuple[Made, ...]


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made in it; they stand in order and apart."""
    parts, end = [], 0
    for edit in edits:
        parts += [text[end : edit.span.start], edit.content]
        end = edit.span.end
    return "".join([*parts, text[end:]])


def difference(before: str, after: str) -> list[Edit]:
    """The edits that make one text of another, line by line; of the lines, what they begin and end with alike stays."""
    import difflib  # for editors alone

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = list(accumulate(map(len, old), initial=0))
    found = []
    for kind, low, high, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found.append(_narrowed(before[starts[low] : starts[high]], "".join(new[first:last]), starts[low]))
    return found


def _narrowed(old: str, new: str, start: int) -> Edit:
    """The edit of a stretch that begins at `start`, without what is alike at both ends."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    return Edit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (first, second) in pairs if first != second), min(len(one), len(other)))


def becomes(text: str, edits: Iterable[Edit], span: Span) -> str:
    """What stands in the place of `text[span.start:span.end]` once the edits are made."""
    parts, end = [], span.start
    for edit in edits:
        if span.start <= edit.span.end and edit.span.start <= span.end:
            parts.append(text[end : edit.span.start])
            parts.append(edit.content if span.start <= edit.span.start else "")
            end = max(end, edit.span.end)
    return "".join([*parts, text[end : span.end]])


def reworded(document: Document, block: Block, start: int, end: int, content: str) -> Edit | None:
    """The edit that has a block read `content` for `block.text[start:end]`.

    None where the words are quoted, have markup inside them, or are part of an address. `content` is nothing that a
    format escapes.
    """
    if block.quoted or any(
        link.kind is LinkKind.BARE and link.start < end and start < link.end for link in block.links
    ):
        return None
    if is_ruled(document, block) and len(content) > end - start:
        return None
    span, words = block.prose.span(start, end), block.text[start:end]
    written = document.text[span.start : span.end]
    if document.format in ("markdown", "html"):
        import html  # for a fix alone

        written = html.unescape(written)
    return Edit(span, content) if written == words or written.split() == words.split() else None


def is_ruled(document: Document, block: Block) -> bool:
    """Whether a line below a heading makes it one, and has to be as long as it."""
    return document.format == "rst" and block.kind is Kind.HEADING


def together(
    message: str, edits: Iterable[Edit | None], applicability: Applicability = Applicability.SAFE
) -> Fix | None:
    """A fix of some edits, in any order; None if one of them cannot be made, or there is none."""
    ordered: list[Edit] = []
    for edit in edits:
        if edit is None:
            return None
        ordered.append(edit)
    ordered.sort(key=lambda edit: edit.span)
    return Fix(message, tuple(ordered), applicability) if ordered else None
