"""The parts of an article that another article may have as well, each with a sketch of its words.

A sketch is the smallest hashes of the runs of three words in a text, after A. Broder, "On the resemblance and
containment of documents" (1997): sketches of two texts tell what share of their runs the texts have in common,
exactly for those of up to MOST runs and nearly for longer ones. A medicine's name counts as no more than "a medicine",
so that an article which was copied for another one is still the same.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from struct import pack, unpack
from zlib import crc32

import msgspec

from healthlint.analysis import Analysis
from healthlint.analysis.promises import is_cited_heading, is_reading_heading
from healthlint.analysis.repetition.copied_text import is_urgent
from healthlint.analysis.repetition.passages import Passages, Telling
from healthlint.analysis.tagged import without_names
from healthlint.documents.document import Block, Section, Span

MOST = 200  # hashes of a sketch
SIZE = 4  # bytes of a hash

_BY_DESIGN = re.compile(
    r"\b(?:disclaimers?|disclosures?|legal|copyright|licen[cs]e|terms of use|privacy|funding|imprint"
    r"|(?:competing|conflicts? of) interests?|acknowledge?ments?|about (?:us|me|our|the (?:authors?|writer|editors?"
    r"|reviewers?|team|publisher))|authors?|contributors?|editorial (?:policy|standards|process|team)|reviewed by"
    r"|newsletter|subscribe|contact(?: us)?|how we|emergency|emergencies|overdose)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 200  # characters


class Part(msgspec.Struct, frozen=True):
    """An article or a section of one."""

    whole: bool  # the article
    head: Span  # where it is pointed at: a section's heading or first sentence
    stretch: Span  # all of it
    sketch: bytes


def parts(analysis: Analysis, least_words: int) -> Iterator[Part]:
    """The article and its sections, as far as they have so many words of prose; what holds another comes before it.

    Notices, calls for help, references and what stands under headings such as 'About the author' are no prose here:
    they stand in many articles on purpose. No two parts have the same sentences.
    """
    cut = _Cut(analysis)
    whole = range(len(cut.tellings))
    if cut.words(whole) < least_words:
        return
    yield Part(True, Span(0, 0), Span(0, len(analysis.document.text)), cut.sketch(whole))
    known = {whole}
    for section in analysis.document.sections:
        for end in (section.end, section.own_end):
            tellings = cut.passages.within(section.start, end)
            if tellings not in known and cut.words(tellings) >= least_words:
                known.add(tellings)
                stretch = Span(cut.blocks[section.start].span.start, cut.blocks[end - 1].span.end)
                yield Part(False, cut.head(section, tellings), stretch, cut.sketch(tellings))


class _Cut:
    """An article's tellings with the words and runs of each that count."""

    def __init__(self, analysis: Analysis) -> None:
        self.passages = Passages.of(analysis)
        self.tellings = self.passages.tellings
        self.blocks = analysis.document.blocks
        out = _by_design(analysis.document.sections, self.blocks)
        counted = [not (telling.sentence.block in out or _is_by_design(telling)) for telling in self.tellings]
        told = list(zip(self.tellings, counted, strict=True))
        self._words = [len(telling.words) if counts else 0 for telling, counts in told]
        self._hashes = [_hashes(tuple(telling.words)) if counts else () for telling, counts in told]

    def words(self, tellings: range) -> int:
        """How many words some tellings have."""
        return sum(self._words[tellings.start : tellings.stop])

    def sketch(self, tellings: range) -> bytes:
        """Their sketch."""
        return sketch({each for at in tellings for each in self._hashes[at]})

    def head(self, section: Section, tellings: range) -> Span:
        """The words that a section is pointed at by."""
        if section.heading is not None:
            return self.blocks[section.heading].prose.span()
        return self.tellings[tellings.start].sentence.span


def _by_design(sections: Sequence[Section], blocks: Sequence[Block]) -> set[int]:
    """The blocks of sections that repeat by design, sections inside included; the title's section is none."""
    return {
        index
        for section in sections
        if section.heading is not None and section.level > 1
        if _repeats(blocks[section.heading].text[:_LONGEST_HEADING])
        for index in range(section.start, section.end)
    }


def _repeats(heading: str) -> bool:
    return bool(_BY_DESIGN.search(heading)) or is_cited_heading(heading) or is_reading_heading(heading)


def _is_by_design(telling: Telling) -> bool:
    return telling.notice or is_urgent(telling.sentence.text)


@lru_cache(maxsize=8192)  # sentences come again in other articles
def _hashes(words: tuple[str, ...]) -> Sequence[int]:
    """Those of the runs of three words; they are the same in all articles."""
    named = without_names(words)
    runs = zip(named, named[1:], named[2:], strict=False)
    return array("I", (crc32(" ".join(run).encode("utf-8", "surrogatepass")) for run in runs))


def sketch(hashes: Iterable[int]) -> bytes:
    """The smallest of some hashes, in order, as bytes."""
    smallest = sorted(set(hashes))[:MOST]
    return pack(f"<{len(smallest)}I", *smallest)


def hashes(sketch: bytes) -> frozenset[int]:
    """The hashes of a sketch."""
    return frozenset(unpack(f"<{len(sketch) // SIZE}I", sketch))


def shared(one: frozenset[int], other: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """The runs that both of two texts have, and all; of long texts a fair sample, told by the hashes of sketches."""
    both, all_ = one & other, one | other
    if len(all_) > MOST:
        all_ = frozenset(sorted(all_)[:MOST])
        both &= all_
    return both, all_


def resemblance(one: frozenset[int], other: frozenset[int], least: float = 0.0) -> float:
    """What share of the runs of two texts, told by the hashes of sketches, both have: 0 to 1.

    0, found out sooner, if it is below `least`.
    """
    if len(one & other) < least * max(len(one), len(other)):
        return 0.0
    both, all_ = shared(one, other)
    share = len(both) / len(all_) if all_ else 0.0
    return share if share >= least else 0.0
