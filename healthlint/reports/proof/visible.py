"""Text of articles, rules and files -> HTML that shows it and does nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from healthlint.plain import STEERING, naming_no_command, starting_no_command

_UNSEEN = re.compile(rf"(?![\t\n\r])[{STEERING}]")
_PICTURES = 0x2400  # the picture of a control character below 32 stands so much higher
_SHOWN = Markup('<span class="unseen" title="{0}">{1}</span>')


def visible(text: str) -> Markup:
    """The text, escaped; characters that cannot be seen, or that steer what stands beside them, by their names."""
    parts, end = [], 0
    for match in _UNSEEN.finditer(text):
        parts += [_escaped(text[end : match.start()]), _named(match.group())]
        end = match.end()
    return Markup("").join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> Markup:
    """As HTML; what is a command to the log of a build that the page is written to is written otherwise."""
    escaped = str(escape(text)).replace("::", ":&#58;")
    return Markup(naming_no_command(escaped, "&#35;"))  # noqa: S704 - it is escaped


def _named(character: str) -> Markup:
    code = ord(character)
    name = f"U+{code:04X}"
    return _SHOWN.format(name, chr(_PICTURES + code) if code < 32 else name)


def plain_visible(text: str) -> str:
    """The same for places that hold no markup, such as attributes and titles: not escaped yet."""
    return starting_no_command(naming_no_command(_UNSEEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", text)))


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
