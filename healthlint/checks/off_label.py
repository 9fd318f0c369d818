"""Off-label uses of a drug that are presented without a word about their not being approved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from healthlint.analysis import Analysis, Sentence, stance
from healthlint.analysis.drugs import Drug, entry
from healthlint.analysis.lexicons import lexicon
from healthlint.analysis.meant import STANDS_FOR_DRUG, drugs_meant, names_drug
from healthlint.analysis.once import once
from healthlint.analysis.passages import Passage, any_of, passages, section_around
from healthlint.analysis.topic import mentions, titles
from healthlint.analysis.uses import Families, off_label_use, uses_named, without_uses
from healthlint.analysis.weighing import weigh
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind, Span

_WEIGHTS = "uses"
_TERM = re.compile(r"\boff[- ]label", re.IGNORECASE)
_NO = re.compile(
    r"\W*(?:no|not|nope|never|hardly|nobody"
    r"|(?:it|that|they|this) (?:\w+n[’']t|(?:do|does|is|are|will|can|has) not|cannot))\b",
    re.IGNORECASE,
)
_FOR_THIS = re.compile(  # of the condition that the item is about
    r"\bhere\b|\bfor (?:this|these|it|them)\b(?! reasons?\b)|\bin (?:this|these|such) (?:cases?|conditions?)\b",
    re.IGNORECASE,
)
_DOSE_FIRST = re.compile(r"\W*(?:then|a (?:low|small|single|tiny|modest) dose|an? \d+|\d+)\b", re.IGNORECASE)
_BRIEF = 160  # characters
_FOR = re.compile(r"\b(?:for|against|in)\b", re.IGNORECASE)  # in a heading: 'Clonidine for hot flushes'
_NOT_FOR = re.compile(  # what a notice says is not approved, if it is named there
    r"\b(?:not|never|nor)\b[^.;:]{0,30}?\b(?:approved|licen[cs]ed|indicated|authori[sz]ed|cleared|registered|label?led)"
    r" (?:for|to (?:treat|prevent)) (?!this|that|these|those|it\b|such|them|any|other|your|use\b|the purpose)"
    r"(?P<use>[^.;:]{3,60})",
    re.IGNORECASE,
)
_OF_USES = re.compile(  # in the first row of a table
    r"\b(?:used? for|uses|what for|taken for|given for|indications?|complaint|problem|condition)\b", re.IGNORECASE
)
_DOSE = re.compile(
    r"\b(?:\d+(?:[.,]\d+)?|half a|one|two|three|four|five|eight|ten|fifteen|twenty|thirty|forty|fifty|a hundred)[\s-]?"
    r"(?:mg|mcg|g|ml|units?|milligrams?|micrograms?)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^.:?!]{3,60}(?=:\s)")
_TITLED = re.compile(r"[^.:?!,]{3,40}(?=\.\s)")  # of an item: 'Bruxism. Botulinum toxin is given for a tight jaw.'
_LONGEST_TITLE = 4  # words
_SEVERAL = 2  # labelled uses in a sentence
# what makes a drug a treatment of what an article is about, without a word for that
_OFFERS = re.compile(
    r"""\b(?:another|second|third|other|good|fine|popular|favou?rite|best|first)
      \s(?:option|choice|string|bet|one|route|answer|weapon)
    | \bask\s(?:for|about)\s(?!a\b)
    | \b(?:sen[dt]|sends)\s(?:you|me|him|her|people|us)\s(?:home|away|off)\swith
    | \bputs?\s(?:you|me|him|her|people|us)\son\b
    | \b(?:we|they|doctors|gps|clinics|specialists|he|she|i)\s(?:(?:now|also|often|usually|happily)\s)*
      (?:prescribes?|offers?|uses?|hands?\sout|reach(?:es)?\sfor)\b
    | \b(?:swears?|swore)\sby\b | \bgo-to\b | \bsquirted | \bdoes\sthe\strick\b
    | \bthe\sone\sto\s(?:pick|ask\sfor|have)""",
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE, _SENTENCES_BEFORE = 3, 8  # blocks, and sentences in them, in which the use is told that a dose is for
_BEYOND = re.compile(r"\W*(?:beyond|besides|apart from|aside from|in addition to|not only)\b", re.IGNORECASE)


class _Found(NamedTuple):
    """A match, and whether it only gives the dose for a use that a sentence before it tells."""

    match: Match
    is_linked: bool = False


class _Told(NamedTuple):
    """What a sentence tells of an off-label use."""

    text: str  # with the question, label or heading that names the use
    weighed: str  # the same as it is weighed; '' if the use is named elsewhere


class OffLabel(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One match a passage: the term 'off-label' unexplained, or a use that the drug table knows as off-label."""

    notices: tuple[str, ...]  # patterns; in the section, they say that a use is not approved
    hedges: tuple[str, ...]  # patterns; in the passage or the next of its section, they say that it is hardly tested
    explanations: tuple[str, ...]  # patterns; anywhere in the article, they say what 'off-label' means
    presents: tuple[str, ...]  # patterns of sentences that present something as off-label
    uses: tuple[str, ...]  # patterns of sentences and lead-ins that say what a drug is used for
    no_uses: tuple[str, ...]  # patterns of sentences that name a condition for another reason
    least: float = 0.0  # likelihood that a sentence must have in which a pattern of `uses` is found
    least_of_words: float = 1.0  # and one in which none is
    same: Families = ()  # words for one use: a drug of whose table one stands for all

    @cached_property
    def _notices(self) -> Wordings:
        return Wordings(self.notices)

    @cached_property
    def _hedges(self) -> Wordings:
        return Wordings(self.hedges)

    @cached_property
    def _explanations(self) -> Wordings:
        return Wordings(self.explanations)

    @cached_property
    def _presents(self) -> Wordings:
        return Wordings(self.presents)

    @cached_property
    def _uses(self) -> Wordings:
        return Wordings(self.uses)

    @cached_property
    def _no_uses(self) -> Wordings:
        return Wordings(self.no_uses)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """At most one match a paragraph or list; one an item, if the items and not their lead-in say what is used."""
        is_named = bool(_TERM.search(analysis.document.text))
        explained = is_named and any(self._explanations.match(sentence.text) for sentence in analysis.sentences)
        found = list(self._in_passages(analysis, is_named=is_named, explained=explained))
        told = {given.match.words["drug"] for given in found if not given.is_linked}
        yield from (given.match for given in found if not given.is_linked or given.match.words["drug"] not in told)
        if not (found or is_named):
            yield from islice(self._in_headings(analysis), 1)

    def _in_passages(self, analysis: Analysis, *, is_named: bool, explained: bool) -> Iterator[_Found]:
        for passage in passages(analysis):
            if analysis.is_reference(passage.first):
                continue
            if is_named and _TERM.search(passage.text):
                found = None if explained else self._unexplained(analysis, passage)
                yield from [_Found(found)] if found else []
            else:
                yield from self._unsaid(analysis, passage)

    def _in_headings(self, analysis: Analysis) -> Iterator[Match]:
        """Headings that give a drug an off-label use which no passage calls so: 'Trazodone: the tablet for sleep'."""
        for index, block in enumerate(analysis.document.blocks):
            if block.kind is not Kind.HEADING or block.text.rstrip().endswith("?"):
                continue
            for sentence in analysis.sentences_of(index):
                named = {entry(mention.known).drug for mention in mentions(sentence.text)}
                drug = named.pop() if len(named) == 1 else None
                if not drug or not (_FOR.search(sentence.text) or self._uses.match(sentence.text)):
                    continue
                if off_label_use(sentence.text, drug, self.same) is None or self._no_uses.match(sentence.text):
                    continue
                section = section_around(analysis.document, index)
                if any(_said_in(analysis, each, section.start, section.stop) for each in (self._notices, self._hedges)):
                    continue
                if not self._is_told_elsewhere(analysis, drug, sentence):
                    yield Match(sentence.span, {"drug": drug.name}, doubtful=drug.certainty == "doubtful")

    def _unexplained(self, analysis: Analysis, passage: Passage) -> Match | None:
        """The passage's first sentence that calls uses off-label, if its section says no more about that."""
        if self._is_noticed(analysis, passage):
            return None
        for sentence in _sentences(analysis, passage):
            stands = not stance.is_question(sentence.text) and not stance.is_refuted(analysis, sentence)
            if stands and self._presents.match(sentence.text):
                return Match(Span(sentence.span.start, _end_of(analysis, passage, sentence)), {"drug": "the drug"})
        return None

    def _unsaid(self, analysis: Analysis, passage: Passage) -> Iterator[_Found]:
        """The passage's sentences, or list with its lead-in, that give a drug an off-label use."""
        sentences = list(_sentences(analysis, passage))
        lead_in = _lead_in(analysis, passage)
        marked: set[int] = set()  # blocks
        lists_uses: bool | None = None  # not looked at yet
        for sentence in sentences:
            if sentence.block in marked or stance.is_question(sentence.text):
                continue
            given = self._given(analysis, passage, sentence, lead_in)
            if not given:
                continue
            drug, is_topic = given
            values = {"drug": drug.name}
            is_sure = (
                is_topic or bool(_DOSE.search(analysis.block_of(sentence).text) or _OFFERS.search(sentence.text))
            ) and not _lists_labelled(sentence.text, drug)
            about = self._told_before(analysis, sentence, drug)
            named = f"{self._dosed_for(analysis, sentence, drug)} {about} {sentence.text}"
            doubtful = drug.certainty == "doubtful" or not is_sure or _is_labelled_abroad(named, drug)
            leads = lead_in if lead_in and sentence.block != lead_in.block else None
            if leads and lists_uses is None:
                lists_uses = self._leads_to_uses(analysis, passage, leads)
            if leads and lists_uses:
                first = leads if leads in sentences else sentences[0]
                end = analysis.document.blocks[passage.last].prose.span().end
                yield _Found(Match(Span(first.span.start, end), values, doubtful=doubtful), bool(about))
                return
            marked.add(sentence.block)
            yield _Found(Match(sentence.span, values, doubtful=doubtful), bool(about))

    def _leads_to_uses(self, analysis: Analysis, passage: Passage, lead_in: Sentence) -> bool:
        """Whether a passage is a list of uses, whose items say no more than what they are."""
        items = range(max(passage.first, lead_in.block + 1), passage.last + 1)
        return self._uses.match(lead_in.text) and all(len(analysis.sentences_of(index)) == 1 for index in items)

    def _given(
        self, analysis: Analysis, passage: Passage, sentence: Sentence, lead_in: Sentence | None
    ) -> tuple[Drug, bool] | None:
        """The drug that a sentence gives an off-label use, not told of elsewhere, and whether it is a topic."""
        for drug, is_topic in drugs_meant(analysis, passage, sentence):
            if not self._is_given(analysis, sentence, lead_in, drug):
                continue
            text = _with_question(analysis, sentence)
            if not self._is_noticed(analysis, passage, drug, text) and not self._is_told_elsewhere(
                analysis, drug, sentence
            ):
                return drug, is_topic
        return None

    def _is_given(self, analysis: Analysis, sentence: Sentence, lead_in: Sentence | None, drug: Drug) -> bool:
        """Whether a sentence says that the drug is used for something its label does not list."""
        told = self._telling(analysis, sentence, drug)
        if not told:
            return False
        if lead_in is None or lead_in.block == sentence.block:
            return self._says_use(told)
        if self._no_uses.match(told.text):
            return False
        if sentence.block in _cells_of_uses(analysis):
            return True
        leads = _with_sentence_before(analysis, lead_in)
        if self._no_uses.match(leads):
            return False  # 'Tell your doctor if you have:'
        if not (self._is_worded(told.text) or self._uses.match(leads)):
            return False
        signs = self.noticed(f"{leads} {told.text}")
        return weigh(f"{leads} {told.weighed or told.text}", _WEIGHTS, signs).likelihood >= self.least

    def _telling(self, analysis: Analysis, sentence: Sentence, drug: Drug) -> _Told | None:
        """What a sentence that speaks of an off-label use of the drug tells, with what names that use."""
        text, said = _with_question(analysis, sentence), _said(analysis, sentence)
        at, is_own = off_label_use(text, drug, self.same, said), True
        if at is None:
            about = self._dosed_for(analysis, sentence, drug) or self._told_before(analysis, sentence, drug)
            text, said, is_own = f"{about}: {sentence.text}" if about else "", "", False
            at = off_label_use(text, drug, self.same)
        if at is None or stance.is_refuted(analysis, sentence) or stance.is_negated(text, at):
            return None
        return _Told(text, without_uses(text, drug, self.same, said) if is_own else "")

    def _says_use(self, told: _Told) -> bool:
        """Whether what is told says that the drug is used so: by patterns or, if they are silent, by its words."""
        is_worded = self._is_worded(told.text) and not self._no_uses.match(told.text)
        if not told.weighed:
            return is_worded
        likelihood = weigh(told.weighed, _WEIGHTS, self.noticed(told.text)).likelihood
        return likelihood >= (self.least if is_worded else self.least_of_words)

    def _is_worded(self, text: str) -> bool:
        return self._uses.match(text) or bool(_DOSE.search(text))

    def noticed(self, text: str) -> frozenset[str]:
        """What speaks for or against a use besides the words of a text: the weights know each by its name."""
        noticed = {
            "uses": self._uses.match(text),
            "no-uses": self._no_uses.match(text),
            "dose": bool(_DOSE.search(text)),
            "offers": bool(_OFFERS.search(text)),
        }
        return frozenset(name for name, is_noticed in noticed.items() if is_noticed)

    def weighed_text(self, text: str) -> str:
        """A text as it is weighed, if it names a drug and an off-label use of it; '' for another."""
        drugs = (entry(mention.known).drug for mention in mentions(text))
        named = next((drug for drug in drugs if drug and off_label_use(text, drug, self.same) is not None), None)
        return without_uses(text, named, self.same) if named else ""

    def _dosed_for(self, analysis: Analysis, sentence: Sentence, drug: Drug) -> str:
        """The heading or title of an off-label use below which a sentence gives a dose of the drug; '' for none."""
        heading = analysis.heading_of(sentence.block)
        above = [heading.text] if heading else []
        is_given = _DOSE.search(sentence.text) or (names_drug(sentence.text, drug) and _OFFERS.search(sentence.text))
        if not is_given or not any(names_drug(text, drug) for text in (analysis.block_of(sentence).text, *above)):
            return ""
        for text in [*above, *titles(analysis.document)]:
            if off_label_use(text, drug, self.same) is not None:
                return text
        return ""

    def _told_before(self, analysis: Analysis, sentence: Sentence, drug: Drug) -> str:
        """The sentence that names an off-label use for which one shortly behind it gives a dose; '' for none.

        None, too, if the one behind it or what stands above it names such a use.
        """
        if not _DOSE.search(sentence.text) or self._dosed_for(analysis, sentence, drug):
            return ""
        own = _with_question(analysis, sentence)
        if off_label_use(own, drug, self.same, _said(analysis, sentence)) is not None:
            return ""
        before = list(_before(analysis, sentence))
        if not any(names_drug(text, drug) for text in (sentence.text, *before)):
            return ""
        labelled = any_of(drug.labelled_uses) if drug.labelled_uses else None
        for text in before:
            if labelled and labelled.search(text):
                return ""  # the dose is for that
            if off_label_use(text, drug, self.same) is not None and not self._no_uses.match(text):
                return text
        return ""

    def _is_noticed(self, analysis: Analysis, passage: Passage, drug: Drug | None = None, text: str = "") -> bool:
        """Whether the section says that a use is not approved, or the passage or the next how good its proof is.

        If a drug and what a text tells of it are given, what is said of another use of it does not count.
        """
        section = section_around(analysis.document, passage.first)
        near = range(passage.first, min(passage.last + 2, section.stop))
        told = (
            *_said_in(analysis, self._notices, section.start, section.stop),
            *_said_in(analysis, self._hedges, near.start, near.stop),
        )
        own = uses_named(text, drug, self.same) if drug and told else set()
        return any(not (drug and self._is_of_another(notice, drug, own)) for notice in told)

    def _is_of_another(self, text: str, drug: Drug, own: set[str]) -> bool:
        """Whether a notice is of another use: 'It is not indicated for the spasms of rheumatism'."""
        if not own or any(word[:8] in text.lower() for word in own):
            return False
        if named := uses_named(text, drug, self.same):
            return named.isdisjoint(own)
        of_use = _NOT_FOR.search(text)
        if of_use is None or (drug.labelled_uses and any_of(drug.labelled_uses).search(of_use["use"])):
            return False
        return not lexicon("condition").isdisjoint(of_use["use"].lower().split())

    def _is_told_elsewhere(self, analysis: Analysis, drug: Drug, sentence: Sentence) -> bool:
        """Whether the article calls the same use off-label or unapproved in another passage."""
        words = uses_named(sentence.text, drug, self.same)
        for passage in passages(analysis):
            if not any(word[:8] in passage.body.lower() for word in words):
                continue
            own = list(_sentences(analysis, passage))
            if _TERM.search(passage.text) or any(self._notices.match(told.text) for told in own):
                return True
            # how thin the proof is must be said of this use
            near = (
                f"{one.text} {following.text}"
                for one, following in pairwise((*own, *own[-1:]))
                if any(word[:8] in one.text.lower() for word in words)
            )
            if any(map(self._hedges.match, near)):
                return True
        return False


