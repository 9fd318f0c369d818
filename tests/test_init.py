"""`healthlint init` looks before it writes, adds a hook without touching the rest of a file, and overwrites nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import Run
from projects import write

from healthlint import hookfile
from healthlint.config import load

BODY = "Garlic is a plant that grows in many gardens, and its bulbs are eaten as a spice all over the world. " * 4
HOOK = "[{id: healthlint}]"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository of a Hugo site with six articles, and things that are none."""
    (tmp_path / ".git").mkdir()
    write(tmp_path, "baseURL = 'https://example.org/'\n", "hugo.toml")
    for n in range(6):
        write(tmp_path, f"# Garlic {n}\n\n{BODY}\n", f"content/posts/{n}.md")
    for name in ("README.md", "public/index.html", "content/drafts/new.md", "robots.txt"):
        write(tmp_path, f"# Site\n\n{BODY}\n", name)
    return tmp_path


def valid(folder: Path, name: str = hookfile.NAME) -> bool:
    command = [sys.executable, "-m", "pre_commit", "validate-config", name]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 0


def test_a_new_site(site: Path, healthlint: Run) -> None:
    done = healthlint("init")
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert said[:2] == ["seen: 6 articles (6 .md)", "  content/: 6"]
    assert said[2].startswith("a first run over 6 articles has ")
    assert "written: .healthlint.yaml" in said
    assert "written: .pre-commit-config.yaml" in said
    config = load(site / ".healthlint.yaml")
    assert set(config.settings.extend_exclude) == {"/public/", "drafts/", "README*", "robots.txt"}
    assert valid(site)
    text = (site / ".healthlint.yaml").read_text()
    assert "#   - provenance/missing-author  # 6 of 6" in text
    done = healthlint("--statistics", "--output-format", "json")
    assert {found["code"]: found["count"] for found in json.loads(done.stdout)}["provenance/missing-author"] == 6


PROPOSED = ("# severity:", "# options:", "# per-path:", "# ignore:", "# baseline:", "#   - ")


def test_what_is_proposed_can_be_used(site: Path, healthlint: Run) -> None:
    promises = "Garlic cures cancer, they say. Garlic cures gout.\n\n" * 4
    for n in range(6):
        write(site, f"# Garlic {n}\n\n{BODY}\n\n{promises}", f"content/{n}.md")
    healthlint("init")
    file = site / ".healthlint.yaml"
    lines = file.read_text().splitlines()
    assert "# baseline: .healthlint-baseline.json" in lines
    taken = [line.removeprefix("# ").replace("#   - ", "  - ") if line.startswith(PROPOSED) else line for line in lines]
    file.write_text("\n".join(taken))
    settings = load(file).settings
    assert "provenance/missing-author" in settings.ignore
    assert settings.per_path
    assert settings.options
    assert settings.baseline
    assert healthlint().returncode == 2
    assert healthlint("baseline").returncode == 0
    assert healthlint().returncode == 0


def test_a_dry_run_writes_nothing(site: Path, healthlint: Run) -> None:
    before = sorted(site.rglob("*"))
    done = healthlint("init", "--dry-run")
    assert done.returncode == 0
    assert sorted(site.rglob("*")) == before
    assert "would be written: .healthlint.yaml\n    # Configuration of healthlint" in done.stdout
    assert "    - repo: local" in done.stdout


def test_nothing_is_overwritten(site: Path, healthlint: Run) -> None:
    write(site, "fail-on: error\n")
    write(site, f"repos: [{{repo: x, rev: y, hooks: {HOOK}}}]\n", hookfile.NAME)
    done = healthlint("init")
    assert done.returncode == 0
    assert "kept: .healthlint.yaml (--force writes .healthlint.yaml anew)" in done.stdout
    assert "kept: .pre-commit-config.yaml, which has the hook" in done.stdout
    assert (site / ".healthlint.yaml").read_text() == "fail-on: error\n"
    healthlint("init", "--force")
    assert (site / ".healthlint.yaml").read_text() != "fail-on: error\n"
    (site / ".healthlint.yaml").unlink()
    write(site, "[tool.healthlint]\n", "pyproject.toml")
    assert "kept: pyproject.toml" in healthlint("init").stdout


