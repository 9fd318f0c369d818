"""Runs that are killed at any moment, and runs at once: what they write is what was there or what should be, whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MOMENTS = 12  # at which each is killed, spread over the time that it takes
_ARTICLES = 24
_BAD = "# Doses of insulin\n\nTake 5.0 mg of warfarin, then 10U of insulin.\n"
_SELECT = ("--select", "dosing")


def _is_report(path: Path) -> bool:
    found = json.loads(path.read_text("utf-8"))
    return isinstance(found, list) and len(found) == 2 * _ARTICLES


def _is_baseline(path: Path) -> bool:
    return len(json.loads(path.read_text("utf-8"))["findings"]) == 2 * _ARTICLES


def _is_start(path: Path) -> bool:
    return path.read_text("utf-8").endswith("\n") and "ignore" in path.read_text("utf-8")


def _is_fixed(path: Path) -> bool:
    return path.read_text("utf-8") == _BAD.replace("5.0", "5").replace("10U", "10 units")


def _anything(_path: Path) -> bool:
    return True


@dataclass(frozen=True)
class Killed:
    """A command, the file that it writes, and whether that is whole."""

    name: str
    arguments: Sequence[str]
    file: str
    is_whole: Callable[[Path], bool]
    old: str | None = None  # what stands there before; None: nothing

    def tried(self, folder: Path, moments: int) -> list[str]:
        """All that is wrong after runs that were killed, and two at once."""
        for number in range(_ARTICLES):
            (folder / f"{number:03}.md").write_text(_BAD)
        seconds = self._whole(folder, 1)
        wrong = [] if self._state(folder) == "new" else ["it does not write what it should"]
        for moment in range(moments):
            self._restore(folder)
            run = self._start(folder)
            time.sleep(seconds * (moment + 0.5) / moments)
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            if self._state(folder) == "mixed":
                wrong.append(f"{self.file} is neither old nor new after a run that was killed")
        self._restore(folder)
        self._whole(folder, 2)
        if self._state(folder) != "new":
            wrong.append(f"{self.file} is not as it should be after two runs at once")
        return wrong

    def _whole(self, folder: Path, runs: int) -> float:
        """Run it to the end, so many at once; the seconds that it took."""
        start = time.monotonic()
        for run in [self._start(folder) for _ in range(runs)]:
            run.wait()
        return time.monotonic() - start

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "healthlint", *self.arguments]
        environment = {**os.environ, "HEALTHLINT_CACHE_DIR": str(folder / "cache")}
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
        null = subprocess.DEVNULL
        return subprocess.Popen(
            command, cwd=folder, stdin=null, stdout=null, stderr=null, env=environment, start_new_session=True
        )

    def _restore(self, folder: Path) -> None:
        path = folder / self.file
        if self.old is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(self.old)

    def _state(self, folder: Path) -> str:
        """'old', 'new' or 'mixed'."""
        path = folder / self.file
        if not path.exists():
            return "old" if self.old is None else "mixed"
        if self.old is not None and path.read_text("utf-8", errors="replace") == self.old:
            return "old"
        try:
            return "new" if self.is_whole(path) else "mixed"
        except (ValueError, KeyError):
            return "mixed"


def _killed() -> Iterator[Killed]:
    report = ("--output-format", "json", "--output-file", "r.json", ".")
    yield Killed("a run that writes a report", (*_SELECT, *report), "r.json", _is_report, "[]")
    yield Killed("a run that writes known findings", ("baseline", *_SELECT), ".healthlint-baseline.json", _is_baseline)
    yield Killed("a run that sets up", ("init",), ".healthlint.yaml", _is_start)
    yield Killed("a run that fixes", (*_SELECT, "--fix", "--isolated", "000.md"), "000.md", _is_fixed, _BAD)
    yield Killed(
        "a run that keeps results",
        (*_SELECT, "--output-format", "json", "--output-file", "r.json", "."),
        "r.json",
        _is_report,
    )


KILLED = tuple(_killed())
