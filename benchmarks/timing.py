"""Commands -> how long they take, in turn, and how much memory all their processes use together."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

BIASED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "NODE_EXTRA_CA_CERTS")  # each slows some of the programs
_INTERVAL = 0.02  # seconds between looks at memory


class RunError(Exception):
    """Why a command cannot be measured, in one line."""


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Command:
    """A command to be measured."""

    name: str
    argv: tuple[str, ...]
    folder: Path
    prepare: Callable[[], None] = _nothing  # what is done before each run, and not measured
    broken: tuple[int, ...] = (2,)  # exit statuses that are no answer
    warm: tuple[str, ...] = ()  # the command for the warm-up, if it is another one
    is_silent: bool = False  # an answer without output is one


@dataclass
class Times:
    """What was measured in a row: the seconds of each command, or why there are none."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def environment() -> Mapping[str, str]:
    """The environment of all that is measured."""
    return {name: value for name, value in os.environ.items() if name not in BIASED}


def in_turn(commands: Iterable[Command], runs: int, limit: float, seconds: Callable[..., float] | None = None) -> Times:
    """Measure the commands: each once to warm up, then all of them one after the other (A B C A B C ...)."""
    times, left = Times(), list(commands)
    for command in left.copy():
        with _dropped(command, left, times):
            warm_up(command, limit)
    for _ in range(runs):
        for command in left.copy():
            with _dropped(command, left, times):
                times.seconds.setdefault(command.name, []).append((seconds or wall)(command, limit))
    return times


@contextmanager
def _dropped(command: Command, left: list[Command], times: Times) -> Iterator[None]:
    """A command that fails is measured no further, and said to fail."""
    try:
        yield
    except RunError as error:
        left.remove(command)
        times.seconds.pop(command.name, None)
        times.notes[command.name] = str(error)


def warm_up(command: Command, limit: float) -> None:
    """Run the command once, and make sure that it does something. Raises RunError."""
    command.prepare()
    with tempfile.TemporaryFile() as output:
        with _started(command, command.warm or command.argv, limit, output.fileno()) as process:
            process.wait()
        output.seek(0)
        text = output.read(2000).decode("utf-8", "replace").strip()
    _answered(command, process)
    if not text and not command.is_silent:
        raise RunError("it printed nothing")


def wall(command: Command, limit: float) -> float:
    """The seconds from start to exit. Raises RunError."""
    command.prepare()
    start = time.perf_counter()
    with _started(command, command.argv, limit, subprocess.DEVNULL) as process:
        process.wait()
        taken = time.perf_counter() - start
    _answered(command, process)
    return taken


def peak(command: Command, limit: float) -> float:
    """The most memory in MB that the processes of the command had together. Raises RunError."""
    if not Path("/proc/self/smaps_rollup").exists():
        raise RunError("memory of several processes is read from /proc, which is not there")
    command.prepare()
    most = 0
    with _started(command, command.argv, limit, subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(_memory, _family(process.pid))))
            time.sleep(_INTERVAL)
    _answered(command, process)
    return most / 1e6


@contextmanager
def _started(command: Command, argv: Sequence[str], limit: float, output: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own; all of the session is ended when the time is up, or on the way out."""
    try:
        process = subprocess.Popen(
            argv,
            cwd=command.folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    except OSError as error:
        raise RunError(f"it does not start ({error.strerror})") from None
    with ended_after(process, limit):
        yield process


@contextmanager
def ended_after(process: subprocess.Popen[bytes], limit: float) -> Iterator[None]:
    """End the process when it has taken too long, or on the way out. Raises RunError if it has."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        end(process)

    overdue = threading.Timer(limit, stop)  # Popen.wait(timeout) would look now and then, and add up to 50 ms
    overdue.start()
    try:
        yield
        if late.is_set():
            raise RunError(f"it takes more than {limit:g} s")
    finally:
        overdue.cancel()
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started here, with its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answered(command: Command, process: subprocess.Popen[bytes]) -> None:
    """Raises RunError if the exit status is that of a failure."""
    status = process.returncode
    if status < 0 or status in {126, 127} or status in command.broken:
        raise RunError(f"it fails with status {status}")


def _family(process: int) -> Iterator[int]:
    """A process, its children, and theirs."""
    yield process
    try:
        for path in Path(f"/proc/{process}/task").glob("*/children"):
            for child in path.read_text("ascii").split():
                yield from _family(int(child))
    except OSError:  # it is gone
        return


def _memory(process: int) -> int:
    """The bytes of memory of a process; a page that it shares with another one counts half for each."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)
