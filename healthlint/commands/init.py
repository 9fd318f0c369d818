"""Set healthlint up in a folder: look at its articles, write .healthlint.yaml, and add the hook for pre-commit.

What is there already is left as it is, but for the new entry in .pre-commit-config.yaml.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthlint import repository
from healthlint.arguments import Parser, UsageError
from healthlint.console import CLEAN, Console
from healthlint.plain import count, printable

if TYPE_CHECKING:
    from healthlint.surveyed import Survey

USAGE = "init [DIR]"
SUMMARY = "set healthlint up in a folder: a configuration, and a hook for pre-commit"


class Step(NamedTuple):
    """What is done with a file."""

    file: Path
    said: str
    text: str = ""  # to write, or to show if `file` stays as it is
    is_written: bool = True


def add_arguments(parser: Parser) -> None:
    """The folder, and how far to go."""
    parser.add_argument("folder", nargs="?", default=".", metavar="DIR", help="the folder (default: .)")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")
    parser.add_argument("--force", action="store_true", help="write .healthlint.yaml anew if there is one")


def run(options: argparse.Namespace, console: Console) -> int:
    """Look, write, and say what was done and what comes next."""
    from healthlint.surveyed import survey

    folder = Path(options.folder)
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder")
    found = survey(folder.resolve())
    console.write(_seen(found))
    for step in (_configuration(found, folder, force=options.force), _hook(folder)):
        if step.is_written and not repository.holds(str(step.file), str(folder)):
            raise UsageError(f"{step.file}: is a link that leads out of the repository; remove it")
        if step.is_written and not options.dry_run:
            console.write([step.text], str(step.file))
        prefix = "would be " if options.dry_run and step.is_written else ""
        console.write([f"{prefix}{step.said}\n"])
        if step.text and (options.dry_run or not step.is_written):
            console.write(f"    {line}".rstrip() + "\n" for line in step.text.splitlines())
    console.write(_next(found))
    return CLEAN


def _seen(found: Survey) -> Iterator[str]:
    formats = ", ".join(f"{number} {suffix}" for suffix, number in found.formats.items()) or "no file to lint"
    yield f"seen: {count(len(found.articles), 'article')} ({formats})\n"
    for folder, number in found.folders.items():
        yield f"  {printable(folder)}: {number}\n"
    if found.looked_at:
        yield f"a first run over {count(found.looked_at, 'article')} has {count(found.failing, 'finding')} to mend\n"


def _configuration(found: Survey, folder: Path, *, force: bool) -> Step:
    from healthlint import configfile, firstconfig

    file = folder / configfile.NAMES[0]
    there = next((folder / name for name in configfile.NAMES if configfile.holds(folder / name)), None)
    if there and not force:
        return Step(there, f"kept: {printable(str(there))} (--force writes {file.name} anew)", is_written=False)
    return Step(file, f"written: {printable(str(file))}", firstconfig.text(found))


def _hook(folder: Path) -> Step:
    from healthlint import hookfile, yamlfile

    file = folder / hookfile.NAME
    by_hand = f"not changed: {printable(str(file))}; add this under `repos:` by hand:"
    try:
        if not file.exists():
            if not (folder / ".git").exists():
                said = f"not written: {file.name}, as this is not the top of a git repository; the hook would be:"
                return Step(file, said, hookfile.new(), is_written=False)
            return Step(file, f"written: {printable(str(file))}", hookfile.new())
        text = file.read_bytes().decode("utf-8")
        if hookfile.has_hook(text):
            return Step(file, f"kept: {printable(str(file))}, which has the hook", is_written=False)
        added = hookfile.added(text)
    except (yamlfile.YamlError, UnicodeDecodeError, OSError):
        added = None
    if added is None:
        return Step(file, by_hand, hookfile.entry(), is_written=False)
    return Step(file, f"extended: {printable(str(file))}, by the hook", added)


def _next(found: Survey) -> Iterator[str]:
    yield "next:\n"
    yield "  healthlint                    what it finds\n"
    if found.wants_baseline:
        yield "  healthlint baseline           if that is too much at once: only what is new counts from then on\n"
    if found.often:
        yield "  look at `ignore:` in .healthlint.yaml: nearly all articles lack something\n"
    yield "  pre-commit install            and commit both files\n"
