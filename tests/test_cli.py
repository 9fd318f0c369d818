"""The command as its users run it: what it says, where it says it, and how it exits."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Run

BAD = "# Garlic\n\n<!-- healthlint-disable clams -->\n\nGarlic is a plant.\n"
ONLY = ("--select", "suppressions")  # a rule whose findings no change of a word list can move

RULE = """\
summary: Find nothing.
why: To see how a folder of rules is tested.
source: {name: "the tests", url: "https://example.org/rules"}
severity: warning
message: '"{quote}" is marked.'
check: suppressions
examples:
  flagged: ["[[a]] b", "[[c]] d"]
  clean: ["e", "f"]
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_clean_and_not_clean(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "good.md", "# Garlic\n\nGarlic is a plant.\n")
    done = healthlint("good.md", *ONLY)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no findings in 1 article\n")
    write(tmp_path, "bad.md", BAD)
    done = healthlint(*ONLY)
    assert done.returncode == 1
    assert done.stdout.startswith("bad.md:3:")
    assert done.stderr == "1 finding (1 warning) in 1 of 2 articles\n"


def test_fail_on(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.md", BAD)
    assert healthlint("a.md", *ONLY).returncode == 1
    assert healthlint("a.md", *ONLY, "--fail-on", "error").returncode == 0
    assert healthlint("a.md", *ONLY, "--fail-on", "info").returncode == 1
    assert healthlint("a.md", *ONLY, "--fail-on", "never").returncode == 0
    assert healthlint("a.md", *ONLY, "--exit-zero").returncode == 0
    assert healthlint("a.md", "missing.md", *ONLY, "--exit-zero").returncode == 2
    write(tmp_path, ".healthlint.yaml", "fail-on: error")
    assert healthlint("a.md", *ONLY).returncode == 0
    assert healthlint("a.md", *ONLY, "--fail-on", "warning").returncode == 1
    assert healthlint("a.md", *ONLY, "--isolated").returncode == 1
    write(tmp_path, ".healthlint.yaml", "fail-on: error\nseverity: {suppressions: error}")
    assert healthlint("a.md", *ONLY).returncode == 1


def test_json_alone_on_stdout(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "bad.md", BAD)
    done = healthlint("bad.md", "missing.md", *ONLY, "--output-format", "json")
    assert done.returncode == 2
    (found,) = json.loads(done.stdout)
    assert (found["filename"], found["category"], found["location"]["row"]) == ("bad.md", "suppressions", 3)
    assert done.stderr == "healthlint: missing.md: is no file or folder; check the name\n"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("empty.md", b"", "is empty"),
        ("nul.md", b"a\0b", "is not text"),
        ("latin.md", b"ok\ncaf\xe9 au lait\n", "is not UTF-8 (line 2); save it as UTF-8"),
        ("half.md", b"\xff\xfea\x00b", "is not UTF-16"),
        ("big.md", b"a" * 10_000_001, "has 10,000,001 bytes, more than 10 MB; split it, exclude it"),
    ],
)
def test_what_cannot_be_linted_costs_nothing_else(
    healthlint: Run, tmp_path: Path, name: str, data: bytes, what: str
) -> None:
    write(tmp_path, name, data)
    write(tmp_path, "z.md", BAD)
    done = healthlint(*ONLY, "--output-format", "concise")
    assert done.returncode == 2
    assert done.stdout.startswith("z.md:3:")
    assert done.stderr.startswith(f"healthlint: {name}: {what}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf" + BAD.encode(), BAD.encode("utf-16"), BAD.replace("\n", "\r\n").encode()]
)
def test_what_editors_do_to_files(healthlint: Run, tmp_path: Path, data: bytes) -> None:
    write(tmp_path, "a.md", data)
    (found,) = json.loads(healthlint("a.md", *ONLY, "--output-format", "json").stdout)
    assert found["location"] == {"row": 3, "column": 1}
    assert found["end_location"] == {"row": 3, "column": 34}


def test_a_folder_without_articles(healthlint: Run) -> None:
    done = healthlint()
    assert done.returncode == 2
    assert done.stderr.startswith("healthlint: .: is a folder without articles")


