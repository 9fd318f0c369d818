"""Drafts -> blocks: what only its neighbours can tell of a block, the same for Markdown and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from healthlint.documents.document import Block, Kind, Link, LinkKind
from healthlint.documents.drafts import Draft
from healthlint.documents.furniture import Row, surroundings, tag_spans
from healthlint.documents.ordinals import with_ordinals
from healthlint.documents.typed_lists import with_typed_lists

_CAPTION = re.compile(r"(?:table|figure|fig\.?|chart|photo|image)(?:\s\d{1,3}[a-z]?)?\s?[.:–—|-]", re.IGNORECASE)
_EMPHASISED_CAPTION = re.compile(r"(?:table|figure|fig|chart)\b", re.IGNORECASE)
_QUESTION = re.compile(r"(?:q|question)\s?[.:)\]-]", re.IGNORECASE)
_NUMBERED_QUESTION = re.compile(r"(?:q|question)\s?\d{1,3}\s?[.:)\]-]", re.IGNORECASE)
_LONGEST_QUESTION = 250  # characters
_ANSWER = re.compile(r"(?:a|answer)\s?\d{0,3}\s?[.:)\]]\s", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w/@.])(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")
_TAG_LABEL = re.compile(
    r"(?:post )?(?:tags|keywords|labels|tagged(?: with| as)?|categories|topics)\s?:?", re.IGNORECASE
)
_BYLINE = re.compile(
    r"(?:(?:last|medically|clinically|first)\s)?(?:updated|reviewed|published|posted|written|edited|fact.checked)\b|"
    r"by\s(?!the\b|a\b)\w+\s\w+,?|(?:authors?|date|source|credit|disclaimer|note|phone|tel|e-?mail|address)\s?:",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:(?:table of )?contents|(?:on|in) this (?:page|article|guide|leaflet|booklet|sheet|post)|jump to(?: section)?"
    r"|what(?: is|['’]s) in(?:side)? this (?:page|article|guide|leaflet|booklet|sheet|post)\??|overview):?",
    re.IGNORECASE,
)
_LEADS_IN = frozenset(
    "include includes including are is be like as following with for of if when that to or and".split()
)
_ALNUM = re.compile(r"[^\W_]")
_LEADING = re.compile(r"^[^a-z]+")

HEADING_WORDS, HEADING_LENGTH = 14, 90  # a bold line that is longer is a sentence
LABEL_WORDS = 7  # a bold line that ends in a colon and is longer leads a list in


def settle(drafts: list[Draft], *, titled: bool) -> list[Block]:
    """The blocks of an article: typed lists and bold headings found, captions, furniture, bare addresses.

    `titled`: the article has a title outside its text.
    """
    drafts = with_typed_lists(drafts)
    _mark_terms(drafts)
    _mark_captions(drafts)
    _mark_furniture(drafts)
    _mark_contents(drafts)
    _mark_tag_lists(drafts)
    _mark_bold_headings(drafts)
    _set_levels(drafts, titled=titled)
    for draft in drafts:
        if draft.kind is not Kind.CODE and ("://" in draft.text or "www." in draft.text.lower()):
            draft.links += _bare_links(draft)
    return with_ordinals([block for draft in drafts for block in _with_tags(draft.block())])


def _with_tags(block: Block) -> Iterator[Block]:
    """The block; if it is a line 'Tags: one, two', its keywords too."""
    yield block
    if block.kind is Kind.FURNITURE:
        for start, end in tag_spans(block.text):
            yield Block(Kind.TAG, block.prose.part(start, end), block.prose.span(start, end), group=0)


def _mark_captions(drafts: Sequence[Draft]) -> None:
    """A paragraph beside a table or an image that names it is its caption."""
    for index, draft in enumerate(drafts):
        if draft.kind is not Kind.PARAGRAPH or len(draft.text) > 300:
            continue
        if draft.pictured and draft.emphasised:
            draft.kind = Kind.CAPTION
        pattern = _EMPHASISED_CAPTION if draft.emphasised else _CAPTION
        if pattern.match(draft.text) and any(map(_is_tabular, drafts[max(0, index - 1) : index + 2])):
            draft.kind = Kind.CAPTION


def _is_tabular(draft: Draft) -> bool:
    return draft.tabular or draft.pictured or draft.kind is Kind.CELL


def _mark_terms(drafts: Sequence[Draft]) -> None:
    """A term of a list of definitions is an item, a question in its place is a heading."""
    for draft in drafts:
        if draft.term and draft.text.endswith("?"):
            draft.kind, draft.below = Kind.HEADING, True


def _mark_furniture(drafts: Sequence[Draft]) -> None:
    """Lines of the publishing system or without a word, and images that lead to the top of the page."""
    rows = [_row(draft) for draft in drafts]
    around = surroundings(rows)
    for at, draft in enumerate(drafts):
        is_button = draft.kind is Kind.CAPTION and draft.tabular and _targets_page(draft)
        if at in around or is_button or (draft.kind is Kind.PARAGRAPH and not _ALNUM.search(draft.text)):
            draft.kind = Kind.FURNITURE


def _row(draft: Draft) -> Row:
    """A block as a line: only items stand close to what is above them."""
    is_title = draft.kind is Kind.HEADING and draft.level == 1 and not draft.below
    return Row(
        draft.text,
        apart=draft.kind is not Kind.ITEM,
        fixed=draft.quoted or is_title or draft.kind not in (Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM, Kind.FURNITURE),
        telling=draft.kind in (Kind.PARAGRAPH, Kind.FURNITURE),
    )


def _targets_page(draft: Draft) -> bool:
    return any(link.target.startswith("#") for link in draft.links)


def _mark_contents(drafts: Sequence[Draft]) -> None:
    """A list of nothing but links to the article's own headings is a table of contents: navigation."""
    start = 0
    for inside, found in groupby(drafts, key=_leads_inside):
        end = start + len(list(found))
        if inside and (end - start > 1 or drafts[start].kind is Kind.FURNITURE):
            title = start > 0 and _CONTENTS.fullmatch(drafts[start - 1].text)
            for item in drafts[start - bool(title) : end]:
                item.kind = Kind.FURNITURE
        start = end


