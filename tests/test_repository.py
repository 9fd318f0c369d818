"""Where a repository begins, and what its files are called there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from healthlint import repository


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "repo" / "docs" / "news").mkdir(parents=True)
    return tmp_path / "repo"


def test_top(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / ".git").write_text("gitdir: elsewhere\n")  # as in a worktree
    for folder in (root, root / "docs", root / "docs" / "news"):
        assert repository.top(str(folder)) == str(root)
        monkeypatch.chdir(folder)
        assert repository.top() == str(root)


def test_top_without_a_repository(root: Path) -> None:
    assert repository.top(str(root / "docs")) == str(root / "docs")


def test_names(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "docs")
    top = str(root)
    assert repository.name_in("a.md", top) == "docs/a.md"
    assert repository.name_in(os.path.join("..", "b.md"), top) == "b.md"
    assert repository.name_in(str(root / "docs" / "news" / "c.md"), top) == "docs/news/c.md"
    assert repository.name_in(str(root.parent / "d.md"), top) is None
    assert repository.name_in(str(root) + "sitory/e.md", top) is None


def test_names_by_way_of_links(root: Path) -> None:
    (root.parent / "link").symlink_to(root)
    assert repository.name_in(str(root.parent / "link" / "docs" / "a.md"), str(root)) == "docs/a.md"
    (root / "shared").symlink_to(root.parent)
    assert repository.name_in(str(root / "shared" / "b.md"), str(root)) == "shared/b.md"
