"""What headings say: whether two are the same, and whether the sections under them have one subject."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cached_property, lru_cache
from itertools import chain

from healthlint.analysis.drugs import Known
from healthlint.analysis.repetition.concepts import meaning, points, stemmed
from healthlint.analysis.repetition.passages import Passage, Passages
from healthlint.analysis.repetition.topics import topics_of
from healthlint.analysis.topic import mentions

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBERED = re.compile(r"^\s*(?:\w{1,8}\s)?[\divxIVX.]{1,6}[.):-]+\s")
_LINKING = frozenset(
    "a an the this that these those of in on at to for from by and or with is are was do does did can could i you we "
    "it your my our their its be have s after before when".split()
)
_LONGEST_NAME = 4  # words
_MAIN_SUBJECT = 3  # times as often as in a passage that only mentions it
_ASKING = frozenset("what why how when who which where".split())
_FILLING = _ASKING | frozenset(
    "treat relieve control improve reduce potenti possibl understand guid about know need should take more all it it's "
    "i you we do can be have get that".split()
)  # words that a title has for its own sake, or that say how a condition is dealt with
_TIMES = frozenset("before during after afterwards while".split())  # of a treatment, an operation, a flight


class Agreement(Enum):
    """How far two titles ask for the same section."""

    SAME = "same"
    TOPIC = "topic"  # a telling word in both, or one of the usual topics
    NONE = "none"
    OTHER = "other"  # each asks for another of the usual topics


class Titles:
    """The headings of an article, compared with one another."""

    def __init__(self, passages: Passages) -> None:
        self.passages = passages
        self.document = passages.document

    def repeated(self) -> list[tuple[int, int]]:
        """Headings that stand twice at one level and place, as indexes into `Document.sections`, the earlier first."""
        groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, words in enumerate(self._words):
            if words:
                section = self.document.sections[number]
                groups[section.level, section.parent, words - self._title_words or words].append(number)
        found = [(group[0], later) for group in groups.values() for later in group[1:]]
        return sorted(pair for pair in found if self._are_same(*pair) and not self._is_template(*pair))

    def agree(self, first: Passage, second: Passage) -> Agreement:
        """How far two titles ask for the same section."""
        one, other = self._asks_for(first), self._asks_for(second)
        apart, own = one ^ other, (one & other) - self._title_points
        are_parts = one <= other or other <= one
        if (one and _meaning_of(first) == _meaning_of(second)) or (own and are_parts and apart <= self._title_points):
            return Agreement.SAME
        if _is_name(first.title) and _is_name(second.title) and one - other and other - one:
            return Agreement.NONE  # 'Loading protocol' and 'Standard protocol'
        if _are_of_two_times(first.title, second.title):
            return Agreement.OTHER
        topics, others = topics_of(first.title), topics_of(second.title)
        if own or topics & others:
            return Agreement.TOPIC
        return Agreement.OTHER if topics and others else Agreement.NONE

    def name_two_subjects(
        self, first: Passage, second: Passage, told: Counter[str], other: Counter[str], *, least: int = 0
    ) -> bool:
        """Whether each title names something that the other passage does not speak of, given what both tell.

        A passage may go without its own name, unless it is to be told at `least` so often.
        """
        one, two = self._chains(first, second)
        are_names = _is_name(one[-1]) and _is_name(two[-1])
        if are_names and one[0].casefold() == two[0].casefold() and one[1:] != two[1:]:
            return True  # 'Side effects' of one drug and of another
        if are_names and _words(one[-1]).isdisjoint(_words(two[-1])) and self._have_the_same_parts(one[-1], two[-1]):
            return True  # 'H2 blockers' and 'Proton pump inhibitors', each with its 'How they work'
        if _differ_in_one_place(one[0], two[0]) or _differ_in_numbers(one[0], two[0]):
            return True  # 'Adults' and 'Children', 'At 2 months' and 'At 4 months', '0.6 to 1.4' and '1.5 to 2.9'
        drugs, other_drugs = _drugs_of(one), _drugs_of(two)
        if drugs and other_drugs and drugs.isdisjoint(other_drugs):
            return True  # 'If you take apixaban' and 'If you take edoxaban'
        names, others = _points_of(one) - _points_of(two), _points_of(two) - _points_of(one)
        least, times = (least, 1) if are_names else (2, _MAIN_SUBJECT)
        return _speaks_of(names, told, other, least, times) and _speaks_of(others, other, told, least, times)

    def _have_the_same_parts(self, first: str, second: str) -> bool:
        """Whether the sections with two titles have the same ones inside: a course that is gone through for each."""
        one, two = ([part for title, part in self._parts if title == each] for each in (first, second))
        return one == two != []

    @cached_property
    def _parts(self) -> list[tuple[str, str]]:
        """The titles of all sections inside another, without numbers, the other's title before each."""
        return [
            (_NUMBERED.sub("", self._title_of(section.parent)), _NUMBERED.sub("", self._title_of(number)))
            for number, section in enumerate(self.document.sections)
            if section.parent is not None
        ]

    def _chains(self, first: Passage, second: Passage) -> tuple[list[str], list[str]]:
        """The titles of two passages and of the sections around each that are not around the other, innermost first."""
        one, two = self._chain(first), self._chain(second)
        while len(one) > 1 and len(two) > 1 and one[-1] == two[-1]:
            one.pop()
            two.pop()
        return one, two

    def _chain(self, passage: Passage) -> list[str]:
        """A passage's title and those of the sections around it, without numbers, the article's own left out."""
        sections, blocks = self.document.sections, self.document.blocks
        titles = [passage.title]
        is_section = sections[passage.section].start + 1 == passage.start
        parent = sections[passage.section].parent if is_section else passage.section
        while parent is not None and sections[parent].level > 1 and sections[parent].heading is not None:
            titles.append(blocks[sections[parent].start].text)
            parent = sections[parent].parent
        return [_NUMBERED.sub("", title) for title in titles]

    @cached_property
    def _title_points(self) -> frozenset[str]:
        """The points of the article's own title: they are in many headings."""
        title = self.document.title
        return meaning(title.text, near=True) if title else frozenset()

    @cached_property
    def _title_words(self) -> frozenset[str]:
        title = self.document.title
        return _words(title.text) if title else frozenset()

    def _asks_for(self, passage: Passage) -> frozenset[str]:
        return _meaning_of(passage) - _FILLING

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        """For every section, the words of its heading without its number and the little ones."""
        return [self._words_of(section.heading) for section in self.document.sections]

    def _words_of(self, index: int | None) -> frozenset[str]:
        if index is None:
            return frozenset()
        heading = self.document.blocks[index]
        number = heading.ordinal.text if heading.ordinal else ""
        return _words(heading.text.removeprefix(number))

    def _are_same(self, first: int, second: int) -> bool:
        """Whether two headings differ in nothing, or one only leaves out what the article's title says."""
        one, other = self._words[first], self._words[second]
        apart = one ^ other
        if _are_of_two_times(self._title_of(first), self._title_of(second)):
            return False
        if not (one <= other or other <= one) or not apart <= self._title_words:
            return not apart
        own = (one & other) - self._title_words - _ASKING
        return not apart or len(own) > 1 or (len(own) == len(apart) == 1)

    def _is_template(self, first: int, second: int) -> bool:
        """Whether the two belong to a course of headings that is gone through again and again."""
        if self._follows_heading(first) and self._follows_heading(second):
            return True
        before, there = self._title_before(first), self._title_before(second)
        if before != there and _is_name(before) and _is_name(there):
            return True
        return any(self._beside(first, step) == self._beside(second, step) != frozenset() for step in (-1, 1))

    def _beside(self, number: int, step: int) -> frozenset[str]:
        at = number + step
        return self._words[at] if 0 <= at < len(self._words) else frozenset()

    def _title_before(self, number: int) -> str:
        return self._title_of(number - 1) if number else ""

    def _title_of(self, number: int) -> str:
        heading = self.document.sections[number].heading
        return self.document.blocks[heading].text if heading is not None else ""

    def _follows_heading(self, number: int) -> bool:
        """Whether a heading stands right under another of its level: it is one below that in all but its looks."""
        sections = self.document.sections
        before = sections[number - 1] if number else None
        return before is not None and before.level == sections[number].level and before.own_end == before.start + 1


