"""Regular expressions that an earlier run has compiled: the command installs this, and a library never sees it.

Compiling the six hundred expressions of all rules was a third of what one article costs in a new process. `re` ends
each compilation with one call of its engine, `_sre.compile`, with plain numbers and names; those are kept, and given to
the engine again, which verifies them as it does any code. On a Python whose `re` is built otherwise nothing is changed.

All of them are one entry, a line of JSON with what is known of each and then their code, end to end: to look each one
up by itself took longer than the engine takes to build it. Of two runs that add to it at once, one has to do so again.
"""

from __future__ import annotations

import json
import sys
from _blake2 import blake2b  # what hashlib hands on, without the rest of it
from array import array
from typing import Any, NamedTuple

from healthlint import kept

LARGEST = 4_000_000  # bytes of code, twice that of the built-in rules; beyond it only what this run used stays

_ENTRY = "_sre"  # the name by which re._compiler knows its engine
_NUMBER = "I"  # of an array: what the engine's code is made of
_KEY = f"{sys.version}:{sys.byteorder}"


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


class _Known(NamedTuple):
    """What the engine is asked for to build an expression."""

    flags: int
    groups: int
    places: dict[str, int]  # of named groups
    names: list[str | None]
    code: bytes


class _Compiler:
    """`re._compiler.compile`, but for expressions that are kept."""

    def __init__(self, original: Any, engine: _Engine) -> None:
        self._original = original
        self._engine = engine
        self._kept_in: kept.Kept | None = None
        self._known: dict[str, _Known] = {}
        self._used: set[str] = set()

    def __call__(self, pattern: Any, flags: int = 0) -> Any:
        """The compiled expression. Raises what `re` raises."""
        if not isinstance(pattern, str):
            return self._original(pattern, flags)
        if self._kept_in is not kept.run:
            self._kept_in, self._known, self._used = kept.run, _unpacked(kept.run.get("regexes", _KEY) or b""), set()
        key = _digest(pattern, flags)
        self._used.add(key)
        if (known := self._known.get(key)) is not None:
            try:
                code = array(_NUMBER, known.code).tolist()
                return self._engine.compile(pattern, known.flags, code, known.groups, known.places, tuple(known.names))
            except (ValueError, TypeError, RuntimeError, OverflowError):
                pass  # not what this engine takes: compiled and kept anew
        found = self._original(pattern, flags)
        flags_, code, groups, places, names = self._engine.asked[1:]
        self._known[key] = _Known(flags_, groups, dict(places), list(names), array(_NUMBER, code).tobytes())
        kept.run.put_late("regexes", _KEY, self._packed)
        return found

    def _packed(self) -> bytes:
        """All that are known; if they are too many, those that were used."""
        known = self._known
        if sum(len(each.code) for each in known.values()) > LARGEST:
            known = {key: known[key] for key in self._used if key in known}
        about = [(key, each.flags, each.groups, each.places, each.names, len(each.code)) for key, each in known.items()]
        return b"\n".join([json.dumps(about).encode(), b"".join(each.code for each in known.values())])


def _digest(pattern: str, flags: int) -> str:
    """What an expression is known by: many are a page long."""
    return blake2b(f"{int(flags)}:{pattern}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _unpacked(data: bytes) -> dict[str, _Known]:
    """The expressions that were packed, by their digests; of what is damaged none."""
    about, _, code = data.partition(b"\n")
    found, start = {}, 0
    try:
        for key, flags, groups, places, names, length in json.loads(about or b"[]"):
            found[key] = _Known(flags, groups, places, names, code[start : start + length])
            start += length
    except (ValueError, TypeError):
        return {}
    return found
