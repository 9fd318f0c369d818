"""English words -> stems, so that 'relieve', 'relieves' and 'relieving' count as one.

M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), with the small departures of his own later
version ('-logi', 'bli') and with British '-ise' beside '-ize'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "iser": "ise", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "isation": "ise", "ation": "ate",
    "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive",
    "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {
    "icate": "ic", "ative": "", "alize": "al", "alise": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
_STEP_4 = tuple(
    "ement ance ence able ible ment ant ent ion ism ate iti ous ive ize ise al er ic ou".split()
)  # the longest first
_LETTERS = str.maketrans({letter: "v" if letter in "aeiou" else "c" for letter in "abcdefghijklmnopqrstuvwxz"})
_VOWEL_Y = re.compile(r"(?<=c)y")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case; 'sleepy' and 'sleepiness' have one, 'drowsy' has another."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = _without_past(_without_plural(word))
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = f"{word[:-1]}i"
    word = _replaced(_replaced(word, _STEP_2), _STEP_3)
    return _tidied(_stripped(word))


def _shape(word: str) -> str:
    """The word's letters as 'c' for a consonant and 'v' for a vowel; 'y' is a vowel after a consonant."""
    shape = word.translate(_LETTERS)
    return _VOWEL_Y.sub("v", shape).replace("y", "c") if "y" in shape else shape


def _measure(word: str) -> int:
    """How many times a consonant follows a vowel: Porter's m."""
    return _shape(word).count("vc")


def _is_short(word: str) -> bool:
    """Whether it ends in consonant, vowel, consonant, the last not w, x or y: Porter's *o."""
    return _shape(word).endswith("cvc") and word[-1] not in "wxy"


def _without_plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    if not word.endswith(("ed", "ing")):
        return word
    base = word[:-2] if word.endswith("ed") else word[:-3]
    return _restored(base) if "v" in _shape(base) else word


def _restored(base: str) -> str:
    """The base of a form in -ed or -ing: 'conflat' -> 'conflate', 'hopp' -> 'hop', 'fil' -> 'file'."""
    if base.endswith(("at", "bl", "iz")):
        return f"{base}e"
    if len(base) > 1 and base[-1] == base[-2] and base[-1] not in "lszaeiou":
        return base[:-1]
    return f"{base}e" if _measure(base) == 1 and _is_short(base) else base


def _replaced(word: str, endings: Mapping[str, str]) -> str:
    if not word.endswith(tuple(endings)):
        return word
    for length in range(7, 2, -1):
        if len(word) > length and word[-length:] in endings:
            base = word[:-length]
            return base + endings[word[-length:]] if _measure(base) else word
    return word


def _stripped(word: str) -> str:
    if not word.endswith(_STEP_4):
        return word
    ending = next(ending for ending in _STEP_4 if word.endswith(ending))
    base = word.removesuffix(ending)
    return word if _measure(base) < 2 or (ending == "ion" and not base.endswith(("s", "t"))) else base


def _tidied(word: str) -> str:
    base = word.removesuffix("e")
    if base != word and (_measure(base) > 1 or (_measure(base) == 1 and not _is_short(base))):
        word = base
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
