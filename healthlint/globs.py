"""Patterns as in .gitignore: whether they match a path below the folder that they are relative to."""

from __future__ import annotations

import os
import re
from functools import cache
from math import comb
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_STARS = re.compile(r"\*+")
_MOST_WAYS = 5_000_000  # in which a path is held against a pattern
_MOST_WILDCARDS = 20


def matches(patterns: tuple[str, ...], root: Path, path: Path, *, folder: bool = False) -> bool:
    """Whether a file, or a folder, is one that the patterns mean. What is not below `root` is not."""
    return bool(verdict(patterns, root, path, folder=folder))


def verdict(patterns: tuple[str, ...], root: Path, path: Path, *, folder: bool = False) -> bool | None:
    """True: a pattern means it; False: a pattern with `!` takes it out again; None: no pattern speaks of it."""
    if not patterns:
        return None
    relative = os.path.relpath(path, root)
    if relative in (".", "..") or relative.startswith(f"..{os.sep}"):
        return None
    named = Path(relative).as_posix() + "/" * folder
    return _compiled(_bearable(patterns, _most_wildcards(len(named)))).check_file(named).include


def is_pattern(pattern: str) -> bool:
    """Whether it can be compiled."""
    try:
        _compiled((pattern,))
    except ValueError:
        return False
    return True


@cache
def _most_wildcards(length: int) -> int:
    """How many wildcards can share out the characters of a path in no more ways than can be tried."""
    return max(most for most in range(_MOST_WILDCARDS) if most <= 2 or comb(length, most) <= _MOST_WAYS)


@cache
def _bearable(patterns: tuple[str, ...], most: int) -> tuple[str, ...]:
    """The patterns with so many wildcards at most; one with more does not speak of the path."""
    return tuple(pattern for pattern in patterns if _wildcards(pattern) <= most)


def _wildcards(pattern: str) -> int:
    return len(_STARS.findall(pattern)) + ("/" not in pattern.rstrip("/"))  # a name alone may stand in any folder


@cache
def _compiled(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """The patterns, compiled. Raises ValueError."""
    import warnings

    from pathspec import GitIgnoreSpec  # 30 ms that most runs can do without

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of `re`, for what git takes as it is
        try:
            return GitIgnoreSpec.from_lines(patterns)
        except re.error as error:  # a range that runs backwards
            raise ValueError(str(error)) from None
