"""Template tags, MDX and admonitions: hidden from a Markdown or HTML parser without moving a single character.

A mask has the length of the text that it stands for, so that offsets hold. Inside it `DROPPED` stands for characters
that are no part of the article (`{% include x %}`), `KEPT` for those that stand for words (`{{ dose }}`); a line of
nothing but tags is blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from healthlint.documents.document import Block, Kind, Span, prose_at

DROPPED, KEPT = "\ue000", "\ue001"

_OPENERS = re.compile(r"\{%|\{\{[<%]?|\{#(?![\w-]{1,60}[\s}])|\{/\*|\{:(?=[\s.#\w])")
_CLOSERS = {"{%": "%}", "{{": "}}", "{{<": ">}}", "{{%": "%}}", "{#": "#}", "{/*": "*/}", "{:": "}"}
_CONTROL = "#/^>!&"  # `{{#if}}`, `{{> footer}}`
_LONGEST = 2000  # characters of a tag; one that is not closed by then is text
_LONGEST_PAIR = 40_000  # characters between two tags
_PAIRED = re.compile(r"\{%-?\s*(comment|highlight)\b")
_CITATION = re.compile(r"\{[{%][<%-]?\s*(?:cite\w*|ref|fn|footnote|sidenote|note)\b[\s(\"'=:]*([\w.:@-]{1,80})?")
_ID = re.compile(r"#([\w-]{1,100})")
_FENCE = re.compile(r"^[ >]{0,12}:{3,8}[ \t]*([^\r\n]*)$", re.MULTILINE)
_FENCE_TITLE = re.compile(r"(?:\{[^}]*\}|[\w-]+)?(?:\[([^\]]*)\]|\s+([^{\s][^{]*))?")
_ADMONITION = re.compile(
    r"^([ ]{0,40})((?:!!!|\?\?\?\+?)[ ]{1,4}[\w -]{1,60}?|===(?=[ ]\"))(?:[ ]{1,4}\"([^\"\r\n]*)\")?[ \t]*$",
    re.MULTILINE,
)
_MODULE = re.compile(
    r"^(?:import[ ]+(?:[\w*{$][^'\"\r\n]{0,200}[ ]from[ ]+)?['\"][^'\"\r\n]+['\"];?|"
    r"export[ ]+(?:default|const|let|var|function)\b[^\r\n]*(?:\r?\n(?![ \t]*\r?$)[^\r\n]+)*+|"
    r"import[ ]+\{(?:[^'\"{}]{0,1000})\}[ ]from[ ]+['\"][^'\"\r\n]+['\"];?)[ \t]*$",
    re.MULTILINE,
)
_COMPONENT = re.compile(
    r"^[ \t]{0,12}</?(?:[A-Z][\w.]{0,60}[a-z][\w.]{0,60}(?:\s[^<>]{0,2000})?/?)?>[ \t]*$", re.MULTILINE
)
_MARKDOWN_INSIDE = re.compile(
    r"^[ ]{0,3}<\w+\b[^<>]{0,300}\bmarkdown(?:=[\"']?\w*[\"']?)?[^<>]{0,300}>[ \t]*$", re.MULTILINE
)
_CONTENTS = re.compile(r"^[ ]{0,3}(?:\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\})[ \t]*$", re.MULTILINE | re.IGNORECASE)
_COMMENT = re.compile(r"%%([^%]{1,2000})%%")  # of Obsidian
_LINE_BREAK = re.compile(r"\r(?!\n)")
_UNPAIRED = re.compile("[\ud800-\udfff]")


class Masked(msgspec.Struct):
    """A text with its template syntax hidden."""

    text: str
    code: list[Span] = []  # tags and module lines that stand alone
    titles: list[Span] = []  # of admonitions, quotes not included
    comments: list[tuple[str, Span]] = []
    anchors: list[str] = []
    has_components: bool = False  # of MDX: an indent inside them makes no code
    wrappers: frozenset[int] = frozenset()  # where an admonition was made a list item, to have its text read


def citation(tag: str) -> str | None:
    """The key that a tag cites (`{% cite smith2020 %}`), or None if the tag is no citation."""
    match = _CITATION.match(tag)
    return (match[1] or tag) if match else None


class _Mask:
    """The masked text while it is made: a list of stretches of the text and their stand-ins, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.at = 0

    def put(self, start: int, stand_in: str) -> None:
        """Let `stand_in` stand for the characters from `start` on; what lies before `start` is final then."""
        if start >= self.at:
            self.parts += (self.text[self.at : start], stand_in)
            self.at = start + len(stand_in)

    def done(self) -> str:
        return "".join([*self.parts, self.text[self.at :]])


def mask(text: str, *, markdown: bool = True) -> Masked:
    """Hide template tags and, for Markdown, MDX lines, components and the marks of admonitions."""
    masked = Masked(_plain(text))
    if "{" in text:
        _mask_tags(masked)
    if markdown:
        _mask_lines(masked, _MODULE if "import" in text or "export" in text else None)
        _mask_lines(masked, _CONTENTS if "toc" in text.lower() else None)
        masked.has_components = "<" in text and bool(_COMPONENT.search(masked.text))
        _blank(masked, _COMPONENT if masked.has_components else None)
        if "%%" in text:
            _mask_comments(masked)
        _blank(masked, _MARKDOWN_INSIDE if "markdown" in text else None)
        if ":::" in text:
            _mask_fences(masked)
        if "!!!" in text or "???" in text or '=== "' in text:
            _mask_admonitions(masked)
    return masked


