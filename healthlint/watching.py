"""What a run depends on, looked at again and again until something of it has changed.

It is looked at by name, several times a second: that costs little (some milliseconds for 2,000 articles), needs no
library, and sees what editors do that put a new file in the place of the old one, on any disk.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from healthlint import builtin, documents, paths, runner
from healthlint.config import Config, ConfigError, Configs
from healthlint.configfile import NAMES
from healthlint.findings import Result
from healthlint.paths import PathError
from healthlint.plain import count, printable
from healthlint.runner import Request

BETWEEN = 0.25  # seconds

State = dict[str, tuple[object, ...]]  # of each file and folder; empty for what is not there


def depends_on(request: Request, configs: Configs) -> set[str]:
    """The files and folders that decide what a run finds: articles, folders, configurations, rules of the house."""
    folders: set[Path] = {Path(path) for path in request.paths if Path(path).is_dir()}
    named: set[Path] = set()

    def excluded(path: Path, is_folder: bool) -> bool:
        left_out = runner.is_excluded(request, configs, path, is_folder)
        if is_folder and not left_out:
            folders.add(path)
        return left_out

    for found in paths.articles(request.paths, excluded, force_exclude=request.force_exclude):
        path = Path(found.path) if isinstance(found, PathError) else found
        named.add(path)
        folders.add(path.parent)
    ignores = {folder / ".gitignore" for folder in folders}
    decisive = set(configurations(folders, configs))
    return {os.path.abspath(path) for path in (*named, *folders, *decisive, *ignores)}


def configurations(folders: Iterable[Path], configs: Configs) -> Iterator[Path]:
    """Where a configuration of one of the folders is or may come to be, and what the configurations name."""
    seen: set[Config] = set()
    for folder in {Path(os.path.abspath(folder)) for folder in folders}:
        yield from (place / name for place in (folder, *folder.parents) for name in NAMES)
        try:
            config = configs.of(folder)
        except ConfigError:
            continue
        if config not in seen:
            seen.add(config)
            yield from _named(config)


def _named(config: Config) -> Iterator[Path]:
    """What the files of a configuration name: files that they extend, the baseline, folders of rules."""
    for top in config.named_files:
        yield from (top, *(path for path in top.rglob("*") if path.is_dir()))
    yield from (path for path in config.rule_files.values() if builtin.folder() not in path.parents)


def state(watched: Iterable[str]) -> State:
    """How files and folders are now."""
    return {path: _state(path) for path in watched}


def _state(path: str) -> tuple[object, ...]:
    """Of a folder the names of its folders and articles alone: reports and copies that editors make come and go."""
    try:
        if os.path.isdir(path):
            return tuple(sorted(entry.name for entry in os.scandir(path) if _counts(entry)))
        status = os.stat(path)
    except (OSError, ValueError):
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino


def _counts(entry: os.DirEntry[str]) -> bool:
    return documents.suffix_of(entry.name) in documents.SUFFIXES or entry.is_dir(follow_symlinks=False)


def wait(before: State) -> set[str]:
    """Wait until something is no more as it was and has come to rest; what that is."""
    now, pause = before, BETWEEN
    while True:
        time.sleep(pause)
        start = time.monotonic()
        earlier, now = now, state(before)
        pause = max(BETWEEN, 10 * (time.monotonic() - start))  # where there is much to look at, look less often
        if now == earlier and now != before:
            return {path for path in before if now[path] != before[path]}


def named(changed: set[str]) -> str:
    """The files that have changed, or the folders if it is those alone, by their paths from here: three at most."""
    files = {path for path in changed if not os.path.isdir(path)} or changed
    names = [printable(os.path.relpath(path)) for path in sorted(files)]
    return ", ".join(names[:3]) + (f" and {count(len(names) - 3, 'other')}" if len(names) > 3 else "")


class News:
    """Knows what was told before, so that a run need not tell it again."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, int], object] = {}  # by file, and which article of the file it is
        self.changed: set[str] = set()  # absolute paths of articles to tell of in any case

    def of(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results of articles that have changed, and those in which something else is found than before."""
        before, self._told = self._told, {}
        nth = Counter[str]()
        for result in results:
            article = (result.filename, nth[result.filename])
            nth[result.filename] += 1
            self._told[article] = now = (list(result.findings), list(result.errors))
            if before.get(article) != now or os.path.abspath(result.filename) in self.changed:
                yield result
