"""Contradictions: what an article says of one thing in two ways that cannot both be followed or both be true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import NamedTuple

import msgspec

from healthlint.analysis import Analysis, Sentence, stance, word_patterns
from healthlint.analysis.dose_roles import groups_in
from healthlint.analysis.drugs import entry
from healthlint.analysis.found import Found, overlap
from healthlint.analysis.instructing import clauses_around, is_forbidden
from healthlint.analysis.once import once
from healthlint.analysis.passages import lead_in, section_around
from healthlint.analysis.repetition.stems import stem
from healthlint.analysis.topic import mentions, topic_of
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Kind, Span
from healthlint.plain import shortened, squeezed

# of a heading: 'Heddi: the cap', '4. Heddi: the cap', with nothing but a number before it
_NAME_FIRST = re.compile(r"\W{0,3}(?:\d{1,2}[.)]\s)?(?P<name>\w{3,30})\s?:")
_TELLING = re.compile(r"[^\W\d_]{4,}")
# words of a clause that say nothing of which effect or illness it is about
_VAGUE = frozenset(
    """side effect effects disease disorder disorders condition conditions chronic severe acute adults children
    people patients symptoms symptom treatment treatments medicine medicines medication drug drugs tablet tablets dose
    doses problem problems most many some have been this that with from very quite also reported seen happen happens
    occur occurs among such they them their there when while which other approved licensed label labels used uses using
    taken take first second week weeks month months days daily caused cause causes food administration agency
    states united more less only about""".split()
)
# groups that word the advice itself ('taken with', 'prescription', 'if you are pregnant') and limit it to nobody
_NO_LIMIT = frozenset({"mix", "prescribed", "otc", "pregnant", "severe", "brief", "few", "woman", "ward", "weight"})
_SEVERAL = 3  # products in headings
_FORBIDS = re.compile(
    r"\b(?:not|don['’]t|never|avoid|mistakes?|myths?|wrong|errors?|don['’]ts|beware)\b[^.]{0,80}$", re.IGNORECASE
)


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of the ways: wordings that say so, and wordings that say so when they are forbidden or denied."""

    says: str  # the answer in a few words, for the message
    patterns: tuple[str, ...] = ()  # wordings that give this answer
    denied: tuple[str, ...] = ()  # wordings that give it when they are forbidden or denied
    firm: bool = False  # it holds in spite of an 'unless' or 'if' beside it


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that an article should answer one way only."""

    about: str  # the question in a few words, for the message
    sides: tuple[Side, Side]  # its two answers
    unless: tuple[str, ...] = ()  # wordings of a sentence that keep it from being an answer
    everybody: bool = False  # an answer is for all people and forms, so that a limited one contradicts it, too
    of: tuple[str, ...] = ()  # it is asked of these drugs only, by their names in the table
    shared: bool = False  # both answers must name one thing besides the drug: the same effect, or the same illness


_Said = tuple[int, str, frozenset[str], frozenset[str]]  # side, subject, groups and words of an answer


class _Answer(NamedTuple):
    """A sentence that answers a question."""

    side: int
    subject: str
    groups: frozenset[str]
    words: frozenset[str]  # the stems of what it names besides the drug and the words that answer
    sentence: Sentence
    span: Span


class _Reader:
    """The patterns of one question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._sides = [
            (side, Wordings(side.patterns, remembers=False), Wordings(side.denied, remembers=False))
            for side in question.sides
        ]
        self._unless = Wordings(question.unless, remembers=False)
        self.answers = lru_cache(maxsize=8192)(self._answers)  # sentences come again as one types

    @cached_property
    def bits(self) -> int:
        """Those of its sets of wordings, of which each answer has a trigger."""
        return reduce(or_, (words.bit for _, patterns, denied in self._sides for words in (patterns, denied)))

    def verify(self) -> None:
        """Raise PatternError for a pattern that must not be run."""
        for _, patterns, denied in self._sides:
            patterns.verify()
            denied.verify()
        self._unless.verify()

    def _answers(self, text: str) -> list[tuple[int, Found]]:
        """The sides that a sentence takes, and the words by which it does."""
        denials = [
            [here for here in denied.find(text) if is_forbidden(text, here.start)] for _, _, denied in self._sides
        ]
        found: list[tuple[int, Found]] = []
        for index, (_, patterns, _) in enumerate(self._sides):
            said = [
                here
                for here in patterns.find(text)
                if _is_asserted(text, here) and not overlap(here, denials[1 - index])
            ]
            if said or denials[index]:
                found.append((index, min(said + denials[index])))
        if len(found) == 2:
            found = _wider(*found)
        if found:
            besides = self._unless.find(text)
            found = [
                (index, here)
                for index, here in found
                if not besides or (self._sides[index][0].firm and not overlap(here, besides))
            ]
        return found


