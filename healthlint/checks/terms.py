"""Words for which there are better ones, outside quotations, names and titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

import msgspec

from healthlint.analysis import Analysis, Sentence, stance
from healthlint.analysis.rewording import fits, in_place
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind, LinkKind
from healthlint.edits import Applicability, Fix, reworded, together

# 'the word "addict"', 'say "person with diabetes" rather than "diabetic"': the word is spoken of, not used.
_SPOKEN_OF = re.compile(
    r"\b(?:words?|terms?|labels?|labell?ed|phrases?|expressions?|language|call(?:ed|ing|s)?|say(?:ing|s)?|said"
    r"|avoid|instead of|rather than|not use|stop using|replaces?|than|hear(?:s|d)?|believ\w*|thinks?|thought"
    r"|assum\w*|myths?"
    r"|stereotyp\w*|stigma\w*|seen as|accus\w*|told)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\s?(?:Anonymous|Association|Society|Foundation|UK|Act|Unit|Programme|Program|Trust|Center"
    r"|Centre|Journal|Magazine|Weekly|Forecast)\b"
)


class Terms(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Looks for words, each under the better words for it. `*` stands for any ending."""

    terms: dict[str, tuple[str, ...]]  # the words to look for, under the better words for them
    but_for: tuple[str, ...] = ()  # wordings that look the same: they void what they overlap
    unless_negated: bool = False  # let them pass where they are denied
    rewordings: dict[str, str] = msgspec.field(default_factory=dict)  # terms, with words that fit wherever they stand
    people: dict[str, str] = msgspec.field(default_factory=dict)  # nouns for people: they may be part of a longer name

    @cached_property
    def _looked_for(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(better, _pattern(words)) for better, words in self.terms.items()]

    @cached_property
    def _has_any(self) -> Callable[[str], bool]:
        """Whether a sentence has any of the words, or what looks the same."""
        pattern = re.compile("|".join(pattern.pattern for _, pattern in self._looked_for), re.IGNORECASE)
        return lru_cache(maxsize=8192)(lambda text: bool(pattern.search(text)))  # sentences come again

    @cached_property
    def _void(self) -> re.Pattern[str] | None:
        return _pattern(self.but_for) if self.but_for else None

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each use of a word."""
        sentences = [sentence for sentence in analysis.sentences if self._has_any(sentence.text)]
        for better, pattern in self._looked_for if sentences else ():
            for sentence in sentences:
                for found in pattern.finditer(sentence.text):
                    if self._is_used(analysis, sentence, *found.span()):
                        span, fix = analysis.span_in(sentence, *found.span()), self._fix(analysis, sentence, found)
                        yield Match(span, {"better": better}, fix=fix)

    def _fix(self, analysis: Analysis, sentence: Sentence, found: re.Match[str]) -> Fix | None:
        """The other words for a term, if there are any; where they may not fit in, somebody has to look."""
        term = " ".join(re.split(r"[\s-]+", found[0].lower()))
        better = self.rewordings.get(term) or self.people.get(term)
        if better is None:
            return None
        start, words = in_place(sentence.text, found.start(), better)
        is_sure = term in self.rewordings or fits(sentence.text, *found.span())
        edit = reworded(
            analysis.document,
            analysis.block_of(sentence),
            sentence.start + start,
            sentence.start + found.end(),
            words,
        )
        return together(f'write "{words}"', [edit], Applicability.SAFE if is_sure else Applicability.UNSAFE)

    def _is_used(self, analysis: Analysis, sentence: Sentence, start: int, end: int) -> bool:
        """Whether the writer uses the word, and neither quotes it nor speaks of it nor gives a name."""
        text, block = sentence.text, analysis.block_of(sentence)
        if block.quoted or block.kind is Kind.NOTE or analysis.is_reference(sentence.block):
            return False
        if self._void and any(void.start() < end and start < void.end() for void in self._void.finditer(text)):
            return False
        if stance.is_quoted(text, start, end) or _SPOKEN_OF.search(text, max(0, start - 60), start):
            return False
        if _NAMED.match(text, end) and text[start].isupper():
            return False
        if self.unless_negated and stance.is_negated(text, start):
            return False
        at = sentence.start + start
        return not any(link.kind is LinkKind.BARE and link.start <= at < link.end for link in block.links)


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    spelled = [
        re.escape(word).replace(r"\ ", r"[\s\u00a0-]").replace(r"\*", r"\w*").replace("'", "['’]") for word in words
    ]
    return re.compile(r"(?<![\w-])(?:" + "|".join(f"(?:{word})" for word in spelled) + r")(?![\w-])", re.IGNORECASE)
