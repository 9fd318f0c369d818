"""--watch lints again what has changed, tells of nothing else, and ends clean."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Run

from healthlint import watching
from healthlint.config import Configs
from healthlint.findings import Result
from healthlint.runner import Request

BAD = "# Garlic\n\n<!-- healthlint-disable clams -->\n\nGarlic is a plant.\n"
GOOD = "# Garlic\n\nGarlic is a plant.\n"
READY = "watching for changes; Ctrl-C ends"
LONGEST = 60  # seconds that a busy machine may take


class Watched:
    """A run with --watch, whose lines are read as they come."""

    def __init__(self, here: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "healthlint", "--watch", "--select", "suppressions", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=here,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "TERM": "dumb"},
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line.rstrip("\n"))

    def told(self) -> list[str]:
        """The lines up to that which says that it waits."""
        lines = []
        while True:
            line = self._lines.get(timeout=LONGEST)
            if line == READY:
                return lines
            lines.append(line)

    def ended(self) -> int:
        """Press Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=LONGEST)


Start = Callable[..., Watched]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(BAD)
    return tmp_path


@pytest.fixture
def start(here: Path) -> Iterator[Start]:
    started: list[Watched] = []

    def begin(*arguments: str) -> Watched:
        started.append(Watched(here, *arguments))
        return started[-1]

    yield begin
    for one in started:
        one.process.kill()
        one.process.wait()
        one.reader.join()


def found(lines: list[str]) -> list[str]:
    return [line.partition(":")[0] for line in lines if " suppressions/unused" in line]


def test_it_lints_what_has_changed(start: Start, here: Path) -> None:
    run = start()
    lines = run.told()
    assert found(lines) == ["a.md", "b.md"]
    assert lines[-1] == "2 findings (2 warnings) in 2 of 2 articles"

    (here / "b.md").write_text(f"{BAD}\nMore.\n")
    lines = run.told()
    assert found(lines) == ["b.md"]
    assert lines[1] == "b.md changed"
    assert lines[-1] == "2 findings (2 warnings) in 2 of 2 articles"

    (here / "new.md").write_text(GOOD)  # as editors do it
    os.replace(here / "new.md", here / "a.md")
    lines = run.told()
    assert found(lines) == []
    assert lines[-1] == "1 finding (1 warning) in 1 of 2 articles"

    (here / "sub").mkdir()
    (here / "sub" / "c.md").write_text(BAD)
    lines = run.told()
    while "3 articles" not in lines[-1]:  # the folder may be seen before the article in it
        lines = run.told()
    assert found(lines) == ["sub/c.md"]

    (here / "b.md").unlink()
    lines = run.told()
    assert found(lines) == []
    assert lines[-1] == "1 finding (1 warning) in 1 of 2 articles"
    assert run.ended() == 130
    assert run._lines.empty()


def test_it_follows_the_configuration_even_a_broken_one(start: Start, here: Path) -> None:
    run = start("--output-format", "concise")
    assert len(found(run.told())) == 2
    (here / ".healthlint.yaml").write_text("severity: {suppressions: error}\n")
    assert [line for line in run.told() if "error suppressions/unused" in line]
    for _ in range(2):  # it says so each time
        (here / ".healthlint.yaml").write_text(f"sevrity: {time.time()}\n")
        assert [line for line in run.told() if line.startswith("healthlint: .healthlint.yaml:1: ")]
    (here / ".healthlint.yaml").write_text("exclude: [b.md]\nseverity: {suppressions: info}\n")
    assert found(run.told()) == ["a.md"]
    assert run.ended() == 130


def test_files_have_the_whole_report_each_time(start: Start, here: Path) -> None:
    run = start("--output-file", "concise:report.txt", "a.md", "b.md", "later.md")
    assert "healthlint: later.md: is no file or folder; check the name" in run.told()
    (here / "later.md").write_text(BAD)
    assert found(run.told()) == ["later.md"]
    assert found((here / "report.txt").read_text().splitlines()) == ["a.md", "b.md", "later.md"]
    assert run.ended() == 130


def test_a_report_that_lies_among_the_articles_is_no_change(start: Start, here: Path) -> None:
    run = start("--output-file", "concise:report.txt", "--exclude", "report.txt", ".")
    run.told()
    (here / "a.md").write_text(GOOD)
    assert found(run.told()) == []
    with pytest.raises(queue.Empty):
        run._lines.get(timeout=6 * watching.BETWEEN)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("-",), "--watch: standard input does not change; name files or folders"),
        (("--select", "clams"), "--select: there is no rule or group 'clams'"),
    ],
)
def test_what_makes_no_sense_ends_at_once(healthlint: Run, here: Path, arguments: tuple[str, ...], what: str) -> None:
    done = healthlint("--watch", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(f"healthlint: {what}")


def test_what_a_run_depends_on(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here)
    for name in ("sub/empty/x.png", "sub/d.md", "node_modules/e.md", "house/group/rule.yaml"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text("")
    (here / ".healthlint.yaml").write_text("rules: [house]\n")
    watched = watching.depends_on(Request(["."]), Configs())
    names = {os.path.relpath(path) for path in watched}
    assert names >= {".", "a.md", "b.md", "sub", "sub/d.md", "sub/empty", "house/group", "house/group/rule.yaml"}
    assert names >= {".healthlint.yaml", "sub/pyproject.toml", "../.healthlint.yaml", ".gitignore", "sub/.gitignore"}
    assert not {"node_modules", "node_modules/e.md", "sub/empty/x.png"} & names


def test_named() -> None:
    here = Path.cwd()
    assert watching.named({str(here / "b.md"), str(here / "a\x1b.md"), str(here)}) == "a .md, b.md"
    assert watching.named({str(here / f"{number}.md") for number in range(5)}) == "0.md, 1.md, 2.md and 2 others"


def test_news() -> None:
    first, second = Result("a.xml", errors=("one",)), Result("a.xml", errors=("two",))  # a file of two articles
    news = watching.News()
    assert list(news.of([first, second])) == [first, second]
    assert list(news.of([first, second])) == []
    assert list(news.of([first, first])) == [first]
    news.changed = {os.path.abspath("a.xml")}
    assert list(news.of([first, first])) == [first, first]
