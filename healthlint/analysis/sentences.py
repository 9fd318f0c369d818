"""Where sentences start and end inside one block's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Words whose full stop does not end a sentence, and after which a capital may follow (names, doses, references).
_ABBREVIATIONS = frozenset(
    """dr mr mrs ms prof st sr jr vs e.g i.e al fig figs no nos vol vols pp p ed eds approx ca cf etc inc ltd co corp
    dept univ assoc resp sp spp subsp var ref refs tab tabs cap caps inj oz lb lbs ml mg mcg kg gen gov sen rep
    jan feb mar apr jun jul aug sept sep oct nov dec u.s u.k e.u a.m p.m ph.d m.d d.o b.sc m.sc r.n pharm.d b.i.d t.i.d
    q.i.d q.d p.o p.r.n i.v i.m s.c min max hr hrs wk yr""".split()
)
# These end a sentence when a capital follows, though they are abbreviations: '... at 8 a.m. Take ...'
_MAY_END = frozenset(
    "etc inc ltd co corp a.m p.m u.s u.k e.u ph.d m.d r.n b.i.d t.i.d q.d q.i.d p.o p.r.n oz lb lbs ml mg mcg kg hr"
    " hrs wk yr min max".split()
)
_END = re.compile(r"""[.!?…]+["'”’)\]]*(?:\[\d[\d,–\- ]*\]|\[\^[^\]]{1,40}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)*(?=\s|$)""")
_LAST_WORD = re.compile(r"[\w.]+$")
_OPENING = re.compile(r"""\s*["'“‘(\[*_]*""")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence of `text`, without the white space around it.

    A sentence ends at `.`, `!`, `?` or `…` (with the quotes, brackets and reference marks behind it) before white
    space, unless the full stop belongs to an abbreviation, an initial, a list number or a decimal.
    """
    start = 0
    for match in _END.finditer(text):
        if not _ends(text, start, match):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the punctuation at `match` ends a sentence that began at `start`."""
    opening = _OPENING.match(text, match.end())
    following = text[opening.end() : opening.end() + 1] if opening else ""
    if not following:
        return True
    if match[0][0] in "!?":
        return not following.islower()
    if match[0].startswith("…") or match[0].startswith(".."):
        return following.isupper()
    word = _LAST_WORD.search(text, max(start, match.start() - 30), match.start())
    last = word[0].lower().strip(".") if word else ""
    if following.islower():
        # A drug or brand in lower case may open a sentence ('eGFR', 'mTOR'), but hardly ever does.
        return False
    if last in _ABBREVIATIONS:
        return last in _MAY_END and following.isupper()
    if len(last) == 1 and last.isalpha() and last != "i":
        # an initial ('J. Smith') unless it is a letter that names something ('vitamin C.', 'hepatitis B.')
        before = text[max(start, match.start() - 20) : match.start() - 1].rstrip().rpartition(" ")[2].lower()
        return before in {
            "vitamin",
            "hepatitis",
            "type",
            "group",
            "grade",
            "class",
            "omega",
            "influenza",
            "table",
            "part",
            "stage",
        }
    is_list_number = last.isdigit() and match.start() - len(last) == start
    return not is_list_number
