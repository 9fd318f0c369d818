"""reStructuredText -> Document: by way of Markdown, with every character's place in the file.

Titles by their adornment, lists, quotes, definitions, tables, literal blocks, notes, comments and directives become
what Markdown writes for them, in one pass over the lines; docutils, which knows all of the language, loses places.
Of directives the text inside is read, but not code, mathematics, tables of contents and what is included.
"""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from healthlint.documents.document import Document, Field, Span
from healthlint.documents.front_matter import front_blocks
from healthlint.documents.markdown import read_markdown
from healthlint.documents.rst_inline import label_of
from healthlint.documents.rst_writing import Line, RstWriting
from healthlint.documents.sources import moved

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


def read_rst(path: str, text: str) -> Document:
    """An article in reStructuredText. Any text is one; nothing is raised."""
    translator = _Translator(text)
    translator.run()
    document = moved(read_markdown(path, translator.out.text), translator.out, text)
    fields = tuple(translator.fields)
    tags = front_blocks(fields, text, has_title=True, group=_GROUPS)
    blocks = sorted([*tags, *document.blocks], key=lambda block: block.span.start)
    anchors = document.anchors | frozenset(translator.names.anchors)
    return msgspec.structs.replace(document, format="rst", blocks=tuple(blocks), fields=fields, anchors=anchors)


