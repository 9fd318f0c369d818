"""Where a text names a use of a drug that its label does not list."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from healthlint.analysis.drugs import Drug
from healthlint.analysis.passages import any_of

Families = tuple[frozenset[str], ...]  # words for one use each: a drug of whose table one stands for all
OFF_LABEL, LABELLED = "offlabeluse", "labelleduse"  # words that stand for any


def off_label_use(text: str, drug: Drug, same: Families = (), said: str = "") -> int | None:
    """Where `text` names a use that the label of a drug does not list, in words of `same` too; None if nowhere.

    `said` is what was said before, its heading included: it may name the brand or the way of giving that is meant.
    """
    found, _ = _named(text, drug, same, said)
    return found[0][0] if found else None


def without_uses(text: str, drug: Drug, same: Families = (), said: str = "") -> str:
    """A text with `OFF_LABEL` for each off-label use of a drug that it names, and `LABELLED` for each labelled one.

    What it says of a use does not depend on which one it is.
    """
    found, labelled = _named(text, drug, same, said)
    named = [(*span, OFF_LABEL) for span in found]
    named += [(*span, LABELLED) for span in labelled if all(span[1] <= start or end <= span[0] for start, end in found)]
    parts, reached = [], 0
    for start, end, word in sorted(named):
        if start >= reached:
            parts += [text[reached:start], word]
            reached = end
    return "".join((*parts, text[reached:]))


def _named(text: str, drug: Drug, same: Families, said: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Start and end of the off-label uses and, if there are any, of the labelled ones."""
    unlisted, listed = _uses(drug, text, said)
    if not unlisted:
        return [], []
    found = [match.span() for match in any_of(_widened(unlisted, listed, same)).finditer(text)]
    labelled = [match.span() for match in any_of(_longest_first(listed)).finditer(text)] if found and listed else []
    return [span for span in found if not any(start <= span[0] and span[1] <= end for start, end in labelled)], labelled


def uses_named(text: str, drug: Drug, same: Families = ()) -> set[str]:
    """The words in which a text names uses that the label, or the label of one brand or way, does not list."""
    uses = tuple(dict.fromkeys([*drug.off_label_uses, *(use for part in drug.off_label_routes for use in part.uses)]))
    words = {match.lower() for match in any_of(uses).findall(text)} if uses else set()
    for family in same:
        if not family.isdisjoint(uses) and any_of(tuple(sorted(family))).search(text):
            words |= {use.rstrip("*") for use in family.intersection(uses)}
    return words


def _uses(drug: Drug, text: str, said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The uses that the label does not list and those that it lists, for the brand or way that is meant."""
    by_route = tuple(
        use
        for part in drug.off_label_routes
        if any_of(part.route).search(said or text) and not (part.besides and any_of(part.besides).search(text))
        for use in part.uses
    )
    if not by_route:
        return drug.off_label_uses, drug.labelled_uses
    return (*drug.off_label_uses, *by_route), tuple(use for use in drug.labelled_uses if use not in by_route)


@lru_cache(maxsize=256)
def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words so that the longest that stands somewhere is found there: 'jet lag disorder' and not 'jet lag'."""
    return tuple(sorted(words, key=len, reverse=True))


@lru_cache(maxsize=256)
def _widened(uses: Iterable[str], labelled: Iterable[str], same: Families) -> tuple[str, ...]:
    """The off-label uses of a drug in all words for them, but for those that stand for a labelled use, too."""
    words = set(uses)
    for family in same:
        if not family.isdisjoint(uses) and family.isdisjoint(labelled):
            words |= family
    return tuple(sorted(words))
