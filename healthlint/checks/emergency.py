"""Emergencies that an article names as something that may befall the reader, without a word about getting help."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from healthlint.analysis import Analysis, Sentence, stance
from healthlint.analysis.dangers import Danger, Dangers, Signs
from healthlint.analysis.found import Found, overlap
from healthlint.analysis.instructing import directs, is_forbidden
from healthlint.analysis.once import once
from healthlint.analysis.passages import Passage, lead_in, may_instruct, passages, section_around
from healthlint.analysis.sentences import sentence_spans
from healthlint.analysis.topic import mentions, topic_of
from healthlint.analysis.weighing import weigh
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind, Span

_WEIGHTS = "emergencies"
_NEAR = 2  # sentences between a danger and what is to be done about it
_FARTHEST = 8  # sentences, the short ones among them
_SHORTEST = 4  # words of a sentence that says something
_SPOKEN_TO = 2  # blocks with 'you' or 'your' that make an article speak to its readers
_CONDITION = re.compile(r"\b(?:if|when|whenever|should|in case|once)\b", re.IGNORECASE)
_IF_YOU = re.compile(r"\b(?:if|when|whenever)\b[^.;]{0,80}\byou(?:r|rself)?\b", re.IGNORECASE)
_OVERDOSE, _SUICIDE = "an overdose", "thoughts of suicide"
_MISSED = re.compile(r"\b(?:forg[eo]t\w*|miss(?:ed)?)\b", re.IGNORECASE)
_IN_FIGURE = re.compile(r"\d[,.]")  # before the '000' of '10,000', which is no number to call
_LEADS_ON = re.compile(r"\b(?:if|for|when|with|about)\W*$|:\s*$", re.IGNORECASE)
_BRIEF = 200  # words
_LONGEST_PART = 2000  # characters
_READER = re.compile(r"\b(?:you|your|yours|yourself|child|somebody|someone|anyone)\b", re.IGNORECASE)
_OF_ALL = re.compile(  # of help that is not for one thing among others
    r"\b(?:any|one|all|either|some) of (?:these|those|the above|them)"
    r"|\b(?:these|those|such) (?:signs?|symptoms?|effects?)"
    r"|\bany (?:serious|severe)|\b(?:in|of|for) (?:an?|every|any) (?:medical )?emergency"
    r"|\bif (?:this|it|that|they) (?:happens?|occurs?)",
    re.IGNORECASE,
)
_DEADLY = re.compile(
    r"\b(?:coma|unconscious\w*|unresponsive|deadly|fatal\w*|lethal|kills?|killed|die[sd]?|dying|death|deaths|poison\w*"
    r"|breathing|convulsions?)\b",
    re.IGNORECASE,
)
# How a paragraph opens that says what to do about the one before, and not about something of its own.
_GOES_ON = re.compile(
    r"""\W*(?:(?:please|so|then|but|and|always|instead|otherwise|even\sso|never|do\snot|don[’']t)\s)*
      (?:if|when|in|with|for|at|any|all|both|these|those|this|that|such|it|they|either|one|someone|anybody|anyone|somebody|you
        |every|each|call|ring|dial|phone|telephone|go|get|seek|take|bring|see|contact|tell|talk|speak|ask|treat|stop|wait
        |help|emergency|urgent|immediate|medical|the\s(?:number|samaritans|poison\w*|emergency)|there\s(?:is|are)
        |\d{3}|samaritans|poison\w*|a&e|ambulance)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WHAT_TO_DO = re.compile(
    r"\b(?:what (?:to|you (?:should|must|can|need to)|should you|must you) do|get(?:ting)? help"
    r"|when to (?:call|get|seek)|do (?:this|these)|act(?:ion)?|emergenc(?:y|ies))\b",
    re.IGNORECASE,
)
# Whom something has befallen: 'my boyfriend took about thirty and had a seizure'.
_BEFELL = re.compile(
    r"""\b(?:I|[Hh]e|[Ss]he|[Hh]ers|[Hh]is|(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er)\s[a-z-]+|[Oo]ne\s(?:boy|girl|man|woman|baby|child|lad|lady
      |member|guest|reader|customer)|[Aa]\s(?:lad|man|woman|boy|girl|friend|neighbou?r|reader|member|guest|mother|customer))
      \b[^.;!?]{0,80}\b(?:was|were|went|had|got|passed|collapsed|couldn[’']t|could\snot|fell|shook|began|started|turned|dropped
      |took|swallowed|woke|lost|stopped|felt|thought|saw|said|bit|came|slid)\b
    |\b[A-Z][a-z]{2,}\s(?:had|was|went|got|passed|collapsed|felt|began|started|woke|couldn[’']t)\b""",
    re.VERBOSE,
)
_LEAST_ALONE = 0.02  # likelihood of a sentence by itself: with those behind it, less than that comes to nothing
_SHORT = 120  # characters of a question or lead-in in a block of its own


class Emergency(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """A match where a danger is met with a home remedy, or is only named in an article about a medicine."""

    dangers: dict[str, tuple[str, ...]]  # patterns by what the danger is called
    signs: dict[str, Signs]  # the same, where it is told by its signs
    grave: tuple[str, ...]  # dangers that need advice as soon as they are named
    befallen: frozenset[str]  # those that somebody is told to have met with, in an article on anything
    cared_for: tuple[str, ...]  # patterns that say that somebody was helped, or was not, or that tell of a trial
    deadly_alone: frozenset[str]  # those of them that need it in an article about an illness, too
    befalls: tuple[str, ...]  # patterns that say that something may happen to somebody
    no_danger: tuple[str, ...]  # wordings that name a danger for another reason: they void what they overlap
    remedies: tuple[str, ...]  # patterns of advice that does not help in an emergency
    assurances: tuple[str, ...]  # patterns that make light of it
    help: tuple[str, ...]  # patterns that send the reader to somebody who can help
    urgent: tuple[str, ...]  # patterns of help that is there at once
    treated: tuple[str, ...] = ()  # patterns that say what is done for an overdose
    first_aid: tuple[str, ...] = ()  # patterns of right first aid: no home remedy where the article names help, too
    no_help: tuple[str, ...] = ()  # wordings that do so too late: they void what they overlap
    least: float = 0.7  # how likely its words and signs must make it that a passage fails the reader,
    least_of_condition: float = 0.92  # how likely, in an article on an illness or that addresses nobody
    least_of_words: float = 1.0  # and how likely where no pattern finds a danger

    @cached_property
    def _dangers(self) -> Dangers:
        return Dangers(self.dangers, self.signs, self.no_danger)

    @cached_property
    def _befalls(self) -> Wordings:
        return Wordings(self.befalls)

    @cached_property
    def _remedies(self) -> Wordings:
        return Wordings(self.remedies)

    @cached_property
    def _cared_for(self) -> Wordings:
        return Wordings(self.cared_for)

    @cached_property
    def _assurances(self) -> Wordings:
        return Wordings(self.assurances)

    @cached_property
    def _help(self) -> Wordings:
        return Wordings(self.help)

    @cached_property
    def _urgent(self) -> Wordings:
        return Wordings(self.urgent)

    @cached_property
    def _treated(self) -> Wordings:
        return Wordings(self.treated)

    @cached_property
    def _first_aid(self) -> Wordings:
        return Wordings(self.first_aid)

    @cached_property
    def _no_help(self) -> Wordings:
        return Wordings(self.no_help)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """At most one match a passage; `danger` fills the message."""
        seen: set[str] = set()
        for passage in passages(analysis):
            if analysis.is_reference(passage.first):
                continue
            before, own = _unit(analysis, passage)
            dangers = self._dangers.in_sentences([*before, *own])
            if not dangers:
                yield from self._by_words(analysis, passage, own)
                continue
            if self._names_help(analysis, passage, {danger.name for danger in dangers}):
                found = self._sent_home(analysis, [*before, *own], len(before), dangers)
            else:
                found = self._wrongly_met(analysis, [*before, *own], len(before), dangers)
                found = found or self._in_story(own, len(before), dangers)
                found = found or self._weighed(analysis, [*before, *own], len(before), dangers)
            found = found or self._only_named(analysis, own, len(before), dangers, seen)
            if found:
                yield found
            else:
                yield from self._by_words(analysis, passage, own)

    def _sent_home(
        self, analysis: Analysis, sentences: Sequence[Sentence], skipped: int, dangers: Sequence[Danger]
    ) -> Match | None:
        """A danger with a home remedy in one sentence, where help is named before it alone, for something milder."""
        for danger in dangers:
            sentence = sentences[danger.at]
            # the lead-in of a list may have named help for all
            is_listed = analysis.block_of(sentence).kind is not Kind.PARAGRAPH
            if danger.at < skipped or is_listed or any(self._helps(later.text) for later in sentences[danger.at :]):
                continue
            if any(self._sends(earlier.text, danger.name) for earlier in sentences[: danger.at]):
                continue  # 'Dial 999. Lie flat, or sit up if breathing is hard.'
            if not self._has_remedy(sentence.text) or self._first_aid.match(sentence.text):
                continue
            if found := self._wrongly_met(analysis, [sentence], 0, [danger._replace(at=0)]):
                return found
        return None

    def _wrongly_met(
        self, analysis: Analysis, sentences: Sequence[Sentence], skipped: int, dangers: Sequence[Danger]
    ) -> Match | None:
        """A danger with a home remedy right behind it; the first `skipped` sentences only lead up to the passage."""
        for danger in dangers:
            for remedy in _near(sentences, danger.at, skipped):
                if stance.is_question(remedy.text) or not may_instruct(analysis, remedy.block):
                    continue
                if danger.name == _OVERDOSE and _MISSED.search(remedy.text):
                    continue  # below 'What if I miss a dose or take too many?'
                if stance.is_refuted(analysis, remedy):
                    continue
                if not self._is_met(analysis, remedy, sentences[danger.at].text):
                    continue
                advises = self._has_remedy(remedy.text) or directs(remedy.text)
                may_be_right = self._first_aid.match(remedy.text) or not advises
                if not (may_be_right and self._is_covered(analysis, remedy.block, danger.name)):
                    first = sentences[danger.at] if danger.at >= skipped else remedy
                    return Match(Span(first.span.start, remedy.span.end), {"danger": danger.name})
        return None

    def _sends(self, text: str, danger: str) -> bool:
        """Whether a sentence sends the reader to help at once, for a danger or without an 'if'."""
        if not self._urgent.match(text):
            return False
        return danger in self._dangers.in_text(text) or not _CONDITION.search(text)

    def _advises(self, text: str) -> bool:
        return self._has_remedy(text) or self._assurances.match(text) or directs(text)

    def _has_remedy(self, text: str) -> bool:
        return any(not is_forbidden(text, start) for start, _ in self._remedies.find(text))

    def _is_met(self, analysis: Analysis, sentence: Sentence, danger: str) -> bool:
        """Whether a sentence has a home remedy for the reader, or plays down a danger that the reader may meet.

        In an article or a section about a medicine, whatever else the reader is told to do is no help, either.
        """
        text = sentence.text
        if self._has_remedy(text):
            return True
        heading = analysis.heading_of(sentence.block)
        about_medicine = topic_of(analysis).kind != "condition" or bool(heading and mentions(heading.text))
        if (about_medicine or _READER.search(f"{danger} {text}")) and self._assurances.match(text):
            return True
        return about_medicine and bool(_CONDITION.search(danger)) and directs(text)

    def _in_story(self, own: Sequence[Sentence], skipped: int, dangers: Sequence[Danger]) -> Match | None:
        """A danger that somebody met with, in a passage that tells of no help and of no harm that came of it."""
        if any(self._cared_for.match(sentence.text) for sentence in own):
            return None
        for name, at in dangers:
            text = own[at - skipped].text if at >= skipped else ""
            if name in self.befallen and _BEFELL.search(text) and not stance.is_question(text):
                return Match(own[at - skipped].span, {"danger": name})
        return None

    def _weighed(
        self, analysis: Analysis, sentences: Sequence[Sentence], skipped: int, dangers: Sequence[Danger]
    ) -> Match | None:
        """A danger in words that, with those of the next sentences, speak for a reader who is sent to nobody."""
        least = self._least_in(analysis)
        for danger in dangers:
            told = _window(sentences, danger.at)
            text = _as_text(told)
            own = sentences[max(danger.at, skipped) :][:2]
            if not own or weigh(text, _WEIGHTS, self._noticed(text)).likelihood < least:
                continue
            if self._is_for_professionals(analysis, own[0].block):
                continue
            is_met = any(self._has_remedy(sentence.text) for sentence in told)
            if is_met or not self._is_covered(analysis, own[0].block, danger.name):
                last = own[-1] if own[-1].block == own[0].block and self._advises(own[-1].text) else own[0]
                return Match(Span(own[0].span.start, last.span.end), {"danger": danger.name})
        return None

    def _least_in(self, analysis: Analysis) -> float:
        """How likely words must make it in an article: more in one on an illness, and in one that talks to nobody."""
        is_told = topic_of(analysis).kind == "condition" or not speaks_to_reader(analysis)
        return self.least_of_condition if is_told else self.least

    def _by_words(self, analysis: Analysis, passage: Passage, own: Sequence[Sentence]) -> Iterator[Match]:
        """At most one danger that no pattern knows, where neither the passage nor its section sends to help."""
        least = max(self.least_of_words, self._least_in(analysis))
        for at, sentence in enumerate(own):
            if weigh(sentence.text, _WEIGHTS).likelihood < _LEAST_ALONE or stance.is_question(sentence.text):
                continue
            told = _window(own, at)
            text = _as_text(told)
            if weigh(text, _WEIGHTS, self._noticed(text)).likelihood < least:
                continue
            chief = max(told, key=lambda each: weigh(each.text, _WEIGHTS).likelihood)
            told_elsewhere = self._names_help(analysis, passage, ()) or self._sends_in_section(analysis, chief.block)
            if not (told_elsewhere or self._is_for_professionals(analysis, chief.block)):
                yield Match(chief.span, {"danger": "such an emergency"})
            return

    def _sends_in_section(self, analysis: Analysis, block: int) -> bool:
        """Whether a section, or the one behind it that tells what to do, sends the reader to help at once."""
        return any(self._urgent.match(text) and self._helps(text) for text in self._in_section(analysis, block))

    def _is_for_professionals(self, analysis: Analysis, block: int) -> bool:
        """Whether an article does not talk to its readers, and a section says what is done for whom it befalls."""
        return not speaks_to_reader(analysis) and any(map(self._treated.match, self._in_section(analysis, block)))

    def weighed_texts(self, analysis: Analysis) -> Iterator[tuple[str, Span, bool]]:
        """What may be weighed: each sentence with those behind it, and whether a pattern finds a danger in it."""
        for passage in passages(analysis):
            if not analysis.is_reference(passage.first):
                before, own = _unit(analysis, passage)
                sentences = [*before, *own]
                named = {danger.at for danger in self._dangers.in_sentences(sentences)}
                for at in range(len(sentences)):
                    told = _window(sentences, at)
                    yield _as_text(told), Span(told[0].span.start, told[-1].span.end), at in named

    @cached_property
    def _noticed(self) -> Callable[[str], frozenset[str]]:
        return lru_cache(maxsize=1024)(self.noticed)  # passages come again as one types

    def noticed(self, text: str) -> frozenset[str]:
        """What speaks for or against help besides the words of a few sentences: the weights know each by its name."""
        told = [text[start:end] for start, end in sentence_spans(text)]
        noticed = {
            "danger": any(map(self._dangers.in_text, told)),
            "helped": any(map(self._helps, told)),
            "remedy": any(map(self._has_remedy, told)),
            "assured": any(map(self._assurances.match, told)),
            "first-aid": any(map(self._first_aid.match, told)),
            "may-befall": any(map(self._befalls.match, told)),
            "cared-for": any(map(self._cared_for.match, told)),
        }
        return frozenset(name for name, is_noticed in noticed.items() if is_noticed)

    def _only_named(
        self, analysis: Analysis, own: Sequence[Sentence], skipped: int, dangers: Sequence[Danger], seen: set[str]
    ) -> Match | None:
        """A grave danger in an article about a medicine that never says what to do about it.

        In one about an illness only thoughts of suicide that the reader may have: the rest may be part of the illness.
        """
        of_condition = topic_of(analysis).kind == "condition"
        speaks = speaks_to_reader(analysis)
        for name, at in dangers:
            if name not in self.grave or name in seen or at < skipped:
                continue
            sentence = own[at - skipped]
            if not (speaks or (name == _OVERDOSE and self._is_heading_of(analysis, sentence.block))):
                continue
            if of_condition and not (self._befalls_reader(name, sentence.text) or self._is_deadly(analysis, sentence)):
                continue
            told = f"{lead_in(analysis, sentence.block)} {sentence.text}"
            if stance.is_question(sentence.text) or not self._befalls.match(told):
                continue
            if any(stance.is_negated(sentence.text, start) for start, _ in self._dangers.named_at(name, sentence.text)):
                continue
            seen.add(name)
            if not self._is_covered(analysis, sentence.block, name):
                return Match(sentence.span, {"danger": name})
        return None

    def _is_deadly(self, analysis: Analysis, sentence: Sentence) -> bool:
        """Whether a danger that is never part of an illness's course is named, and urgent help nowhere."""
        named = not self.deadly_alone.isdisjoint(self._dangers.named_in(sentence.text))
        return named and not any(self._urgent.match(other.text) for other in analysis.sentences)

    @staticmethod
    def _befalls_reader(name: str, text: str) -> bool:
        """Whether a danger is none of the illness: thoughts that the reader may have, too much of a medicine."""
        return (name == _SUICIDE and bool(_IF_YOU.search(text))) or (name == _OVERDOSE and bool(_DEADLY.search(text)))

    def _is_heading_of(self, analysis: Analysis, block: int) -> bool:
        """Whether a section of its own tells of an overdose, and of no treatment: an encyclopedia has that, too."""
        heading = analysis.heading_of(block)
        if not heading or not self._dangers.named_at(_OVERDOSE, heading.text):
            return False
        section = section_around(analysis.document, block)
        told = [sentence.text for index in section for sentence in analysis.sentences_of(index)]
        return not any(self._help_in(text) or self._treated.match(text) for text in told)

    def _names_help(self, analysis: Analysis, passage: Passage, dangers: Collection[str]) -> bool:
        """Whether the passage sends the reader to help, or the next one of its section does, not for another danger."""
        blocks = analysis.document.blocks
        own = (sentence.text for sentence in _sentences(analysis, passage.first, passage.last))
        if any(map(self._helps, (_opening(analysis, passage), *own))):
            return True
        first = last = passage.last + 1
        if first >= len(blocks) or blocks[first].kind is Kind.HEADING:
            return False
        while last + 1 < len(blocks) and blocks[last + 1].kind is Kind.ITEM and blocks[last].kind is Kind.ITEM:
            last += 1
        following = _sentences(analysis, first, last)
        others = {danger.name for danger in self._dangers.in_sentences(following)}
        if others and others.isdisjoint(dangers) and not any(_OF_ALL.search(sentence.text) for sentence in following):
            return False
        return any(_GOES_ON.match(sentence.text) and self._helps(sentence.text) for sentence in following)

    def _helps(self, text: str) -> bool:
        voided = self._no_help.find(text)
        return any(
            not overlap(here, voided) and not (stance.is_negated(text, here.start) and is_forbidden(text, here.start))
            for here in self._help_in(text)
        )

    def _help_in(self, text: str) -> list[Found]:
        """Where a text names help, and not the end of a figure."""
        found = self._help.find(text)
        return [here for here in found if not _IN_FIGURE.fullmatch(text, max(0, here.start - 2), here.start)]

    def _is_covered(self, analysis: Analysis, block: int, name: str) -> bool:
        """Whether the section names help for all that it tells, or any passage names it for this danger."""
        if any(self._is_for_all(text) and self._helps(text) for text in self._in_section(analysis, block)):
            return True
        return any(self._dangers.has_word_of(name, text) and self._help_in(text) for text in _in_parts(analysis))

    @staticmethod
    def _in_section(analysis: Analysis, block: int) -> Iterator[str]:
        """The sentences of a block's section, and of the next one if its title asks what to do."""
        blocks, section = analysis.document.blocks, section_around(analysis.document, block)
        if section.stop < len(blocks) and _WHAT_TO_DO.search(blocks[section.stop].text):
            section = range(section.start, section_around(analysis.document, section.stop).stop)
        return (sentence.text for index in section for sentence in analysis.sentences_of(index))

    def _is_for_all(self, text: str) -> bool:
        """Whether what a sentence says of help is not for one danger alone: 'Call 999 at once, however you feel.'"""
        if _OF_ALL.search(text):
            return True
        return not self._dangers.in_text(text) and self._urgent.match(text)


@once
def _in_parts(analysis: Analysis) -> tuple[str, ...]:
    """The texts of all passages with what leads into them, those of long ones in parts: wordings are for sentences."""
    texts = [f"{_opening(analysis, passage)} {passage.text}" for passage in passages(analysis)]
    return tuple(text[i : i + _LONGEST_PART] for text in texts for i in range(0, len(text), _LONGEST_PART))


@once
def speaks_to_reader(analysis: Analysis) -> bool:
    """Whether an article talks to its readers; an encyclopedia does not. A short one need not show it."""
    document = analysis.document
    spoken_to = (block for block in document.blocks if _READER.search(block.text))
    return len(list(islice(spoken_to, _SPOKEN_TO))) == _SPOKEN_TO or document.word_count < _BRIEF


def _unit(analysis: Analysis, passage: Passage) -> tuple[list[Sentence], list[Sentence]]:
    """What leads up to a passage (its heading, a question in a block of its own), and the passage's sentences."""
    blocks = analysis.document.blocks
    before: list[Sentence] = []
    previous = passage.first - 1
    if previous >= 0:
        text = blocks[previous].text
        if blocks[previous].kind is Kind.HEADING or (len(text) < _SHORT and text.rstrip().endswith(("?", ":"))):
            before = list(analysis.sentences_of(previous))
    return before, _sentences(analysis, passage.first, passage.last)


def _near(sentences: Sequence[Sentence], at: int, skipped: int) -> Iterator[Sentence]:
    """The sentence that names a danger and those near behind it: 'She seems fine? Been there.' does not count."""
    counted = 0
    for index in range(at, min(at + _FARTHEST, len(sentences))):
        if index > at and not (stance.is_question(sentences[index].text) or _is_short(sentences[index].text)):
            counted += 1
        if counted > _NEAR:
            return
        if index >= skipped:
            yield sentences[index]


def _window(sentences: Sequence[Sentence], at: int) -> Sequence[Sentence]:
    """What is weighed: the sentence that names a danger, and those near behind it."""
    return sentences[at : at + _NEAR + 1]


def _as_text(sentences: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def _is_short(text: str) -> bool:
    return text.count(" ") < _SHORTEST - 1


def _opening(analysis: Analysis, passage: Passage) -> str:
    """The unfinished line or heading that leads into a list of its own passage: 'Call 999 if'; '' for none."""
    text, heading = lead_in(analysis, passage.first), analysis.heading_of(passage.first)
    return "" if heading and text == heading.text and not _LEADS_ON.search(text) else text


def _sentences(analysis: Analysis, first: int, last: int) -> list[Sentence]:
    """The sentences of the blocks from `first` to `last`, both included."""
    return [sentence for index in range(first, last + 1) for sentence in analysis.sentences_of(index)]
