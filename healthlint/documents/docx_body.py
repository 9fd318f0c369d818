"""A part of a Word file that holds text -> its paragraphs, as they read once all changes have been accepted.

Tracked insertions stay and deletions go; field codes, hidden properties and what an older Word would show instead of
a drawing are not read. A text box comes behind the paragraph that it is anchored in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import ClassVar

import msgspec

from healthlint.documents import ReadError
from healthlint.documents.docx_content import CommentEdge, NoteMark, Paragraph, Picture, Row, Run, Table
from healthlint.documents.docx_package import Relation
from healthlint.documents.docx_styles import WORD, Look, number
from healthlint.documents.xml_events import Attributes, Handler, read_xml

MOST_PARAGRAPHS = 100_000

_SKIPPED = frozenset(
    """w:del w:moveFrom w:delText w:delInstrText w:sdtPr w:rt w:tblPr w:tblGrid w:sectPr w:tabs
    w:pPrChange w:rPrChange w:tblPrChange w:trPrChange w:tcPrChange w:sectPrChange w:numberingChange w:tblGridChange
    w:tblPrExChange w:footnotePr w:endnotePr""".split()
)
_MARK_CHANGES = frozenset({"w:del", "w:moveFrom"})
_SPACES = re.compile(r"[\r\n\t]+")
_CODE = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)
_ARGUMENT = re.compile(r"\\([a-zA-Z])|\"((?:[^\"\\]|\\.)*)\"|([^\s\"\\]+)")
_LONGEST_CODE = 4_000  # characters of a field
_SYMBOLS = {  # of the font Symbol, in which Word writes what is on no key
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6B: "κ", 0x6C: "λ", 0x6D: "µ", 0x70: "π", 0x73: "σ", 0x77: "ω",
    0x44: "Δ", 0x57: "Ω", 0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBB: "≈", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xA5: "∞", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xE2: "®",
    0xE3: "©", 0xE4: "™",
}  # fmt: skip


class _Field(msgspec.Struct):
    code: list[str] = []
    shown: bool = False  # its result has begun
    link: int = -1


class Body(Handler):
    """The paragraphs of a part, in the order in which they begin, and where its links lead."""

    prefixes = WORD

    def __init__(self, data: bytes, related: Mapping[str, Relation]) -> None:
        """`related`: what the part leads to. Raises ReadError."""
        self.paragraphs: list[Paragraph] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self._related = related
        self._names: list[str] = []  # of the elements that are open
        self._skipped = 0  # how many elements are open of which nothing is read
        self._open: list[Paragraph] = []
        self._looks: list[Look] = []  # of the runs that are open
        self._rows: list[Row] = []
        self._tables: list[Table] = []
        self._hyperlinks: list[int] = []
        self._fields: list[_Field] = []
        self._chosen: list[bool] = []  # of each open mc:AlternateContent: whether one of its choices was read
        self._words: list[str] | None = None  # of the w:t that is open
        self._note: NoteMark | None = None
        self._separator = False  # inside the line above footnotes, which is one itself
        read_xml(data, self)

    # -- elements

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._skipped or self._is_skipped(name):
            self._skipped += 1
            if self._skipped == 1:
                self._note_change(name)
            self._names.append(name)
            return
        parent = self._names[-1] if self._names else ""
        self._names.append(name)
        if name in ("w:t", "m:t"):
            self._words = []
        elif name == "w:p":
            self._begin_paragraph()
        elif name in ("w:r", "m:r"):
            self._looks.append(Look())
        elif parent == "w:rPr":
            if self._looks and self._names[-3] in ("w:r", "m:r"):
                self._looks[-1].set(name, attributes)
        elif parent in ("w:pPr", "w:numPr"):
            self._set(name, attributes)
        elif name in self._STARTS:
            self._STARTS[name](self, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self._names.pop()
        if self._skipped:
            self._skipped -= 1
        elif name in ("w:t", "m:t"):
            words, self._words = "".join(self._words or ()), None
            self._add(_SPACES.sub(" ", words))
        elif name in ("w:r", "m:r"):
            self._looks.pop()
        elif name in self._ENDS:
            self._ENDS[name](self)

    def text(self, words: str) -> None:
        """Text inside the element that began last."""
        if self._words is not None:
            self._words.append(words)
        elif self._fields and not self._skipped and self._names[-1] == "w:instrText":
            self._fields[-1].code.append(words)

    def _is_skipped(self, name: str) -> bool:
        """Whether nothing of an element is read. One of several alternatives is."""
        if name in _SKIPPED:
            return True
        if name == "mc:Choice" and self._chosen:
            chosen, self._chosen[-1] = self._chosen[-1], True
            return chosen
        return name == "mc:Fallback" and bool(self._chosen) and self._chosen[-1]

    def _note_change(self, name: str) -> None:
        """See whether what is skipped says that the end of a paragraph, or a row, was deleted."""
        if name in _MARK_CHANGES and self._names[-2:] == ["w:pPr", "w:rPr"] and self._open:
            self._open[-1].joined = True
        elif name == "w:del" and self._names[-1:] == ["w:trPr"] and self._rows:
            self._rows[-1].deleted = True

    # -- paragraphs

    def _begin_paragraph(self) -> None:
        if len(self.paragraphs) >= MOST_PARAGRAPHS:
            raise ReadError(f"holds more than {MOST_PARAGRAPHS:,} paragraphs; an article does not: split it")
        paragraph = Paragraph(row=self._rows[-1] if self._rows else None, note=self._note)
        if not self._separator:
            self.paragraphs.append(paragraph)
        self._open.append(paragraph)

    def _end_paragraph(self) -> None:
        self._open.pop()
        self._fields.clear()  # what goes on in the next one, as a table of contents does, is shown

    def _set(self, name: str, attributes: Attributes) -> None:
        """A property of a paragraph."""
        paragraph = self._open[-1] if self._open else None
        if paragraph is None:
            return
        if name == "w:pStyle":
            paragraph.style = attributes.get("w:val", "")
        elif name == "w:outlineLvl":
            paragraph.outline = number(attributes, otherwise=9)
        elif name == "w:numId":
            paragraph.list_id = attributes.get("w:val", "")
        elif name == "w:ilvl":
            paragraph.list_level = number(attributes)

    def _add(self, words: str, *, breaks: bool = False) -> None:
        """Words of the run at hand, unless they are part of a field's code."""
        if not words or not self._open or self._is_code():
            return
        look = self._looks[-1] if self._looks else Look()
        self._open[-1].content.append(Run(words, look, self._link(), breaks))

    def _is_code(self) -> bool:
        """Whether what comes belongs to the code of a field, not to its result."""
        return bool(self._fields) and not self._fields[-1].shown

    def _link(self) -> int:
        if self._hyperlinks:
            return self._hyperlinks[-1]
        return self._fields[-1].link if self._fields else -1

    # -- what stands in runs

    def _tab(self, attributes: Attributes) -> None:
        self._add("\t")

    def _break(self, attributes: Attributes) -> None:
        self._add(" ", breaks=attributes.get("w:type", "") not in ("page", "column"))

    def _hyphen(self, attributes: Attributes) -> None:
        self._add("-")

    def _symbol(self, attributes: Attributes) -> None:
        try:
            code = int(attributes.get("w:char", ""), 16)
        except ValueError:
            return
        is_private = 0xF000 <= code <= 0xF0FF
        if is_private or attributes.get("w:font", "") == "Symbol":
            self._add(_SYMBOLS.get(code & 0xFF, "") if attributes.get("w:font") == "Symbol" else "")
        elif 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE:
            self._add(chr(code))

    def _picture(self, attributes: Attributes) -> None:
        if self._open and not self._is_code():
            self._open[-1].content.append(Picture())

    def _footnote(self, attributes: Attributes) -> None:
        self._mark("footnote", attributes)

    def _endnote(self, attributes: Attributes) -> None:
        self._mark("endnote", attributes)

    def _mark(self, kind: str, attributes: Attributes) -> None:
        if self._open:
            self._open[-1].content.append(NoteMark(kind, attributes.get("w:id", "")))

    def _comment_start(self, attributes: Attributes) -> None:
        self._comment(attributes, "start")

    def _comment_end(self, attributes: Attributes) -> None:
        self._comment(attributes, "end")

    def _comment_mark(self, attributes: Attributes) -> None:
        self._comment(attributes, "mark")

    def _comment(self, attributes: Attributes, edge: str) -> None:
        """The edge may stand between two paragraphs: then at the end of the first."""
        paragraph = self._open[-1] if self._open else self.paragraphs[-1] if self.paragraphs else None
        if paragraph:
            paragraph.content.append(CommentEdge(attributes.get("w:id", ""), edge))

    def _bookmark(self, attributes: Attributes) -> None:
        self.anchors.add(attributes.get("w:name", ""))

    # -- links and fields

    def _begin_hyperlink(self, attributes: Attributes) -> None:
        relation = self._related.get(attributes.get("r:id", ""))
        target = relation.target if relation else ""
        anchor = attributes.get("w:anchor", "")
        self._hyperlinks.append(self._new_link(f"{target}#{anchor}" if anchor else target))

    def _new_link(self, target: str) -> int:
        self.links.append(target)
        return len(self.links) - 1

    def _end_hyperlink(self) -> None:
        self._hyperlinks.pop()

    def _begin_simple_field(self, attributes: Attributes) -> None:
        self._fields.append(_Field([attributes.get("w:instr", "")]))
        self._show_field()

    def _end_simple_field(self) -> None:
        if self._fields:
            self._fields.pop()

    def _field_edge(self, attributes: Attributes) -> None:
        kind = attributes.get("w:fldCharType", "")
        if kind == "begin":
            self._fields.append(_Field(link=self._fields[-1].link if self._fields else -1))
        elif kind == "separate" and self._fields:
            self._show_field()
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _show_field(self) -> None:
        """From here on the result of a field is read; that of a field in a code is none."""
        last = self._fields[-1]
        code = "".join(last.code)[:_LONGEST_CODE]
        last.code.clear()
        last.shown = all(each.shown for each in self._fields[-2:-1])
        if _CODE.match(code):
            last.link = self._new_link(_target(code))

    # -- tables, notes, alternatives

    def _begin_table(self, attributes: Attributes) -> None:
        for table in self._tables[-1:]:
            table.nested = True
        self._tables.append(Table())

    def _end_table(self) -> None:
        self._tables.pop()

    def _begin_row(self, attributes: Attributes) -> None:
        table = self._tables[-1] if self._tables else Table()
        table.rows += 1
        self._rows.append(Row(table, deleted=bool(self._rows) and self._rows[-1].deleted))

    def _end_row(self) -> None:
        self._rows.pop()

    def _begin_cell(self, attributes: Attributes) -> None:
        for row in self._rows[-1:]:
            row.table.cells += 1

    def _begin_footnote(self, attributes: Attributes) -> None:
        self._begin_note("footnote", attributes)

    def _begin_endnote(self, attributes: Attributes) -> None:
        self._begin_note("endnote", attributes)

    def _begin_note(self, kind: str, attributes: Attributes) -> None:
        self._note = NoteMark(kind, attributes.get("w:id", ""))
        self._separator = attributes.get("w:type", "normal") != "normal"

    def _begin_comment(self, attributes: Attributes) -> None:
        self._begin_note("comment", {**attributes, "w:type": "normal"})

    def _end_note(self) -> None:
        self._note, self._separator = None, False

    def _begin_alternatives(self, attributes: Attributes) -> None:
        self._chosen.append(False)

    def _end_alternatives(self) -> None:
        self._chosen.pop()

    _STARTS: ClassVar[Mapping[str, Callable[[Body, Attributes], None]]] = {
        "w:tab": _tab,
        "w:ptab": _tab,
        "w:br": _break,
        "w:cr": _break,
        "w:noBreakHyphen": _hyphen,
        "w:sym": _symbol,
        "pic": _picture,
        "chart": _picture,
        "relIds": _picture,  # a diagram
        "imagedata": _picture,  # of older versions
        "w:footnoteReference": _footnote,
        "w:endnoteReference": _endnote,
        "w:commentRangeStart": _comment_start,
        "w:commentRangeEnd": _comment_end,
        "w:commentReference": _comment_mark,
        "w:bookmarkStart": _bookmark,
        "w:hyperlink": _begin_hyperlink,
        "w:fldSimple": _begin_simple_field,
        "w:fldChar": _field_edge,
        "w:tbl": _begin_table,
        "w:tr": _begin_row,
        "w:tc": _begin_cell,
        "w:footnote": _begin_footnote,
        "w:endnote": _begin_endnote,
        "w:comment": _begin_comment,
        "mc:AlternateContent": _begin_alternatives,
    }
    _ENDS: ClassVar[Mapping[str, Callable[[Body], None]]] = {
        "w:p": _end_paragraph,
        "w:hyperlink": _end_hyperlink,
        "w:fldSimple": _end_simple_field,
        "w:tbl": _end_table,
        "w:tr": _end_row,
        "w:footnote": _end_note,
        "w:endnote": _end_note,
        "w:comment": _end_note,
        "mc:AlternateContent": _end_alternatives,
    }


def _target(code: str) -> str:
    """Where a field HYPERLINK leads: its address, and a place there behind the switch 'l'."""
    address = place = ""
    switch = "address"
    for match in _ARGUMENT.finditer(code, code.upper().index("HYPERLINK") + len("HYPERLINK")):
        if match[1]:
            switch = match[1].lower()
            continue
        value = (match[2] or match[3] or "").replace("\\\\", "\\")
        if switch == "address" and not address:
            address = value
        elif switch == "l" and not place:
            place = value
        switch = "address" if switch != "address" else switch
    return f"{address}#{place}" if place else address
