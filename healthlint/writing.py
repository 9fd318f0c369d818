"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write(path: Path, parts: Iterable[str]) -> None:
    """Write the parts to a file as UTF-8. It keeps its mode, and its old text until all is there. Raises OSError."""
    if path.exists() and not path.is_file():  # a pipe or device is written to, never replaced
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.writelines(parts)
        return
    path = path.resolve()  # a link stays a link
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.writelines(parts)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    """The mode bits that new files do not get; they can be read only by setting them."""
    current = os.umask(0)
    os.umask(current)
    return current
