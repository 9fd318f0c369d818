"""What the readers make of documents whose structure is labelled. `corpus/README.md` tells the format of the labels.

    python -m accuracy.structure [--verbose] [DIR]

A label says what starts on a line. It is held against the block that starts there: against its text, or its markup if
no text starts on the line. *Recall* is, of the labelled lines of a kind, those that the reader gives that kind;
*precision*, of the lines on which the reader starts a block of a kind, those that are labelled so. Lines with ' ?' are
not scored. One unit counts a line, the first, and of a table's row its first cell. On lines without a label some blocks
count for nothing: code, tags and furniture, which are markup that checks pass over; the title and tags that the reader
finds in front matter; and what follows a doubtful line, up to the next label.

A lead-in is right if it is a paragraph directly before a list; a byline may be furniture to the reader, which looks for
authors there; furniture may be left out of the document altogether.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from accuracy.sets import CORPUS
from healthlint import documents
from healthlint.documents.document import Block, Document, Kind
from healthlint.measure import Figure
from healthlint.plain import count, printable, shortened, squeezed

SUFFIX = ".structure.tsv"
FOLDER = CORPUS / "structure"

_SILENT = (Kind.FURNITURE, Kind.TAG, Kind.CODE)
# What a reader may rightly give for a labelled kind; None is nothing at all.
_RIGHT: Mapping[str, tuple[Kind | None, ...]] = {
    "heading": (Kind.HEADING,),
    "paragraph": (Kind.PARAGRAPH, Kind.NOTE),
    "lead-in": (Kind.PARAGRAPH,),
    "item": (Kind.ITEM,),
    "cell": (Kind.CELL,),
    "caption": (Kind.CAPTION,),
    "quote": (Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING),  # and quoted
    "code": (Kind.CODE,),
    "byline": (Kind.PARAGRAPH, Kind.FURNITURE),
    "furniture": (*_SILENT, None),
    "front-matter": (*_SILENT, Kind.HEADING, None),
}
KINDS = tuple(_RIGHT)


class StructureError(Exception):
    """Labels that cannot be used, in one line."""


@dataclass(frozen=True)
class Label:
    """What starts on a row of a document."""

    row: int
    kind: str
    detail: str = ""  # the level of a heading, the number of an item
    doubtful: bool = False  # may be seen in two ways, and is not scored


@dataclass(frozen=True)
class Mismatch:
    """A row on which reader and label differ."""

    file: str
    row: int
    labelled: str
    read: str
    text: str


@dataclass
class Score:
    """What was counted over several documents, by kind."""

    documents: int = 0
    wanted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    met: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    given: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    headings: int = 0  # that are read as headings and have a level in their label
    levels: int = 0  # those of them that are read with that level
    mismatches: list[Mismatch] = field(default_factory=list)

    def recall(self, kind: str) -> Figure:
        """Of the labelled rows of a kind, those that are read so."""
        return Figure(self.met[kind], self.wanted[kind])

    def precision(self, kind: str) -> Figure:
        """Of the rows that are read as a kind, those that are labelled so."""
        return Figure(self.right[kind], self.given[kind])

    def level(self) -> Figure:
        """Of the headings, those whose level is right."""
        return Figure(self.levels, self.headings)

    def add(self, document: Document, labels: Sequence[Label]) -> None:
        """Count one document."""
        self.documents += 1
        rows = _Rows(document, labels)
        for label in labels:
            if not label.doubtful:
                self._add_label(label, rows)
        for row, block in rows.first.items():
            self._add_block(row, block, rows)

    def _add_label(self, label: Label, rows: _Rows) -> None:
        block = rows.starting(label.row) or (rows.holding(label.row) if label.kind == "lead-in" else None)
        met = rows.agree(label, block)
        self.wanted[label.kind] += 1
        self.met[label.kind] += met
        level_met = True
        if met and block and label.kind == "heading" and label.detail:
            level_met = block.level == int(label.detail)
            self.headings += 1
            self.levels += level_met
        if not met or not level_met:
            self._add_mismatch(rows, label.row, f"{label.kind} {label.detail}", _told(block))

    def _add_block(self, row: int, block: Block, rows: _Rows) -> None:
        label = rows.label(row, block)
        if (label and label.doubtful) or (label is None and rows.counts_for_nothing(row, block)):
            return
        right = label is not None and rows.agree(label, block)
        self.given[block.kind.value] += 1
        self.right[block.kind.value] += right
        if label is None:
            self._add_mismatch(rows, row, "nothing", _told(block))

    def _add_mismatch(self, rows: _Rows, row: int, labelled: str, read: str) -> None:
        text = shortened(squeezed(printable(rows.document.line(row))))
        self.mismatches.append(Mismatch(rows.document.path, row, labelled.strip(), read, text))


class _Rows:
    """Blocks and labels of a document by the rows that they start on."""

    def __init__(self, document: Document, labels: Sequence[Label]) -> None:
        self.document = document
        self._labels = {label.row: label for label in labels}
        self._index = {id(block): index for index, block in enumerate(document.blocks)}
        self.first: dict[int, Block] = {}  # the first block whose text starts on a row
        self._markup: dict[int, Block] = {}
        for block in _units(document.blocks):
            self.first.setdefault(self._row(block.prose.span().start), block)
            self._markup.setdefault(self._row(block.span.start), block)

    def starting(self, row: int) -> Block | None:
        """The block whose text, or else whose markup, starts on a row."""
        return self.first.get(row) or self._markup.get(row)

    def holding(self, row: int) -> Block | None:
        """The block whose text runs over a row."""
        for block in self.document.blocks:
            start, end = block.prose.span()
            if self._row(start) <= row <= self._row(max(start, end - 1)):
                return block
        return None

    def label(self, row: int, block: Block) -> Label | None:
        """The label of a block whose text starts on a row."""
        return self._labels.get(row) or self._labels.get(self._row(block.span.start))

    def agree(self, label: Label, block: Block | None) -> bool:
        """Whether a block is what a label says."""
        if (block.kind if block else None) not in _RIGHT[label.kind]:
            return False
        if label.kind == "quote":
            return block is not None and block.quoted
        return label.kind != "lead-in" or (block is not None and self._is_before_list(block))

    def counts_for_nothing(self, row: int, block: Block) -> bool:
        """Whether a block on a row without a label is no mistake."""
        before = max((other for other in self._labels if other < row), default=None)
        label = self._labels[before] if before else None
        return block.kind in _SILENT or (label is not None and (label.doubtful or label.kind == "front-matter"))

    def _is_before_list(self, block: Block) -> bool:
        following = self.document.blocks[self._index[id(block)] + 1 :]
        return next((other.kind is Kind.ITEM for other in following if other.kind not in _SILENT), False)

    def _row(self, offset: int) -> int:
        return self.document.position(offset).row


def _units(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without those cells that are not the first of their row."""
    rows: set[int] = set()
    for block in blocks:
        if block.kind is not Kind.CELL or block.group not in rows:
            yield block
        if block.kind is Kind.CELL:
            rows.add(block.group)


