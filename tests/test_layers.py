"""Imports follow the flow of the data, `console` alone prints, and what is quick imports nothing that is slow."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import healthlint

PACKAGE = Path(healthlint.__file__).parent

# A module imports only from those before it; a new one is given its place here.
ORDER = """
    builtin plain bundles kept repository replay regexes slim yamlfile schema globs writing web
    documents edits removals analysis checks rules suppressions findings fixes linked across examples
    paths configfile rule_options config json_schemas selection settled baseline pool spool outcomes waiting runner
    watching surveyed firstconfig hookfile labels measure measured
    reports recorded arguments rewriting progress console asked server commands cli __main__
""".split()

MODULES = {
    ".".join(["healthlint", *path.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imported(name: str, *, at_start: bool = False) -> Iterator[str]:
    """Our own modules that a module imports; with `at_start` without those that are imported inside functions."""
    tree = ast.parse(MODULES[name].read_text("utf-8"))
    for node in tree.body if at_start else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in inner)


def layer(name: str) -> str:
    return name.split(".")[1] if "." in name else "builtin"


@pytest.mark.parametrize("name", MODULES)
def test_imports_follow_the_flow(name: str) -> None:
    assert layer(name) in ORDER, "give the new module its place in ORDER"
    late = [other for other in imported(name) if ORDER.index(layer(other)) > ORDER.index(layer(name))]
    assert late == []


def test_no_module_needs_itself() -> None:
    graph = {name: {other for other in imported(name, at_start=True) if other != name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


PRINTING = ("healthlint.console", "healthlint.cli", "healthlint.__main__")  # the latter two look after the streams


@pytest.mark.parametrize("name", [name for name in MODULES if name not in PRINTING])
def test_only_the_console_prints(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text("utf-8"))
    assert not any(isinstance(node, ast.Name) and node.id == "print" for node in ast.walk(tree))
    assert not any(isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr") for node in ast.walk(tree))


QUICK = ["--help", "--version", "rules", "explain suppressions/unused", "--selct x", "missing.md", "--config no.yaml ."]


@pytest.mark.parametrize("arguments", QUICK)
def test_what_is_quick_imports_nothing_slow(arguments: str, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from healthlint.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print('\\n' + ' '.join({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments.split()], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    modules = set(done.stdout.splitlines()[-1].split())
    assert "healthlint" in modules
    assert modules & {"spacy", "numpy", "pydantic", "thinc"} == set()


NEEDLESS = {"typing_extensions", "inspect", "pkgutil", "shutil", "dataclasses", "yaml"}  # for an article


@pytest.mark.parametrize("arguments", ["a.txt", "--select numbering,sources a.txt"])
def test_an_article_imports_nothing_needless_once_rules_are_kept(arguments: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# Knees\n\n1. Walk.\n3. Rest.\n", "utf-8")
    program = (
        "import sys\n"
        "from healthlint.cli import main\n"
        "main(sys.argv[1:])\n"
        "print('\\n' + ' '.join({name.partition('.')[0] for name in sys.modules}))"
    )
    command = [
        sys.executable,
        "-S",
        "-c",
        program,
        "--no-cache",
        "--cache-dir",
        str(tmp_path / "kept"),
        *arguments.split(),
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}  # what `-S` leaves out, but for its hooks
    for _ in range(2):
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert "numbering/" in done.stdout
    assert set(done.stdout.splitlines()[-1].split()) & NEEDLESS == set()
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["healthlint.sqlite"]  # and no log beside it
