"""Which sections of an article hold its subject, and which only close it, such as references and author boxes."""

from __future__ import annotations

import re
from functools import lru_cache

from healthlint.analysis.promises import is_cited_heading, is_reading_heading
from healthlint.documents.document import Block, Document, Kind, Section

SILENT = (Kind.FURNITURE, Kind.TAG, Kind.CODE)
_NUMBER = re.compile(
    r"^\W{0,3}(?:(?:section|part|chapter|step)\s)?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[ivx]{1,5}"
    r"|[a-h])[.):]?\s+",
    re.IGNORECASE,
)
_BACK_MATTER = re.compile(
    r"\b(?:faqs?|frequently|questions?|q ?& ?a|disclaimers?|notices?|disclosures?|conflicts?|funding|authors?"
    r"|writer|editor|reviewer|contact|"
    r"resources?|links|related|glossary|appendix|appendices|notes?|footnotes?|acknowledge?ments?|thanks|credits?"
    r"|newsletter|subscribe|comments?|"
    r"tags?|categor(?:y|ies)|legal|copyright|p\.? ?s|about (?:us|me|this|the)|get help|help ?lines?|support"
    r"|organi[sz]ations?|"
    r"(?:what(?:['’]s| is)?|where|coming up|read) (?:to go )?next|next (?:steps?|time|week|month|issue|column)"
    r"|(?:fine|small) ?print|(?:free|home|our) (?:home |safety )?(?:visits?|checks?|services?)"
    r"|(?:also )?cited|letters|opening hours|learn more|find out more|more (?:on|about|from|help|information)|"
    r"call to action|shop|who to (?:ring|call|phone|contact|ask|turn to)|where to (?:buy|get|find)|see also"
    r"|who (?:wrote|writes|made|makes|paid|checked|reviewed|is behind|we are|i am)"
    r"|document history|version history|changes|changelog"
    r"|review(?:ed)? by|medical review|methods?|methodology|how we)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 15  # a shorter section says too little to count


@lru_cache(maxsize=8192)
def bare_heading(text: str) -> str:
    """A heading in lower case, without its number and the punctuation around it."""
    return _NUMBER.sub("", " ".join(text.lower().split())).strip(" :.?!*_#-–—\"'“”")


def is_back_matter(heading: Block) -> bool:
    """Whether what stands under a heading only closes the article."""
    return _closes(heading.text)


@lru_cache(maxsize=8192)
def _closes(text: str) -> bool:
    return is_cited_heading(text) or is_reading_heading(text) or bool(_BACK_MATTER.search(bare_heading(text)))


def words_of(document: Document, section: Section) -> int:
    """How many words a section holds, those of sections inside it included."""
    blocks = document.section_text(section)
    return sum(
        len(block.text.split()) for block in blocks if block.kind not in SILENT and block.kind is not Kind.HEADING
    )


def tells(document: Document, section: Section) -> bool:
    """Whether a section has something to say on the article's subject."""
    if section.heading is None:
        return False
    return not is_back_matter(document.blocks[section.heading]) and words_of(document, section) >= _LEAST_WORDS
