"""What docs/configuration.md shows can be used as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run
from projects import write

from healthlint.config import Settings, load

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/configuration.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
CONFIGURATIONS = [block for block in BLOCKS if not block.startswith("---")]


@pytest.mark.parametrize("text", CONFIGURATIONS, ids=lambda text: text.partition(":")[0])
def test_its_configurations_load(text: str, tmp_path: Path) -> None:
    (tmp_path / "site" / "house-rules").mkdir(parents=True)
    write(tmp_path, "", "shared/healthlint.yaml")
    assert load(write(tmp_path, text, "site/.healthlint.yaml")).layers[-1].settings != Settings()


def test_its_suppressions_work(tmp_path: Path, healthlint: Run) -> None:
    (html,) = re.findall(r"^```html\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    block, opening, closing, whole = (line for line in html.splitlines() if line)
    (matter,) = (block for block in BLOCKS if block.startswith("---"))
    praise = "\n\nThis tea is a true miracle of nature.\n\n"
    body = "Garlic is a plant that grows in many gardens, and its bulbs are eaten as a spice all over the world. " * 4

    def codes(text: str) -> list[str]:
        write(tmp_path, text, "a.md")
        done = healthlint("--select", "claims/promotional,provenance/missing-author", "--output-format", "concise")
        return [line.split()[2] for line in done.stdout.splitlines()]

    assert codes(f"# Tea{praise}{body}\n") == ["provenance/missing-author", "claims/promotional"]
    assert codes(f"# Tea\n\n{block}{praise}{body}\n") == ["provenance/missing-author"]
    assert codes(f"# Tea\n\n{opening}{praise}{closing}\n\n{body}\n") == ["provenance/missing-author"]
    assert codes(f"# Tea{praise}{whole}\n\n{body}\n") == ["claims/promotional"]
    assert codes(f"{matter}\n# Tea{praise}{body}\n") == ["claims/promotional"]


def test_all_that_it_names_is_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        assert (ROOT / "docs" / target).is_file()
    for hook in re.findall(r"^\| `(healthlint[\w-]*)` \|", PAGE, re.MULTILINE):
        assert f"- id: {hook}\n" in (ROOT / ".pre-commit-hooks.yaml").read_text()
