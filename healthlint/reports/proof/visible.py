"""Text of articles, rules and files -> HTML that shows it and does nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

# Control characters other than white space, what turns the direction of writing, what has no width, and no characters.
# The joiners U+200C and U+200D stay: emoji and several scripts are spelled with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_PICTURES = 0x2400  # the picture of a control character below 32 stands so much higher
_SHOWN = Markup('<span class="unseen" title="{0}">{1}</span>')


def visible(text: str) -> Markup:
    """The text, escaped; characters that cannot be seen, or that steer what stands beside them, by their names."""
    parts, end = [], 0
    for match in _UNSEEN.finditer(text):
        parts += [escape(text[end : match.start()]), _named(match.group())]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def _named(character: str) -> Markup:
    code = ord(character)
    name = f"U+{code:04X}"
    return _SHOWN.format(name, chr(_PICTURES + code) if code < 32 else name)


def plain_visible(text: str) -> str:
    """The same for places that hold no markup, such as attributes and titles: not escaped yet."""
    return _UNSEEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", text)


def web_address(target: str) -> str:
    """The target if it is an address on the web that a reader may be sent to, else ''."""
    if _UNSEEN.search(target) or any(character.isspace() or character == "\\" for character in target):
        return ""
    try:
        parts = urlsplit(target)
        host = parts.hostname
    except ValueError:
        return ""
    return target if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else ""
