"""`python -m reference`: write the JSON Schemas and the keys in `docs/configuration.md`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from healthlint import json_schemas, rules
from healthlint.commands.schema import written
from healthlint.writing import write
from reference import keys

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "configuration.md"


def generated() -> Iterator[tuple[Path, str]]:
    """The files, and their text as it should be. Raises OSError."""
    yield DOCS / "configuration.schema.json", written(json_schemas.configuration(rules.all_available()))
    yield DOCS / "rule.schema.json", written(json_schemas.rule_file())
    yield PAGE, keys.replaced(PAGE.read_text("utf-8"))


def main() -> None:
    """Write the files."""
    for path, text in generated():
        write(path, [text])


if __name__ == "__main__":
    main()
