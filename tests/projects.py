"""Projects for tests: a configuration beside rules of its own."""

from __future__ import annotations

from pathlib import Path

from healthlint.config import Config
from healthlint.selection import Selection, Wanted

RULE = """\
summary: Find nothing.
why: To see how a rule is chosen.
source: {name: "the tests", url: "https://example.org/rules"}
severity: warning
message: '"{quote}" is marked.'
check: suppressions
preview: PREVIEW
examples:
  flagged: ["[[a]] b", "[[c]] d"]
  clean: ["e", "f"]
"""


def write(folder: Path, text: str, name: str = ".healthlint.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def chosen(config: Config, wanted: Wanted = Wanted(), article: str = "a.md") -> list[str]:
    """The rules of the project's own groups that are run."""
    selected = Selection(wanted).rules(config, config.root / article)
    assert selected.errors == ()
    return [rule.name for rule in selected.rules if rule.category in ("house", "yard")]
