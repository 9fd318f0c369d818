"""The drug table: its names, what its files may say, and what is told of a bad one."""

from pathlib import Path

import pytest

from healthlint import builtin
from healthlint.analysis import drugs

FILES = sorted((builtin.folder() / "drugs").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_can_be_used_and_its_names_are_known(path: Path) -> None:
    known = drugs.known_names()
    for drug in drugs.read_class(path).drugs:
        for name in (drug.name, *drug.brands):
            assert drugs.key_of(name) in known, name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_words_are_lower_case_and_each_warning_can_be_told(path: Path) -> None:
    group = drugs.read_class(path)
    for drug in group.drugs:
        uses = (*drug.labelled_uses, *drug.off_label_uses)
        assert all(use == use.lower() for use in uses)
        for warning in (*group.boxed_warning, *drug.boxed_warning):
            assert warning.told_by
            assert all(warning.told_by)
            assert all(word == word.lower() for words in warning.told_by for word in words)


def test_a_brand_leads_to_its_drug() -> None:
    known = drugs.known_names()[drugs.key_of("Prozac")]
    assert drugs.entry(known).name == "fluoxetine"


def test_an_insulin_goes_by_its_last_word() -> None:
    assert drugs.known_names()[("glargine",)].drug == "insulin glargine"


def test_a_warning_of_the_class_is_one_of_the_drug() -> None:
    known = drugs.known_names()[("clozapine",)]
    topics = [warning.topic for warning in drugs.entry(known).warnings]
    assert "severe neutropenia" in topics
    assert len(topics) > len(drugs.read_class(known.path).boxed_warning)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("class: x\ndrugs:\n  - name: y\n    brand: [z]\n", "drugs[0].brand: unknown key"),
        ("class: x\n", "the key 'drugs' is missing"),
        ("class: x\ndrugs:\n  - name: y\n    certainty: perhaps\n", "drugs[0].certainty"),
        ("class: [\n", "bad.yaml:"),
    ],
)
def test_a_bad_file_is_one_line_that_names_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(drugs.TableError) as error:
        drugs.read_class(path)
    assert str(error.value).startswith("bad.yaml")
    assert said in str(error.value)
    assert "\n" not in str(error.value)
