"""A run that is the same as an earlier one, and runs that are not."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from projects import RULE
from test_across import CAST, NAME, prose

from healthlint import kept, replay, reports
from healthlint.kept import Kept

BAD = "# Garlic\n\nGarlic cures high blood pressure.\n"
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command, run in a folder of its own with a cache of its own; it says which modules it imported."""
    monkeypatch.setenv(kept.FOLDER, str(tmp_path / "kept"))
    here = tmp_path / "here"
    here.mkdir()
    (here / "a.md").write_text(BAD)

    def run(*arguments: str, status: int = 1) -> subprocess.CompletedProcess[str]:
        program = (
            "import sys\nfrom healthlint.__main__ import main\nstatus = main()\n"
            "sys.stdout.flush(); print('\\n' + ' '.join(sys.modules), file=sys.stderr); sys.exit(status)"
        )
        command = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(command, check=False, cwd=here, capture_output=True, text=True)
        assert done.returncode == status
        return done

    return run


def modules(done: subprocess.CompletedProcess[str]) -> set[str]:
    return set(done.stderr.splitlines()[-1].split())


def said(done: subprocess.CompletedProcess[str]) -> tuple[str, list[str]]:
    return done.stdout, done.stderr.splitlines()[:-2]


def was_replayed(done: subprocess.CompletedProcess[str]) -> bool:
    return "healthlint.cli" not in modules(done)


@pytest.mark.parametrize("option", [["--cache-dir", "there"], ["--cache-dir=there"]])
def test_a_cache_elsewhere_knows_the_same_run(command: Command, option: list[str]) -> None:
    first, second = (command(*option, "a.md") for _ in range(2))
    assert said(first) == said(second)
    assert was_replayed(second)
    assert not was_replayed(command("--cache-dir", "elsewhere", "a.md"))


@pytest.mark.parametrize("form", reports.FORMATS)
def test_the_same_run_says_the_same_and_imports_next_to_nothing(command: Command, form: str) -> None:
    first, second = (command("--output-format", form, "a.md") for _ in range(2))
    assert said(first) == said(second)
    assert not was_replayed(first)
    assert was_replayed(second)
    assert modules(second).isdisjoint({"argparse", "msgspec", "yaml", "re", "typing", "pathlib", "json"})


def test_a_changed_article_is_linted_again(command: Command, tmp_path: Path) -> None:
    command("a.md")
    (tmp_path / "here" / "a.md").write_text(BAD.replace("cures", "may lower"))
    done = command("--select", "claims", "a.md", status=0)
    assert not was_replayed(done)
    assert "cures" not in done.stdout


def test_other_options_are_another_run(command: Command) -> None:
    command("a.md")
    assert not was_replayed(command("--select", "claims", "a.md"))
    assert not was_replayed(command("--exit-zero", "a.md", status=0))


def test_a_configuration_is_part_of_the_run(command: Command, tmp_path: Path) -> None:
    command("--select", "claims", "a.md")
    (tmp_path / ".healthlint.yaml").write_text("ignore: [claims]\n")  # in the folder above
    assert not was_replayed(command("a.md", status=0))
    assert was_replayed(command("a.md", status=0))


def test_what_a_configuration_names_is_part_of_the_run(command: Command, tmp_path: Path) -> None:
    (tmp_path / ".healthlint.yaml").write_text("rules: [house]\nextend: base.yaml\n")
    (tmp_path / "base.yaml").write_text("ignore: [sources]\n")
    (tmp_path / "house" / "house").mkdir(parents=True)
    command("a.md")
    assert was_replayed(command("a.md"))
    (tmp_path / "house" / "house" / "a.yaml").write_text(RULE.replace("PREVIEW", "false"))
    assert not was_replayed(command("a.md"))
    assert was_replayed(command("a.md"))
    (tmp_path / "base.yaml").write_text("ignore: [claims]\n")
    assert not was_replayed(command("a.md", status=0))
    assert was_replayed(command("a.md", status=0))


UNTIL = "<!-- healthlint-disable claims until={} -- an old advertisement -->\n\n"


def test_a_run_that_depends_on_a_day_is_kept_until_it_is_over(command: Command, tmp_path: Path) -> None:
    today = datetime.now().astimezone().date()
    text = UNTIL.format(today) + BAD
    (tmp_path / "here" / "a.md").write_text(text)
    run = ("--select", "claims,suppressions", "a.md")
    command(*run, status=0)
    assert was_replayed(command(*run, status=0))
    ((key, said),) = reports_kept(tmp_path)
    assert str(today) in said
    store = Kept(str(tmp_path / "kept"))  # as if it were kept on the day after
    over = zlib.compress(said.replace(str(today), f"{today}+").encode())
    store.put("replay", key, len(over).to_bytes(8, "little") + over + zlib.compress(b""))
    store.save()
    assert not was_replayed(command(*run, status=0))


def test_a_run_that_is_given_its_day_is_kept_for_good(command: Command, tmp_path: Path) -> None:
    (tmp_path / "here" / "a.md").write_text(UNTIL.format("2027-01-31") + BAD)
    run = ("--select", "claims", "a.md", "--today")
    for _ in range(2):
        command(*run, "2027-01-31", status=0)
        command(*run, "2027-02-01", status=1)
    assert was_replayed(command(*run, "2027-02-01", status=1))
    assert not any("2027-01-31" in said.split("\0")[2] for _, said in reports_kept(tmp_path))


