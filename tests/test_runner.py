"""Articles linted by one process and by many, from what is kept and anew."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from healthlint import kept, runner

BAD = "# {name}\n\n{name} cures high blood pressure. It is the best there is.\n\nStudies show that {name} works.\n"
NAMES = "Garlic Ginger Turmeric Kelp Ginseng Fenugreek Chamomile Valerian Elderberry Echinacea".split()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.md").write_text(BAD.format(name=NAMES[number % len(NAMES)]) + "\n" * number)
    (folder / "bad.md").write_bytes(b"\xff")
    return folder


def lint(folder: Path, *options: str) -> str:
    command = [sys.executable, "-m", "healthlint", "--isolated", "--output-format", "json", *options, str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    return done.stdout


def test_one_process_and_many_kept_and_anew_say_the_same(articles: Path, tmp_path: Path) -> None:
    place = ["--cache-dir", str(tmp_path / "kept")]
    alone = lint(articles, "--no-cache", "--jobs", "1")
    assert alone.count('"filename"') > 70
    assert lint(articles, "--no-cache", "--jobs", "3") == alone
    assert lint(articles, *place, "--jobs", "3") == alone
    assert lint(articles, *place) == alone


def test_what_is_kept_is_not_linted_again(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from healthlint.config import Configs

    linted = []
    outcome = runner.Linter.outcome

    def counted(self: runner.Linter, task: runner.Task) -> runner.Outcome:
        linted.append(Path(task.name).name)
        return outcome(self, task)

    monkeypatch.setattr(runner.Linter, "outcome", counted)
    request = runner.Request(paths=[str(articles)], jobs=1)
    monkeypatch.setattr(kept, "run", kept.Kept(str(tmp_path / "kept")))
    first = list(runner.run(request, Configs(isolated=True)))
    assert len(linted) == 41
    linted.clear()
    (articles / "07.md").write_text(BAD.format(name="Sage"))
    second = list(runner.run(request, Configs(isolated=True)))
    assert linted == ["07.md", "bad.md"]  # what could not be read is tried again
    assert [result.findings for result in first][:7] == [result.findings for result in second][:7]


def test_windows_are_worked_off_in_order(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from healthlint.config import Configs

    monkeypatch.setattr(runner, "WINDOW", 7)
    results = list(runner.run(runner.Request(paths=[str(articles)], jobs=1), Configs(isolated=True)))
    names = [Path(result.filename).name for result in results]
    assert names == sorted(names)
    assert len(names) == 41


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_leaves_no_process_behind(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.md").write_text(BAD.format(name=f"Garlic{number}") * 200)
    command = [sys.executable, "-m", "healthlint", "--isolated", "--no-cache", "--jobs", "2", str(folder)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(2)
    assert run.poll() is None, "the run was over before it could be stopped"
    os.killpg(run.pid, signal.SIGINT)
    _, errors = run.communicate(timeout=30)
    assert run.returncode == 130
    assert b"Traceback" not in errors
    assert is_gone(run.pid)


def is_gone(group: int) -> bool:
    """Whether no process of a group is left; the last may take a moment."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
