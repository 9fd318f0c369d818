"""The pages of `python -m reference` say what the program says of itself today."""

from __future__ import annotations

from typing import Literal

import msgspec
import pytest

from healthlint import checks
from reference import __main__, commands, fields, parts


class Inner(msgspec.Struct):
    """One of several."""

    name: str  # how it is called


class Outer(msgspec.Struct):
    """Has fields of all kinds."""

    many: tuple[Inner, ...]
    how: Literal["so", "or so"] = "so"  # in which way
    # above it
    most: int = 0
    by_name: dict[str, tuple[str, ...]] = {}
    groups: tuple[tuple[str, ...], ...] = ()
    odd: float | None = None  # told below


def test_are_fresh() -> None:
    stale = [path.name for path, text in __main__.generated() if path.read_text("utf-8") != text]
    assert stale == [], "run `python -m reference`"


def test_each_field_of_a_check_says_what_it_means() -> None:
    kinds = [checks.named(name) for name in checks.names()]
    structs = {part for kind in kinds for part in (kind, *(part for _, part in fields.inner(kind)))}
    silent = sorted(f"{kind.__name__}.{one.name}" for kind in structs for one in fields.of(kind) if not one.said)
    assert silent == [], "say it in a comment in the field's line"


def test_fields_are_told_in_words() -> None:
    assert list(fields.of(Outer)) == [
        fields.Field("many", "a list of mappings", "must be given", ""),
        fields.Field("how", "so | or so", "`so`", "in which way"),
        fields.Field("most", "a whole number", "`0`", "above it"),
        fields.Field("by_name", "a mapping", "", ""),
        fields.Field("groups", "a list of a list of text", "", ""),
        fields.Field("odd", "a number", "", "told below"),
    ]
    assert list(fields.inner(Outer)) == [("many", Inner)]


def test_every_option_of_every_command_is_told() -> None:
    page = commands.listed()
    for section, option in (("## lint\n", "--fail-on"), ("\n## measure\n", "--verbose"), ("\n## server\n", "--tcp")):
        assert option in page.partition(section)[2].partition("\n## ")[0]
    assert "SUPPRESS" not in page
    assert "| |" not in page  # an option without help


def test_a_part_of_a_page_is_replaced() -> None:
    page = "# A\n\n<!-- x: written by `python -m reference` -->\nold\n<!-- end of x -->\n\nEnd\n"
    new = parts.replaced(page, "x", "new\n")
    assert new == page.replace("-->\nold\n", "-->\n\nnew\n\n")
    assert parts.replaced(new, "x", "new\n") == new
    with pytest.raises(ValueError, match="no part between"):
        parts.replaced(page, "y", "new")