def _wider(one: tuple[int, Found], other: tuple[int, Found]) -> list[tuple[int, Found]]:
    """The one of two that holds the other, as in 'can be stopped overnight', or both."""
    for (side, outer), (_, inner) in ((one, other), (other, one)):
        if outer.start <= inner.start and inner.end <= outer.end and outer != inner:
            return [(side, outer)]
    return [one, other]


def _is_asserted(text: str, here: Found) -> bool:
    return not is_forbidden(text, here.start) and not stance.is_doubted(text, here.start)


class Contradiction(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for two answers to one question about one drug, for the same people and in the same form."""

    questions: tuple[Question, ...]  # what is asked of each drug that the article speaks of
    exceptions: tuple[str, ...] = ()  # wordings that limit what a sentence says: it contradicts nothing

    @cached_property
    def _readers(self) -> tuple[_Reader, ...]:
        return tuple(map(_Reader, self.questions))

    @cached_property
    def _exceptions(self) -> Wordings:
        return Wordings(self.exceptions)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a question: the first later answer of the other side, with the earliest one as related place."""
        for reader, sentences in self._worth_reading(analysis).items():
            earlier: dict[_Said, _Answer] = {}  # what is said again contradicts no more than what was said first
            for answer in self._answers(analysis, reader, sentences):
                against = next((one for one in earlier.values() if _contradicts(reader.question, one, answer)), None)
                if against:
                    yield _match(analysis, reader.question, against, answer)
                    break
                earlier.setdefault((answer.side, answer.subject, answer.groups, answer.words), answer)

    def _worth_reading(self, analysis: Analysis) -> dict[_Reader, list[Sentence]]:
        """The sentences that may answer each question."""
        found: dict[_Reader, list[Sentence]] = {reader: [] for reader in self._readers}
        asked = reduce(or_, (reader.bits for reader in self._readers), 0)
        for sentence in analysis.sentences:
            bits = word_patterns.bits(sentence.text) & asked
            if bits and _is_read(analysis, sentence):
                for reader in self._readers:
                    if reader.bits & bits:
                        found[reader].append(sentence)
        return found

    def _answers(self, analysis: Analysis, reader: _Reader, sentences: list[Sentence]) -> Iterator[_Answer]:
        for sentence in sentences:
            taken = reader.answers(sentence.text)
            if len(taken) != 1 or stance.is_quotation(sentence.text) or stance.is_refuted(analysis, sentence):
                continue
            index, found = taken[0]
            if not reader.question.sides[index].firm and self._exceptions.match(sentence.text):
                continue
            if stance.is_quoted(sentence.text, found.start, found.end) or _FORBIDS.search(
                lead_in(analysis, sentence.block)
            ):
                continue
            subject = _subject(analysis, sentence)
            if subject and (not reader.question.of or subject in reader.question.of):
                start, end = clauses_around(sentence.text, found.start, found.end)
                no_limit = _NO_LIMIT - {"severe"} if reader.question.shared else _NO_LIMIT
                groups = groups_in(sentence.text) - no_limit - topic_of(analysis).words
                words = _named_besides(sentence.text, start, end, found) if reader.question.shared else frozenset()
                yield _Answer(index, subject, groups, words, sentence, analysis.span_in(sentence, start, end))


def _named_besides(text: str, start: int, end: int, found: Found) -> frozenset[str]:
    """The stems of the telling words of a clause, but for drugs and the words that answer."""
    drugs = [(mention.start, mention.end) for mention in mentions(text)]
    return frozenset(
        stem(word[0].lower())
        for word in _TELLING.finditer(text, start, end)
        if not found.start <= word.start() < found.end
        and not any(first <= word.start() < last for first, last in drugs)
        and word[0].lower() not in _VAGUE
    )


def _is_read(analysis: Analysis, sentence: Sentence) -> bool:
    kind = analysis.block_of(sentence).kind
    return (
        kind not in (Kind.HEADING, Kind.NOTE)
        and not stance.is_question(sentence.text)
        and not sentence.text.startswith("(")  # an aside, on another brand as a rule
        and not analysis.is_reference(sentence.block)
    )


def _subject(analysis: Analysis, sentence: Sentence) -> str:
    """What a sentence is about: the article's only drug, or the one that it or its heading names."""
    subjects = [subject.name for subject in topic_of(analysis).subjects]
    named = _named(sentence.text)
    if len(subjects) == 1:
        if not named and (thing := _thing_of_section(analysis, sentence)):
            return thing
        if not named and _is_of_another_item(analysis, sentence, subjects[0]):
            return ""
        opens = [name for name in named if name != subjects[0]]
        return "" if opens and subjects[0] not in named and _is_subject(sentence.text) else subjects[0]
    if len(named) == 1:
        return named[0]
    heading = analysis.heading_of(sentence.block)
    above = _named(heading.text) if heading and not named else []
    return above[0] if len(above) == 1 else ""


def _thing_of_section(analysis: Analysis, sentence: Sentence) -> str:
    """What the section of a sentence is about, if that is no drug: 'Heddi: the cap', then 'Heddi is worn at night.'"""
    heading = analysis.heading_of(sentence.block)
    if heading is None or heading is analysis.document.title or mentions(heading.text, classes=True):
        return ""
    name = _NAME_FIRST.match(heading.text)
    section = section_around(analysis.document, sentence.block)
    first = next((each for index in section for each in analysis.sentences_of(index) if _is_read(analysis, each)), None)
    return name["name"] if name and first and first.text.startswith(f"{name['name']} ") else ""


def _is_of_another_item(analysis: Analysis, sentence: Sentence, subject: str) -> bool:
    """Whether a sentence stands among sections that go through several products, in one that is not the subject's."""
    heading = analysis.heading_of(sentence.block)
    if heading is None or heading is analysis.document.title or subject in _named(heading.text):
        return False
    return len(_products(analysis, heading.level)) >= _SEVERAL


@once
def _products(analysis: Analysis, level: int) -> frozenset[str]:
    """The drugs and supplements that the headings of a level name."""
    headings = (block for block in analysis.document.blocks if block.kind is Kind.HEADING and block.level == level)
    return frozenset(name for block in headings for name in _named(block.text))


def _is_subject(text: str) -> bool:
    """Whether a sentence speaks of the first drug that it names rather than of 'it' together with that drug."""
    first = next(iter(mentions(text)))
    return not any(
        word in text[: first.start].lower().split() for word in ("it", "with", "and", "together", "that", "which")
    )


def _named(text: str) -> list[str]:
    return list(dict.fromkeys(entry(mention.known).name for mention in mentions(text)))


def _contradicts(question: Question, one: _Answer, other: _Answer) -> bool:
    if one.side == other.side or one.subject != other.subject or one.sentence == other.sentence:
        return False
    if question.shared and not _name_one_thing(one.words, other.words):
        return False
    return question.everybody or one.groups == other.groups


def _name_one_thing(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether half at least of all that the two name is named by both."""
    return bool(one) and len(one & other) >= len(one | other) / 2


def _match(analysis: Analysis, question: Question, earlier: _Answer, later: _Answer) -> Match:
    """A match of the later place; `about`, `later`, `earlier` and `row` fill the message."""
    row = analysis.document.position(earlier.span.start).row
    words = {
        "about": question.about,
        "said": question.sides[later.side].says,
        "before": question.sides[earlier.side].says,
        "earlier": shortened(squeezed(analysis.document.text[slice(*earlier.span)])),
        "row": str(row),
    }
    return Match(
        later.span, words, (Related(earlier.span, f"told otherwise here: {question.sides[earlier.side].says}"),)
    )
