"""SECURITY.md names the test that keeps each promise, and each test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
PAGE = (TOP / "SECURITY.md").read_text("utf-8")
LISTED = PAGE.partition("<!-- promises -->")[2].partition("<!-- end of promises -->")[0]
PROMISES = {int(found[1]): found[2] for found in re.finditer(r"(?ms)^(\d+)\. (.*?)(?=^\d+\. |^\*\*|\Z)", LISTED)}
NAMED = re.compile(r"`(tests/\w+\.py)::(\w+)`")


def functions_of(file: Path) -> set[str]:
    found = ast.parse(file.read_text("utf-8")).body
    return {node.name for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_promises_are_counted() -> None:
    assert list(PROMISES) == list(range(1, len(PROMISES) + 1))
    assert len(PROMISES) >= 20
    assert (
        len(NAMED.findall(PAGE))
        == len(NAMED.findall(LISTED))
        == sum(len(NAMED.findall(one)) for one in PROMISES.values())
    )


@pytest.mark.parametrize("number", PROMISES)
def test_each_promise_has_tests_that_are_there(number: int) -> None:
    named = NAMED.findall(PROMISES[number])
    assert named
    assert len(re.findall("::", PROMISES[number])) == len(named) + 2 * PROMISES[number].count("::error::")
    for file, name in named:
        assert name.startswith("test_")
        assert (TOP / file).is_file(), file
        assert name in functions_of(TOP / file), f"{file}::{name}"


@pytest.mark.parametrize("file", ["test_injection.py", "test_audit.py", "test_outside.py"])
def test_each_test_of_a_promise_is_named(file: str) -> None:
    """What is tried is also told; tests of the tests are not."""
    named = {name for where, name in NAMED.findall(LISTED) if where == f"tests/{file}"}
    own = {"test_the_payloads_would_be_harmful", "test_the_files_of_strangers_are_of_every_format"}
    assert {name for name in functions_of(TOP / "tests" / file) if name.startswith("test_")} - own == named


def test_links_of_the_page_lead_somewhere() -> None:
    for target, anchor in re.findall(r"\]\(([\w/.]+)#?([\w-]*)\)", PAGE):
        text = (TOP / target).read_text("utf-8")
        headings = [re.sub(r"\W+", "-", line.strip("# ").lower()) for line in text.splitlines() if line.startswith("#")]
        assert not anchor or anchor in headings