def _leads_inside(item: Draft) -> bool:
    links = [link for link in item.links if link.end > link.start] if item.kind in (Kind.ITEM, Kind.FURNITURE) else []
    return bool(links) and links[0].target.startswith("#") and links[0].end - links[0].start >= len(item.text) - 6


def _mark_tag_lists(drafts: Sequence[Draft]) -> None:
    """The items of a list under 'Tags:' are tags."""
    group = -1
    for draft, following in zip_longest(drafts, drafts[1:]):
        label = draft.kind in (Kind.PARAGRAPH, Kind.HEADING, Kind.FURNITURE) and _TAG_LABEL.fullmatch(draft.text)
        if label and following and following.kind in (Kind.ITEM, Kind.TAG):
            draft.kind, group = Kind.FURNITURE, following.group
        elif draft.kind is Kind.ITEM and draft.group == group >= 0:
            draft.kind = Kind.TAG


def _mark_bold_headings(drafts: Sequence[Draft]) -> None:
    """A short bold paragraph is a heading in practice, unless it is the question that the next one answers."""
    for draft, following in zip_longest(drafts, drafts[1:]):
        answered = following is not None and _ANSWER.match(following.text)
        stands_out = draft.kind is Kind.PARAGRAPH and draft.bold and not draft.quoted
        if stands_out and not answered and reads_as_heading(draft.text):
            draft.kind, draft.below = Kind.HEADING, True


def reads_as_heading(text: str) -> bool:
    """Whether a line that stands out is a heading by its words."""
    if _NUMBERED_QUESTION.match(text):
        return len(text) <= _LONGEST_QUESTION
    words = text.split()
    if len(text) > HEADING_LENGTH or len(words) > HEADING_WORDS or _QUESTION.match(text) or _BYLINE.match(text):
        return False
    if not any(character.isalpha() for character in text):
        return False
    last = text.rstrip("\"'”’)*")[-1:]
    if last == ":":
        return len(words) <= LABEL_WORDS and words[-1].strip(":").lower() not in _LEADS_IN
    return last not in ".!;,…"


def _set_levels(drafts: Sequence[Draft], *, titled: bool) -> None:
    """Give headings that have no level of their own the one below the heading that they stand under."""
    level = 0
    sizes = sorted({draft.size for draft in drafts if draft.kind is Kind.HEADING and draft.below}, reverse=True)
    for index, draft in enumerate(drafts):
        if draft.kind is not Kind.HEADING:
            continue
        if draft.below:
            above = level or int(titled or index > 0)
            draft.level = min(6, above + 1 + sizes.index(draft.size))
        else:
            level = draft.level


def _bare_links(draft: Draft) -> Iterator[Link]:
    """The addresses in a block's text that are not links already."""
    taken = iter(sorted((link.start, link.end) for link in draft.links if link.end > link.start))
    start, end = next(taken, (len(draft.text), len(draft.text)))
    for match in _BARE.finditer(draft.text):
        first, last = match.start(), match.start() + _address_length(match[0])
        while end <= first:
            start, end = next(taken, (len(draft.text), len(draft.text)))
        if last <= start:
            yield Link(LinkKind.BARE, first, last, draft.text[first:last], draft.prose.span(first, last))


def _address_length(address: str) -> int:
    """The length of an address without the punctuation of the sentence that it stands in."""
    end = len(address)
    surplus = {closing: address.count(closing) - address.count(opening) for closing, opening in _CLOSING.items()}
    while end:
        last = address[end - 1]
        if last in surplus:
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last not in ".,;:!?'*_’…":
            break
        end -= 1
    return end


def slugs(headings: Iterable[str]) -> Iterator[str]:
    """The names that site generators give to headings: as on GitHub, and from their first letter on."""
    seen: dict[str, int] = {}
    for heading in headings:
        slug = _NOT_IN_SLUG.sub("", heading.strip().lower()).replace(" ", "-")
        for name in {slug, _LEADING.sub("", slug), re.sub(r"-{2,}", "-", slug).strip("-")} - {""}:
            count = seen.get(name, 0)
            seen[name] = count + 1
            yield f"{name}-{count}" if count else name
