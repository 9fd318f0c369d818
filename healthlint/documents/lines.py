"""Plain text -> logical lines: hard-wrapped lines put together again, markers and underlines recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import msgspec

from healthlint.documents.document import Span
from healthlint.documents.furniture import Row, surroundings
from healthlint.documents.head_matter import is_date
from healthlint.documents.markers import marker_of
from healthlint.documents.ordinals import heading_ordinal
from healthlint.documents.raw_lines import RawLine, raw_lines
from healthlint.documents.unmarked_lists import unmarked_items

_FIRST_WORD = re.compile(r"\S+")
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[A-Za-z]")
_SENTENCE_OVER = re.compile(r"""[.!?:;…]["'”’)\]]*$""")
_DATED_OR_LINKED = re.compile(r"://|\bwww\.|\b(?:19|20)\d\d\b")
_LABELLED_LINK = re.compile(r"[^:/]{2,40}:\s?https?://\S+$")
_SPEAKER = re.compile(r"[QA](?:uestion|nswer)?\s?\d{0,3}\s?[:.)]\s")
_OUTLINE = re.compile(r"(?:[A-Z]|[IVX]{1,5})\.\s")
_BYLINE = re.compile(r"(?:written |reviewed |edited |posted |checked )?by [A-Z]")
_SOURCES = re.compile(
    r"(?:\W|\d){0,5}(?:references?|sources?|bibliography|citations?|works cited|literature|further reading)\W{0,3}",
    re.IGNORECASE,
)
_OPEN = re.compile(r"[,;–—&-]$|\b(?:and|or|the|a|an|such as|as|including|following|these|below|your|its|versus|vs\.?)$")
_OPEN_AT_VERB = re.compile(
    r"\b(?:of|to|in|with|for|by|from|at|about|that|if|when|have|has|are|is|includes?|like|you|may|can|not|will|should)$"
)
_ASKING = re.compile(
    r"(?:\W|\d){0,5}(?:what|who|whom|where|which|how|when|why|whether|things|before|after)\b", re.IGNORECASE
)
_SLACK = 8  # columns: a line that ends so near to the width, with its next word, was wrapped
_LONGEST_LOUD = 300  # characters
_LEAST_WRAPPED, _MOST_WRAPPED = 40, 130  # columns between which people wrap


class Line(msgspec.Struct, dict=True):
    """A logical line: a paragraph, heading or list item, from one raw line or from several that were wrapped.

    `text` is to be asked for only when all raw lines are in.
    """

    raw: list[RawLine]
    blank_before: bool
    blank_after: bool = False
    marker: str = ""  # 'bullet', 'number', 'roman', 'letter', 'none' for an item without any, or ''
    marker_length: int = 0  # of the first raw line, white space behind the marker included
    underline: str = ""  # '=', '-', '~' or '*' where the next line underlines this one
    is_furniture: bool = False  # it is the publishing system's

    @cached_property
    def text(self) -> str:
        """The words without the marker, wrapped lines joined by a space."""
        parts = [self.raw[0].text[self.marker_length :]]
        for before, line in zip(self.raw, self.raw[1:], strict=False):
            parts += ["" if is_split_word(before.text, line.text) else " ", line.text]
        return "".join(parts)

    @cached_property
    def written(self) -> str:
        """The text with its marker."""
        return self.raw[0].text[: self.marker_length] + self.text

    @property
    def indent(self) -> int:
        """Columns before the marker or the first word."""
        return self.raw[0].indent

    @property
    def quoted(self) -> bool:
        """Whether it stands in a block quote."""
        return self.raw[0].quoted

    @property
    def span(self) -> Span:
        """All of it in the file, marker included."""
        return Span(self.raw[0].span.start, self.raw[-1].span.end)


def logical_lines(text: str) -> tuple[list[Line], list[tuple[str, Span]]]:
    """The logical lines of a plain text, and the HTML comments at the ends of its lines with what they say."""
    raw, comments = raw_lines(text)
    lines = _with_headings_joined(_Joining(raw).lines)
    rows = [Row(line.written, line.blank_before, fixed=line.quoted or bool(line.underline)) for line in lines]
    for at in surroundings(rows):
        lines[at].is_furniture = True
    return lines, comments


