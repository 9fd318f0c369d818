"""Instructions: what a reader is told or allowed to do with a medicine, where nobody is asked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from healthlint.analysis import Analysis, Sentence, stance, tagged
from healthlint.analysis.drugs import entry
from healthlint.analysis.found import Found, overlap
from healthlint.analysis.instructing import clauses_around, directs, is_forbidden
from healthlint.analysis.lexicons import lexicon
from healthlint.analysis.once import once
from healthlint.analysis.passages import may_instruct, passage_of
from healthlint.analysis.topic import mentions, topic_of
from healthlint.analysis.weighing import at_most, telling, weigh
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind

_WEIGHTS = "instructions"
_LONGEST_QUESTION = 120

_CONDITION = re.compile(
    r"\b(?:if|when|whenever|once|as soon as|should|after|until|the (?:moment|day|minute)"
    r"|on (?:\w+ ){0,2}(?:days?|nights?)|in case|while|during|because|unless|since)\b",
    re.IGNORECASE,
)
# of a reaction to a medicine
_OVER = re.compile(r"\b(?:gone|cleared|clears|disappeared|healed|vanished|over|settled|better)\b", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
# a label within the text, over what a medicine does: 'How it works. Raises ...'
_EXPLAINS = re.compile(
    r"(?:what (?:it|they|this|these|the \w+) do(?:es)?|how (?:it|they|this|these|the \w+) works?|mode of action"
    r"|mechanism(?: of action)?|actions?|effects?)\s?[.:]",
    re.IGNORECASE,
)
_HARDLY = 0.00001  # a likelihood by the words alone that nothing makes up for
_IN_FIGURE = re.compile(r"\d[,.]$")  # before the '000' of '2,000', which is no number to call
_STANDS_FOR = re.compile(r"\b(?:it|them|they|these|those|this|one)\b", re.IGNORECASE)
_GENERAL = frozenset(("dose", "doses", "prescription", "treatment"))  # words for a medicine that carry no tag
_EXERCISE = re.compile(r"\b(?:exercis|stretch|physio|workout|rep|lift|step)(?:e?s|ed|ing|ers?)?\b", re.IGNORECASE)
_SAYS_NO = re.compile(
    r"\W*(?:no|nope|not|never|neither|hardly|(?:please )?(?:do not|don['’]t))\b"
    r"(?! (?:need|harm|problem|reason|worries|point|sense|use|cause|call|earthly)\b)",
    re.IGNORECASE,
)
# Whom a text lets speak at length gives its advice, unless it is rejected: '"You can ease off it," says Dr Lee.'
_ADVISES = re.compile(
    r"[\"“][^\"“”]{40,400}[,.!][\"”]\s(?:says?|said|adds?|added|advises?|advised|explains?|explained|tells|told|laughs?|recommends)\b"
    r"|[\"“][^\"“”]{40,400}[,.!][\"”]\s(?:[A-Z][\w.'’-]+\s){1,4}(?:says?|said|adds?|added|advises|advised|explains|explained)\b"
)
_REMEMBERED = 1200  # characters for which a reader knows what medicine a text speaks of
_HELP = re.compile(r"\b(?:911|999|112|000|ambulance|action plan)\b", re.IGNORECASE)
_ASKS_SOMEBODY = re.compile(r"\b(?:doctor|gp|pharmacist|nurse|prescriber|clinic|it|this|them)\b", re.IGNORECASE)


class Instructions(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for patterns that instruct the reader, unless a professional is asked or the label says the same."""

    patterns: tuple[str, ...]  # wordings of an instruction that harms
    giving_up: tuple[str, ...] = ()  # patterns that matter for what is prescribed, not for what is sold freely
    on_condition: tuple[str, ...] = ()  # patterns that matter where a sentence has an 'if' or 'when'
    changes: tuple[str, ...] = ()  # patterns of what may be a change, or be none
    asks_leave: tuple[str, ...] = ()  # patterns of questions whether something may be done,
    leave: tuple[str, ...] = ()  # patterns of answers that allow it
    asks_duty: tuple[str, ...] = ()  # patterns of questions whether something must be done,
    no_duty: tuple[str, ...] = ()  # patterns of answers that let it be
    besides: tuple[str, ...] = ()  # wordings that look the same and are none: they void what they overlap
    harmless: tuple[str, ...] = ()  # look-alikes, too; and words alone make no instruction of a sentence with one
    directions: tuple[str, ...] = ()  # how labels, studies and plans of treatment put it, and how to be rid of a rest:
    endangers: tuple[str, ...] = ()  # a sentence with such a wording needs one of these to be an instruction
    consulted: tuple[str, ...] = ()  # in the sentence or the next one, these make it safe
    label: tuple[str, ...] = ()  # in the sentence, these show that it is what the label says
    reactions: tuple[str, ...] = ()  # in the sentence, these are a reason to give it up
    least: float = 0.65  # how likely its words and signs must make it that a sentence instructs
    least_unnamed: float = 0.8  # how likely, if it names no medicine and the article is about one
    least_afar: float = 0.95  # how likely, if only a sentence shortly before names one
    least_found: float = 0.35  # how likely, where a pattern finds it
    sure: float = 0.75  # what is less likely is reported as doubtful,
    sure_found: float = 0.5  # and so is what a pattern finds, if it is less likely than this

    @cached_property
    def _patterns(self) -> Wordings:
        return Wordings(self.patterns)

    @cached_property
    def _on_condition(self) -> Wordings:
        return Wordings(self.on_condition)

    @cached_property
    def _changes(self) -> Wordings:
        return Wordings(self.changes)

    @cached_property
    def _giving_up(self) -> Wordings:
        return Wordings(self.giving_up)

    @cached_property
    def _answers(self) -> tuple[tuple[Wordings, Wordings], ...]:
        asked = (self.asks_leave, self.leave), (self.asks_duty, self.no_duty)
        return tuple((Wordings(question), Wordings(answer)) for question, answer in asked)

    @cached_property
    def _besides(self) -> Wordings:
        return Wordings([*self.besides, *self.harmless])

    @cached_property
    def _harmless(self) -> Wordings:
        return Wordings(self.harmless)

    @cached_property
    def _directions(self) -> Wordings:
        return Wordings(self.directions)

    @cached_property
    def _endangers(self) -> Wordings:
        return Wordings(self.endangers)

    @cached_property
    def _consulted(self) -> Wordings:
        return Wordings(self.consulted)

    @cached_property
    def _label(self) -> Wordings:
        return Wordings(self.label)

    @cached_property
    def _reactions(self) -> Wordings:
        return Wordings(self.reactions)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a sentence, over all that it instructs."""
        question = ""  # right before the sentence: 'Feeling better? Then you can stop.'
        for sentence in analysis.sentences:
            before, question = question, sentence.text if stance.is_question(sentence.text) else ""
            if question or not self._is_read(analysis, sentence) or _explains(analysis, sentence):
                continue
            asked = before if len(before) < _LONGEST_QUESTION else ""
            found = self._instructed(analysis, sentence, asked)
            if not found or not _speaks_of_medicine(analysis, sentence, before):
                continue
            if self._is_direction(sentence.text) or self._is_safe(analysis, sentence, found):
                continue
            if stance.is_refuted(analysis, sentence):
                continue
            start, end = clauses_around(sentence.text, found[0].start, max(end for _, end in found))
            yield Match(analysis.span_in(sentence, start, end), doubtful=self._is_doubtful(sentence.text, asked))

    @cached_property
    def _signs(self) -> Callable[[str], frozenset[str]]:
        return lru_cache(maxsize=8192)(self.noticed)  # sentences come again as one types

    def noticed(self, text: str) -> frozenset[str]:
        """What speaks for or against an instruction besides the words: the weights know each by its name."""
        tags = tagged.tagged(text)
        told, given_up = self._told(text), self._given_up(text)
        noticed = {
            "told": bool(told),
            "given-up": bool(given_up),
            "changed": self._changes.match(text),
            "directs": directs(text),
            "medicine": not tags.words.isdisjoint(tagged.MEDICINES),
            "reader": bool(_READER.search(text)),
            "consulted": self._is_consulted(text, [*told, *given_up]),
            "label": self._follows_label(text, [*told, *given_up]),
            "look-alike": self._besides.match(text),
            "by-professional": tags.text.startswith(tagged.PROFESSIONAL),
        }
        return frozenset(name for name, is_noticed in noticed.items() if is_noticed)

    def _is_read(self, analysis: Analysis, sentence: Sentence) -> bool:
        return analysis.block_of(sentence).kind is not Kind.HEADING and may_instruct(analysis, sentence.block)

    def _instructed(self, analysis: Analysis, sentence: Sentence, question: str) -> list[Found]:
        """Where a sentence instructs; `question` is what it answers, or ''. What it quotes does not count."""
        text = sentence.text
        lead = _as_condition(question, text)
        found = _moved(self._weighed(analysis, lead + text, _said_before(analysis, sentence)), len(lead))
        if question:
            found += self._answered(question, text)
        is_advised = _ADVISES.search(text)
        return sorted(here for here in found if is_advised or not stance.is_quoted(text, here.start, here.end))

    def _weighed(self, analysis: Analysis, text: str, before: str) -> list[Found]:
        """Where a text instructs, if its words and signs weigh enough: what patterns find, or the words that tell.

        What was said right before may name the medicine that the text calls 'them'.
        """
        likelihood = self._likelihoods(text)
        if likelihood < self.least_found:
            return []
        told, given_up = self._told(text), self._given_up(text)
        if given_up and is_sold_freely(analysis, text):
            return told
        if told or given_up:
            return [*told, *given_up]
        if self._harmless.match(text):
            return []
        if _names_medicine(text):
            speaks = likelihood >= self.least or self._changes.match(text)
        else:
            is_meant = bool(topic_of(analysis).subjects) or (_STANDS_FOR.search(text) and _names_medicine(before))
            speaks = likelihood >= (self.least_unnamed if is_meant else self.least_afar)
        return [Found(*telling(text, _WEIGHTS))] if speaks else []

    @cached_property
    def _likelihoods(self) -> Callable[[str], float]:
        return lru_cache(maxsize=8192)(self._likelihood)  # as with signs

    def _likelihood(self, text: str) -> float:
        """How likely a text instructs; 0 for what is below all that is asked for, whatever its signs are."""
        if weigh(text, _WEIGHTS).likelihood < _HARDLY or at_most(text, _WEIGHTS, self._possible(text)) < self._least:
            return 0.0
        return weigh(text, _WEIGHTS, self._signs(text)).likelihood

    @cached_property
    def _least(self) -> float:
        return min(self.least_found, self.sure, self.sure_found)

    def _possible(self, text: str) -> Iterator[str]:
        """The signs that a text may have: a quick look leaves out those that it has no word for."""
        yield from ("directs", "consulted", "label", "look-alike", "by-professional")
        if self._patterns.may_match(text) or self._on_condition.may_match(text):
            yield "told"
        if self._giving_up.may_match(text):
            yield "given-up"
        if self._changes.may_match(text):
            yield "changed"
        if not tagged.plain_words(text).isdisjoint(tagged.MEDICINES):
            yield "medicine"
        if _READER.search(text):
            yield "reader"

    def _is_doubtful(self, text: str, question: str) -> bool:
        """Whether neither the words of a sentence nor its being the answer to a question make it sure."""
        if question and self._answered(question, text):
            return False
        text = f"{_as_condition(question, text)}{text}"
        sure = self.sure_found if self._told(text) or self._given_up(text) else self.sure
        return self._likelihoods(text) < sure

    def _told(self, text: str) -> list[Found]:
        """What the patterns find in a text, without look-alikes and what is forbidden."""
        found = [*self._patterns.find(text)]
        if _CONDITION.search(text):
            found += self._on_condition.find(text)
        return self._without_look_alikes(text, found)

    def _given_up(self, text: str) -> list[Found]:
        """Where a text gives a medicine up, and not because of a reaction to it."""
        found = self._giving_up.find(text)
        if found and self._reactions.match(text) and not _OVER.search(text):
            return []
        return self._without_look_alikes(text, found)

    def _without_look_alikes(self, text: str, found: Sequence[Found]) -> list[Found]:
        voided = self._besides.find(text) if found else ()
        return [here for here in found if not overlap(here, voided) and not is_forbidden(text, here.start)]

    def _answered(self, question: str, answer: str) -> list[Found]:
        """The opening of an answer that allows what was asked, or says that it need not be."""
        if not _names_medicine(question) and not _ASKS_SOMEBODY.search(question):
            return []
        for asked, answered in self._answers:
            if asked.match(question):
                for here in answered.find(answer):
                    if not answer[: here.start].strip(' "“'):
                        return [Found(here.start, len(answer))]
        return []

    def _is_direction(self, text: str) -> bool:
        """Whether a sentence is worded as a plain direction or a report, and has no word of what endangers."""
        return self._directions.match(text) and all(
            is_forbidden(text, here.start) for here in self._endangers.find(text)
        )

    def _is_safe(self, analysis: Analysis, sentence: Sentence, found: Sequence[Found]) -> bool:
        """Whether somebody is asked, in what the sentence says besides or in the next one."""
        if self._is_consulted(sentence.text, found):
            return True
        if analysis.block_of(sentence).kind is Kind.ITEM and _HELP.search(passage_of(analysis, sentence.block).text):
            return True  # the steps of first aid
        following = stance.next_sentence(analysis, sentence)
        return following is not None and following.block == sentence.block and self._is_consulted(following.text, ())

    def _is_consulted(self, text: str, found: Sequence[Found]) -> bool:
        return any(
            not (overlap(here, found) or is_forbidden(text, here.start) or _IN_FIGURE.search(text, 0, here.start))
            for here in self._consulted.find(text)
        )

    def _follows_label(self, text: str, found: Sequence[Found]) -> bool:
        return any(not overlap(here, found) for here in self._label.find(text))


def _explains(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence stands right behind such a label: what it says is what the medicine does."""
    before = analysis.document.blocks[sentence.block].text[: sentence.start].strip(" *_")
    return bool(_EXPLAINS.fullmatch(before)) or bool(_EXPLAINS.match(sentence.text))


