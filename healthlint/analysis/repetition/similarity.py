"""How likely two passages of one article tell the same, given the points that each names.

The reckoning is that of I. Fellegi and A. Sunter, "A theory for record linkage" (1969). A point that both passages name
speaks for a retelling by as much as a retelling would keep it more often than chance brings it back; a point that only
one of them names speaks against it by how seldom a retelling loses one. Chance is what is known of the point: in how
many other sections of the article it stands, and how usual it is in health articles.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, cached_property

import msgspec

from healthlint.analysis.repetition.concepts import lexicon

_KEPT = 0.35  # of the points of a passage, in other words that nothing here knows to mean the same
_LOSS = -math.log(1 - _KEPT)  # nats
_BELIEF = 4.0  # how many sections of the article weigh as much as what is usual
_LIKELIEST = 0.98
_RAREST = 0.001
_UNSEEN = 0.0005  # of passages of the usual size: a point that is not known to be usual
_TELLING = 1.0  # nats; what speaks less for a retelling is no point worth naming
_USUAL_SIZE = 45.0  # points of a section of about 100 words
_SMALLEST = 0.3  # of the usual size; passages are reckoned as of the nearest size of a row that grows by root 2
_MOST_SIZES = 12
_OF_A_NUMBER = 0.5  # of what a point speaks for a retelling: numbers come in sets, '5, 10 and 20 mg'
_OF_NO_WEIGHT = frozenset(  # repeated on purpose
    ("telephone", "emergency", "immediately", "boxed warning", "#911", "#999", "#112", "#111", "#988")
)


class Overlap:
    """What two passages share."""

    def __init__(self, odds: float, share: float, gains: Mapping[str, float], shared: AbstractSet[str]) -> None:
        self.odds = odds  # in nats, for a retelling against chance
        self.share = share  # of the points of each, 0 to 1
        self._gains, self._shared = gains, shared

    @cached_property
    def points(self) -> tuple[str, ...]:
        """The points that are shared and tell something, the most telling first."""
        found = sorted(((self._gains[point], point) for point in self._shared), reverse=True)
        return tuple(point for gain, point in found if gain > _TELLING)

    def __lt__(self, other: Overlap) -> bool:
        return self.odds < other.odds


NOTHING = Overlap(-math.inf, 0.0, {}, frozenset())


class _UsualFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The keys of rules/lexicons/usual.yaml."""

    about: str
    per_thousand: dict[int, str]


@cache
def usual() -> Mapping[str, float]:
    """How often a passage of the usual size has a point, of those that are found again and again."""
    levels = msgspec.convert(lexicon("usual"), _UsualFile).per_thousand
    return {point: level / 1000 for level, points in levels.items() for point in points.strip().split(", ")}


class Weights:
    """How telling the points of an article are."""

    def __init__(self, sections: Iterable[Collection[str]]) -> None:
        """From the points of each section, each named once."""
        points = [frozenset(each) for each in sections]
        others, found_in = max(0, len(points) - 2), Counter(point for each in points for point in each)
        self._gains = [_Gains(found_in, others, _SMALLEST * 2 ** (step / 2)) for step in range(_MOST_SIZES)]

    def overlap(self, first: Counter[str], second: Counter[str]) -> Overlap:
        """What two passages share, each given by its points and how often it names them."""
        shared = first.keys() & second.keys()
        if not shared:
            return NOTHING
        gains = self._gains_at(first, second)
        odds = sum(map(gains.__getitem__, shared)) - _LOSS * ((len(first) + len(second)) / 2 - len(shared))
        return Overlap(odds, len(shared) / math.sqrt(len(first) * len(second)), gains, shared)

    def _gains_at(self, first: Counter[str], second: Counter[str]) -> _Gains:
        size = math.sqrt(first.total() * second.total()) / _USUAL_SIZE
        step = round(2 * math.log2(size / _SMALLEST))
        return self._gains[min(max(0, step), _MOST_SIZES - 1)]


class _Gains(dict[str, float]):
    """What points that two passages of a size share speak for a retelling, in nats; of those that were asked for."""

    def __init__(self, found_in: Counter[str], others: int, size: float) -> None:
        """`found_in` counts the sections that have a point; `others` is how many there are besides the two."""
        self._found_in, self._others, self._size = found_in, others, size

    def __missing__(self, point: str) -> float:
        gain = self[point] = self._gain(point)
        return gain

    def _gain(self, point: str) -> float:
        if point in _OF_NO_WEIGHT:
            return 0.0
        elsewhere = max(0, self._found_in[point] - 2)
        rate = (elsewhere + _BELIEF * usual().get(point, _UNSEEN)) / (self._others + _BELIEF)
        chance = 1 - (1 - min(_LIKELIEST, max(_RAREST, rate))) ** self._size
        return math.log((_KEPT + (1 - _KEPT) * chance) / chance) * (_OF_A_NUMBER if point[0] == "#" else 1.0)
