"""A run that is the same as an earlier one in all that it depends on says what that one said, and does nothing else.

So an article that has not changed costs a start of the interpreter and a look into one file: neither options nor
configuration nor rules are read. Imports are few on purpose.
"""

from __future__ import annotations

import os
import time
import zlib

from healthlint import kept, repository

TYPE_CHECKING = False  # as in typing
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CONFIGURATIONS = (".healthlint.yaml", ".healthlint.yml", "pyproject.toml")
_MOST_FILES = 5_000  # more are not worth a run's report of their own
_LARGEST = 100_000_000  # bytes of the files together
LARGEST_REPORT = 32_000_000  # characters
_QUICKLY = 1  # of reports on many articles a tenth is left
_ELSEWHERE = ("--no-cache", "--output-file", "--config", "-")  # a run that reads or writes elsewhere
_CACHE = "--cache-dir"
_ENDLESS = ("--watch",)
_OF_THE_WEB = ("--check-links",)  # a run that depends on what others do in the meantime
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


def known(key: str) -> tuple[int, str, str] | None:
    """The exit status of that run, and what it wrote to standard output and standard error."""
    said = kept.run.get("replay", key)
    if said is None:
        return None
    try:
        status, out, errors, past, *also = zlib.decompress(said).decode("utf-8", "surrogatepass").split("\0")
    except (zlib.error, ValueError):  # not what was kept
        return None
    if past != _past(past.split()):
        return None
    if any(_state(path) != state for path, state in zip(also[::2], also[1::2], strict=True)):
        return None
    return int(status), out, errors


def keep(key: str, status: int, out: str, errors: str, *, also: Iterable[str] = (), past: Iterable[str] = ()) -> None:
    """Keep what a run said, for the next one.

    It depends on the files and folders `also`, and on whether the days `past` (2027-01-31) are over by the clock.
    """
    parts = [str(status), out, errors, _past(past)]
    for path in also:
        parts += [path, _state(path)]
    if key and len(out) <= LARGEST_REPORT and not any("\0" in part for part in parts):
        kept.run.put("replay", key, zlib.compress("\0".join(parts).encode("utf-8", "surrogatepass"), _QUICKLY))


def _past(days: Iterable[str]) -> str:
    """Those days, each with a mark behind it if it is over."""
    today = time.strftime("%Y-%m-%d")
    return " ".join(f"{day[:10]}{'+' * (day[:10] < today)}" for day in days)


def _state(path: str) -> str:
    """What a file or folder is known by; '' if it is not there."""
    try:
        if os.path.isdir(path):
            return kept.digest(*(stamp.encode("utf-8", "surrogateescape") for stamp in kept.stamps(path)))
        return kept.stamp(path)
    except OSError:
        return ""
