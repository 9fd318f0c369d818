"""A queue of bytes that keeps few of them in memory and many in a file that is gone when the run is."""

from __future__ import annotations

import tempfile
from collections import deque

_IN_MEMORY = 4_000_000  # bytes


class Spool:
    """First in, first out."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._sizes: deque[int] = deque()
        self._start = 0  # of the first that is still to be taken
        self._end = 0

    def put(self, data: bytes) -> None:
        """Add bytes behind the others. Raises OSError."""
        self._file.seek(self._end)
        self._file.write(data)
        self._sizes.append(len(data))
        self._end += len(data)

    def take(self) -> bytes:
        """The bytes that were put first. Raises OSError, IndexError if there are none."""
        size = self._sizes.popleft()
        self._file.seek(self._start)
        self._start += size
        data = self._file.read(size)
        if not self._sizes:
            self._file.truncate(0)
            self._start = self._end = 0
        return data

    def close(self) -> None:
        """Give up what is left."""
        self._file.close()
