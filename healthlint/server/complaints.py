"""What cannot be used: each is said once, and shown in the file that has to be mended."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from healthlint.documents.rows import Rows
from healthlint.plain import printable
from healthlint.server.diagnostics import SOURCE

_PLACED = re.compile(r"(.+?):(\d+): (.+)")  # how configurations and rules are complained of: file, row, what
_LONGEST = 1_000_000  # characters of such a file that are looked at


class Complaints:
    """Those that come with what is open, by the URI of each article."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[str, ...]] = {}
        self._said: set[str] = set()

    def update(self, uri: str, errors: Iterable[str]) -> list[str]:
        """Take note of what there is to complain of in an article; what of that nobody has said yet."""
        self._of[uri] = tuple(errors)
        self._said.intersection_update(self._all())  # what was mended is said again if it comes back
        new = [error for error in dict.fromkeys(self._of[uri]) if error not in self._said]
        self._said.update(new)
        return new

    def drop(self, uri: str) -> None:
        """An article is no longer open."""
        self._of.pop(uri, None)
        self._said.intersection_update(self._all())

    def by_file(self) -> dict[str, list[types.Diagnostic]]:
        """What is to be shown, by the URIs of the files to mend."""
        found: dict[str, list[types.Diagnostic]] = {}
        for error in self._all():
            match = _PLACED.fullmatch(error)
            path = Path(match[1]).absolute() if match else None
            if match and path and path.is_file():
                found.setdefault(path.as_uri(), []).append(_diagnostic(path, int(match[2]), printable(match[3])))
        return found

    def _all(self) -> list[str]:
        return list(dict.fromkeys(error for errors in self._of.values() for error in errors))


def _diagnostic(path: Path, row: int, what: str) -> types.Diagnostic:
    """On the whole of a row, whose length may be told in any units: an editor takes what is too long as its end."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            length = len(Rows(file.read(_LONGEST)).line(row))
    except (OSError, IndexError):
        length = 0
    place = types.Range(types.Position(row - 1, 0), types.Position(row - 1, length))
    return types.Diagnostic(place, what, severity=types.DiagnosticSeverity.Error, source=SOURCE)
