"""Sections that tell the points of an earlier one again, in other words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, combinations, takewhile

import msgspec

from healthlint.analysis.repetition.copied_text import Copy
from healthlint.analysis.repetition.copies import are_built_alike
from healthlint.analysis.repetition.numbers import is_figure
from healthlint.analysis.repetition.passages import Passage, Passages, are_alternatives
from healthlint.analysis.repetition.similarity import Overlap, Weights
from healthlint.analysis.repetition.titles import Agreement, Titles
from healthlint.analysis.repetition.topics import (
    is_about_questions,
    is_back_matter,
    is_imprint,
    is_introduction,
    is_recap,
)

# The odds from which a pair of passages counts, in nats, by how far their titles agree; tests/restated and the good
# articles of the corpus place them.
ENOUGH = {Agreement.NONE: 17.0, Agreement.TOPIC: 8.5, Agreement.SAME: 3.0, Agreement.OTHER: 21.0}
ENOUGH_WITHOUT_TITLE = 15.0  # where titles tell nothing: of parts, and of sections that share much
ENOUGH_OF_A_PARAGRAPH = 18.0  # other passages may mention what a paragraph tells
ENOUGH_SHARED = 0.2  # of the points of both
MUCH_SHARED = 0.33  # of the points of both: titles that say nothing of each other then matter less
ENOUGH_OF_A_SENTENCE = 24.0
ENOUGH_SHARED_BY_SENTENCES = 0.65
ENOUGH_OF_TWO_SUBJECTS = 60.0  # 'Ibuprofen' and 'Naproxen' share the course of their sections
ENOUGH_OF_AN_ANSWER = 18.0  # a question among others may come back to what a section tells
ENOUGH_OF_THE_GIST = 25.0  # of a long section, by a short answer
ENOUGH_OF_THE_LEAD = 25.0  # news say twice what they open with

_LEAST_POINTS = 4  # shared and telling
_LEAST_WORDS = 18
_SHORTEST_SENTENCE = 9  # words
_MOST_SENTENCES = 12  # of a paragraph that are compared with one another
_AS_LONG = 0.4  # of the words of the longer passage: a paragraph that tells again, and does not only mention
_IN_FULL = 1.25  # of the words of the lead: what a section tells at more length, the lead has only announced
_WHOLE_ANSWER = 0.75  # of the words of a section: an answer that tells all of it again
_GIST_OF_BOTH = 0.38  # of the points of both: a short answer that has all that a long section comes to
_FULL_OF_FIGURES = 4  # different ones in each of two passages
_SHARED_FIGURES = 0.33  # of those of the passage that has fewer
_FEW_PASSAGES = 24  # that have a point, for it to bring two passages together
_LEAST_COMMON = 3  # such points, ...
_COMMON_SHARE = 0.2  # ... and of the points of both


class Restatement(msgspec.Struct, frozen=True):
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

    def all(self) -> list[Restatement]:
        """The best earlier telling of every passage that has one, in the order of the later ones."""
        best: dict[Passage, Restatement] = {}
        least = min(ENOUGH.values())
        for earlier, later in self._candidates():
            told, again = self._told_by(earlier), self._told_by(later)
            overlap = self._weights.overlap(told, again)
            if overlap.share < ENOUGH_SHARED or overlap.odds < least or len(overlap.points) < _LEAST_POINTS:
                continue
            if later in best and overlap < best[later].overlap:
                continue
            if self._is_enough(earlier, later, overlap):
                best[later] = Restatement(earlier, later, overlap)
        return sorted(best.values(), key=lambda each: each.later.span)

    def sentences(self) -> Iterator[Copy]:
        """The sentences that tell again what one of their own paragraph has told."""
        tellings = self.passages.tellings
        for block in range(len(self.passages.document.blocks)):
            within = self.passages.within(block, block + 1)
            long = [at for at in within if len(tellings[at].words) >= _SHORTEST_SENTENCE and self._is_own(at)]
            told = {at: frozenset(tellings[at].points) for at in long[:_MOST_SENTENCES] if len(long) > 1}
            for first, second in combinations(told, 2):
                if len(told[first] & told[second]) >= _LEAST_POINTS and self._is_told_again(first, second):
                    yield Copy(range(first, first + 1), range(second, second + 1), 1)

    def _is_told_again(self, first: int, second: int) -> bool:
        earlier, later = self.passages.tellings[first], self.passages.tellings[second]
        overlap = self._weights.overlap(Counter(earlier.points), Counter(later.points))
        is_again = overlap.odds >= ENOUGH_OF_A_SENTENCE and overlap.share >= ENOUGH_SHARED_BY_SENTENCES
        return is_again and not are_built_alike(earlier.words, later.words)

    def points(self, start: int, end: int) -> Counter[str]:
        """What `blocks[start:end]` tell, and how often; copied sentences and notices left out. Not to be changed."""
        if (start, end) not in self._kept:
            within = self.passages.within(start, end)
            self._kept[start, end] = Counter(chain.from_iterable(self._own_points[within.start : within.stop]))
        return self._kept[start, end]

    @cached_property
    def _own_points(self) -> Sequence[Sequence[str]]:
        """The points of every telling; none of those that do not count."""
        return [each.points if self._is_own(at) else () for at, each in enumerate(self.passages.tellings)]

    def words(self, start: int, end: int) -> int:
        """How many words of `blocks[start:end]` tell something of their own."""
        within = self.passages.within(start, end)
        return self._words_before[within.stop] - self._words_before[within.start]

    @cached_property
    def _words_before(self) -> Sequence[int]:
        tellings = self.passages.tellings
        own = (len(telling.words) if self._is_own(at) else 0 for at, telling in enumerate(tellings))
        return list(accumulate(own, initial=0))

    def _is_own(self, at: int) -> bool:
        return at not in self.copied and not self.passages.tellings[at].notice

    @cached_property
    def _weights(self) -> Weights:
        return Weights(self.points(passage.start, passage.end) for passage in self.passages.sections)

    @cached_property
    def _units(self) -> list[tuple[Passage, Counter[str]]]:
        """The passages that are long enough to repeat another, in order, and what they tell."""
        passages = self.passages
        whole = (*passages.sections, *passages.whole_sections)
        sections = (each for each in whole if not is_about_questions(each.title))
        found = [*sections, *passages.answers, *passages.paragraphs]  # of questions, each answer by itself
        own = {(each.start, each.end): each for each in reversed(found)}  # a section of one paragraph is a section
        long = [each for each in own.values() if self.words(each.start, each.end) >= _LEAST_WORDS]
        long.sort(key=lambda each: each.span)
        return [(each, self.points(each.start, each.end)) for each in long]

    def _candidates(self) -> Iterator[tuple[Passage, Passage]]:
        """Pairs of passages that share enough points, the earlier one first."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, (_, told) in enumerate(self._units):
            for point in told:
                places[point].append(number)
        few = (numbers for numbers in places.values() if 1 < len(numbers) <= _FEW_PASSAGES)
        common = Counter(chain.from_iterable(combinations(numbers, 2) for numbers in few))
        for (first, second), count in common.items():
            if count < _LEAST_COMMON:
                continue
            (earlier, one), (later, other) = self._units[first], self._units[second]
            enough = (count / _COMMON_SHARE) ** 2 >= len(one) * len(other)
            if enough and self._may_repeat(earlier, later):
                yield earlier, later

    def _may_repeat(self, earlier: Passage, later: Passage) -> bool:
        if earlier.holds(later) or later.holds(earlier) or earlier.end > later.start:
            return False
        if earlier.part or later.part:
            sizes = [self.words(each.start, each.end) for each in (earlier, later)]
            if earlier.section == later.section or min(sizes) < _AS_LONG * max(sizes):
                return False  # a paragraph goes on with what the one before it says
        if are_alternatives(earlier, later, self.passages):
            return False
        return earlier.section not in self.openings and later.section not in self.closings

    def _told_by(self, passage: Passage) -> Counter[str]:
        return self.points(passage.start, passage.end)

    def _is_enough(self, earlier: Passage, later: Passage, overlap: Overlap) -> bool:
        """Whether two passages have the odds that they must have, which are more where they have two subjects."""
        if overlap.odds < self._enough(earlier, later, overlap.share) or self._differ_in_figures(earlier, later):
            return False
        return overlap.odds >= ENOUGH_OF_TWO_SUBJECTS or not self.have_two_subjects(earlier, later)

    def _differ_in_figures(self, earlier: Passage, later: Passage) -> bool:
        """Whether both are full of figures and share few: two trials are told in the same terms."""
        told, again = ({point for point in self._told_by(each) if is_figure(point)} for each in (earlier, later))
        fewer = min(len(told), len(again))
        return fewer >= _FULL_OF_FIGURES and len(told & again) < _SHARED_FIGURES * fewer

    def _enough(self, earlier: Passage, later: Passage, share: float) -> float:
        """The odds that two passages of one subject must have: more where their likeness may have another reason."""
        has_title = not (earlier.part or later.part)  # and has its title for itself
        enough = ENOUGH_WITHOUT_TITLE
        if has_title:
            agreement = self._titles.agree(earlier, later)
            if agreement is not Agreement.NONE or share < MUCH_SHARED:
                enough = ENOUGH[agreement]
        if later.part:
            enough = max(enough, ENOUGH_OF_A_PARAGRAPH)
        told, again = (self.words(each.start, each.end) for each in (earlier, later))
        if self.passages.document.sections[earlier.section].level <= 1 and not earlier.question:
            enough = max(enough, ENOUGH_OF_THE_LEAD if again <= _IN_FULL * told else ENOUGH_OF_TWO_SUBJECTS)
        if self.passages.document.sections[later.section].parent == earlier.section:
            enough = max(enough, ENOUGH_OF_THE_LEAD)  # what a section opens with, its parts may tell at length
        if earlier.question != later.question:
            asked, section = (told, again) if earlier.question else (again, told)
            of_gist = ENOUGH_OF_THE_GIST if share >= _GIST_OF_BOTH else ENOUGH_OF_TWO_SUBJECTS
            enough = max(enough, ENOUGH_OF_AN_ANSWER if asked >= _WHOLE_ANSWER * section else of_gist)
        return enough

    def have_two_subjects(self, first: Passage, second: Passage, *, least: int = 0) -> bool:
        """Whether each passage is about something that its title names and the other passage does not."""
        points, others = (self.points(*self.passages.around(each)) for each in (first, second))
        return self._titles.name_two_subjects(first, second, points, others, least=least)

    @cached_property
    def openings(self) -> frozenset[int]:
        """The sections that open the article with its gist or lead into it."""
        first = takewhile(lambda told: is_recap(told[1]) or is_introduction(told[1]), self._told)
        return frozenset(section for section, _ in first)

    @cached_property
    def closings(self) -> frozenset[int]:
        """The sections that close the article with its gist or its imprint, those behind them passed over."""
        last = takewhile(lambda told: is_recap(told[1]) or is_back_matter(told[1]), reversed(self._told))
        return frozenset(section for section, title in last if is_recap(title) or is_imprint(title))

    @cached_property
    def _told(self) -> Sequence[tuple[int, str]]:
        """The sections that tell something under their title, and their titles; the article's own is left out."""
        sections = self.passages.document.sections
        return [
            (passage.section, passage.title)
            for passage in self.passages.sections
            if sections[passage.section].level > 1 and self.passages.within(passage.start, passage.end)
        ]