@once  # for the sentences of a section
def _said_in(analysis: Analysis, wordings: Wordings, first: int, stop: int) -> tuple[str, ...]:
    """The sentences of `blocks[first:stop]` that have one of some wordings."""
    texts = (sentence.text for index in range(first, stop) for sentence in analysis.sentences_of(index))
    return tuple(text for text in texts if wordings.match(text))


@once
def _cells_of_uses(analysis: Analysis) -> frozenset[int]:
    """The cells of tables whose first row says that they are of uses, and those that stand in a row with a dose."""
    found: set[int] = set()
    cells = groupby(enumerate(analysis.document.blocks), key=lambda placed: placed[1].kind is Kind.CELL)
    for table in (list(placed) for is_cell, placed in cells if is_cell):
        rows = [list(row) for _, row in groupby(table, key=lambda placed: placed[1].group)]
        is_of_uses = any(_OF_USES.search(block.text) for _, block in rows[0])
        for row in rows:
            if is_of_uses or any(_DOSE.search(block.text) for _, block in row):
                found.update(index for index, _ in row)
    return frozenset(found)


def _lead_in(analysis: Analysis, passage: Passage) -> Sentence | None:
    """What leads into the list that a passage is: the last sentence before its items, or its heading."""
    blocks = analysis.document.blocks
    if blocks[passage.first].kind is not Kind.ITEM:
        return analysis.sentences_of(passage.first)[-1] if passage.last > passage.first else None
    before = passage.first - 1
    if before < 0 or blocks[before].kind is not Kind.HEADING:
        return None
    return analysis.sentences_of(before)[-1]


