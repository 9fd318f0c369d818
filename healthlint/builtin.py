"""Where the rules, word lists and drug facts that ship with healthlint are, and what modules a folder of it has."""

from __future__ import annotations

import os

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
    global _folder  # noqa: PLW0603 - asked for with each rule
    if _folder is None:
        from pathlib import Path

        _folder = Path(place())
    return _folder


_folder: Path | None = None


def modules(folder: str) -> list[str]:
    """The names of the modules in a folder of the package, in order; `pkgutil` would import `inspect` to tell."""
    return sorted(name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py") and name[0] != "_")
