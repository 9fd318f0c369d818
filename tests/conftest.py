"""What several tests lean on: rules made in a line, and the command run as its users run it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from projects import RULE

from healthlint import kept
from healthlint.analysis import Analysis
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Span
from healthlint.rules import Examples, Rule, RuleFile, Severity, Source

# A job in the background of a shell ignores this signal, and so would the processes that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("patient", deadline=None)  # a busy machine is no defect
settings.register_profile("gate", deadline=None, derandomize=True)  # the same articles: chance holds up no change
settings.load_profile("gate" if os.environ.get("CI") else "patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-corpus", action="store_true", help="write the reports beside the articles of corpus/")


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees what a user's runs have kept, nor leaves anything there."""
    before = os.environ.get(kept.FOLDER)
    os.environ[kept.FOLDER] = str(tmp_path_factory.mktemp("kept"))
    yield
    os.environ.pop(kept.FOLDER)
    if before is not None:
        os.environ[kept.FOLDER] = before


Run = Callable[..., subprocess.CompletedProcess[str]]


class Words(Check, frozen=True):
    """Finds patterns in the text of the file: the simplest check there is."""

    pattern: str
    doubtful: bool = False
    whole_document: bool = False
    related_to_first: bool = False

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """Every match of the pattern."""
        found = [Span(*match.span()) for match in re.finditer(self.pattern, analysis.document.text)]
        for span in found:
            related = (Related(found[0], "first told here"),) if self.related_to_first and span != found[0] else ()
            yield Match(span, {"count": str(len(found))}, related, self.whole_document, self.doubtful)


def rule(name: str, pattern: str, severity: str = "warning", message: str = '"{quote}"', **options: bool) -> Rule:
    """A rule that marks what a pattern matches."""
    file = RuleFile(
        summary="Find a pattern.",
        why="To test what happens with a match.",
        source=Source("the tests", "https://example.org/"),
        severity=Severity(severity),
        message=message,
        check="words",
        examples=Examples(("a", "b"), ("c", "d")),
    )
    check = Words(pattern=pattern, **options)
    return Rule(name=name, path=f"rules/{name}.yaml", file=file, severity=file.severity, check=check)


@pytest.fixture
def healthlint(tmp_path: Path) -> Run:
    """Run the command in an empty folder, as a process of its own."""

    def run(
        *arguments: str, stdin: str | bytes = b"", env: dict[str, str] | None = None, cwd: Path = tmp_path
    ) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR")}
        done = subprocess.run(
            [sys.executable, "-m", "healthlint", *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            env={**environment, "PYTHONIOENCODING": "utf-8", **(env or {})},
            cwd=cwd,
            capture_output=True,
            check=False,
            timeout=120,
        )
        stdout, stderr = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in stderr, stderr
        return subprocess.CompletedProcess(done.args, done.returncode, stdout, stderr)

    return run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with rules of its own: groups `house` and `yard`, the last rule in preview."""
    monkeypatch.chdir(tmp_path)
    for name in ("house/a", "house/b", "yard/c", "yard/new"):
        path = tmp_path / "our-rules" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RULE.replace("PREVIEW", "true" if name == "yard/new" else "false"))
    return tmp_path


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called, and returned from: what a time would tell, on any machine."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls
