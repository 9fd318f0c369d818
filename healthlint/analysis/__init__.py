"""Document -> Analysis: what the article says, sentence by sentence. Read once, shared by all checks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import cast

import msgspec

from healthlint.analysis.candidates import Candidates
from healthlint.analysis.references import References
from healthlint.analysis.sentences import sentence_spans
from healthlint.analysis.setting import FIELDS, DoseStyle, Profile, Setting
from healthlint.documents.document import Block, Document, Kind, Prose, Span

PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.CAPTION, Kind.HEADING, Kind.NOTE})


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of a block: `block.text[start:end]`."""

    block: int  # index into `Document.blocks`
    start: int
    end: int
    text: str
    prose: Prose  # of the block

    @property
    def span(self) -> Span:
        """The stretch of the file that it stands for."""
        return self.prose.span(self.start, self.end)


@lru_cache(maxsize=8192)  # blocks come again as one types
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))


class Analysis:
    """An article as its checks see it: the document, its sentences and what they lean on."""

    def __init__(self, document: Document, setting: Setting = Setting()) -> None:
        """`setting` gives way to what the article's own front matter says."""
        self.document = document
        self.past: dict[str, bool] = {}  # days that were asked for (ISO 8601), and whether they were over
        self._setting = setting

    @cached_property
    def profile(self) -> Profile | None:
        """What kind of article this is, if somebody says so."""
        return cast("Profile | None", self._said("healthlint.profile")) or self._setting.profile

    @cached_property
    def dose_style(self) -> DoseStyle | None:
        """Whose way of writing doses the article follows, if somebody says so."""
        return cast("DoseStyle | None", self._said("healthlint.dose-style")) or self._setting.dose_style

    def _said(self, name: str) -> str | None:
        """What the front matter says of itself, if that is one of the choices."""
        values = (field.value for field in self.document.fields if field.name == name)
        return next((value for value in values if value in FIELDS[name]), None)

    def is_past(self, day: date) -> bool:
        """Whether a day is over."""
        is_past = self.past[day.isoformat()] = self._setting.is_past(day.isoformat())
        return is_past

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of the article, in order; none crosses a block. Headings, cells and items have theirs."""
        return tuple(
            Sentence(index, start, end, block.text[start:end], block.prose)
            for index, block in enumerate(self.document.blocks)
            if block.kind in PROSE
            for start, end in _spans(block.text)
        )

    def sentences_of(self, index: int) -> tuple[Sentence, ...]:
        """The sentences of the block at `index`."""
        return self._by_block.get(index, ())

    def place_of(self, sentence: Sentence) -> int:
        """The index of a sentence among those of its block."""
        return bisect_left(self.sentences_of(sentence.block), sentence.start, key=lambda other: other.start)

    @cached_property
    def _by_block(self) -> dict[int, tuple[Sentence, ...]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.block, []).append(sentence)
        return {index: tuple(sentences) for index, sentences in found.items()}

    def blocks_with(self, pattern: re.Pattern[str]) -> Sequence[int]:
        """The indices of the blocks in which a pattern can match at all, in order."""
        return self._blocks_with.of(pattern)

    def sentences_with(self, pattern: re.Pattern[str]) -> Iterator[Sentence]:
        """The sentences in which a pattern can match at all, in order."""
        return (self.sentences[index] for index in self._sentences_with.of(pattern))

    @cached_property
    def _blocks_with(self) -> Candidates:
        return Candidates(block.text for block in self.document.blocks)

    @cached_property
    def _sentences_with(self) -> Candidates:
        return Candidates(sentence.text for sentence in self.sentences)

    def block_of(self, sentence: Sentence) -> Block:
        """The block that a sentence stands in."""
        return self.document.blocks[sentence.block]

    def heading_of(self, index: int) -> Block | None:
        """The heading of the innermost section that holds the block at `index`."""
        heading = self._headings[index]
        return None if heading < 0 else self.document.blocks[heading]

    @cached_property
    def _headings(self) -> list[int]:
        found, current = [], -1
        for index, block in enumerate(self.document.blocks):
            if block.kind is Kind.HEADING:
                current = index
            found.append(current)
        return found

    @cached_property
    def topic_words(self) -> frozenset[str]:
        """The telling words of the article's title, lower case: what it is about goes by one of them."""
        titles = [field.value for field in self.document.fields if field.name == "title"]
        if self.document.title:
            titles.append(self.document.title.text)
        return frozenset(word for title in titles for word in re.findall(r"[^\W\d_]{4,}", title.lower()))

    def is_reference(self, index: int) -> bool:
        """Whether the block at `index` stands in a list of sources, where titles are quoted and nothing is claimed."""
        return index in self._reference_blocks

    @cached_property
    def _reference_blocks(self) -> frozenset[int]:
        return frozenset(References.of(self.document).list_blocks)

    def span_in(self, sentence: Sentence, start: int, end: int) -> Span:
        """The stretch of the file that `sentence.text[start:end]` stands for."""
        return self.block_of(sentence).prose.span(sentence.start + start, sentence.start + end)
