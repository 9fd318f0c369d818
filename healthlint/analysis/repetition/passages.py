"""The parts of an article that can be told twice: sections, questions with their answers, paragraphs, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from sys import intern

import msgspec

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.once import once
from healthlint.analysis.repetition.concepts import forget, points
from healthlint.analysis.repetition.copies import words_of
from healthlint.analysis.repetition.topics import is_about_questions
from healthlint.documents.document import Block, Kind, Section, Span

_TOLD = frozenset({Kind.PARAGRAPH, Kind.ITEM})
_AROUND = frozenset({Kind.FURNITURE, Kind.TAG})  # stand behind the last section, and are no part of it
_NOTICE = re.compile(
    r"\b(?:general|background) information\b|\binformation(?:al)?(?: purposes?)? only\b|\beducational purposes\b|"
    r"\bno(?:t an?)? (?:substitute|replacement)\b|\b(?:not|never|nothing here) (?:meant to |intended to )?"
    r"(?:replace|substitute|take the place|stand in)|\bnot (?:constitute )?(?:medical|professional) advice\b|"
    r"\ball rights reserved\b|\b(?:reviewed|checked|updated|published|written) (?:by|on)\b|"
    r"\b(?:doctors?|nurses?|pharmacists?|gp)\b[^.]{0,60}\b(?:tell|advise|say|help|know)\b[^.]{0,40}\bright for you\b|"
    r"\baffiliate\b|\bcommission\b|\bsponsored\b|©|\(c\)|"
    r"\b(?:share|pin|tweet|post) (?:this|it|on)\b|\bopens in (?:a )?new (?:window|tab)\b|\bnewsletter\b|\bsubscribe\b",
    re.IGNORECASE,
)
_NOTIFYING = frozenset(  # one of these words stands in every notice
    "information informational educational substitute substituted substitutes replacement replace replaced replaces "
    "take stand advice reserved reviewed checked updated published written affiliate commission sponsored share pin "
    "tweet post opens newsletter subscribe c right".split()
)
_QUESTION = re.compile(r"[^.!?]{6,150}\?")
_CASES = frozenset(("if", "when", "for"))  # how the titles of passages begin that hold for one case each
_FIGURE = re.compile(
    r"\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|noon|midnight)\b", re.IGNORECASE
)
_SHORTEST_ANSWER = 10  # words
_SHORTEST_PARAGRAPH = 25  # words


class Telling(msgspec.Struct, frozen=True, eq=False):
    """A sentence that tells something: no heading, no source, no quotation of the article itself."""

    sentence: Sentence
    words: list[str]
    points: list[str]  # what it tells, as `concepts.points` names it
    notice: bool  # a disclaimer or an imprint, which may stand in several places


class Passage(msgspec.Struct, frozen=True):
    """A stretch of the article under a heading of its own, as indexes into `Document.blocks`."""

    title: str  # its heading or question
    start: int  # the first block under the title
    end: int  # after the last
    span: Span  # in the file, title included
    section: int  # index into `Document.sections` of the section that it is, or that holds it
    question: bool = False  # a question and its answer among others of the kind, or all of them
    part: bool = False  # a paragraph of its section

    def holds(self, other: Passage) -> bool:
        """Whether the other one is part of it."""
        return self.span.start <= other.span.start and other.span.end <= self.span.end


class Passages:
    """An article cut up for comparison."""

    def __init__(self, analysis: Analysis) -> None:
        forget()
        self.analysis = analysis
        self.document = analysis.document

    @staticmethod
    @once
    def of(analysis: Analysis) -> Passages:
        """The passages of an analysis."""
        return Passages(analysis)

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """All sentences that tell something, in order."""
        return tuple(
            telling_of(sentence)
            for index, block in enumerate(self.document.blocks)
            if block.kind in _TOLD and not block.quoted and not self.analysis.is_reference(index)
            for sentence in self.analysis.sentences_of(index)
        )

    @cached_property
    def _first_tellings(self) -> Sequence[int]:
        """For every block, and behind the last, how many tellings stand before it."""
        found, at = [], 0
        for index in range(len(self.document.blocks) + 1):
            while at < len(self.tellings) and self.tellings[at].sentence.block < index:
                at += 1
            found.append(at)
        return found

    def within(self, start: int, end: int) -> range:
        """Which tellings stand in `blocks[start:end]`, as indexes."""
        return range(self._first_tellings[start], self._first_tellings[end])

    def words(self, start: int, end: int) -> int:
        """How many words of `blocks[start:end]` tell something; notices do not."""
        first, last = self._first_tellings[start], self._first_tellings[end]
        return self._words_before[last] - self._words_before[first]

    @cached_property
    def _words_before(self) -> Sequence[int]:
        return list(accumulate((0 if each.notice else len(each.words) for each in self.tellings), initial=0))

    def around(self, passage: Passage) -> tuple[int, int]:
        """The blocks under the title of a passage: those of the section that a paragraph stands in."""
        section = self.document.sections[passage.section]
        return (section.start, section.own_end) if passage.part else (passage.start, passage.end)

    @cached_property
    def section_of(self) -> Sequence[int]:
        """For every block, the innermost section that holds it, as an index into `Document.sections`."""
        found = [0] * len(self.document.blocks)
        for number, section in enumerate(self.document.sections):
            for index in range(section.start, section.own_end):
                found[index] = number
        return found

    def sections_around(self, block: int) -> list[int]:
        """The sections that hold a block, the innermost first, as indexes into `Document.sections`."""
        found: list[int] = []
        number: int | None = self.section_of[block]
        while number is not None:
            found.append(number)
            number = self.document.sections[number].parent
        return found

    @cached_property
    def sections(self) -> tuple[Passage, ...]:
        """The sections under a heading, each up to the first section inside it."""
        return tuple(self._section(number, whole=False) for number in self._headed())

    @cached_property
    def whole_sections(self) -> tuple[Passage, ...]:
        """The sections that have others inside, with those; the title's is none of them."""
        sections = self.document.sections
        return tuple(
            self._section(number, whole=True)
            for number in self._headed()
            if sections[number].end > sections[number].own_end and sections[number].level > 1
        )

    @cached_property
    def answers(self) -> tuple[Passage, ...]:
        """The paragraphs that open with their question: 'Is it safe? For most people ...'."""
        blocks = self.document.blocks
        return tuple(
            Passage(match[0], index, index + 1, block.span, self.section_of[index], question=True)
            for index, block in enumerate(blocks)
            if block.kind in _TOLD and (match := _QUESTION.match(block.text))
            if len(block.text[match.end() :].split()) >= _SHORTEST_ANSWER
        )

    @cached_property
    def paragraphs(self) -> tuple[Passage, ...]:
        """The paragraphs that may be told again by themselves, each with the title of its section."""
        answers = {answer.start for answer in self.answers}
        return tuple(
            self._paragraph(index)
            for index, block in enumerate(self.document.blocks)
            if block.kind is Kind.PARAGRAPH and index not in answers
            if self.words(index, index + 1) >= _SHORTEST_PARAGRAPH
        )

    def _paragraph(self, index: int) -> Passage:
        number = self.section_of[index]
        section, blocks = self.document.sections[number], self.document.blocks
        title = "" if section.heading is None else blocks[section.heading].text
        question = self._is_question(section) or self._is_of_questions(section)
        return Passage(title, index, index + 1, blocks[index].span, number, question, part=True)

    def _headed(self) -> Iterator[int]:
        return (number for number, section in enumerate(self.document.sections) if section.heading is not None)

    def _section(self, number: int, *, whole: bool) -> Passage:
        section, blocks = self.document.sections[number], self.document.blocks
        end = section.end if whole else section.own_end
        heading: Block = blocks[section.start]
        last = max(block.span.end for block in blocks[section.start : end] if block.kind not in _AROUND)
        question = self._is_of_questions(section) if whole else self._is_question(section)
        return Passage(heading.text, section.start + 1, end, Span(heading.span.start, last), number, question)

    def _is_of_questions(self, section: Section) -> bool:
        """Whether it holds questions and their answers: 'FAQ', 'What patients ask'."""
        return section.heading is not None and is_about_questions(self.document.blocks[section.heading].text)

    def _is_question(self, section: Section) -> bool:
        parent = None if section.parent is None else self.document.sections[section.parent]
        return parent is not None and self._is_of_questions(parent)


