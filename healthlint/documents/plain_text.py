"""Plain text -> Document: which logical line is a heading, a list item, a lead-in, a tag, or a line of the CMS.

Plain text says so only by its look: capitals, numbers, underlines, a colon, a short line over a long one. What
follows a line decides as much as the line itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from healthlint.documents.document import Block, Document, Kind, Link, LinkKind, Prose, ProseBuilder, Span
from healthlint.documents.furniture import tag_spans
from healthlint.documents.heading_levels import HeadingStyle, Styled, heading_levels
from healthlint.documents.headings import heading_styles, is_caption
from healthlint.documents.lines import Line, is_split_word, logical_lines
from healthlint.documents.ordinals import heading_ordinals, with_ordinals
from healthlint.documents.plain_lists import Lists, item_ordinal
from healthlint.documents.raw_lines import cell_spans
from healthlint.documents.series import mark_series

# An address ends before the punctuation of its sentence; a bracket counts only where it was opened inside.
ADDRESS = re.compile(
    r"(?:https?://|www\.)(?=[^\W_])(?:[^\s<>\"'“”()\[\]{}|\\^`]|\([^\s<>\"'()]{0,99}\))*(?<![.,;:!?*_])",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"(?:Q(?:uestion)?\s?[:.)]\s+)(?=\S)")
_ANSWER = re.compile(r"(?:A(?:nswer)?\s?\d{0,3}\s?[:.)]\s+)(?=\S)")
_TITLE = re.compile(r"(?:title|headline)\s?:\s+(?=\S)", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:table of )?contents:?|(?:on|in) this (?:page|article|guide|leaflet|booklet|sheet|post):?|jump to:?"
    r"|what(?: is|['’]s) in(?:side)? this (?:page|article|guide|leaflet|booklet|sheet|post)\??:?",
    re.IGNORECASE,
)


def read_plain_text(path: str, text: str) -> Document:
    """Read a plain-text article. Any text is one; nothing is raised."""
    lines, comments = logical_lines(text)
    mark_series(lines)
    styles = heading_styles(lines)
    levels = _levels(lines, styles)
    contents = frozenset(_contents(lines, styles))
    blocks: list[Block] = []
    lists, asked = Lists(), False
    for at, (line, style, level) in enumerate(zip(lines, styles, levels, strict=True)):
        if line.is_furniture or at in contents:
            lists.close()
            blocks += _furniture(line)
        elif style:
            lists.close()
            blocks.append(_heading(line, style, level))
            asked = asked or style is HeadingStyle.QUESTION
        elif line.raw[0].row:
            blocks += _cells(line, lists.next_group())
        elif line.marker:
            blocks.append(_item(line, lists))
        else:
            lists.interrupt(line)
            blocks.append(_paragraph(line, asked))
    return Document(path, text, "text", tuple(with_ordinals(blocks)), comments=tuple(comments))


def _levels(lines: Sequence[Line], styles: Sequence[HeadingStyle | None]) -> Iterator[int]:
    """The level of each line as a heading, 0 for one that is none; hashes say it themselves, below the title's."""
    places = [at for at, style in enumerate(styles) if style]
    numbers = heading_ordinals([lines[at].written for at in places])
    styled = [
        Styled(styles[at] or HeadingStyle.BARE, lines[at].written, number, stacked=bool(at and styles[at - 1]))
        for at, number in zip(places, numbers, strict=True)
    ]
    levels = iter(heading_levels(styled))
    top = 1
    for line, style in zip(lines, styles, strict=True):
        level = next(levels) if style else 0
        hashes = len(line.raw[0].decoration) if line.raw[0].decoration.startswith("#") else 0
        if style is HeadingStyle.TITLE:
            top = hashes or 1
        if style is HeadingStyle.DECORATED and hashes:
            yield max(2, hashes - top + 1)
        else:
            yield level


def _contents(lines: Sequence[Line], styles: Sequence[HeadingStyle | None]) -> Iterator[int]:
    """Indexes of the lines of a table of contents: a list under 'Contents', which is navigation."""
    inside = False
    for at, line in enumerate(lines):
        if _CONTENTS.fullmatch(line.text):
            inside = True
        elif not line.marker or styles[at]:
            inside = False
        if inside:
            yield at


def prose_of(line: Line, skip: int = 0) -> Prose:
    """The text of a line without its marker and without `skip` more characters, mapped to the file."""
    builder = ProseBuilder()
    cut = skip + line.marker_length
    for before, raw in zip([None, *line.raw], line.raw, strict=False):
        if before and not is_split_word(before.text, raw.text):
            builder.space(Span(before.span.end, raw.span.start))
        builder.copy(raw.text[cut:], raw.span.start + cut)
        cut = 0
    return builder.build()


def _heading(line: Line, style: HeadingStyle, level: int) -> Block:
    label = _TITLE.match(line.text) if style is HeadingStyle.TITLE else _QUESTION.match(line.text)
    prose = prose_of(line, label.end() if label else -line.marker_length)
    return Block(Kind.HEADING, prose, line.span, level=level, links=bare_links(prose))


def _item(line: Line, lists: Lists) -> Block:
    group, depth = lists.place(line)
    prose = prose_of(line)
    return Block(
        Kind.ITEM,
        prose,
        line.span,
        level=depth,
        ordinal=item_ordinal(line),
        group=group,
        ordered=line.marker not in ("bullet", "none"),
        quoted=line.quoted,
        links=bare_links(prose),
    )


def _paragraph(line: Line, asked: bool) -> Block:
    answer = _ANSWER.match(line.text) if asked else None
    prose = prose_of(line, answer.end() if answer else 0)
    kind = Kind.CAPTION if is_caption(line) else Kind.PARAGRAPH
    return Block(kind, prose, line.span, quoted=line.quoted, links=bare_links(prose))


def _furniture(line: Line) -> Iterator[Block]:
    prose = prose_of(line, -line.marker_length)
    yield Block(Kind.FURNITURE, prose, line.span, links=bare_links(prose))
    for start, end in tag_spans(prose.text):
        yield Block(Kind.TAG, prose.part(start, end), prose.span(start, end), group=0)


def _cells(line: Line, group: int) -> Iterator[Block]:
    prose = prose_of(line)
    for start, end in cell_spans(prose.text, line.raw[0].row):
        part = prose.part(start, end)
        yield Block(Kind.CELL, part, part.span(), group=group, links=bare_links(part))


def bare_links(prose: Prose) -> tuple[Link, ...]:
    """The addresses that stand in a text as they are."""
    if "://" not in prose.text and "www." not in prose.text.lower():
        return ()
    return tuple(
        Link(LinkKind.BARE, match.start(), match.end(), match[0], prose.span(match.start(), match.end()))
        for match in ADDRESS.finditer(prose.text)
    )
