"""The parts that the generated pages are made of: text from anywhere made literal Markdown, tables, figures."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from healthlint.measure import Figure
from healthlint.plain import printable, squeezed

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&]")
_AT_LINE_START = re.compile(r"\d+(?=[.)](?: |$))|(?=[-+#=])")  # of an item of a list, a heading, a line under one


def literal(text: str) -> str:
    """The text on one line, such that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\g<0>", squeezed(printable(text)))


def literal_but_code(text: str) -> str:
    """The same, but what stands in backticks stays code: for text that people write into programs."""
    parts = re.split("(`[^`]+`)", squeezed(printable(text)))
    return "".join(part if index % 2 else _SPECIAL.sub(r"\\\g<0>", part) for index, part in enumerate(parts))


def code(text: str) -> str:
    """The text as code, on one line."""
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{squeezed(printable(text))}{pad}{fence}"


def link(text: str, target: str) -> str:
    """A link; `text` is Markdown, `target` a web address or a path."""
    return f"[{text}]({quote(target, safe='%/:?#@!$&+,;=~-._')})"


def paragraph(markdown: str, start: str = "") -> str:
    """A paragraph in lines of a readable length, each of them with `start` before it."""
    lines = textwrap.wrap(markdown, 120 - len(start), break_long_words=False, break_on_hyphens=False)
    return "".join(f"{start}{_as_text(line)}\n" for line in lines)


def block(text: str, form: str = "text") -> str:
    """The text in a fenced block, where nothing of it means anything; `form` colours it."""
    lines = [printable(line.replace("\t", "    ")) for line in text.rstrip().split("\n")]
    fence = "`" * max(3, _longest_run(text) + 1)
    return "".join(f"{line}\n" for line in (f"{fence}{form}", *lines, fence))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join("|" + "".join(f" {cell} |" if cell else " |" for cell in cells) + "\n" for cells in lines)


def ratio(figure: Figure) -> str:
    """'23 of 24 (95 %)'; without the percentage where it says nothing."""
    return f"{of(figure)} ({figure.percent} %)" if figure.is_enough else of(figure)


def of(figure: Figure) -> str:
    """'23 of 24', or nothing where there are none."""
    return f"{figure.part} of {figure.whole}" if figure.whole else ""


def _longest_run(text: str) -> int:
    """Of backticks."""
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _as_text(line: str) -> str:
    """A line of a paragraph that begins nothing else."""
    start = _AT_LINE_START.match(line)
    return f"{line[: start.end()]}\\{line[start.end() :]}" if start else line
