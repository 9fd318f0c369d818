"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


class Changed(OSError):
    """A file is no longer what it was when it was read."""


def write(path: Path, parts: Iterable[str]) -> None:
    """Write the parts to a file as UTF-8.

    It keeps its mode, its owner if that is allowed, and its old text until all is there. Raises OSError.
    """
    encoded = (part.encode(errors="backslashreplace") for part in parts)
    if path.exists() and not path.is_file():  # a pipe or device is written to, never replaced
        with path.open("wb") as file:
            file.writelines(encoded)
        return
    path = path.resolve()  # a link stays a link
    status = path.stat() if path.exists() else None

    def fill(file: BinaryIO) -> None:
        if status:
            with suppress(PermissionError):
                _take_over(file, status)
        file.writelines(encoded)
        _to_disk(file)

    _swap(path, status, fill)


def rewrite(path: Path, old: bytes, new: bytes) -> None:
    """Make the bytes of a file `new`, if they still are `old`; it keeps its mode and owner.

    Whoever reads it, and whenever the run is killed: it is the one or the other, whole. That it is `new` already is
    fine, so that two runs may do the same. Raises Changed, and OSError for a file that may not be written.
    """
    path = path.resolve()  # a link stays a link
    status = path.stat()
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise PermissionError(13, "it is read-only")
    if _is_new(path, old, new):
        return

    def fill(file: BinaryIO) -> None:
        _take_over(file, status)
        file.write(new)
        _to_disk(file)
        _is_new(path, old, new)  # as late as can be

    _swap(path, status, fill)


def _is_new(path: Path, old: bytes, new: bytes) -> bool:
    """Whether a file is `new` rather than `old`. Raises Changed if it is neither."""
    current = path.read_bytes()
    if current not in (old, new):
        raise Changed("it was changed while it was being fixed")
    return current == new


def _swap(path: Path, status: os.stat_result | None, fill: Callable[[BinaryIO], object]) -> None:
    """Put a new file in the place of one that has that status, or of none. Raises OSError."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
        os.chmod(temporary, stat.S_IMODE(status.st_mode) if status else 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _to_disk(file: BinaryIO) -> None:
    """Have what was written on the disk, before it takes the place of something else there."""
    file.flush()
    os.fsync(file.fileno())


def _take_over(file: BinaryIO, status: os.stat_result) -> None:
    """Give a new file the owner of the old one. Raises OSError if that is somebody else's."""
    new = os.fstat(file.fileno())
    if hasattr(os, "fchown") and (new.st_uid, new.st_gid) != (status.st_uid, status.st_gid):
        os.fchown(file.fileno(), status.st_uid, status.st_gid)


def _umask() -> int:
    """The mode bits that new files do not get; they can be read only by setting them."""
    current = os.umask(0)
    os.umask(current)
    return current
