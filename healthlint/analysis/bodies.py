"""Names of organisations, sites and journals in running text, found by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Name(NamedTuple):
    """A name in a text: `text[start:end]`."""

    text: str
    start: int
    end: int


# What a body or a journal is called: at least one of these stands in its name.
BODY_NOUNS = frozenset(
    """Academy Academies Administration Agency Alliance Association Authority Board Center Centers Centre Centres
    Charity Clinic Coalition Collaboration College Commission Committee Consortium Council Department Faculty Federation
    Formulary Foundation Fund Group Hospital Hospitals Infirmary Initiative Institute Institutes Institution
    Laboratory Library League Ministry Network Office Organisation Organization Panel Partnership Pharmacopoeia
    Pharmacopeia Program Programme Registry School Service Society Trust Union University Annals Archives Journal
    Lancet Proceedings Review Reviews Bulletin Gazette Letters Magazine Times Post Weekly Monthly Quarterly
    Digest Database""".split()
)
_CAPITALISED = re.compile(r"\b[A-Z][\w'’&-]*(?:\.(?=[A-Z]))?")
_OWNING = re.compile("['’]s$")
_JOINT = re.compile(
    r"\s(?!and the\b)(?:(?:of|for|and|on|in|&|to|against|the|de|du|des|y)\s){0,2}|,\s(?=[A-Z][a-z]+,?\s(?:and|&)\s)"
)
_BEFORE = re.compile(r"([A-Z][\w'’.&-]*)((?:\s(?:of|for|and|on|&|the)){0,2}\s)$")
_SHORT = re.compile(r"\b(?:[A-Z]{2,7}|[A-Z][a-z]+[A-Z]\w*|[A-Z][a-z]+\.(?:com|org|net|gov))\b")
_OPENERS = frozenset(
    "The A An Even This That These Those In On At For From By To As And But Or If When While Although According "
    "Since Per See Visit Read Check Consult Both Your Our My Their Its Many Most Some Every Each Such Also "
    "However With".split()
)


def bodies(text: str) -> Iterator[Name]:
    """Names of two words or more that contain a word for an organisation or a journal, in order."""
    reached = 0
    for match in _CAPITALISED.finditer(text):
        noun = _OWNING.sub("", match[0])
        if match.start() < reached or noun not in BODY_NOUNS:
            continue
        start, end = _first(text, match.start(), reached), match.start() + len(noun)
        if noun == match[0]:
            end = _last(text, end)
        if " " in text[start:end]:
            yield Name(text[start:end], start, end)
            reached = end


def short_names(text: str) -> Iterator[Name]:
    """Acronyms and names written in one word: 'CDC', 'WebMD', 'Drugs.com'."""
    for match in _SHORT.finditer(text):
        yield Name(match[0], match.start(), match.end())


def initials(name: str) -> str:
    """The capitals of a name: 'World Health Organization' -> 'WHO'."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _first(text: str, start: int, floor: int) -> int:
    """Where the name that holds the noun at `start` begins."""
    for _ in range(10):
        match = _BEFORE.search(text, max(floor, start - 40), start)
        if not match or match[1] in _OPENERS or (match[1].endswith(".") and len(match[1]) > 3):
            break
        if "and" in match[2] and ("the" in match[2] or match[1].isupper()):
            break  # two bodies: 'CDC and the Academy of ...'
        start = match.start(1)
    return start


def _last(text: str, end: int) -> int:
    """Where the name ends: after 'of', 'for' and 'and' a capital carries it on."""
    for _ in range(10):
        joint = _JOINT.match(text, end)
        capital = _CAPITALISED.match(text, joint.end()) if joint else None
        if not capital or capital[0] in _OPENERS:
            break
        end = capital.end()
    return end
