"""Identifiers and addresses that cannot be right: a DOI without its slash, a PMID of eleven digits, 'https//'."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.wording import one_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind, Link, LinkKind, Span


class Flaw(NamedTuple):
    """An identifier that cannot be right: `text[start:end]`."""

    kind: str
    start: int
    end: int


_TRAILING = ".,;:!?)]}>\"'”’*_"
# What ends with the slash and goes on behind a space was wrapped there.
_DOI = re.compile(
    r"(?:\bdoi(?:\.org/|:\s?|\s)|\bdx\.doi\.org/)(?P<value>(?>[^\s\"<>]{0,200}\d[^\s\"<>]*))(?!(?<=/)\s\w)",
    re.IGNORECASE,
)
_PMID = re.compile(
    r"(?:\bPMIDs?:?\s{0,2}|\bpubmed\.ncbi\.nlm\.nih\.gov/|\bnlm\.nih\.gov/pubmed/)"
    r"(?P<value>[^\s\"<>/?#]{0,60}\d[^\s\"<>/?#]*)",
    re.IGNORECASE,
)
_PMCID = re.compile(r"\b(?:PMCID:?\s{0,2})?(?P<value>PMC\d\w*)", re.IGNORECASE)
_TRIAL = re.compile(r"\b(?P<value>NCT\s?[\dO]\w*|NCTX+|ISRCTN\s?\d\w*)")
_ISBN = re.compile(r"\bISBN(?:[- ]?1[03])?(?::\s?|\s)(?P<value>[\dXx][\dXx –-]{3,24})")
_AFTER_HTTP = one_of(r"[;.,]?// | \s:?// | :/(?!/) | :\\ | :{2,}// | :/// | //: | :\s// | :(?=www\.)")
_NEARLY_HTTP = one_of("h?t{0,3}ps? | h{2,3}ttps? | ht{3,5}ps? | ht{1,3}p{2,4}s? | hptts? | httsp | https?s")
_SCHEME = re.compile(
    rf"(?<![\w/.])(?P<value>(?:https?|{_NEARLY_HTTP})(?:{_AFTER_HTTP}|://|:/(?=\w))[^\s<>\"]+)", re.IGNORECASE
)
_RIGHT_SCHEME = re.compile(r"https?://(?!/)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?P<value>\bhttps?://(?P<host>[^\s/?#<>\"'’”)\]|`{}\\^]*)[^\s<>\"]*)", re.IGNORECASE)
_PORT = r"(?::\d{1,5})?"
_HOST = re.compile(
    r"(?:[\w~%-]{1,63}(?::[^@\s]{0,60})?@)?"
    rf"(?:(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?\.){{1,8}}(?:[^\W\d_]{{2,24}}|xn--[\w-]{{2,40}})\.?{_PORT}"
    rf"|(?:\d{{1,3}}\.){{3}}\d{{1,3}}{_PORT}|\[[\da-f:]+\]{_PORT}|localhost{_PORT})",
    re.IGNORECASE,
)
_ENDING = "(?:com|org|net|gov|edu|int|co|uk|nhs|info|ac)"
_BROKEN_WWW = re.compile(
    r"(?<![\w/.])(?P<value>(?:www(?:,\s?|\.\s|\.\.)[a-z0-9-]{2,40}\.|www(?:\.[a-z0-9-]{2,40}){1,3},"
    rf"|(?:ww|w{{4,5}})\.[a-z0-9-]{{2,40}}\.|www\.[a-z0-9-]{{2,40}}/){_ENDING}\b\S*)",
    re.IGNORECASE,
)
_WORDS = ("doi", "pmid", "pmc", "pubmed", "nct", "isrctn", "isbn", "http", "//", "ww.", "www", ":\\")


class Identifiers(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Checks the form of every DOI, PMID, PMCID, ISBN, trial number and web address."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each that cannot be right, in the text or behind a link."""
        lower = analysis.document.text.lower()
        words = tuple(word for word in _WORDS if word in lower)
        for block in analysis.document.blocks if words else ():
            if block.kind in (Kind.CODE, Kind.TAG):
                continue
            found = flaws(block.text, words)
            for flaw in found:
                yield _match(block.prose.span(flaw.start, flaw.end), flaw, block.text)
            for link in block.links:
                behind = _flaw_behind(link)
                at = bisect_left(found, link.end, key=lambda flaw: flaw.start)  # they stand in order and apart
                if behind and not (at and link.start < found[at - 1].end):
                    yield _match(link.span, behind, link.target)


