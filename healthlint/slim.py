"""Imports of others without what they import and we do not need: the command does this, and a library never sees it.

On a Python before 3.12 `typing_extensions` comes with one of our dependencies, and msgspec takes from it what `typing`
has too. It brings `inspect`, and both together take a tenth of a start with few rules.
"""

from __future__ import annotations

import sys

_NEEDLESS = "typing_extensions"


def install() -> None:
    """Import msgspec as if there were no `typing_extensions`, for which it is prepared."""
    if _NEEDLESS in sys.modules:
        return
    sys.modules[_NEEDLESS] = None  # type: ignore[assignment] # so that importing it raises ImportError
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules[_NEEDLESS]
