"""The words of a sentence and where they stand, told apart as spaCy's English tokenizer tells them.

Nothing but that tokenizer was ever wanted of spaCy, and importing it costs more than all else that a lint does. What is
here gives the same words in running text (`tests/test_tokens.py` holds the two together); the parts of a hyphenated
word stand apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import NamedTuple

# Typographic characters become plain ones, character for character.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "\u00a0": " ", "\u202f": " "})
_SPACED_HYPHEN = re.compile(r"(?<=\s)-(?=\s)")
_TOKEN = re.compile(
    r"""(?:https?://|www\.)\S*[^\s.,;:!?)\]"'>]
    | [^\W\d_]\.(?:[^\W\d_]\.)+                                # 'e.g.'
    | \d+(?:[.,:/]\d+)*(?=(?:%|[kmcµ]?g|mcg|[mdcµ]?l|[ckmµ]?m|oz|lbs?|iu|[ap]m|mmhg|kcal)\b|%)   # the 10 of '10mg'
    | \d+(?:[.,:/]\d+)+
    | n't\b | '(?:s|re|ve|ll|d|m)\b
    | [^\W\d_]{1,20}?(?=n't\b) | can(?=not\b)
    | (?:do|does|did|is|are|was|were|has|have|had|would|could|should|ca|wo)(?=nt\b) | (?<=[a-z])nt\b
    | [^\W_]+
    | \.{2,} | --+ | [^\w\s] | _""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_CONTRACTED = re.compile(r"n['’]t\b|(?<=\bcan)not\b")
_FORGOTTEN = frozenset(  # contractions without their apostrophe
    "dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt shouldnt cant wont".split()
)
_NUMBER = re.compile(r"\d[\d,.]*(?:/\d+)?")
_NUMBER_WORDS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion""".split()
)


class Tokens(NamedTuple):
    """The words and punctuation marks of one sentence, in lower case: `words[n]` stands at `spans[n]` of its text."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def plain(text: str) -> str:
    """The text with straight quotes and plain hyphens, character for character; a hyphen between blanks is a dash."""
    return _SPACED_HYPHEN.sub("—", text.translate(_PLAIN))


@lru_cache(maxsize=4096)
def tokenise(text: str) -> Tokens:
    """The words of one sentence. A contraction is two ('do', "n't", also where the apostrophe is forgotten)."""
    found = list(_TOKEN.finditer(plain(text)))
    words = tuple("n't" if match[0] in ("nt", "NT") else intern(match[0].lower()) for match in found)
    return Tokens(words, tuple([match.span() for match in found]))


@lru_cache(maxsize=8192)
def sentence_words(text: str) -> frozenset[str]:
    """The words of a sentence, lower case; those of a contraction or hyphenated word apart, "n't" as 'not'."""
    words = frozenset(map(intern, _WORD.findall(_CONTRACTED.sub(" not", text.lower()))))
    return words if words.isdisjoint(_FORGOTTEN) else words | {"not", *(word[:-2] for word in words & _FORGOTTEN)}


def is_number(word: str) -> bool:
    """Whether a word of a sentence is a number, in digits or letters."""
    return word in _NUMBER_WORDS or bool(_NUMBER.fullmatch(word))