def wrap_width(lines: Sequence[RawLine]) -> int:
    """The column at which the text was wrapped by hand or by an editor, or 0 if a line is a paragraph.

    A line that is followed at once by one beginning in lower case was wrapped; one such line is enough where no other
    is much longer. The width is what nearly all lines reach that have another below them.
    """
    reached: list[int] = []
    wrapped: list[int] = []
    for line, following in pairwise(lines):
        if _LEAST_WRAPPED <= line.reach <= _MOST_WRAPPED and following.text and not marker_of(following.text)[0]:
            if _is_lower(following.text):
                wrapped.append(line.reach)
            if not _SENTENCE_OVER.search(line.text):
                reached.append(line.reach)
    longest = max((line.reach for line in lines if "://" not in line.text), default=0)
    if not (wrapped and reached) or (len(wrapped) < 3 and longest > max(wrapped) + _SLACK):
        return 0
    return sorted(reached)[int(len(reached) * 0.95)]


def _is_lower(text: str) -> bool:
    return text.lstrip("\"'“‘([")[:1].islower()


class _Joining:
    """Puts raw lines together, one after the other."""

    def __init__(self, raw: Sequence[RawLine]) -> None:
        self.lines: list[Line] = []
        self._width = wrap_width(raw)
        self._unmarked = unmarked_items(raw, _has_gaps(raw, self._width), wrapped=self._width > 0)
        self._blank = True  # the raw line above is blank or a rule
        self._boxed: int | None = None  # how many lines there were at the rule above, if no blank line came since
        self._in_sources = False
        for at, line in enumerate(raw):
            self._add(at, line)
        if self.lines:
            self.lines[-1].blank_after = True

    def _add(self, at: int, raw: RawLine) -> None:
        if raw.text:
            item = at in self._unmarked
            if self.lines and not self._blank and not item and self._continues(self.lines[-1], raw):
                self.lines[-1].raw.append(raw)
            else:
                self._start(raw, item)
            self._blank = False
            return
        if raw.rule:
            self._underline(raw)
            self._boxed = len(self.lines)
        else:
            self._boxed = None
        if self.lines:
            self.lines[-1].blank_after = True
        self._blank = True

    def _start(self, raw: RawLine, item: bool) -> None:
        marker, length = ("none", 0) if item else marker_of(raw.text)
        if marker == "bullet" and raw.text[0] in "-–—" and not self._blank and self._ends_quotation():
            marker, length = "", 0  # who said it
        self.lines.append(Line([raw], self._blank, marker=marker, marker_length=length))
        self._in_sources = self._in_sources or bool(_SOURCES.fullmatch(raw.text))

    def _ends_quotation(self) -> bool:
        return self.lines[-1].raw[-1].text.endswith(('"', "”", "’", "»"))

    def _underline(self, rule: RawLine) -> None:
        """Let a row of === or --- underline the line above it, if it is one and about as long; a box's end does not."""
        if self._blank or not self.lines or rule.rule not in "=-~*":
            return
        above = self.lines[-1]
        boxed = self._boxed is not None and len(self.lines) - self._boxed > 1
        shape = (rule.span.end - rule.span.start) / len(above.raw[-1].text)
        if boxed or len(above.raw) > 2 or above.raw[-1].row or above.marker in ("bullet", "none"):
            return
        exact = above.marker == "number" and 0.9 <= shape <= 1.1  # '5. May I drive? I feel well.' over its line
        stopped = above.raw[-1].text.endswith((".", "!")) and not exact
        if 0.4 <= shape <= 2 and above.raw[-1].reach <= 110 and not stopped:
            above.underline = rule.rule

    def _continues(self, line: Line, following: RawLine) -> bool:
        """Whether `following` is the rest of a wrapped line."""
        last = line.raw[-1]
        if following.quoted != last.quoted or following.row or last.row or following.decoration or last.decoration:
            return False
        if line.marker == "none" or is_date(following.text) or _LABELLED_LINK.match(last.text):
            return False
        outline = bool(_OUTLINE.match(line.raw[0].text))
        if outline and _OUTLINE.match(following.text):
            return False
        ended = bool(_SENTENCE_OVER.search(last.text))
        full = self._is_full(line, following)
        if _SPEAKER.match(following.text) and (ended or not full):
            return False
        if marker_of(following.text)[0] and not (full and not ended and self._is_mid_sentence(line, following)):
            return False
        if _is_lower(following.text) and not ended:
            return not (_BYLINE.match(following.text) and not full)
        if following.indent > line.indent and (line.marker or outline):
            return True
        if line.marker and following.indent < line.indent and heading_ordinal(following.text):
            return False
        if not full or (ended and self._is_new_paragraph(line, following)):
            return False
        loud = is_loud(following.text)
        return loud == is_loud(last.text) or (loud and not ended)

    def _is_full(self, line: Line, following: RawLine) -> bool:
        """Whether the first word of `following` had no room left on the line above it."""
        last = line.raw[-1]
        own = max(raw.reach for raw in line.raw[-20:]) if len(line.raw) > 1 else 0
        width = own if _LEAST_WRAPPED <= own < self._width else self._width  # in a box or an item it is narrower
        word = _FIRST_WORD.match(following.text)
        needed = last.reach + 1 + (len(word[0]) if word else 0)
        return bool(width) and last.reach <= self._width + _SLACK and needed > width - _SLACK

    def _is_mid_sentence(self, line: Line, following: RawLine) -> bool:
        """A number or dash at the start of a wrapped line is no marker: '... in adults aged' / '18. Ask ...'."""
        marker, length = marker_of(following.text)
        if following.indent < line.raw[-1].indent or _is_next_number(line, following.text[:length]):
            return False
        if marker == "bullet":
            return not line.marker and following.text[0] in "-–—" and following.text[length].islower()
        return marker in ("number", "letter", "roman")

    def _is_new_paragraph(self, line: Line, following: RawLine) -> bool:
        """Whether the end of a full line ends more: an entry in a list of sources, a question, indented paragraphs."""
        if self._in_sources and any(_DATED_OR_LINKED.search(raw.text) for raw in line.raw[-9:]):
            return not line.marker and following.indent <= line.indent
        asks = len(line.raw) == 1 and line.blank_before and line.raw[0].text.endswith("?")
        return asks or following.indent == line.indent > line.raw[-1].indent


