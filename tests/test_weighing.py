"""The learned weights of words, and what they were learned from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import builtin
from healthlint.analysis.weighing import runs_of, telling, weigh, weights, words_of

CLAIMS = [
    ("Our drops cure hay fever for good in everyone.", "absolute-claim"),
    ("This wonderful little root is a true gift of nature.", "promotional"),
    ("Kelp tablets get a tired thyroid going again within a fortnight.", "uncited-efficacy"),
    ("The syrup is perfectly safe for babies and never upsets their tummies.", "uncited-safety"),
    ("It works far better than ibuprofen and is much kinder to the stomach.", "uncited-comparison"),
    ("Countless studies have proved that garlic lowers blood pressure.", "uncited-study"),
    ("Leading cardiologists all recommend it to their own families.", "vague-authority"),
]
WEIGHTS = sorted(path.stem for path in (builtin.folder() / "weights").glob("*.json"))
CLEAN = [
    "Ask your pharmacist if you are not sure.",
    "Swallow the tablet whole with a glass of water.",
    "It is not known whether garlic lowers blood pressure.",
    "Tell your doctor if you are pregnant or breastfeeding.",
    "Common side effects are headache, nausea and a dry mouth.",
]


@pytest.mark.parametrize(("text", "kind"), CLAIMS)
def test_claims_weigh_more_than_not(text: str, kind: str) -> None:
    assert weigh(text).likelihood > 0.5
    assert weigh(text).kind == kind


@pytest.mark.parametrize("text", CLEAN)
def test_plain_text_weighs_next_to_nothing(text: str) -> None:
    assert weigh(text).likelihood < 0.3


def test_a_dangerous_instruction_weighs() -> None:
    signs = frozenset({"directs", "reader", "changed", "medicine"})
    assert weigh("Once you feel better you can simply stop taking the tablets.", "instructions", signs).likelihood > 0.4
    assert weigh("Do not stop the tablets unless your doctor tells you to.", "instructions").likelihood < 0.3


@given(st.text(max_size=200))
def test_every_text_has_a_likelihood_and_a_telling_stretch(text: str) -> None:
    found = weigh(text)
    assert 0 <= found.likelihood <= 1
    if found.kind:
        start, end = telling(text)
        assert 0 <= start < end <= len(text)
        assert not text[start:end][0].isspace()


def test_names_and_numbers_are_classes() -> None:
    assert words_of("Take 20 mg of omeprazole.") == ("<", "take", "N", "mg", "of", "D", ".", ">")
    runs = {"<", "takes", "take", ">", "< take", "take >", "< * >", "~swallow", "~pill", "~swallow ~pill"}
    assert runs_of(("<", "takes", ">"), ("swallow", "pill")) == runs


def test_what_is_too_short_or_too_long_weighs_nothing() -> None:
    assert weigh("").likelihood == 0
    assert weigh("miracle cure " * 100).likelihood == 0


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_are_learned_from_the_sentences_there_are(name: str) -> None:
    learning = pytest.importorskip("learning.__main__")  # needs scikit-learn, which users do without
    assert weights(name).made_of == learning.digest(name, learning.material()), "run `python -m learning`"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("This tea works for everyone.", "This tea works for everyone"),
        ("Every single pain begins in the gut, and doctors do not know it.", "Every single pain begins in the gut"),
        ("Here is a wonder drug that you can count on.", "Here is a wonder drug that you can count on"),
    ],
)
def test_a_telling_stretch_ends_where_a_clause_does(text: str, mark: str) -> None:
    start, end = telling(text)
    assert text[start:end] == mark
