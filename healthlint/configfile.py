"""The files that hold a configuration: which one is nearest to an article, and what is written in it, with its rows."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from healthlint import schema, yamlfile
from healthlint.replay import CONFIGURATIONS

NAMES = CONFIGURATIONS
PYPROJECT = NAMES[-1]
LARGEST = 1_000_000  # bytes

Row = Callable[[schema.Path], int]


class Written(NamedTuple):
    """What is written in a file, as plain data, and the row of each key."""

    data: Any
    row: Row


def find(folder: Path) -> Path | None:
    """The nearest configuration file in `folder` or above it."""
    for place in (folder, *folder.parents):
        for name in NAMES:
            if holds(place / name):
                return place / name
    return None


def holds(path: Path) -> bool:
    """Whether there is a file of that name, with a configuration in it."""
    return os.path.isfile(path) and (path.name != PYPROJECT or _is_ours(path))


def read(path: Path) -> Written:
    """What is written in a file. Raises YamlError for what is neither YAML nor TOML, OSError."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise yamlfile.YamlError(1, f"it is larger than {LARGEST:,} bytes; is this a configuration?")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise yamlfile.YamlError(data[: error.start].count(b"\n") + 1, "it is not UTF-8; save it as UTF-8") from None
    return _toml(text, path.name) if path.suffix == ".toml" else _yaml(text)


def _yaml(text: str) -> Written:
    yaml = yamlfile.parse(text)
    return Written({} if yaml.data is None else yaml.data, yaml.row)


def _toml(text: str, name: str) -> Written:
    import tomllib  # a YAML file does without

    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise yamlfile.YamlError(1, "it is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        row = int(at[1]) if at else len(text.splitlines())  # 'at end of document'
        raise yamlfile.YamlError(row, f"it is not TOML: {error}") from None
    if name == PYPROJECT:
        tool = data.get("tool", {})
        data = tool.get("healthlint", {}) if isinstance(tool, dict) else {}
    return Written(data, lambda steps: _toml_row(text, steps))


def _toml_row(text: str, steps: schema.Path) -> int:
    """The row of the innermost key of `steps` that is written in our part of a TOML text."""
    rows = text.splitlines()
    start = next((at for at, row in enumerate(rows) if "tool.healthlint" in row), 0)
    for key in reversed([step for step in steps if isinstance(step, str)]):
        written = re.compile(rf"""\s*(?:\[.*\.)?["']?{re.escape(key)}["']?\s*[=\]]""")
        found = next((at for at in range(start, len(rows)) if written.match(rows[at])), None)
        if found is not None:
            return found + 1
    return start + 1


def _is_ours(pyproject: Path) -> bool:
    """Whether a pyproject.toml has a part for us; one that is no TOML is ours if it seems to have one."""
    try:
        with pyproject.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        return False
    if b"healthlint" not in data:
        return False
    import tomllib

    try:
        return "healthlint" in tomllib.loads(data.decode("utf-8-sig")).get("tool", {})
    except (ValueError, RecursionError):  # no TOML, or no UTF-8
        return b"[tool.healthlint" in data
    except TypeError:  # `tool` is no table
        return False
