"""Plain text -> raw lines: the lines of the file without quote marks, frames and decoration; rows of tables marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from healthlint.documents.document import Span
from healthlint.documents.head_matter import is_byline

Row = Literal["", "bars", "tabs", "gaps"]
Divisions = frozenset[tuple[Row, int]]

_RAW = re.compile("[^\r\n\v\f\x85\u2028\u2029]*(?:\r\n|[\r\n\v\f\x85\u2028\u2029]|$)")
_QUOTE = re.compile(r"(?:>+(?:\s+|(?=[^\W\d]|[\"“‘]|$)))+")
_DECORATION = re.compile(r"#{1,6}(?=\s)|([*=~_-])\1+")
_RULE = re.compile(r"([=═\-_─━–—~^*+#])\1{2,}")
_NOT_BREAK = re.compile(r"[^\r\n]")
_REST_IS_BLANK = re.compile(r"[ \t]*(?=[\r\n]|$)")
_TELLING = re.compile(r"[^\W_]")
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LABEL = re.compile(r"\S{1,8}[.:)\]]\s+|[^\w\s]\s+")  # 'Q:', '3.', a bullet: the tab behind it divides no columns
_UNDIVIDED: Divisions = frozenset()
_SPLITS: dict[Row, re.Pattern[str]] = {
    "bars": re.compile(r"\|"),
    "tabs": re.compile(r"\t+"),
    "gaps": re.compile(r" {3,}"),
}
_RULES = {"═": "=", "^": "~", "_": "-", "─": "-", "━": "-", "–": "-", "—": "-"}


class RawLine(msgspec.Struct, frozen=True):
    """One line of the file; `text` is the stretch of it that is read, '' for a blank line or a rule."""

    text: str
    span: Span  # of `text`, or of the rule
    indent: int  # columns before it, a tab counted as four
    quoted: bool = False
    decoration: str = ""  # what stands around or before a heading: '##', '***', '=='
    rule: str = ""  # of a line that is drawn: '=', '-', '~', '*' ..., or 'none' where it underlines nothing
    row: Row = ""  # how the cells of a table row are divided

    @property
    def reach(self) -> int:
        """The column at which the line ends."""
        return self.indent + len(self.text)


def raw_lines(text: str) -> tuple[list[RawLine], list[tuple[str, Span]]]:
    """The lines of a plain text and the HTML comments at their ends, with what they say; a comment reads as a blank."""
    comments = list(_comments(text))
    parts, reached = [], 0
    for _, span in comments:
        parts += [text[reached : span.start], _NOT_BREAK.sub(" ", text[slice(*span)])]
        reached = span.end
    shown = "".join([*parts, text[reached:]])
    lines = [_read(match[0], match.start()) for match in _RAW.finditer(shown) if match.start() < len(shown)]
    return _with_rows(lines), comments


def _comments(text: str) -> Iterator[tuple[str, Span]]:
    """Comments that begin or end a line. In the middle of one they are left in the prose: hardly anybody does that."""
    end = start = 0
    while (start := text.find("<!--", max(start, end))) >= 0:
        closing = text.find("-->", start + 4)
        if closing < 0:
            return
        after = closing + 3
        if _begins_line(text, start, end) or _REST_IS_BLANK.match(text, after):
            yield text[start + 4 : closing].strip(), Span(start, after)
            end = after
        start = after


def _begins_line(text: str, at: int, reached: int) -> bool:
    """Whether only blanks stand before `at` on its line, after the comment that ended at `reached`."""
    while at > reached and text[at - 1] in " \t":
        at -= 1
    return at in (0, reached) or text[at - 1] in "\r\n"


def _read(line: str, start: int) -> RawLine:
    """One line of the file, told apart and stripped; `start` is its offset."""
    read = _told_apart(line)
    return msgspec.structs.replace(read, span=Span(start + read.span.start, start + read.span.end))


@lru_cache(maxsize=2048)  # lines come again as one types
def _told_apart(line: str) -> RawLine:
    """The same, with a span within the line."""
    text = line.strip()
    start = len(line) - len(line.lstrip()) if text else 0
    indent = len(line[: len(line) - len(line.lstrip())].expandtabs(4)) if text else 0
    quote = _QUOTE.match(text)
    if quote:
        text, start, indent = text[quote.end() :], start + quote.end(), indent + quote.end()
    if not _TELLING.search(text):
        rule = _RULE.fullmatch(text)
        span = Span(start, start + len(text))
        return RawLine("", span, indent, bool(quote), rule=_drawn(text, rule) if text else "")
    left, right, decoration = _frame(text)
    text, start = text[left:right], start + left
    return RawLine(text, Span(start, start + len(text)), indent + left, bool(quote), decoration)


def _drawn(text: str, rule: re.Match[str] | None) -> str:
    """The character of a rule; 'none' for other lines without words: '* * *', '+---+', '|---|', an emoji."""
    return _RULES.get(text[0], text[0]) if rule else "none"


def _frame(text: str) -> tuple[int, int, str]:
    """Where the words of a line start and end inside its frame ('| x |') or decoration ('## x', '*** x ***')."""
    if text[0] == text[-1] and text[0] in "|*#│║" and text[1:2].isspace() and text[-2:-1].isspace():
        inner = text[1:-1].strip()
        if text[0] not in inner:
            left = text.index(inner, 1)
            return left, left + len(inner), ""
    match = _DECORATION.match(text)
    if match and (match[0][0] == "#" or _is_enclosed(text, match[0])):
        inner = text[match.end() :].rstrip(match[0][0])
        left = match.end() + len(inner) - len(inner.lstrip())
        if _TELLING.search(inner):
            return left, left + len(inner.strip()), match[0]
    return 0, len(text), ""


def _is_enclosed(text: str, decoration: str) -> bool:
    """'*** Uses ***' is; '**Note:** take **it**' is not."""
    pair = decoration[0] * 2
    return text.endswith(pair) and pair not in text[len(decoration) :].rstrip(decoration[0])


def _with_rows(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, the rows of tables marked: a row has a neighbour that is divided as it is."""
    divided = [_divisions(line.text, line.indent) for line in lines]
    return [
        msgspec.structs.replace(line, row=_row(line.text, divided[at], _around(lines, at), divided))
        if divided[at]
        else line
        for at, line in enumerate(lines)
    ]


