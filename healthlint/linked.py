"""Links of an article that are to be followed -> findings of those that are dead, once that is known.

Following them is not done here: see `healthlint.web`. Of what an article does not want to be told nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from healthlint import suppressions
from healthlint.analysis import Analysis
from healthlint.findings import Finding, findings_of, named
from healthlint.plain import printable, shortened, squeezed
from healthlint.rules import Rule
from healthlint.web.verdicts import State, Verdict


LINK_WORDS = ("answer", "target")  # that fill the message of a rule that follows links, beside the quote


class WebLink(msgspec.Struct, frozen=True, array_like=True):
    """A link that a rule has something to say of if it is dead."""

    target: str  # as it is written
    finding: Finding  # without what was found there
    message: str  # with `{...}` to be filled in
    quote: str


def linked(analysis: Analysis, rules: Iterable[Rule], root: Path | None = None) -> list[WebLink]:
    """The links that rules want to know of. Raises RuleError for a message that nothing fills."""
    return [link for rule in rules if rule.check.follows for link in _of_rule(analysis, rule, root)]


def _of_rule(analysis: Analysis, rule: Rule, root: Path | None) -> Iterator[WebLink]:
    document, silences = analysis.document, suppressions.silences(analysis)
    matches = sorted(rule.check.links(analysis), key=lambda match: match.span)
    marks = [(rule, match) for match in matches]
    message = rule.file.message + named(document).replace("{", "{{").replace("}", "}}")
    for mark, finding in zip(marks, findings_of(document, marks, root), strict=True):
        if not silences.silenced(mark):
            quote = shortened(squeezed(printable(document.text[slice(*mark[1].span)])))
            yield WebLink(mark[1].words["target"], finding, message, quote)


def with_dead_links(found: Sequence[Finding], links: Iterable[WebLink], known: Mapping[str, Verdict]) -> list[Finding]:
    """The findings in an article and those of its dead links, in the order of its text; `known` is by target."""
    dead = [_finding(link, known[link.target]) for link in links if _is_dead(link, known)]
    return sorted([*found, *dead], key=lambda each: (each.span, each.code)) if dead else list(found)


def _is_dead(link: WebLink, known: Mapping[str, Verdict]) -> bool:
    return link.target in known and known[link.target].state is State.DEAD


def _finding(link: WebLink, verdict: Verdict) -> Finding:
    words = {"target": shortened(printable(link.target)), "quote": link.quote, "answer": printable(verdict.said)}
    return msgspec.structs.replace(link.finding, message=squeezed(printable(link.message.format_map(words))))