def telling_of(sentence: Sentence) -> Telling:
    """A sentence with its words and points."""
    return Telling(sentence, *_told(sentence.text))


@lru_cache(maxsize=8192)  # sentences come again: in other articles, and as one types
def _told(text: str) -> tuple[list[str], list[str], bool]:
    """The words of a sentence, its points, and whether it is a notice. Not to be changed."""
    words = list(map(intern, words_of(text)))
    may_notify = not _NOTIFYING.isdisjoint(words) or "©" in text
    return words, points(text, words), may_notify and bool(_NOTICE.search(text))


def are_alternatives(first: Passage, second: Passage, passages: Passages) -> bool:
    """Whether the passages are for one case each, and other figures stand in them: 'If you are booked before noon'."""
    return are_cases(first.title, second.title) and _figures(first, passages) != _figures(second, passages)


def are_cases(title: str, other: str) -> bool:
    """Whether two titles name one case each: 'If you are booked before noon', 'If you are booked for later'."""
    words, others = title.lower().split(), other.lower().split()
    return words != others and words[:2] == others[:2] and bool(_CASES.intersection(words[:1]))


def _figures(passage: Passage, passages: Passages) -> list[str]:
    within = passages.within(passage.start, passage.end)
    tellings = passages.tellings[within.start : within.stop]
    return [figure for each in tellings for figure in _FIGURE.findall(each.sentence.text)]