def test_stdin(healthlint: Run, tmp_path: Path) -> None:
    write(
        tmp_path, ".healthlint.yaml", "per-path: [{paths: [blog/], ignore: [suppressions]}]\nextend-exclude: [drafts/]"
    )
    done = healthlint("-", *ONLY, "--output-format", "concise", stdin=BAD)
    assert done.stdout.startswith("stdin.txt:3:")
    done = healthlint("-", *ONLY, "--stdin-filename", "news/a.md", "--output-format", "concise", stdin=BAD)
    assert done.stdout.startswith("news/a.md:3:")
    assert healthlint("-", "--stdin-filename", "blog/a.md", *ONLY, stdin=BAD).returncode == 0
    assert healthlint("-", "--stdin-filename", "drafts/a.md", *ONLY, stdin=BAD).returncode == 1
    assert healthlint("-", "--stdin-filename", "drafts/a.md", "--force-exclude", *ONLY, stdin=BAD).returncode == 0
    assert healthlint("-", stdin=b"\xff").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--selct claims", "there is no option --selct; did you mean '--select'?"),
        ("--output-format jsn", "argument --output-format: invalid choice: 'jsn'"),
        ("--select clams", "--select: there is no rule or group 'clams'; did you mean 'claims'?"),
        (
            "--ignore claims/promotionl",
            "--ignore: there is no rule or group 'claims/promotionl'; did you mean 'claims/",
        ),
        ("--config missing.yaml", "missing.yaml: it cannot be read"),
        ("--config a --isolated", "argument --isolated: not allowed with argument --config"),
        ("explain", "the following arguments are required: RULE; see healthlint explain --help"),
        ("explain promotional", "there is no rule or group 'promotional'; did you mean 'claims/promotional'?"),
        ("explain a b", "there is one argument too many: b"),
        ("server --tcp 0", "argument --tcp: '0' is no number from 1 to 65535"),
        ("test missing", "missing: there is no such folder"),
        ("test .", ".: there is no rule in this folder"),
        ("a.md --output-file missing/out.txt", "missing/out.txt: cannot be written"),
    ],
)
def test_wrong_usage(healthlint: Run, tmp_path: Path, arguments: str, said: str) -> None:
    write(tmp_path, "a.md", "Text.\n")
    done = healthlint(*arguments.split())
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"healthlint: {said}")
    assert done.stderr.count("\n") == 1