def _match(span: Span, flaw: Flaw, text: str) -> Match:
    return Match(span, {"kind": flaw.kind, "value": text[flaw.start : flaw.end]})


def _flaw_behind(link: Link) -> Flaw | None:
    if link.kind is LinkKind.NOTE or link.target.startswith(("#", "mailto:")):
        return None
    return next(iter(flaws(link.target)), None)


@lru_cache(maxsize=1024)  # blocks come again as one types
def flaws(text: str, words: tuple[str, ...] = _WORDS) -> Sequence[Flaw]:
    """The identifiers in a text that cannot be right, in order, one for each place; each has one of `words` in it."""
    lower = text.lower()
    if not any(word in lower for word in words):
        return []  # the patterns are slow, and most paragraphs have nothing for them
    found = sorted(_candidates(text), key=lambda flaw: (flaw.start, -flaw.end))
    kept: list[Flaw] = []
    for flaw in found:
        if not kept or flaw.start >= kept[-1].end:
            kept.append(flaw)
    return kept


def _candidates(text: str) -> Iterator[Flaw]:
    for kind, pattern, is_right in _FORMS:
        for match in pattern.finditer(text):
            value = match["value"].rstrip(_TRAILING)
            if not is_right(value):
                yield Flaw(kind, match.start("value"), match.start("value") + len(value))


def _is_doi(value: str) -> bool:
    if value.lower().startswith(("http", "www.", "doi")):
        return True  # the address behind 'doi:' is looked at by itself
    # 'doi.org/10/abcd' is a short DOI
    return bool(re.match(r"10\.\d{4,9}(?:\.\d+)*/.|10/[a-z0-9]{2,9}$", value, re.IGNORECASE))


def _is_pmid(value: str) -> bool:
    return bool(re.fullmatch(r"\d{1,8}(?:[,;]\d{1,8})*", value))


def _is_pmcid(value: str) -> bool:
    return bool(re.fullmatch(r"PMC\d{3,9}(?:\.\d)?", value, re.IGNORECASE))


def _is_trial_number(value: str) -> bool:
    return bool(re.fullmatch(r"(?:NCT|ISRCTN)\s?\d{8}", value))


def _is_isbn(value: str) -> bool:
    """Whether an ISBN of 10 or 13 digits opens the value, its check digit included; a year may stand behind it."""
    digits = [10 if character in "Xx" else int(character) for character in re.sub(r"[ –-]", "", value)]
    ten, thirteen = digits[:10], digits[:13]
    of_ten = len(ten) == 10 and sum((10 - at) * digit for at, digit in enumerate(ten)) % 11 == 0
    of_thirteen = sum(digit * (3 if at % 2 else 1) for at, digit in enumerate(thirteen)) % 10 == 0
    return of_ten if len(digits) in (10, 14) else len(thirteen) == 13 and of_thirteen


def _is_address(value: str) -> bool:
    match = _ADDRESS.match(value)
    if not match or not match["host"] or "{" in value or "%" in match["host"]:
        return True  # nothing to judge: empty, or filled in by a template
    if re.match(r"https?://(?:www\.)?https?:?/", value, re.IGNORECASE):
        return False
    host = match["host"].rstrip(".,;:!*_")
    return bool(_HOST.fullmatch(host)) and not re.fullmatch(r"www\.[\w-]+", host, re.IGNORECASE)


def _has_right_scheme(value: str) -> bool:
    return bool(_RIGHT_SCHEME.match(value))


def _never(_: str) -> bool:
    return False


_FORMS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("web address", _SCHEME, _has_right_scheme),
    ("web address", _BROKEN_WWW, _never),
    ("DOI", _DOI, _is_doi),
    ("PMID", _PMID, _is_pmid),
    ("PMCID", _PMCID, _is_pmcid),
    ("trial number", _TRIAL, _is_trial_number),
    ("ISBN", _ISBN, _is_isbn),
    ("web address", _ADDRESS, _is_address),
)
