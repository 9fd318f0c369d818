"""The README tells the truth: what it shows is what the command prints."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def shown() -> tuple[list[str], str]:
    """The arguments of the command that the README shows, and what it shows of the output."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").split("\n")
    start = next(row for row, line in enumerate(lines) if line.startswith("    $ healthlint"))
    end = lines.index("    ...", start)
    arguments = lines[start].removeprefix("    $ healthlint ").split()
    return arguments, "\n".join(line.removeprefix("    ") for line in lines[start + 1 : end])


def test_shows_what_the_command_prints() -> None:
    arguments, expected = shown()
    done = subprocess.run(
        [sys.executable, "-m", "healthlint", "--isolated", *arguments],
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(expected)


def test_every_path_it_names_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in (
        "rules/drugs",
        "rules",
        "docs/accuracy.md",
        "docs/configuration.md",
        "docs/rules/README.md",
        "corpus/bad-02-ashwagandha.md",
    ):
        assert path in text
        assert (ROOT / path).exists()
