"""Tags inside a line of text, in HTML pages and in Markdown: links, emphasis, superscripts, images, anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.documents.document import Span
from healthlint.documents.drafts import Held, Writer
from healthlint.documents.html_tokens import Token
from healthlint.documents.templates import DROPPED, KEPT, citation

_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
_NOTE_MARK = re.compile(r"[\[(]?\s*(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20}|[*†‡§¶]{1,3}|[a-h])\s*[\])]?[,.]?")
_LOCAL_NOTE = re.compile(r"[^#]*#\S*?(\d{1,4})\D{0,12}")
_POWER = re.compile(r"(?:(?<![\d.,])10|(?<![A-Za-z'’])(?:[cmdkµμn]?m|ft|R))$")
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_DROPPED = re.compile(f"{DROPPED}+")
_CLOSING = tuple(".,;:!?)")
_LONGEST_RANGE = 50  # notes; '1-900' is no range of notes


class InlineTags:
    """Writes what inline tags mean. `text` is the file's own text."""

    def __init__(self, writer: Writer, text: str) -> None:
        self.writer, self.text = writer, text

    def open(self, tag: Token) -> None:
        """An opening or empty tag."""
        writer, name = self.writer, tag.name
        self.anchor(tag)
        if name in _BOLD:
            writer.bold += 1
        elif name in _ITALIC:
            writer.italic += 1
        elif name == "a" and "href" in tag.attributes:
            self._link(self.target(tag, "href"), tag.start)
        elif name == "sup":
            writer.hold()
        elif name == "q":
            writer.replace("“", Span(tag.start, tag.end))
        elif name == "img":
            writer.image(self.target(tag, "src"), Span(tag.start, tag.end), self._alternative(tag))
        elif name == "br" or (name == "small" and writer.recent[-1:].isalpha()):
            writer.space(Span(tag.start, tag.end))

    def close(self, name: str, end: int) -> None:
        """The end of an element; its markup reaches to `end`."""
        writer = self.writer
        if name in _BOLD:
            writer.bold = max(0, writer.bold - 1)
        elif name in _ITALIC:
            writer.italic = max(0, writer.italic - 1)
        elif name == "a" and writer.held is None:
            writer.close_link(end)
        elif name == "q":
            writer.replace("”", Span(end, end))
        elif name == "sup" and writer.held is not None:
            self._superscript(writer.unhold(), end)
        writer.touch(end)

    def between_tags(self, masked: str, start: int) -> Iterator[tuple[int, int]]:
        """The stretches of a masked text at `start` that are no template tags; a tag that cites leaves a mark."""
        at = 0
        for match in _DROPPED.finditer(masked):
            before = masked[at : match.start()]
            if masked[match.end() : match.end() + 1] in _CLOSING:
                before = before.rstrip()  # 'reliable {% cite x %}.' reads 'reliable.'
            if before:
                yield start + at, start + at + len(before)
            at = match.end()
            if key := citation(self.text[start + match.start() : start + at]):
                self.writer.mark(key, Span(start + match.start(), start + at))
        if at < len(masked):
            yield start + at, start + len(masked)

    def anchor(self, tag: Token) -> None:
        """A name that a local link may lead to."""
        for attribute in ("id", "name"):
            found = tag.attributes.get(attribute)
            if found and found.value and (attribute == "id" or tag.name in ("a", "map")):
                self.writer.anchors.add(found.value)

    def target(self, tag: Token, attribute: str) -> str:
        """The value of an attribute, as it stands in the file where a template tag is part of it."""
        found = tag.attributes.get(attribute)
        if found is None:
            return ""
        if DROPPED in found.value or KEPT in found.value:
            return self.text[found.start : found.end]
        return found.value.strip()

    def _link(self, target: str, at: int) -> None:
        if self.writer.held is not None:
            self.writer.held.target = target
        else:
            self.writer.open_link(target, at)

    def _alternative(self, tag: Token) -> list[tuple[str, Span, bool]]:
        found = tag.attributes.get("alt")
        value = found.value.strip() if found else ""
        if not found or not value:
            return []
        raw = self.text[found.start : found.end]
        start = found.start + len(raw) - len(raw.lstrip())
        copied = self.text[start : start + len(value)] == value and not any(map(str.isspace, value.replace(" ", "")))
        text = value if copied else " ".join(value.split())
        return [(text, Span(start, start + len(value) if copied else found.end), copied)]

    def _superscript(self, held: Held, end: int) -> None:
        """A number above the line is a note mark, unless it is a power ('10', 'm') or part of an isotope's name."""
        words = "".join(text for text, _, _ in held).strip()
        start = held[0][1].start if held else end
        match = _NOTE_MARK.fullmatch(words)
        local = _LOCAL_NOTE.fullmatch(held.target)
        if match and (local or self._is_note(end)):
            for label in _labels(match[1]):
                self.writer.mark(label, Span(start, held[-1][1].end))
        elif match and words.translate(_SUPERSCRIPTS) != words:
            self.writer.replace(words.translate(_SUPERSCRIPTS), Span(start, held[-1][1].end))
        else:
            self.writer.flush(held)

    def _is_note(self, end: int) -> bool:
        before = self.writer.recent
        if not before.strip():
            return False
        following = self.text[end : end + 1]
        if before[-1].isspace() and following.isalpha():
            return False
        return not _POWER.search(before.rstrip())


def _labels(words: str) -> Iterator[str]:
    """The notes that a mark names: '3', '3,4', '3-6'."""
    for part in re.split(r"\s?[,;]\s?", words):
        first, _, last = re.sub(r"\s?[–-]\s?", "-", part).partition("-")
        if last and 0 < int(last) - int(first) < _LONGEST_RANGE:
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield first
            if last:
                yield last
