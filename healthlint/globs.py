"""Patterns as in .gitignore: whether they match a path below the folder that they are relative to."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


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
    """Whether it can be compiled."""
    try:
        _compiled((pattern,))
    except ValueError:
        return False
    return True


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
