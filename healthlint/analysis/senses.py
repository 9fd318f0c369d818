"""What the words of a sentence are about, and which of these stand in it before which others.

'Bump it up', 'have an extra one' and 'twice as many' share no word, yet all are about more of something. The lexicon
rules/lexicons/senses.yaml gives words their senses; weights that were learned of pairs of senses hold for sentences
whose words nobody has seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from healthlint import builtin, yamlfile
from healthlint.analysis.repetition.stems import stem

MARK = "%"  # before what is of senses among the weights
_STOPS = frozenset(".;:!?")
_LARGEST = 100_000  # bytes
_MOST = 60  # words with senses that are paired: what is longer is a list


class _Senses(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    about: str
    senses: dict[str, str]


def pairs_of(words: Sequence[str]) -> frozenset[str]:
    """The senses in the words of a sentence, and their pairs: 'more' anywhere before 'drug' is '%more>drug'.

    `words` are as weights know them. Two that only words without a sense stand between are '%more+drug' besides, and
    '%^more' opens the sentence, '%|more' another clause.
    """
    known = _by_stem()
    found = [known.get(word) or known.get(stem(word)) or _stop(word) for word in words]
    placed = [senses for senses in found if senses][:_MOST]
    pairs: set[str] = set()
    seen: set[str] = set()
    previous: tuple[str, ...] = ("^",)
    for senses in placed:
        if senses != ("|",):
            pairs.update(f"{MARK}{sense}" for sense in senses)
            pairs.update(f"{MARK}{before}>{sense}" for before in seen for sense in senses)
        pairs.update(f"{MARK}{before}{'' if before in '^|' else '+'}{sense}" for before in previous for sense in senses)
        seen.update(sense for sense in senses if sense != "|")
        previous = senses
    return frozenset(pairs)


def _stop(word: str) -> tuple[str, ...]:
    return ("|",) if word in _STOPS else ()


@cache
def _by_stem() -> Mapping[str, tuple[str, ...]]:
    """The senses of each stem, and of the letters that stand for names."""
    data = yamlfile.load(builtin.folder() / "lexicons" / "senses.yaml", _LARGEST).data
    known: dict[str, list[str]] = {}
    for sense, words in msgspec.convert(data, _Senses).senses.items():
        for word in dict.fromkeys(words.split()):
            known.setdefault(word if word.isupper() else stem(word), []).append(sense)
    return {word: tuple(dict.fromkeys(senses)) for word, senses in known.items()}
