"""Where in an article a regular expression may match: one scan for the literals of all of them picks the texts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick

from healthlint.analysis.literals import literals

_BETWEEN = "\0"  # texts: no literal reaches from one into the next


class Candidates:
    """Those of some texts, the blocks or sentences of an article, in which a pattern can match."""

    def __init__(self, texts: Iterable[str]) -> None:
        texts = [text.casefold() for text in texts]
        self._text = _BETWEEN.join(texts)
        self._starts = list(accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0))[:-1]
        self._everywhere = range(len(texts))
        self._texts_of: dict[str, set[int]] = _scan.texts(self._text, self._starts)
        self._scanned = _scan.size
        self._of_pattern: dict[re.Pattern[str], Sequence[int]] = {}

    def of(self, pattern: re.Pattern[str]) -> Sequence[int]:
        """The indices of the texts that hold a literal of the pattern, in order; of all texts if it has none."""
        if pattern not in self._of_pattern:
            needed = literals(pattern)
            self._of_pattern[pattern] = self._everywhere if needed is None else sorted(self._holding(needed))
        return self._of_pattern[pattern]

    def _holding(self, needed: Iterable[str]) -> set[int]:
        found: set[int] = set()
        for literal in needed:
            if _scan.place(literal) >= self._scanned:  # new since the text was scanned
                self._texts_of[literal] = set(self._search(literal))
            found |= self._texts_of.get(literal, set())
        return found

    def _search(self, literal: str) -> Iterator[int]:
        at = self._text.find(literal)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            yield index
            at = self._text.find(literal, self._starts[index + 1]) if index + 1 < len(self._starts) else -1


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

    def texts(self, text: str, starts: Sequence[int]) -> dict[str, set[int]]:
        """The texts, joined, that hold each of the literals known so far: their indices, by where each starts."""
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