class _Translator(RstWriting):
    """Goes through the lines once and writes Markdown."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.fields: list[Field] = []
        self._styles: list[str] = []  # of titles, in the order of their levels
        self._numbers: list[tuple[int, int]] = []  # of '#.' items: column and number
        self._notes = Counter[str]()
        self._begun = False  # text that is no title has come: no fields of the article any more

    def run(self) -> None:
        """All lines."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.is_blank:
                self.end(line)
                self.at += 1
            else:
                self._leave(line)
                self._take(line)

    # -- lines

    def _take(self, line: Line) -> None:
        text = self.text[line.start + line.indent : line.end]
        adorned = self._title(line)
        if adorned or self._explicit(line, text) or self._table(line, text) or self._field(line, text):
            return
        self._begun = True
        self._open(line)
        start = line.start + line.indent
        if text.startswith(">>> "):
            self.literal(self.at, self.block_end(self.at))
            return
        if text.startswith("| "):
            self.write(line, start + 2, line.end, after="  ")
        elif text.endswith("::"):
            self.write(line, start, line.end - (2 if text == "::" else 1))
            self.at += 1
            self._literal_below(line.indent)
            return
        else:
            self._item(line, text)
        self.at += 1

    def _item(self, line: Line, text: str) -> None:
        """A line of text, with the marker of an item that Markdown knows."""
        start = line.start + line.indent
        match = _ITEM.match(text)
        if match:
            self.items.append(line.indent + match.end())
            if text[0] in "#•‣⁃":
                self.prefix(line)
                marker = f"{self._number(line.indent)}{text[1]} " if text[0] == "#" else "- "
                self.out.replace(marker, Span(start, start + match.end()))
                self.put(start + match.end(), line.end)
                self.end(line)
                return
        escape = "\\" if text[0] in "#>:" or self._adornment(self.at) else ""
        self.write(line, start, line.end, before=escape)

    def _number(self, column: int) -> int:
        while self._numbers and self._numbers[-1][0] > column:
            self._numbers.pop()
        number = self._numbers.pop()[1] + 1 if self._numbers and self._numbers[-1][0] == column else 1
        self._numbers.append((column, number))
        return number

    def _leave(self, line: Line) -> None:
        """End what a line does not stand inside of any more."""
        while self.inside and line.indent < self.inside[-1].indent:
            self.inside.pop()
        while self.items and line.indent < self.items[-1]:
            self.items.pop()
        if not self.items and not _ITEM.match(self.text, line.start + line.indent, line.end):
            self._numbers.clear()

    def _expected(self) -> int:
        """The indent of text that opens nothing."""
        base = self.inside[-1].indent if self.inside else 0
        return max(base, self.items[-1] if self.items else 0)

    def _open(self, line: Line) -> None:
        """Open the quote or definition that a deeper indent means."""
        expected = self._expected()
        if line.indent <= expected:
            return
        before = self.lines[self.at - 1] if self.at else None
        margin = " " * max(0, expected - (self.inside[-1].indent if self.inside else 0))
        if before is None or before.is_blank:
            self.enter(line.indent, f"{margin}> ")
        elif before.indent == expected and (self.at < 2 or self.lines[self.at - 2].is_blank):
            self.prefix(line)
            self.out.replace(f"{margin}: ", Span(line.start, line.start))
            self.enter(line.indent, f"{margin}  ")
            self.skip_prefix = True

    # -- titles

    def _title(self, line: Line) -> bool:
        """A line with an adornment below it, and perhaps above; a transition is nothing."""
        if line.indent and not self._adornment(self.at):
            return False
        above = self._adornment(self.at)
        if above:
            if self._is_title(self.at + 1) and self._adornment(self.at + 2) == above:
                self._heading(self.at + 1, above * 2, 3)
                return True
            if line.end - line.start >= _SHORTEST and self._is_free(self.at):
                self.at += 1
                return True
            return False
        below = self._adornment(self.at + 1)
        if not below or not self._is_title(self.at) or not self._follows_blank(self.at):
            return False
        under = self.lines[self.at + 1]
        if under.end - under.start < min(_SHORTEST, line.end - line.start):
            return False
        self._heading(self.at, below, 2)
        return True

    def _adornment(self, at: int) -> str:
        """The character that a line is made of, '' if of others."""
        if not 0 <= at < len(self.lines):
            return ""
        line = self.lines[at]
        match = _ADORNMENT.fullmatch(self.text, line.start, line.end) if line.indent == 0 else None
        return match[1] if match else ""

    def _is_title(self, at: int) -> bool:
        return at < len(self.lines) and not self.lines[at].is_blank and not self._adornment(at)

    def _follows_blank(self, at: int) -> bool:
        return at == 0 or self.lines[at - 1].is_blank or bool(self._adornment(at - 1))

    def _is_free(self, at: int) -> bool:
        return self._follows_blank(at) and (at + 1 == len(self.lines) or self.lines[at + 1].is_blank)

    def _heading(self, at: int, style: str, rows: int) -> None:
        if style not in self._styles:
            self._styles.append(style)
        level = min(_LEVELS, self._styles.index(style) + 1)
        line = self.lines[at]
        start = line.start + line.indent
        self.inside.clear()
        self.items.clear()
        self.out.replace("\n" + "#" * level + " ", Span(start, start))
        self.put(start, line.end)
        last = self.lines[at + rows - (at - self.at) - 1]
        self.out.replace("\n\n", Span(line.end, last.end))
        self.at += rows

    # -- explicit markup

    def _explicit(self, line: Line, text: str) -> bool:
        """What begins with two dots: a directive, note, target or comment."""
        match = _EXPLICIT.match(text)
        if not match:
            return False
        at, start = self.at, line.start + line.indent + match.end()
        inner = self.text[start : line.end]
        end = self.body_end(at)
        if note := _NOTE.match(inner):
            self.prefix(line)
            label = label_of(note[1], self._notes)
            self.out.replace(f"[^{label}]: ", Span(line.start + line.indent, start + note.end()))
            self.put(start + note.end(), line.end)
            self.end(line)
            self.at += 1
            self.enter(self.indent_of(at + 1, end), "    ")
        elif _NAMED.match(inner):
            self.skip(end)
        elif directive := _DIRECTIVE.match(inner):
            self._directive(line, directive, start, end)
        else:
            if inner and "-->" not in inner:
                self.out.replace("\n<!-- ", Span(start, start))
                self.out.copy(inner, start)
                self.out.replace(" -->\n\n", Span(line.end, line.end))
            self.skip(end)
        return True

    def _directive(self, line: Line, match: re.Match[str], start: int, end: int) -> None:
        name = match[1].lower()
        argument = start + match.end()
        at = self.at + 1
        if name in _UNREAD:
            self.skip(end)
            return
        if name in _PICTURES and argument < line.end:
            self.prefix(line)
            self.out.replace("![](<", Span(argument, argument))
            self.out.copy(self.text[argument : line.end].replace(">", "-"), argument)
            self.out.replace(">)\n\n", Span(line.end, line.end))
        elif argument < line.end:
            mark = "**" if name in _TITLED else ""
            self.prefix(line)
            self.out.replace(mark, Span(argument, argument))
            self.put(argument, line.end)
            self.out.replace(f"{mark}\n", Span(line.end, line.next))
            if name in _TITLED:
                self.out.replace("\n", Span(line.next, line.next))
        while at < end and (option := _FIELD.match(self.content(at))):
            if name == "meta":
                self._add_field(at, option)
            at += 1
        self.at = at
        if at < end:
            self._begun = True
            margin = " " * max(0, self._expected() - (self.inside[-1].indent if self.inside else 0))
            self.enter(self.indent_of(at, end), margin)
        else:
            self.out.replace("\n", Span(line.end, line.end))

    # -- fields, tables, code

    def _field(self, line: Line, text: str) -> bool:
        """A field at the top is one of the article."""
        match = None if self._begun or line.indent else _FIELD.match(text)
        if not match:
            return False
        self._add_field(self.at, match)
        self.skip(self.body_end(self.at))
        return True

    def _add_field(self, at: int, match: re.Match[str]) -> None:
        line = self.lines[at]
        start = line.start + line.indent + match.end()
        if start < line.end:
            self.fields.append(
                Field(" ".join(match[1].lower().split()), self.text[start : line.end], Span(start, line.end))
            )

    def _table(self, line: Line, text: str) -> bool:
        if _GRID.fullmatch(text):
            self._grid()
        elif _SIMPLE_TABLE.fullmatch(text):
            self._simple(line, text)
        else:
            return False
        return True

    def _grid(self) -> None:
        """Its rows have the bars that those of Markdown have."""
        end, rows = self.block_end(self.at), 0
        for at in range(self.at, end):
            line, text = self.lines[at], self.content(at)
            if text.startswith("|"):
                self.write(line, line.start + line.indent, line.end)
                rows += 1
            elif rows == 1:
                self.out.replace("|" + "---|" * (text.count("+") - 1) + "\n", Span(line.start, line.next))
        self.at = end
        self.out.replace("\n", Span(line.end, line.end))

    def _simple(self, border: Line, text: str) -> None:
        """Its columns stand below the border."""
        columns = [match.start() for match in re.finditer(r"=+", text)]
        rows, at = 0, self.at + 1
        while at < len(self.lines):
            line, content = self.lines[at], self.content(at)
            if _SIMPLE_TABLE.fullmatch(content):
                if at + 1 == len(self.lines) or self.lines[at + 1].is_blank:
                    at += 1
                    break
            elif not line.is_blank:
                self._row(line, [border.start + border.indent - border.start + column for column in columns])
                rows += 1
                if rows == 1:
                    self.out.replace("|" + "---|" * len(columns) + "\n", Span(line.next, line.next))
            at += 1
        self.at = at
        self.out.replace("\n", Span(self.lines[at - 1].end, self.lines[at - 1].end))

    def _row(self, line: Line, columns: list[int]) -> None:
        self.prefix(line)
        ends = [*columns[1:], line.end - line.start]
        for column, end in zip(columns, ends, strict=True):
            first = min(line.start + column, line.end)
            self.out.replace("|", Span(first, first))
            self.put(first, max(first, min(line.start + end, line.end)))
        self.out.replace("|\n", Span(line.end, line.next))

    def _literal_below(self, indent: int) -> None:
        """The block that two colons announce."""
        at = self.at
        while at < len(self.lines) and self.lines[at].is_blank:
            at += 1
        if at < len(self.lines) and self.lines[at].indent > indent:
            self.out.replace("\n", Span(self.lines[at].start, self.lines[at].start))
            self.literal(at, self.body_end_of(at, indent))