def _before(analysis: Analysis, sentence: Sentence) -> Iterator[str]:
    """The last few sentences before one in its section, from a few blocks at most, the nearest first."""
    first = max(section_around(analysis.document, sentence.block).start, sentence.block - _BEFORE)
    place = analysis.place_of(sentence)
    told = [*analysis.sentences_of(sentence.block)[max(0, place - _SENTENCES_BEFORE) : place]]
    for index in range(sentence.block - 1, first - 1, -1):
        told = [*analysis.sentences_of(index)[-_SENTENCES_BEFORE:], *told]
    return (other.text for other in reversed(told[-_SENTENCES_BEFORE:]))


def _with_question(analysis: Analysis, sentence: Sentence) -> str:
    """A sentence with the question that it answers, in its block or the one before: 'Trouble sleeping? 50 mg helps.'

    Or with the label of its item, if it speaks of that: 'Bruxism: teeth grind at night. It is the best choice here.'
    Or with the sentence behind, if it is no more than a title: 'Dementia. No trial shows that lithium prevents it.'
    Or with the sentence before, if it goes on from that: 'Many cannot sleep before a journey. Here 50 mg are taken.'
    """
    question = stance.question_before(analysis, sentence)
    if question and not _NO.match(sentence.text):
        return f"{question.text.rstrip(' ?')}: {sentence.text}"
    label = _LABEL.match(analysis.document.blocks[sentence.block].text) if sentence.start else None
    if label and _FOR_THIS.search(sentence.text) and mentions(sentence.text):
        return f"{label[0]}: {sentence.text}"
    block = analysis.block_of(sentence)
    titled = _TITLED.match(block.text) if sentence.start and block.kind is Kind.ITEM else None
    if titled and len(titled[0].split()) <= _LONGEST_TITLE and mentions(sentence.text):
        return f"{titled[0]}: {sentence.text}"
    if not sentence.start and block.kind is Kind.ITEM and len(sentence.text.split()) <= _LONGEST_TITLE:
        following = analysis.sentences_of(sentence.block)[1:2]
        if following:  # one that names the drug says more of it than the title
            return "" if mentions(following[0].text) else f"{sentence.text.rstrip(' .:')}: {following[0].text}"
    goes_on = _FOR_THIS.search(sentence.text) or _DOSE_FIRST.match(sentence.text)
    if goes_on and (mentions(sentence.text) or STANDS_FOR_DRUG.search(sentence.text)):
        return _with_sentence_before(analysis, sentence)
    return sentence.text


