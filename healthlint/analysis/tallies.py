"""How many there are of what a heading or lead-in may have promised: items, headings, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from healthlint.analysis.sequences import heading_counts
from healthlint.documents.document import Block, Document, Kind, Section

_OWN_OPENING = re.compile(r"[A-Z\"“][^.!?:]{2,50}[.!?:]\s+\S")

_ASKED = ("q", "question", "faq")  # words before the numbers of questions and of their answers


class Tallies:
    """Counts of the lists and headings of an article. Each method gives every number that would keep a promise."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def of_list(self, first: int) -> list[int]:
        """How many items the list has that opens at block `first`."""
        return self._lengths(self._items(first))

    def in_section(self, at: int) -> list[int]:
        """How many items or headings stand under the heading of section `at`, sections inside it left out."""
        section = self.document.sections[at]
        return [*self._lists_in(section), *self._headings_in(at)]

    def numbered_headings(self, noun: str, *, titled: bool) -> list[int]:
        """How many headings each scheme of numbers has.

        Below a title every scheme may be meant, elsewhere only that of the noun: 'rules' for 'Rule 1', 'Rule 2'.
        """
        counted = []
        for word, length in self._schemes:
            if length > 1 and (_is_plural(noun, word) or (titled and not word)):
                counted.append(length)
        return [*counted, sum(counted)] if len(counted) > 1 else counted

    def paragraphs_in(self, at: int) -> list[int]:
        """How many paragraphs a section has that all open with a few words of their own: 'Keep a diary. Note ...'."""
        section = self.document.sections[at]
        blocks = self.document.blocks[section.start + 1 : section.end]
        texts = [block.text for block in blocks if block.kind is Kind.PARAGRAPH]
        if len(texts) < len(blocks):
            return []
        opened = [bool(_OWN_OPENING.match(text)) for text in texts]
        # One paragraph may lead them in, and one may follow them.
        while opened and len(texts) - len(opened) < 2 and not all(opened):
            if opened[0] and opened[-1]:
                return []
            opened = opened[1:] if not opened[0] else opened[:-1]
        return [len(opened)] if len(opened) > 2 and all(opened) else []

    def only_list(self) -> list[int]:
        """How many items the only numbered list of the article has; nothing if there are more lists, or none."""
        items = [index for index, block in enumerate(self.document.blocks) if block.kind is Kind.ITEM and block.ordered]
        groups = {self.document.blocks[index].group for index in items}
        return self._lengths(items) if len(groups) == 1 else []

    def all_before(self, index: int) -> list[int]:
        """How many items stand between block `index` and the heading above it, inner lists left out."""
        items = 0
        for block in reversed(self.document.blocks[:index]):
            if block.kind is Kind.HEADING:
                break
            items += _is_top_item(block)
        return [items]

    @cached_property
    def _schemes(self) -> list[tuple[str, int]]:
        """The word and the length of each scheme of numbered headings."""
        schemes = []
        for count in heading_counts(self.document):
            ordinal = self.document.blocks[count.numbers[0].block].ordinal
            schemes.append((ordinal.word if ordinal else "", len(count.numbers)))
        return schemes

    @cached_property
    def _children(self) -> dict[int | None, list[Block]]:
        """The headings right under each section."""
        children: dict[int | None, list[Block]] = {}
        for section in self.document.sections:
            if section.heading is not None:
                children.setdefault(section.parent, []).append(self.document.blocks[section.heading])
        return children

    def _headings_in(self, at: int) -> list[int]:
        below = self._children.get(at, [])
        numbered = sum(heading.ordinal is not None for heading in below)
        return [count for count in (len(below), numbered) if count > 1]

    def _lists_in(self, section: Section) -> list[int]:
        """The lengths of a section's lists; with several, that of all of them together as well."""
        blocks = self.document.blocks
        items = [index for index in range(section.start, section.own_end) if _is_top_item(blocks[index])]
        if not items:
            return []
        first = self._items(items[0])
        unbroken = sum(blocks[index].group == blocks[first[0]].group for index in first)
        lengths = [*self._lengths(first), unbroken]
        if set(items) <= set(first):
            return lengths
        groups: dict[int, int] = {}
        for index in items:
            groups[blocks[index].group] = groups.get(blocks[index].group, 0) + 1
        return [*lengths, *groups.values(), len(items)]

    def _items(self, first: int) -> list[int]:
        """The items of the list that opens at `first`, those after an interruption that goes on counting included."""
        blocks = self.document.blocks
        groups = {blocks[first].group}
        items: list[int] = []
        for index in range(first, len(blocks)):
            block = blocks[index]
            if block.kind is Kind.HEADING:
                break
            if block.kind is not Kind.ITEM or block.level > blocks[first].level:
                continue
            if block.group not in groups:
                if not _goes_on(blocks[items[-1]], block):
                    break
                groups.add(block.group)
            items.append(index)
        return items

    def _lengths(self, items: Sequence[int]) -> list[int]:
        """How many items there are; of a list that goes on from another, its last number too."""
        first, last = (self.document.blocks[items[at]].ordinal for at in (0, -1))
        return [len(items), last.value] if first and last and first.value > 1 else [len(items)]


def _goes_on(last: Block, block: Block) -> bool:
    if not last.ordinal or not block.ordinal:
        return False
    return block.level == last.level and block.ordinal.value > last.ordinal.value


def _is_top_item(block: Block) -> bool:
    return block.kind is Kind.ITEM and block.level <= 1


def _is_plural(noun: str, word: str) -> bool:
    if word in _ASKED:
        return noun in ("questions", "answers")
    return bool(word) and noun in (f"{word}s", f"{word}es", f"{word.removesuffix('y')}ies")
