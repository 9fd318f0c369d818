"""`python -m reference`: write the JSON Schemas, and what the pages tell of keys, commands and checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from healthlint import json_schemas, rules
from healthlint.commands.schema import written
from healthlint.writing import write
from reference import checks_page, commands, keys, parts

DOCS = Path(__file__).resolve().parent.parent / "docs"


def generated() -> Iterator[tuple[Path, str]]:
    """The files, and their text as it should be. Raises OSError."""
    yield DOCS / "configuration.schema.json", written(json_schemas.configuration(rules.all_available()))
    yield DOCS / "rule.schema.json", written(json_schemas.rule_file())
    for page, name, text in (
        ("configuration.md", "keys", keys.listed()),
        ("command.md", "commands", commands.listed()),
    ):
        yield DOCS / page, parts.replaced((DOCS / page).read_text("utf-8"), name, text)
    yield DOCS / "checks.md", checks_page.page()


def main() -> None:
    """Write the files."""
    for path, text in generated():
        write(path, [text])


if __name__ == "__main__":
    main()
