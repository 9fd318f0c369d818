"""A sentence as patterns see it: lower case, one letter in the place of each medicine, profession and number.

Every offset stays as it was: 'Stop your beta-blocker.' reads 'stop your D___________.'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from sys import intern
from typing import NamedTuple

from healthlint.analysis.drugs import Key, key_of, known_names, singular
from healthlint.analysis.lexicons import lexicon

FORM, DRUG, RISKY, SUPPLEMENT, PROFESSIONAL, NUMBER = "FDRHPN"
MEDICINES = FORM + DRUG + RISKY + SUPPLEMENT

_LEXICONS = (
    ("medicine_form", FORM),
    ("medicine_class", DRUG),
    ("risky_medicine", RISKY),
    ("professional", PROFESSIONAL),
)
_NUMBERS = frozenset(
    "two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty hundred thousand".split()
)
_TO_CALL = frozenset("911 999 112 000 111 988".split())  # numbers that patterns name
_WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")  # 'A&E', too
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "-": " ", "‑": " ", "–": ";", "—": ";", "\u00a0": " ", "\n": " "}
)
_LONGEST = 5  # words of a name


class Tagged(NamedTuple):
    """A sentence for patterns."""

    text: str  # as long as the sentence
    words: frozenset[str]  # its words and tags


@lru_cache(maxsize=4096)
def plain_words(text: str) -> frozenset[str]:
    """The words of a sentence in lower case, and the tags that it may have: looked at before it is worth tagging."""
    words = list(map(intern, _WORD.findall(text.lower().translate(_PLAIN))))  # so that each is in memory once
    possible = _possible_tags()
    return frozenset([*words, *{tag for word in words for tag in possible.get(word, "")}, *(_number_tag(words))])


def _number_tag(words: Iterable[str]) -> str:
    return NUMBER if any(word[0].isdigit() or word in _NUMBERS for word in words) else ""


@cache
def _possible_tags() -> dict[str, str]:
    """The tags of the names that a word may begin."""
    possible: dict[str, str] = {}
    for first, rests in _names().items():
        tags = "".join(sorted(set(rests.values())))
        for spelling in (first, f"{first}'s", *([f"{first[:-1]}'s"] if first.endswith("s") else [])):
            possible[spelling] = tags  # 'lions mane' is written "lion's mane", too
    return possible


@lru_cache(maxsize=8192)
def tagged(text: str) -> Tagged:
    """`text` for patterns."""
    plain = text.lower()
    if len(plain) != len(text):  # a letter such as 'İ' becomes two
        plain = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    plain = plain.translate(_PLAIN)
    parts: list[str] = []
    words: set[str] = set()
    reached = 0
    for start, end, tag in _tags(plain, words):
        parts += [plain[reached:start], tag, "_" * (end - start - 1)]
        reached = end
        words.add(tag)
    return Tagged("".join(parts) + plain[reached:], frozenset(words))


def _tags(plain: str, words: set[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and tag of each name and number, in order; the other words go into `words`."""
    found = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(plain)]
    names, at = _names(), 0
    while at < len(found):
        start, end, word = found[at]
        at += 1
        possessive = 2 * word.endswith("'s")
        rests = names.get(word.replace("'", "")) or names.get(word[: len(word) - possessive].replace("'", ""))
        if rests:
            length, tag = _longest(rests, found, at - 1)
            if tag:
                at += length - 1
                end = found[at - 1][1]
                yield start, end - 2 * plain.startswith("'s", end - 2), tag
                continue
        if (word[0].isdigit() or word in _NUMBERS) and word not in _TO_CALL:
            yield start, end, NUMBER
        else:
            words.add(intern(word))


def without_names(words: Sequence[str]) -> list[str]:
    """Words in lower case with the one word DRUG in the place of each name of a medicine or supplement."""
    found, left, names, at = [(0, 0, word) for word in words], [], _names(), 0
    while at < len(words):
        rests = names.get(words[at].removesuffix("'s").replace("'", ""))
        length, tag = _longest(rests, found, at) if rests else (0, "")
        is_name = tag in (DRUG, SUPPLEMENT)
        left.append(DRUG if is_name else words[at])
        at += length if is_name else 1
    return left


def _longest(rests: dict[Key, str], found: list[tuple[int, int, str]], at: int) -> tuple[int, str]:
    """How many words the longest name at `at` has, and its tag; 0 and '' if none is there."""
    for length in range(min(_LONGEST, len(found) - at), 0, -1):
        words = [word for *_, word in found[at + 1 : at + length]]
        rest = tuple(word.replace("'", "") for word in words)
        tag = rests.get(rest) or rests.get((*rest[:-1], *(word.removesuffix("'s") for word in words[-1:])))
        if tag:
            return length, tag
    return 0, ""


@cache
def single_names() -> dict[str, str]:
    """The tags of names and of words for medicines and professions that are one word."""
    return {first: rests[()] for first, rests in _names().items() if () in rests}


@cache
def _names() -> dict[str, dict[Key, str]]:
    """Tags by the first word of a name, then by the words behind it; names may stand in the plural."""
    names: dict[str, dict[Key, str]] = {}
    for key, known in known_names().items():
        if not known.drug:
            continue  # a class is named by words of the lexicons
        tag = SUPPLEMENT if known.kind == "supplement" else DRUG
        plural = (*key[:-1], f"{key[-1]}s")
        for spelling in (key, plural) if singular(plural) == key else (key,):
            names.setdefault(spelling[0], {})[spelling[1:]] = tag
    for name, tag in _LEXICONS:
        for word in lexicon(name):
            key = key_of(word)
            names.setdefault(key[0], {})[key[1:]] = tag
    return names
