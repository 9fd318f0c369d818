"""Where sentences start and end inside one block's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Words whose full stop does not end a sentence: a name, a number or an explanation follows.
_TITLES = frozenset(
    """dr mr mrs ms prof st vs e.g i.e al fig figs nos vol vols pp p ed eds approx ca cf dept univ assoc resp sp spp
    subsp var ref refs gen gov sen rep engl med""".split()
)
# The names of bodies go on behind these ('the U.S. Food and Drug Administration'); only an opener tells a new sentence.
_IN_NAMES = frozenset("u.s u.k e.u inc ltd co corp jr sr".split())
# These may stand anywhere; with a capital behind them they end a sentence: '... at 8 a.m. Take ...'
_SHORT_WORDS = frozenset(
    """etc a.m p.m ph.d m.d d.o b.sc m.sc r.n pharm.d b.i.d t.i.d q.i.d q.d p.o p.r.n i.v i.m s.c oz lb lbs ml mg mcg kg
    min max hr hrs wk yr tab tabs cap caps tsp tbsp inj jan feb mar apr jun jul aug sept sep oct nov dec""".split()
)
_OPENERS = frozenset(
    """the a an it its this that these those they we you he she i in on at for if when while but and so as there here
    however also some many most no not all both each every our your their his her what why how who which do does did is
    are was were can may ask take use talk call see""".split()
)
# 'vitamin C.' may end a sentence, 'J.' of 'J. Smith' may not
_LETTERED = frozenset("vitamin hepatitis type group grade class influenza table part stage phase protein plan".split())
_END = re.compile(
    # a character to be found comes first, for which the engine looks far faster than behind each place
    r"""[.!?…](?<![.!?…]{2})[.!?…]*+["'”’)\]]*+
    (?:\[[\d,–\ -]{1,30}\]|\[\^[^\]\s]{1,40}\]|\(\d{1,3}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰][¹²³⁴⁵⁶⁷⁸⁹⁰,–⁻]*+)*+(?=\s|$)""",
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w.]+$")
_OPENING = re.compile(r"""\s*["'“‘(\[*_]*""")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# Nobody writes a longer sentence. What a rule asks of each word of a sentence costs time with its square.
_LONGEST = 2_000  # characters
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")  # 'eGFR', 'mTOR', 'iPLEDGE'


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence of `text`, without the white space around it.

    A sentence ends at `.`, `!`, `?` or `…` (with the quotes, brackets and reference marks behind it) before white
    space, unless the full stop belongs to an abbreviation, an initial, a list number or a decimal. One of more than
    _LONGEST characters is no sentence, and is cut between words.
    """
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            yield from _pieces(text, start, match.end())
            start = match.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


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
    at = opening.end() if opening else len(text)
    following = text[at : at + 1]
    if not following:
        return True
    if match[0][0] in "!?":
        return not following.islower()
    if match[0].startswith("…") or match[0].startswith(".."):
        return following.isupper()
    if following.islower() and not _BRAND.match(text, at):
        return False
    word = _LAST_WORD.search(text, max(start, match.start() - 30), match.start())
    return not word or _ends_after(text, start, word, at)


def _ends_after(text: str, start: int, word: re.Match[str], at: int) -> bool:
    """Whether a full stop behind `word` ends a sentence, when the next word, not in lower case, begins at `at`."""
    last = word[0].lower().strip(".")
    if last == "no":
        return not text[at].isdigit()
    if last in _TITLES:
        return False
    if last in _IN_NAMES:
        opener = _FIRST_WORD.match(text, at)
        return opener is not None and opener[0].lower() in _OPENERS
    if last in _SHORT_WORDS:
        return text[at].isupper()
    alone = word.start() == start or text[word.start() - 1] in " (“\"'."
    if len(last) == 1 and last.isalpha() and last != "i" and alone:
        before = text[max(start, word.start() - 20) : word.start()].rstrip().rpartition(" ")[2].lower()
        return before in _LETTERED
    return not (last.isdigit() and word.start() == start)  # the number of a list item
