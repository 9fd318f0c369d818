"""Many small values that are kept as one: to look each one up by itself takes longer than to read all of them.

A line of JSON with the name and the length of each, and then the values, end to end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

LARGEST = 4_000_000  # bytes, twice those of the built-in rules; beyond it only what this run used stays


class Bundle:
    """Values by name."""

    def __init__(self, packed: bytes = b"") -> None:
        """`packed` is what `packed` gave; if it is damaged, nothing is in it."""
        self.has_news = False
        self._values: dict[str, bytes | memoryview] = {}
        self._used: set[str] = set()
        try:
            self._values.update(_unpacked(packed))
        except (ValueError, TypeError):
            self._values.clear()

    def get(self, name: str) -> bytes | memoryview | None:
        """The value of that name."""
        value = self._values.get(name)
        if value is not None:
            self._used.add(name)
        return value

    def put(self, name: str, value: bytes | memoryview) -> None:
        """Add a value, or put it in the place of another one."""
        self._values[name] = value
        self._used.add(name)
        self.has_news = True

    def packed(self) -> bytes:
        """All values as one; if they are too many, those that were used."""
        values = self._values
        if sum(map(len, values.values())) > LARGEST:
            values = {name: value for name, value in values.items() if name in self._used}
        index = [(name, len(value)) for name, value in values.items()]
        return b"\n".join([json.dumps(index).encode(), b"".join(values.values())])


def _unpacked(packed: bytes) -> Iterator[tuple[str, memoryview]]:
    """Each name and its value, which is not copied. Raises ValueError, TypeError for what is damaged."""
    start = packed.find(b"\n") + 1
    everything = memoryview(packed)
    for name, length in json.loads(packed[:start] or b"[]"):
        yield name, everything[start : start + length]
        start += length
