"""Articles linted by one process and by many, from what is kept and anew."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec import structs
from test_across import CAST, NAME, PILLS, prose

from healthlint import kept, runner
from healthlint.config import Configs
from healthlint.findings import Result
from healthlint.pool import Pool
from healthlint.selection import Wanted

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


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Thirty articles: the sixth and sixteenth are one but for the drug, the eighth has a section of the third."""
    folder = tmp_path / "copied"
    folder.mkdir()
    for number in range(30):
        section = f"## Cast\n\n{CAST}" if number in (3, 8) else f"## Arms\n\n{prose(number + 100)}"
        text = f"# Article {number}\n\n{prose(number)}\n{section}\n## Template\n\n{prose(99)}"
        (folder / f"{number:02}.md").write_text(text)
    (folder / "06.md").write_text(f"# Metformin\n\n{PILLS}")
    (folder / "16.md").write_text(f"# Liraglutide\n\n{PILLS}".replace("metformin", "liraglutide"))
    (folder / "07.md").write_bytes(b"\xff")
    (folder / "20.md").write_bytes(b"\xff")
    return folder


def duplicates(results: Iterable[Result]) -> list[tuple[str, int, str]]:
    found = [found for result in results for found in result.findings if found.code == NAME]
    return [(Path(each.filename).name, each.location.row, each.message.split()[1]) for each in found]


DUPLICATES = [("08.md", 5, "section"), ("16.md", 1, "article")]


def run(folder: Path, *select: str, jobs: int = 1) -> list[Result]:
    request = runner.Request(paths=[str(folder)], wanted=Wanted(select or None), jobs=jobs)
    results = runner.run(request, Configs(isolated=True))
    return [structs.replace(result, rules=tuple) for result in results]  # a function is like no other one


def test_copies_are_the_same_by_one_process_and_many_kept_and_anew(copied: Path, tmp_path: Path) -> None:
    place = ["--cache-dir", str(tmp_path / "kept")]
    command = [sys.executable, "-m", "healthlint", "--isolated", "--output-format", "json"]
    options = (["--no-cache", "--jobs", "1"], ["--no-cache", "--jobs", "3"], [*place, "--jobs", "3"], place)
    said = [
        subprocess.run([*command, *each, str(copied)], check=False, capture_output=True, text=True).stdout
        for each in options
    ]
    assert said[0].count(f'"code": "{NAME}"') == len(DUPLICATES)
    assert said[1:] == said[:1] * 3


def test_results_that_wait_come_in_order(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "WINDOW", 5)
    results = run(copied, NAME)
    assert [Path(result.filename).name for result in results] == [f"{number:02}.md" for number in range(30)]
    assert [result.linted for result in results].count(False) == 2
    assert duplicates(results) == DUPLICATES
    for result in results:
        assert not result.linted or result.text == Path(result.filename).read_text()
    assert [Path(result.filename).name for result in results if result.fails] == ["08.md", "16.md"]


def test_results_come_as_soon_as_they_are_decided(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    begin = runner.Linter.begin
    monkeypatch.setattr(runner.Linter, "begin", lambda self, path: (read.append(path), begin(self, path))[1])
    monkeypatch.setattr(runner, "WINDOW", 1)
    request = runner.Request(paths=[str(copied)], wanted=Wanted((NAME,)), jobs=1)
    before = [len(read) for _ in runner.run(request, Configs(isolated=True))]
    assert before[0] == 1
    assert before[1] == 3  # what the second shares with the first is known for a template with the third
    assert before[7] == 8
    assert before[8] == 30  # only after the last article is it known that no third one has that section


def test_many_results_that_wait_are_written_down(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from healthlint import spool

    expected = run(copied, NAME)
    monkeypatch.setattr(spool, "_IN_MEMORY", 100)
    assert run(copied, NAME) == expected


def test_an_article_by_itself_is_not_compared(copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "run", kept.Kept(str(tmp_path / "kept")))
    monkeypatch.setattr("healthlint.checks.copies.Copies.parts", None)
    assert duplicates(run(copied / "08.md", NAME)) == []
    monkeypatch.undo()
    monkeypatch.setattr(kept, "run", kept.Kept(str(tmp_path / "kept")))
    assert duplicates(run(copied, NAME)) == DUPLICATES  # what is kept of it alone does not suffice
    assert duplicates(run(copied / "08.md", NAME)) == []
    monkeypatch.setattr("healthlint.checks.copies.Copies.parts", None)
    assert duplicates(run(copied, NAME)) == DUPLICATES


def test_one_file_under_two_names_is_no_copy(copied: Path) -> None:
    (copied / "16.md").unlink()
    (copied / "17.md").unlink()
    (copied / "16.md").symlink_to(copied / "06.md")
    os.link(copied / "06.md", copied / "17.md")
    assert duplicates(run(copied, NAME)) == DUPLICATES[:1]


def test_options_and_configurations_hold_for_copies(copied: Path) -> None:
    def found(configuration: str, wanted: Wanted = Wanted()) -> list[tuple[str, str]]:
        (copied / ".healthlint.yaml").write_text(configuration)
        results = runner.run(runner.Request(paths=[str(copied)], wanted=wanted, jobs=1), Configs())
        return [(Path(f.filename).name, f.severity) for r in results for f in r.findings if f.code == NAME]

    assert found("") == [("08.md", "warning"), ("16.md", "warning")]
    assert found("", Wanted(ignore=("duplication",))) == []
    assert found("", Wanted(("claims",))) == []
    assert found(f"severity: {{{NAME}: error}}") == [("08.md", "error"), ("16.md", "error")]
    assert found(f"per-path: [{{paths: [16.md], ignore: [{NAME}]}}]") == [("08.md", "warning")]
    assert found(f"per-path: [{{paths: [03.md], ignore: [{NAME}]}}]") == [("16.md", "warning")]  # takes no part
    assert found(f"per-path: [{{paths: [08.md], severity: {{{NAME}: info}}}}]")[0] == ("08.md", "info")


@pytest.mark.skipif(sys.platform != "linux", reason="file names of bytes")
def test_names_that_are_no_utf_8(copied: Path) -> None:
    name = os.fsdecode(b"08-\xff.md")
    (copied / "08.md").rename(copied / name)
    for jobs in (1, 2):
        results = run(copied, NAME, jobs=jobs)
        assert len(results) == 30
        assert duplicates(results)[0] == (name, 5, "section")


def test_windows_are_worked_off_in_order(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_a_pool_that_cannot_start_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process finds too many open files or processes; the first one would wait for ever."""
    forks = iter([os.fork])

    def fork() -> int:
        try:
            return next(forks)()
        except StopIteration:
            raise OSError(errno.EAGAIN, "no more") from None

    monkeypatch.setattr(os, "fork", fork)
    pool = Pool(None, lambda _, task: bytes(task), 2)
    with pytest.raises(OSError, match="no more"):
        pool.submit(b"1")
    pool.stop()
    assert multiprocessing.active_children() == []
