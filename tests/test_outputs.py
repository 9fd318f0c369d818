"""Several reports of one run: each in its place, and none lost because another could not be written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import Run, rule

from healthlint import documents, recorded, reports
from healthlint.findings import Result, lint
from healthlint.recorded import Recorded

BAD = "# Garlic\n\n<!-- healthlint-disable clams -->\n\nGarlic is a plant.\n"
ONLY = ("--select", "suppressions")
CURE = rule("claims/cure", "cures", "error", '"{quote}" promises an outcome.')
needs_full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(BAD)
    return tmp_path


def test_reports_beside_that_on_standard_output(healthlint: Run, here: Path) -> None:
    files = {form: f"report.{form}" for form in reports.FORMATS}
    asked = [part for form, file in files.items() for part in ("--output-file", f"{form}:{file}")]
    done = healthlint("a.md", "b.md", *ONLY, "--output-format", "concise", *asked)
    alone = {form: healthlint("a.md", "b.md", *ONLY, "--output-format", form) for form in reports.FORMATS}
    assert (done.returncode, done.stdout) == (1, alone["concise"].stdout)
    for form, file in files.items():
        assert (here / file).read_text("utf-8") == alone[form].stdout
        assert alone[form].stdout.count("clams") >= 2
    assert done.stderr == alone["text"].stderr == "2 findings (2 warnings) in 2 of 2 articles\n"
    assert alone["sarif"].stderr == ""


def test_a_plain_path_takes_the_place_of_standard_output(healthlint: Run, here: Path) -> None:
    asked = ("--output-file", "a.out", "--output-file", "junit:a.xml", "--output-file", "b.out")
    done = healthlint("a.md", *ONLY, "--output-format", "json", *asked)
    assert (done.returncode, done.stdout) == (1, "")
    assert (here / "a.out").read_text() == (here / "b.out").read_text()
    assert len(json.loads((here / "a.out").read_text())) == 1
    assert ET.parse(here / "a.xml").getroot().tag == "testsuites"


@pytest.mark.parametrize("name", ["C:\\report.txt", "C:report", "sarif.d/12:30.txt", "Sarif:x"])
def test_a_colon_alone_makes_no_format(healthlint: Run, here: Path, name: str) -> None:
    (here / "sarif.d").mkdir()
    assert healthlint("a.md", *ONLY, "--output-file", name).stdout == ""
    assert (here / name).read_text().startswith("a.md:3:1 warning suppressions/unused\n")


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ("--output-file sarif:", "--output-file: 'sarif:' names no file; write sarif:PATH, or PATH alone"),
        ("--output-file=", "--output-file: '' names no file; write FORMAT:PATH, or PATH alone"),
        ("--output-file a --output-file json:./a", "there are two reports for"),
        ("--statistics --output-format sarif", "--statistics is told as text, concise, json, jsonl; there is none as"),
    ],
)
def test_what_makes_no_sense(healthlint: Run, here: Path, arguments: str, what: str) -> None:
    done = healthlint("a.md", *ONLY, *arguments.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert what in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in here.iterdir()) == ["a.md", "b.md"]


def test_statistics_take_the_place_of_the_main_report_alone(healthlint: Run, here: Path) -> None:
    done = healthlint("a.md", *ONLY, "--statistics", "--output-file", "jsonl:a.jsonl")
    assert done.stdout == "1  suppressions/unused\n"
    assert json.loads((here / "a.jsonl").read_text())["code"] == "suppressions/unused"


@pytest.mark.parametrize("first", [(), ("--output-file", "missing/too.txt")])
def test_one_that_cannot_be_written_costs_no_other(healthlint: Run, here: Path, first: tuple[str, ...]) -> None:
    asked = ("--output-file", "json:missing/a.json", "--output-file", "json:b.json")
    done = healthlint("a.md", "b.md", "none.md", *ONLY, *first, *asked)
    assert done.returncode == 2
    assert len(json.loads((here / "b.json").read_text())) == 2
    told = done.stderr.splitlines()
    assert "healthlint: missing/a.json: cannot be written (No such file or directory); check its folder" in told
    assert "healthlint: none.md: is no file or folder; check the name" in told
    assert told[-1] == "2 findings (2 warnings) in 2 of 2 articles"
    assert len(told) == 3 + bool(first)


def test_no_report_is_half_written(healthlint: Run, here: Path) -> None:
    (here / "dir").mkdir()
    done = healthlint("a.md", *ONLY, "--output-file", "sarif:dir")
    assert done.returncode == 2
    assert "dir: cannot be written (Is a directory)" in done.stderr
    assert sorted(path.name for path in here.iterdir()) == ["a.md", "b.md", "dir"]


@needs_full_device
def test_a_full_disk(healthlint: Run, here: Path) -> None:
    asked = ("--output-file", "json:/dev/full", "--output-file", "gitlab:b.json")
    done = healthlint("a.md", *ONLY, *asked)
    assert done.returncode == 2
    assert "healthlint: /dev/full: cannot be written (No space left on device); check its folder" in done.stderr
    assert len(json.loads((here / "b.json").read_text())) == 1


@needs_full_device
@pytest.mark.parametrize(
    ("pipe", "status"), [(">/dev/full", 2), ("| head -n 1 >/dev/null; exit ${PIPESTATUS[0]}", 141)]
)
def test_standard_output_that_is_full_or_closed_costs_no_file(here: Path, pipe: str, status: int) -> None:
    many = "".join(f"{BAD}\nOnce more {number}.\n" for number in range(3000))
    (here / "a.md").write_text(many)
    command = f"'{sys.executable}' -m healthlint a.md b.md --select suppressions --output-file json:out.json {pipe}"
    done = subprocess.run(["bash", "-c", command], cwd=here, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stderr.count("\n") == (1 if status == 2 else 0)
    assert len(json.loads((here / "out.json").read_text())) == 3001


def results() -> list[Result]:
    texts = {"a.md": "It cures \U0001f9c4.\n", "b.md": "Plain.\n", os.fsdecode(b"c\xff.md"): "It cures.\r\nIt cures.\n"}
    read = {name: documents.read(name, text.encode()) for name, text in texts.items()}
    linted = [Result(name, document.text, lint(document, [CURE])) for name, document in read.items()]
    return [*linted, Result("d.md", linted=False, errors=("d.md: is empty",))]


@pytest.mark.parametrize("in_memory", [1, 16_000_000])
def test_results_are_told_again_as_they_were(monkeypatch: pytest.MonkeyPatch, in_memory: int) -> None:
    monkeypatch.setattr(recorded, "_IN_MEMORY", in_memory)
    kept = Recorded()
    passed = list(kept.passed(results()))
    assert passed == results()
    for _ in range(2):
        again = list(kept)
        assert [(each.filename, each.errors, list(each.findings)) for each in again] == [
            (each.filename, each.errors, list(each.findings)) for each in results()
        ]
        assert [each.text for each in again if each.findings] == [each.text for each in results() if each.findings]
    kept.close()


@pytest.mark.skipif(os.name != "posix", reason="owners and modes of POSIX")
def test_a_file_that_is_written_again_keeps_what_it_is(healthlint: Run, here: Path) -> None:
    real = here / "real.json"
    real.write_text("[]")
    real.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(real, 12345, 12346)
    (here / "link.json").symlink_to("real.json")
    before = real.stat()
    assert healthlint("a.md", *ONLY, "--output-file", "json:link.json").returncode == 1
    after = real.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert len(json.loads(real.read_text())) == 1
    assert (here / "link.json").is_symlink()
