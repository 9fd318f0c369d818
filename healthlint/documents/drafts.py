"""Blocks while they are being read: text, links and emphasis come in from left to right, blocks come out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

import msgspec

from healthlint.documents.document import Block, Kind, Link, LinkKind, Ordinal, Prose, ProseBuilder, Span

_ODD = re.compile(r"[\u00a0\u2007\u202f\u00ad\u200b\u2060\ufeff]")
_NO_BREAK = "\u00a0\u2007\u202f"
_RECENT = 8  # characters that are remembered of what was read last
_WORDS = re.compile(r"[^ \t\n\r\f]+(?: [^ \t\n\r\f]+)*")


class Draft(msgspec.Struct):
    """A block before its neighbours are known. Its prose is empty until `Writer.finish` builds it."""

    kind: Kind
    start: int
    end: int = 0  # of the markup that was read so far
    level: int = 0
    ordinal: Ordinal | None = None
    group: int = -1
    ordered: bool = False
    quoted: bool = False
    label: str = ""
    below: bool = False  # a heading one level below the one before it
    bold: bool = True  # all of its text is
    emphasised: bool = True  # all of its text is bold or italic
    pictured: bool = False  # an image stands in it
    tabular: bool = False  # next to it a caption may stand: an image or a cell of a table
    of_page: bool = False
    term: bool = False  # of a list of definitions, and text stands under it
    size: float = 0  # of its letters in pixels, where its markup gives it
    breaks: list[int] = []  # where in its text a line ends
    hard: bool = False  # those breaks are meant, and are no wrapping
    prose: Prose = Prose("", ())
    links: list[Link] = []

    @property
    def text(self) -> str:
        """What its reader reads."""
        return self.prose.text

    def block(self) -> Block:
        """The finished block."""
        pieces = self.prose.pieces
        span = Span(min(self.start, pieces[0].span.start), max(self.end, pieces[-1].span.end))
        return Block(
            self.kind,
            self.prose,
            span,
            level=self.level,
            ordinal=self.ordinal,
            group=self.group,
            ordered=self.ordered,
            quoted=self.quoted,
            label=self.label,
            links=tuple(sorted(self.links, key=_place)) if self.links else (),
            of_page=self.of_page,
        )

    def part(self, start: int, end: int) -> Draft:
        """A draft of its own for `text[start:end]`, white space at its ends left out; links are in their order."""
        words = self.text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        prose = self.prose.part(start, end)
        span = prose.span()
        first = max(0, bisect_left(self.links, start, key=_link_start) - 1)
        last = bisect_right(self.links, end, key=_link_start)
        links = [
            msgspec.structs.replace(link, start=max(link.start, start) - start, end=min(link.end, end) - start)
            for link in self.links[first:last]
            if link.end >= start
        ]
        return msgspec.structs.replace(
            self,
            start=self.start if start == 0 else span.start,
            end=self.end if end == len(self.text) else span.end,
            prose=prose,
            links=links,
            breaks=[],
        )


def _link_start(link: Link) -> int:
    return link.start


def _place(link: Link) -> tuple[int, int]:
    return link.start, link.span.start


class _OpenLink(msgspec.Struct):
    target: str
    at: int  # in the file
    draft: Draft | None  # the block in which it opened
    start: int = 0  # in that block's text
    noted: int = 0  # how many links that block had then


class Held(list[tuple[str, Span, bool]]):
    """Text that waits until it is known whether it is a note mark: words, where they stand, whether copied."""

    target: str = ""


class Writer:
    """Takes an article apart into drafts. Knows no format."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self.anchors: set[str] = set()
        self.comments: list[tuple[str, Span]] = []
        self.bold = 0  # how many bold elements are open
        self.italic = 0
        self.held: Held | None = None
        self._prose = ProseBuilder()
        self.recent = ""  # the last characters of the block at hand, '' at its start
        self._open_links: list[_OpenLink] = []
        self._alternatives: list[tuple[str, Span, bool]] = []  # of images in the current draft
        self._stray: list[Link] = []  # links of blocks without text: they go to the next one with text
        self._groups = 0

    def new_group(self) -> int:
        """A number for a list or a table row."""
        self._groups += 1
        return self._groups - 1

    def begin(self, draft: Draft) -> None:
        """Finish the block at hand and open another."""
        self.finish()
        self.current = draft
        draft.end = max(draft.end, draft.start)
        self._prose, self.recent, self._alternatives = ProseBuilder(), "", []

    def touch(self, end: int) -> None:
        """Let the block at hand reach to `end` in the file."""
        if self.current and end > self.current.end:
            self.current.end = end

    def finish(self, end: int = 0) -> None:
        """Close the block at hand, if there is one; a block without text leaves its links to a neighbour."""
        draft = self.current
        if draft is None:
            return
        if self.held is not None:
            self.flush(self.unhold())
        self.touch(end)
        for link in self._open_links[-1:]:  # links do not nest; those further out were never closed
            start = link.start if link.draft is draft else 0
            self._add_link(LinkKind.INLINE, start, link.target, Span(link.at, max(link.at, draft.end)))
        if not self._prose.length:
            self._use_alternatives(draft)
        self.current = None
        draft.prose = self._prose.build()
        if draft.text:
            draft.links = [_trimmed(link, draft.text) for link in self._stray + draft.links]
            self._stray = []
            self.drafts.append(draft)
        elif self.drafts:
            before = self.drafts[-1]
            at = len(before.text)
            before.links += [Link(link.kind, at, at, link.target, link.span) for link in draft.links]
            before.pictured |= draft.pictured
        else:
            self._stray += draft.links

    def add(self, text: str, start: int) -> None:
        """Add characters of the file from offset `start` on; no-break spaces become spaces, soft hyphens nothing."""
        if text.isascii() or not _ODD.search(text):
            self._copy(text, start)
            return
        at = 0
        for match in _ODD.finditer(text):
            self._copy(text[at : match.start()], start + at)
            at = match.end()
            if match[0] in _NO_BREAK:
                self.space(Span(start + match.start(), start + at))
        self._copy(text[at:], start + at)

    def add_collapsed(self, text: str, start: int) -> None:
        """Like `add`, with each run of white space as one space."""
        at = 0
        for match in _WORDS.finditer(text):
            if match.start() > at:
                self.space(Span(start + at, start + match.start()))
            self.add(match[0], start + match.start())
            at = match.end()
        if at < len(text):
            self.space(Span(start + at, start + len(text)))

    def replace(self, text: str, span: Span) -> None:
        """Add `text` in the place of the characters of the file at `span`."""
        if text and (text.isspace() or text in _NO_BREAK):
            self.space(span)
        elif text and not _ODD.fullmatch(text):
            self._append(text, span, copied=False)

    def space(self, span: Span) -> None:
        """Add one space for white space of the file, unless there is one already or the block begins here."""
        if self.held is not None:
            self.held.append((" ", span, False))
        elif self.recent and not self.recent[-1].isspace():
            self._prose.replace(" ", span)
            self.recent += " "

    @property
    def is_bold_line(self) -> bool:
        """Whether all of the block so far is bold, and what follows is not: a heading that a line break ends."""
        draft = self.current
        return draft is not None and draft.bold and not self.bold and draft.kind is Kind.PARAGRAPH and self.length > 0

    def line_break(self, span: Span, *, hard: bool) -> None:
        """A line ends inside the block; `hard`: it is meant to."""
        self.space(span)
        if self.current and self.length:
            self.current.breaks.append(self.length)
            self.current.hard |= hard

    def verbatim(self, text: str, start: int) -> None:
        """Add characters of the file as they are, white space at the front included: code."""
        self._prose.copy(text, start)
        self.recent = (self.recent + text[-_RECENT:])[-_RECENT:]

    @property
    def length(self) -> int:
        """Characters of the block so far."""
        return self._prose.length

    def open_link(self, target: str, at: int) -> None:
        """From here on words lead to `target`; the link's markup begins at `at`."""
        draft = self.current
        link = _OpenLink(target, at, draft)
        if draft:
            link.start, link.noted = self.length, len(draft.links)
        self._open_links.append(link)

    def close_link(self, end: int, kind: LinkKind = LinkKind.INLINE) -> None:
        """Close the link opened last, if one is open; its markup ends at `end`."""
        if not self._open_links:
            return
        link = self._open_links.pop()
        draft = self.current
        if draft is None:
            return
        start, noted = (link.start, link.noted) if link.draft is draft else (0, 0)
        note_only = start == self.length and len(draft.links) > noted and not draft.pictured
        if not note_only:
            self._add_link(kind, start, link.target, Span(link.at, end))

    def mark(self, label: str, span: Span) -> None:
        """A mark that leads to the footnote `label` stands here."""
        if self.current:
            self._add_link(LinkKind.NOTE, self.length, label, span)

    def image(self, target: str, span: Span, alternative: list[tuple[str, Span, bool]]) -> None:
        """An image stands here. Its alternative text is the block's only if the block has no other text."""
        if self.current:
            self.current.pictured = True
            self._add_link(LinkKind.IMAGE, self.length, target, span)
            self._alternatives += alternative

    def hold(self) -> None:
        """Keep the text that follows back."""
        if self.held is None:
            self.held = Held()

    def unhold(self) -> Held:
        """What was kept back since `hold`."""
        held, self.held = self.held or Held(), None
        return held

    def flush(self, held: Held) -> None:
        """Add text that was kept back."""
        start = held[0][1].start if held else 0
        if held.target:
            self.open_link(held.target, start)
        for text, span, copied in held:
            self._append(text, span, copied=copied)
        if held.target:
            self.close_link(held[-1][1].end if held else start)

    def _copy(self, text: str, start: int) -> None:
        if not self.recent and self.held is None:
            stripped = text.lstrip()
            start += len(text) - len(stripped)
            text = stripped
        if text:
            self._append(text, Span(start, start + len(text)), copied=True)

    def _append(self, text: str, span: Span, *, copied: bool) -> None:
        if self.held is not None:
            self.held.append((text, span, copied))
            return
        draft = self.current
        if draft and draft.emphasised and not self.bold and any(map(str.isalnum, text)):
            draft.bold = False
            draft.emphasised = bool(self.italic)
        if copied:
            self._prose.copy(text, span.start)
        else:
            self._prose.replace(text, span)
        self.recent = (self.recent + text[-_RECENT:])[-_RECENT:]

    def _add_link(self, kind: LinkKind, start: int, target: str, span: Span) -> None:
        if self.current:
            self.current.links.append(Link(kind, start, self.length, target, span))

    def _use_alternatives(self, draft: Draft) -> None:
        """Read an image by its alternative text where nothing else stands."""
        for text, span, copied in self._alternatives:
            self._append(text, span, copied=copied)
        if self._alternatives and draft.kind is Kind.PARAGRAPH:
            draft.kind, draft.tabular = Kind.CAPTION, True
        draft.links = [Link(link.kind, 0, self.length, link.target, link.span) for link in draft.links]


def _trimmed(link: Link, text: str) -> Link:
    """The link without white space at the ends of its words."""
    start, end = min(link.start, len(text)), min(link.end, len(text))
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = max(start, end - (len(words) - len(words.rstrip())))
    return Link(link.kind, start, end, link.target, link.span)
