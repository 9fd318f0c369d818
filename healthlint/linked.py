"""Links of an article that are to be followed -> findings of those that are dead or have moved, once that is known.

Following them is not done here: see `healthlint.web`. Of what an article does not want to be told nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from healthlint import suppressions
from healthlint.analysis import Analysis
from healthlint.findings import Finding, findings_of, named
from healthlint.plain import printable, shortened, squeezed
from healthlint.rules import Rule
from healthlint.web.verdicts import State, Verdict

LINK_WORDS = ("answer", "target")  # that fill the message of a rule that follows links, beside the quote


class WebLink(msgspec.Struct, frozen=True, array_like=True):
    """A link that a rule has something to say of, should it have that fault."""

    target: str  # as it is written
    fault: Literal["dead", "moved"]
    finding: Finding  # without what was found there
    message: str  # with `{...}` to be filled in
    quote: str


def linked(analysis: Analysis, rules: Iterable[Rule], root: Path | None = None) -> list[WebLink]:
    """The links that rules want to know of. Raises RuleError for a message that nothing fills."""
    return [link for rule in rules for link in _of_rule(analysis, rule, root)]


def _of_rule(analysis: Analysis, rule: Rule, root: Path | None) -> Iterator[WebLink]:
    if not rule.check.follows:
        return
    from healthlint.checks.web_links import WebLinks  # a run whose outcomes are all kept does without

    assert isinstance(rule.check, WebLinks)
    document, silences = analysis.document, suppressions.silences(analysis)
    matches = sorted(rule.check.links(analysis), key=lambda match: match.span)
    found = findings_of(document, ((rule, match) for match in matches), root)
    message = rule.file.message + named(document).replace("{", "{{").replace("}", "}}")
    for match, finding in zip(matches, found, strict=True):
        if not silences.silenced((rule, match)):
            quote = shortened(squeezed(printable(document.text[slice(*match.span)])))
            yield WebLink(match.words["target"], rule.check.fault, finding, message, quote)


def with_links(found: Sequence[Finding], links: Iterable[WebLink], known: Mapping[str, Verdict]) -> list[Finding]:
    """The findings in an article and those of its links, in the order of its text; `known` is by target."""
    pairs = ((link, _answer(link, known.get(link.target))) for link in links)
    more = [_finding(link, answer) for link, answer in pairs if answer]
    return sorted([*found, *more], key=lambda each: (each.span, each.code)) if more else list(found)


def _answer(link: WebLink, verdict: Verdict | None) -> str:
    """What is to be told of a link; nothing if it has not the fault that is looked for, or nobody knows."""
    if verdict is None or link.fault == "moved":
        return verdict.moved if verdict else ""
    return verdict.said if verdict.state is State.DEAD else ""


def _finding(link: WebLink, answer: str) -> Finding:
    words = {"target": shortened(printable(link.target)), "quote": link.quote, "answer": printable(answer)}
    return msgspec.structs.replace(link.finding, message=squeezed(printable(link.message.format_map(words))))