def _said(analysis: Analysis, sentence: Sentence) -> str:
    """What the heading, and the sentence's block up to its end, say."""
    heading = analysis.heading_of(sentence.block)
    before = (other.text for other in analysis.sentences_of(sentence.block) if other.start <= sentence.start)
    return " ".join([heading.text if heading else "", *before])


def _with_sentence_before(analysis: Analysis, sentence: Sentence) -> str:
    """A sentence with the one before it in its block, if it is short: 'It may be tried for many things. Some are:'"""
    at = analysis.place_of(sentence)
    before = analysis.sentences_of(sentence.block)[at - 1].text if at else ""
    return f"{before} {sentence.text}" if before and len(sentence.text) < _BRIEF else sentence.text


def _is_labelled_abroad(text: str, drug: Drug) -> bool:
    return bool(drug.labelled_abroad and any_of(drug.labelled_abroad).search(text))


def _lists_labelled(text: str, drug: Drug) -> bool:
    """Whether a sentence is a list of what the label has, too: one more use among them may be labelled elsewhere."""
    if not drug.labelled_uses or _BEYOND.match(text):
        return False
    return len(set(any_of(drug.labelled_uses).findall(text.lower()))) >= _SEVERAL


def _sentences(analysis: Analysis, passage: Passage) -> Iterator[Sentence]:
    for index in range(passage.first, passage.last + 1):
        yield from analysis.sentences_of(index)


def _end_of(analysis: Analysis, passage: Passage, sentence: Sentence) -> int:
    """The end of a sentence, or of the list that it leads into."""
    leads = passage.last > passage.first and sentence == analysis.sentences_of(passage.first)[-1]
    return analysis.document.blocks[passage.last].prose.span().end if leads else sentence.span.end
