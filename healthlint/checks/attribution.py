"""Running text that quotes a named source or sends the reader to one, without saying where it is to be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.attributions import attributions, may_have_attributions
from healthlint.analysis.bodies import bodies, initials
from healthlint.analysis.identifiers import is_findable
from healthlint.analysis.lexicons import verify
from healthlint.analysis.references import References
from healthlint.analysis.source_lists import is_entry, is_linked
from healthlint.analysis.stance import opens_with_quote
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind

_READ = (Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.CAPTION)
_NEAR = 60  # blocks within which a row or a lead-in is looked for
_BYLINE = re.compile(
    r"\bby (?-i:[A-Z])|\b(?:author|written|reviewed|checked|edited|answers|answered|featuring)\b"
    r"|^with\b"
    r"|^(?:medical |clinical |expert )?(?:check|review|editor|advice|advis[eo]r|consultant|expert)s?\s?(?:by\b|:)",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"(?P<surname>[A-Z][\w’'-]+) (?:et al|and (?:(?:his|her|their|the) )?(?:colleagues|co-?workers|team))"
)
_TALKS = re.compile(r"\b(?:says?|said|explains?|explained|adds?|added|tells|told|warns?|warned|urges?|urged)\b")
_TITLE = re.compile(r"(?:Dr|Prof|Professor)\b")
# Whoever made the page speaks in it, and is no source of it.
_MAKER_FIELD = re.compile(
    "author|publish|organi[sz]|site|brand|owner|copyright|review|editor|creator|provider", re.IGNORECASE
)
_MAKER_LINE = re.compile(
    r"\b(?:written|reviewed|checked|edited|issued|published|produced|prepared|developed|updated|maintained)\b.{0,30}\bby\b"
    r"|\b(?:press release|news release|for immediate release|copyright|media enquiries|contact us|about us)\b|©|\(c\)",
    re.IGNORECASE,
)
_OF_THE_PAGE = re.compile(
    r"\b(?:wr(?:ites?|ote|itten)|makes?|made|publish\w*|produce\w*|offers?|provides?|reviews?|runs?|keeps?) "
    r"(?:\w+ ){0,3}(?:this|these|our|its own) "
    r"(?:page|leaflet|article|guide|booklet|site|website|release|information|service)s?\b"
)
# A work in brackets stands for the sentence before it, not for the paragraph above.
_CITES_ON = re.compile(r"[a-z] \([^()]{30,300}\)[.;,]? [A-Za-z]")
_LONGEST_LINE = 400  # characters
_HEAD, _FOOT = 8, 6  # blocks at both ends in which the makers of an article are named
_SOURCE_LINE = ("source", "reference", "via ", "adapted from")


class Attributions(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for named sources that are quoted or recommended with nothing that leads to them."""

    verbs: str = "attribution"  # lexicon: verbs of quoting
    names: str = "health-sources"  # lexicon: names that no word in them marks as a body's

    def __post_init__(self) -> None:
        verify(self.verbs, self.names)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a sentence: the first source that leads nowhere. A body to turn to is marked once an article."""
        references = References.of(analysis.document)
        elsewhere = _Elsewhere(analysis.document, references)
        sent: set[str] = set()
        for sentence in self._candidates(analysis, references):
            named = next(iter(attributions(sentence.text, self.verbs, self.names)), None)
            if named is None or (named.sends and named.name in sent) or _OF_THE_PAGE.search(sentence.text):
                continue
            if named.sends and named.name.endswith(".gov"):
                continue  # the name is the address
            if _TITLE.match(named.name) and _goes_on_in_quotes(analysis, sentence):
                continue  # who has talked to a reporter
            if not (elsewhere.leads_to(named.name) or _is_supported(analysis, references, sentence, named.name)):
                yield Match(analysis.span_in(sentence, named.start, named.end), {"name": named.name})
            if named.sends:
                sent.add(named.name)

    def _candidates(self, analysis: Analysis, references: References) -> Iterator[Sentence]:
        """The sentences of running text that may have a name in them."""
        for index, block in enumerate(analysis.document.blocks):
            if block.kind in _READ and index not in references.list_blocks:
                sentences = analysis.sentences_of(index) if may_have_attributions(block.text, self.names) else ()
                yield from (each for each in sentences if may_have_attributions(each.text, self.names))


def _goes_on_in_quotes(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether somebody talks in a sentence, and the next one of the block is a quotation."""
    if not _TALKS.search(sentence.text):
        return False
    together = analysis.sentences_of(sentence.block)
    at = analysis.place_of(sentence) + 1
    return at < len(together) and opens_with_quote(together[at].text)


