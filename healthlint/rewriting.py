"""Results whose articles were fixed -> their files written, or told as a diff."""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from healthlint import documents
from healthlint.findings import Result
from healthlint.plain import printable
from healthlint.writing import Changed, rewrite


def written(result: Result) -> Result:
    """The result, with its file written if there is something to write; its file as it was, and why, if that fails."""
    change = result.rewriting
    if change is None:
        return result
    try:
        rewrite(Path(result.filename), result.data, change.data)
    except Changed:
        why = "was changed while it was being fixed, and is left as it is; run again"
    except OSError as error:
        why = f"cannot be written ({error.strerror or error}), and is left as it is; check its mode and its folder"
    else:
        return result
    return Result(result.filename, linted=False, errors=(*result.errors, f"{result.filename}: {why}"))


def without_data(result: Result) -> Result:
    """The result, once its bytes are of no more use: many of them would fill the memory."""
    change = result.rewriting
    return msgspec.structs.replace(result, data=b"", rewriting=change and msgspec.structs.replace(change, data=b""))


def difference(result: Result) -> Iterator[str]:
    """What fixing an article changes, as the lines of a unified diff, which `patch` and `git apply` take."""
    change = result.rewriting
    if change is None:
        return
    name = printable(result.filename)
    for line in difflib.unified_diff(_lines(result.data), _lines(change.data), name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    """The lines of a file with their ends; a line feed alone ends one, as it does for `patch`, and a mark stays."""
    text = "\ufeff" * data.startswith(codecs.BOM_UTF8) + documents.decoded(data)
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + [last] * bool(last)
