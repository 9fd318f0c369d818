"""How a report looks: its colours, and what it does to text that comes from articles and file names."""

from __future__ import annotations

import textwrap
from functools import lru_cache

import msgspec

from healthlint.edits import Applicability
from healthlint.findings import Finding
from healthlint.plain import printable, starting_no_command
from healthlint.rules import Severity

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "2"}


class Style(msgspec.Struct, frozen=True):
    """The width of lines in columns, and whether colours are wanted."""

    width: int = 100
    colour: bool = False
    unsafe_fixes: bool = False  # whether they are shown

    def bold(self, text: str) -> str:
        """For the place of a finding."""
        return self._in("1", text)

    def dim(self, text: str) -> str:
        """For what matters least."""
        return self._in("2", text)

    def marked(self, text: str, severity: Severity = Severity.WARNING) -> str:
        """In the colour of a severity."""
        return self._in(_COLOURS[severity], text)

    def wrapped(self, text: str, indent: str = "", hanging: str | None = None) -> list[str]:
        """The text in lines no longer than the width."""
        following = indent if hanging is None else hanging
        return list(_wrapped(text, max(20, self.width), indent, following))

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


@lru_cache(maxsize=4096)  # messages come again in other articles
def _wrapped(text: str, width: int, indent: str, hanging: str) -> tuple[str, ...]:
    lines = textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False)
    return tuple(map(starting_no_command, lines))  # a long word is cut anywhere


def option_for(found: Finding, style: Style) -> str:
    """The option that has a finding fixed; '' if none has, or nobody wants to know."""
    if found.fix is None:
        return ""
    if found.fix.applicability is Applicability.SAFE:
        return "--fix"
    return "--fix --unsafe-fixes" if style.unsafe_fixes else ""


def shown_name(filename: str) -> str:
    """A file's name, safe for a terminal."""
    return printable(filename)
