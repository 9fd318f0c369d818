"""A long run shows on a terminal how far it has come, and nowhere else."""

from __future__ import annotations

import io
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

from healthlint import progress
from healthlint.progress import Progress, line

BAD = "# Garlic\n\n<!-- healthlint-disable clams -->\n\nGarlic is a plant.\n"


@pytest.mark.parametrize(
    ("done", "total", "seconds", "told"),
    [
        (120, 2000, 1.5, "120 of 2,000 articles, 80 a second, 24 s left"),
        (1, 3, 4.0, "1 of 3 articles, 4 s for each, 8 s left"),
        (10, 10, 2.0, "10 of 10 articles, 5 a second, 0 s left"),
        (50, 5050, 10.0, "50 of 5,050 articles, 5 a second, 17 min left"),
        (10, 10_000, 10.0, "10 of 10,000 articles, 1 a second, 2 h 46 min left"),
    ],
)
def test_line(done: int, total: int, seconds: float, told: str) -> None:
    assert line(done, total, "articles", seconds) == told


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_drawn_now_and_then_and_erased() -> None:
    stream, clock = io.StringIO(), Clock()
    shown = Progress(stream, clock)
    shown.begin(1000)
    for _ in range(100):  # within the first second
        clock.now += 0.009
        shown.step()
    shown.erase()
    assert stream.getvalue() == ""
    for _ in range(100):  # one more second
        clock.now += 0.01
        shown.step()
    drawn = re.findall(r"\r\x1b\[K(\d+) of 1,000", stream.getvalue())
    assert 5 <= len(drawn) <= 10
    assert drawn == sorted(drawn, key=int)
    assert "\n" not in stream.getvalue()
    shown.erase()
    shown.erase()
    assert stream.getvalue().endswith(" left\r\x1b[K")


def test_it_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    stream, clock = io.StringIO(), Clock()
    shown = Progress(stream, clock)
    shown.begin(1000)
    clock.now = 5
    shown.step()
    assert stream.getvalue() == "\r\x1b[K" + line(1, 1000, "articles", 5)[:19]


def test_links_are_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, clock = io.StringIO(), Clock()
    shown = Progress(stream, clock)
    for of in ("articles", "links"):
        shown.begin(3, of)
        clock.now += 5
        shown.step()
    assert [part for part in stream.getvalue().split("\r\x1b[K") if part] == [
        line(1, 3, "articles", 5),
        line(1, 3, "links", 5),
    ]


PROGRAM = """
import sys
from healthlint import cli, progress
progress._SHOWN_FROM = progress._BETWEEN = {at_once}
sys.exit(cli.main(sys.argv[1:]))
"""


class Terminal:
    """A run with a terminal for its standard error."""

    def __init__(self, here: Path, *, articles: int = 30, at_once: bool, out: int | None = subprocess.PIPE) -> None:
        """`at_once`: progress is shown without delay; `out`: where standard output goes, None for the terminal too."""
        for number in range(articles):
            (here / f"{number:04}.md").write_text(f"{BAD}\n{number}\n")
        self._main, terminal = pty.openpty()
        program = PROGRAM.format(at_once=0.0 if at_once else 60.0)
        options = [".", "--select", "suppressions", "--jobs", "1", "--output-format", "concise"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *options],
            cwd=here,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
            stdout=terminal if out is None else out,
            stderr=terminal,
        )
        os.close(terminal)
        self.shown = ""

    def read_until(self, text: str | None) -> None:
        """Read what is shown until it has a text, or to the end."""
        while text is None or text not in self.shown:
            try:
                part = os.read(self._main, 65536)
            except OSError:  # Linux says so that the other end is closed
                break
            if not part:
                break
            self.shown += part.decode()

    def end(self) -> tuple[int, str]:
        """Exit status and standard output."""
        self.read_until(None)
        stdout, _ = self.process.communicate(timeout=60)
        os.close(self._main)
        return self.process.returncode, (stdout or b"").decode()


def test_on_a_terminal(tmp_path: Path) -> None:
    run = Terminal(tmp_path, at_once=True)
    status, out = run.end()
    assert (status, out.count("suppressions/unused")) == (1, 30)
    assert "\r\x1b[K30 of 30 articles, " in run.shown
    assert run.shown.endswith("\r\x1b[K")  # nothing of it stays


def test_findings_on_the_same_terminal_have_their_lines_to_themselves(tmp_path: Path) -> None:
    run = Terminal(tmp_path, at_once=True, out=None)
    run.end()
    visible = [row.rpartition("\x1b[K")[2] for row in run.shown.split("\r\n")]
    assert len([row for row in visible if "suppressions/unused" in row]) == 30
    assert not [row for row in visible if "articles" in row]


def test_nothing_of_it_stays_after_ctrl_c(tmp_path: Path) -> None:
    run = Terminal(tmp_path, articles=2000, at_once=True)
    run.read_until(" of 2,000 articles")
    run.process.send_signal(signal.SIGINT)
    status, _ = run.end()
    assert status == 130
    # twice, where Ctrl-C comes between erasing the line and taking note of it
    assert re.fullmatch(r"(\r\x1b\[K)+", run.shown.rpartition(" left")[2])


def test_a_short_run_shows_nothing(tmp_path: Path) -> None:
    run = Terminal(tmp_path, at_once=False)
    assert run.end()[0] == 1
    assert run.shown == ""
    assert progress._SHOWN_FROM >= 1


def test_nothing_in_a_pipe(healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BAD)
    done = healthlint("--select", "suppressions", "--output-format", "concise", env={"TERM": "xterm"})
    assert done.stderr == ""
