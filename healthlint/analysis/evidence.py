"""What supports a claim where it stands: a citation in its sentence, paragraph, list or table row, and how well.

Every way in which articles cite counts: links, addresses, footnotes, [4], (1), 'reference 2', superscripts,
(Author, 2019), DOI, PMID, NCT numbers, full references in the text, and a line 'Sources: ...' under a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.bodies import bodies
from healthlint.analysis.identifiers import is_findable
from healthlint.analysis.references import References
from healthlint.analysis.source_quality import is_weak_target
from healthlint.documents.document import Block, Kind, LinkKind


class Evidence(Enum):
    """How well a claim is supported where it stands."""

    NONE = 0
    WEAK = 1  # a reference list without marks in the text, or a source that is named and not easy to find
    STRONG = 2


_SOURCE_LINE = re.compile(r"\W{0,3}(?:sources?|references?|adapted from|based on|data from|from)\b", re.IGNORECASE)
_REFERENCE_MARK = re.compile(r"\W{0,2}\d{1,3}\W{0,2}$")
_SUBJECT_WORD = re.compile(r"[^\W_]+")
_SUBJECT_LENGTH = 6
# A sentence that opens with one of these goes on about what was cited before it.
_GOES_ON = frozenset(
    """it its they their them this these that those such he she his her both neither either same overall trial study
    review analysis researchers authors participants effect effects results result group groups differences""".split()
)


def evidence_for(analysis: Analysis, sentence: Sentence) -> Evidence:
    """How well a sentence is supported by what is cited in and around it."""
    best = max((found for found in _around(analysis, sentence)), key=lambda found: found.value, default=Evidence.NONE)
    if best is Evidence.NONE and _has_unmarked_references(analysis):
        return Evidence.WEAK
    return best


def _around(analysis: Analysis, sentence: Sentence) -> Iterator[Evidence]:
    """The evidence in the sentence itself, then in its block, then in the blocks that belong to it."""
    yield cited_in(analysis, sentence.block, sentence.start, sentence.end)
    for other in analysis.sentences_of(sentence.block):
        if other.start > sentence.start or (other.start < sentence.start and goes_on(sentence.text, other.text)):
            yield cited_in(analysis, other.block, other.start, other.end)
    for index in _companions(analysis, sentence.block):
        yield cited_in(analysis, index, 0, len(analysis.document.blocks[index].text))


def cited_in(analysis: Analysis, index: int, start: int, end: int) -> Evidence:
    """How well `blocks[index].text[start:end]` is supported by the citations in it."""
    block = analysis.document.blocks[index]
    references = References.of(analysis.document)
    best = Evidence.NONE
    for mark in references.marks(block):
        if start <= mark.start <= end:
            if mark.resolved and not _only_weak(analysis, mark.keys):
                return Evidence.STRONG
            if mark.kind == "author":
                best = Evidence.WEAK
    if any(
        _supports(analysis, block, link.target, link.kind, link.start, link.end)
        for link in block.links
        if start <= link.start < max(end, start + 1)
    ):
        return Evidence.STRONG
    text = block.text[start:end]
    if is_findable(text) and not block.links:
        return Evidence.STRONG
    if references.entries and any(
        entry.findable for body in bodies(text) for entry in references.entries_naming(body.text)
    ):
        return Evidence.STRONG
    return best


def _supports(analysis: Analysis, block: Block, target: str, kind: LinkKind, start: int, end: int) -> bool:
    """Whether a link is a citation: to a page that can serve as a source, or to an entry of the reference list."""
    if target.startswith("#"):
        return bool(_REFERENCE_MARK.match(block.text[start:end])) and target[1:] in analysis.document.anchors
    if kind in (LinkKind.NOTE, LinkKind.IMAGE):
        return False
    return target.startswith(("http://", "https://", "www.")) and not is_weak_target(target)


def _only_weak(analysis: Analysis, keys: tuple[str, ...]) -> bool:
    """Whether the entries that a mark leads to are all of the kind that proves nothing: social posts, shops."""
    entries = [entry for entry in References.of(analysis.document).entries if entry.key in keys]
    targets = [
        [link.target for link in analysis.document.blocks[entry.block].links if link.kind is not LinkKind.NOTE]
        for entry in entries
    ]
    return bool(targets) and all(each and all(map(is_weak_target, each)) for each in targets)


def goes_on(text: str, cited: str) -> bool:
    """Whether a sentence goes on about what an earlier, cited sentence of its paragraph said.

    It does if its subject is a pronoun, the study, or something that the cited sentence named.
    """
    words = [word.lower() for word in _SUBJECT_WORD.findall(text)][:_SUBJECT_LENGTH]
    if any(word in _GOES_ON for word in words[:3]) or "those" in words:
        return True
    before = {word.lower() for word in _SUBJECT_WORD.findall(cited)}
    return any(len(word) > 3 and word in before for word in words[:4])


def _companions(analysis: Analysis, index: int) -> Iterator[int]:
    """The blocks whose citations hold for this one, too: its row, its list's lead-in, a source line of its section."""
    blocks = analysis.document.blocks
    block = blocks[index]
    if block.kind is Kind.CELL:
        yield from (
            at
            for at in range(max(0, index - 30), min(len(blocks), index + 30))
            if at != index and blocks[at].kind is Kind.CELL and blocks[at].group == block.group
        )
    if block.kind in (Kind.CELL, Kind.ITEM):
        yield from _frame(blocks, index)
    elif index + 1 < len(blocks) and blocks[index + 1].quoted != block.quoted and block.quoted:
        yield index + 1
    if block.text.endswith(":") and index + 1 < len(blocks):
        yield index + 1
    yield from _source_lines(analysis, index)


def _frame(blocks: tuple[Block, ...], index: int) -> Iterator[int]:
    """What stands right before and right after the list or table that holds a block."""
    kinds = (Kind.CELL, Kind.ITEM)
    before = index
    while before > 0 and blocks[before].kind in kinds:
        before -= 1
    if blocks[before].kind in (Kind.CAPTION, Kind.PARAGRAPH):
        yield before
    after = index
    while after < len(blocks) - 1 and blocks[after].kind in kinds:
        after += 1
    if (
        blocks[after].kind is Kind.CAPTION
        or _SOURCE_LINE.match(blocks[after].text)
        or (
            blocks[after].kind is Kind.PARAGRAPH
            and re.match(r"(?:these|this|the (?:list|table|figures|steps))\b", blocks[after].text, re.IGNORECASE)
        )
    ):
        yield after


def _source_lines(analysis: Analysis, index: int) -> Iterator[int]:
    """A paragraph 'Source: ...' under the same heading, after the block."""
    blocks = analysis.document.blocks
    for at in range(index + 1, min(len(blocks), index + 40)):
        if blocks[at].kind is Kind.HEADING:
            return
        if blocks[at].kind in (Kind.PARAGRAPH, Kind.CAPTION) and _SOURCE_LINE.match(blocks[at].text):
            yield at


def _has_unmarked_references(analysis: Analysis) -> bool:
    """Whether the article lists findable references and never says what each of them supports."""
    references = References.of(analysis.document)
    if not any(entry.cited and entry.findable for entry in references.entries):
        return False
    return not any(references.marks(block) for block in analysis.document.blocks)
