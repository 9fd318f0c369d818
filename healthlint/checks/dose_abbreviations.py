"""Abbreviations of doses that are misread: 'QD', '10 U', 'cc'. Only beside a dose, and not where they are explained."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import msgspec

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.doses import Dose, doses, is_taken
from healthlint.analysis.topic import mentions, topic_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Document, Kind
from healthlint.edits import Applicability, Fix, reworded, together

_EXPLAINED = re.compile(r"\s*+(?:\(|=|means?|stands? for|is short for\b|[\"”'’*_]++\s*+(?:means?|stands? for|\())")
_OPENED = re.compile(
    r"[(\"“‘'=]\s*$|\b(?:abbreviat\w{1,6}|written|write|letters?|called|symbol|short for|instead of)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
# What may follow words that say how a dose is given; before a noun, as in '20 mg BID dosing', somebody has to look.
_ADVERB = re.compile(
    r"\s*(?:$|[.,;:!?)\]–—]|(?:with|for|in|and|or|on|at|to|by|after|before|until|if|as|but|then|from|during|when|while|x"
    r"|plus|without|because|since|unless|is|are|was|were|has|had|may|can|should|[A-Z]{2,3})\b|(?:[a-z]\.){2,3})"
)
_REACH = 40  # characters between a dose and an abbreviation of how it is given


class Abbreviation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An abbreviation and what to write in its place."""

    written: tuple[str, ...]  # exactly so, upper and lower case included
    instead: str  # what to write
    place: Literal["unit", "behind", "near"]  # the unit of a dose, right behind a dose, or anywhere near one
    doubtful: Literal["never", "always", "supplements"] = "never"  # when it is reported as `info` only
    fix: str = ""  # what is put in its place; nothing where it may mean several things or its place takes other words


class DoseAbbreviations(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Finds the abbreviations beside doses; `instead` in a message is what to write."""

    abbreviations: tuple[Abbreviation, ...]  # what is looked for

    @cached_property
    def _units(self) -> dict[str, Abbreviation]:
        return {word: entry for entry in self.abbreviations if entry.place == "unit" for word in entry.written}

    @cached_property
    def _others(self) -> tuple[tuple[Abbreviation, re.Pattern[str]], ...]:
        return tuple(
            (entry, re.compile(rf"(?<![\w./])(?<![a-z], )(?:{'|'.join(map(re.escape, entry.written))})(?![\w/])"))
            for entry in self.abbreviations
            if entry.place != "unit"
        )

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a place, over the abbreviation; for a unit over the whole dose."""
        seen: set[str] = set()  # what is doubtful is said once an article
        taken = [dose for dose in doses(analysis) if dose.spoken in self._units and is_taken(analysis, dose)]
        for dose in taken:
            entry, text = self._units[dose.spoken], analysis.document.blocks[dose.block].text
            if dose.spoken in seen or _is_explained(text, dose.end - len(dose.spoken), dose.end):
                continue
            span = analysis.document.blocks[dose.block].prose.span(dose.start, dose.end)
            doubtful = entry.doubtful == "always" or (entry.doubtful == "supplements" and not _is_drug(analysis, dose))
            yield Match(span, {"instead": entry.instead}, doubtful=doubtful, fix=_unit(analysis.document, dose, entry))
            if doubtful:
                seen.add(dose.spoken)
        if not doses(analysis):
            return
        for entry, pattern in self._others:
            for sentence in analysis.sentences_with(pattern):
                if analysis.block_of(sentence).kind is not Kind.NOTE and not analysis.is_reference(sentence.block):
                    yield from _in_sentence(analysis, sentence, entry, pattern)


def _in_sentence(
    analysis: Analysis, sentence: Sentence, entry: Abbreviation, pattern: re.Pattern[str]
) -> Iterator[Match]:
    for found in pattern.finditer(sentence.text):
        start, end = found.span()
        if not _is_explained(sentence.text, start, end) and _is_near(
            analysis, sentence, entry, sentence.start + start, sentence.start + end
        ):
            span = analysis.span_in(sentence, start, end)
            fix = _words(analysis, sentence, entry, start, end)
            yield Match(span, {"instead": entry.instead}, doubtful=entry.doubtful == "always", fix=fix)


def _unit(document: Document, dose: Dose, entry: Abbreviation) -> Fix | None:
    """'8 units' for '8 U', '1 unit' for '1 u', '10 units' for '10U'."""
    if not entry.fix:
        return None
    word = entry.fix.removesuffix("s") if dose.high == 1 else entry.fix
    space = "" if dose.gap else " "
    edit = reworded(document, document.blocks[dose.block], dose.unit_start, dose.end, space + word)
    return together(f'write "{word}"', [edit])


def _words(analysis: Analysis, sentence: Sentence, entry: Abbreviation, start: int, end: int) -> Fix | None:
    """The words for an abbreviation at `sentence.text[start:end]`, with the full stop that ends the sentence, too."""
    if not entry.fix:
        return None
    behind, block = sentence.text[end:], analysis.block_of(sentence)
    ends = sentence.text[end - 1] == "." and not behind and block.kind is Kind.PARAGRAPH
    words = entry.fix + "." * ends
    edit = reworded(analysis.document, block, sentence.start + start, sentence.start + end, words)
    applicability = Applicability.SAFE if _ADVERB.match(behind) else Applicability.UNSAFE
    return together(f'write "{entry.fix}"', [edit], applicability)


def _is_near(analysis: Analysis, sentence: Sentence, entry: Abbreviation, at: int, end: int) -> bool:
    """Whether a dose is near enough for the abbreviation at `at` of a block to be one of giving it."""
    listed = doses(analysis)
    first = bisect_left(listed, (sentence.block, at - 2 * _REACH), key=lambda dose: (dose.block, dose.start))
    last = bisect_left(listed, (sentence.block, end + _REACH), key=lambda dose: (dose.block, dose.start))
    if entry.place == "behind":
        return any(0 <= at - dose.end <= _REACH // 2 for dose in listed[first:last])
    return any(at - _REACH <= dose.end for dose in listed[first:last])


def _is_explained(text: str, start: int, end: int) -> bool:
    """Whether an abbreviation is explained where it stands, or is itself what is spoken of."""
    return bool(_EXPLAINED.match(text, end) or _OPENED.search(text, max(0, start - 2 * _REACH), start))


def _is_drug(analysis: Analysis, dose: Dose) -> bool:
    """Whether the block names a drug that is no supplement, or the article is about one."""
    text = analysis.document.blocks[dose.block].text
    kinds = {mention.known.kind for mention in mentions(text)}
    return "drug" in kinds or (not kinds and topic_of(analysis).kind == "drug")
