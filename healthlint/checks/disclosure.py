"""Disclosure: links and codes that earn the writer money, in an article that never says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urlsplit

from healthlint.analysis import PROSE, Analysis
from healthlint.analysis.found import overlap
from healthlint.analysis.sentences import sentence_spans
from healthlint.analysis.word_patterns import Wordings
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Kind, LinkKind, Span

_PUBLIC = re.compile(r"(?:\.(?:gov|edu|mil|int|nhs\.uk|gov\.\w+|ac\.\w+)|doi\.org|github\.com|wikipedia\.org)$")
_PLAIN_VALUES = re.compile(
    r"(?:nav|home|footer|header|menu|search|toc|pdf|rss|top|main|article|share|sidebar|related|index|\d{1,3}|)$",
    re.IGNORECASE,
)  # of a parameter 'ref' that only says from where a reader came

# an address that somebody typed without its scheme, so that no reader made a link of it
_BARE_ADDRESS = re.compile(r"(?<![\w/@.:-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}(?:/[^\s<>()?]{0,200})?\?[^\s<>()]{1,200}")
_BUTTON = re.compile(r"\{\{[<%][^{}]{0,200}?(?P<address>https?://[^\s\"'<>{}]{1,300})[^{}]{0,200}[>%]\}\}")
_PARTNER = re.compile(
    r"\{\{[<%][^{}]{0,200}?\b(?:aff|affiliate|aff_?id|partner|ref|referral)\s?=\s?[\"'][^\"'{}]{2,40}[\"'][^{}]{0,200}[>%]\}\}",
    re.IGNORECASE,
)
# 'code GLOW20', 'type SLOW47 at the checkout'; a billing code ('code E11') has fewer letters
_CODE = re.compile(
    r"\b[Cc]ode:?\s+[\"“‘']?[A-Z][A-Z0-9]*[A-Z]{2}[A-Z0-9]*\b"
    r"|\b[A-Z]{3,12}\d{1,4}\b(?=[^.!?]{0,40}\b(?:off|checkout|check-out|discount|basket|till)\b)"
    r"|\b(?:[Tt]ype|[Ee]nter|[Uu]se|[Aa]pply|[Qq]uote|[Mm]ention) [A-Z]{4,12}\b"
    r"(?=.{0,60}\b(?:off|checkout|check-out|discount|basket|till|price|cheaper)\b)"
)


# what stands over the place of a banner, and says nothing of the article's own links
_BANNER = re.compile(
    r"\W*(?:advertisements?|adverts?|advertising|ads?)\W*(?:continue (?:reading )?below\W*)?", re.IGNORECASE
)


class Disclosure(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """The first link or code that pays, unless the article says that it does."""

    hosts: tuple[str, ...]  # of affiliate networks and their short links
    parameters: tuple[str, ...]  # of addresses; they name who is to be paid
    paths: tuple[str, ...] = ()  # parts of an address that lead to a shop by way of a counter
    codes: tuple[str, ...] = ()  # patterns for codes that readers are to use
    told: tuple[str, ...] = ()  # wordings of a disclosure
    look_alikes: tuple[str, ...] = ()  # wordings of what readers get: they void what they overlap
    fields: tuple[str, ...] = ()  # a field whose name holds one of these words tells it

    @cached_property
    def _codes(self) -> Wordings:
        return Wordings(self.codes)

    @cached_property
    def _told(self) -> Wordings:
        return Wordings(self.told)

    @cached_property
    def _look_alikes(self) -> Wordings:
        return Wordings(self.look_alikes)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match at most."""
        first = next(self._paid(analysis), None)
        if first is not None and not self._is_told(analysis):
            yield Match(first)

    def _paid(self, analysis: Analysis) -> Iterator[Span]:
        """Where something pays, in order; then the buttons that a site's generator makes of shortcodes."""
        for index, block in enumerate(analysis.document.blocks):
            if block.kind not in PROSE or analysis.is_reference(index):
                continue
            links = [link for link in block.links if link.kind is not LinkKind.NOTE and self._pays(link.target)]
            places = [block.prose.span(link.start, link.end) if link.end > link.start else link.span for link in links]
            places += [
                block.prose.span(start, end)
                for start, end in _addresses(block.text)
                if self._pays(f"https://{block.text[start:end]}")
            ]
            for sentence in analysis.sentences_of(index):
                places += [analysis.span_in(sentence, *found) for found in _codes(sentence.text)]
                places += [analysis.span_in(sentence, *found) for found in self._codes.find(sentence.text)]
            yield from sorted(places)
        for match in _BUTTON.finditer(analysis.document.text):
            if self._pays(match["address"]):
                yield Span(*match.span())
        yield from (Span(*match.span()) for match in _PARTNER.finditer(analysis.document.text))

    def _pays(self, address: str) -> bool:
        """Whether an address names who is to be paid for the visit."""
        try:
            parts = urlsplit(address.strip())
            host = (parts.hostname or "").removeprefix("www.")
            parameters = parse_qsl(parts.query)
        except ValueError:
            return False
        if not host or _PUBLIC.search(host):
            return False
        if any(host == paying or host.endswith(f".{paying}") for paying in self.hosts):
            return True
        if any(part in f"{parts.path}/" for part in self.paths):
            return True
        return any(self._names_payee(name.lower(), value, host) for name, value in parameters)

    def _names_payee(self, name: str, value: str, host: str) -> bool:
        if name.startswith("utm_"):
            return "affiliate" in value.lower() or "referral" in value.lower() or "sponsor" in value.lower()
        if name == "tag":  # a shop's partner; elsewhere a keyword
            return "amazon." in host or bool(re.search(r"-\d\d$", value))
        return name in self.parameters and not _PLAIN_VALUES.match(value)

    def _is_told(self, analysis: Analysis) -> bool:
        document = analysis.document
        if any(word in field.name and field.value for field in document.fields for word in self.fields):
            return True
        texts = [block.text for block in document.blocks if _is_text(block)]
        texts += [field.value for field in document.fields]
        return any(self._tells(text[start:end]) for text in texts for start, end in sentence_spans(text))

    def _tells(self, text: str) -> bool:
        found = self._told.find(text)
        voided = self._look_alikes.find(text) if found else []
        return any(not overlap(here, voided) for here in found)


def _is_text(block: Block) -> bool:
    """Whether a block may tell something: no code, tags, or place for a banner between two paragraphs."""
    return block.kind not in (Kind.CODE, Kind.TAG) and not _BANNER.fullmatch(block.text)


@lru_cache(maxsize=2048)  # blocks come again as one types
def _addresses(text: str) -> tuple[tuple[int, int], ...]:
    """Where bare addresses stand."""
    return tuple(match.span() for match in _BARE_ADDRESS.finditer(text))


@lru_cache(maxsize=8192)  # as sentences do
def _codes(text: str) -> tuple[tuple[int, int], ...]:
    """Where codes stand that take something off a price."""
    return tuple(match.span() for match in _CODE.finditer(text))
