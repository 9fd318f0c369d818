"""What supports a claim where it stands: a citation in its sentence, paragraph, list or table row, and how well.

Every way in which articles cite counts: links, addresses, footnotes, [4], (1), 'reference 2', superscripts,
(Author, 2019), DOI, PMID, NCT numbers, full references in the text, and a line 'Sources: ...' under a section.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import IntEnum
from functools import cached_property

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.bodies import bodies
from healthlint.analysis.identifiers import is_findable
from healthlint.analysis.once import once
from healthlint.analysis.references import Mark, References
from healthlint.analysis.source_lists import is_entry
from healthlint.analysis.source_notes import markers
from healthlint.analysis.source_quality import is_weak_target
from healthlint.documents.document import Block, Kind, Link, LinkKind


class Evidence(IntEnum):
    """How well a claim is supported where it stands."""

    NONE = 0
    WEAK = 1  # a reference list without marks in the text, or a source that is named and not easy to find
    STRONG = 2


_SOURCE_LINE = re.compile(r"\W{0,3}(?:sources?|references?|adapted from|based on|data from|from)\b", re.IGNORECASE)
_SUMMING_UP = re.compile(r"(?:these|this|the (?:list|table|figures|steps))\b", re.IGNORECASE)
# A superscript that an export set on the line: 'half of them recover.3 The others'.
_FLATTENED = re.compile(
    r"(?<=[a-z)’'\"])[.,;](?P<number>\d{1,2})(?:[,–-]\d{1,2})*(?=\s+[A-Z\"“(]|\s*$|(?:(?<=,\d)|(?<=,\d\d))\s[a-z])"
)
_REFERENCE_MARK = re.compile(r"\W{0,2}\d{1,3}\W{0,2}$")
_WORD = re.compile(r"[^\W_]+")
# A sentence that opens with one of these goes on about what was cited before it.
_GOES_ON = frozenset(
    """it its they their them this these that those such he she his her both neither either same overall trial study
    review analysis researchers authors participants effect effects results result group groups differences""".split()
)
# Wherever one of these stands, results are told: 'After a year, those given the drug ...'.
_OF_STUDY = frozenset(
    """participants placebo sham dummy group groups arm arms those trial trials volunteers enrolled randomised
    randomized follow-up followup baseline""".split()
)
_LISTED = (Kind.CELL, Kind.ITEM)
_REACH = 40  # sentences, cells or blocks: what is cited farther away supports nothing
_OPENING = 120  # characters that hold the first words of a sentence


def evidence_for(analysis: Analysis, sentence: Sentence) -> Evidence:
    """How well a sentence is supported by what is cited in and around it."""
    return _Citations.of(analysis).around(sentence)


# what says one thing more, which the source of the one before need not hold
_ADDS = re.compile(
    r"\W*(?:it|this|they|these"
    r"|the (?!trial|stud|review|author|researcher|report|analys|paper|investigator|team|group)\w+)"
    r" (?:also|furthermore|moreover|further|besides)\b"
    r"(?! (?:found|finds|show|report|saw|noted|suggest|observ|look|conclud))",
    re.IGNORECASE,
)


def goes_on(text: str) -> bool:
    """Whether a sentence goes on about what an earlier, cited sentence of its paragraph said.

    It does if its subject is a pronoun, the study or those in it.
    """
    words = [word.lower() for word in _WORD.findall(text[:_OPENING])]
    return any(word in _GOES_ON for word in words[:3]) or not _OF_STUDY.isdisjoint(words[:12])


def is_on_same(text: str, cited: str) -> bool:
    """Whether a sentence opens with something that an earlier, cited sentence of its paragraph named."""
    words = [word.lower() for word in _WORD.findall(text[:_OPENING])]
    before = {word.lower() for word in _WORD.findall(cited)}
    return any(len(word) > 3 and word in before for word in words[:4])


def _has_flattened(analysis: Analysis) -> bool:
    """Whether an article's superscripts stand on the line: there are two or more, and they count from 1."""
    found = [int(mark["number"]) for block in analysis.document.blocks for mark in _FLATTENED.finditer(block.text)]
    return len(found) > 1 and 1 in found


