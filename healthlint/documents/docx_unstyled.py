"""Word files whose writer used no style for headings: these show as in plain text, by a short line over a long one."""

from __future__ import annotations

from collections.abc import Sequence

from healthlint.documents.document import Kind
from healthlint.documents.drafts import Draft
from healthlint.documents.plain_text import read_plain_text
from healthlint.documents.settling import reads_as_heading

_READ = (Kind.PARAGRAPH, Kind.ITEM)


def mark_unstyled_headings(drafts: Sequence[Draft]) -> None:
    """Make headings of paragraphs that would be headings of a plain text, unless there are headings of some look."""
    if any(_stands_out(draft) for draft in drafts):
        return
    read = [draft for draft in drafts if draft.kind in _READ]
    starts: dict[int, Draft] = {}
    parts: list[str] = []
    at = 0
    for draft in read:
        row = f"• {draft.text}\n" if draft.kind is Kind.ITEM else f"\n{draft.text}\n"
        if draft.kind is Kind.PARAGRAPH and not draft.quoted:
            starts[at + 1] = draft
        parts.append(row)
        at += len(row)
    for block in read_plain_text("", "".join(parts)).blocks:
        heading = starts.get(block.span.start) if block.kind is Kind.HEADING else None
        if heading and block.span.end - block.span.start == len(heading.text):
            heading.kind, heading.level = Kind.HEADING, block.level


def _stands_out(draft: Draft) -> bool:
    """Whether a draft is a heading, or bold like one."""
    return draft.kind is Kind.HEADING or (
        draft.kind is Kind.PARAGRAPH and draft.bold and not draft.quoted and reads_as_heading(draft.text)
    )
