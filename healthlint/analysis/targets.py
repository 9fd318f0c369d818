"""What an article has that its text can point to by number: steps, headings, tables, figures."""

from __future__ import annotations

import re
from functools import cached_property

from healthlint.analysis.references import References
from healthlint.documents.document import Block, Document, Kind, LinkKind

# 'Table 1. Doses', 'Figure 2', 'Table 3 | Doses'; 'Table 3 sets out ...' is a sentence.
_CAPTION = re.compile(
    r"\W{0,4}(?P<word>(?i:table|figure|fig|chart|diagram|graphic|infographic|box|image|photo|picture|map|panel))\.?\s(?P<number>\d{1,2})(?:\s?[.:|–—-]|\s?$|\s(?=[A-Z(\"“]))"
)
_DRAWN = re.compile(  # what may show a picture, and no reader looks into
    r"<(?:svg|iframe|video|canvas|object|embed|Image|figure)\b|\[(?:caption|embed|gallery)\b|\{\{|\{%", re.IGNORECASE
)
_BOXED = re.compile(
    r"^[ ]{0,3}(?:[-=*_+|#~═─]{4,}|:::|!!!|>)|<(?:aside|details|fieldset)\b"
    r"|class=[\"'][^\"']*(?:box|callout|panel|note|alert|aside)"
    r"|<(?:callout|admonition|alert|note|card|box|infobox)\b|\{\{[<%]|\{%",  # components and shortcodes
    re.IGNORECASE | re.MULTILINE,
)
_PAGE = re.compile(r"\bpage \d+\b|-\s?\d+\s?-", re.IGNORECASE)
_OTHER_NAMES = {"recipe": "ingredients", "quiz": "questions", "questionnaire": "questions"}
_SHORT = 80  # characters: a line that may name what stands under it


def shown_kind(word: str) -> str:
    """'table', 'box' or 'figure', for whatever word stands before the number."""
    word = word.lower().rstrip(".")
    return word if word in ("table", "box") else "figure"


def caption_number(block: Block) -> tuple[str, int] | None:
    """The kind and number of the table or figure that a block is the caption of."""
    match = _CAPTION.match(block.text)
    if not match or (block.kind is Kind.PARAGRAPH and len(block.text) > 300):
        return None
    return shown_kind(match["word"]), int(match["number"])


class Targets:
    """The numbers that are there to be spoken of."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def steps(self) -> frozenset[int]:
        """Numbers of list items, those of reference lists left out."""
        listed = References.of(self.document).list_blocks
        places: dict[int, int] = {}
        found: set[int] = set()
        for index, block in enumerate(self.document.blocks):
            if block.kind is Kind.ITEM and block.ordered and index not in listed:
                places[block.group] = places.get(block.group, 0) + 1
                found.add(block.ordinal.value if block.ordinal else places[block.group])
        return frozenset(found)

    @cached_property
    def _headings(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for block in self.document.blocks:
            if block.kind is Kind.HEADING and block.ordinal:
                value = block.ordinal.parts[0] if block.ordinal.parts else block.ordinal.value
                found.setdefault(block.ordinal.word, set()).add(value)
        return {word: frozenset(values) for word, values in found.items()}

    def headings(self, word: str) -> frozenset[int]:
        """Numbers of the headings that have a word ('step') before their number; '' for those without."""
        return self._headings.get(word, frozenset())

    @cached_property
    def _captions(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for block in self.document.blocks:
            caption = caption_number(block)
            if caption:
                found.setdefault(caption[0], set()).add(caption[1])
        return {kind: frozenset(numbers) for kind, numbers in found.items()}

    def captions(self, kind: str) -> frozenset[int]:
        """Numbers of the tables, boxes or figures that have a caption."""
        return self._captions.get(kind, frozenset())

    def has(self, thing: str, label: str) -> bool:
        """Whether there is a thing that a text points to, however it is made."""
        if thing == "page":
            return "\f" in self.document.text or any(
                block.kind is Kind.FURNITURE and _PAGE.search(block.text) for block in self.document.blocks
            )
        if thing in ("appendix", "annex"):
            return self._is_named(f"{thing} {label}".lower()) or self._is_named(f"{label} {thing}".lower())
        if label:
            return self._is_named(label.lower())
        if thing in ("box", "panel", "sidebar"):
            return bool(
                self._tables or self.captions("box") or self._is_named(thing) or _BOXED.search(self.document.text)
            )
        if thing in ("recipe", "checklist", "worksheet", "questionnaire", "quiz"):
            listed = thing == "checklist" and any(block.kind is Kind.ITEM for block in self.document.blocks)
            return listed or self._is_named(thing) or self._is_named(_OTHER_NAMES.get(thing, thing))
        shown = self._pictures or self.captions("figure") or _DRAWN.search(self.document.text)
        tabular = thing in ("table", "chart")
        return bool(shown or self._is_named(thing) or (tabular and (self._tables or self.captions("table"))))

    def _is_named(self, thing: str) -> bool:
        """Whether a heading, a caption or the words of a link name a thing."""
        named = re.compile(rf"\b{re.escape(thing)}(?:s|ed)?\b")  # 'tablets' name no table
        return any(named.search(words) for words in self._names)

    @cached_property
    def _names(self) -> list[str]:
        named = [
            block.text.lower()
            for block in self.document.blocks
            if block.kind in (Kind.HEADING, Kind.CAPTION) or (len(block.text) < _SHORT and block.text.endswith(":"))
        ]
        links = (block.text[link.start : link.end].lower() for block in self.document.blocks for link in block.links)
        return [*named, *links]

    def unnumbered(self, kind: str) -> int:
        """How many tables or pictures there are, with a caption or without."""
        return self._tables if kind == "table" else self._pictures if kind == "figure" else 0

    @cached_property
    def _tables(self) -> int:
        blocks = self.document.blocks
        return sum(
            block.kind is Kind.CELL and (at == 0 or blocks[at - 1].kind is not Kind.CELL)
            for at, block in enumerate(blocks)
        )

    @cached_property
    def _pictures(self) -> int:
        return sum(link.kind is LinkKind.IMAGE for block in self.document.blocks for link in block.links)