class _Citations:
    """What an article cites and where; each block is looked at once. Use `_Citations.of`."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._blocks = analysis.document.blocks
        self._anchors = analysis.document.anchors
        self._references = References.of(analysis.document)
        self._has_flattened = _has_flattened(analysis)
        self._by_sentence: dict[int, list[Evidence]] = {}
        self._frames: dict[int, tuple[int, ...]] = {}

    @staticmethod
    @once
    def of(analysis: Analysis) -> _Citations:
        """The citations of an article."""
        return _Citations(analysis)

    def around(self, sentence: Sentence) -> Evidence:
        """The best evidence in the sentence, in its block, and in the blocks that belong to it.

        A sentence with a note that its source is still to be found has none, whatever is cited behind it.
        """
        best = self._in_block(sentence)
        if best > self._of(sentence.block)[self._analysis.place_of(sentence)] and self._lacks_source(sentence):
            return Evidence.NONE
        for index in self._companions(sentence.block):
            best = max(best, *self._of(index), Evidence.NONE)
        if best is Evidence.NONE and self._has_unmarked_references:
            return Evidence.WEAK
        return best

    def _lacks_source(self, sentence: Sentence) -> bool:
        notes = markers(self._blocks[sentence.block])
        return any(sentence.start <= start < sentence.end for start, _ in notes)

    def _in_block(self, sentence: Sentence) -> Evidence:
        """What is cited in the sentence, after it, or before it in a sentence that it goes on from."""
        place, cited = self._analysis.place_of(sentence), self._of(sentence.block)
        best = max(cited[place : place + _REACH], default=Evidence.NONE)
        own = self._analysis.sentences_of(sentence.block)
        for at in range(max(0, place - _REACH), place):
            if cited[at] <= best:
                continue
            adds = _ADDS.match(sentence.text)
            if goes_on(sentence.text) and not adds:
                best = cited[at]
            elif adds or is_on_same(sentence.text, own[at].text):
                best = max(best, Evidence.WEAK)
        return best

    def _of(self, index: int) -> list[Evidence]:
        """What is cited in each sentence of a block."""
        if index not in self._by_sentence:
            self._by_sentence[index] = self._cited(index)
        return self._by_sentence[index]

    def _cited(self, index: int) -> list[Evidence]:
        block, sentences = self._blocks[index], self._analysis.sentences_of(index)
        if not sentences:
            return []  # code and the like cites nothing, whatever its brackets hold
        starts = [sentence.start for sentence in sentences]
        found = [Evidence.NONE for _ in sentences]
        linked: set[int] = set()
        for mark in self._references.marks(block):
            at = max(0, bisect_right(starts, mark.start) - 1)
            found[at] = max(found[at], self._worth(mark))
        for link in block.links:
            at = max(0, bisect_right(starts, link.start) - 1)
            linked.add(at)
            if self._supports(block, link):
                found[at] = Evidence.STRONG
        for at, sentence in enumerate(sentences):
            flattened = self._has_flattened and _FLATTENED.search(sentence.text)
            if found[at] < Evidence.STRONG and (flattened or self._names_source(sentence.text, linked=at in linked)):
                found[at] = Evidence.STRONG
        return found

    def _worth(self, mark: Mark) -> Evidence:
        """How well a mark supports its sentence: not at all if its sources are social posts or shops."""
        if not mark.resolved:
            return Evidence.WEAK if mark.kind == "author" else Evidence.NONE
        targets = [
            [link.target for link in self._blocks[entry.block].links if link.kind is not LinkKind.NOTE]
            for entry in self._references.cited_by(mark)
        ]
        is_weak = bool(targets) and all(each and all(map(is_weak_target, each)) for each in targets)
        return Evidence.NONE if is_weak else Evidence.STRONG

    def _supports(self, block: Block, link: Link) -> bool:
        """Whether a link is a citation: to a page that can serve as a source, or to an entry of the reference list."""
        if link.target.startswith("#"):
            return link.target[1:] in self._anchors and bool(_REFERENCE_MARK.match(block.text[link.start : link.end]))
        if link.kind in (LinkKind.NOTE, LinkKind.IMAGE):
            return False
        return link.target.startswith(("http://", "https://", "www.")) and not is_weak_target(link.target)

    def _names_source(self, text: str, *, linked: bool) -> bool:
        """Whether a sentence holds a full reference or an identifier, or names a body that the reference list has."""
        if not linked and is_findable(text):
            return True
        return bool(self._references.entries) and any(
            self._references.entries_naming(body.text) for body in bodies(text)
        )

    def _companions(self, index: int) -> Iterator[int]:
        """The blocks whose citations hold for this one, too: its row, what frames its list, a line 'Source: ...'."""
        block = self._blocks[index]
        around = range(max(0, index - _REACH), min(len(self._blocks), index + _REACH))
        if block.kind is Kind.CELL:
            yield from (at for at in around if at != index and self._is_in_row(at, block.group))
        if block.kind in _LISTED:
            yield from self._frame(index)
        elif self._is_credit(index + 1) or (
            block.quoted and index + 1 < len(self._blocks) and not self._blocks[index + 1].quoted
        ):
            yield index + 1
        yield from self._source_lines(index)

    def _is_in_row(self, index: int, group: int) -> bool:
        return self._blocks[index].kind is Kind.CELL and self._blocks[index].group == group

    def _frame(self, index: int) -> tuple[int, ...]:
        """What stands right before and right after the list or table that holds a block."""
        if index not in self._frames:
            first = last = index
            while first > 0 and self._blocks[first - 1].kind in _LISTED:
                first -= 1
            while last < len(self._blocks) - 1 and self._blocks[last + 1].kind in _LISTED:
                last += 1
            frame = tuple(self._framing(first - 1, last + 1))
            self._frames.update(dict.fromkeys(range(first, last + 1), frame))
        return self._frames[index]

    def _framing(self, before: int, after: int) -> Iterator[int]:
        if before >= 0 and self._blocks[before].kind in (Kind.CAPTION, Kind.PARAGRAPH):
            yield before
        if after < len(self._blocks):
            block = self._blocks[after]
            sums_up = block.kind is Kind.PARAGRAPH and _SUMMING_UP.match(block.text)
            if block.kind is Kind.CAPTION or sums_up or _SOURCE_LINE.match(block.text) or self._is_credit(after):
                yield after

    def _is_credit(self, index: int) -> bool:
        """Whether a paragraph does nothing but cite, and so speaks for what stands right before it."""
        if index >= len(self._blocks) or index in self._references.list_blocks:
            return False
        return self._blocks[index].kind is Kind.PARAGRAPH and is_entry(self._blocks[index])

    def _source_lines(self, index: int) -> Iterator[int]:
        """The paragraphs 'Source: ...' under the same heading, after the block."""
        for at in range(index + 1, min(len(self._blocks), index + _REACH)):
            block = self._blocks[at]
            if block.kind is Kind.HEADING:
                return
            if block.kind in (Kind.PARAGRAPH, Kind.CAPTION) and _SOURCE_LINE.match(block.text):
                yield at

    @cached_property
    def _has_unmarked_references(self) -> bool:
        """Whether the article lists findable references and never says what each of them supports."""
        references = self._references
        if not any(entry.cited and entry.findable for entry in references.entries):
            return False
        text = (block for index, block in enumerate(self._blocks) if index not in references.list_blocks)
        return not any(references.marks(block) for block in text)
