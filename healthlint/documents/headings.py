"""Which lines of a plain text are headings, and in which style they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from healthlint.documents.head_matter import is_byline, is_contact
from healthlint.documents.heading_levels import HeadingStyle
from healthlint.documents.lines import Line, breaks_off, is_loud, is_separated
from healthlint.documents.ordinals import heading_ordinal

_SMALL = frozenset(
    "a an the of in on at by for to from with without and or nor but as vs versus via per is are be it its your you"
    " our if not into over under after before during than that this what how why when who which do does can should"
    " may might will".split()
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE_INSIDE = re.compile(r"[a-z]{2}(?<!\bvs)(?<!\betc)([.!])\s+[A-Z]")
_PROMISES = re.compile(
    r"\b(?:like|such as|including|includes?|are|is|following|below|these|those|visit|refer|see|may|might|can|you"
    r"|at|from|for|if|have|has|to|of|with)\s*:$",
    re.IGNORECASE,
)
_CLAUSE_START = re.compile(
    r"(?:for|if|to|here|these|this|it|they|you|we|when|in|the following|some|there|please|remember|visit|see)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:are|is|was|were|can|may|might|should|must|will|have|has|had|includes?|you|we)\b", re.IGNORECASE
)
_QUESTION_MARK = re.compile(r"\?[\"'”’)]*$")
_LABELLED_QUESTION = re.compile(r"Q(?:uestion)?\s?\d{0,3}\s?[:.)]\s+\S")
_LABELLED_ANSWER = re.compile(r"A(?:nswer)?\s?\d{0,3}\s?([:.)])\s+\S")
_ANSWER_INSIDE = re.compile(r"\sA(?:nswer)?\s?\d{0,3}\s?[:.]\s")
_STOPPED = re.compile(r"[.;,][\"'”’]*$")
_FACT = re.compile(r"[^:]{2,40}:\s+\S")
_ATTRIBUTED = re.compile(r"[\"“‘].{0,140}[\"”’]\s?[–—~-]")
_CAPTION = re.compile(r"(?:table|figure|fig\.?|chart|box)\s\d{1,2}[a-z]?\s?[.:–—|-]\s", re.IGNORECASE)
_STATES = re.compile(
    r"(?:you|we|they|these|it|this|there)\b"
    r"|(?:please |do not |don['’]t )?(?:call|ring|phone|dial|contact|ask|tell|see|go|get|seek|take|use)\b"
    r".*\b(?:if|when|unless)\b",
    re.IGNORECASE,
)
_SOURCES = re.compile(
    r"\b(?:references?|sources?|resources|reading|bibliography|links|contacts?|notes|see also)\b", re.IGNORECASE
)
_GAP = re.compile(r"_{3,}|\.{5,}|…{2,}")  # left to be filled in by hand: 'My day is: ______'
_LONG = 60  # characters: what is longer is hardly a heading


class _Look(msgspec.Struct, frozen=True):
    """What the whole text shows of the way in which its headings are written."""

    separated: bool  # blank lines set the paragraphs apart
    title: int  # index of the line that is the title if any is
    top: int  # index of the first line below a blank one under the title
    end: int  # index of the last line that is the article's, not the publishing system's
    doubles: int  # how many lines are underlined with ===
    colons: int  # how many lines 'Words:' stand over text
    numbers: int  # how many short lines with a number have none above or below them


def heading_styles(lines: Sequence[Line]) -> list[HeadingStyle | None]:
    """How each line is written as a heading, or None where it is none."""
    return _Reading(lines).styles


def is_caption(line: Line) -> bool:
    """Whether a line is the caption of a table or figure: 'Table 2. Doses'."""
    return len(line.text) <= 300 and bool(_CAPTION.match(line.text))


class _Reading:
    """Decides line by line, by what stands around a line and by the headings above it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._look = _look(lines)
        self._last_heading = self._last_item = 0  # the numbers of the last numbered heading and item
        self._headed = False  # whether a heading has come below the title
        self._asked = False  # whether a question has come that is labelled as one
        self.styles: list[HeadingStyle | None] = []
        for at, line in enumerate(lines):
            self.styles.append(self._style(at))
            self._headed = self._headed or self.styles[at] not in (None, HeadingStyle.TITLE)
            if line.marker == "number":
                self._count(_value(line), is_heading=self.styles[at] is not None)

    def _count(self, value: int, *, is_heading: bool) -> None:
        if is_heading:
            self._last_heading = value
        else:
            self._last_item = value

    def _style(self, at: int) -> HeadingStyle | None:
        line, look = self._lines[at], self._look
        following = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if following and _is_labelled_question(line.text):
            self._asked = True
            return HeadingStyle.QUESTION
        if at < look.title or line.quoted or line.raw[0].row or _cannot_be(line, title=at == look.title):
            return None
        if line.underline:
            return self._underlined(at)
        if at == look.title:
            return HeadingStyle.TITLE if following and _could_be_title(line, following) else None
        if line.raw[0].decoration:
            return None if _STOPPED.search(line.text) else HeadingStyle.DECORATED
        if following is None or line.marker not in ("", "number", "letter") or self._is_none(at, following):
            return None
        return self._numbered(at, following) if _number(line) else self._unnumbered(at, following)

    def _underlined(self, at: int) -> HeadingStyle | None:
        line, look = self._lines[at], self._look
        if at == look.title:
            return HeadingStyle.TITLE
        if line.underline == "=":
            # Under two lines, title and subtitle, it belongs to both.
            return HeadingStyle.DOUBLE if at >= look.top or look.doubles > 1 else None
        return HeadingStyle.SINGLE if line.underline == "-" else HeadingStyle.WAVED

    def _is_none(self, at: int, following: Line) -> bool:
        """Whether the place of a line, or what it says, rules out that it is a heading."""
        line, look = self._lines[at], self._look
        if following.is_furniture or is_byline(line.text) or self._is_answer(line.text) or _GAP.search(line.text):
            return True
        if is_contact(line.text) or (not following.blank_before and is_contact(following.text)):
            return True  # an address
        if look.title < at < look.top and look.separated and not self._headed:
            return True  # a subtitle
        return is_caption(line) or self._is_signature(at)

    def _is_answer(self, text: str) -> bool:
        """'A: Yes'; 'A. Ankle pumps' is none where nobody has asked."""
        match = _LABELLED_ANSWER.match(text)
        return match is not None and (self._asked or match[1] != ".")

    def _is_signature(self, at: int) -> bool:
        """'Dr. Ada Byron' over 'Consultant': the last lines of an article, with nothing under them."""
        below = self._lines[at + 1 : self._look.end + 1] if self._look.end - at <= 2 else None
        if below is None or _SOURCES.search(self._lines[at].text):
            return False
        return not any(
            line.marker or len(line.text) > _LONG or "://" in line.text or line.text.endswith((".", "!", "?"))
            for line in below
        )

    def _numbered(self, at: int, following: Line) -> HeadingStyle | None:
        line = self._lines[at]
        ordinal = heading_ordinal(line.written)
        if ordinal is None or _STOPPED.search(line.text) or len(line.raw) > 2 or len(line.text.split()) > 15:
            return None
        titled = is_loud(line.text) or is_titled(line.text) or bool(ordinal.word)
        if not ordinal.word and (self._is_in_list(at, following, titled) or (breaks_off(line.text) and not titled)):
            return None
        if line.marker == "letter" and not is_loud(line.text):
            return None
        counts_on = bool(line.marker) and line.blank_before and _value(line) == self._last_heading + 1 > 1
        if titled or counts_on or _QUESTION_MARK.search(line.text) or self._stands_over_text(at, following):
            return HeadingStyle.DOTTED if ordinal.style == "dotted" else HeadingStyle.NUMBERED
        return None

    def _is_in_list(self, at: int, following: Line, titled: bool) -> bool:
        """Numbered lines one after another are a list, the last of them too; so is one that counts on after a break."""
        line, above = self._lines[at], self._lines[at - 1]
        if not line.marker or is_loud(line.text):
            return False
        counts_on = self._last_heading == _value(line) - 1 and self._look.numbers > 1
        if counts_on and line.blank_before and line.blank_after:
            return False
        if following.marker == line.marker:
            return True
        skipped = _value(line) - _value(above) - 1 if above.marker == line.marker else -1
        if self.styles[at - 1] is None and (skipped == 0 or (0 < skipped < 3 and not line.blank_before)):
            return True
        if titled or self._look.numbers > 2:
            return False
        return self._last_item == _value(line) - 1 > 0 and self._last_heading != _value(line) - 1

    def _unnumbered(self, at: int, following: Line) -> HeadingStyle | None:
        line, text = self._lines[at], self._lines[at].text
        if line.marker or _STOPPED.search(text) or len(line.raw) > 2:
            return None
        if is_loud(text):
            return None if _PROMISES.search(text) else HeadingStyle.LOUD
        if _ATTRIBUTED.match(text) or breaks_off(text):
            return None
        if len(line.raw) > 1 and not (line.blank_before and line.blank_after and self._look.separated):
            return None
        if text.endswith(":"):
            return HeadingStyle.COLON if self._is_colon_heading(line, following) else None
        if not self._stands_apart(at) or (_FACT.match(text) and _FACT.match(following.text) and not line.blank_after):
            return None
        if _QUESTION_MARK.search(text):
            return HeadingStyle.QUESTION
        if is_titled(text) or self._stands_over_text(at, following):
            return HeadingStyle.BARE
        return None

    def _stands_apart(self, at: int) -> bool:
        """A bare heading follows a blank line or another heading; where no blank lines set anything apart, any line."""
        return not self._look.separated or self._lines[at].blank_before or self.styles[at - 1] is not None

    def _is_colon_heading(self, line: Line, following: Line) -> bool:
        """'Side Effects:' over text or a list is a heading; a clause that promises something is a lead-in."""
        words = line.text.rstrip(":").split()
        if _PROMISES.search(line.text) or len(words) > 9:
            return False
        over_text = not following.marker and len(following.text) > _LONG and line.text[:1].isupper()
        if over_text and line.blank_before and not following.blank_before and self._look.colons > 2:
            return len(words) <= 6
        if _VERB.search(line.text):
            return False
        if is_titled(line.text) and len(words) > 1:
            return True
        if _CLAUSE_START.match(line.text):
            return False
        if self._look.colons > 1 and len(words) <= 4 and (line.blank_before or not self._look.separated):
            return True
        return not following.marker and len(words) <= 6 and len(following.text) > _LONG

    def _stands_over_text(self, at: int, following: Line) -> bool:
        """A short line without an end over a paragraph that is clearly longer, over a list, or over such a line."""
        line, words = self._lines[at], len(self._lines[at].text.split())
        if not _opens_like_heading(line.text):
            return False
        if words > 14 or len(line.text) > 100 or line.text.endswith("!"):
            return False
        if following.marker:
            set_off = line.blank_before or not self._look.separated
            return set_off and words <= (12 if line.blank_after else 10) and not _STATES.match(line.text)
        if _is_text_under(line, following):
            return True
        below = self._lines[at + 2] if at + 2 < len(self._lines) else None
        apart = line.blank_before and following.blank_before and words <= 10 and not following.text.endswith(":")
        short = len(following.text) <= _LONG and _opens_like_heading(following.text)
        return apart and short and below is not None and _is_text_under(following, below)


