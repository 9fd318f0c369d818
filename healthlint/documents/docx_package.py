"""The parts of a Word file: a zip archive, of which a few named members are unpacked, each up to a limit."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib

from healthlint.documents import ReadError
from healthlint.documents.xml_events import Attributes, Handler, read_xml

LARGEST_PART = 32_000_000  # bytes of XML
MOST_MEMBERS = 20_000  # pictures included
MAIN = "word/document.xml"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what files of Word up to 2003 begin with, and those with a password
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (  # what zipfile raises for files that were made to break it
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,  # a member with a password; and NotImplementedError
    ValueError,
)


class Package:
    """A Word file that can be unpacked part by part."""

    def __init__(self, data: bytes) -> None:
        """Raises ReadError for what is no Word file."""
        if data.startswith(_OLE):
            raise ReadError("has a password or is of Word 2003 or older; save it as .docx without one")
        if data.count(b"PK\x01\x02") > MOST_MEMBERS:
            raise ReadError(f"is an archive of more than {MOST_MEMBERS:,} files; a Word file is not: exclude it")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = {name.lower(): name for name in self._zip.namelist()}
        except _DAMAGED:
            raise ReadError("is no Word file (no zip archive); save it as .docx, or exclude it") from None
        self._parts: dict[str, bytes] = {}
        self.main = self._main()
        if self.part(self.main) is None:
            raise ReadError(f"is no Word file ({MAIN} is missing); save it as .docx, or exclude it")

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, None if there is none of that name. Raises ReadError."""
        found = self._names.get(name.lower())
        if found is None:
            return None
        if found not in self._parts:
            self._parts[found] = self._unpacked(found)
        return self._parts[found]

    def _unpacked(self, found: str) -> bytes:
        try:
            if self._zip.getinfo(found).compress_type not in _METHODS:
                raise ReadError(f"is damaged ({found} is packed as no Word file is); save it anew from Word")
            with self._zip.open(found) as file:
                data = file.read(LARGEST_PART + 1)
        except _DAMAGED:
            raise ReadError(f"is damaged ({found} cannot be unpacked); save it anew from Word") from None
        if len(data) > LARGEST_PART:
            limit = LARGEST_PART // 1_000_000
            raise ReadError(f"is larger than {limit} MB when unpacked; an article is not: split it or exclude it")
        return data

    def related(self, part: str) -> dict[str, Relation]:
        """Where a part leads: relations by their id. Raises ReadError."""
        folder, name = posixpath.split(part)
        data = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        relations = _Relations()
        if data:
            read_xml(data, relations)
        return relations.found

    def name_beside(self, part: str, kind: str) -> str:
        """The name of the part that `part` is related to in a way: 'styles', 'numbering'. Raises ReadError."""
        for relation in self.related(part).values():
            if relation.kind == kind and not relation.external:
                return _resolved(part, relation.target)
        return posixpath.join(posixpath.dirname(part), f"{kind}.xml")

    def beside_main(self, kind: str) -> bytes | None:
        """The part that the text is related to in a way, None if there is none. Raises ReadError."""
        return self.part(self.name_beside(self.main, kind))

    def properties(self) -> bytes | None:
        """The part with title and author. Raises ReadError."""
        for relation in self.related("").values():
            if relation.kind == "core-properties":
                return self.part(_resolved("", relation.target))
        return self.part("docProps/core.xml")

    def _main(self) -> str:
        for relation in self.related("").values():
            if relation.kind == "officeDocument":
                return _resolved("", relation.target)
        return MAIN


class Relation:
    """A line of a `.rels` part."""

    __slots__ = ("external", "kind", "target")

    def __init__(self, attributes: Attributes) -> None:
        self.kind = attributes.get("Type", "").rpartition("/")[2]
        self.target = attributes.get("Target", "")
        self.external = attributes.get("TargetMode", "") == "External"


class _Relations(Handler):
    def __init__(self) -> None:
        self.found: dict[str, Relation] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            self.found[attributes.get("Id", "")] = Relation(attributes)


def _resolved(part: str, target: str) -> str:
    """The name of the part that a target leads to, seen from `part`."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
