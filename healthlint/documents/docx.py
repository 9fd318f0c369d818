"""Word files (.docx) -> Document: the text as Word shows it once all tracked changes are accepted, a paragraph a row.

`Document.text` is made here, for the file has none of its own. Each paragraph is a row, those in cells of tables and
empty ones too, so that a row is the number of the paragraph and a column the place in it. A row begins with the
number or bullet that Word shows before the paragraph, as in Word's own plain text: '3. Take it with food'; a line that
ends within a paragraph is a space, a picture U+FFFC, and a mark of a footnote its number in brackets: '[1]'. Behind
the last paragraph come the footnotes and endnotes in the order of their marks, and then a row for each property of the
file that is a field of the article: 'author: Jane Doe'.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from healthlint.documents import ReadError
from healthlint.documents.document import Block, Document, Field, Kind, Ordinal, Span
from healthlint.documents.docx_body import Body
from healthlint.documents.docx_content import CommentEdge, Content, NoteMark, Paragraph, Picture, Row, Run, Table
from healthlint.documents.docx_numbering import Label, Numbering, written
from healthlint.documents.docx_package import Package
from healthlint.documents.docx_properties import read_properties
from healthlint.documents.docx_remarks import Remarks
from healthlint.documents.docx_styles import Look, Styles
from healthlint.documents.docx_unstyled import mark_unstyled_headings
from healthlint.documents.drafts import Draft, Writer
from healthlint.documents.front_matter import front_blocks
from healthlint.documents.settling import reads_as_heading, settle, slugs

_QUOTES = frozenset({"quote", "intense quote", "block text", "quotations", "block quotation"})
_CODES = frozenset({"html preformatted", "source code", "code", "preformatted text", "macro text", "plain text code"})
_BESIDE_TITLE = frozenset({"subtitle", "author", "date", "abstract", "abstract title"})  # may be based on its style
_CONTENTS = re.compile(r"toc(?: heading| \d)|table of (?:figures|authorities)|index \d|contents heading|contents \d")
_ITEMS = re.compile(r"list (?:bullet|number)(?: \d)?")
_PICTURE = "\ufffc"  # the character that stands for an object in text
_LONGEST_ROW = 300  # characters: a table of one row with more is made of columns of text
_TOP = "_top"  # where Word's own links to the start of a file lead


def read_docx(path: str, data: bytes) -> Document:
    """The article in a Word file. Raises ReadError."""
    package = Package(data)
    reader = _Reader(package)
    reader.read()
    if not reader.writer.drafts:
        raise ReadError("is empty; write the article or exclude the file")
    fields = list(reader.add_properties(read_properties(package.properties())))
    text = "".join(reader.parts)
    drafts = reader.writer.drafts
    _mark_numbered_headings(drafts)
    mark_unstyled_headings(drafts)
    blocks = settle(drafts, titled=any(field.name == "title" for field in fields))
    blocks += front_blocks(fields, text, has_title=True, group=reader.writer.new_group())
    return Document(
        path,
        text,
        "docx",
        tuple(blocks),
        tuple(fields),
        frozenset({_TOP, *reader.body.anchors, *_slugs(blocks)}),
        tuple(reader.remarks.comments),
        writable=False,
        own_end=reader.own_end,
    )


def _slugs(blocks: Iterable[Block]) -> Iterator[str]:
    return slugs(block.text for block in blocks if block.kind is Kind.HEADING)


def _mark_numbered_headings(drafts: Sequence[Draft]) -> None:
    """A short bold item with text under it and no other item beside it is a heading that Word numbers."""
    for before, draft, following in zip([None, *drafts], drafts, drafts[1:], strict=False):
        alone = following.kind is Kind.PARAGRAPH and (before is None or before.kind is not Kind.ITEM)
        if draft.kind is Kind.ITEM and draft.ordered and draft.bold and alone and reads_as_heading(draft.text):
            draft.kind, draft.below, draft.level, draft.group, draft.ordered = Kind.HEADING, True, 0, -1, False


class _Reader:
    """Writes the paragraphs of a file as rows and drafts."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(package.beside_main("styles"))
        self.numbering = Numbering(package.beside_main("numbering"))
        self.body = Body(package.part(package.main) or b"", package.related(package.main))
        self.writer = Writer()
        self.parts: list[str] = []
        self.at = 0  # how long the text is so far
        self.own_end = 0  # where the rows of properties begin
        self.shift = 0  # of the levels of headings: a title stands above them
        self.notes: dict[NoteMark, str] = {}  # those that were marked, and their labels
        self.counts = Counter[str]()  # of notes, by their kind
        self.groups: dict[tuple[str, int], int] = {}  # of the lists that may go on, by list and depth
        self.rows: dict[int, int] = {}  # rows of tables, and their groups
        self.remarks = Remarks(package)

    def read(self) -> None:
        """Read the text, then the notes."""
        paragraphs = list(_merged(self.body.paragraphs))
        self.shift = int(any(self._is_title(each) and has_text(each) for each in paragraphs))
        self._count_tables(paragraphs)
        for paragraph in paragraphs:
            self._write(paragraph, self.body)
        for kind in ("footnote", "endnote"):
            self._write_notes(kind)

    def add_properties(self, properties: Iterable[tuple[str, str]]) -> Iterator[Field]:
        """A row for each property."""
        self.own_end = self.at
        for name, value in properties:
            start = self.at + len(name) + 2
            self._put(f"{name}: {value}\n")
            yield Field(name, value, Span(start, start + len(value)))

    # -- paragraphs

    def _write(self, paragraph: Paragraph, body: Body, before: str = "") -> None:
        """A row, and a draft if there is text in it; `before` stands in front of that text."""
        row_start = self.at
        draft = self._draft(paragraph)
        listed = self._place_in_list(paragraph)
        label = self.numbering.next(*listed) if listed else None
        if draft.kind in (Kind.PARAGRAPH, Kind.CELL) and (label or self._is_item(paragraph)):
            self._make_item(draft, listed or (paragraph.style, 0), label)
        elif draft.kind in (Kind.HEADING, Kind.PARAGRAPH) and has_text(paragraph):
            self._close_lists(heading=draft.kind is Kind.HEADING)
        if label and label.text:
            draft.ordinal = _ordinal(label, self.at)
            before = f"{label.text} {before}"
        self._put(before)
        self.writer.begin(draft)
        self._write_content(paragraph, body, row_start)
        self.writer.finish(self.at)
        self.remarks.end_row(self.at)
        self._put("\n")

    def _draft(self, paragraph: Paragraph) -> Draft:
        """What a paragraph is by its style and place, lists aside."""
        names = list(self.styles.names(paragraph.style))
        draft = Draft(Kind.PARAGRAPH, self.at, quoted=not _QUOTES.isdisjoint(names))
        level = self._level(paragraph)
        if paragraph.note:
            draft.kind, draft.label = Kind.NOTE, self.notes.get(paragraph.note, "")
        elif any(map(_CONTENTS.fullmatch, names)):
            draft.kind = Kind.FURNITURE
        elif self._is_title(paragraph):
            draft.kind, draft.level = Kind.HEADING, 1
        elif level:
            draft.kind, draft.level = Kind.HEADING, min(6, level + self.shift)
        elif "caption" in names:
            draft.kind = Kind.CAPTION
        elif not _CODES.isdisjoint(names):
            draft.kind = Kind.CODE
        elif paragraph.row and _holds_data(paragraph.row.table):
            draft.kind, draft.group = Kind.CELL, self._row_group(paragraph.row)
        return draft

    def _level(self, paragraph: Paragraph) -> int:
        if paragraph.outline is not None:
            return 0 if paragraph.outline > 8 else paragraph.outline + 1
        return self.styles.level(paragraph.style)

    def _is_title(self, paragraph: Paragraph) -> bool:
        names = set(self.styles.names(paragraph.style))
        return "title" in names and names.isdisjoint(_BESIDE_TITLE)

    def _row_group(self, row: Row) -> int:
        if id(row) not in self.rows:
            self.rows[id(row)] = self.writer.new_group()
        return self.rows[id(row)]

    def _count_tables(self, paragraphs: Iterable[Paragraph]) -> None:
        """See which tables hold data, and which the layout of a page."""
        for paragraph in paragraphs:
            if paragraph.row and has_text(paragraph):
                table = paragraph.row.table
                table.paragraphs += 1
                table.text += sum(len(each.text) for each in paragraph.content if isinstance(each, Run))
                table.headed |= self._level(paragraph) > 0 or self._is_title(paragraph)

    # -- lists

    def _place_in_list(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """The list that a paragraph is an item of, and its depth there from 0."""
        of_style = self.styles.list_of(paragraph.style)
        list_id = paragraph.list_id if paragraph.list_id is not None else of_style[0] if of_style else ""
        if list_id in ("", "0"):
            return None
        if paragraph.list_level is not None:
            return list_id, paragraph.list_level
        linked = self.numbering.level_of_style(list_id, paragraph.style)
        return list_id, linked if linked is not None else of_style[1] if of_style else 0

    def _is_item(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph has the style of items, which may come without a list."""
        return paragraph.list_id != "0" and any(map(_ITEMS.fullmatch, self.styles.names(paragraph.style)))

    def _make_item(self, draft: Draft, key: tuple[str, int], label: Label | None) -> None:
        """Items of one list and depth share a group until something less deep, or of another list, comes between."""
        draft.kind, draft.level, draft.ordered = Kind.ITEM, key[1] + 1, bool(label and label.style)
        for other in [other for other in self.groups if other[1] > key[1] or (other[1] == key[1] and other != key)]:
            del self.groups[other]
        if key not in self.groups:
            self.groups[key] = self.writer.new_group()
        draft.group = self.groups[key]

    def _close_lists(self, *, heading: bool) -> None:
        """Text ends lists, unless they have numbers: Word counts on behind it; a heading ends all."""
        for key in list(self.groups):
            if heading or not self.numbering.is_ordered(*key):
                del self.groups[key]

    # -- what stands in a paragraph

    def _write_content(self, paragraph: Paragraph, body: Body, row_start: int) -> None:
        link = -1
        for each in paragraph.content:
            if isinstance(each, CommentEdge):
                self.remarks.take(each, row_start)
            elif isinstance(each, NoteMark):
                self._write_mark(each)
            elif isinstance(each, Picture):
                self._write_picture()
            else:
                look = self.styles.look(paragraph.style, each.look)
                if not look.hidden:
                    link = self._change_link(link, each.link, body)
                    self._write_run(each, look)
        self._change_link(link, -1, body)

    def _change_link(self, before: int, after: int, body: Body) -> int:
        """End one link and begin another; -1 is none."""
        if before != after:
            if before >= 0 and body.links[before]:
                self.writer.close_link(self.at)
            if after >= 0 and body.links[after]:
                self.writer.open_link(body.links[after], self.at)
        return after

    def _write_run(self, run: Run, look: Look) -> None:
        writer, draft, start = self.writer, self.writer.current, self.at
        writer.bold, writer.italic = int(bool(look.bold)), int(bool(look.italic))
        self._put(run.text)
        if draft:
            draft.size = max(draft.size, (look.size or 0) / 2)
        if run.breaks:
            writer.line_break(Span(start, self.at), hard=True)
        elif draft and draft.kind is Kind.CODE:
            writer.verbatim(run.text, start)
        else:
            writer.add_collapsed(run.text, start)

    def _write_mark(self, mark: NoteMark) -> None:
        if mark not in self.notes:
            self.counts[mark.kind] += 1
            form = "lowerRoman" if mark.kind == "endnote" else "decimal"
            self.notes[mark] = written(self.counts[mark.kind], form)
        label, start = self.notes[mark], self.at
        self._put(f"[{label}]")
        self.writer.mark(label, Span(start, self.at))

    def _write_picture(self) -> None:
        if self.writer.current:
            self.writer.current.pictured = True
        self._put(_PICTURE)

    def _put(self, words: str) -> None:
        self.parts.append(words)
        self.at += len(words)

    # -- notes

    def _write_notes(self, kind: str) -> None:
        """The notes of a kind that have marks, in the order of these; what has none is not shown."""
        marked = [mark for mark in self.notes if mark.kind == kind]
        name = self.package.name_beside(self.package.main, f"{kind}s")
        data = self.package.part(name) if marked else None
        if data is None:
            return
        part = Body(data, self.package.related(name))
        paragraphs: dict[NoteMark, list[Paragraph]] = {}
        for paragraph in _merged(part.paragraphs):
            if paragraph.note:
                paragraphs.setdefault(paragraph.note, []).append(paragraph)
        for mark in marked:
            before = f"[{self.notes[mark]}]"
            for paragraph in paragraphs.get(mark, ()):
                begins = next((each.text for each in paragraph.content if isinstance(each, Run)), "")
                self._write(paragraph, part, before if not before or begins[:1].isspace() else f"{before} ")
                before = ""


def _merged(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs without those in deleted rows; one whose end was deleted goes on in the next."""
    before: list[Content] = []
    for paragraph in paragraphs:
        if paragraph.row and paragraph.row.deleted:
            continue
        if paragraph.joined:
            before += paragraph.content
            continue
        paragraph.content = before + paragraph.content
        before = []
        yield paragraph
    if before:
        yield Paragraph(content=before)


def has_text(paragraph: Paragraph) -> bool:
    """Whether a paragraph has words."""
    return any(isinstance(each, Run) and not each.text.isspace() for each in paragraph.content)


def _holds_data(table: Table) -> bool:
    """Whether a table holds data, not the layout of a page."""
    if table.nested or table.headed or (table.rows < 2 and table.text > _LONGEST_ROW):
        return False
    return table.cells > 1 and table.paragraphs <= 2 * table.cells


def _ordinal(label: Label, at: int) -> Ordinal | None:
    if not label.style:
        return None
    return Ordinal(label.value, label.text, label.style, label.word, Span(at, at + len(label.text)), label.parts)