def _look(lines: Sequence[Line]) -> _Look:
    own = [at for at, line in enumerate(lines) if not line.is_furniture]
    title = next((at for at in own if not is_byline(lines[at].text)), 0)
    top = next((at for at in range(title + 1, len(lines)) if lines[at].blank_before), len(lines))
    colons = sum(
        line.text.endswith(":") and len(line.text) < _LONG and not following.marker and len(following.text) > _LONG
        for line, following in pairwise(lines)
    )
    doubles = sum(line.underline == "=" for line in lines)
    return _Look(is_separated(lines), title, top, own[-1] if own else 0, doubles, colons, _lone_numbers(lines))


def _lone_numbers(lines: Sequence[Line]) -> int:
    numbered = [line.marker == "number" for line in lines]
    return sum(
        here and not above and not below and len(line.text) <= _LONG and not _STOPPED.search(line.text)
        for line, above, here, below in zip(lines, [False, *numbered], numbered, [*numbered[1:], False], strict=False)
    )


def _is_labelled_question(text: str) -> bool:
    """'Q: Is it safe?', also one of several sentences; not with its answer behind it."""
    return len(text) <= 300 and bool(_LABELLED_QUESTION.match(text)) and not _ANSWER_INSIDE.search(text)


def _cannot_be(line: Line, *, title: bool) -> bool:
    text = line.text
    if len(text) > 140 or len(text.split()) > 20 or "://" in text:
        return True
    sentence = _SENTENCE_INSIDE.search(text)
    # as in '7. They feel fine afterwards. Do we still need the hospital?'
    set_apart = line.underline or (line.blank_before and line.blank_after and text.endswith("?"))
    is_numbered_heading = line.marker == "number" and bool(set_apart)
    if sentence and not is_numbered_heading and not (title and sentence[1] == "!"):
        return True
    return not any(map(str.isalpha, text)) or line.is_furniture


