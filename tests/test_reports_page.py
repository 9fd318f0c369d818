"""docs/reports.md tells of every format, and shows what the command writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run

from healthlint import reports

PAGE = (Path(__file__).parent.parent / "docs" / "reports.md").read_text("utf-8")
ARTICLE, *_ = re.findall(r"```markdown\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = dict(re.findall(r"\n## (\w+)\n.*?```\w*\n(.*?)```", PAGE, re.DOTALL))


def test_it_tells_of_every_format() -> None:
    told = re.findall(r"^\| \[(\w+)\]\(#(\w+)\) \| (.*?) \|", PAGE, re.MULTILINE)
    assert told == [(name, name, what) for name, what in reports.FORMATS.items()]
    assert list(EXAMPLES) == list(reports.FORMATS)


@pytest.mark.parametrize("form", EXAMPLES)
def test_examples_are_what_the_command_writes(form: str, healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "garlic.md").write_text(ARTICLE, "utf-8")
    (arguments,) = re.findall(r"by `healthlint (.*?)`:", PAGE)
    done = healthlint(*arguments.split(), "--output-format", form, env={"COLUMNS": "100"})
    written = done.stdout.rstrip("\n") + "\n"
    for part in EXAMPLES[form].split("...\n"):
        assert part in written
    assert "..." in EXAMPLES[form] or EXAMPLES[form] == written
