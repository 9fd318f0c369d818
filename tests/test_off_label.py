"""Off-label uses: the bare term, and uses that the drug table knows as off-label."""

import pytest
from articles import markdown, marked

from healthlint import builtin, rules
from healthlint.analysis import Analysis
from healthlint.analysis.drugs import Drug
from healthlint.checks.off_label import OffLabel, off_label_use

NAME = "disclaimers/off-label-without-notice"


def check() -> OffLabel:
    found = rules.load(NAME, builtin.folder() / f"{NAME}.yaml").check
    assert isinstance(found, OffLabel)
    return found


CHECK = check()
TITLE = "# Topiramate\n\nTopiramate is approved for epilepsy and migraine.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "Doctors use it off-label for binge eating.",
        "Topiramate is also handed out for binge eating.",
        "Binge eating at night? 50 mg of topiramate will help.",
        "Off-label uses include cluster headache and tremor.",
    ],
)
def test_a_use_without_a_notice_is_marked(text: str) -> None:
    assert marked(CHECK, markdown(f"{TITLE}{text}\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Doctors use it off-label for binge eating, which means that it is not approved for that.",
        "Topiramate is also handed out for binge eating. No regulator has approved that use.",
        "Topiramate is also given for binge eating, though the evidence is thin.",
        "Topiramate does not help with binge eating.",
        "In a trial, topiramate was given to people with binge eating.",
        "Tell your doctor if you have an eating disorder such as binge eating before you take topiramate.",
        "Topiramate is used for migraine.",
        "Is topiramate used off-label?",
    ],
)
def test_a_use_with_one_is_not(text: str) -> None:
    assert marked(CHECK, markdown(f"{TITLE}{text}\n")) == []


def test_a_list_is_marked_from_its_lead_in_to_its_last_item() -> None:
    listed = "People take propranolol for:\n\n- stage fright\n- exam nerves"
    assert marked(CHECK, markdown(f"# Propranolol\n\nPropranolol is a beta blocker. {listed}\n")) == [listed]


def test_what_the_article_calls_off_label_elsewhere_is_told() -> None:
    told = "Binge eating is an off-label use: the agencies have not approved it.\n\n## More\n\n"
    assert marked(CHECK, markdown(f"{TITLE}{told}Topiramate eases binge eating.\n")) == []


def test_a_drug_that_the_article_is_not_about_is_doubtful() -> None:
    document = markdown("# Stage fright\n\nSome speakers take propranolol for stage fright.\n")
    assert [match.doubtful for match in CHECK.find(Analysis(document))] == [True]


def test_a_labelled_use_hides_the_words_inside_it() -> None:
    drug = Drug(name="x", labelled_uses=("stage fright at work",), off_label_uses=("stage fright",))
    assert off_label_use("for stage fright at work", drug) is None
    assert off_label_use("for stage fright", drug) == len("for ")
