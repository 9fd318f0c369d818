"""What is known of an article once it has been read: its text, blocks, sections, links and fields.

Every format is read into these types, and every check sees only these. All offsets count code points of
`Document.text` (the file's own text, without a byte-order mark) from 0; rows and columns count from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from math import inf
from typing import NamedTuple

import msgspec

from healthlint.documents.rows import Position, Rows


class Span(NamedTuple):
    """A stretch of the file's text: `text[start:end]`."""

    start: int
    end: int


class Piece(NamedTuple):
    """A run of a block's text and the stretch of the file that it stands for."""

    start: int  # in the block's text
    length: int
    span: Span  # in the file
    copied: bool  # the same characters; else replaced: a line break by a space, `&amp;` by `&`


class Prose(msgspec.Struct, frozen=True):
    """The text of a block as a reader reads it, and where each of its characters stands in the file."""

    text: str
    pieces: tuple[Piece, ...]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The stretch of the file that `text[start:end]` stands for."""
        if not self.pieces:
            return Span(0, 0)
        end = len(self.text) if end is None else end
        first = self._origin(start)
        last = self._origin(max(start, end - 1)) if end > start else first
        return Span(first.start, max(first.start, last.end if end > start else first.start))

    def part(self, start: int, end: int) -> Prose:
        """`text[start:end]` as prose of its own."""
        return Prose(self.text[start:end], tuple(_cut(self.pieces, start, end)))

    def _origin(self, at: int) -> Span:
        """Where the character at `at` stands in the file."""
        index = max(0, bisect_right(self.pieces, (at, inf)) - 1)  # the last piece that starts up to there
        piece = self.pieces[index]
        if not piece.copied:
            return piece.span
        offset = piece.span.start + min(at - piece.start, piece.length)
        return Span(offset, min(offset + 1, piece.span.end))


class ProseBuilder:
    """Collects the text of one block while its file is read from left to right."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self.length = 0

    def copy(self, text: str, start: int) -> None:
        """Add characters that stand in the file as they are, from offset `start` on."""
        if text:
            self._add(text, Span(start, start + len(text)), copied=True)

    def replace(self, text: str, span: Span) -> None:
        """Add `text` in the place of the file's characters at `span`."""
        if text:
            self._add(text, span, copied=False)

    def space(self, span: Span) -> None:
        """Add the one space that a line break (and the indent after it) stands for, unless there is one already."""
        if self._parts and not self._parts[-1].endswith(" "):
            self.replace(" ", span)

    def _add(self, text: str, span: Span, *, copied: bool) -> None:
        self._parts.append(text)
        self._pieces.append(Piece(self.length, len(text), span, copied))
        self.length += len(text)

    def build(self) -> Prose:
        """The block's text, without white space at its ends."""
        text = "".join(self._parts)
        left, right = len(text) - len(text.lstrip()), len(text.rstrip())
        if left == 0 and right == len(text):
            return Prose(text, tuple(self._pieces))
        return Prose(text[left:right], tuple(_cut(self._pieces, left, right)))


def prose_at(words: str, text: str, span: Span) -> Prose:
    """Words that stand at `span` in the file's text: copied if they are the same there, else in its place."""
    builder = ProseBuilder()
    if text[span.start : span.end] == words:
        builder.copy(words, span.start)
    else:
        builder.replace(" ".join(words.split()), span)
    return builder.build()


def _cut(pieces: Sequence[Piece], left: int, right: int) -> Iterator[Piece]:
    """The pieces of `text[left:right]`."""
    first = max(0, bisect_right(pieces, left, key=lambda piece: piece.start) - 1)
    for index in range(first, len(pieces)):
        start, length, span, copied = pieces[index]
        if start >= right:
            return
        low, high = max(start, left), min(start + length, right)
        if low >= high:
            continue
        part = Span(span.start + low - start, span.start + high - start) if copied else span
        yield Piece(low - left, high - low, part, copied)


