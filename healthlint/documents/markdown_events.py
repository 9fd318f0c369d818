"""Markdown events -> drafts: what pyromark tells of CommonMark, GitHub's tables, footnotes and alerts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from typing import Any

import pyromark

from healthlint.documents.document import Kind, Ordinal, Span
from healthlint.documents.drafts import Draft, Writer
from healthlint.documents.markdown_inline import InlineReader, OpenItem, OpenList
from healthlint.documents.templates import DROPPED, Masked

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_GFM
)
_SPACE = re.compile(r"\s*")
_MARKER = re.compile(r"\s*(\d{1,9})([.)])")


def write_events(writer: Writer, text: str, masked: Masked) -> dict[str, Span]:
    """Write the blocks of a text whose template syntax is masked; returns its link definitions."""
    offsets = range(len(masked.text) + 1) if masked.text.isascii() else _Offsets(masked.text)
    reader = _EventReader(writer, text, masked)
    for event, place in pyromark.events_with_range(masked.text, options=_OPTIONS):
        reader.take(event, offsets[place["start"]], offsets[place["end"]])
    writer.finish()
    if "]:" not in masked.text:
        return {}
    definitions = {}
    for label, definition in pyromark.reference_definitions(masked.text, options=_OPTIONS).items():
        span = Span(offsets[definition["span"]["start"]], offsets[definition["span"]["end"]])
        definitions[label] = span
        if definition["title"]:
            _write_title(writer, label, definition["title"], text, span)
    return definitions


def _write_title(writer: Writer, label: str, title: str, text: str, span: Span) -> None:
    """The title of a link definition may hold a full reference: a note."""
    at = text.rfind(title, span.start, span.end)
    draft = Draft(Kind.NOTE, span.start, end=span.end, label=f"[{label}]")
    writer.begin(draft)
    if at >= 0:
        writer.add_collapsed(title, at)
    else:
        writer.replace(" ".join(title.split()), span)
    writer.finish()


class _Offsets:
    """UTF-8 byte offsets -> offsets of characters: `offsets[7]`. A text in ASCII needs none."""

    def __init__(self, text: str) -> None:
        self.bytes: list[int] = []  # where each character of more than one byte ends
        self.extra: list[int] = [0]  # bytes beyond one for each character, up to there
        surplus = 0
        for match in re.finditer(r"[^\x00-\x7f]", text):
            surplus += len(match[0].encode()) - 1
            self.bytes.append(match.end() + surplus)
            self.extra.append(surplus)

    def __getitem__(self, offset: int) -> int:
        return offset - self.extra[bisect_right(self.bytes, offset)]


class _EventReader(InlineReader):
    """Opens and closes blocks, and hands what stands inside them on."""

    def __init__(self, writer: Writer, text: str, masked: Masked) -> None:
        super().__init__(writer, text, masked)
        self.wrappers = masked.wrappers
        self.has_components = masked.has_components
        self.row = self.term_group = -1
        self.html: list[Span] = []  # the lines of the HTML block that is being read

    def take(self, event: Any, start: int, end: int) -> None:
        """One event, at `text[start:end]`."""
        name, payload = _unpacked(event)
        if name in {"Start", "End"}:
            tag, details = _unpacked(payload)
            handler = (_STARTS if name == "Start" else _ENDS).get(tag)
            if handler:
                handler(self, details, start, end)
        elif not self.hidden or name == "InlineHtml":
            _INLINE[name](self, payload, start, end)
            if name not in {"Html", "Rule"}:
                self.writer.touch(end)

    def paragraph(self, _: Any, start: int, end: int) -> None:
        self.writer.finish()
        self.writer.bold = self.writer.italic = 0
        if self.masked[start : start + 1] != DROPPED and not self.line_start(start):
            self.open_text(start)

    def end_block(self, _: Any, start: int, end: int) -> None:
        self.writer.finish(start + len(self.text[start:end].rstrip()))
        self.hidden = 0

    def heading(self, details: dict[str, Any], start: int, end: int) -> None:
        self.begin(Draft(Kind.HEADING, start, level=int(details["level"][1])))
        if details["id"]:
            self.writer.anchors.add(details["id"])

    def quote(self, details: Any, start: int, end: int) -> None:
        self.writer.finish()
        self.quotes.append(details is None)
        self.quoted += details is None

    def end_quote(self, _: Any, start: int, end: int) -> None:
        self.writer.finish()
        self.quoted -= self.quotes.pop()

    def list(self, details: int | None, start: int, end: int) -> None:
        self.writer.finish()
        self.lists.append(OpenList(self.writer.new_group(), details is not None))

    def end_list(self, _: Any, start: int, end: int) -> None:
        self.writer.finish()
        self.lists.pop()

    def item(self, _: Any, start: int, end: int) -> None:
        self.writer.finish()
        self.writer.bold = self.writer.italic = 0
        marker = _MARKER.match(self.text, start, end) if self.lists[-1].ordered else None
        ordinal = None
        if marker:
            number = f"{marker[1]}{marker[2]}"
            ordinal = Ordinal(int(marker[1]), number, "arabic", "", Span(marker.start(1), marker.end()))
        space = _SPACE.match(self.masked, start, end)
        start = space.end() if space else start
        wrapper = start in self.wrappers
        self.items.append(OpenItem(start, ordinal, told=wrapper, wrapper=wrapper))
        self.depth += not wrapper

    def end_item(self, _: Any, start: int, end: int) -> None:
        self.writer.finish()
        self.depth -= not self.items.pop().wrapper
        self.hidden = 0

    def code(self, details: Any, start: int, end: int) -> None:
        """In MDX an indent makes no code."""
        is_text = details == "Indented" and self.has_components
        self.begin(Draft(Kind.PARAGRAPH if is_text else Kind.CODE, start))

    def terms(self, _: Any, start: int, end: int) -> None:
        self.writer.finish()
        self.term_group = self.writer.new_group()

    def term(self, _: Any, start: int, end: int) -> None:
        self.begin(Draft(Kind.ITEM, start, level=self.depth + 1, group=self.term_group, term=True))

    def footnote(self, label: str, start: int, end: int) -> None:
        self.writer.finish()
        self.note = label

    def end_footnote(self, _: Any, start: int, end: int) -> None:
        self.writer.finish()
        self.note = ""

    def table_row(self, _: Any, start: int, end: int) -> None:
        self.row = self.writer.new_group()

    def cell(self, _: Any, start: int, end: int) -> None:
        self.begin(Draft(Kind.CELL, start, group=self.row))

    def html_block(self, _: Any, start: int, end: int) -> None:
        self.writer.finish()
        self.html = []

    def html_line(self, _: str, start: int, end: int) -> None:
        self.html.append(Span(start, end))

    def end_html_block(self, _: Any, start: int, end: int) -> None:
        if self.html:
            from healthlint.documents.html_blocks import write_fragment

            source = _joined(self.masked, self.html, self.wrappers)
            write_fragment(self.writer, self.text, source, self.html[0].start, quoted=bool(self.quoted))

    def nothing(self, *_: Any) -> None:
        """A rule, or the box of a task."""


_Handler = Callable[..., None]
_STARTS: dict[str, _Handler] = {
    "Paragraph": _EventReader.paragraph,
    "Heading": _EventReader.heading,
    "BlockQuote": _EventReader.quote,
    "List": _EventReader.list,
    "Item": _EventReader.item,
    "CodeBlock": _EventReader.code,
    "FootnoteDefinition": _EventReader.footnote,
    "DefinitionList": _EventReader.terms,
    "DefinitionListTitle": _EventReader.term,
    "TableHead": _EventReader.table_row,
    "TableRow": _EventReader.table_row,
    "TableCell": _EventReader.cell,
    "HtmlBlock": _EventReader.html_block,
    "Strong": _EventReader.strong,
    "Emphasis": _EventReader.emphasis,
    "Strikethrough": _EventReader.struck,
    "Link": _EventReader.link,
    "Image": _EventReader.picture,
}
_ENDS: dict[str, _Handler] = {
    "Paragraph": _EventReader.end_block,
    "Heading": _EventReader.end_block,
    "BlockQuote": _EventReader.end_quote,
    "List": _EventReader.end_list,
    "Item": _EventReader.end_item,
    "CodeBlock": _EventReader.end_block,
    "FootnoteDefinition": _EventReader.end_footnote,
    "DefinitionListTitle": _EventReader.end_block,
    "DefinitionListDefinition": _EventReader.end_block,
    "TableCell": _EventReader.end_block,
    "HtmlBlock": _EventReader.end_html_block,
    "Strong": _EventReader.end_strong,
    "Emphasis": _EventReader.end_emphasis,
    "Strikethrough": _EventReader.end_struck,
    "Link": _EventReader.end_link,
    "Image": _EventReader.end_picture,
}
_INLINE: dict[str, _Handler] = {
    "Text": _EventReader.words,
    "Code": _EventReader.inline_code,
    "SoftBreak": _EventReader.line_break,
    "HardBreak": _EventReader.line_break,
    "FootnoteReference": _EventReader.footnote_mark,
    "InlineHtml": _EventReader.inline_html,
    "Html": _EventReader.html_line,
    "Rule": _EventReader.nothing,
    "TaskListMarker": _EventReader.nothing,
}


def _unpacked(event: Any) -> tuple[str, Any]:
    """Name and payload of what is either a name or a dict of one."""
    return (event, None) if isinstance(event, str) else event.popitem()


def _joined(masked: str, lines: Sequence[Span], wrappers: Collection[int]) -> str:
    """The lines of an HTML block, with spaces for what stands between them: the marks of a quote.

    HTML has no list items: what the mark of an admonition was made to begin one is a space, too.
    """
    parts: list[str] = []
    at = lines[0].start
    for line in lines:
        indent = len(masked[line.start : line.end]) - len(masked[line.start : line.end].lstrip(" "))
        marked = line.start + indent in wrappers
        parts += (" " * (line.start - at + indent + marked), masked[line.start + indent + marked : line.end])
        at = max(at, line.end)
    return "".join(parts)
