"""Arguments become articles: in a stable order, each once, without what git or the configuration leaves out."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from healthlint.globs import is_pattern, matches
from healthlint.paths import EXCLUDED, PathError, articles


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of articles, in which the current folder is."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(root: Path, *names: str, text: str = "x") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(*arguments: str, exclude: tuple[str, ...] = EXCLUDED, force: bool = False) -> list[str]:
    def excluded(path: Path, is_folder: bool) -> bool:
        return matches(exclude, Path.cwd(), path, folder=is_folder)

    return [
        f"{item.path}: {item.what}" if isinstance(item, PathError) else item.as_posix()
        for item in articles(arguments, excluded, force_exclude=force)
    ]


def test_a_folder_gives_its_articles_in_order(tree: Path) -> None:
    make(
        tree,
        "b.md",
        "a.txt",
        "C.HTML",
        "d.htm",
        "e.markdown",
        "f.mdx",
        "z/a.md",
        "m/n/o.txt",
        "x.py",
        "y.docx",
        "md",
        "s.xml",
        "~$y.docx",
    )
    (tree / "w.xml").write_text('<rss xmlns:wp="http://wordpress.org/export/1.2/">')
    here = ["C.HTML", "a.txt", "b.md", "d.htm", "e.markdown", "f.mdx", "w.xml", "y.docx"]
    assert found(".") == [*here, "m/n/o.txt", "z/a.md"]
    assert found("z", "m") == ["z/a.md", "m/n/o.txt"]


def test_each_article_comes_once(tree: Path) -> None:
    make(tree, "a.md", "z/b.md")
    assert found("z/b.md", ".", "./a.md", "z", str(tree / "a.md")) == ["z/b.md", "a.md"]


def test_a_named_file_is_an_article_whatever_its_suffix(tree: Path) -> None:
    make(tree, "README", "notes.rst")
    assert found("README", "notes.rst") == ["README", "notes.rst"]


def test_what_gives_no_article_is_told(tree: Path) -> None:
    (tree / "empty").mkdir()
    make(tree, "a.md")
    missing, empty, article = found("missing.md", "empty", "a.md")
    assert missing == "missing.md: is no file or folder; check the name"
    assert empty.startswith("empty: is a folder without articles; their names end in .docx, .htm, .html")
    assert article == "a.md"
    assert "cannot be read" in found("a" * 5_000)[0]


def test_usual_folders_are_left_out(tree: Path) -> None:
    make(tree, "a.md", ".git/b.md", "node_modules/x/README.md", ".venv/c.txt", "inner/node_modules/d.md")
    assert found(".") == ["a.md"]
    assert found("node_modules") == ["node_modules/x/README.md"]


def test_named_files_are_left_out_only_by_force(tree: Path) -> None:
    make(tree, "drafts/a.md", "b.md")
    assert found("drafts/a.md", "b.md", exclude=("drafts/",)) == ["drafts/a.md", "b.md"]
    assert found("drafts/a.md", "b.md", exclude=("drafts/",), force=True) == ["b.md"]
    assert found("drafts", exclude=("drafts/",), force=True) == []


def test_gitignore_with_folders_and_exceptions(tree: Path) -> None:
    make(tree, "a.md", "old.bak.md", "keep.bak.md", "site/x.md", "docs/site/y.md", "docs/draft.md", "docs/b.md")
    make(tree, ".gitignore", text="*.bak.md\n!keep.bak.md\n/site/\n")
    make(tree, "docs/.gitignore", text="draft.md\n")
    assert found(".") == ["a.md", "keep.bak.md", "docs/b.md", "docs/site/y.md"]


def test_the_inner_gitignore_comes_before_the_outer_one(tree: Path) -> None:
    make(tree, "a.tmp.md", "inner/b.tmp.md")
    make(tree, ".gitignore", text="*.tmp.md\n")
    make(tree, "inner/.gitignore", text="!b.tmp.md\n")
    assert found(".") == ["inner/b.tmp.md"]


def test_gitignore_above_the_folder_up_to_the_top_of_the_repository(tree: Path) -> None:
    make(tree, "repo/docs/a.md", "repo/docs/b.md")
    make(tree, ".gitignore", text="a.md\n")
    make(tree, "repo/.gitignore", text="b.md\n")
    assert found("repo/docs") == ["repo/docs/a.md", "repo/docs/b.md"]
    (tree / "repo" / ".git").mkdir()
    assert found("repo/docs") == ["repo/docs/a.md"]


def test_links_to_folders_are_not_followed(tree: Path) -> None:
    make(tree, "docs/a.md", "other/b.md")
    os.symlink(tree / "docs", tree / "docs" / "again")
    os.symlink(tree / "other" / "b.md", tree / "docs" / "link.md")
    os.symlink(tree / "nowhere.md", tree / "docs" / "broken.md")
    assert found("docs") == ["docs/a.md", "docs/link.md"]


def test_deep_folders(tree: Path) -> None:
    deep = "/".join("d" * 900)
    os.makedirs(deep)
    make(tree, "a.md")
    assert found(".") == ["a.md"]


def test_names_of_all_kinds(tree: Path) -> None:
    make(tree, "-x.md", "a b.md", "ö.md", "new\nline.md")
    (tree / os.fsdecode(b"latin\xe9.md")).write_text("x")
    assert len(found(".")) == 5


@pytest.mark.parametrize(
    ("pattern", "path", "folder", "matched"),
    [
        ("*.md", "a.md", False, True),
        ("*.md", "x/a.md", False, True),
        ("/a.md", "x/a.md", False, False),
        ("x/", "x", True, True),
        ("x/", "x", False, False),
        ("blog/**", "blog/y/a.md", False, True),
        ("*.md", "../a.md", False, False),
        ("..a", "..a", False, True),
    ],
)
def test_patterns(tree: Path, pattern: str, path: str, folder: bool, matched: bool) -> None:
    assert matches((pattern,), tree, tree / path, folder=folder) is matched


def test_what_is_no_pattern() -> None:
    assert is_pattern("*.md")
    assert not is_pattern("!")
    assert not is_pattern("[z-a]")
    assert is_pattern("docs/**/drafts/**/old/**")
    assert not is_pattern("docs/**/drafts/**/old/**/x")


GLOBS = st.lists(st.sampled_from([*"**ab?./!-", "**/", "/**", "[ab]", "[!a]", "[[:alpha:]]", "\\*", "{"]), max_size=9)
NAMES = st.text("abc./*-", min_size=1, max_size=12).filter(lambda name: "//" not in name and name.strip("/.") != "")


@settings(max_examples=500)
@given(GLOBS.map("".join), NAMES.map(lambda name: name.strip("/")))
def test_a_pattern_means_what_it_means_to_git(pattern: str, name: str) -> None:
    """As pathspec has it, but for those that take too long."""
    if pattern and is_pattern(pattern) and not name.startswith(".."):
        root = Path("/top")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            expected = GitIgnoreSpec.from_lines([pattern]).check_file(Path(name).as_posix()).include
        assert matches((pattern,), root, root / name) is bool(expected)


def test_a_pattern_of_many_stars_takes_no_longer() -> None:
    """With a regular expression as pathspec writes it, this would not end."""
    assert not matches(("*a" * 40 + "b",), Path("/top"), Path("/top/" + "a" * 200 + ".md"))
    assert matches(("*a" * 40 + ".md",), Path("/top"), Path("/top/" + "a" * 200 + ".md"))


def test_a_few_wildcards_match_paths_of_any_length(tree: Path) -> None:
    long = tree / ("b/" * 1_500 + "a.draft.md")
    assert matches(("*.md",), tree, long)
    assert matches(("**/a.*",), tree, long)
    assert matches(("**/news/**/*-draft*.md",), tree, tree / "content/news/2024/garlic-draft-2.md")
