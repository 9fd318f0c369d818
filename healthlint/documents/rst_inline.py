"""reStructuredText inside a paragraph -> what Markdown writes for it: links, references, marks of notes, roles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_MARKUP = re.compile(
    r"""(?P<literal>``(?:[^`]|`(?!`)){1,1000}``)
    | (?P<link>`(?P<words>[^`<>]{0,500})<(?P<target>[^`<>]{1,2000})>`__?)
    | (?P<role>:[a-z][\w.+:-]{0,40}:`(?P<said>[^`<>]{1,500})(?:<[^`<>]{1,500}>)?`)
    | (?P<phrase>`(?P<name>[^`]{1,500})`(?P<anonymous>__?)?)
    | (?P<note>\[(?P<label>\#?[\w.-]{0,60}|\*)\]_)(?![\w])
    | (?<![\w_])(?P<reference>[^\W_](?:[\w.+:-]{0,60}[^\W_])?)_(?P<second>_?)(?![\w_])
    | (?P<nothing>\\[ \t\n])
    | (?P<escaped>\\.)
    | (?P<special>[_~]|<(?=[A-Za-z/!?])|\[(?=\^)|&(?=\#?\w{1,31};))""",
    re.VERBOSE,
)
_TARGET = re.compile(
    r"^[ ]*\.\. _(?:`([^`\n]{1,200})`|((?![ _])(?:\\.|[^:\n\\]){1,200})):(?:[ ]+(\S[^\n]*))?$", re.MULTILINE
)
_ANONYMOUS = re.compile(r"^[ ]*(?:\.\. __:|__)[ ]+(\S+)[ ]*$", re.MULTILINE)
_NOTE = re.compile(r"^[ ]*\.\. \[(\#?[\w.-]{0,60}|\*)\](?=\s)", re.MULTILINE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}:|\.{0,2}/|[\w-]+\.\w", re.IGNORECASE)


class Change(NamedTuple):
    """`words` stand in Markdown for a stretch of the text."""

    start: int
    end: int
    words: str


class Names:
    """What a text gives names to: the targets of links, places, notes."""

    def __init__(self, text: str) -> None:
        self.targets: dict[str, str] = {}
        self.anchors: list[str] = []
        for match in _TARGET.finditer(text):
            name = normal(match[1] or match[2])
            if match[3]:
                self.targets[name] = match[3].strip().strip("`_") if match[3].endswith("_") else match[3].strip()
            else:
                self.targets[name] = f"#{name}"
                self.anchors.append(name)
        for name, target in list(self.targets.items()):  # one that leads to another
            self.targets[name] = self.targets.get(normal(target), target)
        self.anonymous = [match[1] for match in _ANONYMOUS.finditer(text)]
        counts = Counter[str]()
        self.notes = {_numbered(match[1], counts) for match in _NOTE.finditer(text)}


def changes(text: str, names: Names) -> Iterator[Change]:
    """All changes of a text, in order; none overlaps another."""
    counts = Counter[str]()
    anonymous = iter(names.anonymous)
    for match in _MARKUP.finditer(text):
        kind = match.lastgroup
        start, end = match.span()
        if match["link"]:
            yield from _link(match, names)
        elif match["role"]:
            first, last = match.span("said")
            yield Change(start, first, "")
            yield Change(first + len(match["said"].rstrip()), end, "") if last < end - 1 else Change(last, end, "")
        elif match["phrase"]:
            target = next(anonymous, "") if match["anonymous"] == "__" else names.targets.get(normal(match["name"]), "")
            yield from _referred(match, "name", target if match["anonymous"] else "")
        elif match["note"]:
            label = _numbered(match["label"], counts)
            yield Change(start, end, f"[^{label}]") if label in names.notes else Change(end - 1, end, "")
        elif match["reference"]:
            is_anonymous = match["second"] and names.anonymous
            target = next(anonymous, "") if is_anonymous else names.targets.get(normal(match["reference"]), "")
            if target:
                yield from _referred(match, "reference", target)
            else:
                yield from (Change(at, at, "\\") for at in range(start, end) if text[at] == "_")
        elif match["nothing"]:
            yield Change(start, end, "")
        elif kind == "special":
            yield Change(start, start, "\\")


def _link(match: re.Match[str], names: Names) -> Iterator[Change]:
    target = "".join(match["target"].split())
    if target.endswith("_") and not _ADDRESS.match(target):
        target = names.targets.get(normal(target[:-1]), "")
    if not match["words"].strip():  # the address is the text
        first, last = match.span("target")
        yield Change(match.start(), first, "<" if _ADDRESS.match(target) else "")
        yield Change(last, match.end(), ">" if _ADDRESS.match(target) else "")
        return
    yield Change(match.start(), match.start() + 1, "[")
    last = match.start("words") + len(match["words"].rstrip())
    yield Change(last, match.end(), f"]({_written(target)})")


def _referred(match: re.Match[str], group: str, target: str) -> Iterator[Change]:
    """Words that lead to a target, or words alone."""
    first, last = match.span(group)
    yield Change(match.start(), first, "[" if target else "")
    yield Change(last, match.end(), f"]({_written(target)})" if target else "")


def _written(target: str) -> str:
    return "<" + target.replace("\\", "\\\\").replace("<", "%3C").replace(">", "%3E").replace("\n", "") + ">"


def label_of(written: str, counts: Counter[str]) -> str:
    """The label of a note as its marks have it: '[#]' is the next number."""
    return _numbered(written, counts)


def _numbered(label: str, counts: Counter[str]) -> str:
    if label in ("#", "*"):
        counts[label] += 1
        return str(counts[label]) if label == "#" else f"sign{counts[label]}"
    return label.removeprefix("#") or "1"


def normal(name: str) -> str:
    """A name as it is compared: lower case, one space for white space."""
    return " ".join(name.replace("\\", "").lower().split())
