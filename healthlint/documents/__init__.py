"""Bytes -> Document: one module per format, all giving the same blocks."""

from __future__ import annotations

import codecs
import os.path

from healthlint.documents.document import Document

LARGEST = 10_000_000  # bytes
_FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SUFFIXES = frozenset({".txt", *_FORMATS})  # that tell a format


class ReadError(Exception):
    """Why a file is no article, in one line, and what mends it."""


def read(path: str, data: bytes) -> Document:
    """The article in a file's bytes, its format told by the suffix of `path`. Raises ReadError."""
    if len(data) > LARGEST:
        raise ReadError(f"is larger than {LARGEST // 1_000_000} MB; an article is not: split it or exclude it")
    text = decoded(data)
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise ReadError(f"is not text (a NUL byte in line {row}); exclude it")
    if not text or text.isspace():
        raise ReadError("is empty; write the article or exclude the file")
    return read_text(path, text, format_of(path))


def format_of(path: str) -> str:
    """'markdown', 'html' or 'text', by the suffix."""
    return _FORMATS.get(suffix_of(path), "text")


def suffix_of(path: str) -> str:
    """'.md' for 'A.MD'."""
    return os.path.splitext(path)[1].lower()


def read_text(path: str, text: str, format: str) -> Document:  # noqa: A002 - as the field is called
    """An article that is text already. `format`: 'markdown', 'html' or 'text'. Nothing is raised."""
    if format == "markdown":
        from healthlint.documents.markdown import read_markdown

        return read_markdown(path, text)
    if format == "html":
        from healthlint.documents.html import read_html

        return read_html(path, text)
    from healthlint.documents.plain_text import read_plain_text

    return read_plain_text(path, text)


def decoded(data: bytes) -> str:
    """The text in a file's bytes, without its byte-order mark. Raises ReadError."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name, encoding = "UTF-16", "utf-16"
    else:
        name, encoding = "UTF-8", "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = error.object.count(b"\n", 0, error.start) + 1
        raise ReadError(f"is not {name} (line {row}); save it as UTF-8") from None


def encoded(text: str, like: bytes) -> bytes:
    """The bytes of a text in the encoding that `like` is in, with its byte-order mark."""
    for mark, encoding in _MARKS:
        if like.startswith(mark):
            return mark + text.encode(encoding)
    return text.encode()
