"""What is found out about an article is remembered while it is the one that is read, and no longer.

It is not kept with the article: much of it holds the article in turn, and such a ring stays in memory until garbage is
collected, which is seldom. Nor is it kept for several articles: none is read again, and each takes a megabyte.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

Of = TypeVar("Of")
Rest = ParamSpec("Rest")
Found = TypeVar("Found")


class _Read:
    """The analysis or document that is read now, and what was found out about it."""

    __slots__ = ("found", "of")

    def __init__(self, of: object) -> None:
        self.of = of
        self.found: dict[tuple[object, ...], Any] = {}


_read: dict[type, _Read] = {}  # by whether it is an analysis or a document


def once(find: Callable[Concatenate[Of, Rest], Found]) -> Callable[Concatenate[Of, Rest], Found]:
    """A function of an analysis or a document, and of what can be hashed, that is asked once for each of its arguments.

    What it found is forgotten when any such function is asked about another analysis or document.
    """

    @wraps(find)
    def remembered(of: Of, /, *rest: Rest.args, **named: Rest.kwargs) -> Found:
        read = _read.get(type(of))
        if read is None or read.of is not of:
            read = _read[type(of)] = _Read(of)
        key = (find, rest, *named.items())
        if key not in read.found:
            read.found[key] = find(of, *rest, **named)
        found: Found = read.found[key]
        return found

    return remembered