def reports_kept(folder: Path) -> list[tuple[str, str]]:
    """The keys of the runs whose reports are kept, and what those depend on."""
    with sqlite3.connect(folder / "kept" / kept.NAME) as file:
        keys = [key for (key,) in file.execute("SELECT key FROM kept WHERE kind = 'replay'")]
    store = Kept(str(folder / "kept"))
    entries = [(key, store.get("replay", key) or b"") for key in keys]
    return [(key, zlib.decompressobj().decompress(entry[8:]).decode()) for key, entry in entries]


def test_a_report_that_is_damaged_is_made_anew(command: Command, tmp_path: Path) -> None:
    (tmp_path / "here" / "a.md").write_text(BAD)
    command("a.md")
    with sqlite3.connect(tmp_path / "kept" / kept.NAME) as file:
        file.execute("UPDATE kept SET value = x'00' WHERE kind = 'replay'")
    assert not was_replayed(command("a.md"))
    assert was_replayed(command("a.md"))


def test_the_top_of_the_repository_is_part_of_the_run(command: Command, tmp_path: Path) -> None:
    run = ("--output-format", "github", "a.md")
    assert ",file=a.md," in command(*run).stdout
    (tmp_path / ".git").mkdir()
    assert ",file=here/a.md," in command(*run).stdout


def test_files_that_an_article_leads_to_are_part_of_the_run(command: Command, tmp_path: Path) -> None:
    (tmp_path / "here" / "a.md").write_text(BAD + "\nSee [the doses](doses.md).\n")
    doses = tmp_path / "here" / "doses.md"
    run, broken = ("--output-format", "json", "a.md"), "sources/broken-local-link"
    prepared: list[Callable[[], object]] = [lambda: doses.write_text("# Doses\n"), doses.unlink]
    for prepare in (lambda: None, *prepared):
        prepare()
        first, second = command(*run), command(*run)
        assert not was_replayed(first)
        assert was_replayed(second)
        assert said(first) == said(second)
        assert (broken in {found["code"] for found in json.loads(second.stdout)}) != doses.exists()


def test_articles_that_are_compared_are_all_part_of_the_run(command: Command, tmp_path: Path) -> None:
    first, second = (f"# {n}\n\n{prose(n)}\n## Cast\n\n{CAST}" for n in (1, 2))
    for name, text in (("1.md", first), ("2.md", second), ("3.md", first.replace("Cast", "Arm"))):
        (tmp_path / "here" / name).write_text(text)
    run = ("--select", NAME, "1.md", "2.md")
    once, again = command(*run), command(*run)
    assert was_replayed(again)
    assert said(once) == said(again)
    assert "2.md:5" in once.stdout
    assert not was_replayed(command("--select", NAME, "2.md", "1.md"))  # the other one is the copy
    command("--select", NAME, "2.md", status=0)
    (tmp_path / "here" / "1.md").write_text(f"# 1\n\n{prose(1)}")
    done = command(*run, status=0)
    assert not was_replayed(done)


@pytest.mark.parametrize("arguments", [["."], ["--no-cache", "a.md"], ["--output-file", "report.txt", "a.md"]])
def test_what_depends_on_more_is_run_again(command: Command, arguments: list[str]) -> None:
    for _ in range(2):
        assert not was_replayed(command(*arguments))


def test_a_file_that_an_option_names_is_no_article(command: Command, tmp_path: Path) -> None:
    (tmp_path / "here" / "claims").write_text("the folder is linted, and not this file")
    (tmp_path / "here" / "b.json").write_text('{"version": 1, "findings": []}')
    for run in (["--select", "claims"], ["--select", "claims", "--baseline", "b.json"]):
        for _ in range(2):
            assert not was_replayed(command(*run))
    assert not was_replayed(command("--baseline", "b.json", "a.md"))
    assert was_replayed(command("--baseline", "b.json", "a.md"))
    (tmp_path / "here" / "b.json").write_text('{"version": 1, "findings": [ ]}')
    assert not was_replayed(command("--baseline", "b.json", "a.md"))


def test_nothing_is_kept_of_a_run_that_went_wrong(command: Command, tmp_path: Path) -> None:
    (tmp_path / "here" / "b.md").write_bytes(b"\xff\xfe\xfa")
    for _ in range(2):
        assert not was_replayed(command("b.md", status=2))


def test_a_run_that_follows_links_depends_on_what_others_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(BAD)
    assert replay.key_of(["a.md"], [])
    assert not replay.key_of(["--check-links", "a.md"], [])


@pytest.mark.parametrize("piece", [1, 7, replay._PIECE])
def test_what_is_said_in_pieces_is_said_again(piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "_PIECE", piece)
    monkeypatch.setattr(kept, "run", Kept(str(tmp_path)))
    parts = ["Kürbis ", "", "\udce9 \ud83d", "\0\r\n", "\N{GARLIC}"] * 400
    report = replay.Said()
    for part in parts:
        report.add(part)
    replay.keep("key", 1, report, "1 finding\n")
    status, out, errors = replay.known("key") or (0, iter(()), "")
    assert (status, "".join(out), errors) == (1, "".join(parts), "1 finding\n")


def test_a_report_that_grows_too_long_is_neither_held_nor_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kept, "run", Kept(str(tmp_path)))
    monkeypatch.setattr(replay, "LARGEST_REPORT", 10_000)
    report, short = replay.Said(), replay.Said()
    held = []
    for number in range(20_000):
        report.add(f"{number} ")
        held.append(sum(map(len, report._parts)))
    assert max(held) <= replay.LARGEST_REPORT
    assert held[-1] == 0
    short.add("0 " * 20_000)  # as compressed as it is kept
    for key, each in (("long", report), ("short", short)):
        replay.keep(key, 0, each, "")
    assert replay.known("long") is None
    assert replay.known("short")