def test_a_folder_that_is_no_repository(tmp_path: Path, healthlint: Run) -> None:
    write(tmp_path, BODY, "deep/a.txt")
    done = healthlint("init", "deep")
    assert done.returncode == 0
    assert "not written: .pre-commit-config.yaml, as this is not the top of a git repository" in done.stdout
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == [".healthlint.yaml", "a.txt"]
    (tmp_path / "empty").mkdir()
    done = healthlint("init", "empty")
    assert done.stdout.startswith("seen: 0 articles (no file to lint)\n")
    assert load(tmp_path / "empty" / ".healthlint.yaml")
    assert healthlint("init", "missing").stderr == "healthlint: missing: there is no such folder\n"


def test_an_article_that_cannot_be_read(site: Path, healthlint: Run) -> None:
    write(site, "x", "content/posts/bad.md").write_bytes(b"\xff\xfe\xfa")
    assert healthlint("init").returncode == 0


CONFIGS = [
    "repos:\n- repo: https://x/y\n  rev: v1\n  hooks:\n  - id: z\n",
    """\
# ours
repos:
  # the first
  - repo: https://x/y
    rev: v1  # pinned
    hooks:
      - id: z
        args: [a]


# end
ci:
  skip: [z]
""",
    "default_stages: [pre-commit]\r\nrepos:\r\n  - repo: https://x/y\r\n    rev: v1\r\n    hooks: [{id: z}]\r\n",
    "---\nrepos:\n-   repo: https://x/y\n    rev: v1\n    hooks:\n    -   id: z",
    """\
repos:
  - repo: https://x/y
    rev: v1
    hooks:
      - id: z
        description: |
          many

          rows
""",
]


@pytest.mark.parametrize("text", CONFIGS)
def test_a_hook_is_added_and_all_else_stays(text: str, tmp_path: Path) -> None:
    after = hookfile.added(text)
    assert after is not None
    before, now = yaml.safe_load(text), yaml.safe_load(after)
    assert now == {**before, "repos": [*before["repos"], *yaml.safe_load(hookfile.entry())]}
    old, new = text.splitlines(), after.splitlines()
    size = len(hookfile.entry().splitlines())
    assert any(new[:at] + new[at + size :] == old for at in range(len(new)))
    assert ("\r\n" in after) == ("\r\n" in text)
    assert after.count("\n") == after.count("\r\n") or "\r\n" not in text
    (tmp_path / "c.yaml").write_text(after, newline="")
    assert valid(tmp_path, "c.yaml")
    assert hookfile.has_hook(after)
    assert not hookfile.has_hook(text)


UNSURE = [
    "repos: []\n",
    "repos: [{repo: x, hooks: [{id: z}]}]\n",
    "ci: {}\n",
    "- a\n",
    "",
    "repos:\n",
    "repos: &a\n  - *a\n",
]


@pytest.mark.parametrize("text", [*UNSURE, "repos: [", "\x00", "a: 1\na: 2\n"])
def test_what_cannot_be_done_surely_is_shown(site: Path, healthlint: Run, text: str) -> None:
    file = write(site, text, hookfile.NAME)
    done = healthlint("init")
    assert done.returncode == 0
    assert "not changed: .pre-commit-config.yaml; add this under `repos:` by hand:\n    - repo: local\n" in done.stdout
    assert file.read_text() == text


def test_the_repository_that_it_was_installed_from(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "url": "https://example.org/healthlint",
        "vcs_info": {"vcs": "git", "commit_id": "abc", "requested_revision": "v1"},
    }

    class Installed:
        def read_text(self, name: str) -> str:
            return json.dumps(said)

    monkeypatch.setattr(hookfile.metadata, "distribution", lambda _: Installed())
    (entry,) = yaml.safe_load(hookfile.entry())
    assert entry == {"repo": "https://example.org/healthlint", "rev": "v1", "hooks": [{"id": "healthlint"}]}


def test_its_own_entry_is_for_the_files_of_the_hook() -> None:
    (entry,) = yaml.safe_load(hookfile.entry())
    published = yaml.safe_load((Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (hook,) = (hook for hook in published if hook["id"] == "healthlint")
    assert entry["hooks"][0].items() >= {key: hook[key] for key in ("entry", "files", "require_serial")}.items()
