"""The drug table is sound, its pages are fresh, and what is wrong with a table is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from drugtable import pages, validation
from drugtable.__main__ import FOLDER, write_pages

CLASSES, TOLD = validation.read(FOLDER)


def test_the_table_is_sound() -> None:
    assert TOLD == []
    assert validation.mistakes(CLASSES) == []


def test_it_is_as_large_as_it_is_said_to_be() -> None:
    kinds = [group.kind for group in CLASSES.values() for _ in group.drugs]
    assert kinds.count("drug") > 600
    assert kinds.count("supplement") > 150


@pytest.mark.parametrize(("path", "text"), pages.generated(CLASSES).items(), ids=lambda part: getattr(part, "stem", ""))
def test_a_page_is_fresh(path: Path, text: str) -> None:
    assert path.read_text("utf-8") == text, "run `python -m drugtable`"


def test_there_are_no_other_pages() -> None:
    assert set(pages.FOLDER.glob("*.md")) == set(pages.generated(CLASSES))


def test_each_page_says_that_it_is_no_reference() -> None:
    for path in pages.FOLDER.glob("*.md"):
        assert "no clinical reference" in path.read_text("utf-8")


def test_pages_of_classes_that_are_gone_are_removed(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("old")
    write_pages(tmp_path, {"statins": CLASSES["statins"]})
    assert {path.name for path in tmp_path.iterdir()} == {"README.md", "statins.md"}


SOUND = """\
class: xans
drugs:
  - name: xan
    brands: [Xanol]
    labelled_uses: [cough]
    source: {name: "FDA label, Xanol", url: "https://example.org/xan", year: 2020}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", ""),
        ("Xanol]", "Xanol, XANOL]", "xans.yaml: xan: the name 'xanol' stands there twice"),
        ("Xanol]", "Iron]", "'Iron' is an everyday word"),
        ("Xanol]", "'!']", "the name '!' has no letters"),
        ("[cough]", "[Cough]", "the use 'Cough' is not in lower case"),
        ("[cough]", "[cough]\n    off_label_uses: [cough]", "the use 'cough' is labelled and off-label"),
        ("2020", "1066", "is of 1066"),
        ("2020", "2999", "is of 2999"),
        (", year: 2020", "", "has no year"),
        ("label, Xanol", "label, Xanol, May 2019", "its name says another year"),
        ("https:", "http:", "no address that starts with https://"),
        (
            '    source: {name: "FDA label, Xanol", url: "https://example.org/xan", year: 2020}\n',
            "",
            "source is missing",
        ),
        ("class: xans", "class: xans\nkind: supplement", "a supplement has no boxed warning and no labelled uses"),
        ("drugs:", "mention:\n  - {topic: t, told_by: []}\ndrugs:", "told_by is empty"),
        ("drugs:", "mention:\n  - {topic: t, told_by: [[T]]}\ndrugs:", "the word 'T' is not in lower case"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "xans.yaml").write_text(SOUND.replace(old, new), "utf-8")
    classes, told = validation.read(tmp_path)
    assert told == []
    found = validation.mistakes(classes)
    assert any(said in line for line in found) if said else found == []
    assert all(line.startswith("xans.yaml: ") and "\n" not in line for line in found)


def test_names_and_classes_that_clash(tmp_path: Path) -> None:
    (tmp_path / "xans.yaml").write_text(SOUND, "utf-8")
    (tmp_path / "yans.yaml").write_text(SOUND.replace("name: xan\n", "name: yan\n"), "utf-8")
    found = validation.mistakes(validation.read(tmp_path)[0])
    assert any("the name 'Xanol' is that of xan in xans.yaml, too" in line for line in found)
    assert any("the class 'xans' is in xans.yaml, too" in line for line in found)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("class: [", "utf-8")
    classes, (line,) = validation.read(tmp_path)
    assert classes == {}
    assert line.startswith("bad.yaml:")
