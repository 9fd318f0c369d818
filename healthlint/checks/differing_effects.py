"""Lists of a drug's common side effects that have little in common with one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.dose_roles import groups_in
from healthlint.analysis.passages import passage_of
from healthlint.analysis.repetition.concepts import meaning
from healthlint.analysis.topic import mentions, topic_of
from healthlint.checks import Check, Match, Related
from healthlint.documents.document import Kind, Span

_EFFECTS = r"(?:side[- ]effects?|adverse (?:effects?|reactions?|events?)|unwanted effects?)"
_COMMON = re.compile(
    r"(?<!less )(?<!not )\b(?:(?:most|very|more) )?(?:common(?:est|ly)?(?: reported)?|frequent|usual|main|typical) "
    rf"{_EFFECTS}\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:serious|severe|rare|rarely|less|uncommon|other|worse|long[- ]term|also|further|additional|more than|than)\b",
    re.IGNORECASE,
)
_LISTS = re.compile(r"\b(?:include|includes|including|are|is|may be|can be|such as|were)\b:?\s*|:\s*", re.IGNORECASE)
_JOINTS = re.compile(r"\s*(?:,|;|\band\b|\bor\b|\bas well as\b|\bplus\b|/)\s*", re.IGNORECASE)
_TAIL = re.compile(
    r"\s(?:which|that|but|though|although|because|since|if|when|in the|during|at first)\b.*", re.IGNORECASE
)
_LONGEST = 6  # words of what is still the name of an effect


class _Listed(NamedTuple):
    drug: str
    groups: frozenset[str]
    effects: tuple[frozenset[str], ...]  # each by the concepts that its name is made of
    span: Span


class DifferingEffects(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for two lists of common side effects of one drug, for the same people and in the same form."""

    least: int = 3  # effects in a list that is compared
    most_shared: float = 0.34  # of the shorter list; lists that share more are no contradiction

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a later list; `row` in a message is that of the first one."""
        first: dict[tuple[str, frozenset[str]], _Listed] = {}
        for listed in _lists(analysis):
            if len(listed.effects) < self.least:
                continue
            earlier = first.setdefault((listed.drug, listed.groups), listed)
            if earlier is not listed and _shared(earlier, listed) < self.most_shared:
                row = analysis.document.position(earlier.span.start).row
                yield Match(listed.span, {"row": str(row)}, (Related(earlier.span, "another list of them"),))


def _shared(one: _Listed, other: _Listed) -> float:
    """How much of the shorter list the other one has."""
    short, long = sorted((one.effects, other.effects), key=len)
    return sum(any(effect & known for known in long) for effect in short) / len(short)


def _lists(analysis: Analysis) -> Iterator[_Listed]:
    for sentence in analysis.sentences_with(_COMMON):
        found = _COMMON.search(sentence.text)
        kind = analysis.block_of(sentence).kind
        if not found or kind is Kind.NOTE or analysis.is_reference(sentence.block) or sentence.text.endswith("?"):
            continue
        if _OTHERS.search(sentence.text) or not (drug := _drug_of(analysis, sentence)):
            continue
        effects, end = _effects(analysis, sentence, found.end())
        heading = analysis.heading_of(sentence.block)
        groups = groups_in(f"{sentence.text} {heading.text if heading else ''}") - topic_of(analysis).words
        yield _Listed(drug, groups, effects, Span(sentence.span.start, max(end, sentence.span.end)))


def _drug_of(analysis: Analysis, sentence: Sentence) -> str:
    """The one drug that a sentence names, or the article's only one."""
    subjects = topic_of(analysis).subjects
    named = {mention.known.drug for mention in mentions(sentence.text)} - {""}
    if named:
        return named.pop() if len(named) == 1 else ""
    return subjects[0].name if len(subjects) == 1 else ""


def _effects(analysis: Analysis, sentence: Sentence, at: int) -> tuple[tuple[frozenset[str], ...], int]:
    """The effects that follow in the sentence, or in the list that it leads into, and where they end in the file."""
    blocks = analysis.document.blocks
    following = blocks[sentence.block + 1] if sentence.block + 1 < len(blocks) else None
    leads = sentence.text.rstrip().endswith(":") or blocks[sentence.block].kind is Kind.HEADING
    if leads and following and following.kind is Kind.ITEM:
        passage = passage_of(analysis, sentence.block + 1)
        items = [block for block in blocks[sentence.block + 1 : passage.last + 1] if block.kind is Kind.ITEM]
        return _named([block.text for block in items]), items[-1].prose.span().end
    lists = _LISTS.search(sentence.text, at)
    if not lists:
        return (), 0
    return _named(_JOINTS.split(_TAIL.sub("", sentence.text[lists.end() :].rstrip(".!")))), 0


def _named(texts: list[str]) -> tuple[frozenset[str], ...]:
    """The effects in some texts, by their concepts; what is longer than a name is none."""
    found = [meaning(text, near=True) for text in texts if len(text.split()) <= _LONGEST]
    return tuple(effect for effect in found if effect)