def _told(block: Block | None) -> str:
    if block is None:
        return "nothing"
    quoted = "quoted " if block.quoted else ""
    return f"{quoted}{block.kind.value}" + (f" {block.level}" if block.kind is Kind.HEADING else "")


def labels_in(file: Path) -> list[Label]:
    """The labels in a file, in the order of their rows. Raises StructureError."""
    labels: dict[int, Label] = {}
    for row, line in enumerate(file.read_text("utf-8-sig").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            label = _label(line)
            if label.row in labels:
                raise ValueError(f"there is a label for row {label.row} already")
        except ValueError as error:
            raise StructureError(f"{file}:{row}: {error}") from None
        labels[label.row] = label
    return [labels[row] for row in sorted(labels)]


def _label(line: str) -> Label:
    """The label in a line. Raises ValueError that says what is wrong."""
    row, kind, detail, *more = [*(cell.strip() for cell in line.split("\t")), "", ""][:4]
    if any(more):
        raise ValueError("a label has row, kind and detail, with tabs between them")
    if not row.isdecimal() or row == "0":
        raise ValueError(f"'{row}' is no row; they count from 1")
    if kind not in _RIGHT:
        raise ValueError(f"'{kind}' is no kind; known: {', '.join(KINDS)}")
    doubtful = detail.endswith("?")
    detail = detail.removesuffix("?").strip()
    if kind == "heading" and not doubtful and detail not in ("", *"123456"):
        raise ValueError(f"'{detail}' is no level of a heading")
    return Label(int(row), kind, detail, doubtful)


@cache
def scores(folder: Path = FOLDER) -> dict[str, Score]:
    """The score of each format that there are labelled documents of, and of 'all'. Raises StructureError."""
    found: dict[str, Score] = {}
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        path = file.with_name(file.name.removesuffix(SUFFIX))
        document = documents.read(path.name, path.read_bytes())
        for name in (document.format, "all"):
            found.setdefault(name, Score()).add(document, labels_in(file))
    return found


def report(score: Score, *, verbose: bool = False) -> Iterator[str]:
    """A line for each kind, one for levels, and all mismatches if `verbose`."""
    yield f"{'kind':<12}  {'recall':>14}  {'precision':>14}\n"
    for kind in KINDS:
        recall, precision = (_figure(figure) for figure in (score.recall(kind), score.precision(kind)))
        if recall or precision:
            yield f"{kind:<12}  {recall:>14}  {precision:>14}\n"
    yield f"levels of headings: {_figure(score.level())}\n"
    for one in score.mismatches if verbose else ():
        yield f"\n{one.file}:{one.row}: labelled {one.labelled}, read as {one.read}\n  {one.text}\n"


def _figure(figure: Figure) -> str:
    return f"{figure.part} of {figure.whole} {figure.percent:>4} %" if figure.whole else ""


def main() -> int:
    """Print the score of a folder of labelled documents."""
    parser = argparse.ArgumentParser(prog="python -m accuracy.structure", description="Measure the readers.")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, metavar="DIR")
    parser.add_argument("--verbose", action="store_true", help="list every row on which reader and label differ")
    options = parser.parse_args()
    try:
        found = scores(options.folder)
    except (StructureError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if not found:
        print(f"{options.folder}: there are no labelled documents (NAME.EXT{SUFFIX})", file=sys.stderr)
        return 2
    for name, score in found.items():
        if name != "all":
            sys.stdout.write(f"\n{name}: {count(score.documents, 'document')}\n")
            sys.stdout.writelines(report(score, verbose=options.verbose))
    sys.stdout.write("\nall formats\n")
    sys.stdout.writelines(report(found["all"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
