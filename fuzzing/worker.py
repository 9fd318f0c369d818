"""The process that fuzzes one target: `python -m fuzzing.worker TARGET FOUND -OPTIONS-OF-LIBFUZZER CORPUS SEEDS`.

Inputs that fail are written into the folder FOUND, the smallest for each way to fail, and fuzzing goes on. What ends
the process (no end, too much memory, a crash of the interpreter) libFuzzer writes where `-artifact_prefix` says.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import tempfile
from pathlib import Path
from random import Random

import atheris

_APART = ("healthlint.__main__", "healthlint.server")  # what no target reaches, and needs more to be installed

with atheris.instrument_imports(include=["healthlint"], enable_loader_override=False):
    import healthlint

    for _module in pkgutil.walk_packages(healthlint.__path__, "healthlint."):  # also what is imported late
        if not _module.name.startswith(_APART):
            importlib.import_module(_module.name)

from fuzzing.failing import Found, failure_of  # noqa: E402 - what is imported before is not instrumented
from fuzzing.mutating import changed, crossed  # noqa: E402
from fuzzing.targets import TARGETS, Target  # noqa: E402
from healthlint import kept  # noqa: E402

_BYTES = 0.3  # of the changes of a text are changes of bytes


def main(arguments: list[str]) -> None:
    """Fuzz until libFuzzer ends the process."""
    name, folder, *options = arguments
    target, found = TARGETS[name], Found(Path(folder))

    def try_one(data: bytes) -> None:
        if what := failure_of(target.probe, data):
            found.note(what, data)

    changes = _text_changes(target) if target.words() else {}
    atheris.Setup([sys.argv[0], *options], try_one, **changes)
    atheris.Fuzz()


def _text_changes(target: Target) -> dict[str, object]:
    """How atheris is to change inputs that are text."""
    words = target.words()

    def change(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        if chance.random() < _BYTES:
            return bytes(atheris.Mutate(data, most))
        return changed(data.decode("utf-8", "replace"), words, chance).encode("utf-8", "replace")[:most]

    def cross(one: bytes, other: bytes, most: int, seed: int) -> bytes:
        first, second = one.decode("utf-8", "replace"), other.decode("utf-8", "replace")
        return crossed(first, second, Random(seed)).encode("utf-8", "replace")[:most]

    return {"custom_mutator": change, "custom_crossover": cross}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="fuzzing-kept-") as _folder:
        os.environ[kept.FOLDER] = _folder
        kept.use(_folder)
        main(sys.argv[1:])
