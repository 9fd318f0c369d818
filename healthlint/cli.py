"""Arguments in, report and exit status out: finds the command that is meant and has it run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from healthlint import commands, kept, regexes, slim
from healthlint.arguments import UsageError
from healthlint.console import UNUSABLE, Console

INTERRUPTED, PIPE_CLOSED = 130, 141


def main(given: Sequence[str] | None = None, key: str = "") -> int:
    """Run the command; the exit status. What it says is kept for the same run under `key`."""
    console = Console(key)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # an ASCII terminal must not stop the report
    try:
        status = _run(sys.argv[1:] if given is None else given, console)
        console.flush()
    except UsageError as error:
        console.complain(str(error))
        return UNUSABLE
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        console.silence()
        return PIPE_CLOSED
    except OSError as error:  # a full disk, a current folder that is gone
        console.silence()
        console.complain(f"stopped: {error.strerror or error}")
        return UNUSABLE
    except KeyboardInterrupt:
        console.erase_progress()
        return INTERRUPTED
    return status


def _run(given: Sequence[str], console: Console) -> int:
    command, options = commands.parse(given)
    kept.use(
        getattr(options, "cache_dir", None) or kept.folder_of_user(),
        kept.RESULTS if getattr(options, "no_cache", False) else (),
    )
    kept.run.purpose = _purpose(command, options)
    regexes.install()  # from here on: what --help and a usage error import has few, and reading all takes longer
    slim.install()
    try:
        return command.run(options, console)
    finally:
        kept.run.save()
        kept.run.close()  # which the exit of the process does not do, and what is written stays in a second file


def _purpose(command: commands.Command, options: argparse.Namespace) -> str:
    """What tells a run from those that need other rules and expressions: its command, and the rules that are chosen."""
    chosen = getattr(options, "select", None) or ()
    name = command.__name__.rpartition(".")[2]
    return "" if name == commands.DEFAULT and not chosen else " ".join([name, *chosen])
