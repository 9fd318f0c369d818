"""Where in an article a regular expression may match: one scan for the literals of all of them picks the blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from healthlint.analysis.literals import literals
from healthlint.documents.document import Document

_BETWEEN = "\0"  # blocks: no literal reaches from one into the next


class Candidates:
    """The blocks of an article in which a pattern can match."""

    def __init__(self, document: Document) -> None:
        texts = [block.text.casefold() for block in document.blocks]
        self._text = _BETWEEN.join(texts)
        self._starts = list(accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0))[:-1]
        self._everywhere = range(len(texts))
        self._blocks_of: dict[str, set[int]] = _scan.blocks(self._text, self._starts)
        self._scanned = _scan.size
        self._of_pattern: dict[re.Pattern[str], Sequence[int]] = {}

    def blocks(self, pattern: re.Pattern[str]) -> Sequence[int]:
        """The indices of the blocks that hold a literal of the pattern, in order; of all blocks if it has none."""
        if pattern not in self._of_pattern:
            needed = literals(pattern)
            self._of_pattern[pattern] = self._everywhere if needed is None else sorted(self._holding(needed))
        return self._of_pattern[pattern]

    def _holding(self, needed: Iterable[str]) -> set[int]:
        found: set[int] = set()
        for literal in needed:
            if _scan.place(literal) >= self._scanned:  # new since the text was scanned
                self._blocks_of[literal] = set(self._search(literal))
            found |= self._blocks_of.get(literal, set())
        return found

    def _search(self, literal: str) -> Iterator[int]:
        at = self._text.find(literal)
        while at >= 0:
            block = bisect_right(self._starts, at) - 1
            yield block
            at = self._text.find(literal, self._starts[block + 1]) if block + 1 < len(self._starts) else -1


class _Scan:
    """All literals that were ever asked for, looked for together (Aho and Corasick 1975)."""

    def __init__(self) -> None:
        self._literals: dict[str, int] = {}
        self._automaton: AhoCorasick | None = None
        self._built: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many literals a scan looks for."""
        return len(self._built)

    def place(self, literal: str) -> int:
        """The number of a literal; a new one gets the next."""
        return self._literals.setdefault(literal, len(self._literals))

    def blocks(self, text: str, starts: Sequence[int]) -> dict[str, set[int]]:
        """The blocks that hold each of the literals known so far."""
        if len(self._literals) > self.size:
            self._built = tuple(self._literals)
            self._automaton = AhoCorasick(self._built)
        if self._automaton is None:
            return {}
        found: dict[str, set[int]] = {}
        for number, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            found.setdefault(self._built[number], set()).add(bisect_right(starts, start) - 1)
        return found


_scan = _Scan()
