"""Headings without a number between numbered ones of their level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.promises import is_cited_heading, is_reading_heading
from healthlint.analysis.wording import one_of
from healthlint.checks import Check, Match
from healthlint.documents.document import Block

# Headings that stand outside the numbers of the others in many articles.
_GENERIC = re.compile(
    r"(?:in )?"
    + one_of(
        r"""introduction | intro | overview | summary | at a glance | (?:table of )?contents | conclusions?
        | closing | short | brief | (?:(?:the | a | some) )?(?:(?:key | main | final | closing | last)
        )?(?:takeaways? | facts | points | thoughts? | words? | notes? | remarks | messages?) | (?:the )?bottom
        line | wrapping up | to sum up | faqs? | frequently asked questions | (?:your )?questions(?: and
        answers)? | q ?& ?a | (?:(?:medical | legal) )?disclaimers? | (?:important )?notice | about(?: .{1,40})?
        | author | reviewers? | acknowledge?ments? | funding | disclosures? | glossary | abbreviations
        | appendix.{0,40} | related .{1,40} | tags | comments | warning | important | copyright | contact(?: us)?
        | feedback | share .{1,30} | more .{1,40}"""
    ),
    re.IGNORECASE,
)
_WORDS_OF_SECTIONS = frozenset(("", "section", "sect", "part", "chapter", "module"))


class MixedNumbering(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks for unnumbered headings where nearly all others of the level have numbers."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each heading that lacks its number."""
        document = analysis.document
        levels: dict[tuple[int | None, int], list[Block]] = {}
        for section in document.sections:
            if section.heading is not None:
                levels.setdefault((section.parent, section.level), []).append(document.blocks[section.heading])
        for headings in levels.values():
            for heading in _lacking(headings, document.format):
                yield Match(heading.prose.span())


def _lacking(headings: list[Block], written_in: str) -> list[Block]:
    """The headings that lack a number: they stand between numbered ones, and are few."""
    numbered = [at for at, heading in enumerate(headings) if _is_of_scheme(heading)]
    if len(numbered) < 2:
        return []
    are_capitals = any(headings[at].text.isupper() for at in numbered)
    between = [
        heading
        for heading in headings[numbered[0] : numbered[-1]]
        if _lacks_number(heading)
        and (are_capitals or not heading.text.isupper())  # else it stands over a group of them
    ]
    # In plain text a heading of a lower level can look like one of this level, so more must speak for the scheme.
    most = len(numbered) / 3 if written_in == "text" else len(numbered) - 1
    return between if len(between) <= most else []


def _is_of_scheme(heading: Block) -> bool:
    """Whether the number is one that sections have; 'Step 2' and 'Myth 3' say nothing of the headings around them."""
    return heading.ordinal is not None and heading.ordinal.word in _WORDS_OF_SECTIONS


def _lacks_number(heading: Block) -> bool:
    if heading.ordinal:
        return False
    plain = heading.text.strip(" :.!?*_")
    return not (_GENERIC.fullmatch(plain) or is_cited_heading(plain) or is_reading_heading(plain))