def is_sold_freely(analysis: Analysis, text: str) -> bool:
    """Whether what a sentence gives up is a supplement, or a medicine that is sold without a prescription."""
    marked = tagged.tagged(text).text
    named = [entry(mention.known) for mention in mentions(text)]
    classes = sum(marked.count(f"{tag}_") for tag in (tagged.DRUG, tagged.RISKY))
    if classes > sum(one.group.kind == "drug" for one in named):
        return False
    if not classes and (tagged.SUPPLEMENT in marked or not lexicon("sold_freely").isdisjoint(_phrases(text))):
        return True
    entries = named or topic_of(analysis).subjects
    bare = set(marked).isdisjoint(tagged.MEDICINES)  # 'it', 'them', or nothing
    return bool(entries) and all(
        (one.drug is not None and one.drug.otc) or (bare and one.group.kind == "supplement") for one in entries
    )


def _phrases(text: str) -> set[str]:
    """The words of a text and their pairs, lower case."""
    words = re.findall(r"[a-z]+", text.lower())
    return {*words, *(f"{one} {two}" for one, two in pairwise(words))}


def _as_condition(question: str, answer: str) -> str:
    """'Feeling better?' as the condition that it stands for: 'if feeling better, '; '' if the answer is no."""
    return f"if {question.rstrip(' ?')}, " if question and not _SAYS_NO.match(answer) else ""


