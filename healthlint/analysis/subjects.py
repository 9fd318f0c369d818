"""Who or what a sentence speaks of: a treatment, or a drawer in which it is safe to store it."""

from __future__ import annotations

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.lexicons import drug_words, lexicon
from healthlint.analysis.tokens import sentence_words


def is_about_treatment(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence names a treatment: a word for one, a drug of the table, the article's topic, or 'it'."""
    words = sentence_words(sentence.text)
    named = (lexicon("treatment"), drug_words(), analysis.topic_words)
    return any(not words.isdisjoint(names) for names in named)
