"""A run that is the same as an earlier one in all that it depends on says what that one said, and does nothing else.

So an article that has not changed costs a start of the interpreter and a look into one file: neither options nor
configuration nor rules are read. Imports are few on purpose.
"""

from __future__ import annotations

import codecs
import os
import time
import zlib

from healthlint import kept, repository

TYPE_CHECKING = False  # as in typing
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

CONFIGURATIONS = (".healthlint.yaml", ".healthlint.yml", "pyproject.toml")
_MOST_FILES = 5_000  # more are not worth a run's report of their own
_LARGEST = 100_000_000  # bytes of the files together
LARGEST_REPORT = 16_000_000  # bytes, compressed: ten times as many characters or more
_PIECE = 65_536  # bytes of it that are read at once
_LENGTH = 8  # bytes of the number before the head of an entry that says how long it is
_QUICKLY = 1  # of reports on many articles a tenth is left
_ELSEWHERE = ("--no-cache", "--output-file", "--config", "-")  # a run that reads or writes elsewhere
_CACHE = "--cache-dir"
_ENDLESS = ("--watch",)
_OF_THE_WEB = ("--check-links",)  # a run that depends on what others do in the meantime
_THERE, _MISSING = "there", "missing"  # no stamp or digest is one of these
_NOTHING: Mapping[str, bool] = {}
_VARIABLES = ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "PYTHONIOENCODING", kept.FOLDER)


def cache_folder(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The folder that --cache-dir names, or '', and the arguments without it."""
    folder, rest = "", []
    coming = iter(arguments)
    for argument in coming:
        name, is_joined, value = argument.partition("=")
        if name == _CACHE:
            folder = value if is_joined else next(coming, "")
        else:
            rest.append(argument)
    return folder, rest


def key_of(arguments: Sequence[str], terminal: Sequence[str]) -> str:
    """What a run is known by: its arguments, files, configurations, rules and terminal. '' if there is no telling.

    What else it depends on, such as a baseline that a configuration names, is known once it was run: see `keep`.
    """
    files = [argument for argument in arguments if not argument.startswith("-") and os.path.isfile(argument)]
    names = {argument.partition("=")[0] for argument in arguments}
    if not 0 < len(files) <= _MOST_FILES or not names.isdisjoint((*_ELSEWHERE, *_ENDLESS, *_OF_THE_WEB)):
        return ""
    if any(os.path.exists(argument) and not os.path.isfile(argument) for argument in arguments):
        return ""  # a folder, or a pipe, which can be read but once
    try:
        parts = [kept.state().encode(), *_surroundings(arguments, terminal), *_contents(files)]
    except (OSError, _Unknown):
        return ""
    return kept.digest(*parts)


class _Unknown(Exception):
    """The run depends on more than its key could tell."""


def _surroundings(arguments: Sequence[str], terminal: Sequence[str]) -> Iterator[bytes]:
    variables = [f"{name}={os.environ.get(name)}" for name in _VARIABLES]
    for part in (*arguments, os.getcwd(), repository.top(), *variables, *terminal):
        yield part.encode("utf-8", "surrogateescape")


def _contents(files: Sequence[str]) -> Iterator[bytes]:
    """The files, and the configurations that may be theirs. Raises OSError, _Unknown."""
    size = 0
    folders = {os.path.abspath(os.curdir), *(os.path.dirname(os.path.abspath(file)) for file in files)}
    for path in (*files, *sorted(_configurations(folders))):
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
        size += len(data)
        if size > _LARGEST:
            raise _Unknown
        yield path.encode("utf-8", "surrogateescape")
        yield kept.digest(data).encode()


def _configurations(folders: set[str]) -> set[str]:
    """The configuration files in some folders and all above them."""
    above: set[str] = set()
    for folder in folders:
        while folder not in above:
            above.add(folder)
            folder = os.path.dirname(folder)  # noqa: PLW2901 - up to the root, which is its own parent
    return {path for folder in above for name in CONFIGURATIONS if os.path.isfile(path := os.path.join(folder, name))}


class Said:
    """What a run writes to standard output, compressed as it comes: nobody has to hold a long report."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(_QUICKLY)
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, part: str) -> None:
        """Remember what comes next; all is forgotten once it grows too long."""
        if self._size <= LARGEST_REPORT:
            self._append(self._deflate.compress(part.encode("utf-8", "surrogatepass")))

    def ended(self) -> bytes | None:
        """All of it, compressed; None if that is too long. Nothing can be added then."""
        self._append(self._deflate.flush())
        return b"".join(self._parts) if self._size <= LARGEST_REPORT else None

    def _append(self, data: bytes) -> None:
        self._size += len(data)
        self._parts.append(data)
        if self._size > LARGEST_REPORT:
            self._parts.clear()


def known(key: str) -> tuple[int, Iterator[str], str] | None:
    """The exit status of that run, and what it wrote to standard output, piece by piece, and standard error."""
    entry = kept.run.get("replay", key)
    if entry is None:
        return None
    end = _LENGTH + int.from_bytes(entry[:_LENGTH], "little")
    try:
        status, errors, past, *also = zlib.decompress(entry[_LENGTH:end]).decode("utf-8", "surrogatepass").split("\0")
    except (zlib.error, ValueError):  # not what was kept
        return None
    if past != _past(past.split()):
        return None
    if any(_differs(path, state) for path, state in zip(also[::2], also[1::2], strict=True)):
        return None
    return int(status), _pieces(entry, end), errors


def _pieces(entry: bytes, start: int) -> Iterator[str]:
    """What was said, which stands in an entry from `start` on."""
    inflate, decoder = zlib.decompressobj(), codecs.getincrementaldecoder("utf-8")("surrogatepass")
    for at in range(start, len(entry), _PIECE):
        yield decoder.decode(inflate.decompress(entry[at : at + _PIECE]))


def keep(
    key: str,
    status: int,
    said: Said,
    errors: str,
    *,
    also: Iterable[str] = (),
    looked_up: Mapping[str, bool] = _NOTHING,
    past: Iterable[str] = (),
) -> None:
    """Keep what a run said, for the next one.

    It depends on the files and folders `also`, on whether those that were `looked_up` are there, and on whether the
    days `past` (2027-01-31) are over by the clock.
    """
    head = [str(status), errors, _past(past)]
    for path in also:
        head += [path, _state(path)]
    for path, is_there in looked_up.items():
        head += [path, _THERE if is_there else _MISSING]
    out = said.ended()
    if out is not None and not any("\0" in part for part in head):
        data = zlib.compress("\0".join(head).encode("utf-8", "surrogatepass"), _QUICKLY)
        kept.run.put("replay", key, len(data).to_bytes(_LENGTH, "little") + data + out)


def _past(days: Iterable[str]) -> str:
    """Those days, each with a mark behind it if it is over."""
    today = time.strftime("%Y-%m-%d")
    return " ".join(f"{day[:10]}{'+' * (day[:10] < today)}" for day in days)


def _differs(path: str, state: str) -> bool:
    """Whether a file or folder is no longer as a run found it."""
    return os.path.exists(path) != (state == _THERE) if state in (_THERE, _MISSING) else _state(path) != state


def _state(path: str) -> str:
    """What a file or folder is known by; '' if it is not there."""
    try:
        if os.path.isdir(path):
            return kept.digest(*(stamp.encode("utf-8", "surrogateescape") for stamp in kept.stamps(path)))
        return kept.stamp(path)
    except OSError:
        return ""
