"""How much two passages of one article share: their points, weighted by how little one would expect to share them.

The weighting is K. Spärck Jones's, "A statistical interpretation of term specificity" (1972), within the article: a
point found in no other section weighs most, its own subject hardly anything. The share is that of the cosine measure
for sets: what is shared, over the geometric mean of what each has.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

_UNSEEN = 0.03  # how often a section has a point that no section of the article is known to have
_BELIEF = 4.0  # how many sections that guess counts for
_LIKELIEST = 0.98
_RAREST = 0.002
_TELLING = 1.5  # nats; what weighs less is no point worth naming
_USUAL_SIZE = 45.0  # points of a section of about 100 words


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two passages share."""

    share: float  # 0 to 1
    weight: float  # of the shared points together: how surprising it is
    points: tuple[str, ...]  # that are shared and tell something, the most telling first

    def __lt__(self, other: Overlap) -> bool:
        return self.share < other.share


NOTHING = Overlap(0.0, 0.0, ())


class Weights:
    """How telling the points of an article are, known from its sections."""

    def __init__(self, sections: Iterable[Collection[str]]) -> None:
        """From the points of each section, each named once."""
        points = [frozenset(each) for each in sections]
        self._sections = len(points)
        self._found_in = Counter(point for each in points for point in each)
        self._kept: dict[float, list[float]] = {}

    def overlap(self, first: Counter[str], second: Counter[str]) -> Overlap:
        """What two passages share, each given by its points and how often it names them."""
        size = round(max(first.total() / _USUAL_SIZE, second.total() / _USUAL_SIZE, 0.5), 1)
        weights = self._weights(size)
        found, shared, of_first, of_second = self._found_in, [], 0.0, 0.0
        for point in first:
            if point in second:
                shared.append((weights[max(0, found[point] - 2)], point))
            else:
                of_first += weights[max(0, found[point] - 1)]
        for point in second:
            if point not in first:
                of_second += weights[max(0, found[point] - 1)]
        weight = sum(each for each, _ in shared)
        if not weight:
            return NOTHING
        telling = tuple(point for each, point in sorted(shared, reverse=True) if each > _TELLING)
        return Overlap(weight / math.sqrt((of_first + weight) * (of_second + weight)), weight, telling)

    def _weights(self, size: float) -> list[float]:
        """How surprising it is, in nats, that a passage of that size has a point, by how many others have it."""
        if size not in self._kept:
            others = max(0, self._sections - 2)
            self._kept[size] = [_surprise(elsewhere, others, size) for elsewhere in range(self._sections + 1)]
        return self._kept[size]


def _surprise(elsewhere: int, others: int, size: float) -> float:
    chance = (elsewhere + _BELIEF * _UNSEEN) / (others + _BELIEF)
    chance = min(_LIKELIEST, max(_RAREST, chance))
    return -math.log(1 - (1 - chance) ** size)
