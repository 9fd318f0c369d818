"""Texts on which regular expressions take long: made from the expressions, for every one that is compiled.

An engine that goes back takes long where a repeat takes in much and what comes behind it fails. So for each repeat of
an expression there is a text: what leads to the repeat, then what it repeats again and again, then what fits nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_ASSERTS = (ops.ASSERT, ops.ASSERT_NOT)
_MANY = 4  # a repeat of fewer takes in little
_ALPHABET = "aB1 .,;:-_'\"()[]{}<>/\\|=*+?!#&%$@~^`\n\té’“”…—µ²\u00a0İ"
_ENDS = ("\x00", "!", " ", "\n", "a")  # what fits nothing, for most


class Killer(NamedTuple):
    """A text that grows: `before`, then `again` as often as is wanted, then `behind`."""

    before: str
    again: str
    behind: str

    def text(self, size: int) -> str:
        """Of about that many characters."""
        return self.before + self.again * max(1, size // max(1, len(self.again))) + self.behind


def killers(regex: str, flags: int = 0) -> Iterator[Killer]:
    """Those of an expression, each once."""
    try:
        parsed = _parser.parse(regex, flags).data
    except (re.error, RecursionError):
        return
    seen: set[tuple[str, str]] = set()
    for before, again in _pumps(parsed, ""):
        if again and (before, again) not in seen:
            seen.add((before, again))
            yield from (Killer(before, again, end) for end in _ENDS[:2])
            yield Killer("", again, _ENDS[0])
    whole = _sample(parsed)
    if whole:
        yield from (Killer("", whole[:-1] or whole, end) for end in _ENDS[:2])
        yield Killer("", whole, "")


def _pumps(items: Sequence[tuple[Any, Any]], before: str) -> Iterator[tuple[str, str]]:
    """What leads to each repeat, and what it repeats."""
    for at, (kind, what) in enumerate(items):
        if kind in _REPEATS:
            least, most, inner = what
            if most - least >= _MANY or most == ops.MAXREPEAT:
                yield before, _sample(inner.data)
                for other in _others(inner.data):
                    yield before, other
                following = _sample(items[at + 1 :])
                yield before, _sample(inner.data) + following[:1]  # both the repeat and what stands behind it
            yield from _pumps(inner.data, before)
        elif kind is ops.SUBPATTERN:
            yield from _pumps(what[-1].data, before)
        elif kind is ops.BRANCH:
            for branch in what[1]:
                yield from _pumps(branch.data, before)
        elif kind is ops.ATOMIC_GROUP:
            yield from _pumps(what.data, before)
        elif kind in _ASSERTS:
            yield from _pumps(what[1].data, before)
        before += _sample([(kind, what)])


def _others(items: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """Other characters that a repeated class takes: a blank, a digit, a letter."""
    if len(items) == 1 and items[0][0] in (ops.IN, ops.NOT_LITERAL, ops.ANY, ops.CATEGORY):
        for char in (" ", "1", "a", "-", "."):
            if _fits(items[0], char):
                yield char


def _sample(items: Sequence[tuple[Any, Any]]) -> str:
    """A short text that fits, as far as that can be told item by item."""
    return "".join(_sample_of_one(kind, what) for kind, what in items)


def _sample_of_one(kind: Any, what: Any) -> str:
    if kind is ops.LITERAL:
        return chr(what)
    if kind in (ops.NOT_LITERAL, ops.ANY, ops.IN, ops.CATEGORY):
        return next((char for char in _ALPHABET if _fits((kind, what), char)), "")
    if kind in _REPEATS:
        return _sample(what[2].data) * max(1, min(int(what[0]), 40))
    if kind is ops.SUBPATTERN:
        return _sample(what[-1].data)
    if kind is ops.ATOMIC_GROUP:
        return _sample(what.data)
    if kind is ops.BRANCH:
        samples: list[str] = [_sample(branch.data) for branch in what[1]]
        return max(samples, key=len, default="")
    return ""


def _fits(item: tuple[Any, Any], char: str) -> bool:
    """Whether a character is one of a class."""
    kind, what = item
    code = ord(char)
    if kind is ops.ANY:
        return char != "\n"
    if kind is ops.NOT_LITERAL:
        return bool(code != what)
    if kind is ops.CATEGORY:
        return _is_of(str(what), char)
    negated = bool(what) and what[0][0] is ops.NEGATE
    fits = any(_is_in(part, code) for part in what)
    return fits != negated


def _is_in(part: tuple[Any, Any], code: int) -> bool:
    kind, what = part
    if kind is ops.LITERAL:
        return bool(code == what)
    if kind is ops.RANGE:
        return bool(what[0] <= code <= what[1])
    return kind is ops.CATEGORY and _is_of(str(what), chr(code))


def _is_of(category: str, char: str) -> bool:
    name = category.removeprefix("CATEGORY_").removeprefix("UNI_")
    fits = {"DIGIT": char.isdecimal(), "SPACE": char.isspace(), "WORD": char.isalnum() or char == "_"}
    return fits[name.removeprefix("NOT_")] != name.startswith("NOT_")


class Compiled(NamedTuple):
    """A regular expression that healthlint compiles."""

    regex: str
    flags: int


def compiled(*, corpus: bool = True) -> list[Compiled]:
    """All of them: those of its modules, of its rules' patterns, and of a run over the corpus. For a new process."""
    from re import _compiler  # type: ignore[attr-defined]

    if any(name.startswith("healthlint.") for name in sys.modules):
        raise RuntimeError("some expressions are compiled already")
    found: dict[Compiled, None] = {}
    original = _compiler.compile

    def record(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str):
            found[Compiled(pattern, int(flags))] = None
        return original(pattern, flags)

    _compiler.compile = record
    try:
        _use_all(corpus=corpus)
    finally:
        _compiler.compile = original
    return list(found)


def _use_all(*, corpus: bool) -> None:
    """Import every module, prepare every rule, and lint the corpus and the examples of the rules."""
    import importlib
    import pkgutil

    import healthlint

    for module in pkgutil.walk_packages(healthlint.__path__, "healthlint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from accuracy import sets
    from healthlint import documents
    from healthlint.analysis.word_patterns import Needs, Wording
    from healthlint.findings import lint

    patterns: set[str] = set()
    original = Wording.__init__

    def record(self: Wording, pattern: str, needs: Needs | None = None) -> None:
        patterns.add(pattern)
        original(self, pattern, needs)

    Wording.__init__ = record  # type: ignore[method-assign]
    for rule in sets.all_rules():
        rule.check.verify()
    for pattern in patterns:
        _ = Wording(pattern).regex
    for article in sorted(sets.CORPUS.glob("*.*")) if corpus else ():
        if article.suffix in documents.SUFFIXES:
            lint(documents.read(str(article), article.read_bytes()), sets.all_rules())
