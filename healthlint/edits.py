"""What mends a finding: edits of the article's text, and whether they may be made unasked."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from healthlint.documents.document import Span


class Applicability(StrEnum):
    """Whether a fix may be made unasked."""

    SAFE = "safe"  # the mend is mechanical: what the article says stays as it is
    UNSAFE = "unsafe"  # somebody has to read what came of it


class Edit(msgspec.Struct, frozen=True):
    """`text[span.start:span.end]` of the file is to become `content`; a span of no length inserts."""

    span: Span
    content: str


class Fix(msgspec.Struct, frozen=True):
    """Edits that are made together or not at all. They are in the order of the text, and none overlaps another."""

    message: str  # what it does, to be read after "would" or "to": 'renumber to 4'
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE

    def __post_init__(self) -> None:
        ends = [0]
        for edit in self.edits:
            if not ends[-1] <= edit.span.start <= edit.span.end:
                raise ValueError(f"the edits of a fix stand in order and apart: {self}")
            ends.append(edit.span.end)
