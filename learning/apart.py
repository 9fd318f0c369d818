"""`python -m learning.apart [FOLDER ...]`: the labelled sentences that borrow from labelled articles.

A sentence to learn from that repeats an article's words would flatter the figures measured on that article. So nothing
in corpus/sentences, passages, notices and uses may share `SHARED` words in a row with an article of corpus/, or of the
folders named.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from healthlint.documents import TEXT_SUFFIXES
from healthlint.labels import SUFFIX

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
LISTS = tuple(CORPUS / name for name in ("sentences", "passages", "notices", "uses"))
SHARED = 7
# What the law or custom words for every writer is nobody's own.
STOCK = (
    "these statements have not been evaluated by the Food and Drug Administration",
    "this product is not intended to diagnose treat cure or prevent any disease",
    "these statements are not intended to diagnose treat cure or prevent any disease",
)

Run = tuple[str, ...]


class Borrowed(NamedTuple):
    """A line of a file of sentences, the words that it shares, and an article that has them."""

    path: Path
    line: int
    words: str
    article: Path


def borrowed(articles: Iterable[Path]) -> Iterator[Borrowed]:
    """The labelled sentences that share `SHARED` words in a row, whatever their case, with an article."""
    stock = {run for phrase in STOCK for run in _runs(phrase)}
    owners = {run: path for path in articles for run in _runs(path.read_text(encoding="utf-8")) if run not in stock}
    for path in sorted(path for folder in LISTS for path in folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            run = next((run for run in _runs(line.partition("\t")[2]) if run in owners), None)
            if run:
                yield Borrowed(path, number, " ".join(run), owners[run])


def articles(folder: Path) -> list[Path]:
    """The articles in a folder, and in those below it, that have labels beside them."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in TEXT_SUFFIXES and path.with_name(f"{path.name.partition('.')[0]}{SUFFIX}").exists()
    )


def _runs(text: str) -> Iterator[Run]:
    words = re.findall(r"\w+(?:'\w+)*", text.lower().replace("’", "'"))
    return zip(*(words[at:] for at in range(SHARED)), strict=False)


def main() -> int:
    """List what is borrowed; the exit status tells whether anything is."""
    folders = [CORPUS, *map(Path, sys.argv[1:])]
    found = list(borrowed(path for folder in folders for path in articles(folder)))
    for sentence in found:
        print(f'{sentence.path}:{sentence.line}: "{sentence.words}" stands in {sentence.article}')
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
