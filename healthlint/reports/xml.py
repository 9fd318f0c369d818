"""Text made fit for XML 1.0, whatever an article holds."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

# What XML 1.0 has no word for, and white space other than a blank, which readers of attributes change.
_ILLEGAL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def element(name: str, attributes: dict[str, object], *, empty: bool = False) -> str:
    """The start tag of an element, or all of one that is `empty`. ASCII alone, so that every encoding carries it."""
    written = "".join(f" {key}={quoteattr(_legal(str(value)))}" for key, value in attributes.items())
    return _in_ascii(f"<{name}{written}{'/' if empty else ''}>")


def content(text: str) -> str:
    """The text as it stands between tags."""
    return _in_ascii(escape(_legal(text)))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _in_ascii(markup: str) -> str:
    """In ASCII, and without what is a command to the log of a build, such as `##vso[`."""
    return markup.encode("ascii", "xmlcharrefreplace").decode("ascii").replace("##", "#&#35;")
