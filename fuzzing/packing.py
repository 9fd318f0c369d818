"""Word files written as text, so that what breaks a reader can be read by people, and be mutated like any text.

A line `--- word/footnotes.xml` begins a part of the archive; what stands before the first is the inside of the body.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_PART = re.compile(r"^--- (\S+)\n", re.MULTILINE)
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_MAIN = "word/document.xml"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive, the same for the same parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def word_file(text: str) -> bytes:
    """The Word file that a text describes."""
    body, *rest = _PART.split(text)
    parts = {name: _rooted(name, inner) for name, inner in zip(rest[::2], rest[1::2], strict=True)}
    if _MAIN not in parts:
        parts[_MAIN] = _root("document", f"<w:body>{body}</w:body>")
    return packed({name[:200]: data.encode("utf-8", "replace") for name, data in parts.items()})


def _rooted(name: str, inner: str) -> str:
    """A part that brings no root of its own gets the one that its name tells."""
    if inner.startswith("<?xml"):
        return inner
    if name.endswith(".rels"):
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        return f'<Relationships xmlns="{space}">{inner}</Relationships>'
    return _root(name.rpartition("/")[2].partition(".")[0], inner)


def _root(name: str, inner: str) -> str:
    element = re.sub(r"[^A-Za-z]", "", name) or "x"
    return f"<w:{element} {_NAMESPACES}>{inner}</w:{element}>"
