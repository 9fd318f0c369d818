"""Lead-ins that promise a list of anything but sources, and nothing follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.outline import is_back_matter
from healthlint.analysis.promises import is_label, last_sentence, promises_sources
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind

_OPEN_END = re.compile(r":\W{0,3}$|\b(?:such as|including|namely)$")
_GREETING = re.compile(
    r"\b(?:dear|hello|hi|yours|regards|love|note|warning|caution|important|remember|contact"
    r"|phone|address|tel|email)\b",
    re.IGNORECASE,
)
_OUTLINES = re.compile(
    r"\b(?:this (?:article|guide|page|leaflet|post|booklet)|we(?:['’]ll| will)|sections?"
    r"|chapters?|parts|questions|covers?)\b",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\b(?:information|read|reading|(?:web)?sites?|web ?pages?|sources?|links?|downloads?|to be had|available|online"
    r"|organi[sz]ations?|helplines?)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 3


class MissingLists(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for sentences that end in a colon with a new section, or the end of the article, right behind them."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each lead-in of nothing."""
        document = analysis.document
        for index, block in enumerate(document.blocks):
            if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or not _OPEN_END.search(block.text[-20:].rstrip()):
                continue
            sentence = last_sentence(block.text)
            if _promises_list(sentence) and not analysis.is_reference(index) and _breaks_off(analysis, index):
                yield Match(block.prose.span(len(block.text) - len(sentence), len(block.text)))


def _promises_list(sentence: str) -> bool:
    if len(sentence.split()) < _LEAST_WORDS or _GREETING.search(sentence) or _OUTLINES.search(sentence):
        return False
    return not (_READING.search(sentence) or promises_sources(sentence, purpose_suffices=True) or is_label(sentence))


def _breaks_off(analysis: Analysis, index: int) -> bool:
    """Whether a section of the same or a higher level, or the end, comes right after the block at `index`."""
    document = analysis.document
    heading = analysis.heading_of(index)
    if heading is None or heading is document.title or is_back_matter(heading):  # there it is sources that lack
        return False
    following = next((b for b in document.blocks[index + 1 :] if b.kind not in (Kind.FURNITURE, Kind.TAG)), None)
    if following is None:
        return document.text[document.blocks[index].span.end : document.end].strip(" \t\r\n*_") == ""
    return following.kind is Kind.HEADING and following.level <= heading.level and not _opens_list(document, following)


def _opens_list(document: Document, heading: Block) -> bool:
    """Whether a heading could be the first item: it is numbered one, or has nothing under it in plain text."""
    if heading.ordinal and heading.ordinal.value <= 1:
        return True
    at = document.blocks.index(heading) + 1
    return document.format == "text" and (at == len(document.blocks) or document.blocks[at].kind is Kind.HEADING)
