"""`python -m drugtable`: say what is wrong with the drug table, else write its pages, docs/drugs/."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from accuracy.sets import ROOT
from drugtable import pages, validation
from healthlint.writing import write

FOLDER = ROOT / "rules" / "drugs"


def main() -> int:
    """Check the table, and write its pages if it is sound; the exit status."""
    argparse.ArgumentParser(prog="python -m drugtable", description=__doc__).parse_args()
    classes, told = validation.read(FOLDER)
    told += validation.mistakes(classes)
    for line in told:
        print(line, file=sys.stderr)
    if told:
        return 2
    write_pages(pages.FOLDER, classes)
    return 0


def write_pages(folder: Path, classes: validation.Classes) -> None:
    """Write the pages, and remove those of classes that are gone. Raises OSError."""
    wanted = pages.generated(classes, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in wanted.items():
        write(path, [text])
    for path in set(folder.glob("*.md")) - set(wanted):
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
