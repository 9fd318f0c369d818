"""Emergencies: dangers that are met with a home remedy, or named and left at that."""

import pytest
from articles import html, markdown, marked, plain

from healthlint import builtin, rules
from healthlint.checks.emergency import Emergency

ABOUT = "Tramadol tablets\n\nTramadol is a painkiller. You swallow it whole.\n\n"

WRONGLY_MET = [
    "Once in a while the airway swells shut. An ice lolly and a cool cloth on the neck bring it down.",
    "If you ever feel that life is not worth living, remember that it is the tablets talking and give it a week.",
    "Have you taken the whole strip by mistake? Eat something fatty and skip tomorrow's dose.",
    "A tight, crushing pain in the chest is usually wind. Walk it off.",
    "Should your speech become slurred or one arm go weak, lie flat and see how you feel after a nap.",
    "Fits can happen in the first week. Let the person sleep afterwards; mention it at the next check-up.",
    "Some people cough up a little blood. That is nothing to worry about as long as it stops by morning.",
    "If your toddler gets into the bottle, a glass of milk will line the stomach.",
    "Very low sugar can make you pass out. In that case your partner should rub honey on your gums and wait.",
    "Breathing may slow down at night. Propping yourself up on two pillows takes care of it.",
    "People who take too much become drowsy and confused; a pot of black coffee keeps them awake.",
    "If thoughts of harming yourself come up, distract yourself with music or a walk.",
    "Your lips may tingle and swell within minutes of the first tablet. Take an antihistamine and carry on.",
    "Black, tarry stools show that the tablets are working and will pass.",
]

WELL_MET = [
    "If you have chest pain, dial 999.",
    "Suicidal thoughts have been reported. Get help at once: call 988, or tell somebody who can stay with you.",
    "If you take too much, contact your poison control center.",
    "Seizures are treated with diazepam.",
    "A history of stroke is a reason not to take it.",
    "It lowers the risk of heart attack and stroke.",
    "If you feel faint, sit down and stand up slowly next time.",
    "You may feel short of breath when you climb stairs; rest and tell your doctor at the next visit.",
    "Swollen ankles are common; put your feet up in the evening.",
    "A sore throat can be soothed with warm tea and honey.",
    "Heavy periods may get lighter.",
    "If your face or throat swells, stop taking it and go straight to the nearest hospital.",
    "Low sugar makes you shaky and sweaty. Drink half a glass of juice and test again.",
    "In overdose it can be fatal, so keep it locked away. If a child has swallowed any, phone the poison line.",
    "Headaches usually pass within a few days; drink enough water.",
    "Anxiety can make your chest feel tight and your heart race. If the pain spreads to your arm, call an ambulance.",
]


def check() -> Emergency:
    name = "disclaimers/missing-emergency-advice"
    found = rules.load(name, builtin.folder() / f"{name}.yaml").check
    assert isinstance(found, Emergency)
    return found


CHECK = check()


@pytest.mark.parametrize("text", WRONGLY_MET)
def test_a_danger_with_a_home_remedy_is_marked(text: str) -> None:
    assert marked(CHECK, plain(f"{ABOUT}{text}\n"))


@pytest.mark.parametrize("text", WELL_MET)
def test_help_and_harmless_complaints_are_not(text: str) -> None:
    assert marked(CHECK, plain(f"{ABOUT}{text}\n")) == []


def test_a_heading_names_the_danger_for_the_text_below() -> None:
    text = "# Tramadol\n\n## If you take too many tablets\n\nDrink a pot of tea and go to bed.\n"
    assert marked(CHECK, markdown(text)) == ["Drink a pot of tea and go to bed."]


def test_so_does_a_question_of_a_list_of_questions() -> None:
    text = "<main><h1>Tramadol</h1><dl><dt>Swallowed too many tablets?</dt><dd>Sleep it off.</dd></dl></main>"
    assert marked(CHECK, html(text)) == ["Sleep it off."]


def test_a_grave_danger_must_not_be_left_at_that() -> None:
    named = "A few people have had thoughts of suicide on it."
    assert marked(CHECK, plain(f"{ABOUT}{named}\n")) == [named]


def test_help_elsewhere_in_the_article_covers_the_same_danger() -> None:
    text = f"{ABOUT}A few have had thoughts of suicide on it.\n\nWhen to call\n\nCall 988 for thoughts of suicide.\n"
    assert marked(CHECK, plain(text)) == []


def test_an_article_about_a_condition_may_name_its_dangers() -> None:
    assert marked(CHECK, plain("Depression\n\nDeep depression can bring thoughts of suicide.\n")) == []


def test_a_list_of_what_to_report_does_not_instruct() -> None:
    text = "# Tramadol\n\nTell the nurse about a seizure, and if you:\n\n- sleep badly\n- eat little\n"
    assert marked(CHECK, markdown(text)) == []


LONG = "The drug is eliminated by the kidneys, and its half-life is long.\n\n" * 25
OVERDOSE = "Swallowing a large amount may be followed by convulsions and coma."


@pytest.mark.parametrize(
    ("heading", "rest", "expected"),
    [
        ("Overdose", "The signs may be delayed.", [OVERDOSE]),
        ("Overdose", "Management is supportive, with activated charcoal.", []),
        ("Overdose", "Poison control gives advice at any hour.", []),
        ("Toxicology", "The signs may be delayed.", []),
    ],
)
def test_an_encyclopedia_says_what_is_done_in_its_section_on_overdose(
    heading: str, rest: str, expected: list[str]
) -> None:
    article = f"# Tramadol\n\nTramadol is a painkiller.\n\n{LONG}## {heading}\n\n{OVERDOSE} {rest}\n"
    assert marked(CHECK, markdown(article)) == expected


def test_the_end_of_a_figure_is_no_number_to_call() -> None:
    clots = "The risk is 9 in 10,000 a year. A clot can bring chest pain. If it does, message our chat team."
    assert marked(CHECK, plain(f"{ABOUT}{clots}\n"))
    assert not marked(CHECK, plain(f"{ABOUT}{clots} In Australia call 000.\n"))


@pytest.mark.parametrize("help", ["", "If your child has a fit for five minutes, call 999."])
def test_first_aid_for_a_fit_is_no_home_remedy_if_help_is_named(help: str) -> None:  # noqa: A002
    aid = "Your child may have a fit with a fever. Lay the child on one side and put nothing in the mouth."
    assert bool(marked(CHECK, plain(f"{ABOUT}{aid}\n\nWhen to call\n\n{help}\n"))) is not bool(help)
