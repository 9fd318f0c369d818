"""What becomes of the lines of a reStructuredText file: Markdown, each character with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from healthlint.documents.document import Span
from healthlint.documents.rst_inline import Names, changes
from healthlint.documents.sources import Source

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_LONGEST_PREFIX = 200  # characters


class Line(NamedTuple):
    """A line of the file."""

    start: int
    end: int  # without white space at its end
    next: int  # where the following line starts
    indent: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands in it."""
        return self.start + self.indent >= self.end


class Inside(msgspec.Struct):
    """What lines stand inside of: their indent, and what Markdown puts before them."""

    indent: int
    prefix: str


class RstWriting:
    """The lines of a file, the one at hand, what it stands inside of, and what was written so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out = Source()
        self.names = Names(text)
        self._changes = list(changes(text, self.names))
        self._change = 0  # the first that is not behind us
        self._changed = 0  # where the last one that was made ends, which may be in the next line
        self.lines = list(_lines(text))
        self.at = 0
        self.inside: list[Inside] = []
        self.items: list[int] = []  # where the text of the open list items begins, in columns
        self.skip_prefix = False  # the line at hand has it already

    # -- lines

    def content(self, at: int) -> str:
        """A line without its indent."""
        line = self.lines[at]
        return self.text[line.start + line.indent : line.end]

    def indent_of(self, at: int, end: int) -> int:
        """The indent of the first line with text from `at` on."""
        return next((line.indent for line in self.lines[at:end] if not line.is_blank), self.lines[at - 1].indent + 3)

    def body_end(self, at: int) -> int:
        """Behind the last line that is indented below the one at `at`."""
        indent, end = self.lines[at].indent, at + 1
        for index in range(at + 1, len(self.lines)):
            if not self.lines[index].is_blank:
                if self.lines[index].indent <= indent:
                    break
                end = index + 1
        return end

    def body_end_of(self, at: int, indent: int) -> int:
        """Behind the last line from `at` on that is blank or indented deeper."""
        while at < len(self.lines) and (self.lines[at].is_blank or self.lines[at].indent > indent):
            at += 1
        return at

    def block_end(self, at: int) -> int:
        """The next blank line from `at` on."""
        while at < len(self.lines) and not self.lines[at].is_blank:
            at += 1
        return at

    # -- what is written

    def enter(self, indent: int, prefix: str) -> None:
        """From here on lines with this indent stand inside of something that Markdown marks with a prefix."""
        outer = self.inside[-1].prefix if self.inside else ""
        self.inside.append(Inside(indent, (outer + prefix)[:_LONGEST_PREFIX]))
        self.items = [column for column in self.items if column > indent]

    def skip(self, end: int) -> None:
        """Leave lines out."""
        first, last = self.lines[self.at], self.lines[end - 1]
        self.out.replace("\n", Span(first.start, last.end))
        self.at = end

    def literal(self, at: int, end: int) -> None:
        """Lines of code, as they are."""
        first, last = self.lines[at], self.lines[end - 1]
        prefix = self.inside[-1].prefix if self.inside else ""
        self.out.replace(f"{prefix}~~~~~~\n", Span(first.start, first.start))
        for line in self.lines[at:end]:
            self.out.replace(prefix, Span(line.start, line.start))
            self.out.copy(self.text[line.start : line.end], line.start)
            self.out.replace("\n", Span(line.end, line.next))
        self.out.replace(f"{prefix}~~~~~~\n\n", Span(last.next, last.next))
        self.at = end

    def write(self, line: Line, start: int, end: int, *, before: str = "", after: str = "") -> None:
        """A line: its own indent, some words, its text from `start` to `end`, other words."""
        self.prefix(line)
        base = self.inside[-1].indent if self.inside else 0
        self.out.replace(" " * max(0, line.indent - base) + before, Span(start, start))
        self.put(start, end)
        self.out.replace(after, Span(end, end))
        self.end(line)

    def prefix(self, line: Line) -> None:
        """What stands before a line because of what it is inside of."""
        if self.skip_prefix:
            self.skip_prefix = False
        elif self.inside:
            self.out.replace(self.inside[-1].prefix, Span(line.start, line.start))

    def end(self, line: Line) -> None:
        """The end of a line."""
        self.out.replace("\n", Span(line.end, line.next))

    def put(self, start: int, end: int) -> None:
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


def _lines(text: str) -> Iterator[Line]:
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None:
            return
        words = match[1]
        stripped = words.rstrip()
        yield Line(at, at + len(stripped), match.end(), len(stripped) - len(stripped.lstrip(" ")))
        at = match.end()
