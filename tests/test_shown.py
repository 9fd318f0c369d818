"""What the pages show of a terminal is what the command prints there, and the rules they show are as the files are."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from pathlib import Path

import pytest
import yaml
from conftest import Run

from healthlint.config import Settings, load

DOCS = Path(__file__).parent.parent / "docs"
FIRST_STEPS = (DOCS / "first-steps.md").read_text("utf-8")
OWN_RULES = (DOCS / "own-rules.md").read_text("utf-8")
FIXES = (DOCS / "fixes.md").read_text("utf-8")
PRE_COMMIT = (DOCS / "pre-commit.md").read_text("utf-8")
PLAIN = {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


def sessions(page: str) -> list[tuple[str, str]]:
    """The commands that a page shows, without the name of the program, and what follows."""
    return re.findall(r"```console\n\$ healthlint ([^\n]*)\n(.*?)```", page, re.DOTALL)


def blocks(page: str, form: str) -> list[str]:
    return re.findall(rf"```{form}\n(.*?)```", page, re.DOTALL)


def assert_shown(printed: str, shown: str) -> None:
    """What is shown must be in what is printed, part by part where it leaves something out (`...`)."""
    rest = printed
    for part in filter(None, shown.split("...\n")):
        assert part in rest
        rest = rest.partition(part)[2]
    assert shown.endswith("...\n") or not rest.strip()


@pytest.mark.parametrize(("command", "shown"), sessions(FIRST_STEPS))
def test_first_steps(command: str, shown: str, healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/garlic.md").write_text(blocks(FIRST_STEPS, "markdown")[0], "utf-8")
    assert_shown(healthlint(*shlex.split(command), env=PLAIN).stdout, shown)


@pytest.mark.parametrize(("command", "shown"), sessions(FIXES))
def test_fixes(command: str, shown: str, healthlint: Run, tmp_path: Path) -> None:
    path = tmp_path / "content/warfarin.md"
    path.parent.mkdir()
    path.write_text(blocks(FIXES, "markdown")[0], "utf-8")
    assert_shown(healthlint(*shlex.split(command), env=PLAIN).stdout, shown)


@pytest.mark.parametrize(("command", "shown"), sessions(OWN_RULES))
def test_own_rules(command: str, shown: str, healthlint: Run, tmp_path: Path) -> None:
    shutil.copytree(DOCS / "examples", tmp_path, dirs_exist_ok=True)
    assert_shown(healthlint(*shlex.split(command), env=PLAIN).stdout, shown)


def test_the_first_version_of_the_rule_fails_as_shown(healthlint: Run, tmp_path: Path) -> None:
    path = tmp_path / "house-rules/house/relative-risk.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("".join(blocks(OWN_RULES, "yaml")[:3]), "utf-8")
    assert_shown(healthlint("test", "house-rules", env=PLAIN).stdout, blocks(OWN_RULES, "text")[0])


def test_rules_are_shown_as_they_are() -> None:
    files = [path.read_text("utf-8") for path in (DOCS / "examples").rglob("*.yaml")]
    shown = [line for block in blocks(OWN_RULES, "yaml") for line in block.splitlines() if not line.endswith("...")]
    assert len(shown) > 40
    assert [
        line for line in shown if not any(f"{line}\n" in text for text in [*files, "rules: [house-rules/]\n"])
    ] == []


def test_labels_are_shown_as_they_are() -> None:
    labels = (DOCS / "examples/labelled/blood-thinners.gold.tsv").read_text("utf-8").splitlines()
    shown = blocks(OWN_RULES, "text")[1].splitlines()
    assert shown
    assert set(shown) <= set(labels)


@pytest.mark.parametrize("text", blocks((DOCS / "false-alarms.md").read_text("utf-8"), "yaml"))
def test_configurations_can_be_used(text: str, tmp_path: Path) -> None:
    path = tmp_path / ".healthlint.yaml"
    path.write_text(text, "utf-8")
    assert load(path).layers[-1].settings != Settings()


def test_the_hook_is_shown_as_pre_commit_reads_it(tmp_path: Path) -> None:
    whole, with_options = blocks(PRE_COMMIT, " *yaml")
    written = yaml.safe_load(textwrap.dedent(whole))
    (repo,) = written["repos"]
    known = {hook["id"] for hook in yaml.safe_load((DOCS.parent / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for hook in [*repo["hooks"], *yaml.safe_load(with_options)]} <= known
    assert set(re.findall(r"`(healthlint-\w+)`", PRE_COMMIT)) <= known
