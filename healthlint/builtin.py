"""Where the rules, word lists and drug facts that ship with healthlint are."""

from pathlib import Path


def folder() -> Path:
    """The folder of built-in rules: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    shipped = package / "builtin_rules"
    return shipped if shipped.is_dir() else package.parent / "rules"
