"""reStructuredText -> Document: by way of Markdown, with every character's place in the file.

Titles by their adornment, lists, quotes, definitions, tables, literal blocks, notes, comments and directives become
what Markdown writes for them, in one pass over the lines; docutils, which knows all of the language, loses places.
Of directives the text inside is read, but not code, mathematics, tables of contents and what is included.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from healthlint.documents.document import Document, Field, Span
from healthlint.documents.front_matter import front_blocks
from healthlint.documents.markdown import read_markdown
from healthlint.documents.rst_inline import Names, changes, label_of
from healthlint.documents.sources import Source, moved

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{1,}\s*")
_ITEM = re.compile(r"(?:[-*+•‣⁃]|(?:\d{1,4}|#)[.)])(?:[ ]+|$)")
_EXPLICIT = re.compile(r"\.\.(?:[ ]+|$)")
_DIRECTIVE = re.compile(r"(?:\|[^|\n]{1,100}\|[ ]+)?([a-zA-Z][\w:.+-]{0,60})[ ]?::(?:[ ]+|$)")
_NOTE = re.compile(r"\[(\#?[\w.-]{0,60}|\*)\](?:[ ]+|$)")
_NAMED = re.compile(r"_(?:`[^`]{1,200}`|(?:\\.|[^:\\]){0,200}):|__:")
_FIELD = re.compile(r":((?:\\.|[^:\\\n]){1,80}):(?:[ ]+|$)")
_SIMPLE_TABLE = re.compile(r"=+(?:[ ]+=+)+[ ]*")
_GRID = re.compile(r"\+(?:[-=]+\+)+[ ]*")
_UNREAD = frozenset(
    """code code-block sourcecode math raw highlight literalinclude include contents toctree index only default-role
    role graphviz plot mermaid sectnum bibliography replace unicode date tabularcolumns productionlist csv-table
    prompt doctest testcode""".split()
)
_PICTURES = frozenset({"image", "figure"})
_TITLED = frozenset({"rubric", "topic", "sidebar", "admonition"})
_LEVELS = 6
_GROUPS = 1_000_000  # of tags: beyond those of lists and tables
_SHORTEST = 4  # characters of an underline that is shorter than its title


class _Line(NamedTuple):
    start: int
    end: int  # without white space at its end
    next: int  # where the following line starts
    indent: int

    @property
    def is_blank(self) -> bool:
        return self.start + self.indent >= self.end


@dataclass(slots=True)
class _Inside:
    """What lines stand inside of: their indent, and what Markdown puts before them."""

    indent: int
    prefix: str


def read_rst(path: str, text: str) -> Document:
    """An article in reStructuredText. Any text is one; nothing is raised."""
    translator = _Translator(text)
    translator.run()
    document = moved(read_markdown(path, translator.out.text), translator.out, text)
    fields = tuple(translator.fields)
    tags = front_blocks(fields, text, has_title=True, group=_GROUPS)
    blocks = sorted([*tags, *document.blocks], key=lambda block: block.span.start)
    anchors = document.anchors | frozenset(translator.names.anchors)
    return replace(document, format="rst", blocks=tuple(blocks), fields=fields, anchors=anchors)


class _Translator:
    """Goes through the lines once and writes Markdown."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out = Source()
        self.fields: list[Field] = []
        self.names = Names(text)
        self._changes = list(changes(text, self.names))
        self._change = 0  # the first that is not behind us
        self._changed = 0  # where the last one that was made ends, which may be in the next line
        self._lines = list(_lines(text))
        self._at = 0
        self._inside: list[_Inside] = []
        self._items: list[int] = []  # where the text of the open list items begins, in columns
        self._styles: list[str] = []  # of titles, in the order of their levels
        self._numbers: list[tuple[int, int]] = []  # of '#.' items: column and number
        self._notes = Counter[str]()
        self._skip_prefix = False  # the line at hand has it already
        self._begun = False  # text that is no title has come: no fields of the article any more

    def run(self) -> None:
        """All lines."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.is_blank:
                self._end(line)
                self._at += 1
            else:
                self._leave(line)
                self._take(line)

    # -- lines

    def _take(self, line: _Line) -> None:
        text = self.text[line.start + line.indent : line.end]
        adorned = self._title(line)
        if adorned or self._explicit(line, text) or self._table(line, text) or self._field(line, text):
            return
        self._begun = True
        self._open(line)
        start = line.start + line.indent
        if text.startswith(">>> "):
            self._literal(self._at, self._block_end(self._at))
            return
        if text.startswith("| "):
            self._write(line, start + 2, line.end, after="  ")
        elif text.endswith("::"):
            self._write(line, start, line.end - (2 if text == "::" else 1))
            self._at += 1
            self._literal_below(line.indent)
            return
        else:
            self._item(line, text)
        self._at += 1

    def _item(self, line: _Line, text: str) -> None:
        """A line of text, with the marker of an item that Markdown knows."""
        start = line.start + line.indent
        match = _ITEM.match(text)
        if match:
            self._items.append(line.indent + match.end())
            if text[0] in "#•‣⁃":
                self._prefix(line)
                marker = f"{self._number(line.indent)}{text[1]} " if text[0] == "#" else "- "
                self.out.replace(marker, Span(start, start + match.end()))
                self._text(start + match.end(), line.end)
                self._end(line)
                return
        escape = "\\" if text[0] in "#>:" or self._adornment(self._at) else ""
        self._write(line, start, line.end, before=escape)

    def _number(self, column: int) -> int:
        while self._numbers and self._numbers[-1][0] > column:
            self._numbers.pop()
        number = self._numbers.pop()[1] + 1 if self._numbers and self._numbers[-1][0] == column else 1
        self._numbers.append((column, number))
        return number

    def _leave(self, line: _Line) -> None:
        """End what a line does not stand inside of any more."""
        while self._inside and line.indent < self._inside[-1].indent:
            self._inside.pop()
        while self._items and line.indent < self._items[-1]:
            self._items.pop()
        if not self._items and not _ITEM.match(self.text, line.start + line.indent, line.end):
            self._numbers.clear()

    def _expected(self) -> int:
        """The indent of text that opens nothing."""
        base = self._inside[-1].indent if self._inside else 0
        return max(base, self._items[-1] if self._items else 0)

    def _open(self, line: _Line) -> None:
        """Open the quote or definition that a deeper indent means."""
        expected = self._expected()
        if line.indent <= expected:
            return
        before = self._lines[self._at - 1] if self._at else None
        margin = " " * max(0, expected - (self._inside[-1].indent if self._inside else 0))
        if before is None or before.is_blank:
            self._enter(line.indent, f"{margin}> ")
        elif before.indent == expected and (self._at < 2 or self._lines[self._at - 2].is_blank):
            self._prefix(line)
            self.out.replace(f"{margin}: ", Span(line.start, line.start))
            self._enter(line.indent, f"{margin}  ")
            self._skip_prefix = True

    def _enter(self, indent: int, prefix: str) -> None:
        outer = self._inside[-1].prefix if self._inside else ""
        self._inside.append(_Inside(indent, (outer + prefix)[:200]))
        self._items = [column for column in self._items if column > indent]

    # -- titles

    def _title(self, line: _Line) -> bool:
        """A line with an adornment below it, and perhaps above; a transition is nothing."""
        if line.indent and not self._adornment(self._at):
            return False
        above = self._adornment(self._at)
        if above:
            if self._is_title(self._at + 1) and self._adornment(self._at + 2) == above:
                self._heading(self._at + 1, above * 2, 3)
                return True
            if line.end - line.start >= _SHORTEST and self._is_free(self._at):
                self._at += 1
                return True
            return False
        below = self._adornment(self._at + 1)
        if not below or not self._is_title(self._at) or not self._follows_blank(self._at):
            return False
        under = self._lines[self._at + 1]
        if under.end - under.start < min(_SHORTEST, line.end - line.start):
            return False
        self._heading(self._at, below, 2)
        return True

    def _adornment(self, at: int) -> str:
        """The character that a line is made of, '' if of others."""
        if not 0 <= at < len(self._lines):
            return ""
        line = self._lines[at]
        match = _ADORNMENT.fullmatch(self.text, line.start, line.end) if line.indent == 0 else None
        return match[1] if match else ""

    def _is_title(self, at: int) -> bool:
        return at < len(self._lines) and not self._lines[at].is_blank and not self._adornment(at)

    def _follows_blank(self, at: int) -> bool:
        return at == 0 or self._lines[at - 1].is_blank or bool(self._adornment(at - 1))

    def _is_free(self, at: int) -> bool:
        return self._follows_blank(at) and (at + 1 == len(self._lines) or self._lines[at + 1].is_blank)

    def _heading(self, at: int, style: str, rows: int) -> None:
        if style not in self._styles:
            self._styles.append(style)
        level = min(_LEVELS, self._styles.index(style) + 1)
        line = self._lines[at]
        start = line.start + line.indent
        self._inside.clear()
        self._items.clear()
        self.out.replace("\n" + "#" * level + " ", Span(start, start))
        self._text(start, line.end)
        last = self._lines[at + rows - (at - self._at) - 1]
        self.out.replace("\n\n", Span(line.end, last.end))
        self._at += rows

    # -- explicit markup

    def _explicit(self, line: _Line, text: str) -> bool:
        """What begins with two dots: a directive, note, target or comment."""
        match = _EXPLICIT.match(text)
        if not match:
            return False
        at, start = self._at, line.start + line.indent + match.end()
        inner = self.text[start : line.end]
        end = self._body_end(at)
        if note := _NOTE.match(inner):
            self._prefix(line)
            label = label_of(note[1], self._notes)
            self.out.replace(f"[^{label}]: ", Span(line.start + line.indent, start + note.end()))
            self._text(start + note.end(), line.end)
            self._end(line)
            self._at += 1
            self._enter(self._indent_of(at + 1, end), "    ")
        elif _NAMED.match(inner):
            self._skip(end)
        elif directive := _DIRECTIVE.match(inner):
            self._directive(line, directive, start, end)
        else:
            if inner and "-->" not in inner:
                self.out.replace("\n<!-- ", Span(start, start))
                self.out.copy(inner, start)
                self.out.replace(" -->\n\n", Span(line.end, line.end))
            self._skip(end)
        return True

    def _directive(self, line: _Line, match: re.Match[str], start: int, end: int) -> None:
        name = match[1].lower()
        argument = start + match.end()
        at = self._at + 1
        if name in _UNREAD:
            self._skip(end)
            return
        if name in _PICTURES and argument < line.end:
            self._prefix(line)
            self.out.replace("![](<", Span(argument, argument))
            self.out.copy(self.text[argument : line.end].replace(">", "-"), argument)
            self.out.replace(">)\n\n", Span(line.end, line.end))
        elif argument < line.end:
            mark = "**" if name in _TITLED else ""
            self._prefix(line)
            self.out.replace(mark, Span(argument, argument))
            self._text(argument, line.end)
            self.out.replace(f"{mark}\n", Span(line.end, line.next))
            if name in _TITLED:
                self.out.replace("\n", Span(line.next, line.next))
        while at < end and (option := _FIELD.match(self._content(at))):
            if name == "meta":
                self._add_field(at, option)
            at += 1
        self._at = at
        if at < end:
            self._begun = True
            margin = " " * max(0, self._expected() - (self._inside[-1].indent if self._inside else 0))
            self._enter(self._indent_of(at, end), margin)
        else:
            self.out.replace("\n", Span(line.end, line.end))

    def _content(self, at: int) -> str:
        line = self._lines[at]
        return self.text[line.start + line.indent : line.end]

    def _indent_of(self, at: int, end: int) -> int:
        """The indent of the first line with text from `at` on."""
        return next((line.indent for line in self._lines[at:end] if not line.is_blank), self._lines[at - 1].indent + 3)

    def _body_end(self, at: int) -> int:
        """Behind the last line that is indented below the one at `at`."""
        indent, end = self._lines[at].indent, at + 1
        for index in range(at + 1, len(self._lines)):
            if not self._lines[index].is_blank:
                if self._lines[index].indent <= indent:
                    break
                end = index + 1
        return end

    def _block_end(self, at: int) -> int:
        while at < len(self._lines) and not self._lines[at].is_blank:
            at += 1
        return at

    def _skip(self, end: int) -> None:
        """Leave lines out."""
        first, last = self._lines[self._at], self._lines[end - 1]
        self.out.replace("\n", Span(first.start, last.end))
        self._at = end

    # -- fields, tables, code

    def _field(self, line: _Line, text: str) -> bool:
        """A field at the top is one of the article."""
        match = None if self._begun or line.indent else _FIELD.match(text)
        if not match:
            return False
        self._add_field(self._at, match)
        self._skip(self._body_end(self._at))
        return True

    def _add_field(self, at: int, match: re.Match[str]) -> None:
        line = self._lines[at]
        start = line.start + line.indent + match.end()
        if start < line.end:
            self.fields.append(
                Field(" ".join(match[1].lower().split()), self.text[start : line.end], Span(start, line.end))
            )

    def _table(self, line: _Line, text: str) -> bool:
        if _GRID.fullmatch(text):
            self._grid()
        elif _SIMPLE_TABLE.fullmatch(text):
            self._simple(line, text)
        else:
            return False
        return True

    def _grid(self) -> None:
        """Its rows have the bars that those of Markdown have."""
        end, rows = self._block_end(self._at), 0
        for at in range(self._at, end):
            line, text = self._lines[at], self._content(at)
            if text.startswith("|"):
                self._write(line, line.start + line.indent, line.end)
                rows += 1
            elif rows == 1:
                self.out.replace("|" + "---|" * (text.count("+") - 1) + "\n", Span(line.start, line.next))
        self._at = end
        self.out.replace("\n", Span(line.end, line.end))

    def _simple(self, border: _Line, text: str) -> None:
        """Its columns stand below the border."""
        columns = [match.start() for match in re.finditer(r"=+", text)]
        rows, at = 0, self._at + 1
        while at < len(self._lines):
            line, content = self._lines[at], self._content(at)
            if _SIMPLE_TABLE.fullmatch(content):
                if at + 1 == len(self._lines) or self._lines[at + 1].is_blank:
                    at += 1
                    break
            elif not line.is_blank:
                self._row(line, [border.start + border.indent - border.start + column for column in columns])
                rows += 1
                if rows == 1:
                    self.out.replace("|" + "---|" * len(columns) + "\n", Span(line.next, line.next))
            at += 1
        self._at = at
        self.out.replace("\n", Span(self._lines[at - 1].end, self._lines[at - 1].end))

    def _row(self, line: _Line, columns: list[int]) -> None:
        self._prefix(line)
        ends = [*columns[1:], line.end - line.start]
        for column, end in zip(columns, ends, strict=True):
            first = min(line.start + column, line.end)
            self.out.replace("|", Span(first, first))
            self._text(first, max(first, min(line.start + end, line.end)))
        self.out.replace("|\n", Span(line.end, line.next))

    def _literal_below(self, indent: int) -> None:
        """The block that two colons announce."""
        at = self._at
        while at < len(self._lines) and self._lines[at].is_blank:
            at += 1
        if at < len(self._lines) and self._lines[at].indent > indent:
            self.out.replace("\n", Span(self._lines[at].start, self._lines[at].start))
            self._literal(at, self._body_end_of(at, indent))

    def _body_end_of(self, at: int, indent: int) -> int:
        while at < len(self._lines) and (self._lines[at].is_blank or self._lines[at].indent > indent):
            at += 1
        return at

    def _literal(self, at: int, end: int) -> None:
        """Lines of code, as they are."""
        first, last = self._lines[at], self._lines[end - 1]
        prefix = self._inside[-1].prefix if self._inside else ""
        self.out.replace(f"{prefix}~~~~~~\n", Span(first.start, first.start))
        for line in self._lines[at:end]:
            self.out.replace(prefix, Span(line.start, line.start))
            self.out.copy(self.text[line.start : line.end], line.start)
            self.out.replace("\n", Span(line.end, line.next))
        self.out.replace(f"{prefix}~~~~~~\n\n", Span(last.next, last.next))
        self._at = end

    # -- what is written

    def _write(self, line: _Line, start: int, end: int, *, before: str = "", after: str = "") -> None:
        self._prefix(line)
        base = self._inside[-1].indent if self._inside else 0
        self.out.replace(" " * max(0, line.indent - base) + before, Span(start, start))
        self._text(start, end)
        self.out.replace(after, Span(end, end))
        self._end(line)

    def _prefix(self, line: _Line) -> None:
        if self._skip_prefix:
            self._skip_prefix = False
        elif self._inside:
            self.out.replace(self._inside[-1].prefix, Span(line.start, line.start))

    def _end(self, line: _Line) -> None:
        self.out.replace("\n", Span(line.end, line.next))

    def _text(self, start: int, end: int) -> None:
        """Text with its markup changed."""
        start = max(start, min(end, self._changed))
        while self._change < len(self._changes) and self._changes[self._change].start < end:
            change = self._changes[self._change]
            self._change += 1
            if change.start >= start:  # else it stands in what was left out
                self.out.copy(self.text[start : change.start], start)
                self.out.replace(change.words, Span(change.start, min(change.end, end)))
                self._changed = change.end
            start = max(start, min(change.end, end))
        self.out.copy(self.text[start:end], start)


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None:
            return
        words = match[1]
        stripped = words.rstrip()
        yield _Line(at, at + len(stripped), match.end(), len(stripped) - len(stripped.lstrip(" ")))
        at = match.end()
