"""Dangers that a sentence names, or tells by their signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from healthlint.analysis import Sentence
from healthlint.analysis.found import Found, overlap
from healthlint.analysis.word_patterns import Wordings

_LEAST_SIGNS = 2  # without which no danger is told by its signs
_LONGEST_OF_SIGNS = 300  # characters: a longer sentence lists all that there may be


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells a danger that is not named."""

    of: tuple[str, ...]  # patterns, each of another sign
    least: int  # so many of them must match in one sentence


class Danger(NamedTuple):
    """A danger that a sentence names."""

    name: str
    at: int  # index into the sentences that were looked at


class Dangers:
    """Looks for dangers by their names and their signs."""

    def __init__(
        self, named: Mapping[str, Sequence[str]], signs: Mapping[str, Signs], no_danger: Sequence[str]
    ) -> None:
        """Patterns and signs by what a danger is called; wordings of `no_danger` void the names that they overlap."""
        self._named = {name: Wordings(patterns) for name, patterns in named.items()}
        self._any_name = Wordings([pattern for patterns in named.values() for pattern in patterns])
        self._signs = {name: (told.least, tuple(Wordings([sign]) for sign in told.of)) for name, told in signs.items()}
        self._any_sign = Wordings([sign for told in signs.values() for sign in told.of])
        self._no_danger = Wordings(no_danger)

    def verify(self) -> None:
        """Raises PatternError."""
        for wordings in (*self._named.values(), self._any_sign, self._no_danger):
            wordings.verify()

    def in_sentences(self, sentences: Sequence[Sentence]) -> list[Danger]:
        """The dangers of each sentence, once each."""
        return [Danger(name, at) for at, sentence in enumerate(sentences) for name in self.in_text(sentence.text)]

    def in_text(self, text: str) -> tuple[str, ...]:
        """The dangers of a sentence."""
        return tuple(dict.fromkeys([*self.named_in(text), *self._shown_in(text)]))

    def named_in(self, text: str) -> Iterator[str]:
        """The dangers that a sentence calls by a name."""
        if not self._any_name.match(text):
            return
        for name in self._named:
            here = self.named_at(name, text)
            voided = self._no_danger.find(text) if here else []
            if any(not overlap(one, voided) for one in here):
                yield name

    def named_at(self, name: str, text: str) -> Sequence[Found]:
        """Where a sentence names a danger."""
        return self._named[name].find(text) if name in self._named else ()

    def _shown_in(self, text: str) -> Iterator[str]:
        """The dangers that a sentence tells by enough of their signs."""
        if len(text) > _LONGEST_OF_SIGNS or len(self._any_sign.find(text)) < _LEAST_SIGNS:
            return
        for name, (least, signs) in self._signs.items():
            if sum(sign.match(text) for sign in signs) >= least:
                yield name

    def has_word_of(self, name: str, text: str) -> bool:
        """Whether a text has the words for a danger or one of its signs."""
        named, signs = self._named.get(name), self._signs.get(name)
        return bool((named and named.match(text)) or (signs and any(sign.match(text) for sign in signs[1])))
