"""What came of linting an article, as it is kept, comes from another process, or waits."""

from __future__ import annotations

import msgspec

from healthlint.edits import Made
from healthlint.findings import Compared, Finding, Silenced
from healthlint.linked import WebLink


class Mended(msgspec.Struct, frozen=True):
    """An article after its fixes."""

    text: str
    made: tuple[Made, ...]
    key: str  # what the outcome of this text is kept under


class Outcome(msgspec.Struct, frozen=True):
    """What came of linting one file, as it is kept and as it comes from another process."""

    findings: list[Finding] = []
    silenced: list[Silenced] = []  # what the article does not want to be told
    errors: list[str] = []  # of an article that could not be linted, or of rules that could not be run on it
    linted: bool = True
    looked_up: dict[str, bool] = {}  # files that were looked for, and whether they were there
    past: dict[str, bool] = {}  # days that were asked for (ISO 8601), and whether they were over
    compared: list[list[Compared]] | None = None  # what others may have of each article; None if there were no others
    linked: list[WebLink] | None = None  # what is to be followed; None if the run was not asked to
    text: str | None = None  # what the spans of its findings count in, where that is not the text of the file
    mended: Mended | None = None  # what fixes made of the article; all the rest came of linting this


class Task(msgspec.Struct, frozen=True):
    """An article to lint."""

    name: str  # as it is reported
    data: bytes
    key: str  # what its outcome is kept under

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


def encoded(outcome: Outcome) -> bytes:
    """An outcome as JSON; nothing for what JSON has no word for, such as a file name that is no UTF-8."""
    try:
        return msgspec.json.encode(outcome)
    except (UnicodeEncodeError, msgspec.ValidationError):
        return b""


def decoded(data: bytes) -> Outcome:
    """The outcome that was encoded. Raises msgspec.DecodeError."""
    return _DECODER.decode(data)


_DECODER = msgspec.json.Decoder(Outcome)
