"""Word patterns of rules over tagged sentences, as regular expressions that are built when a sentence needs them.

A pattern is a line of words, written as in `patterns`, and besides:

    {medicine} {drug} {supplement} {professional}   a name of the drug table, or a word of those lexicons
    {allowed}            a phrase of rules/lexicons/allowed.yaml, and so for every other lexicon
    stop taking|using?   either word, or none
    throw-out            words that follow one another
    evaluat*             any ending
    #                    a number, in digits or words
    .. or ..4            up to three (four) words, none of which opens a new phrase ('with', 'if', 'without', ...)
    ...6                 up to six words of any kind, commas between them
    $ or today|$         a clause ends here, or 'today' follows
    ^                    the reader is told or allowed to do what follows: see `instruction` and `permission`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache

import msgspec

from healthlint import kept
from healthlint.analysis import effort, tagged
from healthlint.analysis.effort import PatternError
from healthlint.analysis.found import Found
from healthlint.analysis.instructing import instruction, permission
from healthlint.analysis.lexicons import lexicon
from healthlint.analysis.triggers import Triggers

_TAGS = {
    "{medicine}": tagged.MEDICINES,
    "{drug}": tagged.DRUG + tagged.RISKY,
    "{risky}": tagged.RISKY,
    "{supplement}": tagged.SUPPLEMENT,
    "{professional}": tagged.PROFESSIONAL,
    "#": tagged.NUMBER,
}
_ALL_TAGS = frozenset(tagged.MEDICINES + tagged.PROFESSIONAL + tagged.NUMBER)
_OPENERS = (
    "with|within|for|about|in|on|at|from|to|if|when|because|without|before|after|until|while|unless|that|than|not|eating"
    "|drinking|smoking|worrying|thinking|and|or|but|by|since|as|is|are|was|were"
)
_LONGEST_SENTENCE = 4000  # characters
_GAP_WIDTH = re.compile(r"\.{2,3}([1-9]\d?)?")
_ENDINGS = re.compile(r"(?:\\\*)+(?=\\ |$)")  # as re.escape writes it, at the end of a word
_GAP = rf"(?: (?!(?:{_OPENERS})\b)[^\s,.;:!?()]+){{0,%d}}?"
_WIDE_GAP = r"(?:,? [^\s,.;:!?()]+){0,%d}?"
_JOINT = ',? ["(]?'
_END = r"(?![\w'])"
_CLAUSE_END = r"(?=\s*(?:[.,;:!?)\"]|$))"
# words that most sentences have, or that many articles about health repeat: no good to pick sentences by
_COMMON = frozenset(
    """a about after all also an and any are as at be because been before being blood body but by called can cause
    could day different disease do doctor does don't each every first for from get give go good had has have
    he health heart help her high his how if in into is it it's its keep know less life like long make many
    may medical might more most much must my need new no not of off often on once one only or other our out
    over own part people put risk same see she should so some such symptoms take test than that the their them
    then there these they this those time to too treatment up us use used usually very was way we week well
    were what when where which while who will with without work would you your""".split()
)


_TRIGGERS = Triggers(tagged.plain_words)
bits = _TRIGGERS.bits  # of a text: the `bit` of each set of wordings that it has a trigger of


Needs = list[frozenset[str]]  # plain words, of each set of which a sentence has one if a pattern matches in it


class Wording:
    """One pattern."""

    def __init__(self, pattern: str, needs: Needs | None = None) -> None:
        """`needs` is what another one of the same pattern needs, if it is known. Raises PatternError."""
        self.pattern = pattern
        self._parts = pattern.split()
        self.instructs = self._parts[:1] == ["^"]
        if self.instructs:
            del self._parts[0]
        if not self._parts or all(_is_gap(part) for part in self._parts):
            raise PatternError(pattern, "has no word that must be there")
        # what the fewest sentences have comes first
        self.needs: Needs = sorted(self._needed(), key=_commonness) if needs is None else needs
        self.triggers = self.needs[0] if self.needs else frozenset()

    def _needed(self) -> Iterator[frozenset[str]]:
        """For each part that must be there, plain words of which one must be in a sentence that matches."""
        for part in self._parts:
            if part.endswith(("?", "$")) or _is_gap(part):
                continue
            telling = [_telling(phrase) for phrase in _phrases(part, self.pattern)]
            if not any("*" in word for word in telling):
                yield frozenset(tag for word in telling for tag in _TAGS.get(word, (word,)))

    def _choices(self, part: str) -> int:
        """In how many ways a part may match at one place of a sentence, at most."""
        if part == "$":
            return 1
        if _is_gap(part):
            return _gap_width(part, self.pattern) + 1
        phrases = set(_phrases(part, self.pattern))
        open_ended = {phrase for phrase in phrases if phrase in _TAGS or "*" in phrase}
        lengths = {len(phrase.split()) for phrase in phrases - open_ended}  # of those of one length one alone matches
        return len(open_ended) + len(lengths) + part.endswith(("?", "|$"))

    def may_match(self, words: frozenset[str]) -> bool:
        """Whether a sentence of these plain words has all that the pattern needs."""
        return not any(map(words.isdisjoint, self.needs))

    def verify(self) -> None:
        """Raise PatternError for what can be told only of the whole pattern, and is else when it is first needed."""
        if effort.product(map(self._choices, self._parts)) > effort.MOST_WAYS:
            most, mend = f"{effort.MOST_WAYS:,}", "write smaller gaps, and fewer ?"
            raise PatternError(self.pattern, f"may be tried in more than {most} ways at one place; {mend}")

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """What is looked for in a tagged text. Raises PatternError as `verify` does."""
        return re.compile(kept.worked_out("wording", self.pattern, lambda: self._spelled_out().encode()).decode())

    def _spelled_out(self) -> str:
        self.verify()
        pieces: list[str] = []
        joint = ""  # stands before the next part
        for part in self._parts:
            if part == "$":
                pieces.append(_CLAUSE_END)
                continue
            if _is_gap(part):
                pieces.append((_WIDE_GAP if part.startswith("...") else _GAP) % _gap_width(part, self.pattern))
                continue
            either = "|".join(sorted(map(_spelled, _phrases(part, self.pattern)), key=len, reverse=True))
            if part.endswith("|$"):
                pieces.append(f"(?:{joint}(?:{either}){_END}|{_CLAUSE_END})")
            elif not part.endswith("?"):
                pieces.append(f"{joint}(?:{either}){_END}")
            elif pieces:
                pieces.append(f"(?:{joint}(?:{either}){_END})?")
            else:
                pieces.append(f"(?:(?:{either}){_END}{_JOINT})?")
                continue
            joint = _JOINT
        return r"(?<![\w'])" + "".join(pieces)

    def find(self, text: str) -> Iterator[Found]:
        """Where the pattern matches in a tagged text."""
        for match in self.regex.finditer(text):
            if not self.instructs or instruction(text, match.start()) or permission(text, match.start()):
                yield Found(match.start(), match.end())


class Wordings:
    """Patterns that are looked for together."""

    def __init__(self, patterns: Sequence[str], *, remembers: bool = True) -> None:
        """What is found in a sentence is remembered, unless whoever asks remembers what comes of it."""
        self._always: list[Wording] = []
        # sentences come again: in other articles, and as one types
        self._found = lru_cache(maxsize=8192)(self._find) if remembers else self._find
        self._by_trigger: dict[str, list[Wording]] = {}
        for wording in map(Wording, patterns, _needs(tuple(patterns))):
            if not wording.triggers:
                self._always.append(wording)
            for word in wording.triggers:
                self._by_trigger.setdefault(word, []).append(wording)
        self.triggers = frozenset(self._by_trigger)  # plain words, of which every match has one but for `_always`
        self.bit = _TRIGGERS.add(self, self.triggers)

    def find(self, text: str) -> tuple[Found, ...]:
        """All that matches in one sentence of an article, by place."""
        return self._found(text) if self.may_match(text) else ()

    def may_match(self, text: str) -> bool:
        """Whether a sentence has a word that some pattern cannot do without."""
        return bool(self._always or bits(text) & self.bit)

    def _find(self, text: str) -> tuple[Found, ...]:
        candidates = self._candidates(text)
        if not candidates:
            return ()
        plain = tagged.tagged(text).text
        return tuple(sorted(found for wording in candidates for found in wording.find(plain)))

    def verify(self) -> None:
        """Raise PatternError for a pattern that must not be run."""
        for wording in {*self._always, *(one for several in self._by_trigger.values() for one in several)}:
            wording.verify()

    def match(self, text: str) -> bool:
        """Whether any pattern matches in a sentence."""
        return bool(self.find(text))

    def _candidates(self, text: str) -> list[Wording]:
        """The patterns that a sentence has the words for; what is longer than any sentence has none."""
        if len(text) > _LONGEST_SENTENCE:
            return []
        words = tagged.plain_words(text)
        found: dict[Wording, None] = dict.fromkeys(self._always)
        for word in words & self.triggers:
            for wording in self._by_trigger[word]:
                if wording not in found and wording.may_match(words):
                    found[wording] = None
        return list(found)


def _needs(patterns: tuple[str, ...]) -> list[Needs]:
    """What each of some patterns needs, as an earlier run has found it. Raises PatternError."""
    encoded = kept.worked_out(
        "wordings", "\n".join(patterns), lambda: msgspec.json.encode([Wording(pattern).needs for pattern in patterns])
    )
    return msgspec.json.decode(encoded, type=list[Needs])


def _telling(phrase: str) -> str:
    """The word of a phrase that the fewest sentences have."""
    return min(phrase.split(), key=lambda word: ("*" in word, word in _COMMON, -len(word)))


def _commonness(words: frozenset[str]) -> tuple[bool, bool, int]:
    return not words.isdisjoint(_COMMON), not words.isdisjoint(_ALL_TAGS), len(words)


def _is_gap(part: str) -> bool:
    return part.startswith("..")


def _gap_width(part: str, pattern: str) -> int:
    width = _GAP_WIDTH.fullmatch(part)
    if not width:
        raise PatternError(pattern, f"has the gap '{part}'; write .. or ..1 to ..99, or with three points")
    return int(width[1] or 3)


@cache
def _phrases(part: str, pattern: str) -> tuple[str, ...]:
    """What one part of a pattern may be: phrases of plain words, or a tag's name."""
    found: list[str] = []
    for word in part.removesuffix("?").removesuffix("|$").split("|"):
        if word in _TAGS:
            found.append(word)
        elif word.startswith("{"):
            try:
                found += sorted(lexicon(word.strip("{}")))
            except KeyError:
                raise PatternError(pattern, f"names the lexicon '{word}', which is not there") from None
        else:
            found.append(word)
    phrases = tuple(phrase if phrase in _TAGS else phrase.lower().replace("-", " ") for phrase in found)
    if not all(phrase.strip(" *") for phrase in phrases) and part != "$":
        raise PatternError(pattern, f"has '{part}', in which there is not a word for each |")
    return phrases


def _spelled(phrase: str) -> str:
    """The regular expression for one phrase."""
    if phrase in _TAGS:
        return f"[{_TAGS[phrase]}]_*"
    if "*" not in phrase:  # a word that has a tag itself: 'medicine'
        phrase = tagged.tagged(phrase).text
    return _ENDINGS.sub(r"[\\w']*", re.escape(phrase)).replace(r"\ ", ",? ")
