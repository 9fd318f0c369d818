"""What a Word file is read into: paragraphs, what stands in them, and the tables around them."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from healthlint.documents.docx_styles import Look


class Run(NamedTuple):
    """Words that look the same."""

    text: str
    look: Look
    link: int  # index into `Body.links`, or -1
    breaks: bool = False  # a line ends here within the paragraph


class NoteMark(NamedTuple):
    """A mark that leads to a footnote or endnote."""

    kind: str  # 'footnote' or 'endnote'
    identity: str


class CommentEdge(NamedTuple):
    """Where the words begin or end to which a comment was written, or where its own mark stands."""

    identity: str
    edge: str  # 'start', 'end', 'mark'


class Picture(NamedTuple):
    """A picture, chart or other object."""


Content = Run | NoteMark | CommentEdge | Picture


class Table(msgspec.Struct, eq=False):
    """What was counted in a table."""

    cells: int = 0
    rows: int = 0
    nested: bool = False  # it holds a table
    headed: bool = False  # a heading stands in it
    paragraphs: int = 0  # with text
    text: int = 0  # characters


class Row(msgspec.Struct, eq=False):
    """A row of a table."""

    table: Table
    deleted: bool = False


class Paragraph(msgspec.Struct):
    """A paragraph and what is said of it."""

    style: str = ""
    outline: int | None = None  # from 0
    list_id: str | None = None  # '0' takes it out of the list of its style
    list_level: int | None = None
    row: Row | None = None  # of the table that it stands in
    note: NoteMark | None = None  # that leads to it
    joined: bool = False  # its end was deleted, so that the next one goes on with it
    content: list[Content] = []
