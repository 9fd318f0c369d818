"""Where a command says what it has to say: standard output for what was asked for, standard error for all else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from healthlint.arguments import UsageError
from healthlint.plain import printable

if TYPE_CHECKING:
    import argparse

    from healthlint.progress import Progress
    from healthlint.reports.style import Style

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2  # exit statuses of every command


class Console:
    """The two streams of a run."""

    def __init__(self, key: str = "") -> None:
        """`key` is what the run is known by, so that the same one may say the same again; '' if it is not kept."""
        self.key = key
        self._said: set[str] = set()
        self._progress: Progress | None = None

    def write(self, parts: Iterable[str], file: str | None = None) -> None:
        """Write a report to a file, or to standard output. Raises UsageError for a file that cannot be written."""
        if file:
            from healthlint.writing import write

            try:
                write(Path(file), parts)
            except OSError as error:
                raise UsageError(f"{file}: cannot be written ({error.strerror or error}); check its folder") from None
            return
        for part in parts:
            if sys.stdout is not None:
                self.erase_progress()
                sys.stdout.write(part)

    def write_bytes(self, data: bytes) -> None:
        """Write bytes to standard output as they are."""
        if sys.stdout is not None:
            self.flush()
            sys.stdout.buffer.write(data)

    @property
    def on_terminal(self) -> bool:
        """Whether standard output is one."""
        return sys.stdout is not None and sys.stdout.isatty()

    def complain(self, what: str) -> None:
        """Say in one line, and once, what cannot be used."""
        if what not in self._said:
            self._said.add(what)
            self.note(f"healthlint: {printable(what)}\n")

    def forget(self) -> None:
        """Say again what was complained of, should it come again."""
        self._said.clear()

    def note(self, line: str) -> None:
        """Write to standard error, after all that was written to standard output."""
        self.flush()
        if sys.stderr is not None:
            sys.stderr.write(line)

    def flush(self) -> None:
        """Have standard output written."""
        self.erase_progress()
        if sys.stdout is not None:
            sys.stdout.flush()

    def silence(self) -> None:
        """Keep the interpreter from writing what is left in the buffer when it ends."""
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def channel(self) -> tuple[BinaryIO, BinaryIO]:
        """Standard input and output, for a program that talks through them; all else goes to standard error then.

        Raises UsageError if one of them is closed.
        """
        if sys.stdin is None or sys.stdout is None or sys.stderr is None:
            raise UsageError("standard input, output or error is closed; whoever starts this has to give it all three")
        self.flush()
        out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        return sys.stdin.buffer, out

    def progress(self) -> Progress | None:
        """What shows how far a run has come, where standard error is a terminal that can write over a line."""
        if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            return None
        from healthlint.progress import Progress

        self._progress = Progress(sys.stderr)
        return self._progress

    def erase_progress(self) -> None:
        """Take away what is shown of a run's progress."""
        if self._progress:
            self._progress.erase()

    def style(self, options: argparse.Namespace, *, to_file: bool = False) -> Style:
        """Colours on a terminal only, unless FORCE_COLOR asks for them."""
        from healthlint.reports.style import Style

        on_terminal = self.on_terminal and os.environ.get("TERM") != "dumb"
        plain = options.no_color or os.environ.get("NO_COLOR") or to_file
        width = columns(100)
        colour = not plain and bool(os.environ.get("FORCE_COLOR") or on_terminal)
        return Style(min(max(width, 40), 120), colour, getattr(options, "unsafe_fixes", False))


def columns(usual: int) -> int:
    """The width of the terminal, as `shutil.get_terminal_size` finds it, which would load three compressors."""
    try:
        return int(os.environ.get("COLUMNS", "")) or _terminal_width() or usual
    except ValueError:
        return _terminal_width() or usual


def _terminal_width() -> int:
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 0
    except (OSError, ValueError):
        return 0
