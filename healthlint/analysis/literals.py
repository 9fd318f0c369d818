"""Which strings a regular expression cannot match without: found once in an article, they tell where to try it.

As in R. Cox, 'Regular Expression Matching with a Trigram Index' (2012), over the parse tree of `re`: most patterns of
most rules have no chance in most articles, and a search for plain strings is a hundred times as fast.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from healthlint import kept

_MOST = 96  # strings that grow together: more are looked for no faster than the pattern itself
_WIDEST_CLASS = 6  # characters of a class that are worth telling apart
_FREQUENT = frozenset(" ,.:;'’-()\n")


class _Part(NamedTuple):
    """What is known of a part of a pattern; None for what is not."""

    exact: frozenset[str] | None  # all that it can match
    needed: frozenset[str] | None  # each match holds one of these


_NOTHING = _Part(frozenset({""}), None)
_ANYTHING = _Part(None, None)


@cache
def literals(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Strings, casefolded, of which every text that the pattern matches holds one (casefolded); None if none serve."""
    strings = json.loads(kept.worked_out("literals", f"{pattern.flags}:{pattern.pattern}", lambda: _literals(pattern)))
    return None if strings is None else frozenset(strings)


def _literals(pattern: re.Pattern[str]) -> bytes:
    found = _sequence(_parser.parse(pattern.pattern, pattern.flags)).needed
    return json.dumps(None if found is None else sorted(_shortest(map(str.casefold, found)))).encode()


def _shortest(strings: Iterable[str]) -> frozenset[str]:
    """The strings without those that hold another one."""
    kept: list[str] = []
    for text in sorted(set(strings), key=len):
        if not any(shorter in text for shorter in kept):
            kept.append(text)
    return frozenset(kept)


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Part:
    """Parts that follow one another: strings that are known whole grow together, until one is not."""
    run, best, whole = frozenset({""}), None, True
    for op, argument in items:
        part = _part(op, argument)
        if part.exact is not None and len(run) * len(part.exact) <= _MOST:
            run = frozenset(before + behind for before in run for behind in part.exact)
            continue
        best, whole = _better(_better(best, run), part.needed), False
        run = part.exact if part.exact is not None and len(part.exact) <= _MOST else frozenset({""})
    return _Part(run if whole else None, _better(best, run))


def _part(op: Any, argument: Any) -> _Part:
    if op is ops.LITERAL:
        return _exactly({chr(argument)})
    if op is ops.IN:
        return _class(argument)
    if op is ops.BRANCH:
        return _either([_sequence(branch) for branch in argument[1]])
    if op is ops.SUBPATTERN:
        return _sequence(argument[3])
    if op is ops.ATOMIC_GROUP:
        return _sequence(argument)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _repeated(*argument)
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return _NOTHING
    return _ANYTHING


def _exactly(strings: Iterable[str]) -> _Part:
    found = frozenset(strings)
    return _Part(found, found)


def _class(members: list[tuple[Any, Any]]) -> _Part:
    if len(members) > _WIDEST_CLASS or any(op is not ops.LITERAL for op, _ in members):
        return _ANYTHING
    return _exactly(chr(code).casefold() for _, code in members)


def _either(branches: list[_Part]) -> _Part:
    exact: set[str] | None = set()
    needed: set[str] | None = set()
    for part in branches:
        exact = None if exact is None or part.exact is None else exact | part.exact
        best = _better(part.needed, part.exact)
        needed = None if needed is None or best is None else needed | best
    return _Part(frozenset(exact) if exact is not None else None, frozenset(needed) if needed is not None else None)


def _repeated(least: int, most: Any, items: Iterable[tuple[Any, Any]]) -> _Part:
    part = _sequence(items)
    if least == 0:
        optional = most == 1 and part.exact is not None
        return _Part(part.exact | {""} if optional and part.exact is not None else None, None)
    if part.exact is None or len(part.exact) > 1:
        return part if least == most == 1 else _Part(None, _better(part.needed, part.exact))
    repeated = frozenset(text * least for text in part.exact)
    return _Part(repeated if least == most else None, repeated)


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set whose strings are seen more rarely."""
    usable = [found for found in dict.fromkeys((one, other)) if found and "" not in found]
    return min(usable, key=_weight) if len(usable) > 1 else next(iter(usable), None)


def _weight(strings: frozenset[str]) -> float:
    """About how often one of some strings is met by chance, and what looking for them costs."""
    return sum(1e-5 + 4.0 ** -sum(map(_rarity, text)) for text in strings)


def _rarity(char: str) -> int:
    """How many letters a character is worth: a bracket or a garbled letter is as rare as three."""
    return 1 if (char.isascii() and char.isalnum()) or char in _FREQUENT else 3
