"""Word patterns of rules, matched by spaCy over the sentences that hold one of their words.

A pattern is a line of words:

    {study} {adverb}? {show}        {name}: any form of a word of rules/lexicons/name.yaml
    as effective|good as            a|b: either word
    works .. for everyone           ..: up to three words, no punctuation; ..5 up to five
    so?                             ?: may be absent; a lone hyphen always may
    #                               a number, in digits or words
    game-changing                   a hyphen may be absent or a space
    /.+ologists?/                   a regular expression for one word
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.analysis.lexicons import lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "\u00a0": " "})
_MOST_VARIANTS = 400
_STOPS = [*',;:.!?()[]"—…', " ", "--"]  # what a gap does not reach over


class Found(NamedTuple):
    """Where a pattern matched: `text[start:end]`."""

    start: int
    end: int


class PatternError(ValueError):
    """A pattern that cannot be read; the text says which and why."""


@dataclass(frozen=True)
class _Element:
    """One word of a pattern: what it may be, each alternative as a tuple of words, and whether it may be absent."""

    alternatives: tuple[tuple[str, ...], ...]  # of literal words
    optional: bool = False
    gap: int = 0  # this many words of any kind at most
    regex: str = ""
    number: bool = False


def plain(text: str) -> str:
    """The text with straight quotes and plain hyphens, character for character."""
    return text.translate(_PLAIN)


@cache
def language() -> Language:
    """SpaCy's English tokenizer, without any model."""
    import spacy

    return spacy.blank("en")


@lru_cache(maxsize=4096)
def tokenise(text: str) -> Doc:
    """The tokens of one sentence. Offsets are those of `text`."""
    return language().make_doc(plain(text))


class Patterns:
    """A set of patterns that are looked for together."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = [_Pattern(parse(pattern)) for pattern in patterns]

    def find(self, text: str, words: frozenset[str] | None = None) -> list[Found]:
        """Where the patterns match in a sentence, overlapping matches as one, in order.

        `words` are the sentence's `sentence_words`, where the caller has them.
        """
        words = sentence_words(text) if words is None else words
        matches = sorted(
            match for pattern in self._patterns if pattern.may_match(words) for match in pattern.find(text)
        )
        found: list[Found] = []
        for match in matches:
            if found and match.start < found[-1].end:
                found[-1] = Found(found[-1].start, max(found[-1].end, match.end))
            else:
                found.append(match)
        return found


class _Pattern:
    """One pattern, compiled for spaCy when the first sentence comes that may match it."""

    def __init__(self, elements: Sequence[_Element]) -> None:
        self._elements = elements
        self._needed = _needed(elements)
        self._matcher: Any = None

    def may_match(self, words: frozenset[str]) -> bool:
        """Whether a sentence of these words has one for each element: most have not, and are never tokenised."""
        return not any(needed.isdisjoint(words) for needed in self._needed)

    def find(self, text: str) -> Iterator[Found]:
        """Every match in a sentence."""
        if self._matcher is None:
            self._matcher = _matcher(self._elements)
        doc = tokenise(text)
        for _, start, end in self._matcher(doc):
            yield Found(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def sentence_words(text: str) -> frozenset[str]:
    """The words of a sentence, lower case; those of a contraction or hyphenated word apart."""
    return frozenset(_WORD.findall(text.lower()))


def parse(pattern: str) -> tuple[_Element, ...]:
    """Read one pattern. Raises PatternError."""
    elements = tuple(itertools.chain.from_iterable(_element(part, pattern) for part in pattern.split()))
    if not elements or all(element.gap or element.optional for element in elements):
        raise PatternError(f"the pattern '{pattern}' has no word that must be there")
    return elements


def _element(part: str, pattern: str) -> Iterator[_Element]:
    if match := re.fullmatch(r"\.\.(\d?)", part):
        yield _Element((), gap=int(match[1] or 3))
        return
    optional = part.endswith("?") and len(part) > 1
    part = part.removesuffix("?") if optional else part
    if part == "-":
        yield _Element((("-",),), optional=True)
    elif part == "#":
        yield _Element((), optional, number=True)
    elif part.startswith("/") and part.endswith("/"):
        yield _Element((), optional, regex=part[1:-1])
    else:
        alternatives = tuple(itertools.chain.from_iterable(_alternatives(word, pattern) for word in part.split("|")))
        yield _Element(alternatives, optional)


def _alternatives(word: str, pattern: str) -> Iterator[tuple[str, ...]]:
    if not word.startswith("{"):
        yield tuple(re.findall(r"n't|'\w+|[^\W_]+|[^\w\s]", word.replace("-", " ").lower()))
        return
    name = word.strip("{}")
    try:
        forms = lexicon(name)
    except KeyError:
        raise PatternError(f"the pattern '{pattern}' names the lexicon '{name}', which is not there") from None
    for form in sorted(forms):
        yield tuple(form.replace("-", " ").split())


def _needed(elements: Sequence[_Element]) -> tuple[frozenset[str], ...]:
    """For each element that must be there, the words of which a matching sentence has one; the fewest first.

    Of a phrase, its longest word stands for it.
    """
    choices = (
        frozenset(max(words, key=len) for words in element.alternatives)
        for element in elements
        if element.alternatives and not element.optional
    )
    return tuple(sorted((choice for choice in choices if all(map(_WORD.fullmatch, choice))), key=len))


def _matcher(elements: Sequence[_Element]) -> Any:
    from spacy.matcher import Matcher

    matcher = Matcher(language().vocab, validate=False)
    matcher.add("", list(itertools.islice(_variants(elements), _MOST_VARIANTS)))
    return matcher


def _variants(elements: Sequence[_Element]) -> Iterator[list[dict[str, Any]]]:
    """The token patterns that spell out one pattern: phrases of several words need one each."""
    for combination in itertools.product(*(_spellings(element) for element in elements)):
        yield [token for tokens in combination for token in tokens]


def _spellings(element: _Element) -> list[list[dict[str, Any]]]:
    if element.gap:
        return [[{"ORTH": {"NOT_IN": _STOPS}, "OP": "?"}] * element.gap]
    operator = {"OP": "?"} if element.optional else {}
    if element.number:
        return [[{"LIKE_NUM": True, **operator}]]
    if element.regex:
        return [[{"LOWER": {"REGEX": f"^(?:{element.regex})$"}, **operator}]]
    single = sorted(words[0] for words in element.alternatives if len(words) == 1)
    phrases = [words for words in element.alternatives if len(words) > 1]
    spellings: list[list[dict[str, Any]]] = []
    if single:
        spellings.append([{"LOWER": single[0] if len(single) == 1 else {"IN": single}, **operator}])
    spellings += [_phrase(words) for words in phrases]
    if element.optional and not single:
        spellings.append([])
    return spellings


def _phrase(words: Sequence[str]) -> list[dict[str, Any]]:
    """A phrase, its words apart or joined by a hyphen."""
    tokens: list[dict[str, Any]] = [{"LOWER": words[0]}]
    for word in words[1:]:
        if not word.startswith(("'", "n'")):
            tokens.append({"LOWER": "-", "OP": "?"})
        tokens.append({"LOWER": word})
    return tokens
