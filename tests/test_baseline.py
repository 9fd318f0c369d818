"""Known findings are not told; new ones are, and entries that are found no more."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run
from projects import write
from test_across import CAST, NAME, prose

from healthlint import baseline, kept

ONLY = ("--select", "suppressions/unused,provenance/missing-author")
BODY = "Garlic is a plant that grows in many gardens, and its bulbs are eaten as a spice all over the world. " * 4
BAD = f"# Garlic\n\n<!-- healthlint-disable clams -->\n\n{BODY}\n"
FILE = baseline.NAME


def told(run: Run, *arguments: str, status: int, **options: object) -> tuple[list[str], str]:
    """The places of what is told, and what is said beside."""
    done = run(*ONLY, "--output-format", "concise", *arguments, **options)
    assert done.returncode == status, done
    return [line.split(" ")[0].rstrip(":") for line in done.stdout.splitlines()], done.stderr


def entries(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / FILE).read_text())["findings"]
    return found


@pytest.fixture
def known(tmp_path: Path, healthlint: Run) -> Path:
    """A project whose findings are all known."""
    write(tmp_path, BAD, "a.md")
    write(tmp_path, BAD.replace("Garlic", "Onion"), "deep/b.md")
    write(tmp_path, f"baseline: {FILE}")
    done = healthlint("baseline", *ONLY)
    assert done.returncode == 0
    assert done.stdout == f"{FILE}: 4 findings in 2 articles (4 new, 0 taken out)\n"
    return tmp_path


def test_only_what_is_new_is_told_and_fails(known: Path, healthlint: Run) -> None:
    assert told(healthlint, status=0) == ([], "")
    write(known, BAD + "\n<!-- healthlint-disable -->\n\nIt grows.\n", "a.md")
    assert told(healthlint, status=1) == (["a.md:7:1"], "")
    assert len(told(healthlint, "--no-baseline", status=1)[0]) == 5
    done = healthlint(*ONLY, "deep")
    assert done.stderr == "no findings in 1 article; the baseline has 2 known ones more\n"


def test_it_survives_edits_elsewhere_and_another_title(known: Path, healthlint: Run) -> None:
    write(known, "# All about garlic\n\nSome more.\n\n\n" + BAD.partition("\n")[2], "a.md")
    assert told(healthlint, status=0) == ([], "")


def test_from_every_folder_by_every_name(known: Path, healthlint: Run) -> None:
    assert told(healthlint, "deep/b.md", status=0)[0] == []
    assert told(healthlint, "../a.md", status=0, cwd=known / "deep")[0] == []
    assert told(healthlint, str(known / "a.md"), status=0)[0] == []
    assert told(healthlint, "-", "--stdin-filename", "deep/b.md", status=0, stdin=BAD)[0] == []
    assert len(told(healthlint, "-", "--stdin-filename", "c.md", status=1, stdin=BAD)[0]) == 2


def test_the_file_is_made_for_diffs(known: Path, healthlint: Run) -> None:
    text = (known / FILE).read_text()
    first, *lines, last = text.splitlines()
    assert (first, last) == ('{"version": 1, "findings": [', "]}")
    assert [json.loads(line.rstrip(","))["path"] for line in lines] == ["a.md", "a.md", "deep/b.md", "deep/b.md"]
    assert lines == sorted(lines)
    for jobs in ("1", "2"):
        healthlint("baseline", *ONLY, "--jobs", jobs)
        assert (known / FILE).read_text() == text
    (entry,) = [entry for entry in entries(known) if entry["code"] == "suppressions/unused" and entry["path"] == "a.md"]
    assert entry["words"] == "<!-- healthlint-disable clams -->"


def test_the_fingerprints_are_those_of_the_report(known: Path, healthlint: Run) -> None:
    done = healthlint(*ONLY, "--no-baseline", "--output-format", "json", "--config", ".healthlint.yaml")
    assert {found["fingerprint"] for found in json.loads(done.stdout)} == {e["fingerprint"] for e in entries(known)}


def test_entries_that_are_found_no_more(known: Path, healthlint: Run) -> None:
    write(known, f"# Garlic\n\n{BODY}\n", "a.md")
    said = f"{FILE}: 1 entry is found no more; take out by healthlint baseline --prune\n"
    assert told(healthlint, status=0) == ([], said)
    assert told(healthlint, "deep", status=0) == ([], "")  # nothing is known of an article that was not linted
    assert "no more" not in healthlint("--select", "provenance/missing-author").stderr
    (known / "deep" / "b.md").unlink()
    assert told(healthlint, "a.md", status=0)[1] == said
    assert told(healthlint, ".", status=0)[1] == said.replace("1 entry is", "3 entries are")
    write(known, BAD, "c.md")
    done = healthlint("baseline", *ONLY, "--prune")
    assert done.stdout == f"{FILE}: 1 finding in 1 article (0 new, 3 taken out)\n"
    assert len(told(healthlint, status=1)[0]) == 2
    done = healthlint("baseline", *ONLY)
    assert done.stdout == f"{FILE}: 3 findings in 2 articles (2 new, 0 taken out)\n"


def test_a_part_of_the_project_or_of_the_rules_leaves_the_rest_alone(known: Path, healthlint: Run) -> None:
    write(known, BAD.replace("clams", "claims"), "a.md")
    assert healthlint("baseline", *ONLY, "deep").stdout == f"{FILE}: 4 findings in 2 articles (0 new, 0 taken out)\n"
    done = healthlint("baseline", "--select", "provenance/missing-author")
    assert done.stdout == f"{FILE}: 4 findings in 2 articles (0 new, 0 taken out)\n"


def test_a_rule_that_is_gone(known: Path, healthlint: Run) -> None:
    text = (known / FILE).read_text().replace("provenance", "nothing")
    (known / FILE).write_text(
        text.replace("suppressions/unused", "suppressions/gone").replace('fingerprint":"', 'fingerprint":"0')
    )
    assert "4 entries are found no more" in told(healthlint, status=1)[1]


def test_copies_are_judged_where_all_articles_are(tmp_path: Path, healthlint: Run) -> None:
    for name, text in (
        ("1.md", f"# 1\n\n{prose(1)}\n## Cast\n\n{CAST}"),
        ("2.md", f"# 2\n\n{prose(2)}\n## Cast\n\n{CAST}"),
    ):
        write(tmp_path, text, name)
    write(tmp_path, f"baseline: {FILE}\nselect: [{NAME}]")
    assert healthlint("baseline").stdout.startswith(f"{FILE}: 1 finding in 1 article (1 new")
    for arguments in ((), ("1.md", "2.md"), ("2.md",), ("2.md", "1.md")):
        assert "no more" not in healthlint(*arguments).stderr
    write(tmp_path, f"# 2\n\n{prose(2)}\n", "2.md")
    assert healthlint("baseline", "--prune").stdout.startswith(f"{FILE}: 0 findings in 0 articles (0 new, 1 taken out)")


def test_without_a_key_it_stands_beside_the_configuration(tmp_path: Path, healthlint: Run) -> None:
    write(tmp_path, BAD, "deep/a.md")
    done = healthlint("baseline", *ONLY, cwd=tmp_path / "deep")
    assert done.stdout.splitlines()[1:] == [f'To use it, put "baseline: {FILE}" into .healthlint.yaml']
    assert (tmp_path / "deep" / FILE).is_file()
    assert told(healthlint, "--baseline", f"deep/{FILE}", status=0)[0] == []
    assert len(told(healthlint, status=1)[0]) == 2
    write(tmp_path, "fail-on: error")
    healthlint("baseline", *ONLY, "--baseline", "other.json", cwd=tmp_path / "deep")
    assert (tmp_path / "deep" / "other.json").is_file()
    healthlint("baseline", *ONLY, cwd=tmp_path / "deep")
    assert (tmp_path / FILE).is_file()


BROKEN = [
    ('{"version": 2, "findings": [{"id": 3}]}', "it is of version 2, and this healthlint reads version 1; delete it"),
    (
        '{"version": 1, "findings": [\n{',
        ":2: it is no JSON (Expecting property name enclosed in double quotes); delete",
    ),
    ('{"version": 1, "findings": [{"path": "a"}]}', "findings[0]: the key 'code' is missing; delete it"),
    ('{"findings": []}', "the key 'version' is missing; delete it"),
    ("[]", "expected a mapping, got a list; delete it"),
    ("\xff", "it is no JSON; delete it"),
    ("[" * 100_000, "it is no JSON; delete it"),
    ('"\\ud800"', "half of a character stands where something else is expected; delete it"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN, ids=[said[:20] for _, said in BROKEN])
def test_a_file_that_cannot_be_used(known: Path, healthlint: Run, text: str, said: str) -> None:
    (known / FILE).write_bytes(text.encode("latin-1"))
    write(known, "fail-on: warning", "other/.healthlint.yaml")
    write(known, BAD, "other/a.md")
    found, complaint = told(healthlint, status=2)
    assert found == ["other/a.md:1:3", "other/a.md:3:1"]  # its own configuration names none
    assert complaint.startswith(f"healthlint: {FILE}")
    assert said in complaint
    assert complaint.count("\n") == 1
    before = (known / FILE).read_bytes()
    done = healthlint("baseline")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert (known / FILE).read_bytes() == before


@pytest.mark.skipif(sys.platform == "darwin", reason="all names of files are UTF-8 there")
def test_an_article_whose_name_is_no_utf8_is_known_as_any(healthlint: Run, tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/\xff.md")).write_text(BAD)
    assert healthlint("baseline", *ONLY, ".").stdout.startswith(f"{FILE}: 2 findings in 1 article")
    found, said = told(healthlint, "--baseline", FILE, ".", status=0)
    assert (found, said) == ([], "")


def test_a_file_that_was_moved(known: Path, healthlint: Run) -> None:
    (known / FILE).unlink()
    said = f"healthlint: {FILE}: there is no such baseline; write it by healthlint baseline\n"
    assert told(healthlint, status=2) == ([], said)
    assert told(healthlint, "--baseline", "x.json", status=2)[1].startswith(
        "healthlint: --baseline: x.json: there is no"
    )
    assert healthlint("baseline", "--prune").returncode == 2
    assert healthlint("baseline", *ONLY).returncode == 0
    assert told(healthlint, status=0) == ([], "")


def test_a_folder_that_cannot_be_written(known: Path, healthlint: Run) -> None:
    done = healthlint("baseline", "--baseline", "missing/b.json")
    assert done.returncode == 2
    assert (
        done.stderr == "healthlint: missing/b.json: cannot be written (No such file or directory); check its folder\n"
    )


def test_an_article_that_cannot_be_read_keeps_its_entries(known: Path, healthlint: Run) -> None:
    (known / "a.md").write_bytes(b"\xff\xfe\xfa")
    done = healthlint("baseline", *ONLY)
    assert done.returncode == 2
    assert done.stdout == f"{FILE}: 4 findings in 2 articles (0 new, 0 taken out)\n"


def test_the_file_is_part_of_a_run_that_is_said_again(
    known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(kept.FOLDER, str(tmp_path / "kept"))
    program = (
        "import sys\nfrom healthlint.__main__ import main\nstatus = main()\n"
        "print('healthlint.cli' in sys.modules, file=sys.stderr); sys.exit(status)"
    )

    def run() -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-c", program, *ONLY, "a.md"], check=False, cwd=known, capture_output=True, text=True
        )
        return done.returncode, done.stderr.splitlines()[-1]

    assert [run(), run()] == [(0, "True"), (0, "False")]
    text = (known / FILE).read_text()
    (known / FILE).write_text('{"version": 1, "findings": []}')
    assert [run(), run()] == [(1, "True"), (1, "False")]
    (known / FILE).write_text(text)
    assert run()[0] == 0


def test_words_of_an_article_cannot_break_the_file(tmp_path: Path, healthlint: Run) -> None:
    comment = '<!-- healthlint-disable c"l\\a\u2028\u202ems \U0001f600 -->'
    write(tmp_path, f"# Garlic\n\n{comment}\n\n{BODY}\n", "a.md")
    healthlint("baseline", *ONLY)
    assert len((tmp_path / FILE).read_text().split("\n")) == 5
    assert len(entries(tmp_path)) == 2
    assert told(healthlint, "--baseline", FILE, status=0) == ([], "")


def test_another_process_needs_the_folder_alone(tmp_path: Path) -> None:
    one = baseline.Baseline(tmp_path / FILE, {"a": baseline.Entry(path="a", code="b", words="c", fingerprint="a")})
    again = pickle.loads(pickle.dumps(baseline.Baselines(one))).of(None)
    assert again.folder == one.folder