def _plain(text: str) -> str:
    """The text with line feeds for lone carriage returns, and without surrogates, which parsers refuse."""
    text = _LINE_BREAK.sub("\n", text) if "\r" in text else text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _UNPAIRED.sub("\ufffd", text)
    return text


def _mask_tags(masked: Masked) -> None:
    text = masked.text
    result = _Mask(text)
    for start, end, opener in _tags(text):
        tag = text[start:end]
        if opener == "{:":
            masked.anchors += _ID.findall(tag)
        elif opener in ("{#", "{/*") or tag.startswith(("{% comment", "{%- comment")):
            masked.comments.append((tag.strip("{}#/* \r\n\t"), Span(start, end)))
        if opener != "{:" and _stands_alone(text, start, end) and citation(tag) is None:
            masked.code.append(Span(start, end))
            result.put(start, blanked(tag))
        else:
            kept = opener == "{{" and tag[2] not in _CONTROL and citation(tag) is None
            result.put(start, (KEPT if kept else DROPPED) * len(tag))
    masked.text = result.done()


def _tags(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and opening characters of every tag; a comment or code between two tags counts as one."""
    at = 0
    while match := _OPENERS.search(text, at):
        opener, start = match[0], match.start()
        closer = _CLOSERS[opener]
        close = text.find(closer, match.end(), start + (_LONGEST if opener != "{:" else 200))
        if close < 0 or (opener == "{:" and "\n" in text[start:close]):
            at = match.end()
            continue
        at = close + len(closer)
        paired = _PAIRED.match(text, start)
        if paired:
            closing = text.find(f"end{paired[1]}", at, at + _LONGEST_PAIR)
            end = text.find("%}", closing, closing + _LONGEST) if closing > 0 else -1
            at = end + 2 if end > 0 else at
        yield start, at, opener


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but tags stands on the lines of a tag."""
    before = text[max(0, start - 200) : start].rpartition("\n")[2].strip(" \t\r>")
    after = text[end : end + 200].partition("\n")[0].strip()
    return (not before or (before.startswith("{") and before.endswith("}"))) and (not after or after.startswith("{"))


def blanked(text: str) -> str:
    """Spaces in the place of a text; its line breaks stay."""
    return re.sub(r"[^\r\n]", " ", text)


def _mask_lines(masked: Masked, pattern: re.Pattern[str] | None) -> None:
    """Make lines of code blank, and keep them as code."""
    if pattern:
        masked.code += [Span(*match.span()) for match in pattern.finditer(masked.text)]
        _blank(masked, pattern)


def _mask_comments(masked: Masked) -> None:
    masked.comments += [(match[1].strip(), Span(*match.span())) for match in _COMMENT.finditer(masked.text)]
    _blank(masked, _COMMENT)


def _blank(masked: Masked, pattern: re.Pattern[str] | None) -> None:
    if pattern:
        masked.text = pattern.sub(lambda match: blanked(match[0]), masked.text)


def _mask_fences(masked: Masked) -> None:
    result = _Mask(masked.text)
    for match in _FENCE.finditer(masked.text):
        title = _FENCE_TITLE.match(match[1])
        if title and title.end() == len(match[1].rstrip()) and (group := title.lastindex):
            masked.titles.append(Span(match.start(1) + title.start(group), match.start(1) + title.end(group)))
        result.put(match.start(), re.sub(r"[^>]", " ", match[0]))
    masked.text = result.done()


def _mask_admonitions(masked: Masked) -> None:
    """Make `!!! note "Title"` the marker of a list item: the text that is indented under it is then read as usual."""
    result = _Mask(masked.text)
    starts = []
    for match in _ADMONITION.finditer(masked.text):
        if match[3]:
            masked.titles.append(Span(*match.span(3)))
        starts.append(match.start(2))
        result.put(match.start(2), "- " + DROPPED + " " * (match.end() - match.start(2) - 3))
    masked.text = result.done()
    masked.wrappers = frozenset(starts)


def with_extras(blocks: list[Block], masked: Masked, text: str) -> list[Block]:
    """The blocks, and between them the code and the titles that were masked."""
    extras = [
        *(_plain_block(Kind.CODE, text, span) for span in masked.code),
        *(_plain_block(Kind.PARAGRAPH, text, span) for span in masked.titles),
    ]
    inside = [block.span for block in blocks if block.kind is Kind.CODE]
    found = [extra for extra in _outside(extras, inside) if extra.text]
    return sorted([*blocks, *found], key=lambda block: block.span.start) if found else blocks


def _outside(blocks: Sequence[Block], spans: Sequence[Span]) -> Iterator[Block]:
    """The blocks that do not lie in one of the spans; both in any order."""
    ends = iter(sorted(spans))
    span = next(ends, None)
    for block in sorted(blocks, key=lambda block: block.span):
        while span and span.end <= block.span.start:
            span = next(ends, None)
        if not span or block.span.start < span.start:
            yield block


def _plain_block(kind: Kind, text: str, span: Span) -> Block:
    return Block(kind, prose_at(text[span.start : span.end], text, span), span)
