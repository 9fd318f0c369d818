"""The keys of a configuration, as their types describe them, for a page of Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from healthlint.config import PerPath, Settings
from healthlint.paths import EXCLUDED
from healthlint.rule_options import words
from healthlint.web.limits import LinkLimits


def listed() -> str:
    """The keys of a configuration, and those of an entry of `per-path`."""
    lines = [*_rows(Settings), "", "The keys of an entry of `per-path`:", "", *_rows(PerPath)]
    lines += ["", "The keys of `link-limits`:", "", *_rows(LinkLimits)]
    return "\n".join(lines) + "\n"


def _rows(kind: type[msgspec.Struct]) -> Iterator[str]:
    yield "| key | value | what it says | default |"
    yield "|---|---|---|---|"
    described = msgspec.json.schema(kind)["$defs"][kind.__name__]["properties"]
    for field in msgspec.structs.fields(kind):
        said = described[field.encode_name].get("description", "")
        yield f"| `{field.encode_name}` | {_cell(words(field.type))} | {_cell(said)} | {_default(field)} |"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


def _default(field: Any) -> str:
    if field.required:
        return "must be given"
    if field.encode_name == "exclude":
        return " ".join(f"`{name}`" for name in EXCLUDED)
    value = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    plain = msgspec.to_builtins(value)
    return f"`{plain if isinstance(plain, str) else json.dumps(plain)}`" if plain else ""
