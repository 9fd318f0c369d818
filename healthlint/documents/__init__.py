"""Bytes -> Document: one module per format, all giving the same blocks."""

from __future__ import annotations

import codecs
import os.path
from collections.abc import Iterator

from healthlint.documents.document import Document

LARGEST = 10_000_000  # bytes of a text
LARGEST_PACKED = 50_000_000  # of a file that holds pictures, or many articles
BEGINNING = 8_000  # characters of a file of XML in which its kind is told
_FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rst": "rst",
    ".docx": "docx",
    ".xml": "wordpress",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PACKED = ("docx", "wordpress")
SUFFIXES = frozenset({".txt", *_FORMATS})  # that tell a format
TEXT_SUFFIXES = frozenset(suffix for suffix in SUFFIXES if _FORMATS.get(suffix) not in _PACKED)  # one article, one text


class ReadError(Exception):
    """Why a file is no article, in one line, and what mends it."""


def read_all(path: str, data: bytes, most: int | None = None) -> Iterator[Document]:
    """The articles in a file's bytes, at least one, in order; the suffix of `path` tells the format.

    An export of WordPress holds many, a file of any other format is one. Raises ReadError before the first of them, for
    a file of more than `most` bytes, too: without it, for one of more than `largest`.
    """
    form, most = format_of(path), largest(path) if most is None else most
    if len(data) > most:
        raise ReadError(f"is larger than {most // 1_000_000} MB; an article is not: split it or exclude it")
    if form == "docx":
        from healthlint.documents.docx import read_docx

        return iter((read_docx(path, data),))
    text = decoded(data)
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise ReadError(f"is not text (a NUL byte in line {row}); exclude it")
    if not text or text.isspace():
        raise ReadError("is empty; write the article or exclude the file")
    if form == "wordpress":
        from healthlint.documents.wordpress import read_export

        return read_export(path, text)
    return iter((read_text(path, text, form),))


def read(path: str, data: bytes) -> Document:
    """As `read_all`, of a file that is one article; of one that holds several, the first."""
    return next(read_all(path, data))


def may_hold_many(path: str) -> bool:
    """Whether a file of such a name may hold several articles."""
    return format_of(path) == "wordpress"


def has_text(path: str) -> bool:
    """Whether a file of such a name is text, the same that a document read from it has."""
    return format_of(path) != "docx"


def is_export(beginning: str) -> bool:
    """Whether a file of XML that begins so is an export of WordPress; most are something else."""
    return "//wordpress.org/export/" in beginning[:BEGINNING]


def largest(path: str) -> int:
    """The most bytes that a file of such a name may have."""
    return LARGEST_PACKED if format_of(path) in _PACKED else LARGEST


def format_of(path: str) -> str:
    """'markdown', 'html', 'rst', 'docx', 'wordpress' or 'text', by the suffix."""
    return _FORMATS.get(suffix_of(path), "text")


def suffix_of(path: str) -> str:
    """'.md' for 'A.MD'."""
    return os.path.splitext(path)[1].lower()


def read_text(path: str, text: str, format: str) -> Document:  # noqa: A002 - as the field is called
    """An article that is text already, `format` as `format_of` gives it. Nothing is raised.

    All articles of an export of WordPress are one here; of a Word file its text is read as plain text.
    """
    if format == "markdown":
        from healthlint.documents.markdown import read_markdown

        return read_markdown(path, text)
    if format == "html":
        from healthlint.documents.html import read_html

        return read_html(path, text)
    if format == "wordpress":
        from healthlint.documents.wordpress import read_whole

        return read_whole(path, text)
    if format == "rst":
        from healthlint.documents.rst import read_rst

        return read_rst(path, text)
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
