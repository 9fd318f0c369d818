"""HTML tokens -> elements that open and close in order, with the end tags that authors leave out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from healthlint.documents.html_tokens import Attribute, Token

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html li main menu nav ol option p pre search section summary table tbody td tfoot th "
    "thead tr ul".split()
)
_PARAGRAPH = frozenset({"p"})
_CLOSES_PARAGRAPH = BLOCKS - _PARAGRAPH
_ENDED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {  # opening it ends the first, but not across the second
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "caption"}), frozenset({"table"})),
    "td": (frozenset({"td", "th", "caption"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th", "caption"}), frozenset({"tr", "table"})),
    "thead": (frozenset({"tr", "caption", "tbody"}), frozenset({"table"})),
    "tbody": (frozenset({"tr", "caption", "thead", "tbody"}), frozenset({"table"})),
    "tfoot": (frozenset({"tr", "tbody"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "a": (frozenset({"a"}), BLOCKS),
    "body": (frozenset({"head"}), frozenset({"html"})),
    **dict.fromkeys(HEADINGS, (HEADINGS, BLOCKS - HEADINGS)),
}
_TABLE = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "body", "html"})
_WALLS = frozenset({"td", "th", "table"})  # no end tag of something outside closes them
_NOTHING: frozenset[str] = frozenset()
_NEAR = 100  # elements that are looked at upwards; deeper nesting is no article


class Element(msgspec.Struct, eq=False):
    """An element and what was counted inside it."""

    name: str
    tag: Token
    parent: Element | None
    end: int = 0  # offset behind it
    closing: int = 0  # offset of its end tag, or `end` if it has none
    text: int = 0  # characters
    linked: int = 0  # those of them that are links
    headings: int = 0
    tables: int = 0
    paragraphs: int = 0
    cells: int = 0
    rows: int = 0
    answers: int = 0  # `dd` elements of a `dl`, and the characters in them
    answered: int = 0
    role: str = ""  # set by the choice of content: 'furniture', 'ignored', 'article' or ''
    counted: tuple[int, ...] = ()  # the counts when it opened

    @property
    def attributes(self) -> Mapping[str, Attribute]:
        """Its attributes, by name."""
        return self.tag.attributes

    def attribute(self, name: str) -> str:
        """The value of an attribute, '' if there is none."""
        found = self.tag.attributes.get(name)
        return found.value if found else ""


def list_of(term: Element) -> Element | None:
    """The `dl` of a `dt` or `dd`, which may be wrapped in a `div`."""
    outer = term.parent
    if outer and outer.name == "div":
        outer = outer.parent
    return outer


class Node(NamedTuple):
    """What comes next in a page: an element opens or closes, or a token that is text, raw content or a comment."""

    kind: str  # 'open', 'close', 'text', 'raw', 'comment'
    element: Element | None
    token: Token | None


class Tree(msgspec.Struct):
    """A page as a sequence of nodes in which every element that opens also closes."""

    nodes: list[Node] = []
    elements: list[Element] = []  # in the order of their start tags


def grow(tokens: Iterable[Token], text: str) -> Tree:
    """The tree of a page, whatever is missing or wrongly nested in it."""
    grower = _Grower(text)
    for token in tokens:
        grower.take(token)
    grower.finish()
    return grower.tree


class _Grower:
    """The stack of open elements, and what was counted so far."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.tree = Tree()
        self.stack: list[Element] = []
        self.open: defaultdict[str, int] = defaultdict(int)
        self.text = self.linked = self.headings = self.tables = self.paragraphs = self.cells = self.rows = 0
        self.at = 0

    def take(self, token: Token) -> None:
        self.at = token.end
        if token.kind == "text":
            self._count_text(token)
            self.tree.nodes.append(Node("text", None, token))
        elif token.kind == "close":
            self._close(token)
        elif token.kind in ("open", "empty"):
            self._open(token)
        else:
            self.tree.nodes.append(Node(token.kind, None, token))

    def finish(self) -> None:
        while self.stack:
            self._pop(self.at, self.at)

    def _count_text(self, token: Token) -> None:
        amount = len(self.source[token.start : token.end].strip())
        if amount and not self.open["style"] and not self.open["script"]:
            self.text += amount
            if self.open["a"]:
                self.linked += amount

    def _open(self, token: Token) -> None:
        name = token.name
        if name in ("html", "body") and self.open[name]:
            return
        if self.open["p"] and name in BLOCKS:
            self._end_near(_PARAGRAPH, _CLOSES_PARAGRAPH, token.start)
        if name in _ENDED_BY:
            ends, walls = _ENDED_BY[name]
            if any(map(self.open.__getitem__, ends)):
                self._end_near(ends, walls, token.start)
        element = Element(name, token, self.stack[-1] if self.stack else None)
        element.counted = (self.text, self.linked, self.headings, self.tables, self.paragraphs, self.cells, self.rows)
        self.tree.nodes.append(Node("open", element, None))
        self.tree.elements.append(element)
        self._count(name)
        self.stack.append(element)
        self.open[name] += 1
        if name in VOID or token.kind == "empty" or (name == "a" and "href" not in token.attributes):
            self._pop(token.end, token.end)

    def _count(self, name: str) -> None:
        if name in HEADINGS:
            self.headings += 1
        elif name in ("td", "th"):
            self.cells += 1
        elif name == "tr":
            self.rows += 1
        elif name == "p":
            self.paragraphs += 1
        elif name == "table":
            self.tables += 1

    def _close(self, token: Token) -> None:
        name = token.name
        if name == "br":
            self._open(token._replace(kind="empty"))
        elif name in HEADINGS:
            self._end_near(HEADINGS, _WALLS, token.start, token.end)
        elif self.open[name]:
            walls = _NOTHING if name in _TABLE else _WALLS
            self._end_near(frozenset((name,)), walls, token.start, token.end)

    def _end_near(self, names: frozenset[str], walls: frozenset[str], closing: int, end: int | None = None) -> None:
        """End the nearest of the elements named, with all in it, unless a wall stands between."""
        for depth in range(len(self.stack) - 1, max(-1, len(self.stack) - 1 - _NEAR), -1):
            name = self.stack[depth].name
            if name in names:
                while len(self.stack) > depth + 1:
                    self._pop(closing, closing)
                self._pop(closing, closing if end is None else end)
                return
            if name in walls:
                return

    def _pop(self, closing: int, end: int) -> None:
        element = self.stack.pop()
        self.open[element.name] -= 1
        element.closing, element.end = closing, end
        text, linked, headings, tables, paragraphs, cells, rows = element.counted
        element.text, element.linked = self.text - text, self.linked - linked
        element.headings, element.tables = self.headings - headings, self.tables - tables
        element.paragraphs, element.cells = self.paragraphs - paragraphs, self.cells - cells
        element.rows = self.rows - rows
        if element.name == "dd":
            self._count_answer(element)
        self.tree.nodes.append(Node("close", element, None))

    def _count_answer(self, element: Element) -> None:
        outer = list_of(element)
        if outer:
            outer.answers += 1
            outer.answered += element.text
