"""`python -m reference`: write the pages that tell of commands, options and checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from healthlint.writing import write
from reference import checkpage, commandpage

DOCS = Path(__file__).resolve().parent.parent / "docs"


def generated() -> Iterator[tuple[Path, str]]:
    """The files, and their text as it should be. Raises OSError."""
    command = DOCS / "command.md"
    yield command, commandpage.replaced(command.read_text("utf-8"))
    yield DOCS / "checks.md", checkpage.page()


def main() -> None:
    """Write the files."""
    for path, text in generated():
        write(path, [text])


if __name__ == "__main__":
    main()
