"""How hard a text is to read: the Flesch-Kincaid grade level and what goes into it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^aeioutdy]ed|[^laeiouy]e)$")
_TWO = re.compile(r"(?:ia|io(?!u|n)|ua(?!l\b)|eo|iu|[^q]ue(?=l)|ism$|ying)")


class Readability(NamedTuple):
    """The grade, and the counts that it was computed from."""

    grade: float  # years of school in the United States
    words: int
    sentences: int
    syllables: int


def readability(sentences: Iterable[str]) -> Readability | None:
    """The Flesch-Kincaid grade of some sentences; None if they hold no word.

    0.39 * words / sentences + 11.8 * syllables / words - 15.59 (Kincaid et al., 1975).
    """
    words = count = total = 0
    for sentence in sentences:
        own, spoken = _counted(sentence)
        words += own
        count += bool(own)
        total += spoken
    if not words:
        return None
    return Readability(0.39 * words / count + 11.8 * total / words - 15.59, words, count, total)


def words_in(sentence: str) -> int:
    """How many words a sentence has."""
    return _counted(sentence)[0]


@lru_cache(maxsize=8192)  # sentences come again as one types
def _counted(sentence: str) -> tuple[int, int]:
    """The words of a sentence, and the syllables of them all."""
    found = _WORD.findall(sentence)
    return len(found), sum(map(syllables, found))


@lru_cache(maxsize=16384)
def syllables(word: str) -> int:
    """How many syllables a word has, by its groups of vowels."""
    word = word.lower()
    count = len(_VOWELS.findall(word)) + len(_TWO.findall(word))
    return max(1, count - bool(_SILENT.search(word)))
