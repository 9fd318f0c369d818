"""One run of the command in a process of its own, with limits, and what came of it."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reliability import articles

MEMORY = 4_000_000_000  # bytes of address space; what needs more has run away
CLOSED = -1  # for standard input

Limits = Mapping[int, int]  # of the module `resource`


@dataclass(frozen=True)
class Run:
    """How the command is run."""

    arguments: Sequence[str]
    folder: Path
    seconds: int = 600  # of the processor; twice as many on the clock
    limits: Limits = field(default_factory=dict)
    environment: Mapping[str, str | None] = field(default_factory=dict)  # None: it is not set
    stdin: bytes | int | None = None  # what stands there, a file, or CLOSED
    redirect: str = ""  # of the shell: '>&-'
    powerless: bool = False  # even root may do only what the modes of files allow
    during: Callable[[], None] | None = None  # called once it has begun


@dataclass(frozen=True)
class Ended:
    """What came of a run."""

    status: int  # negative: the signal that ended it
    out: bytes
    said: str  # on standard error
    seconds: float  # of the processor
    megabytes: float  # the most memory of a process

    @property
    def hung(self) -> bool:
        """Whether it had to be ended."""
        return self.status in (-signal.SIGXCPU, -signal.SIGKILL)

    @property
    def crashed(self) -> bool:
        """Whether it ended otherwise than it may, or said what only a developer understands."""
        clues = (
            "Traceback",
            "please report this",
            "MemoryError",
            "RecursionError",
            "Fatal Python",
            "Exception ignored",
        )
        return self.status not in (0, 1, 2) or any(clue in self.said for clue in clues)

    def found(self) -> list[dict[str, Any]]:
        """The findings of a report in JSON; none for what is no such report."""
        try:
            found = json.loads(self.out.decode("utf-8", "replace"))
        except ValueError:
            return []
        return found if isinstance(found, list) else []

    def told(self, name: str, dose: str) -> bool:
        """Whether the planted finding about a dose in a file is told."""
        return any(
            Path(one["filename"]).name == name and one["code"] == articles.PLANTED and dose in one["message"]
            for one in self.found()
        )


def ended(run: Run) -> Ended:
    """Run the command to its end, or to that of its time."""
    command = [sys.executable, "-m", "healthlint", *run.arguments]
    if run.powerless and os.geteuid() == 0:
        command = ["setpriv", "--inh-caps=-all", "--bounding-set=-all", *command]
    if run.redirect:
        command = ["bash", "-c", f'exec "$0" "$@" {run.redirect}', *command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as given:
        if isinstance(run.stdin, bytes):
            given.write(run.stdin)
            given.seek(0)
        process = subprocess.Popen(
            command,
            cwd=run.folder,
            stdin=given
            if isinstance(run.stdin, bytes)
            else run.stdin
            if run.stdin and run.stdin > 0
            else subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            env=_environment(run),
            preexec_fn=lambda: _limit(run),  # noqa: PLW1509 - there is no thread
            start_new_session=True,
        )
        try:
            if run.during:
                run.during()
            status, used = _waited(process, 2 * run.seconds)
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
        out.seek(0)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
        seconds = used.ru_utime + used.ru_stime
        return Ended(status, out.read(), said, seconds, used.ru_maxrss / 1000)


def can_be_powerless() -> bool:
    """Whether a run can be made to heed the modes of files."""
    return hasattr(os, "geteuid") and (os.geteuid() != 0 or shutil.which("setpriv") is not None)


def _environment(run: Run) -> dict[str, str]:
    usual = {**os.environ, "PYTHONIOENCODING": "utf-8", **run.environment}
    usual["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    return {name: value for name, value in usual.items() if value is not None}


def _limit(run: Run) -> None:
    """In the new process, before it begins."""
    resource.setrlimit(resource.RLIMIT_CPU, (run.seconds, run.seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for kind, most in run.limits.items():
        resource.setrlimit(kind, (most, most))
    if run.stdin == CLOSED:
        os.close(0)


def _waited(process: subprocess.Popen[bytes], seconds: int) -> tuple[int, Any]:
    """The status of a process and what it used; one that goes on for too long is killed."""
    timer = threading.Timer(seconds, os.killpg, (process.pid, signal.SIGKILL))
    timer.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used
