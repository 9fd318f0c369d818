"""HTML -> Document: the blocks of the article in a page, and the page's own parts as furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from healthlint.documents.document import Document, Kind
from healthlint.documents.drafts import Draft, Writer
from healthlint.documents.front_matter import front_blocks, is_titled, read_front_matter
from healthlint.documents.html_blocks import write_nodes
from healthlint.documents.html_content import choose_content
from healthlint.documents.html_fields import page_fields
from healthlint.documents.html_tokens import tokens
from healthlint.documents.html_tree import grow
from healthlint.documents.markdown_events import write_events
from healthlint.documents.settling import settle, slugs
from healthlint.documents.templates import Masked, blanked, mask, with_extras

_MARKDOWN = re.compile(r"\{%-?\s{0,9}markdown\s{0,9}-?%\}")


def read_html(path: str, text: str) -> Document:
    """An article as a page, a fragment of one, or a template of one."""
    front = read_front_matter(text)
    masked = mask(" " * front.length + text[front.length :], markdown=False)
    source, markdown = _split_markdown(masked.text, text)
    writer = Writer()
    tree = grow(tokens(source), text)
    choose_content(tree)
    write_nodes(writer, text, source, tree)
    if markdown:
        write_events(writer, text, Masked(markdown))
        writer.drafts.sort(key=lambda draft: draft.start)
    _mark_before_title(writer.drafts)
    blocks = with_extras(settle(writer.drafts, titled=is_titled(front)), masked, text)
    headings = [block for block in blocks if block.kind is Kind.HEADING]
    has_title = any(block.level == 1 for block in headings)
    return Document(
        path,
        text,
        "html",
        (*front_blocks(front.fields, text, has_title=has_title, group=writer.new_group()), *blocks),
        (*front.fields, *page_fields(tree, text)),
        frozenset({*writer.anchors, *masked.anchors, *(slugs(block.text for block in headings) if markdown else ())}),
        tuple(sorted([*writer.comments, *masked.comments], key=lambda comment: comment[1])),
    )


def _split_markdown(masked: str, text: str) -> tuple[str, str]:
    """The page without the Markdown between `{% markdown %}` tags, and that Markdown without the page, or ''."""
    page: list[str] = []
    markdown: list[str] = []
    at = 0
    for opening in _MARKDOWN.finditer(text):
        end = text.find("endmarkdown", opening.end())
        if end < 0 or opening.start() < at:
            continue
        start, end = opening.end(), text.rfind("{", opening.end(), end)
        page += (masked[at:start], blanked(masked[start:end]))
        markdown += (blanked(masked[at:start]), masked[start:end])
        at = max(start, end)
    if not markdown:
        return masked, ""
    return "".join([*page, masked[at:]]), "".join(markdown)


def _mark_before_title(drafts: Sequence[Draft]) -> None:
    """Lines of links above the title are navigation, whatever their tags say."""
    title = next((index for index, draft in enumerate(drafts) if draft.kind is Kind.HEADING and draft.level == 1), 0)
    for draft in drafts[:title]:
        linked = sum(link.end - link.start for link in draft.links)
        if draft.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.CELL) and linked >= 0.5 * len(draft.text):
            draft.kind = Kind.FURNITURE
