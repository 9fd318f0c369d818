"""What is open in the editor, and as what it is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from lsprotocol import types
from pygls import uris

from healthlint import documents
from healthlint.server.texts import Encoding, Text

# The suffix of an article that has none, by the language that editors name; other languages are no articles.
LANGUAGES = {
    "plaintext": ".txt",
    "text": ".txt",  # Vim, Emacs
    "plain text": ".txt",  # Zed
    "markdown": ".md",
    "gfm": ".md",  # Emacs
    "mdx": ".mdx",
    "markdown.mdx": ".mdx",  # Vim
    "html": ".html",
    "mhtml": ".html",  # Emacs
    "xhtml": ".html",
}
_FORMATS = ("text", "markdown", "html")  # that an editor shows as the file has them
_UNSAVED = "untitled"  # the scheme of what has no file yet


class Article(msgspec.Struct, frozen=True, eq=False):
    """One version of an open article."""

    uri: str
    version: int
    text: Text
    path: Path  # its file, or what it might be called once it has one
    format: str  # 'markdown', 'html' or 'text'

    def changed(self, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]) -> Article:
        """The next version."""
        return msgspec.structs.replace(self, version=version, text=self.text.changed(changes))

    @property
    def is_mdx(self) -> bool:
        """Whether its comments are those of MDX."""
        return documents.suffix_of(str(self.path)) == ".mdx"


def opened(item: types.TextDocumentItem, folder: Path, encoding: Encoding) -> Article | None:
    """What was opened, or None if it is no article. What has no file yet is taken to stand in `folder`."""
    suffix = LANGUAGES.get(str(getattr(item.language_id, "value", item.language_id)).lower())
    path = _path(item.uri, folder, suffix or "")
    if suffix is None or path is None:
        return None
    known = documents.format_of(str(path)) if documents.suffix_of(str(path)) in documents.SUFFIXES else ""
    form = known if known in _FORMATS else documents.format_of(suffix)
    return Article(item.uri, item.version, Text(item.text, encoding), path, form)


def _path(uri: str, folder: Path, suffix: str) -> Path | None:
    """The path of a URI; None for what is no file of this machine, such as an older version in a comparison."""
    scheme = uris.uri_scheme(uri)
    if scheme == _UNSAVED:
        return folder / f"untitled{suffix}"
    path = uris.to_fs_path(uri) if scheme == "file" else None
    return Path(path) if path and "\0" not in path else None
