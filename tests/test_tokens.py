"""The words of a sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from test_corpus import ARTICLES

from healthlint import documents
from healthlint.analysis import Analysis
from healthlint.analysis.tokens import is_number, plain, sentence_words, tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It doesn't work.", "it|does|n't|work|."),
        ("They cannot; they dont, CAN’T and won't.", "they|can|not|;|they|do|n't|,|ca|n't|and|wo|n't|."),
        ("it's the drug's, they’ll", "it|'s|the|drug|'s|,|they|'ll"),
        ("Take 10mg or 2.5 ml (1/2 tsp), 50% more.", "take|10|mg|or|2.5|ml|(|1/2|tsp|)|,|50|%|more|."),
        ("at 8 a.m., e.g. B12", "at|8|a.m.|,|e.g.|b12"),
        ("long-term and/or omega-3", "long|-|term|and|/|or|omega|-|3"),
        ("well -- so ... done", "well|--|so|...|done"),
        ("see https://a.org/b-c, then", "see|https://a.org/b-c|,|then"),
        ("“quoted”", '"|quoted|"'),
        ("", ""),
    ],
)
def test_tokens(text: str, words: str) -> None:
    assert "|".join(tokenise(text).words) == words


def test_agrees_with_spacy_in_running_text() -> None:
    """But for references, initials and identifiers, which no pattern names."""
    split = spacy.blank("en").tokenizer
    analyses = [
        Analysis(documents.read(path.name, path.read_bytes())) for path in (found.article for found in ARTICLES)
    ]
    texts = {
        sentence.text
        for analysis in analyses
        for sentence in analysis.sentences
        if not analysis.is_reference(sentence.block)
    }
    differing = [text for text in texts if _joined(tokenise(text).words) != _joined(map(str, split(plain(text))))]
    assert len(texts) > 1000
    assert len(differing) < len(texts) / 50


def _joined(words: object) -> list[str]:
    """Words with the parts of hyphenated and slashed ones joined, on which the two mean to differ."""
    text = " ".join(words).lower()  # type: ignore[call-overload]
    return text.replace(" - ", "-").replace(" / ", "/").split()


@given(st.text(max_size=60))
def test_tokens_stand_in_the_text_in_order(text: str) -> None:
    tokens = tokenise(text)
    assert all(first[1] <= second[0] for first, second in pairwise(tokens.spans))
    assert all(start < end <= len(text) for start, end in tokens.spans)
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It doesn't work", {"it", "does", "not", "work"}),
        ("It doesnt work", {"it", "does", "doesnt", "not", "work"}),
        ("It CANNOT work", {"it", "can", "not", "work"}),
        ("long-term and/or omega-3", {"long", "term", "and", "or", "omega", "3"}),
        ("the drug’s", {"the", "drug", "s"}),
        ("", set()),
    ],
)
def test_the_words_of_a_sentence(text: str, words: set[str]) -> None:
    assert sentence_words(text) == words


@pytest.mark.parametrize("word", ["5", "2.5", "1,000", "1/2", "ten", "million"])
def test_numbers(word: str) -> None:
    assert is_number(word)


@pytest.mark.parametrize("word", ["b12", "some", "", "."])
def test_what_is_no_number(word: str) -> None:
    assert not is_number(word)
