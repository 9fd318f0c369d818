"""What makes a source findable: a web address, an identifier, or a reference that is complete enough to look up."""

from __future__ import annotations

import re
from functools import lru_cache

from healthlint.analysis.wording import one_of

# A search for plain substrings is twenty times as fast as a pattern of alternatives, and seldom finds anything.
_SIGNS = ("://", "www.", "10.", "PMID", "PMC", "ISBN", "NCT", "arXiv:", "ISSN", "EudraCT")
_IDENTIFIER = re.compile(
    one_of(
        r"""://\S | \bwww\.\S | \b10\.\d{4,9}/\S | \bPMID:?\s{0,2}\d | \bPMC\s?\d{4} | \bISBN\b | \bNCT\d{8}
        | \barXiv: | \bISSN\b | \bEudraCT\b"""
    )
)
_ENDINGS = ("gov", "org", "edu", "com", "net", "int", "info", "uk", "au", "ca", "de", "eu", "ie", "nz", "us", "io")
_DOTTED_ENDINGS = tuple(f".{ending}" for ending in _ENDINGS)
# 'Drugs.com' is the name of a site; 'drugs.com' and 'Drugs.com/gabapentin' are addresses.
_DOMAIN = re.compile(
    rf"\b(?:[a-z0-9-]{{2,40}}\.){{1,3}}(?:{'|'.join(_ENDINGS)})\b|\b[\w-]{{2,40}}\.(?:com|org|net|gov|edu)/\w"
)
YEAR = re.compile(
    r"(?<![\d.,/-])(?:18[5-9]|19\d|20[0-4])\d(?![\d%]|[.,]\d|\s?(?:mg|mcg|g|ml|iu|units|calories|kcal)\b)",
    re.IGNORECASE,
)
# As in '2003;26(11):3080', '2007;(1):CD001936', '2017 Mar 3;356:i6583'.
_YEAR_VOLUME = re.compile(r"\b(?:19|20)\d\d\b[^.;]{0,20};\s?[\w ]{0,12}(?:\([^)]{1,20}\))?\s?:\s?[A-Za-z]{0,3}\d")
# As in '20(3): 123' and '12(Suppl 1), 45'.
_VOLUME_ISSUE = re.compile(r"\b\d{1,4}\s?\((?:\d{1,3}|[Ss]uppl)[^)]{0,14}\)\s?[:,]\s?(?:pp?\.?\s?)?[A-Za-z]{0,2}\d")
_VOLUME_PAGES = re.compile(
    r"\b\d{1,4}\s?[:,]\s?(?:pp?\.?\s?)?[A-Za-z]?\d{1,5}\s?[-–]\s?[A-Za-z]?\d{1,5}\b|\bvol(?:ume|\.)?\s\d|\bpp?\.\s?\d"
)
_COCHRANE = re.compile(r"\bCD\d{6}\b")
_INITIALS = re.compile(r"\b[A-Z][\w'’-]{1,30},?\s(?:[A-Z]\.?-?\s?){1,3}(?=[,.;&]|\s(?:et|and)\b)|\bet al\b")
_PUBLISHERS = one_of("Press | Publishing | Publishers | Books | Wiley | Elsevier | Springer | Penguin | edition")
_PUBLISHER = re.compile(rf"\b{_PUBLISHERS}(?!\w)")
_PLACE_AND_PUBLISHER = re.compile(r"\b[A-Z][a-z]+(?:,? [A-Z]{2})?: [A-Z][\w&’' ]{1,60}[;,] (?:19|20)\d\d")
_BY_AUTHOR = re.compile(r"\bby\s(?:Dr\.?\s)?[A-Z][\w'’-]+\s(?:[A-Z]\.?\s)?[A-Z][\w'’-]+")
_LAST_ADDRESS = re.compile(
    r"(?:://|\bwww\.|\b10\.\d{4,9}/|\bPMID:?\s?|\bPMC|\bNCT|\bISBN[\s:-]{0,2})[^\s]{2,300}(?:\s\S+){0,8}$"
)
_PART_END = re.compile(r"[.;:?!]\s|,\s|\s[–—-]\s|[\"“”]")


def has_identifier(text: str) -> bool:
    """Whether a text holds a web address, DOI, PMID, ISBN, trial number or the like, well formed or not."""
    if any(sign in text for sign in _SIGNS) and _IDENTIFIER.search(text):
        return True
    return any(ending in text for ending in _DOTTED_ENDINGS) and bool(_DOMAIN.search(text))


def ends_in_address(text: str) -> bool:
    """Whether an address or an identifier closes a text, or the day stands behind it on which it was looked at."""
    return any(sign in text for sign in _SIGNS) and bool(_LAST_ADDRESS.search(text))


def years(text: str) -> tuple[int, ...]:
    """The years that a reference names, in order."""
    return tuple(int(match[0]) for match in YEAR.finditer(text))


@lru_cache(maxsize=2048)  # blocks come again as one types
def is_full_reference(text: str) -> bool:
    """Whether a text tells enough to find a work without a link: a journal's volume and pages, a Cochrane number."""
    if "CD0" in text and _COCHRANE.search(text):
        return True
    if not ("19" in text or "20" in text) or not YEAR.search(text):
        return False
    if _YEAR_VOLUME.search(text) or _VOLUME_ISSUE.search(text):
        return True
    return bool(_VOLUME_PAGES.search(text) and _INITIALS.search(text))


def is_complete_entry(text: str) -> bool:
    """Whether an entry of a reference list tells enough to find the work: a full reference, or a dated title.

    For entries only: running text that holds a name and a year says no more than that.
    """
    if is_full_reference(text) or _BY_AUTHOR.search(text):
        return True
    published = _PUBLISHER.search(text) or _PLACE_AND_PUBLISHER.search(text)
    return bool(YEAR.search(text)) and (bool(published) or _is_dated_title(text))


def _is_dated_title(text: str) -> bool:
    """'Body or authors. Title of four words or more. Year': at least two parts beside the year."""
    parts = [part for part in _PART_END.split(text) if any(character.isalpha() for character in part)]
    longest = max((len(part.split()) for part in parts), default=0)
    return len(parts) >= 2 and longest >= 4 and len(text.split()) >= 8


def opens_with_authors(text: str) -> bool:
    """Whether a text begins with a name and initials: 'Lee K, Berg A'."""
    return bool(_INITIALS.match(f"{text},"))


def is_findable(text: str) -> bool:
    """Whether a text leads its reader to a source: by an address, an identifier or a full reference."""
    return has_identifier(text) or is_full_reference(text)
