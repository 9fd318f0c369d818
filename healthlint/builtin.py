"""Where the rules, word lists and drug facts that ship with healthlint are."""

from __future__ import annotations

import os.path

TYPE_CHECKING = False  # as in typing, whose import an unchanged article does without
if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = os.path.dirname(os.path.realpath(__file__))


def place() -> str:
    """The folder of built-in rules: inside an installed package, or beside it in a checkout."""
    shipped = os.path.join(PACKAGE, "builtin_rules")
    return shipped if os.path.isdir(shipped) else os.path.join(os.path.dirname(PACKAGE), "rules")


def folder() -> Path:
    """The same, as a Path."""
    from pathlib import Path

    return Path(place())