class Kind(StrEnum):
    """What a block is to its reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    CELL = "cell"  # of a table
    CAPTION = "caption"
    NOTE = "note"  # the text of a footnote
    TAG = "tag"  # a keyword of the article, in front matter or after 'Tags:'
    FURNITURE = "furniture"  # lines of the publishing system, and the page's own header, footer and navigation
    CODE = "code"


class LinkKind(StrEnum):
    """How a link is written."""

    INLINE = "inline"  # words that are a link
    BARE = "bare"  # an address in the text
    IMAGE = "image"
    NOTE = "note"  # a mark that leads to a footnote, or a superscript number


class Link(msgspec.Struct, frozen=True):
    """A link in a block: the words `block.text[start:end]` lead to `target`.

    A footnote mark has no words of its own (`start == end`) and its target is the footnote's label.
    """

    kind: LinkKind
    start: int
    end: int
    target: str
    span: Span  # all of it in the file, markup included


class Ordinal(NamedTuple):
    """The number of a numbered heading or list item, as it was written."""

    value: int
    text: str  # '3.', 'IV)', 'Step 2 -', 'RULE 1.'
    style: str  # 'arabic', 'roman', 'letter'; a dotted number ('2.1') is 'dotted', its value that of the last part
    word: str  # 'step', 'section', 'rule' ... in lower case, or ''
    span: Span
    parts: tuple[int, ...] = ()  # of a dotted number: (2, 1)


class Block(msgspec.Struct, frozen=True):
    """A heading, paragraph, list item, table cell ...: what a sentence never crosses."""

    kind: Kind
    prose: Prose
    span: Span  # of the whole block in the file, markup and number included
    level: int = 0  # of a heading, 1 to 6; depth of a list item, from 1
    ordinal: Ordinal | None = None
    group: int = -1  # items of one list share it, and so do the cells of one table row
    ordered: bool = False  # the list is numbered by its format (HTML `ol`, Markdown `1.`)
    quoted: bool = False  # inside a block quote
    label: str = ""  # of the footnote that this block is
    links: tuple[Link, ...] = ()
    of_page: bool = False  # in a part of the page that its markup sets apart: a menu, a footer, a widget, comments
    text: str = ""  # as a reader reads it: no markup, one space for a line break; always that of `prose`

    def __post_init__(self) -> None:
        """The text is asked for more often than all else."""
        msgspec.structs.force_setattr(self, "text", self.prose.text)


class Section(msgspec.Struct, frozen=True):
    """A heading with what stands under it, as indexes into `Document.blocks`.

    The text before the first heading is a section without a heading.
    """

    heading: int | None
    start: int  # the heading's index, or that of the first block
    own_end: int  # where the first section inside this one starts, or `end`
    end: int  # after the last block, sections inside included
    level: int
    parent: int | None  # index into `Document.sections`


class Field(NamedTuple):
    """A fact about the article outside its text: front matter, an HTML meta tag, JSON-LD. Lists give one field each."""

    name: str  # lower case, dotted where nested: 'author', 'seo.title'
    value: str
    span: Span


class Inside(NamedTuple):
    """Where an article stands in a file that holds several."""

    start: int  # of its text in that of the file
    position: Position  # of that start
    name: str  # what people call it: its title
    key: str  # what it is told by from the others, now and in a later file: its number


class Document(msgspec.Struct, frozen=True, dict=True):
    """An article: its file's text and what is known of its structure."""

    path: str
    text: str
    format: str  # 'text', 'markdown', 'html', 'rst' or 'docx'
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...] = ()
    anchors: frozenset[str] = frozenset()  # names that a local link may lead to, without '#'
    comments: tuple[tuple[str, Span], ...] = ()  # HTML comments: what they say and where; suppressions are among them
    definitions: dict[str, Span] = {}  # labels of Markdown link definitions
    looked_up: dict[str, bool] = {}  # files a check looked for: whether they are there
    own_end: int | None = None  # where its own text ends, if rows with its fields stand behind it
    writable: bool = True  # the text is that of the file, so that a changed one can be written back
    inside: Inside | None = None  # a file that holds other articles, too

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """All sections in the order of the article."""
        return tuple(_sections(self.blocks))

    @cached_property
    def title(self) -> Block | None:
        """The first heading of the highest level before any other, or None; a front-matter title is a field."""
        headings = [block for block in self.blocks if block.kind is Kind.HEADING]
        return headings[0] if headings and headings[0].level == 1 else None

    @cached_property
    def word_count(self) -> int:
        """How many words its text has, with all that is written around them."""
        return len(self.text.split())

    def section_text(self, section: Section) -> tuple[Block, ...]:
        """The blocks under a section's heading, those of sections inside it included."""
        return self.blocks[section.start + (section.heading is not None) : section.end]

    @property
    def end(self) -> int:
        """Where the article's own text ends."""
        return len(self.text) if self.own_end is None else self.own_end

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self.text)

    def position(self, offset: int) -> Position:
        """Row and column of an offset, in the file."""
        row, column = self._rows.position(offset)
        if self.inside is None:
            return Position(row, column)
        first_row, first_column = self.inside.position
        return Position(first_row + row - 1, column if row > 1 else first_column + column - 1)

    def in_file(self, span: Span) -> Span:
        """The stretch of the file's text that a stretch of this one is."""
        return Span(span.start + self.inside.start, span.end + self.inside.start) if self.inside else span

    def line(self, row: int) -> str:
        """The text of a row, without its line break."""
        return self._rows.line(row)


def _sections(blocks: Sequence[Block]) -> list[Section]:
    """Open a section at every heading and close it at the next one of the same or a higher level."""
    headings = [(index, block.level) for index, block in enumerate(blocks) if block.kind is Kind.HEADING]
    first = headings[0][0] if headings else len(blocks)
    before = [Section(None, 0, first, first, 0, None)] if first else []
    parents: list[int | None] = []
    ends = [len(blocks)] * len(headings)
    still_open: list[int] = []  # indexes into headings, outermost first
    for at, (index, level) in enumerate(headings):
        while still_open and headings[still_open[-1]][1] >= level:
            ends[still_open.pop()] = index
        parents.append(still_open[-1] + len(before) if still_open else None)
        still_open.append(at)
    own_ends = [*(index for index, _ in headings[1:]), len(blocks)]
    return before + [
        Section(index, index, own_end, end, level, parent)
        for (index, level), own_end, end, parent in zip(headings, own_ends, ends, parents, strict=False)
    ]
