"""Nodes of a page -> drafts: which element makes which block."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator

import msgspec

from healthlint.documents.document import Kind, Ordinal, Span
from healthlint.documents.drafts import Draft, Writer
from healthlint.documents.html_content import ARTICLE, FURNITURE, IGNORED, set_roles
from healthlint.documents.html_lists import OpenList, open_list
from healthlint.documents.html_looks import Look, is_caption, is_quote, is_title, look_of
from healthlint.documents.html_tokens import Attribute, Token, entities, tokens
from healthlint.documents.html_tree import BLOCKS, HEADINGS, Element, Tree, grow, list_of
from healthlint.documents.inline_html import InlineTags
from healthlint.documents.templates import DROPPED, KEPT

_NOTE_ID = re.compile(
    r"(?:cite|end|foot)?[-_]?(?:note|fn|ref|reference|bib|cit)[-_:.]{0,2}(?:note[-_])?(\d{1,4})", re.IGNORECASE
)
_PAGE_PARTS = frozenset({"nav", "header", "footer", "aside", "menu", "form"})
_TAGS = re.compile(r"(?:(?:post|entry|article|blog)-)?(?:tags?|keywords)(?:-(?:list|links?))?", re.IGNORECASE)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_LONGEST_ROW = 300  # characters: a table of one row with more is made of columns of text
_ANSWER = 40  # characters: the text under a term is an answer from there on


def write_nodes(writer: Writer, text: str, source: str, tree: Tree, *, base: int = 0, quoted: bool = False) -> None:
    """Write the blocks of a tree whose elements have their roles. `source` is `text` from `base` on, masked."""
    walker = _Walker(writer, text, source, base)
    walker.inside = 0 if any(element.role == ARTICLE for element in tree.elements) else 1
    walker.quotes = int(quoted)
    for node in tree.nodes:
        if walker.skipped:
            if node.kind == "close" and node.element is walker.skipped:
                walker.skipped = None
        elif node.element:
            (walker.open if node.kind == "open" else walker.close)(node.element)
        elif node.token:
            walker.take(node.token)
    writer.finish()


def write_fragment(writer: Writer, text: str, source: str, base: int, *, quoted: bool) -> None:
    """Write a piece of HTML inside another format: `source` stands at `base` in `text`."""
    tree = grow(_shifted(tokens(source), base), text)
    set_roles(tree, sys.maxsize)  # the rest of the article is not HTML, and may be long
    writer.bold = writer.italic = 0
    write_nodes(writer, text, source, tree, base=base, quoted=quoted)


def _shifted(found: Iterable[Token], base: int) -> Iterator[Token]:
    for kind, name, start, end, attributes in found:
        moved = {key: Attribute(value, first + base, last + base) for key, (value, first, last) in attributes.items()}
        yield Token(kind, name, start + base, end + base, moved)


class _Frame(msgspec.Struct):
    """What text means inside an open element: an item, a cell, a heading ..."""

    kind: Kind
    element: Element
    level: int = 0
    group: int = -1
    ordinal: Ordinal | None = None
    ordered: bool = False
    below: bool = False
    term: bool = False
    first: bool = True  # nothing of it has been read yet


class _Walker:
    def __init__(self, writer: Writer, text: str, source: str, base: int) -> None:
        self.writer, self.text, self.source, self.base = writer, text, source, base
        self.tags = InlineTags(writer, text)
        self.templated = DROPPED in source or KEPT in source
        self.skipped: Element | None = None
        self.inside = 0  # how many elements of the article are open
        self.furniture = 0
        self.parts = 0  # how many elements are open that stand around an article
        self.quotes = 0
        self.preformatted = 0
        self.frames: list[_Frame] = []
        self.lists: list[OpenList] = []
        self.loose = OpenList(writer.new_group())  # of items that stand in no list
        self.terms: list[int] = []  # groups of the open lists of definitions
        self.tables: list[bool] = []  # whether each open table holds data
        self.row = -1
        self.start = -1  # of the block element that opened last, while it has no text yet
        self.broken = False  # nothing but white space since a `<br>`
        self.looks: dict[Element, Look] = {}  # of open elements that set how their text looks
        self.tagged: Element | None = None  # the element whose links are tags, and their group
        self.tag_group = -1

    # -- elements

    def open(self, element: Element) -> None:
        if element.role == IGNORED:
            self.skipped = element
            return
        self.inside += element.role == ARTICLE
        self.furniture += element.role == FURNITURE
        self.parts += element.name in _PAGE_PARTS
        name = element.name
        if name in BLOCKS or element.role:
            self._break(element)
            self.start = element.tag.start
            self.tags.anchor(element.tag)
            self._set_look(element)
            self._open_block(element)
        elif name == "br":
            self._line_break(element)
        elif name == "a" and "tag" in element.attribute("rel").lower().split():
            self._open_tag(element)
        else:
            self._set_look(element)
            if name in ("img", "sup", "q"):
                self._begin_text(element.tag.start)
            self.tags.open(element.tag)

    def close(self, element: Element) -> None:
        name = element.name
        if name in BLOCKS or element.role:
            self._break(element, closing=True)
            self.start = -1
            self._close_block(element)
        elif name == "a" and "tag" in element.attribute("rel").lower().split():
            self.writer.close_link(element.end)
            self.writer.finish(element.end)
        elif name != "br":
            self.tags.close(name, element.end)
        look = self.looks.pop(element, None)
        if look and look.bold:
            self.writer.bold = max(0, self.writer.bold - 1)
        self.inside -= element.role == ARTICLE
        self.furniture -= element.role == FURNITURE
        self.parts -= element.name in _PAGE_PARTS

    def _set_look(self, element: Element) -> None:
        look = look_of(element)
        if look:
            self.looks[element] = look
            self.writer.bold += look.bold

    def _open_block(self, element: Element) -> None:
        name = element.name
        if name in HEADINGS:
            self._open_heading(element)
        elif name == "li":
            self._open_item(element)
        elif name in _LISTS:
            self.lists.append(open_list(element, self.writer.new_group()))
        elif name in ("table", "tr", "td", "th"):
            self._open_table(element)
        elif is_quote(element):
            self.quotes += 1
        else:
            self._open_text_block(element)

    def _open_heading(self, element: Element) -> None:
        """A heading at the front of a list item has the item's number, and what follows it is text."""
        frame = self.frames[-1] if self.frames else None
        self._frame(Kind.HEADING, element, level=int(element.name[1]))
        if frame and frame.kind is Kind.ITEM and frame.first:
            frame.first = False
            self.frames[-1].ordinal = frame.ordinal

    def _open_table(self, element: Element) -> None:
        name = element.name
        if name == "table":
            self.tables.append(_holds_data(element))
        elif name == "tr":
            self.row = self.writer.new_group()
        else:
            data = bool(self.tables) and self.tables[-1] and not is_caption(element)
            kind = Kind.CELL if data else Kind.CAPTION if is_caption(element) else Kind.PARAGRAPH
            self._frame(kind, element, group=self.row if data else -1)

    def _open_text_block(self, element: Element) -> None:
        name = element.name
        if is_caption(element):
            self._frame(Kind.CAPTION, element)
        elif is_title(element):
            self._frame(Kind.HEADING, element, level=1)
        elif name == "summary":
            self._frame(Kind.HEADING, element, below=True)
        elif name == "dl":
            self.terms.append(self.writer.new_group())
        elif name == "dt":
            self._frame(Kind.ITEM, element, level=1, group=self.terms[-1] if self.terms else self.loose.group)
            self.frames[-1].term = _is_answered(element)
        elif name == "dd":
            self._frame(Kind.PARAGRAPH, element)
        elif name == "pre":
            self.preformatted += 1
            self._frame(Kind.CODE, element)

    def _close_block(self, element: Element) -> None:
        name = element.name
        if self.frames and self.frames[-1].element is element:
            self.frames.pop()
        if name in _LISTS:
            self.lists.pop()
        elif name == "table":
            self.tables.pop()
        elif name == "pre":
            self.preformatted -= 1
        elif name == "dl":
            self.terms.pop()
        elif is_quote(element):
            self.quotes -= 1

    def _frame(self, kind: Kind, element: Element, *, level: int = 0, group: int = -1, below: bool = False) -> None:
        self.frames.append(_Frame(kind, element, level=level, group=group, below=below))

    def _open_item(self, element: Element) -> None:
        own = self.lists[-1] if self.lists else self.loose
        frame = _Frame(Kind.ITEM, element, level=max(1, len(self.lists)), group=own.group, ordered=own.ordered)
        frame.ordinal = own.number_of(element)
        self.frames.append(frame)

    def _open_tag(self, element: Element) -> None:
        """A link to a keyword of the article."""
        holder = element.parent.parent if element.parent and element.parent.name == "li" else element.parent
        if holder is not self.tagged:
            self.tagged, self.tag_group = holder, self.writer.new_group()
        self.writer.begin(Draft(Kind.TAG, element.tag.start, group=self.tag_group))
        self.writer.open_link(self.tags.target(element.tag, "href"), element.tag.start)

    # -- text

    def take(self, token: Token) -> None:
        if token.kind == "comment":
            raw = self.text[token.start : token.end]
            if raw.startswith("<!--"):
                self.writer.comments.append((raw[4:].removesuffix("-->").strip(), Span(token.start, token.end)))
        elif token.kind == "text":
            self._text(token)

    def _text(self, token: Token) -> None:
        masked = self.source[token.start - self.base : token.end - self.base]
        draft = self.writer.current
        if masked.isspace():
            if draft and draft.kind is Kind.CODE and masked == self.text[token.start : token.end]:
                self.writer.verbatim(masked, token.start)
            else:
                self.writer.space(Span(token.start, token.end))
            return
        start = token.start
        self.broken = False
        if not self.templated and "&" not in masked:
            self._words(masked, start, token.end, copied=True)
            return
        for first, last in self.tags.between_tags(masked, start):
            for words, at, end, copied in entities(masked[first - start : last - start], first):
                self._words(words if KEPT not in words else self.text[at:end], at, end, copied=copied)

    def _words(self, words: str, start: int, end: int, *, copied: bool) -> None:
        if not self.writer.current:
            if words.isspace():
                return
            self._begin_text(start)
        code = self.writer.current is not None and self.writer.current.kind is Kind.CODE
        if not copied or (code and self.text[start:end] != words):
            self.writer.replace(words, Span(start, end))
        elif code:
            self.writer.verbatim(words, start)
        else:
            self.writer.add_collapsed(words, start)

    def _begin_text(self, at: int) -> None:
        """Begin the block that text means here, unless one is open."""
        if self.writer.current:
            return
        start = self.start if self.start >= 0 else at
        self.start = -1
        frame = self.frames[-1] if self.frames else None
        if self.furniture or not self.inside:
            is_tag = frame is not None and frame.kind is Kind.ITEM and _lists_tags(frame.element.parent)
            kind, group = (Kind.TAG, frame.group) if frame and is_tag else (Kind.FURNITURE, -1)
            self.writer.begin(Draft(kind, start, group=group, of_page=True))
            return
        draft = Draft(Kind.PARAGRAPH, start, quoted=self.quotes > 0, of_page=self.parts > 0)
        if frame and (frame.first or frame.kind is not Kind.ITEM):
            draft.kind, draft.level, draft.below = frame.kind, frame.level, frame.below
            draft.group, draft.ordered, draft.ordinal = frame.group, frame.ordered, frame.ordinal
            draft.label, draft.term = _note_label(frame.element), frame.term
            if frame.first and frame.kind is not Kind.PARAGRAPH:
                draft.start = frame.element.tag.start
            frame.first = False
        draft.size = next((look.size for look in reversed(self.looks.values()) if look.size), 0)
        self.writer.begin(draft)

    # -- borders

    def _break(self, element: Element, *, closing: bool = False) -> None:
        """End the block at hand where a block element opens or closes; inside a cell that is a space."""
        frame = self.frames[-1] if self.frames else None
        self.broken = False
        goes_on = frame is not None and frame.kind in (Kind.CELL, Kind.HEADING) and frame.element is not element
        if goes_on and not element.role and element.name in ("p", "div", "center", "section", "hr", "figure"):
            border = Span(element.closing, element.end) if closing else Span(element.tag.start, element.tag.end)
            self.writer.space(border)
            return
        has_end_tag = closing and element.end > element.closing
        self.writer.finish(element.end if has_end_tag else 0)

    def _line_break(self, element: Element) -> None:
        frame = self.frames[-1] if self.frames else None
        splits = not frame or frame.kind not in (Kind.CELL, Kind.HEADING, Kind.CODE)
        border = Span(element.tag.start, element.tag.end)
        if splits and (self.broken or self.writer.is_bold_line):
            self.writer.finish()
        elif self.preformatted:
            self.writer.replace("\n", border)
        else:
            self.writer.line_break(border, hard=True)
        self.broken = True


def _holds_data(table: Element) -> bool:
    """Whether a table holds data, not the layout of a page."""
    if table.attribute("role") in ("presentation", "none"):
        return False
    if table.tables > 1 or table.headings or (table.rows < 2 and table.text > _LONGEST_ROW):
        return False
    return table.cells > 1 and table.paragraphs <= 2 * table.cells


def _is_answered(term: Element) -> bool:
    """Whether prose stands under a term of a definition list: a question and its answer."""
    outer = list_of(term)
    return bool(outer and outer.answers and outer.answered >= _ANSWER * outer.answers)


def _note_label(element: Element) -> str:
    match = _NOTE_ID.fullmatch(element.attribute("id")) if element.name in ("li", "p", "dd", "td") else None
    return match[1] if match else ""


def _lists_tags(element: Element | None) -> bool:
    """Whether a list is one of an article's tags: `<ul class="post-tags">`."""
    return element is not None and any(map(_TAGS.fullmatch, element.attribute("class").split()))
