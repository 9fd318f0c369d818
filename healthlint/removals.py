"""Stretches of an article -> the edits that take them out, with the white space and the markup that go with them.

None where anything else would go, too, or would be left in pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from healthlint.documents.document import Block, Document, Span
from healthlint.edits import Edit, is_ruled

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*?(/?)>", re.IGNORECASE)
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())
_IN_PAIRS = frozenset("dt dd td th tr caption figcaption summary".split())  # what stands beside it is about it
_BLANK = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_BREAK = re.compile(r"\r\n|\r|\n")
_OF_LIST = re.compile(r"\s*[-*+•]\s+[\"']?")  # before a tag on its line in YAML
_QUOTES = frozenset(("'", '"'))
_REACH = 1000  # characters in which the start or end of a line is looked for


def lines(document: Document, first: Block, last: Block) -> Edit | None:
    """Takes out the lines of the blocks from one to another, which must be all that stands in them."""
    if first.quoted or last.quoted or is_ruled(document, first) or is_ruled(document, last):
        return None
    span = Span(first.span.start, max(first.span.end, last.span.end))
    if document.format == "html" and not _is_whole(document.text[slice(*span)]):
        return None
    return whole_lines(document, span)


def whole_lines(document: Document, span: Span) -> Edit | None:
    """Takes out the lines of a stretch and the blank lines behind them, so that one gap is left of two.

    In HTML, where lines mean nothing, what else is in them stays. A comment in them may speak to a program.
    """
    text = document.text
    comments = document.comments
    at = bisect_right(comments, span.start, key=lambda comment: comment[1].end)
    if at < len(comments) and comments[at][1].start < span.end:
        return None
    start, end = _line_start(text, span.start), _line_end(text, span.end)
    if text[start : span.start].strip() or text[span.end : end].strip():
        return Edit(span, "") if document.format == "html" else None
    after_gap = not text[_line_before(text, start) : start].strip()
    while after_gap and end < len(text) and (blank := _BLANK.match(text, end)):
        end = blank.end()
    if end == len(text):  # nothing follows, so that the gap before goes
        while start and not text[_line_before(text, start) : start].strip():
            start = _line_before(text, start)
    return Edit(Span(start, end), "")


def words(document: Document, block: Block, start: int, end: int) -> Edit | None:
    """Takes `block.text[start:end]`, a sentence, out of a block of which something is left, with a space beside it."""
    span, text = block.prose.span(start, end), document.text
    if block.quoted or text[slice(*span)].split() != block.text[start:end].split():
        return None
    if start > 0 and block.text[start - 1] == " ":
        before = block.prose.span(start - 1, start)
        return Edit(Span(before.start, span.end), "") if not text[slice(*before)].strip() else None
    if end < len(block.text) and block.text[end] == " ":
        behind = block.prose.span(end, end + 1)
        return Edit(Span(span.start, behind.end), "") if not text[slice(*behind)].strip() else None
    return None


def tag(document: Document, block: Block) -> Edit | None:
    """Takes a keyword out of a list of them: its line, or it and the comma before it."""
    text, span = document.text, block.prose.span()
    if document.format == "html" or text[slice(*span)] != block.text:
        return None
    if text[span.start - 1 : span.start] in _QUOTES and text[span.end : span.end + 1] in _QUOTES:
        span = Span(span.start - 1, span.end + 1)
    start, end = _line_start(text, span.start), _line_end(text, span.end)
    before, behind = text[start : span.start], text[span.end : end]
    if _OF_LIST.fullmatch(before) and not behind.strip():
        return Edit(Span(start, end), "")
    before = before.rstrip()
    if before.endswith(",") and behind.lstrip()[:1] in ("", ",", "]"):
        return Edit(Span(start + len(before[:-1].rstrip()), span.end), "")
    return None


def _is_whole(markup: str) -> bool:
    """Whether a stretch of HTML begins and ends with tags, and each element in it is there as a whole."""
    still_open: list[str] = []
    for tag_ in _TAG.finditer(markup):
        closes, name, closed = tag_[1], tag_[2].lower(), tag_[3]
        if closes:
            if not still_open or still_open.pop() != name:
                return False
        elif name not in _VOID and not closed:
            if not still_open and name in _IN_PAIRS:
                return False
            still_open.append(name)
    return not still_open and markup.startswith("<") and markup.endswith(">")


def _line_start(text: str, at: int) -> int:
    """Where the line of a place starts; so far back as is looked."""
    first = max(0, at - _REACH)
    return max(text.rfind("\n", first, at), text.rfind("\r", first, at), first - 1) + 1


def _line_end(text: str, at: int) -> int:
    """Where the line of a place ends, its break included; so far ahead as is looked."""
    last = min(len(text), at + _REACH)
    found = _BREAK.search(text, at, last)
    return found.end() if found else last


def _line_before(text: str, start: int) -> int:
    """Where the line starts that ends before `start`."""
    if text[start - 2 : start] == "\r\n":
        start -= 1
    return _line_start(text, start - 1) if start else 0
