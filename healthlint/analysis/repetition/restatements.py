"""Sections that tell the points of an earlier one again, in other words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, takewhile

from healthlint.analysis.repetition.concepts import points
from healthlint.analysis.repetition.passages import Passage, Passages, Telling
from healthlint.analysis.repetition.similarity import NOTHING, Overlap, Weights
from healthlint.analysis.repetition.titles import Agreement, Titles
from healthlint.analysis.repetition.topics import is_back_matter, is_introduction, is_recap
from healthlint.documents.document import Kind, Span

# A pair of passages counts when its share reaches one of these, by how far their titles agree. In good articles nearly
# all pairs stay below .30, and the highest is at .40; restatements begin at .43, with a topic in the titles at .34.
ENOUGH = {Agreement.NONE: 0.41, Agreement.TOPIC: 0.33, Agreement.SAME: 0.22}
WORTH_A_LOOK = {Agreement.NONE: 0.2, Agreement.TOPIC: 0.2, Agreement.SAME: 0.1}  # main paragraphs may share more
ENOUGH_OF_TWO_SUBJECTS = 0.8  # 'Ibuprofen' and 'Naproxen' share the course of their sections
ENOUGH_OF_AN_ANSWER = 0.8  # a question among others may come back to what a section tells

_COMMON_PART = 0.12  # of the points of the shorter passage
_LEAST_WEIGHT = {Agreement.NONE: 16.0, Agreement.TOPIC: 16.0, Agreement.SAME: 12.0}
_LEAST_POINTS = {Agreement.NONE: 5, Agreement.TOPIC: 4, Agreement.SAME: 3}
_LEAST_WORDS = 18
_MAIN_PART = 0.5  # of a section's words: a paragraph that is the section, all but a few sentences
_GOOD_PART = 0.3  # of the earlier section: more than a mention of what is told in full later
_FEW_SECTIONS = 12  # that have a point, for it to bring two passages together
_LEAST_COMMON = 4  # such points


@dataclass(frozen=True, slots=True)
class Restatement:
    """A passage that tells again what an earlier one told."""

    earlier: Passage
    later: Passage
    overlap: Overlap


class Restatements:
    """Looks for restated sections among the passages of an article."""

    def __init__(self, passages: Passages, titles: Titles, copied: Collection[int]) -> None:
        """`copied` are the tellings that stand earlier word for word: they are no sign of other words."""
        self.passages = passages
        self._titles = titles
        self.copied = frozenset(copied)
        self._kept: dict[tuple[int, int], Counter[str]] = {}
        self._points_by_sentence: dict[Span, list[str]] = {}

    def all(self) -> list[Restatement]:
        """The best earlier telling of every passage that has one, in the order of the later ones."""
        best: dict[Passage, Restatement] = {}
        for earlier, later in self._candidates():
            agreement = self._titles.agree(earlier, later)
            overlap = self._overlap(earlier, later, agreement)
            if overlap.share < ENOUGH[agreement] or (later in best and overlap < best[later].overlap):
                continue
            if overlap.share >= self._more_than_enough(earlier, later):
                best[later] = Restatement(earlier, later, overlap)
        return sorted(best.values(), key=lambda each: each.later.span)

    def points(self, start: int, end: int) -> Counter[str]:
        """What `blocks[start:end]` tell, and how often; copied sentences and notices left out. Not to be changed."""
        if (start, end) not in self._kept:
            tellings = (self.passages.tellings[at] for at in self.passages.within(start, end) if self._is_own(at))
            self._kept[start, end] = Counter(chain.from_iterable(map(self._points_of, tellings)))
        return self._kept[start, end]

    def words(self, start: int, end: int) -> int:
        """How many words of `blocks[start:end]` tell something of their own."""
        tellings = self.passages.tellings
        return sum(len(tellings[at].words) for at in self.passages.within(start, end) if self._is_own(at))

    def _is_own(self, at: int) -> bool:
        return at not in self.copied and not self.passages.tellings[at].notice

    def _points_of(self, telling: Telling) -> list[str]:
        key = telling.sentence.span
        if key not in self._points_by_sentence:
            self._points_by_sentence[key] = points(telling.sentence.text)
        return self._points_by_sentence[key]

    @cached_property
    def _weights(self) -> Weights:
        return Weights(self.points(passage.start, passage.end) for passage in self.passages.sections)

    @cached_property
    def _units(self) -> list[tuple[Passage, Counter[str]]]:
        """The passages that are long enough to repeat another, in order, and what they tell."""
        passages = self.passages
        found = [*passages.sections, *passages.whole_sections, *passages.answers]
        long = [each for each in found if self.words(each.start, each.end) >= _LEAST_WORDS]
        long.sort(key=lambda each: each.span)
        return [(each, self.points(each.start, each.end)) for each in long]

    def _candidates(self) -> Iterator[tuple[Passage, Passage]]:
        """Pairs of passages that share some points that few others have, the earlier one first."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, (_, told) in enumerate(self._units):
            for point in told:
                places[point].append(number)
        common: Counter[tuple[int, int]] = Counter()
        for numbers in places.values():
            if len(numbers) <= _FEW_SECTIONS:
                common.update(combinations(numbers, 2))
        for (first, second), count in common.items():
            (earlier, one), (later, other) = self._units[first], self._units[second]
            enough = count >= max(_LEAST_COMMON, _COMMON_PART * min(len(one), len(other)))
            if enough and self._may_repeat(earlier, later):
                yield earlier, later

    def _may_repeat(self, earlier: Passage, later: Passage) -> bool:
        if earlier.holds(later) or later.holds(earlier) or earlier.end > later.start:
            return False
        if self.passages.document.sections[earlier.section].level == 1:
            return False  # the lead of the article, told in full later
        return earlier.section not in self.openings and later.section not in self.closings

    def _overlap(self, earlier: Passage, later: Passage, agreement: Agreement) -> Overlap:
        """The largest overlap of the passages or their main paragraphs that carries enough points."""
        whole = self._overlap_of((earlier.start, earlier.end), (later.start, later.end))
        if whole.share < WORTH_A_LOOK[agreement]:
            return NOTHING
        found = [
            self._overlap_of(first, second)
            for first in self._stretches(earlier, _GOOD_PART)
            for second in self._stretches(later, _MAIN_PART)
        ]
        least, fewest = _LEAST_WEIGHT[agreement], _LEAST_POINTS[agreement]
        solid = [each for each in found if each.weight >= least and len(each.points) >= fewest]
        return max(solid, default=NOTHING)

    def _overlap_of(self, first: tuple[int, int], second: tuple[int, int]) -> Overlap:
        return self._weights.overlap(self.points(*first), self.points(*second))

    def _stretches(self, passage: Passage, part: float) -> list[tuple[int, int]]:
        """The passage, and its paragraphs that have that part of its words."""
        least = max(_LEAST_WORDS, part * self.words(passage.start, passage.end))
        paragraphs = [
            (index, index + 1)
            for index in range(passage.start, passage.end)
            if self.passages.document.blocks[index].kind is Kind.PARAGRAPH and self.words(index, index + 1) >= least
        ]
        return [(passage.start, passage.end), *paragraphs]

    def _more_than_enough(self, earlier: Passage, later: Passage) -> float:
        """The share that two passages must have whose likeness may have another reason."""
        if earlier.question != later.question:
            return ENOUGH_OF_AN_ANSWER
        return ENOUGH_OF_TWO_SUBJECTS if self.have_two_subjects(earlier, later) else 0.0

    def have_two_subjects(self, first: Passage, second: Passage) -> bool:
        """Whether each passage is about something that its title names and the other passage does not."""
        points, others = self.points(first.start, first.end), self.points(second.start, second.end)
        return self._titles.name_two_subjects(first, second, points, others)

    @cached_property
    def openings(self) -> frozenset[int]:
        """The sections that open the article with its gist or lead into it."""
        first = takewhile(lambda told: is_recap(told[1]) or is_introduction(told[1]), self._told)
        return frozenset(section for section, _ in first)

    @cached_property
    def closings(self) -> frozenset[int]:
        """The sections that close the article with its gist, those behind them passed over."""
        last = takewhile(lambda told: is_recap(told[1]) or is_back_matter(told[1]), reversed(self._told))
        return frozenset(section for section, title in last if is_recap(title))

    @cached_property
    def _told(self) -> Sequence[tuple[int, str]]:
        """The sections that tell something under their title, and their titles; the article's own is left out."""
        sections = self.passages.document.sections
        return [
            (passage.section, passage.title)
            for passage in self.passages.sections
            if sections[passage.section].level > 1 and self.passages.within(passage.start, passage.end)
        ]
