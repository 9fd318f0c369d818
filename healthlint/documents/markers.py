"""What opens an item of a list in plain text: a bullet, a number, a letter, a Roman number, 'Step 2:'."""

from __future__ import annotations

import re
from functools import lru_cache

_BULLET = re.compile(
    r"""(?:
      [-*–—→➢➤►▸»+]\s+
    | -(?=[^\W\d_])                                   # '-nausea', as people type it in a hurry
    | o\s+(?=[^\W\d_])                                # what a word processor's inner bullet turns into
    | [•▪▫◦‣⁃●○■□◆❖·✓✔✗✘✅❌☑☐\uf0b7\uf0a7]\ufe0f?\s*
    )(?=\S)""",
    re.VERBOSE,
)
_NUMBERED = re.compile(
    r"(?:\(\d{1,3}\)|\[\d{1,3}\]|\d{1,3}[.)])(?:\s+(?=\S)|(?=[A-Z][a-z]))|\d{1,2} {2,3}(?=[A-Z][a-z])"
)
_LETTERED = re.compile(r"(?:\([a-zA-Z]\)|[a-zA-Z]\)|[a-z]\.)\s+(?=\S)")
# '(c) Northmoor Hospitals Trust' is no third item
_COPYRIGHT = re.compile(
    r"\([cC]\)\s+(?:(?:[A-Z][\w&'’.-]*,?\s(?:(?:of|and|the|for|&)\s){0,2}){1,6}?"
    r"(?:Trust|Ltd|Limited|Inc|LLC|LLP|PLC|plc|GmbH|Hospitals?|Cent(?:er|re)|Clinics?|Foundation|University|College|Group"
    r"|Press|Publishing|Media|Health|Healthcare|Society|Association|Council|Charity|Board)\b)"
)
_ROMAN = re.compile(r"(?:\((?:[ivx]{1,6})\)|[ivx]{1,6}\)|[ivx]{2,6}\.)\s+(?=\S)")
_MARKERS = {"bullet": _BULLET, "number": _NUMBERED, "roman": _ROMAN, "letter": _LETTERED}


@lru_cache(maxsize=2048)  # lines come again as one types
def marker_of(text: str) -> tuple[str, int]:
    """'bullet', 'number', 'roman', 'letter' or '', and the length of the marker with the white space behind it."""
    if _COPYRIGHT.match(text):
        return "", 0
    for name, pattern in _MARKERS.items():
        if match := pattern.match(text):
            return name, match.end()
    return "", 0
