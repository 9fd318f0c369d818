"""What the other claims of an article say of a sentence in it."""

from __future__ import annotations

import pytest
from articles import markdown, marked

from healthlint.analysis import Analysis
from healthlint.analysis.tenor import likelihood_in
from healthlint.analysis.weighing import weigh
from healthlint.checks.claims import Claims

DOUBTFUL = "The tea gives tired eyes a rest."
LOUD = (
    "Our drops put an end to hay fever for good. "
    "Kelp tablets rebuild tired thyroids within a fortnight. "
    "Countless studies have proved that garlic lowers blood pressure. "
    "Leading cardiologists all recommend it to their own families."
)
PLAIN = "Swallow the tablet whole with a glass of water. Ask your pharmacist if you are not sure. " * 20
CITED = " (https://doi.org/10.1056/NEJMa1)."


def likelihood(text: str) -> float:
    analysis = Analysis(markdown(text))
    sentence = next(each for each in analysis.sentences if each.text == DOUBTFUL)
    return likelihood_in(analysis, sentence)


def test_a_sentence_alone_weighs_what_its_words_weigh() -> None:
    assert abs(likelihood(DOUBTFUL) - weigh(DOUBTFUL).likelihood) < 0.05


def test_among_plain_sentences_it_is_less_likely_a_claim() -> None:
    assert likelihood(f"{DOUBTFUL}\n\n{PLAIN}") < 0.8 * weigh(DOUBTFUL).likelihood


def test_among_claims_it_is_likelier_yet_not_by_much() -> None:
    alone, among = weigh(DOUBTFUL).likelihood, likelihood(f"{DOUBTFUL}\n\n{LOUD}")
    more = among / (1 - among) / (alone / (1 - alone))
    assert 1 < more < 2
    assert likelihood(f"{DOUBTFUL}\n\n{LOUD * 9}") == pytest.approx(among)


def test_cited_claims_do_not_count() -> None:
    cited = "\n\n".join(sentence.rstrip(". ") + CITED for sentence in LOUD.split(". "))
    assert likelihood(f"{DOUBTFUL}\n\n{cited}\n\n{PLAIN}") < likelihood(f"{DOUBTFUL}\n\n{LOUD}\n\n{PLAIN}")


def test_what_is_certain_is_found_in_any_article() -> None:
    check = Claims(patterns=("cures",), weighed="absolute-claim")
    claim = "Every case of hay fever is cured by our drops, without exception."
    assert len(marked(check, markdown(claim))) == 1
    assert len(marked(check, markdown(f"{claim}\n\n{PLAIN}"))) == 1
