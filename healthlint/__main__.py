"""`python -m healthlint`, and the command `healthlint`."""

from __future__ import annotations

import gc
import os
import sys

_GARBAGE = 200_000  # objects between collections: an article leaves a hundred thousand, and few that are garbage


def main() -> int:
    """Say again what the same run said before, or run the command; the exit status."""
    from healthlint import kept, replay

    folder, arguments = replay.cache_folder(sys.argv[1:])
    kept.use(folder or kept.folder_of_user())
    key = replay.key_of(arguments, _terminal())
    told = replay.known(key) if key else None
    if told is None:
        gc.set_threshold(_GARBAGE)
        from healthlint import cli

        return cli.main(key=key)
    status, out, errors = told
    try:
        for stream, parts in ((sys.stdout, out), (sys.stderr, (errors,))):
            if stream is not None:
                stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
                stream.writelines(parts)
                stream.flush()
    except (OSError, AttributeError):  # a pipe that is closed, a disk that is full: the command knows what to say
        from healthlint import cli

        return cli.main()
    return status


def _terminal() -> list[str]:
    """What the look of a report depends on."""
    try:
        width = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
    except (OSError, ValueError, AttributeError):  # no standard output, or one that is closed
        width = 0
    return [str(width), str(getattr(sys.stdout, "encoding", ""))]


def run() -> None:
    """The command. The interpreter is not taken down piece by piece, which would cost a fifth of a short run."""
    status = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            status = status or 2
    os._exit(status)


if __name__ == "__main__":
    run()
