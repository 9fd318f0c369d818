"""How often a pattern may be tried before it is given up: what a rule may ask for is bounded before it is run.

An engine that goes back may follow every way in which the parts of a pattern can share the text out among themselves.
The number of ways is the product of what each part has to choose among. It is reckoned here from the pattern alone, as
the most that any text could make of it; a pattern that has too many is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MOST_WAYS = 50_000  # of one pattern at one place of a text
_CAP = 10 * MOST_WAYS  # more need not be told apart
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_ASSERTS = (ops.ASSERT, ops.ASSERT_NOT)


class PatternError(ValueError):
    """A pattern that cannot be used; the text says which and why."""

    def __init__(self, pattern: str, what: str) -> None:
        super().__init__(f"the pattern '{pattern}' {what}")
        self.pattern = pattern


def product(choices: Iterable[int]) -> int:
    """The ways of parts that stand one behind the other, each with so many choices."""
    ways = 1
    for choice in choices:
        ways = min(_CAP, ways * choice)
    return ways


def ways_of_regex(regex: str, longest: int) -> int:
    """The most ways of a regular expression in a text of at most `longest` characters. Raises re.error."""
    return _ways(_parser.parse(regex).data, longest)


def _ways(items: Sequence[tuple[Any, Any]], longest: int) -> int:
    return product(_ways_of_one(kind, what, longest) for kind, what in items)


def _ways_of_one(kind: Any, what: Any, longest: int) -> int:
    if kind in _REPEATS:
        least, most, inner = what
        each = _ways(inner.data, longest)
        most = max(least, min(most, longest))
        return sum_of_powers(each, least, most)
    if kind is ops.BRANCH:
        return min(_CAP, sum(_ways(branch.data, longest) for branch in what[1]))
    if kind is ops.SUBPATTERN:
        return _ways(what[-1].data, longest)
    if kind is ops.ATOMIC_GROUP:
        return _ways(what.data, longest)
    if kind in _ASSERTS:
        return _ways(what[1].data, longest)
    if kind is ops.GROUPREF_EXISTS:
        return sum(_ways(branch.data, longest) for branch in what[1:] if branch is not None)
    return 1


def sum_of_powers(each: int, least: int, most: int) -> int:
    """The ways of a part of `each` ways that stands from `least` to `most` times."""
    ways = 0
    for times in range(least, most + 1):
        ways += product([each] * min(times, 20)) if each > 1 else 1
        if ways >= _CAP:
            return _CAP
    return ways
