"""Results that pass by once and may be told again, by one report after another; memory stays flat."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator

import msgspec

from healthlint.findings import Finding, Result, Silenced

_IN_MEMORY = 16_000_000  # bytes; what is more goes into a file that is gone when the run is


class _Long(msgspec.Struct, frozen=True):
    """What of a result may be long."""

    text: str
    findings: list[Finding]
    silenced: list[Silenced]


_DECODER = msgspec.json.Decoder(_Long)


class _Entry(msgspec.Struct, frozen=True):
    """A result, and where the long part of it is written; 0 and 0 if it has none or cannot be written down."""

    result: Result
    start: int = 0
    end: int = 0


class Recorded:
    """Iterates over the results that have passed, as often as it is asked."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._end = 0

    def passed(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, as they are. Raises OSError if there is no room to write them down."""
        for result in results:
            self._entries.append(self._entry(result))
            yield result

    def __iter__(self) -> Iterator[Result]:
        for entry in self._entries:
            if entry.end:
                self._file.seek(entry.start)
                long = _DECODER.decode(self._file.read(entry.end - entry.start))
                yield msgspec.structs.replace(
                    entry.result, text=long.text, findings=long.findings, silenced=long.silenced
                )
            else:
                yield entry.result

    def close(self) -> None:
        """Give up what is written."""
        self._file.close()

    def _entry(self, result: Result) -> _Entry:
        """Without findings, no report quotes the text."""
        result = msgspec.structs.replace(result, data=b"", rewriting=None)  # what is written is written
        if not result.findings and not result.silenced:
            return _Entry(msgspec.structs.replace(result, text=""))
        try:
            data = msgspec.json.encode(_Long(result.text, list(result.findings), list(result.silenced)))
        except (UnicodeEncodeError, msgspec.ValidationError):  # a file name that is no UTF-8
            return _Entry(result)
        self._file.seek(self._end)
        self._file.write(data)
        entry = _Entry(
            msgspec.structs.replace(result, text="", findings=(), silenced=()), self._end, self._end + len(data)
        )
        self._end = entry.end
        return entry