def _is_next_number(line: Line, marker: str) -> bool:
    """Whether a marker counts on from that of an item, in the same style: '[1]', then '[2]', 'c)', then 'd)'."""
    own = line.raw[0].text[: line.marker_length]
    counter = {"number": _DIGITS, "letter": _LETTER}.get(line.marker)
    if not counter or counter.sub("", own).split() != counter.sub("", marker).split():
        return False
    before, after = counter.findall(own), counter.findall(marker)
    return bool(before and after) and _value(after[0]) == _value(before[0]) + 1


def _value(counter: str) -> int:
    return int(counter) if counter.isdigit() else ord(counter)


def _has_gaps(lines: Sequence[RawLine], width: int) -> bool:
    """Whether blank lines set the paragraphs of the text apart."""
    gaps = sum(not before.text and bool(line.text) for before, line in pairwise(lines))
    return gaps > sum(bool(line.text) for line in lines) / (12 if width else 3)


def _with_headings_joined(lines: Sequence[Line]) -> list[Line]:
    """The lines, a title or a heading in capitals that runs over two of them made one."""
    joined: list[Line] = []
    separated = is_separated(lines)
    for line in lines:
        if joined and _runs_on(joined[-1], line, first=len(joined) == 1, separated=separated):
            above = joined.pop()
            joined.append(msgspec.structs.replace(line, raw=[*above.raw, *line.raw], blank_before=above.blank_before))
        else:
            joined.append(line)
    return joined


def _runs_on(above: Line, line: Line, *, first: bool, separated: bool) -> bool:
    """Whether a heading goes on in the next line: it breaks off, or both are in capitals between blank lines."""
    last, following = above.raw[-1], line.raw[0]
    if line.blank_before or above.underline or above.quoted or line.marker or last.row or following.row:
        return False
    if len(above.raw) + len(line.raw) > 3 or max(last.reach, following.reach) > 110 or last.text.endswith((".", ":")):
        return False
    loud = is_loud(last.text) and is_loud(following.text)
    if (loud or first) and breaks_off(last.text.lower() if loud else last.text):
        return True
    between_blanks = above.blank_before and line.blank_after
    return loud and separated and between_blanks and heading_ordinal(following.text) is None


def is_separated(lines: Sequence[Line]) -> bool:
    """Whether blank lines set the paragraphs of the text apart."""
    return sum(line.blank_before for line in lines) > len(lines) / 3


def breaks_off(text: str) -> bool:
    """Whether a line ends where no heading does: 'Call us if you have', but not 'What it is for'."""
    return bool(_OPEN.search(text) or (_OPEN_AT_VERB.search(text) and not _ASKING.match(text)))


def is_loud(text: str) -> bool:
    """All capitals, as headings are; what is longer than any heading is not looked at."""
    if len(text) > _LONGEST_LOUD:
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= 4 and sum(map(str.isupper, text)) >= 0.85 * letters


def is_split_word(text: str, following: str) -> bool:
    """Whether a line ends in the middle of a hyphenated word ('meta-' / 'analysis')."""
    return len(text) > 2 and text.endswith("-") and text[-2].islower() and following[:1].islower()
