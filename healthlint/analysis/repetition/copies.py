"""The same words again: runs that two sentences share, and sentences told twice with at most a few words changed.

Shingling after A. Broder, "On the resemblance and containment of documents" (1997): a text is the set of its runs of
three words, and two texts are compared by what their sets share. An index from run to place keeps it linear.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain, combinations, product

from healthlint.analysis.repetition.concepts import points

RUN = 3  # words

_MANY = 8  # places of one run; those behind them are compared with the first alone
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ALIKE = 0.8  # of the words of both sentences
_PART = 0.9  # of the shorter sentence, when it is part of the longer
_LONGEST_PART = 12  # words that a part has at least
_MOST_DROPPED = 0.25  # of the points of both
_LONGEST = 200  # words of a sentence that is compared word by word
_DENIALS = frozenset(
    "not no never without nor cannot can't don't doesn't won't isn't aren't shouldn't nothing none".split()
)

Run = tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, in order, with straight apostrophes."""
    return _WORD.findall(text.lower().replace("’", "'"))


def runs(words: Sequence[str]) -> set[Run]:
    """The runs of three words in a text."""
    return set(zip(words, words[1:], words[2:], strict=False))


def shared_runs(own: Mapping[int, set[Run]]) -> dict[tuple[int, int], set[Run]]:
    """The runs that two texts share, by the keys of the earlier and the later one; given the runs of each."""
    counts = Counter(chain.from_iterable(own.values()))
    repeated = {run for run, count in counts.items() if count > 1}
    places: dict[Run, list[int]] = defaultdict(list)
    for key in sorted(own):
        for run in own[key] & repeated:
            places[run].append(key)
    found: dict[tuple[int, int], set[Run]] = defaultdict(set)
    for run, keys in places.items():
        for pair in chain(combinations(keys[:_MANY], 2), product(keys[:1], keys[_MANY:])):
            found[pair].add(run)
    return dict(found)


def is_told_again(earlier: str, later: str) -> bool:
    """Whether a sentence says what an earlier one said, word for word or with a few words dropped, added or reworded.

    'Adults take 5 mg' and 'Adults take 10 mg' are alike in words but differ in what they say.
    """
    first, second = words_of(earlier), words_of(later)
    if first == second or max(len(first), len(second)) > _LONGEST:
        return first == second
    if set(first) & _DENIALS != set(second) & _DENIALS or _numbers(first) != _numbers(second):
        return _is_part(first, second)
    alike = SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
    return (alike and _say_the_same(earlier, later)) or _is_part(first, second)


def _is_part(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether nearly all of the shorter sentence is one run of the longer: a quotation, or the start of a sentence."""
    shortest = min(len(first), len(second))
    if shortest < _LONGEST_PART:
        return False
    match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return match.size >= max(_LONGEST_PART, _PART * shortest)


def _numbers(words: Iterable[str]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


def _say_the_same(earlier: str, later: str) -> bool:
    """Whether no point of one sentence stands in the place of another point of the other."""
    first = set(points(earlier))
    second = set(points(later))
    if first - second and second - first:
        return False
    return len(first ^ second) <= _MOST_DROPPED * len(first | second)
