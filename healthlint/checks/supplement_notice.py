"""The notice that supplements are not evaluated: missed where one is praised, sold or listed, whatever the topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from healthlint.analysis import Analysis, Sentence, stance, tagged
from healthlint.analysis.topic import NUTRIENTS, mentions
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks.presence import Presence
from healthlint.documents.document import Kind

_READ = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.HEADING})
_TITLE = 25  # characters of a heading, item or cell before the name of what it is about: '2. The root: ', 'Week one: '
_LONGEST_ITEM = 200  # characters
_LONGEST_TITLE = 90  # of a paragraph's first sentence that is the name of what the others are about

# What a supplement's name goes on with where it is not swallowed: 'Vitamin C serum', but not 'Collagen or a cream?'
_FOR_THE_SKIN = re.compile(
    r"\s(?:serum|cream|lotion|ointment|balm|shampoo|face mask|toner|moisturi[sz]er)s?\b", re.IGNORECASE
)
# what makes a vitamin or a mineral a product and no part of food or of the body
_FORM = re.compile(
    r"\b(?:capsules?|softgels?|gumm(?:y|ies)|powders?|drops|sprays?|tinctures?|syrups?|sachets?|extracts?|supplements?"
    r"|shots?|chewables?|lozenges|pills?|bottles?|tubs?|jars?)\b",
    re.IGNORECASE,
)


class SupplementNotice(Presence, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """As `presence`, for articles on supplements; and for others that offer one, or list several with praise."""

    offers: tuple[str, ...]  # wordings of one who sells or recommends what the sentence names
    taken: tuple[str, ...]  # wordings of how a supplement is taken
    hedges: tuple[str, ...]  # wordings of sentences that recommend nothing
    least_listed: int = (
        2  # supplements that head a heading, item, cell or paragraph each, in an article that praises one
    )

    @cached_property
    def _offers(self) -> Wordings:
        return Wordings(self.offers)

    @cached_property
    def _taken(self) -> Wordings:
        return Wordings(self.taken)

    @cached_property
    def _hedges(self) -> Wordings:
        return Wordings(self.hedges)

    def is_missed(self, analysis: Analysis) -> bool:
        """Whether the article is about a supplement and praises it, or recommends one in passing."""
        if _is_for_the_skin(analysis):
            return False
        return super().is_missed(analysis) or self._offers_one(analysis) or self._lists_some(analysis)

    def _offers_one(self, analysis: Analysis) -> bool:
        return any(
            self._offers.match(sentence.text)
            and self._stands(sentence)
            and next(_supplements(sentence.text), None)
            and not _leads_to_question(analysis, sentence)
            for sentence in _sentences(analysis)
            if tagged.SUPPLEMENT in tagged.plain_words(sentence.text)
        )

    def _lists_some(self, analysis: Analysis) -> bool:
        """Whether enough supplements stand in a list, and a sentence there says what one of them does."""
        listed: set[str] = set()
        blocks: list[int] = []
        has_section = False
        for index, block in enumerate(analysis.document.blocks):
            if name := _listed(analysis, index):
                listed.add(name)
                blocks.append(index)
                has_section = has_section or block.kind is Kind.HEADING
        if len(listed) < self.least_listed and not has_section:
            return False
        said = (index + below for index in blocks for below in (0, 1))  # a heading's first paragraph says it, too
        return any(
            (self._claims.match(sentence.text) or self._taken.match(sentence.text)) and self._stands(sentence)
            for index in dict.fromkeys(said)
            if index < len(analysis.document.blocks) and analysis.document.blocks[index].kind in _READ
            for sentence in analysis.sentences_of(index)
        )

    def _stands(self, sentence: Sentence) -> bool:
        return not stance.is_question(sentence.text) and not self._hedges.match(sentence.text)


def _leads_to_question(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether what a sentence says is only asked about: 'My neighbour swears by turmeric. Can I take it?'"""
    following = stance.next_sentence(analysis, sentence)
    return following is not None and following.block == sentence.block and stance.is_question(following.text)


def _is_for_the_skin(analysis: Analysis) -> bool:
    """Whether the title names a supplement as what is put on the skin, which the notice is not for (21 CFR 101.93)."""
    title = analysis.document.title
    return title is not None and any(_FOR_THE_SKIN.match(title.text, named.end) for named in mentions(title.text))


def _sentences(analysis: Analysis) -> Iterator[Sentence]:
    for sentence in analysis.sentences:
        if analysis.block_of(sentence).kind in _READ and not analysis.is_reference(sentence.block):
            yield sentence


def _supplements(text: str) -> Iterator[tuple[int, str]]:
    """Where a text names supplements that are products."""
    for mention in mentions(text):
        if mention.known.kind == "supplement" and (mention.known.path.stem not in NUTRIENTS or _FORM.search(text)):
            yield mention.start, mention.known.drug


def _listed(analysis: Analysis, index: int) -> str:
    """The supplement that a heading, item, cell or titled paragraph is about; '' for none."""
    block = analysis.document.blocks[index]
    if (
        block.kind not in _READ
        or tagged.SUPPLEMENT not in tagged.plain_words(block.text)
        or analysis.is_reference(index)
    ):
        return ""
    if block.text.rstrip(' "”’').endswith("?"):
        return ""  # 'Does garlic oil cure it?' offers none
    at, name = next(_supplements(block.text), (len(block.text), ""))
    if block.kind is not Kind.PARAGRAPH:
        return name if at <= _TITLE and len(block.text) <= _LONGEST_ITEM else ""
    sentences = analysis.sentences_of(index)
    return name if not at and len(sentences) > 1 and len(sentences[0].text) <= _LONGEST_TITLE else ""
