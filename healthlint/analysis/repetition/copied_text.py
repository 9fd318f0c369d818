"""Sections, paragraphs and sentences that stand twice in an article, in the same words or nearly."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise, product

import msgspec

from healthlint.analysis.repetition.copies import RUN, Run, is_told_again, repeated_runs, runs, shared_runs
from healthlint.analysis.repetition.passages import Passage, Passages, Telling, are_alternatives, are_cases
from healthlint.analysis.stance import opens_with_quote

COPIED_SECTION = 0.4  # of the runs of a later section: copied, then edited
COPIED_PARAGRAPH = 0.75  # of the runs of a later paragraph

_ALIKE = 0.65  # of the words of a copied section: one sentence alone makes no section; in sentences that have ...
_ALIKE_SENTENCE = 0.2  # ... this part of their runs from the earlier one
_SHORTEST_SECTION = 20  # words
_SHORTEST_PARAGRAPH = 12  # words
_SHORTEST_SENTENCE = 7  # words
_SHORTEST_DOUBLED = 3  # words of a sentence that stands twice in a row
_LEAST_POINTS = 3  # of a sentence that is worth a remark
_LEAST_POINTS_OF_THE_SAME = 2  # if it stands there word for word
_QUOTES = ('"', "”", "’", "»")
_WORTH_COMPARING = 0.3  # of the runs of the shorter sentence
_NONE: set[Run] = set()
_URGENT = re.compile(
    r"\b(?:911|999|112|988|111|ambulance|emergency|a&e|poison (?:control|help|cent\w+)|straight to hospital"
    r"|until you(?: have|['’]ve)? (?:spoken|talked|been seen|seen|asked|heard))\b",
    re.IGNORECASE,
)


class Copy(msgspec.Struct, frozen=True):
    """A stretch of the article that stands earlier, too. Both are ranges of tellings."""

    earlier: range
    later: range
    shared: int  # sentences that are alike


def is_urgent(sentence: str) -> bool:
    """Whether a sentence calls for help, which is repeated on purpose."""
    return bool(_URGENT.search(sentence))


class CopiedText:
    """Looks for text that an article has twice."""

    def __init__(self, passages: Passages) -> None:
        self.passages = passages
        self._tellings = passages.tellings

    @cached_property
    def sentences(self) -> Mapping[int, int]:
        """The sentences told again, each with the earliest one like it, as indexes of tellings."""
        found: dict[int, int] = {}
        for later, shared in shared_runs(self._repeated):
            for earlier in sorted(key for key, count in shared.items() if count > 1):
                if self._is_copy(self._tellings[earlier], self._tellings[later], shared[earlier]):
                    found[later] = earlier
                    break
        return found

    def worth_a_remark(self) -> Iterator[Copy]:
        """The sentences told again that an editor would strike out."""
        for later, earlier in self.sentences.items():
            is_same = self._tellings[earlier].words == self._tellings[later].words
            if self._is_remarkable(later, is_same=is_same) and not self._is_template(earlier, later):
                yield Copy(range(earlier, earlier + 1), range(later, later + 1), 1)

    def doubled(self) -> Iterator[Copy]:
        """The short sentences that stand twice in a row; the long ones are `worth_a_remark`."""
        for at, (one, other) in enumerate(pairwise(self._tellings)):
            is_doubled = one.words == other.words and one.sentence.block == other.sentence.block
            is_call = len(one.words) < _SHORTEST_DOUBLED or one.sentence.text.endswith(("!", "?"))
            if is_doubled and not is_call and at + 1 not in self.sentences:
                yield Copy(range(at, at + 1), range(at + 1, at + 2), 1)

    def paragraphs(self) -> Iterator[Copy]:
        """The paragraphs and long items that stand twice."""
        blocks = [telling.sentence.block for telling in self._tellings]
        done: set[int] = set()
        for earlier, later in sorted({(blocks[first], blocks[second]) for second, first in self.sentences.items()}):
            if earlier == later or later in done or self.passages.words(later, later + 1) < _SHORTEST_PARAGRAPH:
                continue
            copy = self._copy((earlier, earlier + 1), (later, later + 1))
            if self._says_the_same(copy):
                done.add(later)
                yield copy

    def sections(self, first: Passage, second: Passage) -> Copy | None:
        """The copy that the second passage is of the first, or None."""
        copy = self._copy((first.start, first.end), (second.start, second.end))
        size = self.passages.words(second.start, second.end)
        if not copy.shared or size < _SHORTEST_SECTION or are_alternatives(first, second, self.passages):
            return None
        earlier, later = self._repeated_in(copy.earlier), self._repeated_in(copy.later)
        if len(later & earlier) < COPIED_SECTION * self._different_runs(copy.later):
            return None
        alike = [at for at in copy.later if self._is_alike(at, earlier)]
        words = sum(len(self._tellings[at].words) for at in alike)
        return msgspec.structs.replace(copy, shared=len(alike)) if words >= _ALIKE * size else None

    def _is_alike(self, at: int, earlier: set[Run]) -> bool:
        """Whether a sentence has something of an earlier stretch."""
        shared = self._repeated.get(at, _NONE) & earlier
        return len(shared) > _ALIKE_SENTENCE * len(self._runs.get(at, ()))

    @cached_property
    def pairs_of_sections(self) -> frozenset[tuple[int, int]]:
        """Sections that have a sentence in common, as indexes into `Document.sections`, the earlier one first."""
        blocks = [telling.sentence.block for telling in self._tellings]
        pairs = {(blocks[earlier], blocks[later]) for later, earlier in self.sentences.items()}
        around = self.passages.sections_around
        return frozenset(chain.from_iterable(product(around(earlier), around(later)) for earlier, later in pairs))

    def _is_copy(self, earlier: Telling, later: Telling, shared: int) -> bool:
        shortest = min(len(earlier.words), len(later.words))
        if shortest < _SHORTEST_SENTENCE or shared < _WORTH_COMPARING * (shortest - RUN + 1):
            return False
        return is_told_again(earlier, later)

    def _is_remarkable(self, at: int, *, is_same: bool) -> bool:
        """Whether a sentence is more than a lead-in, a question or a call for help, which are repeated on purpose."""
        text = self._tellings[at].sentence.text
        if text.endswith((":", "?")) or is_urgent(text):
            return False
        is_quote = opens_with_quote(text) or text.endswith(_QUOTES)  # which a magazine sets out in large letters, too
        is_own = is_same and not is_quote
        least = _LEAST_POINTS_OF_THE_SAME if is_own else _LEAST_POINTS
        return len(set(self._tellings[at].points)) >= least

    def _is_template(self, earlier: int, later: int) -> bool:
        """Whether two sentences fill the same place of two sections under the same title, or of one list."""
        blocks, sections = self.passages.document.blocks, self.passages.document.sections
        first, second = self._tellings[earlier].sentence.block, self._tellings[later].sentence.block
        if first != second and blocks[first].group == blocks[second].group != -1:
            return True
        one, other = sections[self.passages.section_of[first]], sections[self.passages.section_of[second]]
        if one == other or one.heading is None or other.heading is None:
            return False
        if are_cases(blocks[one.heading].text, blocks[other.heading].text):
            return True
        if one.parent == other.parent:
            return False
        return blocks[one.heading].text.lower() == blocks[other.heading].text.lower()

    def _copy(self, earlier: tuple[int, int], later: tuple[int, int]) -> Copy:
        first, second = self.passages.within(*earlier), self.passages.within(*later)
        return Copy(first, second, len(self._told_again(first, second)))

    def _told_again(self, earlier: range, later: range) -> list[int]:
        """The sentences of a stretch whose first telling stands in an earlier one."""
        copied = self._copied[bisect_left(self._copied, later.start) : bisect_left(self._copied, later.stop)]
        return [at for at in copied if self.sentences[at] in earlier]

    @cached_property
    def _copied(self) -> Sequence[int]:
        return sorted(self.sentences)

    @cached_property
    def _runs(self) -> Mapping[int, Sequence[Run]]:
        """The runs of each sentence; those of a notice do not count."""
        long = [at for at, each in enumerate(self._tellings) if len(each.words) >= RUN and not each.notice]
        return dict(zip(long, runs(self._tellings[at].words for at in long), strict=True))

    @cached_property
    def _repeated(self) -> Mapping[int, set[Run]]:
        """Of the runs of each sentence, those that stand in another, too."""
        return repeated_runs(self._runs)

    def _repeated_in(self, tellings: range) -> set[Run]:
        return set().union(*(self._repeated.get(at, _NONE) for at in tellings))

    def _different_runs(self, tellings: range) -> int:
        """How many runs some sentences have, each counted once."""
        return len(set().union(*(self._runs.get(at, ()) for at in tellings)))

    def _says_the_same(self, copy: Copy) -> bool:
        """Whether the sentences of the later stretch are told again, not only built alike."""
        words = [len(self._tellings[at].words) for at in self._told_again(copy.earlier, copy.later)]
        return sum(words) >= COPIED_PARAGRAPH * sum(len(self._tellings[at].words) for at in copy.later)
