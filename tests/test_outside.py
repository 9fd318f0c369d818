"""What articles, configurations and rules of strangers' name outside of the repository."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import Run
from projects import RULE

from healthlint import rules, yamlfile
from healthlint.analysis import lexicons
from healthlint.config import ConfigError, load
from healthlint.rules import RuleError

SECRET = "correct horse battery staple"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    (folder / "content").mkdir()
    (folder / "content" / "a.md").write_text("# Garlic\n\n<!-- healthlint-disable clams -->\n\nGarlic is a plant.\n")
    return folder


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


def test_a_link_is_looked_for_in_the_repository_alone(healthlint: Run, repository: Path, outside: Path) -> None:
    """Whether a file is there outside is not told by a finding, nor by its absence."""
    (outside / "there.md").write_text("x")
    links = ("../../outside/there.md", "../../outside/missing.md", "../missing.md", "../README.md")
    (repository / "README.md").write_text("x")
    (repository / "content" / "a.md").write_text("# T\n\n" + "\n\n".join(f"[the leaflet]({link})" for link in links))
    done = healthlint("--select", "sources/broken-local-link", "--output-format", "json", "content", cwd=repository)
    assert [found["location"]["row"] for found in json.loads(done.stdout)] == [7]


def test_a_link_that_leads_out_is_not_linted_unless_it_is_named(
    healthlint: Run, repository: Path, outside: Path
) -> None:
    (outside / "secret.md").write_text(f"# {SECRET}\n\n## {SECRET}\n\n## {SECRET}\n\nIt cures.\n")
    (repository / "content" / "b.md").symlink_to(outside / "secret.md")
    (repository / "content" / "c.md").symlink_to("a.md")
    done = healthlint("--output-format", "json", "content", cwd=repository)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "outside of the repository" in done.stderr
    assert SECRET not in done.stdout
    assert {found["filename"] for found in json.loads(done.stdout)} == {"content/a.md", "content/c.md"}
    assert SECRET in healthlint("content/b.md", cwd=repository).stdout


def test_a_link_to_what_is_no_article_is_none(healthlint: Run, repository: Path) -> None:
    """Such as the configuration of git, which may hold a token."""
    (repository / ".git" / "config").write_text(f"{SECRET}\n")
    (repository / "content" / "b.txt").symlink_to(repository / ".git" / "config")
    done = healthlint("--exit-zero", "content", cwd=repository)
    assert done.returncode == 0
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "text", [f"{SECRET}\n", f"- {SECRET}\n", f"a: [{SECRET}\n", f"a: |\n  {SECRET}\n", f"\x01{SECRET}"]
)
@pytest.mark.parametrize("named", ["extend: ../outside/secret.yaml", "rules: [../outside]", "baseline: known.json"])
def test_what_a_configuration_names_is_read_as_yaml_alone(
    healthlint: Run, repository: Path, outside: Path, text: str, named: str
) -> None:
    """A shared configuration may stand outside; one that is none is not told more of than where it stops being one."""
    (outside / "secret.yaml").write_text(text)
    (outside / "house").mkdir()
    (outside / "house" / "secret.yaml").write_text(text)
    (repository / "known.json").write_text(text)
    (repository / ".healthlint.yaml").write_text(named)
    done = healthlint("content", cwd=repository)
    assert done.returncode == 2
    assert SECRET not in done.stdout + done.stderr


def test_a_shared_configuration_may_stand_outside(healthlint: Run, repository: Path, outside: Path) -> None:
    (outside / "shared.yaml").write_text("select: [suppressions]\nrules: [rules]\n")
    (outside / "rules" / "house").mkdir(parents=True)
    (outside / "rules" / "house" / "a.yaml").write_text(RULE.replace("PREVIEW", "false"))
    (repository / ".healthlint.yaml").write_text("extend: ../outside/shared.yaml\n")
    assert healthlint("content", cwd=repository).returncode == 1


def test_a_folder_of_rules_is_bounded(repository: Path, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_FILES", 5)
    for number in range(6):
        (outside / f"{number}.txt").write_text("x")
    (repository / ".healthlint.yaml").write_text("rules: [../outside]\n")
    with pytest.raises(ConfigError, match="more than 5 files in this folder; name one that holds rules alone"):
        load(repository / ".healthlint.yaml")


@pytest.mark.parametrize(
    "name",
    ["../../outside/words", "../drugs/statins", "/etc/words", "a/../stop", "", ".", "stopwords", "usual", "Stop"],
)
def test_a_lexicon_leads_to_no_other_file(tmp_path: Path, name: str) -> None:
    assert not lexicons.has_lexicon(name)
    assert lexicons.has_lexicon("weak-hosts")
    checks = {
        "links": {"fault": "vague text", "words": name},
        "weak_sources": {"hosts": name},
        "attribution": {"verbs": name},
        "claims": {"patterns": [f"{{{name}}} it"]},
    }
    for check, fields in checks.items():
        file = tmp_path / "house" / f"{check.replace('_', '-')}.yaml"
        file.parent.mkdir(exist_ok=True)
        text = RULE.replace("PREVIEW", "false").replace("check: suppressions", f"check: {check}")
        file.write_text(text + f"with: {json.dumps(fields)}\n")
        with pytest.raises(RuleError, match=r"lexicon|no word|pattern"):
            rules.load(f"house/{check}", file)


@pytest.mark.parametrize(
    "name", ["../known.json", "../outside/known.json", "/known.json", "linked.json", "linked/known.json"]
)
def test_a_baseline_out_of_the_repository_is_refused(
    healthlint: Run, repository: Path, outside: Path, name: str
) -> None:
    """`healthlint baseline` writes the file that a configuration names; whoever runs it may name any."""
    (repository / "linked.json").symlink_to(outside / "known.json")
    (repository / "linked").symlink_to(outside)
    (repository / ".healthlint.yaml").write_text(f"baseline: {name}\n")
    done = healthlint("baseline", cwd=repository)
    assert done.returncode == 2
    assert "is not in the repository of this file" in done.stderr
    assert os.listdir(outside) == []
    (repository / ".healthlint.yaml").write_text("")
    assert healthlint("baseline", "--baseline", "../outside/known.json", cwd=repository).returncode == 0
    assert os.listdir(outside) == ["known.json"]


@pytest.mark.parametrize("command", ["baseline", "init", "init --force"])
@pytest.mark.parametrize("is_there", [True, False])
def test_no_link_is_written_through(
    healthlint: Run, repository: Path, outside: Path, command: str, is_there: bool
) -> None:
    """What a stranger has put in the place of a file that a command makes."""
    names = [".healthlint-baseline.json"] if command == "baseline" else [".healthlint.yaml", ".pre-commit-config.yaml"]
    for name in names:
        (repository / name).symlink_to(outside / name)
        if is_there:
            (outside / name).write_text("{}")
    done = healthlint(*command.split(), cwd=repository)
    assert done.returncode == 2 or command == "init"
    assert "is a link that leads out of the repository" in done.stderr or (command == "init" and is_there)
    assert all(file.read_text() == "{}" for file in outside.iterdir())
    assert len(list(outside.iterdir())) == len(names) * is_there


def test_a_baseline_beside_other_folders_of_the_repository_is_taken(healthlint: Run, repository: Path) -> None:
    (repository / "content" / ".healthlint.yaml").write_text("baseline: ../known.json\n")
    assert healthlint("baseline", cwd=repository / "content").returncode == 0
    assert (repository / "known.json").is_file()


@pytest.mark.parametrize("text", ["", "x = 1\n", "[]", '{"version": 2}', "{"])
def test_what_is_no_baseline_is_not_overwritten(healthlint: Run, repository: Path, text: str) -> None:
    (repository / "setup.cfg").write_text(text)
    (repository / ".healthlint.yaml").write_text("baseline: setup.cfg\n")
    done = healthlint("baseline", cwd=repository)
    assert done.returncode == 2
    assert (repository / "setup.cfg").read_text() == text


def test_aliases_and_depth_of_yaml_are_bounded() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    for text in (bomb, "[" * 5000, "{a: " * 5000, "- " * 5000):
        with pytest.raises(yamlfile.YamlError):
            yamlfile.parse(text)
