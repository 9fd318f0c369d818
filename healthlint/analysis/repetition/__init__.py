"""What an article says twice, each thing once: the largest part that is told again, and nothing inside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from healthlint.analysis import Analysis
from healthlint.analysis.once import once
from healthlint.analysis.repetition.concepts import surface
from healthlint.analysis.repetition.copied_text import CopiedText, Copy
from healthlint.analysis.repetition.items import items_again
from healthlint.analysis.repetition.passages import Passage, Passages
from healthlint.analysis.repetition.restatements import Restatement, Restatements
from healthlint.analysis.repetition.titles import Titles
from healthlint.analysis.repetition.topics import is_about_questions, is_recap
from healthlint.documents.document import Span

KINDS = ("section", "restatement", "heading", "paragraph", "sentence", "item")

_WHOLE = 0.6  # of the words of an enclosing section: told again in its parts
_LONG = 18  # words of a copy that no course accounts for
_MOST_POINTS = 6  # that a message names
_LONGEST_RECALLED = 16  # words that a closing may take over as they stand
_TURN = re.compile(  # a sentence that opens so is said to the reader, and is no part of a course of data
    r"(?:remember|so|and|but|yes|oh|after all|above all|in other words|either way|of course|as (?:always|ever)|again|"
    r"bottom line|the (?:good|bad) news|trust (?:me|us)|believe (?:me|us)|(?:please )?note|tip)\b",
    re.IGNORECASE,
)


class Repeat(msgspec.Struct, frozen=True):
    """A part of the article that an earlier part has told."""

    kind: str  # one of KINDS
    earlier: Span
    later: Span
    title: str  # of the earlier part; '' for one that has none
    shared: str  # what both have: 'dizzy, ankles, driving', '3 sentences', or the words themselves


class Repetition:
    """What is told twice in an article. Use `Repetition.of`, which looks once."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.passages = Passages.of(analysis)
        self._copied = CopiedText(self.passages)
        self._titles = Titles(self.passages)
        self._restated = Restatements(self.passages, self._titles, self._copied.sentences)

    @staticmethod
    @once
    def of(analysis: Analysis) -> Repetition:
        """The repetition in an analysis."""
        return Repetition(analysis)

    @cached_property
    def all(self) -> tuple[Repeat, ...]:
        """Every repeat, in the order of the article; none stands inside another but for items of one list."""
        sections = list(self._sections())
        taken = _outermost(repeat.later for repeat in sections)
        headings = [repeat for repeat in self._headings() if not _stands_in(repeat.later, taken)]
        paragraphs = [repeat for repeat in self._paragraphs() if not _stands_in(repeat.later, taken)]
        taken = _outermost([*taken, *(repeat.later for repeat in paragraphs)])
        sentences = [repeat for repeat in self._sentences() if not _stands_in(repeat.later, taken)]
        found = [*sections, *headings, *paragraphs, *sentences, *self._items()]
        return tuple(sorted(found, key=lambda repeat: (repeat.later, repeat.kind)))

    def of_kind(self, kind: str) -> Iterator[Repeat]:
        """The repeats of one of KINDS."""
        return (repeat for repeat in self.all if repeat.kind == kind)

    def _sections(self) -> Iterator[Repeat]:
        """Sections told again, an enclosing one in the place of its parts when most of it is."""
        found: dict[Passage, Repeat] = {}
        for restatement in self._restated.all():
            found[restatement.later] = self._restatement(restatement)
        for earlier, later, copy in self._copied_sections():
            found[later] = self._copy_of_section(earlier, later, copy)
        found |= self._enclosing(found)
        largest = set(_outermost(passage.span for passage in found))
        sources = {repeat.later: repeat for repeat in found.values()}
        for passage, repeat in found.items():
            if passage.span in largest:
                yield _from_the_first(repeat, sources)

    def _enclosing(self, found: Mapping[Passage, Repeat]) -> dict[Passage, Repeat]:
        """The sections most of which is told again in their parts, each with the repeat of its first part.

        Answers that tell again stay apart, for each may repeat another section.
        """
        enclosing = {}
        outermost = set(_outermost(passage.span for passage in found))
        parts = sorted((passage for passage in found if passage.span in outermost), key=lambda passage: passage.span)
        words = self.passages.words
        for whole in (*self.passages.sections, *self.passages.whole_sections):
            if is_about_questions(whole.title):
                continue
            first = bisect_left(parts, whole.span.start, key=lambda part: part.span.start)
            last = bisect_left(parts, whole.span.end, key=lambda part: part.span.start)
            told = sum(words(part.start, part.end) for part in parts[first:last])
            if whole not in found and told and told >= _WHOLE * words(whole.start, whole.end):
                enclosing[whole] = msgspec.structs.replace(found[parts[first]], later=whole.span)
        return enclosing

    def _copied_sections(self) -> Iterator[tuple[Passage, Passage, Copy]]:
        """Sections that are copies of earlier ones, with the earliest."""
        by_section: Mapping[int, list[Passage]] = self._by_section
        done: set[Passage] = set()
        for first, second in sorted(self._copied.pairs_of_sections):
            for earlier in by_section[first]:
                for later in by_section[second]:
                    if later in done or earlier.end > later.start:
                        continue
                    copy = self._copied.sections(earlier, later)
                    if copy and not self._restated.have_two_subjects(earlier, later):
                        done.add(later)
                        yield earlier, later, copy

    @cached_property
    def _by_section(self) -> dict[int, list[Passage]]:
        found: dict[int, list[Passage]] = defaultdict(list)
        for passage in (*self.passages.whole_sections, *self.passages.sections):
            found[passage.section].append(passage)
        return found

    def _restatement(self, restatement: Restatement) -> Repeat:
        earlier, later = restatement.earlier, restatement.later
        text = " ".join(block.text for block in self.analysis.document.blocks[later.start : later.end])
        shared = surface(text, restatement.overlap.points[:_MOST_POINTS])
        return Repeat("restatement", earlier.span, later.span, earlier.title, ", ".join(shared))

    def _copy_of_section(self, earlier: Passage, later: Passage, copy: Copy) -> Repeat:
        shared = f"{copy.shared} sentence{'s' if copy.shared > 1 else ''}"
        return Repeat("section", earlier.span, later.span, earlier.title, shared)

    def _headings(self) -> Iterator[Repeat]:
        sections, blocks = self.analysis.document.sections, self.analysis.document.blocks
        for first, second in self._titles.repeated():
            earlier, later = blocks[sections[first].start], blocks[sections[second].start]
            yield Repeat("heading", earlier.prose.span(), later.prose.span(), earlier.text, later.text)

    def _paragraphs(self) -> Iterator[Repeat]:
        for copy in self._copied.paragraphs():
            if not self._is_by_design(copy):
                yield self._copy("paragraph", copy, whole_blocks=True)

    def _sentences(self) -> Iterator[Repeat]:
        for copy in (*self._copied.worth_a_remark(), *self._copied.doubled(), *self._restated.sentences()):
            if not self._is_by_design(copy):
                yield self._copy("sentence", copy, whole_blocks=False)

    def _is_by_design(self, copy: Copy) -> bool:
        """Whether one place is the article's recap, or both belong to a course that several sections run through."""
        own = self._own_sections
        tellings, section_of = self.passages.tellings, self.passages.section_of
        first, second = (
            own.get(section_of[tellings[each.start].sentence.block]) for each in (copy.earlier, copy.later)
        )
        if not first or not second:
            return False
        restated = self._restated
        if is_recap(first.title) and first.section in restated.openings:
            return True
        length = sum(len(tellings[at].words) for at in copy.later)
        if second.section in restated.closings and not is_recap(first.title) and length < _LONGEST_RECALLED:
            return True
        is_short = length < _LONG
        is_said_to_reader = _TURN.match(tellings[copy.later.start].sentence.text)
        return is_short and not is_said_to_reader and restated.have_two_subjects(first, second, least=1)

    @cached_property
    def _own_sections(self) -> dict[int, Passage]:
        return {passage.section: passage for passage in self.passages.sections}

    def _copy(self, kind: str, copy: Copy, *, whole_blocks: bool) -> Repeat:
        earlier, later = (self.passages.tellings[each.start].sentence for each in (copy.earlier, copy.later))
        heading = self.analysis.heading_of(earlier.block)
        blocks = self.analysis.block_of
        spans = [blocks(each).prose.span() if whole_blocks else each.span for each in (earlier, later)]
        return Repeat(kind, spans[0], spans[1], heading.text if heading else "", "")

    def _items(self) -> Iterator[Repeat]:
        for again in items_again(self.analysis):
            yield Repeat("item", again.earlier, again.later, "", again.name)


def _from_the_first(repeat: Repeat, known: Mapping[Span, Repeat]) -> Repeat:
    """The repeat with the earliest telling in the place of one that is itself a repetition, and says as much."""
    while (source := known.get(repeat.earlier)) and source.kind in (repeat.kind, "section"):
        repeat = msgspec.structs.replace(repeat, earlier=source.earlier, title=source.title)
    return repeat


def _outermost(spans: Iterable[Span]) -> list[Span]:
    """The spans that are not part of another, in order."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not found or span.end > found[-1].end:
            found.append(span)
    return found


def _stands_in(span: Span, outermost: Sequence[Span]) -> bool:
    """Whether a span is part of one of the others."""
    at = bisect_right(outermost, span.start, key=lambda other: other.start) - 1
    return at >= 0 and span.end <= outermost[at].end
