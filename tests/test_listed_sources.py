"""Lists that only name their sources, and lead-ins that name none."""

import pytest
from articles import html, markdown, marked, plain

from healthlint.checks.leadins import Leadins
from healthlint.checks.listed_sources import ListedSources

LISTED = ListedSources()
LEADINS = Leadins()


def under(heading: str, *items: str) -> list[str]:
    lines = "\n".join(f"- {item}" for item in items)
    return marked(LISTED, markdown(f"# Knees\n\nWalk.\n\n## {heading}\n\n{lines}\n"))


def test_names_alone() -> None:
    assert under("Sources", "Mayo Clinic", "Knee Foundation: Walking") == ["Mayo Clinic", "Knee Foundation: Walking"]
    assert under("Useful websites", "WebMD – Knees", "[NHS](https://www.nhs.uk)") == ["WebMD – Knees"]


def test_what_can_be_found() -> None:
    assert under("Sources", "Mayo Clinic. https://mayoclinic.org/x", "Lee K. Knees. BMJ. 2019;364:l42.") == []
    assert under("Sources", "Lee K. Knees. PMID: 123456", "The Knee Book, by Ada Berg") == []


def test_lists_of_something_else() -> None:
    assert under("Sources", "Oranges", "Peppers", "Kale") == []
    assert under("Notes", "Keep the tablets dry.", "Ask your pharmacist.") == []
    assert under("Resources", "Knee Helpline: 0800 123 456", "Ask your pharmacist") == []


def test_the_head_of_an_inner_list_is_no_source() -> None:
    text = "# Knees\n\n## Sources\n\n- Mayo Clinic\n  - [Walking](https://mayoclinic.org/w)\n"
    assert marked(LISTED, markdown(text)) == []


def test_after_a_lead_in() -> None:
    text = "# Knees\n\nYou can visit these trusted sources:\n\n- Study on walking\n- Knee Foundation\n"
    assert marked(LISTED, markdown(text)) == ["Study on walking", "Knee Foundation"]


def test_a_source_line() -> None:
    assert marked(LISTED, markdown("# Knees\n\nWalk.\n\n*Source: Mayo Clinic*\n")) == ["Mayo Clinic"]
    assert marked(LISTED, markdown("# Knees\n\nWalk.\n\nSource: [NHS](https://www.nhs.uk)\n")) == []


def test_a_column_of_sources() -> None:
    rows = "<tr><th>Claim</th><th>Source</th></tr><tr><td>Knee Society</td><td>Knee Society</td></tr>"
    assert marked(LISTED, html(f"<h1>Knees</h1><table>{rows}</table>")) == ["Knee Society"]


def test_names_without_bullets_in_plain_text() -> None:
    article = plain("KNEES\n\nWalk a little every day, and rest when it hurts.\n\nSOURCES\n\nMayo Clinic\n")
    assert marked(LISTED, article) == ["Mayo Clinic"]


@pytest.mark.parametrize(
    "following",
    ["Remember to see your doctor.\n", "## Last words\n\nWalk.\n", "", "![A knee](knee.png)\n"],
)
def test_a_lead_in_of_nothing(following: str) -> None:
    text = f"# Knees\n\nWalk. For more, see trusted sites such as:\n\n{following}"
    article = markdown(text)
    expected = [] if following.startswith("![") else ["For more, see trusted sites such as:"]
    assert marked(LEADINS, article) == expected


@pytest.mark.parametrize(
    "following",
    [
        "- NHS\n",
        "<https://www.nhs.uk>\n",
        "NHS: Knee pain\n",
        "## References\n\n- NHS\n",
        "| Site | Link |\n|---|---|\n| NHS | x |\n",
    ],
)
def test_a_lead_in_of_something(following: str) -> None:
    assert marked(LEADINS, markdown(f"# Knees\n\nFor more, see trusted sites such as:\n\n{following}")) == []


def test_a_lead_in_of_foods() -> None:
    assert marked(LEADINS, markdown("# Iron\n\nGood sources of iron include:\n\nLiver and lentils.\n")) == []


def test_a_label_of_nothing() -> None:
    assert marked(LEADINS, markdown("# Knees\n\nUseful links:\n\nBest wishes.\n")) == ["Useful links:"]