def _could_be_title(line: Line, following: Line) -> bool:
    if line.marker not in ("", "number", "letter") or len(line.raw) > 3 or line.marker == following.marker != "":
        return False
    return not _STOPPED.search(line.text) and not (line.text.endswith(":") and following.marker)


def _number(line: Line) -> bool:
    """Whether the line begins with a heading's number, as a list marker or in words ('Step 2 -', 'IV.')."""
    return line.marker in ("number", "letter") or heading_ordinal(line.text) is not None


def _value(line: Line) -> int:
    """The number of a line that is marked with one."""
    return int("".join(filter(str.isdecimal, line.written[: line.marker_length])) or 0)


def _opens_like_heading(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit() or text[:1] in "\"'“‘("


def _is_text_under(line: Line, following: Line) -> bool:
    """Whether a line stands over a longer one, over a sentence, or over 'Adults: one tablet a day'."""
    if len(following.text) > max(_LONG, len(line.text)) or following.text.endswith((".", "!", "?", ":")):
        return True
    return bool(_FACT.match(following.text)) and ":" not in line.text


def is_titled(text: str) -> bool:
    """Whether a line is in Title Case: its first word and nearly all longer words have capitals."""
    words: list[str] = _WORD.findall(text)
    if not words or not (words[0][0].isupper() or text[:1].isdigit()) or len(words) > 14:
        return False
    telling = [word for word in words[1:] if word.lower() not in _SMALL]
    if not telling:
        return len(words) <= 3
    return sum(word[0].isupper() for word in telling) >= 0.7 * len(telling)
