"""Regular expressions that an earlier run has compiled: the command installs this, and a library never sees it.

Compiling the six hundred expressions of all rules was a third of what one article costs in a new process. `re` ends
each compilation with one call of its engine, `_sre.compile`, with plain numbers and names; those are kept, and given to
the engine again, which verifies them as it does any code. On a Python whose `re` is built otherwise nothing is changed.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from healthlint import kept

_ENTRY = "_sre"  # the name by which re._compiler knows its engine


def install() -> None:
    """From now on have `re` ask for what is kept before it compiles."""
    try:
        from re import _compiler  # type: ignore[attr-defined]

        engine, original = getattr(_compiler, _ENTRY), _compiler.compile
    except (ImportError, AttributeError):
        return
    if not isinstance(engine, _Engine):
        recorder = _Engine(engine)
        setattr(_compiler, _ENTRY, recorder)
        _compiler.compile = _Compiler(original, recorder)


class _Engine:
    """The engine, which remembers what it was last asked to build."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self.asked: tuple[Any, ...] = ()

    def __getattr__(self, name: str) -> Any:
        """All else is the engine's own."""
        return getattr(self._engine, name)

    def compile(self, *asked: Any) -> Any:
        """Build an expression."""
        self.asked = asked
        return self._engine.compile(*asked)


class _Compiler:
    """`re._compiler.compile`, but for expressions that are kept."""

    def __init__(self, original: Any, engine: _Engine) -> None:
        self._original = original
        self._engine = engine

    def __call__(self, pattern: Any, flags: int = 0) -> Any:
        """The compiled expression. Raises what `re` raises."""
        if not isinstance(pattern, str):
            return self._original(pattern, flags)
        key = f"{sys.version}:{int(flags)}:{pattern}"
        if (known := kept.run.get("regex", key)) is not None:
            try:
                flags_, code, groups, index, names = json.loads(known)
                return self._engine.compile(pattern, flags_, code, groups, index, tuple(names))
            except (ValueError, TypeError, RuntimeError, OverflowError):
                pass  # not what this engine takes: compiled and kept anew
        found = self._original(pattern, flags)
        _, *asked = self._engine.asked
        kept.run.put("regex", key, json.dumps(asked).encode())
        return found