def _meaning_of(passage: Passage) -> frozenset[str]:
    return meaning(_NUMBERED.sub("", passage.title), near=True)


def _are_of_two_times(first: str, second: str) -> bool:
    """Whether two titles are of what comes before and after: 'Before the operation', 'After it'."""
    one, two = (_TIMES.intersection(_WORD.findall(title.lower())) for title in (first, second))
    return bool(one and two) and one.isdisjoint(two)


def _drugs_of(titles: Sequence[str]) -> frozenset[Known]:
    return frozenset(mention.known for title in titles for mention in mentions(title))


def _points_of(titles: Sequence[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(_points_of_title, titles)))


@lru_cache(maxsize=2_000)
def _points_of_title(title: str) -> frozenset[str]:
    return frozenset(points(title))


def _is_name(title: str) -> bool:
    """Whether a title is nothing but a name: 'Naproxen', 'The reliever', 'Type I collagen'."""
    words = [word for word in _WORD.findall(title.lower()) if word not in ("the", "a", "an")]
    says_more = any(word in _LINKING or word in _ASKING for word in words)
    return 0 < len(words) <= _LONGEST_NAME and not says_more and not words[0].endswith("ing") and not topics_of(title)


def _differ_in_numbers(first: str, second: str) -> bool:
    """Whether two titles, their numbers as sections left out, are the same but for their figures."""
    one, two = (_NUMBERED.sub("", title).casefold() for title in (first, second))
    return one != two and _FIGURE.sub("#", one) == _FIGURE.sub("#", two)


def _differ_in_one_place(first: str, second: str) -> bool:
    """Whether two titles are the same but for one word of each, and those words name two things."""
    one, two = (_WORD.findall(title.lower()) for title in (first, second))
    if len(one) != len(two) or len(one) == 1:
        return False
    apart = [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]]
    if len(apart) != 1:
        return False
    meanings = [meaning(word, near=True) - _FILLING for word in apart[0]]
    return all(meanings) and meanings[0] != meanings[1] and not topics_of(apart[0][0]) & topics_of(apart[0][1])


def _speaks_of(names: AbstractSet[str], told: Counter[str], other: Counter[str], least: int, times: int) -> bool:
    """Whether a passage tells of something named, at least so often, and so many times as often as another."""
    return any(told[name] >= least and (told[name] > times * other[name] or not other[name]) for name in names)


def _words(text: str) -> frozenset[str]:
    return frozenset(stemmed(word.replace("’", "'")) for word in _WORD.findall(text.lower())) - _LINKING
