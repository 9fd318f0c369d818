"""What is a contradiction, and what ends one."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint import builtin, documents, findings, rules
from healthlint.findings import Finding

NAMES = ("consistency/contradiction", "consistency/differing-figure")
RULES = [rules.load(name, Path(builtin.folder()) / f"{name}.yaml") for name in NAMES]


def found(*paragraphs: str, title: str = "Sertraline") -> list[Finding]:
    text = "\n\n".join([f"# {title}", *paragraphs])
    return findings.lint(documents.read("a.md", text.encode()), RULES)


MORNING = "Take sertraline in the morning."


@pytest.mark.parametrize(
    "later",
    [
        "Take it at bedtime.",
        "> Note\n\nSertraline is best taken just before bed.",
        "- Use a pill box.\n- Swallow the tablet last thing.",
    ],
)
def test_marks_the_later_place(later: str) -> None:
    (finding,) = found(MORNING, later)
    assert finding.location.row > 3
    assert finding.related[0].location.row == 3
    assert "in row" in finding.message or "row 3" in finding.message


@pytest.mark.parametrize(
    "later",
    [
        "Do not take it at bedtime.",
        "Should I take it at bedtime?",
        "If it makes you drowsy, take it at bedtime.",
        "Some people take it at bedtime.",
        "Your doctor may tell you to take it at bedtime.",
        "Children take it at bedtime.",
        "The extended-release tablet is taken at bedtime.",
        "Trazodone is taken at bedtime.",
        '"Take it at bedtime," says the web. That is wrong.',
        "Take it in the morning or at bedtime.",
    ],
)
def test_keeps_quiet_where_it_is_none(later: str) -> None:
    assert found(MORNING, later) == []


def test_a_list_of_what_not_to_do_is_no_advice() -> None:
    assert found(MORNING, "Do not:", "- take it at bedtime\n- take it with wine") == []


def test_needs_one_drug() -> None:
    assert found("Take warfarin in the morning.", "Take apixaban at bedtime.", title="Blood thinners") == []
    assert len(found("Take warfarin in the morning.", "Take warfarin at bedtime.", title="Blood thinners")) == 1


def test_figures() -> None:
    (finding,) = found("The maximum is 200 mg a day.", "Adults must not exceed 100 mg a day.")
    assert finding.name == "differing-figure"
    assert found("The maximum is 200 mg a day.", "In children, the maximum is 100 mg a day.") == []
    assert found("The maximum is 100 mg twice a day.", "Never exceed 200 mg a day.") == []
