"""Arguments of the command -> the articles to lint, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from healthlint import documents, globs, repository
from healthlint.documents import SUFFIXES

STDIN = "-"

_LARGEST_IGNORES = 1_000_000  # characters
_LOCK = "~$"  # before the name of a file that is open in Word

# As patterns of .gitignore; `exclude` in a configuration takes their place.
EXCLUDED = tuple(
    """.git .hg .svn .jj node_modules bower_components .venv venv .tox .nox .direnv __pycache__ __pypackages__
    .mypy_cache .pytest_cache .ruff_cache .healthlint_cache .cache .idea .vscode site-packages _build dist""".split()
)

Excluded = Callable[[Path, bool], bool]  # a path, and whether it is a folder


class PathError(msgspec.Struct, frozen=True):
    """An argument that gives no article: what is wrong and the mend."""

    path: str
    what: str


def articles(
    arguments: Iterable[str], excluded: Excluded, *, force_exclude: bool = False
) -> Iterator[Path | PathError]:
    """The files that the arguments name, each once: files as they are, folders with all articles below them.

    `excluded` decides on what is found in folders, and on named files as well if `force_exclude`.
    """
    seen: set[str] = set()
    for argument in arguments:
        for found in _named(argument, excluded, force_exclude):
            key = os.path.abspath(found) if isinstance(found, Path) and argument != STDIN else repr(found)
            if key not in seen:
                seen.add(key)
                yield found


def _named(argument: str, excluded: Excluded, force_exclude: bool) -> Iterator[Path | PathError]:
    path = Path(argument)
    if argument == STDIN:
        yield path
        return
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:
        yield PathError(argument, f"cannot be read ({error.strerror}); check its name and mode")
        return
    if not exists:
        yield PathError(argument, "is no file or folder; check the name")
    elif force_exclude and _is_excluded(path, excluded):
        return
    elif is_folder:
        yield from _below(path, excluded)
    else:
        yield path


def _is_excluded(path: Path, excluded: Excluded) -> bool:
    """Whether a path is excluded, by itself or by a folder that it lies in."""
    return excluded(Path(os.path.abspath(path)), path.is_dir())


def _below(folder: Path, excluded: Excluded) -> Iterator[Path | PathError]:
    """The articles below a folder; what git ignores is left out.

    Who names a folder wants to see it: what leaves out the whole of it does not count.
    """
    empty = True
    ignores = _ignores_above(folder)
    if _is_ignored(Path(os.path.abspath(folder)), ignores, is_folder=True):
        ignores = ()
    if _is_excluded(folder, excluded):
        excluded = _nothing
    for found in _walk(folder, ignores, excluded):
        empty = False
        yield found
    if empty:
        yield PathError(str(folder), f"is a folder without articles; their names end in {', '.join(sorted(SUFFIXES))}")


def _nothing(_path: Path, _is_folder: bool) -> bool:
    return False


Ignores = tuple[tuple[Path, tuple[str, ...]], ...]  # folders with the patterns of their .gitignore, the outermost first


def _walk(top: Path, ignores: Ignores, excluded: Excluded) -> Iterator[Path | PathError]:
    """Files before folders, each in the order of their names."""
    waiting = [(top, ignores)]
    while waiting:
        folder, ignores = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield PathError(str(folder), f"cannot be read ({error.strerror}); check its name and mode")
            continue
        ignores = (*ignores, *_ignores_in(folder))
        wanted = [entry for entry in entries if _is_wanted(entry, folder / entry.name, ignores, excluded)]
        yield from (_found(entry, folder / entry.name) for entry in wanted if not _is_folder(entry))
        waiting += [(folder / entry.name, ignores) for entry in reversed(wanted) if _is_folder(entry)]


def _is_wanted(entry: os.DirEntry[str], path: Path, ignores: Ignores, excluded: Excluded) -> bool:
    """Whether an entry is a folder to look into or an article, and nothing leaves it out."""
    is_folder = _is_folder(entry)
    if not is_folder and (path.suffix.lower() not in SUFFIXES or not _is_file(entry) or _is_other(path)):
        return False
    absolute = Path(os.path.abspath(path))
    return not _is_ignored(absolute, ignores, is_folder) and not excluded(absolute, is_folder)


def _found(entry: os.DirEntry[str], path: Path) -> Path | PathError:
    """An article, unless it is a link that leads out of the repository: whoever sends one may name any file by it."""
    if entry.is_symlink():
        target = os.path.realpath(path)
        tops = (os.path.realpath(repository.top(folder)) for folder in (os.curdir, str(path.parent)))
        if all(repository.name_in(target, top) is None for top in tops):
            what = (
                f"is a link to {target}, outside of the repository, and not read; name it as a PATH to have it linted"
            )
            return PathError(str(path), what)
    return path


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file or a link to one; whether it can be read is seen when it is."""
    try:
        return entry.is_file()
    except OSError:  # links in a circle
        return False


def _is_other(path: Path) -> bool:
    """Whether a file that has the suffix of articles is none: a lock of Word's, XML that is no export.

    A link is none that leads to something without such a suffix, such as the configuration of git.
    """
    if path.name.startswith(_LOCK):
        return True
    if os.path.islink(path) and os.path.splitext(os.path.realpath(path))[1].lower() not in SUFFIXES:
        return True
    if not documents.may_hold_many(path.name):
        return False
    try:
        with path.open("rb") as file:
            return not documents.is_export(file.read(documents.BEGINNING).decode("utf-8", "replace"))
    except OSError:
        return False  # said when it is read


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Links to folders are not followed: they may lead back."""
    return entry.is_dir(follow_symlinks=False)


def _ignores_above(folder: Path) -> Ignores:
    """Those of the folders from the top of the git repository down to the one above `folder`."""
    absolute = Path(os.path.abspath(folder))
    above: Ignores = ()
    for place in (absolute, *absolute.parents):
        if place != absolute:
            above = (*_ignores_in(place), *above)
        if (place / ".git").exists():
            return above
    return ()


def _ignores_in(folder: Path) -> Ignores:
    path = folder / ".gitignore"
    if not os.path.isfile(path):  # a link may lead to a device that never ends
        return ()
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_LARGEST_IGNORES)
    except OSError:
        return ()
    patterns = tuple(line for line in text.splitlines() if globs.is_pattern(line))
    return ((Path(os.path.abspath(folder)), patterns),)


def _is_ignored(path: Path, ignores: Ignores, is_folder: bool) -> bool:
    """What the innermost .gitignore that speaks of a path says."""
    verdicts = (globs.verdict(patterns, folder, path, folder=is_folder) for folder, patterns in reversed(ignores))
    return next((verdict for verdict in verdicts if verdict is not None), False)
