"""Markdown inside a block: words, emphasis, links, images, marks, inline HTML, and lines that open a block unawares."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from healthlint.documents.document import Kind, LinkKind, Ordinal, Span
from healthlint.documents.drafts import Draft, Writer
from healthlint.documents.html_tokens import tokens
from healthlint.documents.inline_html import InlineTags
from healthlint.documents.templates import DROPPED, KEPT, Masked

_LINE_START = re.compile(r"[ \t>]*")
_TIGHT_HEADING = re.compile(r"(#{2,6}|#(?=[A-Z]\S*[ ]))(?=[^\s#])(?![^\r\n]*\s#\w)")  # no space: '##Uses'
_HIDDEN = frozenset({"script", "style", "del", "s", "strike"})


class OpenList(msgspec.Struct):
    """A list whose items are being read."""

    group: int
    ordered: bool


class OpenItem(msgspec.Struct):
    """A list item whose blocks are being read."""

    start: int
    ordinal: Ordinal | None
    told: bool = False  # its own text has been read; what follows are paragraphs
    wrapper: bool = False  # an admonition


class InlineReader:
    """Writes what stands inside blocks. Its methods take an event's payload and its offsets, in characters."""

    def __init__(self, writer: Writer, text: str, masked: Masked) -> None:
        self.writer, self.text, self.masked = writer, text, masked.text
        self.tags = InlineTags(writer, text)
        self.lists: list[OpenList] = []
        self.items: list[OpenItem] = []
        self.depth = 0  # of the list items that are open, admonitions not counted
        self.quotes: list[bool] = []  # whether each open quote is one; an alert is none
        self.quoted = 0
        self.note = ""  # the label of the footnote that is being read
        self.hidden = 0
        self.image: list[tuple[str, Span, bool]] | None = None
        self.targets: list[str] = []  # of the images that are open
        self.kinds: list[LinkKind] = []  # of the links that are open
        self.skip_to = 0  # text before it is markup that Markdown does not know

    def strong(self, *_: Any) -> None:
        """Bold words begin."""
        self.writer.bold += 1

    def end_strong(self, *_: Any) -> None:
        """Bold words end."""
        self.writer.bold -= 1

    def emphasis(self, *_: Any) -> None:
        """Words in italics begin."""
        self.writer.italic += 1

    def end_emphasis(self, *_: Any) -> None:
        """Words in italics end."""
        self.writer.italic -= 1

    def struck(self, _: Any, start: int, end: int) -> None:
        """Words that are struck out begin: nobody says them any more."""
        self.hidden += 1

    def end_struck(self, *_: Any) -> None:
        """Struck words end."""
        self.hidden = max(0, self.hidden - 1)

    def link(self, details: dict[str, Any], start: int, end: int) -> None:
        """A link begins."""
        self.open_text(start)
        self.kinds.append(LinkKind.BARE if details["link_type"] in ("Autolink", "Email") else LinkKind.INLINE)
        self.writer.open_link(self._target(details["dest_url"], start, end), start)

    def end_link(self, _: Any, start: int, end: int) -> None:
        """A link ends."""
        self.writer.close_link(end, self.kinds.pop())

    def picture(self, details: dict[str, Any], start: int, end: int) -> None:
        """The alternative text of an image begins."""
        self.open_text(start)
        self.targets.append(self._target(details["dest_url"], start, end))
        if self.image is None:
            self.image = []

    def end_picture(self, _: Any, start: int, end: int) -> None:
        """An image ends."""
        self.writer.image(self.targets.pop(), Span(start, end), self.image or [])
        self.image = None

    def words(self, words: str, start: int, end: int) -> None:
        """Text, with entities and escapes resolved."""
        if start < self.skip_to:
            cut = min(end, self.skip_to) - start
            words, start = words[cut:], start + cut
        raw = self.text[start:end]
        draft = self.writer.current
        if not raw or words == DROPPED:  # one alone stands for the mark of an admonition
            return
        if self.image is not None:
            self.image.append((words, Span(start, end), raw == words))
        elif draft and draft.kind is Kind.CODE:
            self.writer.verbatim(raw, start)
        elif raw != words or DROPPED in words:
            self._mixed(words, raw, start, end)
        else:
            self.open_text(start)
            self.writer.add(_without_closing_hashes(raw) if self._is_tight(draft) else raw, start)

    def inline_code(self, words: str, start: int, end: int) -> None:
        """Code in a line of text."""
        self.open_text(start)
        raw = self.text[start:end]
        ticks = len(raw) - len(raw.lstrip("`"))
        if self.image is None:
            self.writer.add_collapsed(raw[ticks : len(raw) - ticks], start + ticks)

    def line_break(self, _: Any, start: int, end: int) -> None:
        """A line ends inside a block, softly or hard."""
        if self.image is not None:
            self.image.append((" ", Span(start, end), False))
            return
        prefix = _LINE_START.match(self.masked, end)
        following = prefix.end() if prefix else end
        if self._is_tight(self.writer.current):
            self.writer.finish()
        if not self.line_start(following):
            self.open_text(following)
            self.writer.line_break(Span(start, end), hard=bool(self.text[start:end].strip("\r\n")))

    def footnote_mark(self, label: str, start: int, end: int) -> None:
        """A mark that leads to a footnote."""
        self.open_text(start)
        self.writer.mark(label, Span(start, end))

    def inline_html(self, raw: str, start: int, end: int) -> None:
        """One tag or comment."""
        for tag in tokens(self.masked, start, end):
            if tag.kind == "comment" and raw.startswith("<!--"):
                self.writer.comments.append((self.text[start + 4 : end].removesuffix("-->").strip(), Span(start, end)))
            elif tag.name in _HIDDEN:
                self.hidden = max(0, self.hidden + {"open": 1, "close": -1}.get(tag.kind, 0))
            elif tag.kind in ("open", "empty") and not self.hidden:
                self.open_text(start)
                self.tags.open(tag)
            elif tag.kind == "close" and self.writer.current:
                self.tags.close(tag.name, tag.end)

    def begin(self, draft: Draft) -> None:
        """Finish the block at hand and begin another."""
        draft.quoted = bool(self.quoted)
        self.writer.bold = self.writer.italic = 0
        self.writer.begin(draft)

    def open_text(self, start: int) -> None:
        """Begin a paragraph or the own text of a list item here, unless a block is open."""
        if self.writer.current:
            return
        item = self.items[-1] if self.items else None
        if item and not item.told:
            item.told = True
            draft = Draft(Kind.ITEM, item.start, level=self.depth, ordinal=item.ordinal)
            draft.group, draft.ordered = self.lists[-1].group, self.lists[-1].ordered
        else:
            draft = Draft(Kind.NOTE if self.note else Kind.PARAGRAPH, start, label=self.note)
        draft.quoted = bool(self.quoted)
        self.writer.begin(draft)

    def line_start(self, at: int) -> bool:
        """Begin the block that a line opens with markup which Markdown does not know: '##Uses'."""
        if self.image is not None or self.note:
            return False
        found = None if self.items else _TIGHT_HEADING.match(self.masked, at)
        if found:
            self.begin(Draft(Kind.HEADING, at, level=len(found[1])))
            self.skip_to = found.end()
        return bool(found)

    def _is_tight(self, draft: Draft | None) -> bool:
        """Whether a heading without a space after its '#' is being read: it is one line."""
        return draft is not None and draft.kind is Kind.HEADING and draft.start < self.skip_to

    def _mixed(self, words: str, raw: str, start: int, end: int) -> None:
        """Text with an entity, or with template tags in it."""
        self.open_text(start)
        if len(words) != len(raw):
            self.writer.replace(words, Span(start, end))
            return
        for first, last in self.tags.between_tags(words, start):
            self.writer.add(self.text[first:last], first)

    def _target(self, target: str, start: int, end: int) -> str:
        """Where a link leads, with the template tags of the file's own text."""
        if DROPPED in target or KEPT in target:
            at = self.masked.find(target, start, end)
            return self.text[at : at + len(target)] if at >= 0 else target
        return target


def _without_closing_hashes(raw: str) -> str:
    stripped = raw.rstrip()
    return stripped.rstrip("#").rstrip() if stripped.endswith("#") else raw
