"""Presence: what an article of a kind must say somewhere, in whatever words, and does not."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Literal

from healthlint import builtin
from healthlint.analysis import Analysis, stance, tagged
from healthlint.analysis.found import overlap
from healthlint.analysis.lexicons import lexicon
from healthlint.analysis.once import once
from healthlint.analysis.sentences import sentence_spans
from healthlint.analysis.topic import Sort, topic_of
from healthlint.analysis.weighing import weigh
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match
from healthlint.documents.document import Document, Kind, Span
from healthlint.edits import Edit, Fix, together

_HEALTH_SENTENCES = 2  # that make a text an article about health
_LIKELY = 0.8  # of a sentence that claims something
_LONG = 500  # characters of a sentence that says too much to be weighed
_PRAISE = frozenset(
    "absolute-claim promotional uncited-comparison uncited-efficacy uncited-safety causal-claim".split()
)


_END_OF_PART = re.compile(r"</(?:article|main|body|html)\s*>", re.IGNORECASE)

Groups = tuple[tuple[str, ...], ...]


class Presence(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One match for an article that says none of the patterns in its text, its notices or its fields."""

    told: tuple[str, ...]  # wordings that tell it
    together: tuple[Groups, ...] = ()  # sets of groups of patterns: one of each group, near one another, tells it
    reach: Literal[1, 2] = 1  # how many neighbouring sentences they may stand in
    look_alikes: tuple[str, ...] = ()  # wordings that look the same: they void what they overlap
    weighed: str = ""  # what it is called in rules/weights/: a sentence whose words weigh enough tells it, too
    least: float = 0.75  # how likely its words must make it
    least_of_wording: float = 0.0  # and how likely where a pattern is found in it or, of `together`, in one of two
    undoubted: tuple[str, ...] = ()  # wordings that need no weight
    fields: tuple[str, ...] = ()  # a field whose name holds one of these words tells it
    about: tuple[Sort, ...] = ()  # kinds of article; empty: all
    claims: tuple[str, ...] = ()  # patterns of which so many sentences must match before anything is missed
    least_claims: int = 0  # so many sentences must match one of `claims`
    whatever_claims: tuple[Sort, ...] = ()  # kinds of article that need no such sentences
    least_praise: int = 0  # unsupported claims, for what `about` says if it says it, that make any article matter
    least_words: int = 40  # a shorter text is no article
    notice: str = ""  # what the fix puts at the end of the article

    def __post_init__(self) -> None:
        weights = builtin.folder() / "weights" / f"{self.weighed}.json"
        if self.weighed and not weights.exists():
            known = ", ".join(sorted(path.stem for path in weights.parent.glob("*.json")))
            raise ValueError(f"there are no weights {self.weighed!r}; there are {known}")

    @cached_property
    def _told(self) -> Wordings:
        return Wordings(self.told)

    @cached_property
    def _together(self) -> tuple[tuple[Wordings, ...], ...]:
        return tuple(tuple(Wordings(group) for group in groups) for groups in self.together)

    @cached_property
    def _look_alikes(self) -> Wordings:
        return Wordings(self.look_alikes)

    @cached_property
    def _undoubted(self) -> Wordings:
        return Wordings(self.undoubted)

    @cached_property
    def _claims(self) -> Wordings:
        return Wordings(self.claims)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match at most, of the whole document."""
        document = analysis.document
        if document.word_count < self.least_words or not is_about_health(analysis):
            return
        if self.is_missed(analysis) and not self._is_told(analysis):
            yield Match(Span(0, 0), whole_document=True, fix=self._fix(document))

    def is_missed(self, analysis: Analysis) -> bool:
        """Whether an article that does not tell it lacks something."""
        is_about = not self.about or topic_of(analysis).kind in self.about
        return (is_about and self._matters(analysis)) or self._praises(analysis)

    def _fix(self, document: Document) -> Fix | None:
        """The fix that puts the notice at the end of the article."""
        notice = " ".join(self.notice.split())
        return together(f"put at its end: {notice}", [_at_end(document, notice)]) if notice else None

    def _is_told(self, analysis: Analysis) -> bool:
        if any(word in field.name and field.value for field in analysis.document.fields for word in self.fields):
            return True
        texts = list(all_sentences(analysis))
        if any(self.tells(text) and self._may_tell(text) for text in texts):
            return True
        pairs = pairwise(["", *texts]) if self._together else ()
        if any(self._tell(*pair) and any(map(self._may_tell, pair)) for pair in pairs):
            return True
        return bool(self.weighed) and any(map(self._weighs, texts))

    def _may_tell(self, text: str) -> bool:
        """Whether the words of a sentence do not speak against it, whatever pattern is found in it."""
        if not self.weighed or len(text) > _LONG or self._undoubted.match(text):
            return True
        return weigh(text, self.weighed).likelihood >= self.least_of_wording

    def _weighs(self, text: str) -> bool:
        """Whether the words of a sentence make it likely that it tells what must be told."""
        if weigh(text, self.weighed).likelihood < self.least or stance.is_question(text):
            return False
        return not self._look_alikes.match(text)

    def tells(self, text: str) -> bool:
        """Whether a sentence tells it by its wording."""
        found = self._told.find(text)
        if not found or stance.is_question(text):
            return False
        voided = self._look_alikes.find(text)
        return any(not overlap(here, voided) for here in found)

    def _tell(self, first: str, second: str) -> bool:
        """Whether a sentence, with the one before it if that is within reach, has a pattern of each group of a set."""
        if stance.is_question(second):
            return False
        texts = [text for text in (second, first)[: self.reach] if not self._look_alikes.match(text)]
        return any(all(any(group.match(text) for text in texts) for group in groups) for groups in self._together)

    def _matters(self, analysis: Analysis) -> bool:
        """Whether the article says enough of what makes the absence matter, by pattern or by weight."""
        if not self.least_claims or topic_of(analysis).kind in self.whatever_claims:
            return True
        found = 0
        for sentence in analysis.sentences:
            found += self._claims.match(sentence.text) or _is_praise(sentence.text, of_supplement=False)
            if found >= self.least_claims:
                return True
        return False

    def _praises(self, analysis: Analysis) -> bool:
        """Whether so many sentences weigh as praise: of supplements, if the rule is about them alone."""
        found = 0
        for sentence in analysis.sentences if self.least_praise else ():
            if analysis.block_of(sentence).kind is not Kind.NOTE and not analysis.is_reference(sentence.block):
                found += _is_praise(sentence.text, of_supplement="supplement" in self.about)
                if found >= self.least_praise:
                    return True
        return False


def _at_end(document: Document, notice: str) -> Edit:
    """The edit that adds a paragraph behind the last one; in HTML before the end of the part that it stands in."""
    text = document.text
    line_end = "\r\n" if "\r\n" in text else "\n"
    if document.format == "html":
        after = max((block.span.end for block in document.blocks if not block.of_page), default=0)
        end = _END_OF_PART.search(text, after)
        at = end.start() if end else len(text.rstrip())
        return Edit(Span(at, at), f"<p>{html.escape(notice, quote=False)}</p>{line_end if end else ''}")
    at = len(text.rstrip())
    return Edit(Span(at, at), f"{line_end}{line_end}{notice}")


def _is_praise(text: str, *, of_supplement: bool) -> bool:
    if of_supplement and tagged.SUPPLEMENT not in tagged.plain_words(text):
        return False
    weight = weigh(text)
    if weight.likelihood < _LIKELY or weight.kind not in _PRAISE or stance.is_question(text):
        return False
    return not of_supplement or tagged.SUPPLEMENT in tagged.tagged(text).words


def all_sentences(analysis: Analysis) -> Iterator[str]:
    """The sentences of an article's text, of the page's notices and of its fields."""
    yield from (sentence.text for sentence in analysis.sentences)
    document = analysis.document
    texts = [block.text for block in document.blocks if block.kind is Kind.FURNITURE]
    for text in (*texts, *(field.value for field in document.fields)):
        for start, end in sentence_spans(text):
            yield text[start:end]


@once
def is_about_health(analysis: Analysis) -> bool:
    """Whether an article is about a medicine, or some sentences speak of medicines, professionals or conditions."""
    if topic_of(analysis).subjects:
        return True
    found = 0
    for sentence in analysis.sentences:
        words = tagged.plain_words(sentence.text)
        if not words.isdisjoint(lexicon("health")) or not words.isdisjoint(tagged.single_names()):
            found += 1
        if found >= _HEALTH_SENTENCES:
            return True
    return False
