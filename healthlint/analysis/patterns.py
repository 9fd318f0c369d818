"""Word patterns of rules, looked for in the words of a sentence.

A pattern is a line of words:

    {study} {adverb}? {show}        {name}: any form of a word of rules/lexicons/name.yaml
    as effective|good as            a|b: either word
    works .. for everyone           ..: up to three words, no punctuation, no 'not'; ..5 up to five
    so? very|really?                ?: may be absent, with all its alternatives; a lone hyphen always may
    #                               a number, in digits or words
    game-changing                   a hyphen may be absent or a space
    doesn't work                    a contraction is two words: 'n't' alone finds it in all negated verbs
    /.+ologists?/                   a regular expression for one word

Case and the shape of quotation marks and hyphens do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import msgspec

from healthlint import kept
from healthlint.analysis import effort
from healthlint.analysis.effort import PatternError
from healthlint.analysis.found import Found
from healthlint.analysis.lexicons import has_lexicon, lexicon
from healthlint.analysis.tokens import Tokens, is_number, plain, sentence_words, tokenise
from healthlint.analysis.triggers import Triggers

_GAP = re.compile(r"\.\.([1-9]\d?)?")
_LEXICON = re.compile(r"\{([\w-]+)\}")
_REGEX = re.compile(r"/(.+)/")
_LONGEST_WORD = 60  # characters: a regular expression is not tried on a longer one
# What a gap does not reach over.
_STOPS = frozenset(
    [*',;:.!?()[]"—…', "--", "...", *"not n't never neither nor hardly barely scarcely seldom rarely".split()]
)
_SPLIT = frozenset(  # words of letters alone that are two
    "cannot dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt shouldnt cant wont".split()
)
_FREE = frozenset(["-", "n't", "'s", "'re", "'ve", "'ll", "'d", "'m"])  # what does not count as a word of a gap
# Words that most sentences have: no good to pick sentences by.
_COMMON = frozenset(
    """a an and are as at be been being by can do does for from has have he if in is it its more most n't no not of on
    or she so such that the their them these they this to use used was were what when which who will with you
    your""".split()
)


_TRIGGERS = Triggers(sentence_words)


class _Element(msgspec.Struct, frozen=True):
    """One word of a pattern: what it may be, and whether it may be absent."""

    words: tuple[str, ...] = ()  # as they are written: a word, words with hyphens, a {lexicon}
    optional: bool = False
    gap: int = 0  # this many words of any kind at most
    regex: re.Pattern[str] | None = None
    number: bool = False

    def starts(self, tokens: Tokens) -> Iterable[int]:
        """Where the element may start."""
        if not self.words:
            return range(len(tokens.words))
        openings = _openings(self.words)
        return [at for at, word in enumerate(tokens.words) if word in openings]

    def ends(self, tokens: Sequence[str], at: int) -> Iterator[int]:
        """Where the element may end if it starts at `tokens[at]`."""
        if self.optional:
            yield at
        if self.gap:
            yield from _gap_ends(tokens, at, self.gap)
        elif at >= len(tokens):
            return
        elif self.number or self.regex:
            if self._is(tokens[at]):
                yield at + 1
        else:
            for words in _openings(self.words).get(tokens[at], ()):
                end = _phrase_end(tokens, at, words)
                if end:
                    yield end

    def _is(self, word: str) -> bool:
        if self.regex:
            return len(word) <= _LONGEST_WORD and bool(self.regex.fullmatch(word))
        return is_number(word)


class Patterns:
    """A set of patterns that are looked for together."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._by_trigger: dict[str, list[_Pattern]] = {}
        self._always: list[_Pattern] = []
        for pattern in map(_Pattern, map(parse, patterns), _needs(tuple(patterns))):
            if not pattern.triggers:
                self._always.append(pattern)
            for word in pattern.triggers:
                self._by_trigger.setdefault(word, []).append(pattern)
        self._bit = _TRIGGERS.add(self, self._by_trigger)
        self._found = lru_cache(maxsize=8192)(self._find)  # sentences come again: in other articles, and as one types

    def find(self, text: str) -> tuple[Found, ...]:
        """Where the patterns match in a sentence, overlapping matches as one, in order."""
        return self._found(text) if self._always or _TRIGGERS.bits(text) & self._bit else ()

    def _find(self, text: str) -> tuple[Found, ...]:
        found: list[Found] = []
        for match in sorted({match for pattern in self._likely(text) for match in pattern.find(tokenise(text))}):
            if found and match.start < found[-1].end:
                found[-1] = Found(found[-1].start, max(found[-1].end, match.end))
            else:
                found.append(match)
        return tuple(found)

    def _likely(self, text: str) -> Iterator[_Pattern]:
        """The patterns that a sentence has the words for. Most sentences have none, and are never tokenised."""
        words = sentence_words(text)
        tried: dict[_Pattern, None] = dict.fromkeys(self._always)
        for word in self._by_trigger.keys() & words:
            tried.update(dict.fromkeys(self._by_trigger[word]))
        return (pattern for pattern in tried if pattern.may_match(words))


class _Pattern:
    """One pattern."""

    def __init__(self, elements: Sequence[_Element], needs: Sequence[frozenset[str]]) -> None:
        """`needs` are sets of words, of each of which a matching sentence has one; the least common ones come first."""
        self._elements = elements
        self._needs = needs
        self.triggers = needs[0] if needs else frozenset()

    def may_match(self, words: frozenset[str]) -> bool:
        """Whether a sentence of these words has one for each element."""
        return not any(needed.isdisjoint(words) for needed in self._needs)

    def find(self, tokens: Tokens) -> Iterator[Found]:
        """Every match in a sentence."""
        words, spans = tokens.words, tokens.spans
        for start in self._starts(tokens):
            reached = {start}
            for element in self._elements:
                reached = {end for at in reached for end in element.ends(words, at)}
                if not reached:
                    break
            if reached and max(reached) > start:
                yield Found(spans[start][0], spans[max(reached) - 1][1])

    def _starts(self, tokens: Tokens) -> Iterable[int]:
        """Where the pattern may start: at its first word that must be there, or at one before it that may be absent."""
        starts: set[int] = set()
        for element in self._elements:
            starts.update(element.starts(tokens))
            if not (element.optional or element.gap):
                break
        return starts


