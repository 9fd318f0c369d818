"""Lists that were typed into paragraphs: '•', '-', '1.' or 'a)' at the front of paragraphs or of lines inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from healthlint.documents.document import Kind, Ordinal
from healthlint.documents.drafts import Draft
from healthlint.documents.markers import marker_of
from healthlint.documents.ordinals import roman_value
from healthlint.documents.unmarked_lists import are_unmarked

_BULLET = re.compile(r"[•‣◦▪●○·§\uf0b7\uf0a7]\s*(?=\S)")  # such a character stands nowhere else
_SAME = re.compile(r"(?:#\.|\(@\w*\))\s+(?=\S)")  # Pandoc counts them itself
_MARK = re.compile(r"[.)]")
_NUMBERED = ("number", "roman", "letter")


class _Line(msgspec.Struct):
    """A line of a paragraph: what it opens with, and whether that makes it an item."""

    draft: Draft
    start: int
    end: int
    marker: str = ""  # 'bullet', 'number', 'roman', 'letter', 'none' or ''
    written: str = ""  # the marker as it stands there
    value: int = 0
    level: int = 0  # of an item, from 1
    group: int = -1


def with_typed_lists(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, paragraphs that are lists or hold some taken apart."""
    if not any(map(_may_be_list, drafts)):
        return list(drafts)
    lines = [line for draft in drafts for line in _lines(draft)]
    if not any(line.marker for line in lines):
        return list(drafts)
    for draft in drafts:
        draft.links.sort(key=lambda link: link.start)
    _follow(lines)
    _set_groups(lines, max((draft.group for draft in drafts), default=-1) + 1)
    return [part for draft, own in groupby(lines, key=lambda line: line.draft) for part in _parts(draft, list(own))]


def _may_be_list(draft: Draft) -> bool:
    """Whether a look at its lines is worth the time."""
    if draft.kind is Kind.PARAGRAPH:
        return bool(draft.breaks) or not draft.text[:2].isalpha() or _MARK.search(draft.text, 0, 8) is not None
    return draft.kind is Kind.ITEM and bool(draft.breaks)


def _lines(draft: Draft) -> Iterator[_Line]:
    if not _may_be_list(draft):
        yield _Line(draft, 0, len(draft.text))
        return
    borders = [0, *(at for at in draft.breaks if 0 < at < len(draft.text)), len(draft.text)]
    lines = [_Line(draft, start, end) for start, end in pairwise(borders)]
    texts = [draft.text[line.start : line.end].strip() for line in lines]
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if at or draft.kind is Kind.PARAGRAPH:
            line.marker, line.written, line.value = _opening(text, bold=draft.bold)
    if not draft.hard:
        lines = list(_joined(lines))
    if draft.hard and not any(line.marker for line in lines):
        for at in are_unmarked(texts):
            lines[at].marker = "none"
    yield from lines


def _joined(lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines, those without a marker made part of what they were wrapped from."""
    whole = lines[0]
    for line in lines[1:]:
        if line.marker:
            yield whole
            whole = line
        else:
            whole.end = line.end
    yield whole


def _opening(text: str, *, bold: bool) -> tuple[str, str, int]:
    """Marker, how it is written, and its value."""
    for pattern in (_BULLET, _SAME):
        if found := pattern.match(text):
            return "bullet", found[0].strip(), 0
    marker, length = marker_of(text)
    written = text[:length].strip()
    if marker in ("", "bullet") or bold:
        return (marker, written, 0) if marker == "bullet" and not bold else ("", "", 0)
    inner = written.strip("()[]. ").lower()
    value = int(inner) if marker == "number" else roman_value(inner) if marker == "roman" else ord(inner) - ord("a") + 1
    return marker, written, value or 0


def _follow(lines: Sequence[_Line]) -> None:
    """Give its level to each line that goes on with a series, or opens one; a lone '-' or '1.' is no list."""
    still_open: list[_Line] = []  # the last line of each list that is open, outermost first
    for at, line in enumerate(lines):
        if not line.marker:
            still_open.clear()
            continue
        before = next((other for other in reversed(still_open) if _goes_on(other, line)), None)
        if before:
            del still_open[still_open.index(before) :]
        elif not (_opens(line, lines[at + 1 : at + 31]) or _is_between(line, still_open, lines[at + 1 : at + 2])):
            still_open.clear()
            continue
        still_open.append(line)
        line.level = len(still_open)


def _goes_on(last: _Line, line: _Line) -> bool:
    if line.marker in _NUMBERED:
        # A number may be missing, or be there twice.
        return last.marker in _NUMBERED and 0 <= line.value - last.value < 3 and _style(last) == _style(line)
    return last.marker == line.marker and last.written == line.written


def _style(line: _Line) -> str:
    return re.sub(r"\w+", "", line.written)


def _opens(line: _Line, following: Sequence[_Line]) -> bool:
    """Whether a line is the first of a list: the next one of its kind comes before any other text."""
    if line.marker == "none" or _BULLET.match(line.written) or _SAME.match(line.written + " "):
        return True
    if line.marker in _NUMBERED and line.value != 1:
        return False
    for other in following:
        if _goes_on(line, other):
            return True
        if not other.marker:
            return False
    return False


def _is_between(line: _Line, still_open: Sequence[_Line], following: Sequence[_Line]) -> bool:
    """Whether a lone bullet stands between the items of an outer list."""
    return line.marker == "bullet" and any(_goes_on(other, after) for other in still_open for after in following)


def _set_groups(lines: Sequence[_Line], first: int) -> None:
    """Items of one list share a group, inner lists apart."""
    group = first
    open_groups: list[int] = []
    for line in lines:
        del open_groups[line.level :]
        if line.level > len(open_groups):
            open_groups.append(group)
            group += 1
        if line.level:
            line.group = open_groups[-1]


def _parts(draft: Draft, lines: Sequence[_Line]) -> Iterator[Draft]:
    """A draft taken apart where its lines are items."""
    if not any(line.level for line in lines):
        yield draft
        return
    at = 0
    for line in lines:
        if line.level and line.start > at:
            yield draft.part(at, line.start)
        if line.level:
            yield _item(draft.part(line.start, line.end), line)
            at = line.end
    if at < len(draft.text):
        yield draft.part(at, len(draft.text))


def _item(part: Draft, line: _Line) -> Draft:
    outer = part.level if part.kind is Kind.ITEM else 0
    length = len(line.written)
    span = part.prose.span(0, length)
    style = {"number": "arabic"}.get(line.marker, line.marker)
    item = part.part(length, len(part.text)) if length else part
    return msgspec.structs.replace(
        item,
        kind=Kind.ITEM,
        start=part.start,
        level=outer + line.level,
        group=line.group,
        ordered=line.marker in _NUMBERED or line.written.startswith(("#", "(@")),
        ordinal=Ordinal(line.value, line.written, style, "", span) if line.marker in _NUMBERED else None,
    )
