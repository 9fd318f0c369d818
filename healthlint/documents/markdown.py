"""Markdown -> Document: the text's own blocks, and what front matter, templates and MDX put around them."""

from __future__ import annotations

import re

from healthlint.documents.document import Document, Kind
from healthlint.documents.drafts import Writer
from healthlint.documents.front_matter import front_blocks, is_titled, read_front_matter
from healthlint.documents.markdown_events import write_events
from healthlint.documents.settling import settle, slugs
from healthlint.documents.templates import mask, with_extras

_LONE_RETURN = re.compile(r"\r(?!\n)")


def read_markdown(path: str, text: str) -> Document:
    """An article in Markdown, with YAML or TOML front matter."""
    front = read_front_matter(_LONE_RETURN.sub("\n", text) if "\r" in text else text)
    writer = Writer()
    masked = mask(" " * front.length + text[front.length :])
    definitions = write_events(writer, text, masked)
    writer.drafts.sort(key=lambda draft: draft.start)
    blocks = with_extras(settle(writer.drafts, titled=is_titled(front)), masked, text)
    headings = [block for block in blocks if block.kind is Kind.HEADING]
    has_title = any(block.level == 1 for block in headings)
    blocks = [*front_blocks(front.fields, text, has_title=has_title, group=writer.new_group()), *blocks]
    return Document(
        path,
        text,
        "markdown",
        tuple(blocks),
        front.fields,
        frozenset({*slugs(block.text for block in headings), *writer.anchors, *masked.anchors}),
        tuple(sorted([*writer.comments, *masked.comments], key=lambda comment: comment[1])),
        definitions,
    )