def test_options_and_paths_in_any_order(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.md", BAD)
    write(tmp_path, "b.md", BAD)
    done = healthlint("a.md", *ONLY, "b.md", "--statistics")
    assert done.stdout == "2  suppressions/unused\n"


def test_a_broken_configuration_stops_only_its_own_articles(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "good/a.md", BAD)
    write(tmp_path, "broken/.healthlint.yaml", "selct: [claims]")
    write(tmp_path, "broken/a.md", BAD)
    write(tmp_path, "broken/b.md", BAD)
    done = healthlint(*ONLY, "--output-format", "concise")
    assert done.returncode == 2
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["good/a.md"]
    assert done.stderr == "healthlint: broken/.healthlint.yaml:1: selct: unknown key; did you mean 'select'?\n"


def test_a_broken_rule_leaves_the_others(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.md", BAD)
    write(tmp_path, "house-rules/house/new.yaml", RULE.replace("severity: warning", "severity: high"))
    write(tmp_path, ".healthlint.yaml", "rules: [house-rules]\nselect: [suppressions, house]")
    done = healthlint("a.md", "--output-format", "concise")
    assert done.returncode == 2
    assert "suppressions/unused" in done.stdout
    assert done.stderr == "healthlint: house-rules/house/new.yaml:4: severity: 'high' is none of error, warning, info\n"


def test_output_file(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.md", BAD)
    out = write(tmp_path, "out.json", "old")
    out.chmod(0o640)
    done = healthlint("a.md", *ONLY, "--output-format", "json", "--output-file", "out.json", env={"FORCE_COLOR": "1"})
    assert (done.returncode, done.stdout) == (1, "")
    assert len(json.loads(out.read_text())) == 1
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "out.json"]
    healthlint("a.md", *ONLY, "--output-file", "new.txt", env={"FORCE_COLOR": "1"})
    assert "\x1b" not in (tmp_path / "new.txt").read_text()


def test_exclude(healthlint: Run, tmp_path: Path) -> None:
    for name in ("a.md", "drafts/b.md", "node_modules/c.md", "old/d.md"):
        write(tmp_path, name, BAD)

    def linted(*arguments: str) -> list[str]:
        done = healthlint(*ONLY, "--output-format", "concise", *arguments)
        return [line.partition(":")[0] for line in done.stdout.splitlines()]

    assert linted() == ["a.md", "drafts/b.md", "old/d.md"]
    assert linted("--extend-exclude", "drafts,old") == ["a.md"]
    assert linted("--exclude", "a.md") == ["drafts/b.md", "node_modules/c.md", "old/d.md"]
    write(tmp_path, ".healthlint.yaml", "extend-exclude: [drafts/]")
    assert linted() == ["a.md", "old/d.md"]
    assert linted("drafts/b.md") == ["drafts/b.md"]
    assert linted("drafts/b.md", "--force-exclude") == []


def test_colour(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.md", BAD)
    assert "\x1b" not in healthlint("a.md", *ONLY).stdout
    assert "\x1b" in healthlint("a.md", *ONLY, env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in healthlint("a.md", *ONLY, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert "\x1b" not in healthlint("a.md", *ONLY, "--no-color", env={"FORCE_COLOR": "1"}).stdout


def test_colour_on_a_terminal(tmp_path: Path) -> None:
    write(tmp_path, "a.md", BAD)
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "healthlint", "a.md", *ONLY]
    subprocess.run(
        command, cwd=tmp_path, stdout=theirs, stderr=theirs, env={**environment, "TERM": "xterm"}, check=False
    )
    os.close(theirs)
    assert b"\x1b[1;33mwarning" in os.read(ours, 100_000)
    os.close(ours)


def test_a_terminal_that_knows_ascii_alone(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.md", "<!-- healthlint-disable clams --> \u6cbb\u7642\n")
    done = healthlint("a.md", *ONLY, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert "\\u6cbb" in done.stdout


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "<!-- healthlint-disable clams -->\n\nText.\n\n" * 5_000)
    command = f"'{sys.executable}' -m healthlint a.md --select suppressions | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("a.md:1:")
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("redirect", [">/dev/full", ">&-", "2>&-", "<&-"])
def test_streams_that_are_full_or_closed(tmp_path: Path, redirect: str) -> None:
    write(tmp_path, "a.md", BAD)
    command = f"'{sys.executable}' -m healthlint a.md --select suppressions {redirect}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == (2 if redirect == ">/dev/full" else 1)


def test_ctrl_c(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "healthlint", "-"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.5)  # until it waits for standard input
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in stderr


def test_help_and_version(healthlint: Run) -> None:
    done = healthlint("--help")
    assert done.returncode == 0
    assert "explain RULE" in done.stdout
    assert healthlint("--version").stdout.startswith("healthlint 0.")
    for command in ("rules", "explain", "test", "measure"):
        assert healthlint(command, "--help").stdout.startswith(f"usage: healthlint {command}")


def test_rules(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "house-rules/house/new.yaml", RULE.replace("severity: warning", "severity: info\npreview: true"))
    write(tmp_path, ".healthlint.yaml", "rules: [house-rules]")
    header, *lines = healthlint("rules").stdout.splitlines()
    assert header.split() == ["rule", "severity", "fix", "precision", "recall", "asks"]
    assert any(line.split() == ["house/new", "info", "-", "-", "Find", "nothing.", "(preview)"] for line in lines)
    assert any(line.startswith("suppressions/unused ") for line in lines)
    assert any(line.split()[:3] == ["dosing/trailing-zero", "error", "safe"] for line in lines)
    listed = json.loads(healthlint("rules", "--output-format", "json").stdout)
    (new,) = [rule for rule in listed if rule["code"] == "house/new"]
    assert new["source"] == {"name": "the tests", "url": "https://example.org/rules"}
    assert new["preview"] is True
    assert new["precision"] == {"right": 0, "given": 0, "ratio": None}
    assert new["measured_on"] == []
    assert len(listed) == len(lines)


def test_explain(healthlint: Run) -> None:
    said = healthlint("explain", "suppressions/unused").stdout
    for part in ("suppressions/unused (warning)", "Source:", "https://", "Message:", "Flagged:", "Clean:", "^^^"):
        assert part in said
    measured = healthlint("explain", "claims/promotional").stdout
    assert re.search(r"^Measured: precision \d+ of \d+, recall \d+ of \d+ on corpus \(tuned\)$", measured, re.MULTILINE)
    group = healthlint("explain", "claims")
    assert group.returncode == 0
    assert "claims/promotional" in group.stdout


def test_test_of_a_folder_of_rules(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "rules/house/idle.yaml", RULE)
    done = healthlint("test", "rules")
    assert done.returncode == 1
    assert done.stdout == (
        """\
rules/house/idle.yaml:8: examples.flagged[0]
  expected: "a"
  found:    nothing
rules/house/idle.yaml:8: examples.flagged[1]
  expected: "c"
  found:    nothing
house/idle: nothing exercises it: it finds nothing in any of its flagged examples
1 rule, 4 examples: 2 failed
"""
    )
    write(tmp_path, "rules/house/broken.yaml", RULE.replace("check: suppressions", "check: no-such"))
    done = healthlint("test", "rules")
    assert done.returncode == 2
    assert done.stderr.startswith("healthlint: rules/house/broken.yaml:6: check: there is no check 'no-such'")
    assert "1 rule, 4 examples: 2 failed" in done.stdout


def test_test_of_rules_that_pass(healthlint: Run, tmp_path: Path) -> None:
    flagged = "['[[<!-- healthlint-disable -->]]', 'Text.\n\n[[<!-- healthlint-disable nothing -->]]']"
    write(tmp_path, "rules/suppressions/unused.yaml", RULE.replace('["[[a]] b", "[[c]] d"]', flagged))
    done = healthlint("test", "rules")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 rule, 4 examples: none failed\n", "")


def test_the_seed_of_it_all(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.md", "# Garlic\n\nGarlic cures arthritis.\n")
    done = healthlint("a.md", "--output-format", "json")
    assert done.returncode == 1
    assert any(found["category"] == "claims" and found["location"]["row"] == 3 for found in json.loads(done.stdout))


def test_a_server_without_what_it_needs(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "without/pygls.py", "raise ImportError")
    done = healthlint("server", env={"PYTHONPATH": str(tmp_path / "without")})
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "healthlint: the server needs pygls beside healthlint; install it with: pip install 'pygls>=2.1,<3'\n"
    )
