"""What is found out about an article stays no longer than the article is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlint.analysis import Analysis
from healthlint.analysis.once import once
from healthlint.baseline import Baselines
from healthlint.config import Configs
from healthlint.documents.document import Document
from healthlint.runner import Linter, Request

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture
def garbage() -> Iterator[None]:
    """Nothing is freed but what nothing refers to, in a ring or not."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_of_many_articles_the_last_alone_stays_in_memory(garbage: None) -> None:
    linter = Linter(Request([]), Configs(isolated=True), Baselines(), has_others=True)
    paths = sorted(path for path in CORPUS.glob("*.*") if path.suffix in (".md", ".txt"))[:12]
    before = {id(each) for each in gc.get_objects() if isinstance(each, (Analysis, Document))}
    for path in paths:
        task = linter.begin(path)
        assert not linter.work(task).errors
    alive = [each for each in gc.get_objects() if isinstance(each, (Analysis, Document)) and id(each) not in before]
    assert len([each for each in alive if isinstance(each, Analysis)]) == 1
    assert len([each for each in alive if isinstance(each, Document)]) == 1


def test_a_function_is_asked_once_for_each_of_its_arguments() -> None:
    asked = []

    @once
    def size(of: list[int], unit: int = 1, *, whole: bool = False) -> int:
        asked.append((len(of), unit, whole))
        return len(of) // unit

    one, other = [1, 2, 3], [1, 2, 3]
    assert [size(one), size(one), size(one, 2), size(one, whole=True), size(one, 2)] == [3, 3, 1, 3, 1]
    assert asked == [(3, 1, False), (3, 2, False), (3, 1, True)]
    assert size(other) == size(one) == 3  # equal, but another
    assert len(asked) == 5


def test_what_failed_is_asked_again() -> None:
    asked = []

    @once
    def fail(of: list[int]) -> int:
        asked.append(of)
        raise ValueError

    of: list[int] = []
    for _ in range(2):
        with pytest.raises(ValueError, match=r"^$"):
            fail(of)
    assert len(asked) == 2
