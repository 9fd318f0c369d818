"""What several articles of a run have in common -> findings in the later ones.

Articles come one by one, in the order of the run. Of each, only what it may share is remembered: a sketch of its words
and their place. What earlier article is like it is looked up by locality-sensitive hashing (P. Indyk and R. Motwani,
"Approximate nearest neighbors", 1998), so that time and memory grow with the number of sections and no faster, and then
measured. A part that is like an earlier one is not looked up itself: all copies are held against the original.

Passages that three articles have are part of the site's template and count for nothing. Whether a section is more than
that is known once all articles have come; that an article is a copy as a whole is known at once, and no template.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from healthlint.analysis import Analysis
from healthlint.analysis.repetition.parts import SIZE, hashes, resemblance, shared
from healthlint.analysis.setting import Setting
from healthlint.documents.document import Document
from healthlint.findings import Candidate, Compared, Finding, Place, compared, lint_analysis
from healthlint.linked import linked, with_links
from healthlint.plain import printable, squeezed
from healthlint.rules import Rule
from healthlint.web.verdicts import Verdict

if TYPE_CHECKING:
    from rensa import RMinHash

TEMPLATE = 3  # articles that share a passage: it is part of their template

_ALIKE = 0.6  # of the runs of words of two parts together: the same text, edited
_ALIKE_ARTICLE = 0.75  # of those of an article that is a copy as a whole; if it shares less, sections of it may be
_LEAST = 30  # of the runs that they share belong to no template
_HASHES, _BANDS = 128, 32  # find 98 of 100 pairs that are only just alike, and few others
_SEED = 20
_ERROR = 0.2  # that a resemblance told by such hashes hardly ever has
_MOST_COMPARED = 50  # parts that look like another one, the earliest first
_TOKENS = re.compile(b"." * SIZE, re.DOTALL).findall  # the hashes of a sketch, as bytes


class Original(msgspec.Struct):
    """The first of the parts that are alike."""

    filename: str
    part: Candidate
    articles: int = 1  # that have it


class Copy(msgspec.Struct):
    """A part of an article that stands in an earlier one."""

    rule: Compared
    part: Candidate
    original: Original
    settled: bool | None = None  # whether a writer is to be told, once it is known

    @property
    def of_article(self) -> bool:
        """Whether all of an article is a copy of all of another."""
        return self.part.whole and self.original.part.whole

    @property
    def counts(self) -> bool | None:
        """Whether a writer is to be told; None as long as articles to come may make it part of a template."""
        if self.of_article:
            return True
        return False if self.original.articles >= TEMPLATE else self.settled


class Copies:
    """Finds what articles have in common with earlier ones, each rule for itself."""

    def __init__(self) -> None:
        self._of_rule: dict[str, _Parts] = {}

    def of(self, filename: str, rules: Iterable[Compared]) -> list[Copy]:
        """What of an article stands in those that were asked for before; it is remembered for those to come."""
        found = []
        for rule in rules:
            if rule.candidates:
                found += self._of_rule.setdefault(rule.code, _Parts()).copies(filename, rule)
        return found

    def settle(self) -> None:
        """Decide on all copies: no article is to come."""
        for known in self._of_rule.values():
            known.settle()


class _Parts:
    """The parts of articles, as one rule sees them."""

    def __init__(self) -> None:
        from rensa import RMinHash, RMinHashLSH  # a single article does without

        self._minhash = RMinHash
        self._index = RMinHashLSH(_ALIKE, _HASHES, _BANDS)
        self._originals: list[Original] = []
        self._keys: list[RMinHash] = []  # of the originals
        self._sketches: list[list[bytes]] = []  # of each article that is no copy as a whole
        self._open: list[Copy] = []

    def copies(self, filename: str, rule: Compared) -> list[Copy]:
        """The parts of an article that earlier ones have; the others are originals from now on.

        The sections of an article that is a copy as a whole are told with it, and say nothing about a template.
        """
        parts = rule.candidates
        keys = self._minhash.from_token_sets([_TOKENS(part.sketch) for part in parts], _HASHES, _SEED)
        like = [self._like(part, key) for part, key in zip(parts, keys, strict=True)]
        for part, key, original in zip(parts, keys, like, strict=True):
            if original is None:
                self._index.insert(len(self._originals), key)
                self._keys.append(key)
                self._originals.append(Original(filename, part))
        found = [Copy(rule, part, known) for part, known in zip(parts, like, strict=True) if known]
        if found and found[0].of_article:
            return found[:1]
        self._sketches.append([part.sketch for part in parts])
        for original in {id(copy.original): copy.original for copy in found}.values():
            original.articles += 1
        self._open += [copy for copy in found if copy.counts is None]
        return found

    def _like(self, part: Candidate, key: RMinHash) -> Original | None:
        """The original that is most like a part, the first of several."""
        least = _ALIKE_ARTICLE if part.whole else _ALIKE
        likely = sorted(self._index.query(key))[:_MOST_COMPARED]
        # What has a band in common by chance is left out: to measure it would take a hundred times as long.
        likely = [at for at in likely if key.jaccard(self._keys[at]) >= least - _ERROR]
        if not likely:
            return None
        nearest, most, own = None, 0.0, hashes(part.sketch)
        for at in likely:
            share = resemblance(own, hashes(self._originals[at].part.sketch), max(least, most))
            if share > most:
                nearest, most = self._originals[at], share
                if most == 1:
                    break
        return nearest

    def settle(self) -> None:
        """Copies count for what is left of them without the passages that so many articles have."""
        waiting = [copy for copy in self._open if copy.counts is None]
        pairs = [shared(hashes(copy.original.part.sketch), hashes(copy.part.sketch)) for copy in waiting]
        template = self._in_many({each for both, _ in pairs for each in both})
        for copy, (both, all_) in zip(waiting, pairs, strict=True):
            own = len(both - template)
            copy.settled = own >= _LEAST and own >= _ALIKE * len(all_ - template)
        self._open = []

    def _in_many(self, asked: set[int]) -> set[int]:
        """Those of some hashes that at least TEMPLATE articles have."""
        counts: Counter[int] = Counter()
        for sketches in self._sketches if asked else ():
            counts.update({each for sketch in sketches for each in asked.intersection(hashes(sketch))})
        return {each for each, count in counts.items() if count >= TEMPLATE}


def with_copies(filename: str, found: Sequence[Finding], copies: Iterable[Copy]) -> list[Finding]:
    """The findings in an article by itself and those of its copies, in the order of its text."""
    more = [_finding(filename, copy) for copy in _outermost(copies) if not copy.part.silenced]
    return sorted([*found, *more], key=lambda each: (each.span, each.code)) if more else list(found)


def _outermost(copies: Iterable[Copy]) -> Iterator[Copy]:
    """The copies that count and are no part of another, rule by rule; what holds another comes before it."""
    reached: dict[str, int] = {}
    for copy in copies:
        if copy.counts and copy.part.stretch.end > reached.get(copy.rule.code, -1):
            reached[copy.rule.code] = copy.part.stretch.end
            yield copy


def _finding(filename: str, copy: Copy) -> Finding:
    rule, part, earlier = copy.rule, copy.part, copy.original
    place = f"{printable(earlier.filename)}:{earlier.part.location.row}"
    words = {
        "part": "article" if part.whole else "section",
        "place": place,
        "quote": part.quote,
        "title": earlier.part.quote,
    }
    return Finding(
        code=rule.code,
        severity=rule.severity,
        scope="document" if part.whole else "span",
        message=squeezed(printable(rule.message.format_map(words))),
        filename=filename,
        span=part.span,
        location=part.location,
        end_location=part.end_location,
        related=(_place(earlier, f"first told in {place}"),),
        url=rule.url,
        fingerprint=part.fingerprint,
    )


def _place(original: Original, note: str) -> Place:
    part = original.part
    return Place(note, part.span, part.location, part.end_location, original.filename)


def lint_together(
    documents: Sequence[Document],
    rules: Sequence[Rule],
    known: Collection[str] = (),
    root: Path | None = None,
    setting: Setting = Setting(),
    answers: Mapping[str, Verdict] = {},
) -> list[list[Finding]]:
    """All findings in each of some documents that are linted together; what goes in and is raised is as for `lint`.

    `answers` is what is known of their links, by how they are written.
    """
    copies, found = Copies(), []
    for document in documents:
        analysis = Analysis(document, setting)
        alone = lint_analysis(analysis, rules, known, root)
        alone = with_links(alone, linked(analysis, rules, root), answers)
        found.append((document.path, alone, copies.of(document.path, compared(analysis, rules, root))))
    copies.settle()
    return [with_copies(*each) for each in found]
