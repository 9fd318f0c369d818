"""`NAME.gold.tsv` beside an article -> the marks of its editor. `corpus/README.md` tells the format."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from healthlint import schema
from healthlint.documents import TEXT_SUFFIXES
from healthlint.findings import Finding
from healthlint.plain import printable, shortened
from healthlint.rules import shown

SUFFIX = ".gold.tsv"
GROUPS = ("duplication", "numbering", "sources", "claims", "disclaimers")  # those that are labelled kind by kind
OTHER = "other"  # stands for all groups beyond the five

_NEEDS = ("must", "may")
_KIND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Words that many kinds share, so that they do not tell one rule for whole documents from another.
_COMMON = frozenset({"missing", "no", "without", "disclaimer", "advice"})


class LabelError(Exception):
    """Labels that cannot be used, in one line: file, row, what is wrong and the mend."""


class Label(msgspec.Struct, frozen=True):
    """A defect that an editor marks: rows of the article from 1, both 0 for a defect of the whole document."""

    row: int  # its own, in the labels file
    first: int
    last: int
    group: str
    kind: str
    must: bool  # any careful editor marks it; else defensible either way
    note: str = ""

    @property
    def name(self) -> str:
        """Group and kind, as a rule is named."""
        return f"{self.group}/{self.kind}"

    @property
    def of_document(self) -> bool:
        """Whether it is a defect of the whole document."""
        return self.first == 0

    @property
    def main_group(self) -> str:
        """Its group if that is one of the five, else OTHER."""
        return main_group(self.group)

    def is_met_by(self, finding: Finding) -> bool:
        """Whether a finding of its group touches it, with one row of slack.

        A label of a whole document is met by a finding on the whole document whose name shares a telling word with
        its kind, wherever that stands.
        """
        if self.group not in (finding.category, main_group(finding.category)):
            return False
        if self.of_document != (finding.scope == "document"):
            return False
        if self.of_document:
            return bool(set(finding.name.split("-")) & (set(self.kind.split("-")) - _COMMON))
        return self.is_beside(finding)

    def is_beside(self, finding: Finding) -> bool:
        """Whether a finding of any group stands on its rows, or on the one above or below."""
        return finding.location.row <= self.last + 1 and finding.end_location.row >= self.first - 1


class Labelled(msgspec.Struct, frozen=True):
    """An article and its editor's marks."""

    article: Path
    labels: tuple[Label, ...]

    @property
    def is_good(self) -> bool:
        """Whether it is an article that a careful editor would pass."""
        return self.article.name.startswith("good-")


def main_group(group: str) -> str:
    """A group if it is one of the five, else OTHER."""
    return group if group in GROUPS else OTHER


def labelled(given: Iterable[str], groups: Collection[str] = GROUPS) -> Iterator[Labelled | LabelError]:
    """The labelled articles in folders (not in folders below them), and those that are named themselves, each once.

    `groups` are those that a label may name besides OTHER. What cannot be used comes as a LabelError in its place.
    """
    seen: set[str] = set()
    for argument in given:
        try:
            files = _files(Path(argument))
        except LabelError as error:
            yield error
            continue
        for file in files:
            if os.path.abspath(file) not in seen:
                seen.add(os.path.abspath(file))
                try:
                    yield of_file(file, groups)
                except LabelError as error:
                    yield error


def of_file(file: Path, groups: Collection[str] = GROUPS) -> Labelled:
    """The article that a labels file lies beside, and its labels. Raises LabelError."""
    articles = _articles(file)
    if len(articles) != 1:
        what = f"there are {len(articles)} articles" if articles else "there is no article"
        raise LabelError(f"{shown(file)}: {what} beside it named {_stem(file)}.txt, .md or .html; one is needed")
    labels, rows = tuple(_labels(file, groups)), _count_rows(articles[0])
    for label in labels:
        if label.last > rows:
            raise LabelError(f"{shown(file)}:{label.row}: there is no row {label.last} in the article, it has {rows}")
    return Labelled(articles[0], labels)


def _files(path: Path) -> list[Path]:
    """The labels files that an argument names. Raises LabelError if there are none."""
    if path.is_dir():
        found = sorted(path.glob(f"*{SUFFIX}"))
        what = f"there are no labelled articles in this folder; their labels are files NAME{SUFFIX}"
    else:
        file = path if path.name.endswith(SUFFIX) else path.with_name(f"{path.stem}{SUFFIX}")
        found = [file] if file.is_file() else []
        what = f"there are no labels {file.name}" if path.exists() else "is no file or folder; check the name"
    if not found:
        raise LabelError(f"{shown(path)}: {what}")
    return found


def _stem(file: Path) -> str:
    return file.name.removesuffix(SUFFIX)


def _articles(file: Path) -> list[Path]:
    beside = (file.with_name(_stem(file) + suffix) for suffix in sorted(TEXT_SUFFIXES))
    return [path for path in beside if path.is_file()]


def _count_rows(article: Path) -> int:
    """The rows of an article. Raises LabelError."""
    try:
        data = article.read_bytes()
    except OSError as error:
        raise LabelError(f"{shown(article)}: cannot be read ({error.strerror})") from None
    return max(data.count(b"\n"), data.count(b"\r")) + (data[-1:] not in (b"\n", b"\r"))


def _labels(file: Path, groups: Collection[str]) -> Iterator[Label]:
    """The labels in a file; blank rows and rows that start with # are none. Raises LabelError."""
    try:
        rows = file.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise LabelError(f"{shown(file)}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise LabelError(f"{shown(file)}: is not UTF-8; save it as UTF-8") from None
    for row, line in enumerate(rows, 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield _label(row, line, groups)
            except ValueError as error:
                raise LabelError(f"{shown(file)}:{row}: {error}") from None


def _label(row: int, line: str, groups: Collection[str]) -> Label:
    """The label in a row. Raises ValueError that says what is wrong."""
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) not in (5, 6):
        raise ValueError(
            f"{len(cells)} columns; a label has first row, last row, group, kind, need and note, with tabs between them"
        )
    first, last, group, kind, need, *note = cells
    if not (first.isdecimal() and last.isdecimal() and _is_range(int(first), int(last))):
        raise ValueError(f"'{_quoted(first)}' to '{_quoted(last)}' are no rows; they count from 1, or both are 0")
    if group not in groups and group != OTHER:
        raise ValueError(f"there is no group '{_quoted(group)}'{schema.nearest(group, {*groups, OTHER})}")
    if not _KIND.fullmatch(kind):
        raise ValueError(f"'{_quoted(kind)}' is no kind; write lower-case words joined by hyphens")
    if need not in _NEEDS:
        raise ValueError(f"'{_quoted(need)}' is neither must nor may")
    return Label(row, int(first), int(last), group, kind, need == "must", "".join(note))


def _is_range(first: int, last: int) -> bool:
    return (first, last) == (0, 0) or 1 <= first <= last


def _quoted(cell: str) -> str:
    return shortened(printable(cell))
