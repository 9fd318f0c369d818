"""Lines that say who wrote, checked or published a text, and when: they look like headings and are none."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_DAY}\s)?{_MONTH}\s(?:{_DAY},?\s)?\d{{4}}|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
_DATED = re.compile(rf"(?:[a-z]{{3,9}}day,?\s)?(?:{_DATE})(?:\s[–—|-].{{0,60}})?", re.IGNORECASE)
_DONE = re.compile(
    rf"""(?:last\s|medically\s|clinically\s|first\s)?
    (?:updated|reviewed|published|posted|edited|checked|written|prepared|printed|modified|answered|fact-?\s?checked|compiled)
    \b\s*(?:by\b|on\b|:|in\s\d|\d|{_MONTH}\s\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL = re.compile(
    r"(?:authors?|writer|editor|reviewer|sources?|photos?|images?|credits?|date|note|category|read(?:ing)? time|"
    r"word count)\s?:\s*\S",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.'’-]*(?:\s(?:(?:de|van|von|der|la)\s)?[A-Z][\w.'’-]*){1,4}"
_BY = re.compile(rf"[Bb][Yy]\s(?:(?:[Dd]r|[Pp]rof)\.?\s)?(?:{_NAME}|the\s[\w\s]{{2,40}}$|[\w\s]{{2,20}}staff)")
_CREDENTIALS = re.compile(
    rf"(?:Dr\.?\s)?{_NAME},\s(?:M\.?D|D\.?O|R\.?N|N\.?P|P\.?A|Ph\.?D|R\.?D|R\.?Ph|Pharm\.?D|MRPharmS|MPharm|MB|MBBS|MS|MSc|"
    r"BSc|MPH|DDS|DMD|LCSW|CNM|FNP|APRN|FRCP|MRCGP|PsyD|DNP|OT|PT|DPT)\b"
)
_CONTACT = re.compile(  # a telephone number, a post code, a street
    r"(?:\d[\s().-]{0,2}){7,}|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]{2}\s\d{5}\b"
    r"|^\d{1,4}\s[A-Z][\w' ]{1,30}\s(?:Street|St|Road|Rd|Lane|Avenue|Ave|Square|Close|Drive|Way|Place|Quay)\b"
)
_DOCTOR = re.compile(r"(?:Dr|Prof|Professor)\.?(?:\s[A-Z][\w.’'-]*(?<!['’]s)){1,4}")


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return len(text) <= 100 and bool(_DATED.fullmatch(text))


@lru_cache(maxsize=2048)  # lines come again as one types
def is_byline(text: str) -> bool:
    """Whether a line names its author, reviewer, source or date and says nothing else."""
    if len(text) > 160:
        return False
    return bool(
        is_date(text)
        or _DOCTOR.fullmatch(text)
        or any(pattern.match(text) for pattern in (_DONE, _LABEL, _BY, _CREDENTIALS))
    )


@lru_cache(maxsize=2048)  # lines come again as one types
def is_contact(text: str) -> bool:
    """Whether a line is, or holds, a telephone number, a post code or the name of a street."""
    return len(text) <= 100 and bool(_CONTACT.search(text))