def _moved(found: Sequence[Found], by: int) -> list[Found]:
    """What was found in a text, as offsets into what stands behind its first `by` characters."""
    return [Found(max(0, start - by), end - by) for start, end in found if end > by]


def _speaks_of_medicine(analysis: Analysis, sentence: Sentence, question: str) -> bool:
    """Whether the article is about a medicine, or one is named in the sentence, its question or shortly before."""
    if _names_medicine(sentence.text) or _names_medicine(question) or topic_of(analysis).subjects:
        return True
    around = analysis.document.blocks[max(0, sentence.block - 1) : sentence.block + 1]
    if any(_EXERCISE.search(block.text) for block in around):
        return False
    named, at = _named_at(analysis), sentence.span.start
    place = bisect_left(named, at)
    return place > 0 and at - named[place - 1] < _REMEMBERED


@once
def _named_at(analysis: Analysis) -> tuple[int, ...]:
    """Where the sentences of an article start that name a medicine."""
    return tuple(sentence.span.start for sentence in analysis.sentences if _names_medicine(sentence.text))


def _said_before(analysis: Analysis, sentence: Sentence) -> str:
    """The sentence before one in its block; '' for none."""
    place = analysis.place_of(sentence)
    return analysis.sentences_of(sentence.block)[place - 1].text if place else ""


def _names_medicine(text: str) -> bool:
    words = tagged.tagged(text).words
    return not words.isdisjoint(tagged.MEDICINES) or not words.isdisjoint(_GENERAL)
