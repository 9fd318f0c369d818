"""Patterns as in .gitignore: whether they match a path below the folder that they are relative to."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_ANY_FOLDERS = re.compile(r"\(\?:(?:\.\+/|/\.\+)\)\?")  # what `**` becomes, and a pattern without a slash begins with
_MOST_FOLDERS = 2
_STARS = re.compile(r"(?:\[\^/\]\*){2,}")  # as pathspec writes `**` inside a name
_STAR_BEFORE_STAR = re.compile(  # and between the stars what matches one character each
    r"\[\^/\]\*((?:\\.|\[\^/\](?![*+])|\[(?!\^/\])(?:\\.|[^\]\\])+\]|[^\\\[\]()/*+?|^$.{}])+)(?=\[\^/\]\*)"
)


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
    return _compiled(patterns).check_file(Path(relative).as_posix() + "/" * folder).include


def is_pattern(pattern: str) -> bool:
    """Whether it can be compiled, and has two `**` at most: each takes as many times longer as folders are deep."""
    try:
        _compiled((pattern,))
    except ValueError:
        return False
    return True


@cache
def _compiled(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """The patterns, compiled. Raises ValueError."""
    import warnings

    from pathspec import GitIgnoreSpec, RegexPattern  # 30 ms that most runs can do without

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of the regular expression that `[[a]` becomes
        try:
            spec = GitIgnoreSpec.from_lines(patterns)
            for pattern in spec.patterns:
                if isinstance(pattern, RegexPattern) and pattern.regex is not None:
                    pattern.regex = re.compile(_bounded(pattern.regex.pattern))
        except (re.error, RecursionError, OverflowError) as error:  # `[z-a]`
            raise ValueError(str(error)) from None
    return spec


def _bounded(regex: str) -> str:
    """The same regular expression, which takes no longer for more stars. Raises ValueError for too many `**`.

    A star of a file's name that another one follows need not reach beyond the first place where what is between them
    matches: what is left of the name is for the other one.
    """
    if len(_ANY_FOLDERS.findall(regex)) > _MOST_FOLDERS:
        raise ValueError(f"it has more than {_MOST_FOLDERS} **")
    return _STAR_BEFORE_STAR.sub(r"(?>[^/]*?\1)", _STARS.sub("[^/]*", regex))
