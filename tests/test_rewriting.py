"""Files that are fixed: written whole or not at all, in their own encoding, and only if nobody else wrote them."""

from __future__ import annotations

import codecs
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Run

from healthlint.writing import Changed, rewrite

OLD = "# Warfarin {n}\n\nTake 5.0 mg of warfarin QD with water. Café.\n\nThen 10 mg BID dosing of warfarin.\n"
NEW = OLD.replace("5.0 mg", "5 mg").replace("QD", "once a day")
NEWER = NEW.replace("BID", "twice a day")
SELECT = ("--isolated", "--select", "dosing")
MARKS = {"utf-8": b"", "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def put(folder: Path, name: str, text: str = OLD) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


# What the command does


def test_safe_fixes_are_written_and_the_rest_is_reported(healthlint: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.md")
    done = healthlint(*SELECT, "--fix", "--output-format", "concise", "a.md")
    assert path.read_text("utf-8") == NEW
    assert done.returncode == 1
    assert done.stdout.startswith("a.md:5:12: warning dosing/error-prone-abbreviation ")
    assert done.stdout.count("\n") == 1
    assert done.stderr == (
        "fixed 2 findings in 1 article; left: 1 finding (1 warning) in 1 of 1 article; "
        "1 more can be fixed with --unsafe-fixes\n"
    )
    again = healthlint(*SELECT, "--fix", "a.md")
    assert path.read_text("utf-8") == NEW
    assert again.stderr.startswith("fixed nothing; left: 1 finding")


def test_unsafe_fixes_are_written_if_they_are_asked_for(healthlint: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.md")
    done = healthlint(*SELECT, "--fix", "--unsafe-fixes", "a.md")
    assert path.read_text("utf-8") == NEWER
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "fixed 3 findings in 1 article; left: no findings in 1 article\n"


def test_without_fix_nothing_is_written(healthlint: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.md")
    done = healthlint(*SELECT, "a.md")
    assert '  --fix would write "5 mg"\n' in done.stdout
    assert "--unsafe-fixes would" not in done.stdout
    assert done.stderr.endswith("2 can be fixed with --fix; 1 more can be fixed with --fix --unsafe-fixes\n")
    shown = healthlint(*SELECT, "--unsafe-fixes", "a.md").stdout
    assert '  --fix --unsafe-fixes would write "twice a day"\n' in shown
    concise = healthlint(*SELECT, "--unsafe-fixes", "--output-format", "concise", "a.md").stdout
    assert [line.rpartition(" [")[2] for line in concise.splitlines()] == ["--fix]"] * 2 + ["--fix --unsafe-fixes]"]
    found = json.loads(healthlint(*SELECT, "--output-format", "json", "a.md").stdout)
    assert [each["fix"]["applicability"] for each in found] == ["safe", "safe", "unsafe"]
    edit = {"content": "5", "location": {"row": 3, "column": 6}, "end_location": {"row": 3, "column": 9}}
    assert found[0]["fix"] == {"applicability": "safe", "message": 'write "5 mg"', "edits": [edit]}
    assert path.read_text("utf-8") == OLD


def test_fixes_are_listed_by_file_and_rule(healthlint: Run, tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    put(tmp_path, "b.md", "# Warfarin\n\nTake 5 mg of warfarin.\n")
    done = healthlint(*SELECT, "--fix", "--show-fixes", "a.md", "b.md")
    assert done.stderr.splitlines()[:3] == [
        "a.md:",
        '  1 × dosing/error-prone-abbreviation: write "once a day"',
        '  1 × dosing/trailing-zero: write "5 mg"',
    ]
    assert "b.md" not in done.stderr


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "no end of line"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_diff_is_one_that_git_applies(healthlint: Run, tmp_path: Path, end: str, last: str, mark: bytes) -> None:
    before = mark + (OLD + last).replace("\n", end).encode()
    path = tmp_path / "a.md"
    path.write_bytes(before)
    done = healthlint(*SELECT, "--diff", "a.md")
    assert path.read_bytes() == before
    assert done.returncode == 1
    assert done.stderr == "would fix 2 findings in 1 article; 1 more can be fixed with --unsafe-fixes\n"
    apply = ["git", "apply", "-p0", "--whitespace=nowarn", "-"]
    raw = subprocess.run(
        [sys.executable, "-m", "healthlint", *SELECT, "--diff", "a.md"], check=False, capture_output=True, cwd=tmp_path
    )
    subprocess.run(apply, input=raw.stdout, check=True, cwd=tmp_path)
    assert path.read_bytes() == mark + (NEW + last).replace("\n", end).encode()
    assert healthlint(*SELECT, "--diff", "a.md").returncode == 0


def test_standard_input_is_fixed_to_standard_output(healthlint: Run) -> None:
    done = healthlint(*SELECT, "--fix", "--stdin-filename", "a.md", "-", stdin=OLD.replace("\n", "\r\n"))
    assert done.stdout == NEW.replace("\n", "\r\n")
    assert "dosing/error-prone-abbreviation" in done.stderr
    assert done.returncode == 1
    unchanged = healthlint(*SELECT, "--fix", "-", stdin="Warfarin\n\nNothing to mend.\n")
    assert (unchanged.returncode, unchanged.stdout) == (0, "Warfarin\n\nNothing to mend.\n")
    assert healthlint(*SELECT, "--fix", "-", "a.md", stdin=OLD).returncode == 2
    json_ = healthlint(*SELECT, "--fix", "--output-format", "json", "-", stdin=OLD)
    assert json_.stdout == NEW


def test_what_is_no_article_goes_through_as_it_is(healthlint: Run) -> None:
    done = healthlint(*SELECT, "--fix", "-", stdin=b"a\0b")
    assert (done.returncode, done.stdout) == (2, "a\0b")


def test_the_cache_knows_what_was_written(healthlint: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.md")
    place = ("--cache-dir", str(tmp_path / "kept"), "--output-format", "json")
    before = healthlint(*SELECT, *place, "a.md").stdout
    left = healthlint(*SELECT, *place, "--fix", "a.md").stdout
    assert healthlint(*SELECT, *place, "a.md").stdout == left != before
    assert healthlint(*SELECT, "--no-cache", "--output-format", "json", "a.md").stdout == left
    path.write_text(OLD, "utf-8")
    assert healthlint(*SELECT, *place, "a.md").stdout == before
    assert healthlint(*SELECT, *place, "--fix", "a.md").stdout == left
    assert path.read_text("utf-8") == NEW


def test_a_run_that_fixes_is_not_said_again(healthlint: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.md")
    for _ in range(2):
        path.write_text(OLD, "utf-8")
        assert healthlint(*SELECT, "--fix", "a.md").stderr.startswith("fixed 2 findings")
        assert path.read_text("utf-8") == NEW


# How it is written


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", MARKS)
def test_encoding_and_line_ends_stay(healthlint: Run, tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(MARKS[encoding] + OLD.replace("\n", end).encode(encoding))
    healthlint(*SELECT, "--fix", "a.md")
    assert path.read_bytes() == MARKS[encoding] + NEW.replace("\n", end).encode(encoding)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_mode_and_link_stay(healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    path = put(tmp_path / "there", "a.md")
    path.chmod(0o640)
    (tmp_path / "b.md").symlink_to(path)
    healthlint(*SELECT, "--fix", "b.md")
    assert (tmp_path / "b.md").is_symlink()
    assert path.read_text("utf-8") == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in (tmp_path / "there").iterdir()] == ["a.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_read_only_file_is_left_alone(healthlint: Run, tmp_path: Path) -> None:
    path, other = put(tmp_path, "a.md"), put(tmp_path, "b.md")
    path.chmod(0o444)
    done = healthlint(*SELECT, "--fix", "--output-format", "concise", "a.md", "b.md")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "healthlint: a.md: cannot be written (it is read-only), and is left as it is; check its mode and its folder"
    )
    assert (path.read_text("utf-8"), other.read_text("utf-8")) == (OLD, NEW)
    assert "b.md:5:12" in done.stdout
    assert "a.md" not in done.stdout


def test_a_file_that_somebody_else_wrote_is_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path, "a.md", "theirs")
    with pytest.raises(Changed):
        rewrite(path, b"old", b"new")
    assert path.read_text() == "theirs"
    rewrite(path, b"old", b"theirs")  # they did the same
    rewrite(path, b"theirs", b"new")
    assert path.read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_a_change_while_it_is_fixed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from healthlint import cli, runner

    path = put(tmp_path, "a.md")
    work = runner.Linter.work

    def meanwhile(self: runner.Linter, task: runner.Task) -> runner.Outcome:
        outcome = work(self, task)
        path.write_text("Somebody else's words.\n")
        return outcome

    monkeypatch.setattr(runner.Linter, "work", meanwhile)
    monkeypatch.chdir(tmp_path)
    assert cli.main([*SELECT, "--no-cache", "--fix", "a.md"]) == 2
    assert path.read_text() == "Somebody else's words.\n"
    assert "a.md: was changed while it was being fixed, and is left as it is; run again" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="owners of POSIX")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    path = put(tmp_path, "a.md", "old")
    os.chown(path, 12345, 23456)
    rewrite(path, b"old", b"new")
    assert (path.stat().st_uid, path.stat().st_gid, path.read_text()) == (12345, 23456, "new")


def test_a_word_file_is_only_reported(healthlint: Run, tmp_path: Path) -> None:
    from word import p, word_file

    path = tmp_path / "a.docx"
    path.write_bytes(word_file(p("Warfarin", style="Title"), p("Take 5.0 mg of warfarin QD with water.")))
    before = path.read_bytes()
    done = healthlint(*SELECT, "--fix", "--unsafe-fixes", "--output-format", "json", "a.docx")
    assert [each["fix"] for each in json.loads(done.stdout)] == [None, None]
    assert done.stderr.startswith("fixed nothing; left: 2 findings")
    assert path.read_bytes() == before


# Many files, and runs that are killed


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        put(folder, f"{number:03}.md", OLD.format(n=number) + "More of it.\n" * number)
    return folder


def states(folder: Path) -> list[str]:
    """'old' or 'new' for each article; what is neither fails."""
    found = []
    for number in range(200):
        text = (folder / f"{number:03}.md").read_text("utf-8")
        old, new = (each.format(n=number) + "More of it.\n" * number for each in (OLD, NEW))
        assert text in (old, new), f"{number:03}.md is neither old nor new"
        found.append("new" if text == new else "old")
    return found


def start(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "healthlint", *SELECT, "--no-cache", "--fix", *options, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("enough", [1, 17, 60, 140])
def test_a_run_that_is_killed_leaves_each_file_old_or_new(many: Path, enough: int) -> None:
    run = start(many, "--jobs", "2")
    while run.poll() is None and states(many).count("new") < enough:
        time.sleep(0.001)
    if run.poll() is None:
        os.killpg(run.pid, signal.SIGKILL)
    run.communicate(timeout=30)
    assert states(many).count("new") >= enough
    rest = start(many, "--jobs", "1")
    assert rest.communicate(timeout=120)[1].startswith(b"fixed")
    assert states(many) == ["new"] * 200


def test_two_runs_at_once_agree(many: Path) -> None:
    runs = [start(many, "--jobs", "1") for _ in range(2)]
    errors = [run.communicate(timeout=120)[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [1, 1], errors
    assert all(error.startswith("fixed") for error in errors)
    assert states(many) == ["new"] * 200
    assert len(list(many.iterdir())) == 200


def test_one_process_and_many_write_the_same(many: Path) -> None:
    run = start(many, "--jobs", "3")
    assert run.communicate(timeout=120)[1].startswith(b"fixed 400 findings in 200 articles")
    assert states(many) == ["new"] * 200


# What a configuration has

OPTION = "options: {{disclaimers/missing-medical-disclaimer: {{notice: {} }}}}\n"


def test_the_configured_disclaimer_is_put_at_the_end(healthlint: Run, tmp_path: Path) -> None:
    words = "Metformin lowers blood sugar in people with type 2 diabetes. Take 500 mg with food twice a day. "
    before = f"# Metformin\r\n\r\n{words * 4}\r\n\r\n- one\r\n"
    page = f"<article><h1>Metformin</h1>\n<p>{words * 4}</p>\n</article>\n<footer><p>Us</p></footer>\n"
    for name, text in (("a.md", before), ("a.html", page)):
        (tmp_path / name).write_bytes(text.encode())
    run = ("--select", "disclaimers/missing-medical-disclaimer", "--fix", "--unsafe-fixes", "a.md", "a.html")
    notice = "This page is general information & does not replace medical advice."
    (tmp_path / ".healthlint.yaml").write_text(OPTION.format(notice))
    assert healthlint(*run).stderr.startswith("fixed 2 findings in 2 articles; left: no findings")
    assert (tmp_path / "a.md").read_bytes().decode() == f"{before[:-2]}\r\n\r\n{notice}\r\n"
    paragraph = f"<p>{notice.replace('&', '&amp;')}</p>\n</article>"
    assert (tmp_path / "a.html").read_text() == page.replace("</article>", paragraph)


def test_a_disclaimer_that_says_nothing_is_not_put_in(healthlint: Run, tmp_path: Path) -> None:
    words = "Metformin lowers blood sugar in people with type 2 diabetes. Take 500 mg with food twice a day. "
    path = put(tmp_path, "a.md", f"# Metformin\n\n{words * 4}\n")
    before = path.read_bytes()
    run = ("--select", "disclaimers/missing-medical-disclaimer", "--fix", "--unsafe-fixes", "a.md")
    for configuration in ("", OPTION.format("Have a nice day.")):
        (tmp_path / ".healthlint.yaml").write_text(configuration)
        assert healthlint(*run).stderr.startswith("fixed nothing; left: 1 finding")
        assert path.read_bytes() == before


def test_known_findings_are_not_fixed(healthlint: Run, tmp_path: Path) -> None:
    path = put(tmp_path, "a.md")
    assert healthlint("baseline", "--select", "dosing/trailing-zero", "a.md").returncode == 0
    done = healthlint("--select", "dosing", "--baseline", ".healthlint-baseline.json", "--fix", "a.md")
    assert path.read_text("utf-8") == OLD.replace("QD", "once a day")
    assert done.stderr.startswith("fixed 1 finding in 1 article")
