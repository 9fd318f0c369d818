"""Links that lead nowhere, or whose words do not say where they lead."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from healthlint import repository
from healthlint.analysis import Analysis
from healthlint.analysis.lexicons import lexicon, verify
from healthlint.analysis.wording import one_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind, Link, LinkKind
from healthlint.edits import Edit, Fix, together

_PLACEHOLDER = re.compile(
    one_of(
        r"""\#!?0? | javascript:.* | about:blank | data: | void\(0\);? | https?:/{0,2} | www\.? | mailto:
        | \#?(?:todo | tbd | tbc | tba | fixme | xxx+ | none | null | undefined | url | href | link | path | slug
        | address) | (?:https?://)?(?:www\.)?(?:example | domain | your-?domain | your-?site | your-?website
        | mysite | website | sitename | placeholder | test | changeme)\.(?:com | org | net | edu | co\.uk
        | invalid | test)\b.* | (?:https?://)?[\w.-]{1,60}\.(?:example | invalid | test | localhost)\b(?:[/:].*)?
        | (?:https?://)?(?:localhost | 127\.0\.0\.1 | 0\.0\.0\.0)\b.* | [\[<(]*(?:insert | add | put | your
        | link | url | todo | placeholder | paste | replace | missing)(?:[-_\s]+[\w-]{1,20}){0,5}[\]>)]*
        | \S{0,200}/x{3,}(?:/\S{0,100})?
        | \S{0,200}(?:x{5,} | \bTODO\b | \bTBD\b | \bFIXME\b | _{4,} | \?{3,} | placeholder | your[-_](?:url
        | link | slug | id))\S{0,100} | (?:https?://)?(?:\.{3} | … | \*{2,}).{0,40}"""
    ),
    re.IGNORECASE,
)
_NOWHERE = re.compile(r"\s*(?:#|javascript:|$)", re.IGNORECASE)
_BUTTON = re.compile(
    r"<a\b[^>]{0,400}\b(?:role=[\"']?button|class=[\"'][^\"'>]{0,200}\b(?:btn|button)|onclick=|data-[\w-]{1,30}="
    r"|aria-(?:expanded|controls)=)",
    re.IGNORECASE,
)
# In a text that lost its links: 'click here for the study', 'more on this HERE'.
_LOST = re.compile(
    r"\b(?:[Cc]lick|[Tt]ap|[Pp]ress|CLICK|TAP|PRESS)(?: on)?(?: right)? "
    r"(?P<place>here(?! and there)|HERE|this link|THIS LINK)\b"
    r"|\b(?:[Ss]ee|[Rr]ead|[Gg]o|[Ll]ook|[Ff]ound|[Ff]ind|[Mm]ore|[Bb]uy|[Dd]etails)(?: \w+){0,3} (?P<loud>HERE)\b"
)
_LINK = {
    "markdown": re.compile(r"\[(?P<words>[^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)"),
    "html": re.compile(r"<a\b[^<>]*>(?P<words>.*)</a\s*>", re.IGNORECASE | re.DOTALL),
}
# Parts of a page that its template has around the article, or that a script makes: 'site-search', 'openMenu'.
_SITES_PART = one_of(
    """respond | reply | comments? | main | content | primary | skip | nav(?:bar | igation)? | menu | footer | header
    | search | sidebar | drawer | modal | popup | overlay | offcanvas | dialog | lightbox | log-?in | sign-?in
    | sign-?up | log-?out | cart | basket | share | sharing | print | cookies? | consent | newsletter | wrapper | yes
    | no | helpful | feedback | rate | vote"""
)
_SITES_OWN = re.compile(
    rf"(?:(?:site|page|open|close|toggle|show|mobile|main|top|js)[-_]?)?{_SITES_PART}"
    rf"(?:[-_]?(?:{_SITES_PART}|form|box|bar|panel|toggle|settings|\d+))?",
    re.IGNORECASE,
)
_POLITE = re.compile(r"^(?:the|please|just|simply|or|and|then)\s+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:|https?[^a-z]", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\{%|\$\{|<%|\[\[|%[A-Z_]{2,}%")
_FILE = re.compile(
    r"[^?#]+\."
    + one_of(
        """html? | mdx? | markdown | txt | pdf | docx? | png | jpe?g | gif | svg | webp | avif | csv | xlsx?
        | pptx? | mp[34]"""
    ),
    re.IGNORECASE,
)
_SOURCE_SUFFIXES = (".md", ".mdx", ".markdown", ".html", ".htm", ".txt", ".adoc", ".rst", ".njk")


class Links(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks at the target or at the words of every link."""

    fault: Literal["placeholder", "vague text", "broken"]  # what is wrong with the links that are marked
    words: str = "vague-link-texts"  # lexicon: link texts that say nothing

    def __post_init__(self) -> None:
        verify(self.words)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each link with that fault."""
        document = analysis.document
        for block in document.blocks:
            if self.fault == "vague text":
                yield from _lost_links(block)
            for link in block.links:
                if link.kind is not LinkKind.NOTE and self._is_faulty(document, block, link):
                    vague = self.fault == "vague text"
                    span = block.prose.span(link.start, link.end) if vague else link.span
                    fix = _unlinked(document, block, link) if self.fault == "placeholder" else None
                    yield Match(span, {"target": link.target.strip()}, fix=fix)

    def _is_faulty(self, document: Document, block: Block, link: Link) -> bool:
        if self.fault == "broken":
            of_site = block.kind is Kind.FURNITURE and not link.target.startswith("#")
            return not of_site and is_broken(document, link)
        if self.fault == "placeholder":
            return is_placeholder(link) and not _is_button(document, block, link)
        if block.kind is Kind.FURNITURE:
            return False
        return link.kind is LinkKind.INLINE and _plain(block.text[link.start : link.end]) in lexicon(self.words)


def _unlinked(document: Document, block: Block, link: Link) -> Fix | None:
    """The words of a link without it, and a comment that only its writers see."""
    found = _LINK[document.format].fullmatch(document.text, *link.span) if document.format in _LINK else None
    if link.kind is not LinkKind.INLINE or block.quoted or not found or not found["words"].strip():
        return None
    target = " ".join(link.target.split())
    what = f"link missing: {target}" if re.fullmatch(r"\w(?:-?[\w:/.?=&#])*", target) else "link missing"
    comment = f"{{/* {what} */}}" if document.path.lower().endswith(".mdx") else f"<!-- {what} -->"
    return together("leave the words without a link, and a comment", [Edit(link.span, found["words"] + comment)])


def _lost_links(block: Block) -> Iterator[Match]:
    """'Click here' without a link."""
    if block.kind in (Kind.FURNITURE, Kind.CODE, Kind.TAG):
        return
    lower = block.text.lower()
    for match in _LOST.finditer(block.text) if " here" in lower or "this link" in lower else ():
        start, end = match.span(match.lastgroup or 0)
        if not any(link.start < end and start < link.end for link in block.links):
            yield Match(block.prose.span(start, end), {"target": ""})


def _is_button(document: Document, block: Block, link: Link) -> bool:
    """Whether a link that leads nowhere has a script behind it, as those of menus and share bars have."""
    if not _NOWHERE.match(link.target):
        return False
    return block.kind is Kind.FURNITURE or bool(_BUTTON.match(document.text, link.span.start))


def is_placeholder(link: Link) -> bool:
    """Whether a link's target was never filled in."""
    if link.kind is LinkKind.IMAGE and link.target.startswith("data:"):
        return False
    target = link.target.strip()
    return not target or bool(_PLACEHOLDER.fullmatch(target) and not is_template(target))


def is_template(target: str) -> bool:
    """Whether a template fills in some of a target."""
    return bool(_TEMPLATE.search(target))


def is_broken(document: Document, link: Link) -> bool:
    """Whether a link leads to a place in the article, or to a file beside it, that is not there."""
    target = link.target.strip()
    if not target or link.kind is LinkKind.BARE or is_placeholder(link) or is_template(target):
        return False
    if target.startswith("#"):
        return not _has_anchor(document, unquote(target[1:]))
    if target.startswith(("/", "\\", "?", "www.")) or _SCHEME.match(target):
        return False
    path = target.partition("#")[0].partition("?")[0]
    return bool(_FILE.fullmatch(path)) and _lacks_file(document, unquote(path))


def _has_anchor(document: Document, name: str) -> bool:
    """Whether a place has that name. Generators name headings in different ways, so only letters and digits count."""
    if name.lower() in ("top", "") or name.startswith((":~:", "!")) or name in document.anchors:
        return True
    if _SITES_OWN.fullmatch(name):
        return True  # the template's, around the article
    return _letters(name) in {_letters(anchor) for anchor in document.anchors}


def _letters(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


def _lacks_file(document: Document, target: str) -> bool:
    """Whether the file is missing where a file of the article's name is there at all, with no other article in it."""
    if document.inside:
        return False
    article = Path(document.path)
    try:
        if not _is_there(document, article):
            return False
        places = [folder / target for folder in (article.parent, article.parent / article.stem)]
        if not all(repository.holds(str(place), str(article.parent)) for place in places):
            return False  # nobody can tell what is there, and it is nothing to us
        return not any(_is_made(document, place) for place in places)
    except (OSError, ValueError):
        return False


def _is_made(document: Document, path: Path) -> bool:
    """Whether the file is there, or a source from which a site generator makes it: 'dose.html' from 'dose.md'."""
    if _is_there(document, path):
        return True
    made = path.suffix.lower() in (".html", ".htm")
    return made and any(_is_there(document, path.with_suffix(suffix)) for suffix in _SOURCE_SUFFIXES)


def _is_there(document: Document, path: Path) -> bool:
    """Whether a file is there; what is kept of the article depends on it from now on."""
    there = document.looked_up[str(path)] = os.path.exists(path)
    return there


def _plain(text: str) -> str:
    """The words alone: no arrows, quotes or 'please' around them."""
    return _POLITE.sub("", " ".join(re.findall(r"[\w'’-]+", text.lower())))
