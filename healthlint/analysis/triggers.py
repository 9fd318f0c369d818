"""Which sets of patterns may match in a sentence at all: one look at its words for all sets of all rules.

Each set of patterns names its triggers, the words of which every match has one, and is known by a bit. The bits of all
words of a sentence together say who need look at it: most sets of most rules need not.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from functools import lru_cache


class Triggers:
    """The triggers of all sets of patterns that tell the words of a sentence apart in the same way."""

    def __init__(self, words_of: Callable[[str], frozenset[str]]) -> None:
        self._words_of = words_of
        self._bits: dict[str, int] = {}  # those of the sets that a word triggers
        self._free: list[int] = []  # those of sets that are gone
        self._made = 0
        # sentences come again: in other articles, and as one types
        self.bits = lru_cache(maxsize=16_384)(self._bits_of)

    def add(self, patterns: object, words: Iterable[str]) -> int:
        """The bit of a new set of patterns and its triggers; it is given to another one when that set is gone."""
        if not self._free:
            self._free.append(1 << self._made)
            self._made += 1
        bit = self._free.pop()
        words = frozenset(words)
        for word in words:
            self._bits[word] = self._bits.get(word, 0) | bit
        self.bits.cache_clear()
        weakref.finalize(patterns, self._remove, bit, words).atexit = False
        return bit

    def _remove(self, bit: int, words: frozenset[str]) -> None:
        for word in words:
            self._bits[word] &= ~bit
        self.bits.cache_clear()
        self._free.append(bit)

    def _bits_of(self, text: str) -> int:
        """The bits of all sets that a sentence has a trigger of."""
        found = 0
        for word in self._bits.keys() & self._words_of(text):
            found |= self._bits[word]
        return found
