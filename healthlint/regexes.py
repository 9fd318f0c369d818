"""Regular expressions that an earlier run has compiled: the command installs this, and a library never sees it.

Compiling the six hundred expressions of all rules was a third of what one article costs in a new process. `re` ends
each compilation with one call of its engine, `_sre.compile`, with plain numbers and names; those are kept, and given to
the engine again, which verifies them as it does any code. On a Python whose `re` is built otherwise nothing is changed.

They are kept together: to look each one up by itself took longer than the engine takes to build it. Of two runs that
add to them at once, one has to do so again.
"""

from __future__ import annotations

import json
import sys
from _blake2 import blake2b  # what hashlib hands on, without the rest of it
from array import array
from typing import Any

from healthlint import kept

_ENTRY = "_sre"  # the name by which re._compiler knows its engine
_NUMBER = "I"  # of an array: what the engine's code is made of
_KIND = f"regexes {sys.version} {sys.byteorder}"


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
        name = _digest(pattern, flags)
        if (known := kept.run.get_bundled(_KIND, name)) is not None:
            try:
                return self._engine.compile(pattern, *_unpacked(known))
            except (ValueError, TypeError, RuntimeError, OverflowError):
                pass  # not what this engine takes: compiled and kept anew
        found = self._original(pattern, flags)
        kept.run.put_bundled(_KIND, name, _packed(*self._engine.asked[1:]))
        return found


def _packed(flags: int, code: list[int], groups: int, places: dict[str, int], names: tuple[str | None, ...]) -> bytes:
    """What the engine is asked for to build an expression: a line of JSON, and the code."""
    return json.dumps([flags, groups, places, names]).encode() + b"\n" + array(_NUMBER, code).tobytes()


def _unpacked(packed: bytes | memoryview) -> tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]:
    """The same again. Raises ValueError, TypeError for what is damaged."""
    about, _, code = bytes(packed).partition(b"\n")
    flags, groups, places, names = json.loads(about)
    return flags, array(_NUMBER, code).tolist(), groups, places, tuple(names)


def _digest(pattern: str, flags: int) -> str:
    """What an expression is known by: many are a page long."""
    return blake2b(f"{int(flags)}:{pattern}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