def _row(text: str, own: Divisions, around: Sequence[int], divided: Sequence[Divisions]) -> Row:
    shared = {kind for at in around for kind, _ in own & divided[at]}
    if "bars" in shared or (text.count("|") > 2 and text[0] == text[-1] == "|"):
        return "bars"
    return "tabs" if "tabs" in shared else "gaps" if shared else ""


def _divisions(text: str, indent: int) -> Divisions:
    """How often a line is divided by bars (2: more than once) and tabs, and where words begin after three spaces."""
    if not ("|" in text or "\t" in text or "   " in text) or is_byline(text):
        return _UNDIVIDED
    label = _LABEL.match(text)
    start = label.end() if label else 0
    found: set[tuple[Row, int]] = {("gaps", indent + match.end()) for match in _GAP.finditer(text, start)}
    if "|" in text:
        found.add(("bars", min(text.count("|"), 2)))
    if "\t" in text[start:]:
        found.add(("tabs", 1))
    return frozenset(found)


def _around(lines: Sequence[RawLine], at: int) -> list[int]:
    """The lines right above and below, over a rule that is drawn between them."""
    above, below = at - 1, at + 1
    if above > 0 and lines[above].rule:
        above -= 1
    if below < len(lines) - 1 and lines[below].rule:
        below += 1
    return [other for other in (above, below) if 0 <= other < len(lines) and lines[other].text]


def cell_spans(text: str, row: Row) -> Iterator[tuple[int, int]]:
    """Start and end of each cell of a table row that has something to read."""
    start = 0
    for match in [*_SPLITS[row].finditer(text), None] if row else []:
        end = match.start() if match else len(text)
        cell = text[start:end]
        if _TELLING.search(cell):
            yield start + len(cell) - len(cell.lstrip()), start + len(cell.rstrip())
        start = match.end() if match else end