def _is_supported(analysis: Analysis, references: References, sentence: Sentence, name: str) -> bool:
    """Whether a link, a citation or a reference stands beside the name."""
    document = analysis.document
    by_year = bool(_AUTHORS.match(name))
    for index in _beside(document, sentence.block):
        block = document.blocks[index]
        if is_linked(block) or is_findable(block.text) or _is_cited(references, block, sentence, by_year=by_year):
            return True
    return False


def _is_cited(references: References, block: Block, sentence: Sentence, *, by_year: bool) -> bool:
    """Whether a mark in the block leads to an entry; one that leads nowhere counts in the sentence alone.

    With `by_year` the name is such a mark itself, 'Lee and colleagues (2019)', and no support of its own.
    """
    return any(
        mark.resolved or (sentence.start <= mark.start <= sentence.end and not (by_year and mark.kind == "author"))
        for mark in references.marks(block)
    )


def _beside(document: Document, index: int) -> Iterator[int]:
    """A block, the rest of its table row, the lead-in of its list, and a line right behind it that cites."""
    blocks = document.blocks
    block = blocks[index]
    yield index
    if block.kind is Kind.CELL:
        near = range(max(0, index - _NEAR), min(len(blocks), index + _NEAR))
        yield from (at for at in near if blocks[at].kind is Kind.CELL and blocks[at].group == block.group)
    if block.kind is Kind.ITEM:
        before = range(index - 1, max(-1, index - _NEAR), -1)
        lead_in = next((at for at in before if blocks[at].kind is not Kind.ITEM), None)
        if lead_in is not None and blocks[lead_in].kind is Kind.PARAGRAPH:
            yield lead_in
    if index + 1 < len(blocks):
        following = blocks[index + 1]
        cites = following.kind is Kind.PARAGRAPH and is_entry(following) and not _CITES_ON.search(following.text)
        if cites or following.text.lower().startswith(_SOURCE_LINE):
            yield index + 1


class _Elsewhere:
    """Where the names of an article lead, apart from the places at which they are called upon."""

    def __init__(self, document: Document, references: References) -> None:
        linked = [block.text[link.start : link.end] for block in document.blocks for link in block.links]
        entries = [entry.text for entry in references.entries if entry.findable]
        self.texts = "\n".join([*linked, *entries])
        self.listed = "\n".join([*linked, *(entry.text for entry in references.entries)])
        self.initials = frozenset(initials(body.text) for text in entries for body in bodies(text))
        addresses = (link.target.lower().split("/")[2:3] for block in document.blocks for link in block.links)
        self.hosts = frozenset(label for address in addresses if address for label in address[0].split("."))
        ends = (*document.blocks[:_HEAD], *document.blocks[-_FOOT:])
        lines = [each.text for each in ends if len(each.text) < _LONGEST_LINE and _MAKER_LINE.search(each.text)]
        bylines = [block.text for block in document.blocks[:_HEAD] if _BYLINE.search(block.text)]
        made = [field.value for field in document.fields if _MAKER_FIELD.search(field.name)]
        self.makers = " ".join(lines + made).lower()
        title = document.title.text if document.title else ""
        self.persons = " ".join([title, *lines, *bylines, *(field.value for field in document.fields)]).lower()

    def leads_to(self, name: str) -> bool:
        """Whether an entry or a link names it, by its initials too, or an address is the body's: cdc.gov for CDC."""
        if _TITLE.match(name):
            surname = name.rpartition(" ")[2]
            # its author or reviewer, whom it is about, or who wrote what it cites
            return surname.lower() in self.persons or surname in self.texts
        if authors := _AUTHORS.match(name):
            return authors["surname"] in self.listed or authors["surname"].lower() in self.persons
        if name.lower() in self.makers:
            return True
        short = initials(name)
        if name in self.texts or name in self.initials:
            return True
        if len(short) > 2 and re.search(rf"\b{short}\b", self.texts):
            return True
        return name.lower().removesuffix(".com") in self.hosts or (len(short) > 1 and short.lower() in self.hosts)
