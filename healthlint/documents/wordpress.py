"""An export of WordPress (WXR, .xml) -> Documents: each published post or page is an article by itself.

The text of an article is its `<item>`, as it stands in the file, and `Document.inside` tells where that is: findings
have the rows and columns of the file. Its content is HTML in a CDATA section, or escaped where another program has
written the file anew; both are read, and so are blank lines as paragraphs, which WordPress shows them as. Shortcodes
are no part of the article.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import msgspec

from healthlint.documents import ReadError, is_export
from healthlint.documents.document import Block, Document, Field, Inside, Span
from healthlint.documents.export_items import Export, Item, Value, read_items
from healthlint.documents.front_matter import front_blocks
from healthlint.documents.html import read_html
from healthlint.documents.html_tokens import Token, tokens
from healthlint.documents.plain_text import read_plain_text
from healthlint.documents.rows import Rows
from healthlint.documents.sources import Source, moved

_SHOWN = frozenset({"publish", "future", ""})  # what is to be published without another look is an article
_NO_ARTICLES = re.compile(  # types of items that WordPress and its plugins keep for themselves
    r"attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf-.*|feedback"
    r"|elementor_\w+|e-landing-page|wpcf7_\w+|wpforms\w*|shop_\w+|product_variation|jetpack_\w+|jp_\w+|amp_\w+|popup"
    r"|tablepress_table|mc4wp-form|et_\w+|fl-builder-template|ct_template|oxy_\w+|scheduled-action|forum|topic|reply"
)
_BLANK = re.compile(r"\n[ \t]*\r?\n\s*")
_LINE = re.compile(r"(?<=[^\s>])[ \t]*\r?\n(?=[ \t]*[^\s<])")
_SHORTCODE = re.compile(
    r"\[(/?)([a-z][\w-]{1,40})((?:\s+[\w-]{1,60}=(?:\"[^\"\]]{0,2000}\"|'[^'\]]{0,2000}'|[^\s\"'\]]{1,300}))*)\s*/?\]",
    re.IGNORECASE,
)
_ALONE = frozenset({"gallery", "toc", "more", "audio", "video", "playlist", "embed"})  # shortcodes without more words
_BLOCKS = "<!-- wp:"  # what the block editor writes: paragraphs have their tags
_UNTOUCHED = frozenset({"pre", "script", "style", "textarea"})
_LONGEST = 300  # characters of a property that may tell something of an article
_SERIAL = re.compile(r"[aOsibd]:\d|\{|\[|field_")  # data of a plugin
_GROUPS = 1_000_000  # of tags: beyond those of lists and tables


def read_export(path: str, text: str) -> Iterator[Document]:
    """The articles of an export, at least one. Raises ReadError at once for what is none."""
    if not is_export(text):
        raise ReadError("is no export of WordPress; exclude it")
    export = read_items(text)
    articles = [item for item in export.items if _is_article(item, text)]
    if not articles:
        raise ReadError("is an export of WordPress without a published article; exclude it")
    return _documents(path, text, export, articles)


def read_whole(path: str, text: str) -> Document:
    """All articles of an export as one, in the places of the file; what is no export is plain text."""
    try:
        articles = list(read_export(path, text))
    except ReadError:
        return read_plain_text(path, text)
    placed = [_in_file(document, text) for document in articles]
    return Document(
        path,
        text,
        "html",
        tuple(block for document in placed for block in document.blocks),
        tuple(field for document in placed for field in document.fields),
        frozenset(anchor for document in placed for anchor in document.anchors),
        tuple(comment for document in placed for comment in document.comments),
        writable=False,
    )


def _in_file(document: Document, text: str) -> Document:
    source = Source()
    source.copy(document.text, document.in_file(Span(0, 0)).start)
    return moved(document, source, text)


def _documents(path: str, text: str, export: Export, articles: list[Item]) -> Iterator[Document]:
    rows = Rows(text)
    for number, item in enumerate(articles, 1):
        identity = item.first("wp:post_id").words(text) or str(number)
        title = html.unescape(item.first("title").words(text)) or f"post {identity}"
        inside = Inside(item.span.start, rows.position(item.span.start), title, identity)
        yield _document(path, text, export, item, inside)


def _is_article(item: Item, text: str) -> bool:
    kind, status = item.first("wp:post_type").words(text), item.first("wp:status").words(text)
    if status not in _SHOWN or _NO_ARTICLES.fullmatch(kind):
        return False
    return any(text[slice(*span)].strip() for span, _ in item.first("content:encoded").parts)


def _document(path: str, text: str, export: Export, item: Item, inside: Inside) -> Document:
    base = inside.start
    content = _as_html(item.first("content:encoded").source(text, base))
    source = Source()
    title = item.first("title")
    if title.words(text) and title.span.start <= item.first("content:encoded").span.start:
        start, end = title.span.start - base, title.span.end - base
        own = title.source(text, base)
        source.replace("<h1>", Span(start, start))
        source.extend(own, 0, len(own.text))
        source.replace("</h1>", Span(end, end))
    source.extend(content, 0, len(content.text))
    own_text = text[slice(*item.span)]
    document = moved(read_html(path, source.text), source, own_text)
    fields = list(_fields(item, export, text, base))
    tags = front_blocks(fields, own_text, has_title=True, group=_GROUPS)
    return msgspec.structs.replace(
        document,
        blocks=tuple(_in_order([*document.blocks, *tags])),
        fields=(*fields, *document.fields),
        inside=inside,
        writable=False,
    )


def _in_order(blocks: list[Block]) -> list[Block]:
    """Tags before the title stand in front of it, and those behind the content at the end."""
    first = next((block.span.start for block in blocks), 0)
    return sorted(blocks, key=lambda block: block.span.start >= first)


def _fields(item: Item, export: Export, text: str, base: int) -> Iterator[Field]:
    """What an export tells of an article: title, author, dates, keywords, and short properties that the site has."""
    for name, value, words in _told(item, export, text):
        start, end = value.span
        raw = text[start:end]
        start, end = start + len(raw) - len(raw.lstrip()), end - len(raw) + len(raw.rstrip())
        if words and start < end:
            yield Field(name, words, Span(start - base, end - base))


def _told(item: Item, export: Export, text: str) -> Iterator[tuple[str, Value, str]]:
    for name, element in (("title", "title"), ("author", "dc:creator")):
        value = item.first(element)
        words = value.words(text)
        yield name, value, export.authors.get(words) or words if name == "author" else html.unescape(words)
    for name, elements in (("date", ("wp:post_date", "pubDate")), ("modified", ("wp:post_modified",))):
        dated = [item.first(element) for element in elements if element in item.values]
        yield from ((name, value, words) for value in dated[:1] if not (words := value.words(text)).startswith("0000"))
    for value in item.values.get("category", ()):
        name = {"post_tag": "tags", "category": "categories"}.get(value.attributes.get("domain", ""), "")
        if name:
            yield name, value, value.words(text)
    for name, values in item.values.items():
        if name.startswith("meta:") and not name.startswith("meta:_"):
            for value in values:
                words = value.words(text)
                if len(words) <= _LONGEST and not _SERIAL.match(words):
                    yield name.removeprefix("meta:").lower() or "meta", value, words


def _as_html(content: Source) -> Source:
    """The content without shortcodes, and with the tags that WordPress puts in when it shows it."""
    text = content.text
    source, at = Source(), 0
    for start, end, words in _changes(text):
        source.extend(content, at, start)
        source.replace(words, content.span(Span(start, end)))
        at = end
    source.extend(content, at, len(text))
    return source


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of the content, in order, and the HTML that they stand for."""
    typed = _BLOCKS not in text
    closed = {match[2].lower() for match in _SHORTCODE.finditer(text) if match[1]} if "[/" in text else set()
    for start, end in _open_text(tokens(text)):
        found = [(match.start(), match.end(), _tag_of(match)) for match in _shortcodes(text, start, end, closed)]
        if typed:
            found += [(match.end(), match.end(), "<p>") for match in _BLANK.finditer(text, start, end)]
            found += [(match.end(), match.end(), "<br>") for match in _LINE.finditer(text, start, end)]
        at = start
        for first, last, words in sorted(found):
            if first >= at:
                yield first, last, words
                at = last


def _open_text(found: Iterator[Token]) -> Iterator[Span]:
    """Where there is text in which white space means nothing to a browser."""
    kept = 0
    for token in found:
        if token.name in _UNTOUCHED:
            kept = max(0, kept + {"open": 1, "close": -1}.get(token.kind, 0))
        elif token.kind == "text" and not kept:
            yield Span(token.start, token.end)


def _shortcodes(text: str, start: int, end: int, closed: set[str]) -> Iterator[re.Match[str]]:
    for match in _SHORTCODE.finditer(text, start, end) if "[" in text else ():
        if match[1] or match[3] or match[2].lower() in closed | _ALONE:
            yield match


def _tag_of(match: re.Match[str]) -> str:
    """The element that a shortcode makes."""
    return f"<{match[1]}figcaption>" if match[2].lower() == "caption" else ""
