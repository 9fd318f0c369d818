"""Mentions of steps, sections, tables and figures."""

import pytest
from articles import markdown, marked

from healthlint.checks.cross_references import CrossReferences

ARTICLE = """
# Knees

## 1. Walking

1. Stand up.
2. Walk.

{text}

## 2. Resting

**Table 1. Days of rest**

| Age | Days |
|-----|------|
| 20  | 1    |

## 3. Sources

1. NHS. [Knee pain](https://www.nhs.uk/conditions/knee-pain/).
2. NHS. [Walking](https://www.nhs.uk/live-well/exercise/walking-for-health/).
3. NHS. [Stairs](https://www.nhs.uk/).
4. NHS. [Hills](https://www.nhs.uk/hills).
"""


def found(text: str) -> list[str]:
    return marked(CrossReferences(), markdown(ARTICLE.format(text=text)))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("If it hurts, go back to step 4.", "step 4"),
        ("Repeat steps 2 and 5.", "steps 2 and 5"),
        ("As step 6 above shows, stop.", "step 6"),
        ("See section 7 for hills.", "section 7"),
        ("Hills are covered in part 5.", "part 5"),
        ("Table 2 lists the hills.", "Table 2"),
        ("The hills (Figure 1) are high.", "Figure 1"),
        ("My answer to question 9 says more.", "question 9"),
    ],
)
def test_missing(text: str, target: str) -> None:
    assert found(text) == [target]


@pytest.mark.parametrize(
    "text",
    [
        "If it hurts, go back to step 2.",
        "See section 3, or Table 1.",
        "Table 4 of the label lists more, and section 4.8 of the SmPC does.",
        "The 12-step program and stage 3 disease are something else.",
        "In part 6 of this series we climb.",
        "Figure 3 in Smith et al. has the curve.",
        "Take 2 tablets. Point 5 is moot. Rule 7 is mine.",
        "Medicare Part 4 and section 230 of the Act.",
        "Walk part 5 days, rest part 2.",
    ],
)
def test_not_missing(text: str) -> None:
    assert found(text) == []


def test_a_picture_without_a_number_may_be_meant() -> None:
    article = markdown("# Knees\n\nFigure 1 shows a knee.\n\n![A knee](knee.png)\n")
    assert marked(CrossReferences(), article) == []


def test_steps_mean_nothing_without_steps() -> None:
    assert marked(CrossReferences(), markdown("# Knees\n\nGo back to step 4 of your plan.\n")) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("The chart overleaf shows the doses.", []),
        ("The graph below shows the doses.", ["graph below"]),
        ("Use the recipe on page 9.", ["recipe on page 9"]),
        ("Turn to page 12.", ["page 12"]),
        ("Page 3 of your booklet has it, and so has page 9 of the report.", []),
        ("It is drawn in Appendix B.", ["Appendix B"]),
        ("Keep it in the box below 25 degrees, on the table opposite the door.", []),
        ("See section eight.", ["section eight"]),
        ("Prices are in the box on the right.", []),
    ],
)
def test_things_at_places(text: str, targets: list[str]) -> None:
    assert found(text) == targets


def test_a_question_by_its_letter() -> None:
    article = "# Knees\n\n## Q1. May I run?\n\nYes, see {}.\n\n## Q2. May I ski?\n\nNo.\n"
    assert marked(CrossReferences(), markdown(article.format("Q2"))) == []
    assert marked(CrossReferences(), markdown(article.format("Q5"))) == ["Q5"]
