"""What an article must say somewhere: that it is no advice, whom to ask, that supplements are not medicines."""

import pytest
from articles import html, markdown, plain

from healthlint import builtin, rules
from healthlint.analysis import Analysis
from healthlint.checks import Check
from healthlint.documents.document import Document

DRUG = """\
Propranolol tablets

Propranolol slows the heart and is taken for high blood pressure and angina. The usual dose is 40 mg twice a day. Cold
hands, tiredness and vivid dreams are its most common side effects. People with asthma are given another medicine. Stand
up slowly.

"""
SUPPLEMENT = """\
Ginkgo for a better memory

Ginkgo boosts memory and improves the blood flow to the brain. It helps tired people to focus. The leaves are dried and
pressed, and the capsules are taken with breakfast. Our customers love it. Take it for three months.

"""

DISCLAIMERS = [
    "Treat what you find here as a starting point, and let the people who look after you fill in the rest.",
    "We are pharmacists, yet we are not the ones who filled your prescription; theirs is the word that counts.",
    "Reading is no examination: only a clinician with your chart can tell what is right in your case.",
    "The answers above fit most readers and may not fit you.",
    "This page was made to inform, and a page has never listened to anybody's heart.",
    "Nobody at this newspaper has seen your blood results.",
    "What works for the average patient in a trial may be wrong for you, which is why this text cannot choose for you.",
    "I share my experience; I do not hand out prescriptions.",
    "For education. Your care team makes the decisions with you.",
    "If this leaflet and your nurse disagree, your nurse is right.",
    "The hospital gives this out as general information for inpatients.",
    "Our articles are no replacement for professional care.",
    "Information in this blog shouldn't be relied on as medical advice.",
    "The author is a patient, not a professional, and speaks for nobody but herself.",
    "Every body is different, and a website cannot look into yours.",
    "This is journalism and not a consultation.",
    "A handout can only speak in general terms; your own plan is on your card.",
    "Think of this sheet as a map: helpful, but it doesn't know where you are standing.",
]

NO_DISCLAIMERS = [
    "Ask your doctor before you take it.",
    "Talk to a pharmacist if you take other medicines.",
    "This article explains how the tablets work and what they cost.",
    "In general, the tablets are taken in the morning.",
    "The study did not look at children.",
    "This page was last updated in May.",
    "Your doctor will choose the dose.",
    "Only a doctor can prescribe it.",
    "This guide covers uses, dosage and side effects, and everything you need to know.",
    "It does not replace insulin.",
    "Different people need different doses.",
    "You can find general information about asthma on the NHS site.",
]

NOTICES = [
    "In the United States, supplements go on sale without anybody at the FDA having looked at them first.",
    "Makers of supplements need not show that their products work.",
    "Unlike a medicine, a capsule like this has not been through any approval.",
    "No health claim has been authorised for this plant in Europe.",
    "It is a food and not a drug, and it will not cure an illness.",
    "The FDA has not evaluated what we say here.",
    "Herbal products are loosely regulated, and what is in the bottle has seldom been checked.",
    "Supplements aren't tested the way prescription drugs are.",
]

NO_NOTICES = [
    "It is not a cure for depression.",
    "No regulator has approved it for weight loss.",
    "The capsules are made from tested leaves.",
    "Studies have not settled the matter.",
    "Ask your doctor before you take it.",
]

WHOM_TO_ASK = [
    "Have a chat with your chemist about it.",
    "Before the first tablet, run it by whoever prescribes your other medicines.",
    "The diabetes nurse is the person to ask.",
    "Your GP can arrange a blood test.",
    "A word with the pharmacist is worth the walk.",
    "Your own physician knows best.",
    "If in doubt, get it checked at the surgery.",
    "Bring the list to your next appointment.",
    "Let us know if you are pregnant.",
]

NOBODY_TO_ASK = [
    "Doctors swear by it.",
    "There is no need to ask a doctor.",
    "A nurse in Leeds invented it.",
    "This is not medical advice.",
    "You do not need a prescription from a doctor.",
]


def check(name: str) -> Check:
    name = f"disclaimers/{name}"
    return rules.load(name, builtin.folder() / f"{name}.yaml").check


MEDICAL = check("missing-medical-disclaimer")
PROFESSIONAL = check("missing-professional-advice")
REGULATOR = check("missing-supplement-disclaimer")


def is_missing(chosen: Check, document: Document) -> bool:
    found = list(chosen.find(Analysis(document)))
    assert all(match.whole_document for match in found)
    return bool(found)


@pytest.mark.parametrize("sentence", DISCLAIMERS)
def test_a_disclaimer_is_known_in_many_words(sentence: str) -> None:
    assert not is_missing(MEDICAL, plain(f"{DRUG}{sentence}\n"))


@pytest.mark.parametrize("sentence", NO_DISCLAIMERS)
def test_what_is_none_leaves_it_missing(sentence: str) -> None:
    assert is_missing(MEDICAL, plain(f"{DRUG}{sentence}\n"))


@pytest.mark.parametrize("sentence", NOTICES)
def test_a_notice_about_supplements_is_known_in_many_words(sentence: str) -> None:
    assert not is_missing(REGULATOR, plain(f"{SUPPLEMENT}{sentence}\n"))


@pytest.mark.parametrize("sentence", NO_NOTICES)
def test_what_is_no_notice_leaves_it_missing(sentence: str) -> None:
    assert is_missing(REGULATOR, plain(f"{SUPPLEMENT}{sentence}\n"))


@pytest.mark.parametrize("sentence", WHOM_TO_ASK)
def test_whom_to_ask_is_known_in_many_words(sentence: str) -> None:
    assert not is_missing(PROFESSIONAL, plain(f"{DRUG}{sentence}\n"))


@pytest.mark.parametrize("sentence", NOBODY_TO_ASK)
def test_a_professional_who_is_only_named_is_nobody_to_ask(sentence: str) -> None:
    assert is_missing(PROFESSIONAL, plain(f"{DRUG}{sentence}\n"))


def test_front_matter_and_footers_count() -> None:
    body = DRUG.replace("Propranolol tablets", "# Propranolol tablets")
    assert is_missing(MEDICAL, markdown(body))
    assert not is_missing(MEDICAL, markdown(f"---\ndisclaimer: Ask your own doctor.\n---\n\n{body}"))
    page = f"<html><body><main><h1>Propranolol</h1><p>{DRUG}</p></main><footer><p>{{}}</p></footer></body></html>"
    assert is_missing(MEDICAL, html(page.format("All rights reserved.")))
    assert not is_missing(MEDICAL, html(page.format("For information only.")))


def test_a_disclaimer_may_take_two_sentences() -> None:
    text = f"{DRUG}We print these answers for all our patients. Yours may be different; ask.\n"
    assert not is_missing(MEDICAL, plain(text))


def test_a_note_of_a_few_words_misses_nothing() -> None:
    assert not is_missing(MEDICAL, plain("Propranolol\n\nTake it with water.\n"))


def test_a_text_about_something_else_misses_nothing() -> None:
    assert not is_missing(MEDICAL, plain("Our new bridge\n\n" + "The bridge was opened on a windy day. " * 8))


def test_an_article_about_a_drug_needs_no_notice_about_supplements() -> None:
    assert not is_missing(REGULATOR, plain(DRUG))


def test_a_supplement_that_nobody_praises_needs_none() -> None:
    text = "Ginkgo\n\n" + "Ginkgo is a tree from China with leaves like fans. It was tested, with mixed results. " * 4
    assert not is_missing(REGULATOR, plain(text))
