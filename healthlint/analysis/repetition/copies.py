"""The same words again: runs that two sentences share, and sentences told twice with at most a few words changed.

Shingling after A. Broder, "On the resemblance and containment of documents" (1997): a text is the set of its runs of
three words, and two texts are compared by what their sets share. An index from run to place keeps it linear.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Protocol

RUN = 3  # words

_MANY = 8  # places of one run; those behind them are compared with the first alone
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKS = "“”–—…•\N{NO-BREAK SPACE}"
_SPACED = bytes(code if chr(code).isalnum() and code < 128 else ord(" ") for code in range(256))
_ALIKE = 0.8  # of the words of both sentences
_PART = 0.9  # of the shorter sentence, when it is part of the longer
_SHORTEST_PART = 12  # words that a part has at least
_MOST_DROPPED = 0.25  # of the points of both
_BUILT_ALIKE = 0.3  # of the runs of the shorter sentence
_LONGEST = 200  # words of a sentence that is compared word by word
_DENIALS = frozenset(
    "not no never without nor cannot can't don't doesn't won't isn't aren't shouldn't nothing none".split()
)

Run = int  # three words, as one number within an article; of 64 bits, so that no two will have the same


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, in order, with straight apostrophes."""
    text = text.lower().replace("’", "'")
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
    if text.isascii() and "'" not in text:  # then to split is to do the same, and faster
        return text.encode("ascii").translate(_SPACED).decode("ascii").split()
    return _WORD.findall(text)


def runs(texts: Iterable[Sequence[str]]) -> list[list[Run]]:
    """The runs of three words in each of the texts of an article; the same run has the same number in all."""
    numbers = _Numbers()
    numbered = [list(map(numbers.__getitem__, words)) for words in texts]
    return [list(map(hash, zip(text, text[1:], text[2:], strict=False))) for text in numbered]


class _Numbers(dict[str, int]):
    """Numbers for words, from 0, in the order in which they are asked for."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def repeated_runs(own: Mapping[int, Sequence[Run]]) -> dict[int, set[Run]]:
    """Of the runs of each text, those that another text has, too; texts without any are left out."""
    seen: set[Run] = set()
    again: set[Run] = set()
    for each in own.values():
        again |= seen.intersection(each)
        seen.update(each)
    return {key: shared for key, each in own.items() if (shared := again.intersection(each))}


def shared_runs(repeated: Mapping[int, set[Run]]) -> Iterator[tuple[int, Counter[int]]]:
    """For texts that share several runs with an earlier one, how many with each; given what `repeated_runs` found."""
    places: dict[Run, list[int]] = {}
    for later, own in repeated.items():
        earlier: list[int] = []
        for run in own:
            keys = places.get(run)
            if keys is None:
                places[run] = [later]
            elif len(keys) < _MANY:
                earlier += keys
                keys.append(later)
            else:
                earlier.append(keys[0])
        if len(set(earlier)) < len(earlier):
            yield later, Counter(earlier)


class Told(Protocol):
    """A sentence, its words and its points."""

    @property
    def words(self) -> Sequence[str]:
        """In lower case, in order."""

    @property
    def points(self) -> Sequence[str]:
        """As `concepts.points` names them."""


def is_told_again(earlier: Told, later: Told) -> bool:
    """Whether a sentence says what an earlier one said, word for word or with a few words dropped, added or reworded.

    'Adults take 5 mg' and 'Adults take 10 mg' are alike in words but differ in what they say.
    """
    first, second = earlier.words, later.words
    if first == second or max(len(first), len(second)) > _LONGEST:
        return first == second
    one, other = set(first), set(second)
    in_both = min(len(first) - len(one - other), len(second) - len(other - one))  # at most, whatever their order
    may_be_alike = 2 * in_both >= _ALIKE * (len(first) + len(second))
    do_not_differ = _DENIALS & one == _DENIALS & other and _numbers(first) == _numbers(second)
    if may_be_alike and do_not_differ and _are_alike(first, second) and _say_the_same(earlier, later):
        return True
    return in_both >= _size_of_part(first, second) and _is_part(first, second)


def are_built_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two sentences are cast in one mould, as if to say the same of two things: 'A positive test means ...'."""
    one, other = map(set, runs([first, second]))
    return len(one & other) > _BUILT_ALIKE * min(len(one), len(other))


def _are_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether most words stand in both sentences in the same order."""
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _is_part(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether nearly all of the shorter sentence is one run of the longer: a quotation, or the start of a sentence."""
    if min(len(first), len(second)) < _SHORTEST_PART:
        return False
    match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return match.size >= _size_of_part(first, second)


def _size_of_part(first: Sequence[str], second: Sequence[str]) -> float:
    return max(_SHORTEST_PART, _PART * min(len(first), len(second)))


def _numbers(words: Iterable[str]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


def _say_the_same(earlier: Told, later: Told) -> bool:
    """Whether no point of one sentence stands in the place of another point of the other."""
    first, second = set(earlier.points), set(later.points)
    if first - second and second - first:
        return False
    return len(first ^ second) <= _MOST_DROPPED * len(first | second)
