"""Small files that would be large once they were unpacked, or whose nesting would overrun a stack."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from reliability import articles

_DEEP = 100_000
_ALIASES = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 12)) + "]>"
)
_FETCHED = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY % b SYSTEM "http://127.0.0.1:9/x">%b;]>'
_P = articles.paragraph("Take &a11; of it.").replace("&amp;", "&")
_RULE = """\
summary: Find nothing.
why: To see what a rule file may do.
source: {name: "the tests", url: "https://example.org/"}
severity: warning
message: '"{quote}" is marked.'
check: suppressions
examples: {flagged: ["[[a]] b", "[[c]] d"], clean: ["e", "f"]}
"""


def _front(text: str) -> Callable[[], str]:
    return lambda: f"---\n{text}\n---\n\n{articles.BESIDE}"


def _package(body: str = "", head: str = "", **parts: str) -> Callable[[], bytes]:
    named = {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    return lambda: articles.word(body, named, head)


def _many_members() -> bytes:
    file = io.BytesIO(articles.word(articles.paragraph("It is.")))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(30_000):
            archive.writestr(f"word/media/{number}", b"")
    return file.getvalue()


def _overlapping() -> bytes:
    """All members of the directory are one file, which is larger for it each time it is read."""
    body = articles.paragraph("x" * 1_000) * 2_000
    data = articles.word(body)
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack("<II", data[end + 12 : end + 20])
    entry = data[start : start + size]
    count = 1_000
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, size * count, start, 0)
    return data[:start] + entry * count + tail


def _encrypted() -> bytes:
    data = bytearray(articles.word(articles.paragraph("It is.")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


class Bomb(NamedTuple):
    """A file, and what is said of it."""

    name: str
    file: str
    make: Callable[[], str | bytes]
    says: str = ""  # a regular expression for a line; '' if it is linted as any other


BOMBS = (
    Bomb("aliases of aliases in front matter", "a.md", _front(_ALIASES)),
    Bomb("deep lists in front matter", "a.md", _front("a: " + "[" * _DEEP)),
    Bomb("deep mappings in front matter", "a.md", _front("".join(" " * n + f"k{n}:\n" for n in range(2_000)))),
    Bomb("deep TOML in front matter", "a.md", lambda: f"+++\na = {'[' * _DEEP}{']' * _DEEP}\n+++\n\n{articles.BESIDE}"),
    Bomb(
        "deep JSON in a page",
        "a.html",
        lambda: f'<script type="application/ld+json">{"[" * _DEEP}</script><h1>It</h1><p>Is.</p>',
    ),
    Bomb("aliases of aliases in a configuration", ".healthlint.yaml", lambda: _ALIASES, "its aliases repeat too much"),
    Bomb(
        "deep lists in a configuration",
        ".healthlint.yaml",
        lambda: "select: " + "[" * _DEEP,
        "exceeded maximum nesting depth",
    ),
    Bomb(
        "a large configuration", ".healthlint.yaml", lambda: "# it is\n" * 200_000, "it is larger than 1,000,000 bytes"
    ),
    Bomb(
        "deep TOML in a configuration",
        "pyproject.toml",
        lambda: f"[tool.healthlint]\nselect = {'[' * _DEEP}{']' * _DEEP}\n",
        "pyproject.toml:1: ",
    ),
    Bomb(
        "a tag that runs code in a configuration",
        ".healthlint.yaml",
        lambda: 'select: !!python/object/apply:os.system ["touch x"]\n',
        "could not determine a constructor",
    ),
    Bomb("aliases of aliases in a rule", "pack/house/a.yaml", lambda: _RULE + _ALIASES, "its aliases repeat too much"),
    Bomb(
        "a large rule", "pack/house/a.yaml", lambda: _RULE + "# it is\n" * 200_000, "it is larger than 1,000,000 bytes"
    ),
    Bomb("entities of entities in a Word file", "a.docx", _package(_P, _ENTITIES), "a.docx: has a document type"),
    Bomb("fetched entities in a Word file", "a.docx", _package(_P, _FETCHED), "a.docx: has a document type"),
    Bomb(
        "a Word file that unpacks to much",
        "a.docx",
        _package(articles.paragraph("x" * 40_000_000)),
        "a.docx: is larger than 32 MB when unpacked",
    ),
    Bomb(
        "a Word file of many paragraphs",
        "a.docx",
        _package("<w:p/>" * 1_200_000),
        "a.docx: holds more than 100,000 paragraphs",
    ),
    Bomb(
        "a Word file that nests deep",
        "a.docx",
        _package("<w:p>" * _DEEP + "</w:p>" * _DEEP),
        "a.docx: nests XML more than 1,000 deep",
    ),
    Bomb("a Word file of many members", "a.docx", _many_members, "a.docx: is an archive of more than 20,000 files"),
    Bomb("a Word file whose members overlap", "a.docx", _overlapping),
    Bomb("a Word file with a password", "a.docx", _encrypted, "a.docx: is damaged"),
    Bomb("a Word file that is none", "a.docx", lambda: b"PK\x03\x04" + b"\0" * 1_000, "a.docx: is no Word file"),
    Bomb(
        "entities of entities in an export",
        "a.xml",
        lambda: articles.export("<p>Take &a11; of it.</p>", head=_ENTITIES),
    ),
    Bomb("entities of entities in a page", "a.html", lambda: f"{_ENTITIES}<h1>It</h1><p>Take &a11; of it.</p>"),
    Bomb("bytes that are no text", "a.md", lambda: bytes(range(256)) * 4, "a.md: is not UTF-8"),
    Bomb("halves of characters", "a.md", lambda: b"\xff\xfe\x00\xd8" * 100, "a.md: is not UTF-16"),
    Bomb("a NUL", "a.md", lambda: "# A\n\nIt is.\n\0\n", "a.md: is not text"),
)
