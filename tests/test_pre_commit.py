"""The hooks as their users run them: by pre-commit, from an environment that it installs this repository into."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from projects import write
from test_across import CAST, NAME, prose

from healthlint import builtin, paths

ROOT = Path(builtin.PACKAGE).parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
GOOD, BAD = ROOT / "corpus/good-02-magnesium.md", ROOT / "corpus/bad-02-ashwagandha.md"

Git = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("hook", ["healthlint", "healthlint-repo"])
def test_a_hook_is_run_for_every_format(hook: str) -> None:
    files = re.compile(HOOKS[hook]["files"])
    for suffix in paths.SUFFIXES - {".xml"}:  # most are no exports of WordPress
        assert files.search(f"content/a{suffix}"), f"{suffix} is missing in .pre-commit-hooks.yaml"
        assert files.search(f"content/A{suffix.upper()}")
    for name in ("a.py", "a.mdown.py", "md", "a.yaml", "txt/a"):
        assert not files.search(name)
    assert HOOKS[hook]["require_serial"]
    assert "types" not in HOOKS[hook]  # a .docx has none


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A package index that pip can install from."""
    if "CI" in os.environ:
        return
    folder = str(tmp_path_factory.mktemp("download"))
    once = ["--retries", "0", "--timeout", "20", "--quiet", "--no-deps", "--dest", folder]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", *once, "hatchling"], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("pip reaches no package index, and the environment of a hook is installed from one")


def environment() -> dict[str, str]:
    """What git and pre-commit are run with: nothing of a hook that runs these tests."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT_FROM"))}
    names = {f"GIT_{who}_{what}": "editor@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {**own, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git_in(folder: Path) -> Git:
    def git(*arguments: str, status: int | None = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=environment(), capture_output=True, text=True, check=False
        )
        assert status is None or done.returncode == status, done.stdout + done.stderr
        return done

    folder.mkdir(parents=True, exist_ok=True)
    git("init", "--quiet")
    return git


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)


@pytest.fixture
def hooks(tmp_path: Path) -> tuple[Path, str]:
    """The repository as it stands, committed to one of its own, and the revision."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no repository of git, whose files could be told from others")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listed, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    folder = tmp_path / "hooks"
    git = git_in(folder)
    for name in filter(None, found.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git("add", "--all")
    git("commit", "--quiet", "--message", "All")
    return folder, git("rev-parse", "HEAD").stdout.strip()


@pytest.mark.index
@pytest.mark.usefixtures("index")
def test_try_repo(hooks: tuple[Path, str], tmp_path: Path) -> None:
    content = tmp_path / "content"
    git = git_in(content)
    shutil.copy(GOOD, content / "good.md")
    shutil.copy(BAD, content / "bad.md")
    write(content, "print()\n", "a.py")
    git("add", "--all")
    tried = ("try-repo", str(hooks[0]), "healthlint", "--ref", hooks[1], "--verbose")
    done = pre_commit(content, *tried, "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "- exit code: 1" in done.stdout
    assert re.search(r"^bad\.md:\d+:\d+ error ", done.stdout, re.MULTILINE)
    assert not re.search(r"^good\.md:\d+:\d+ (?:error|warning) ", done.stdout, re.MULTILINE)
    assert "in 2 of 2 articles" in done.stdout or "in 1 of 2 articles" in done.stdout


@pytest.mark.index
@pytest.mark.usefixtures("index")
def test_an_installed_hook_blocks_a_bad_commit_and_lets_a_good_one_pass(
    hooks: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "PRE_COMMIT_HOME" not in os.environ:
        monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    content = tmp_path / "content"
    git = git_in(content)
    wanted = [{"id": "healthlint"}, {"id": "healthlint-repo"}]
    repo = {"repo": str(hooks[0]), "rev": hooks[1], "hooks": wanted}
    write(content, yaml.safe_dump({"repos": [repo]}), ".pre-commit-config.yaml")
    assert pre_commit(content, "validate-config").returncode == 0
    assert pre_commit(content, "install").returncode == 0

    shutil.copy(GOOD, content / "good.md")
    git("add", "--all")
    done = git("commit", "--message", "A good one")
    assert re.search(r"^healthlint\.+Passed$", done.stderr, re.MULTILINE), done.stderr
    assert re.search(r"^healthlint \(all articles\)\.+Passed$", done.stderr, re.MULTILINE)
    first = git("rev-parse", "HEAD").stdout

    shutil.copy(BAD, content / "bad.md")
    git("add", "--all")
    done = git("commit", "--message", "A bad one", status=1)
    assert re.search(r"^bad\.md:\d+:\d+ error ", done.stderr, re.MULTILINE)
    assert git("rev-parse", "HEAD").stdout == first
    git("rm", "--quiet", "--force", "bad.md")

    write(content, f"select: [{NAME}]\n")
    for n in (1, 2):  # the second has a section of the first
        write(content, f"# {n}\n\n{prose(n)}\n## Cast\n\n{CAST}", f"{n}.md")
        git("add", "--all")
        done = git("commit", "--message", str(n), status=n - 1)
        assert re.search(r"^healthlint\.+Passed$", done.stderr, re.MULTILINE)
    assert re.search(r"^healthlint \(all articles\)\.+Failed$", done.stderr, re.MULTILINE)
    assert f"2.md:{len(prose(2).splitlines()) + 4}:" in done.stderr
    git("reset", "--quiet", "--hard")
    write(content, "no article\n", "a.py")
    git("add", "--all")
    done = git("commit", "--message", "No article")
    assert done.stderr.count("Skipped") == 2