def parse(pattern: str) -> tuple[_Element, ...]:
    """Read one pattern. Raises PatternError."""
    elements = tuple(_element(part, pattern) for part in pattern.split())
    if not elements or all(element.gap or element.optional for element in elements):
        raise PatternError(pattern, "has no word that must be there")
    return elements


def _element(part: str, pattern: str) -> _Element:
    if part.startswith(".."):
        gap = _GAP.fullmatch(part)
        if not gap:
            raise PatternError(pattern, f"has the gap '{part}'; write .. or ..1 to ..99")
        return _Element(gap=int(gap[1] or 3))
    optional = part.endswith("?") and len(part) > 1
    part = part.removesuffix("?") if optional else part
    if part == "-":
        return _Element(("-",), optional=True)
    if part == "#":
        return _Element(optional=optional, number=True)
    if regex := _REGEX.fullmatch(part):
        return _Element(optional=optional, regex=_compiled(regex[1], pattern))
    words = tuple(part.split("|"))
    for word in words:
        _verify(word, pattern)
    return _Element(words, optional)


def _compiled(regex: str, pattern: str) -> re.Pattern[str]:
    try:
        if effort.ways_of_regex(regex, _LONGEST_WORD) > effort.MOST_WAYS:
            most = f"{effort.MOST_WAYS:,}"
            mend = "write fewer *, + and ?, and repeat no group that repeats something"
            raise PatternError(pattern, f"may be tried in more than {most} ways on one word; {mend}")
        return re.compile(regex)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(pattern, f"has a bad regular expression: {error}") from None


def _verify(word: str, pattern: str) -> None:
    """Raise PatternError for what is no word and no lexicon that is there."""
    if not word:
        raise PatternError(pattern, "has an empty alternative")
    if "{" in word or "}" in word:
        name = _LEXICON.fullmatch(word)
        if not name:
            raise PatternError(pattern, f"has '{word}', which is no word and no {{lexicon}}")
        if not has_lexicon(name[1]):
            raise PatternError(pattern, f"names the lexicon '{name[1]}', which is not there")


@cache
def _phrases(word: str) -> tuple[str, ...]:
    """A word, or the forms of a {lexicon}; a phrase has blanks between its words."""
    name = _LEXICON.fullmatch(word)
    forms = sorted(lexicon(name[1])) if name else [word]
    return tuple(plain(form).replace("-", " ").lower().strip() or form for form in forms)


@cache
def _openings(words: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases with their words told apart as in a sentence ('cannot' is two), by the first of them."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for word in words:
        for phrase in _phrases(word):
            parts = tuple(part for chunk in phrase.split() for part in _parts(chunk))
            found.setdefault(parts[0], []).append(parts)
    return found


def _parts(chunk: str) -> tuple[str, ...]:
    return (chunk,) if chunk.isalpha() and chunk not in _SPLIT else tokenise(chunk).words


def _first_words(words: tuple[str, ...]) -> frozenset[str]:
    """The first word of each phrase, as `sentence_words` has it; none at all if a phrase has no letter or digit."""
    found = frozenset[str]().union(*map(_first_words_of, words))
    return frozenset() if "" in found else found


@cache
def _first_words_of(word: str) -> frozenset[str]:
    """The same for one word or {lexicon}, with '' for a phrase that has no letter or digit."""
    firsts = (phrase.split()[0] for phrase in _phrases(word))
    return frozenset(
        first if first.isalpha() and first not in _SPLIT else min(sentence_words(first), key=first.find, default="")
        for first in firsts
    )


def _needs(patterns: tuple[str, ...]) -> list[list[frozenset[str]]]:
    """The words that each of some patterns needs, as an earlier run has found them. Raises PatternError."""

    def work() -> bytes:
        return msgspec.json.encode([sorted(_needed(parse(pattern)), key=_commonness) for pattern in patterns])

    encoded = kept.worked_out("patterns", "\n".join(patterns), work)
    return msgspec.json.decode(encoded, type=list[list[frozenset[str]]])


def _needed(elements: Sequence[_Element]) -> Iterator[frozenset[str]]:
    """For each element that must be there, the words of which a matching sentence has one."""
    for element in elements:
        if element.words and not element.optional and (words := _first_words(element.words)):
            yield words


def _commonness(words: frozenset[str]) -> tuple[bool, int]:
    return not words.isdisjoint(_COMMON), len(words)


def _phrase_end(tokens: Sequence[str], at: int, words: Sequence[str]) -> int:
    """Where a phrase ends that starts at `tokens[at]`, its words apart or joined by hyphens; 0 if it is not there."""
    for word in words:
        if at < len(tokens) and tokens[at] == "-" != word:
            at += 1
        if at >= len(tokens) or tokens[at] != word:
            return 0
        at += 1
    return at


def _gap_ends(tokens: Sequence[str], at: int, most: int) -> Iterator[int]:
    """Where a gap may end, before any word at first."""
    yield at
    while at < len(tokens) and tokens[at] not in _STOPS:
        most -= tokens[at] not in _FREE
        if most < 0:
            return
        at += 1
        yield at
