"""How many there are of what a heading or lead-in may have promised: items, headings, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from healthlint.analysis.sequences import heading_counts
from healthlint.documents.document import Block, Document, Kind, Section


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
        """How many headings each scheme of numbers has, and its last number.

        Below a title every scheme may be meant, elsewhere only that of the noun: 'rules' for 'Rule 1', 'Rule 2'.
        """
        counted = []
        for word, length, last in self._schemes:
            if length > 1 and (_is_plural(noun, word) or (titled and not word)):
                counted += [length, last]
        return counted

    def only_list(self) -> list[int]:
        """How many items the only numbered list of the article has; nothing if there are more lists, or none."""
        items = [index for index, block in enumerate(self.document.blocks) if block.kind is Kind.ITEM and block.ordered]
        groups = {self.document.blocks[index].group for index in items}
        return self._lengths(items) if len(groups) == 1 else []

    @cached_property
    def _schemes(self) -> list[tuple[str, int, int]]:
        """The word, the length and the last number of each scheme of numbered headings."""
        schemes = []
        for count in heading_counts(self.document):
            ordinal = self.document.blocks[count.numbers[0].block].ordinal
            schemes.append((ordinal.word if ordinal else "", len(count.numbers), count.numbers[-1].value))
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
        lengths = self._lengths(first)
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
        """How many items there are, and the last number: where they differ the list's own numbers are amiss."""
        last = self.document.blocks[items[-1]].ordinal
        return [len(items), last.value] if last else [len(items)]


def _goes_on(last: Block, block: Block) -> bool:
    if not last.ordinal or not block.ordinal:
        return False
    return block.level == last.level and block.ordinal.value > last.ordinal.value


def _is_top_item(block: Block) -> bool:
    return block.kind is Kind.ITEM and block.level <= 1


def _is_plural(noun: str, word: str) -> bool:
    return bool(word) and noun in (f"{word}s", f"{word}es", f"{word.removesuffix('y')}ies")
