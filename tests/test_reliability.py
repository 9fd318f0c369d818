"""The hostile inputs of `python -m reliability`, small: nothing crashes, and no planted finding is lost."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, calls_of

from accuracy import sets
from healthlint import documents, findings
from healthlint.findings import Finding
from reliability import articles, bombs, killed, killers, page, record, surroundings, texts
from reliability.texts import Input

SMALL = 600  # characters
RULES = sets.all_rules()
INPUTS = list(texts.inputs())
SCENES = list(surroundings.scenes())
posix_alone = pytest.mark.skipif(not surroundings.usable(), reason="needs POSIX, and setpriv for root")


def linted(one: Input, size: int) -> list[Finding]:
    """What is found in a hostile article."""
    read = documents.read_all(f"a{one.suffix}", one.make(size))
    return [finding for document in read for finding in findings.lint(document, RULES)]


def told(found: list[Finding]) -> list[str]:
    return [finding.message for finding in found if finding.code == articles.PLANTED]


@pytest.mark.parametrize("one", INPUTS, ids=lambda one: f"{one.name}{one.suffix}")
def test_no_finding_is_lost_for_what_stands_beside_it(one: Input) -> None:
    found = linted(one, SMALL)
    assert any(articles.FRONT in message for message in told(found))
    assert any(articles.END in message for message in told(found)) or not one.has_end


def test_each_input_has_a_name_of_its_own() -> None:
    assert len({(one.name, one.suffix) for one in INPUTS}) == len(INPUTS)
    assert len({scene.name for scene in SCENES}) == len(SCENES)


@pytest.mark.parametrize("suffix", articles.SUFFIXES)
def test_texts_are_as_large_as_they_are_to_be(suffix: str) -> None:
    for one in INPUTS:
        if one.suffix == suffix == ".md" and one.group in ("text", "Markdown"):
            assert 3_000 < len(one.make(5_000).decode()) < 8_000 + 5_200, one.name


COUNTED = """short sentences|numbered lists|bullets|units|myths|opposites|marks for a reference|templates|tags
|list items|authors and years|medicines and doses|instructions|emergencies|cures|references|steps|abbreviations
|answers of a model|words for people|footnotes|suppressions""".replace("\n", "").split("|")


@pytest.mark.parametrize(
    "one", [one for one in INPUTS if one.suffix == ".md" and one.name in COUNTED], ids=lambda one: one.name
)
def test_work_grows_with_the_text(one: Input) -> None:
    """Four times the text is four times as many calls; what looks at each pair makes sixteen times as many."""
    linted(one, SMALL)  # what is prepared once is prepared
    less, more = (calls_of(lambda size=size: linted(one, size)) for size in (1_500, 6_000))  # type: ignore[misc]
    assert more < 7 * less


# Surroundings


@posix_alone
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_surroundings(scene: surroundings.Scene, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    try:
        _, wrong = scene.tried(folder)
    finally:
        surroundings.writable_again(folder)
    assert wrong == []


@posix_alone
@pytest.mark.parametrize("one", killed.KILLED, ids=lambda one: one.name)
def test_runs_that_are_killed_and_two_at_once(one: killed.Killed, tmp_path: Path) -> None:
    assert one.tried(tmp_path, 1) == []


def test_scenes_tell_what_is_lost(tmp_path: Path) -> None:
    lost = surroundings.Scene("lost", "files", arguments=("none.md",), says="none.md: is no file", status=1)
    _, wrong = lost.tried(tmp_path)
    assert wrong == [
        "it ended with 2, not 1: healthlint: none.md: is no file or folder; check the name\n",
        "the finding in the file beside is lost",
    ]


@pytest.mark.parametrize("ended", [1, 2])
def test_a_process_of_the_pool_that_is_ended_costs_at_most_its_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: int
) -> None:
    """Once, so that the article is linted by another process, or each time, so that it is told and the rest goes on."""
    from healthlint import pool, runner
    from healthlint.config import Configs

    class Ending:
        """A pool that ends at the first article, as if its memory had run out."""

        def __init__(self, linter: runner.Linter, work: Callable[[Any, Any], bytes], jobs: int) -> None:
            made.append(self)
            self._linter, self._work, self._number = linter, work, len(made)

        def submit(self, task: runner.Task) -> Future[bytes]:
            coming: Future[bytes] = Future()
            if self._number == 1 or (ended == 2 and task.name.endswith("000.md")):
                coming.set_exception(BrokenExecutor())
            else:
                coming.set_result(self._work(self._linter, task))
            return coming

        def stop(self) -> None:
            """There is nothing to end."""

    made: list[Ending] = []
    monkeypatch.setattr(pool, "Pool", Ending)
    for number in range(runner.ENOUGH + 1):
        (tmp_path / f"{number:03}.md").write_text(articles.BESIDE)
    request = runner.Request([str(tmp_path)], jobs=2)
    results = list(runner.run(request, Configs(isolated=True)))
    assert [bool(result.findings) for result in results] == [ended == 1] + [True] * runner.ENOUGH
    said = [error for result in results for error in result.errors]
    assert [error.partition("000.md: ")[2] for error in said] == (
        [] if ended == 1 else ["the process that linted it was ended; is there memory enough?"]
    )


def test_a_larger_file_is_read_if_that_is_asked_for(healthlint: Run, tmp_path: Path) -> None:
    text = articles.of_text(".txt", "\n" * 1_200_000)
    (tmp_path / "a.txt").write_bytes(text)
    only = ("--select", "dosing", "--output-format", "json", "a.txt")
    (tmp_path / ".healthlint.yaml").write_text("largest-file: 1\n")
    done = healthlint(*only)
    what = f"a.txt: has {len(text):,} bytes, more than 1 MB; split it, exclude it, or allow more by --largest-file"
    assert (done.returncode, done.stderr) == (2, f"healthlint: {what}\n")
    done = healthlint("--largest-file", "2", *only)
    assert (done.returncode, len(json.loads(done.stdout))) == (1, 2)
    assert healthlint("--largest-file", "0", *only).returncode == 2


def test_what_comes_through_a_pipe_is_not_taken_for_what_came_before(tmp_path: Path) -> None:
    from healthlint import replay

    (tmp_path / "a.md").write_text(articles.BESIDE)
    assert replay.key_of([str(tmp_path / "a.md")], [])
    if hasattr(surroundings.os, "mkfifo"):
        surroundings.os.mkfifo(tmp_path / "p.md")
        assert replay.key_of([str(tmp_path / "a.md"), str(tmp_path / "p.md")], []) == ""


# Texts that are made from expressions


@pytest.mark.parametrize(
    ("regex", "text"),
    [
        (r"x(a+)+b", "xaaaa\x00"),
        (r"(?:\w+\s?)*!", "aaaa\x00"),
        (r"<[^>]*>", "<    \x00"),
        (r"\d+ mg", "1111\x00"),
        (r"(?:ab|c)*d", "abab\x00"),
        (r"a(?=b*c)", "abbbb\x00"),
    ],
)
def test_a_text_leads_to_a_repeat_and_then_fails(regex: str, text: str) -> None:
    assert text in {killer.text(4) for killer in killers.killers(regex)}


def test_no_expression_takes_for_ever() -> None:
    """What could would not come to an end here."""
    import subprocess

    program = (
        "import re; from reliability import killers\n"
        "found = killers.compiled(corpus=False)\n"
        "for regex, flags in found:\n"
        "    for killer in killers.killers(regex, flags):\n"
        "        for _ in re.compile(regex, flags).finditer(killer.text(40)): pass\n"
        "print(len(found))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=record.ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 1_500


# The page


def test_the_page_is_fresh() -> None:
    assert page.PAGE.read_text("utf-8") == page.page(record.read()), "run `python -m reliability --page`"


def test_the_record_has_all_inputs_and_nothing_is_wrong() -> None:
    tried = {(one.name, one.format) for one in record.read().tried}
    wanted = {(one.name, one.suffix) for one in INPUTS}
    wanted |= {(name, "") for name in (*(scene.name for scene in SCENES), *(one.name for one in killed.KILLED))}
    assert wanted - tried == set(), "run `python -m reliability`"
    assert [one.name for one in record.read().tried if one.wrong] == []


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    one = record.Record(date="2026-11-30", tried=[record.Tried(name="a", group="b", wrong=['c: "d"'], hung=True)])
    record.save(one, tmp_path / "r.json")
    assert record.read(tmp_path / "r.json") == one


def test_the_page_tells_what_is_wrong_and_what_was_fuzzed(tmp_path: Path) -> None:
    one = record.Tried(name="a|b", group="files", crashed=True, wrong=["it <crashed>"])
    assert "No run is on record." in page.page(record.Record(tried=[one]), tmp_path / "none.json")
    target = {"target": "html", "inputs": 1200, "seconds": 90, "crashes": 1, "hangs": 0, "memory": 0}
    runs = {"runs": [{"targets": [target]}, {"targets": [target]}], "failures": [{"fixed": "so"}, {}]}
    (tmp_path / "fuzz.json").write_text(json.dumps(runs))
    text = page.page(record.Record(tried=[one]), tmp_path / "fuzz.json")
    assert "| html | 2,400 | 3 | 2 | 0 | 0 |" in text
    assert "2 inputs failed in all runs; 1 of them still do." in text
    assert "| files | 1 | 1 | 0 | 0 |" in text
    assert r"- a\|b: it \<crashed\>" in text


def test_bombs_are_small() -> None:
    assert all(len(bomb.make()) < 5_000_000 for bomb in bombs.BOMBS)


@posix_alone
def test_a_text_that_is_typed_at_a_terminal(tmp_path: Path) -> None:
    import pty
    import subprocess

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "healthlint", "--select", "dosing", "--output-format", "concise", "-"]
    with subprocess.Popen(command, stdin=follower, stdout=subprocess.PIPE, cwd=tmp_path, text=True) as process:
        surroundings.os.write(leader, b"Doses\n\nTake 5.0 mg of warfarin.\n\x04")
        out, _ = process.communicate()
    surroundings.os.close(leader)
    surroundings.os.close(follower)
    assert (process.returncode, out.count("dosing/trailing-zero")) == (1, 1)
