"""Findings -> the notes beside the text, with their mends; and once for each rule, its reason and source."""

from __future__ import annotations

import msgspec
from markupsafe import Markup

from healthlint.edits import Applicability, Edit
from healthlint.findings import Finding
from healthlint.plain import shortened, squeezed
from healthlint.reports.proof.visible import plain_visible, visible, web_address
from healthlint.rules import Rule, Severity

SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Hint"}
_LONGEST = 160  # characters of a quotation


class Elsewhere(msgspec.Struct, frozen=True):
    """Another place that a note speaks of."""

    message: Markup
    quote: Markup = Markup("")
    href: str = ""  # '' if it is not in this report


class Mend(msgspec.Struct, frozen=True):
    """One edit of a fix: what is there and what it is to become."""

    before: Markup
    after: Markup


class Note(msgspec.Struct, frozen=True):
    """A finding, ready to be shown."""

    id: str
    number: int  # in its article, from 1
    finding: Finding
    elsewhere: tuple[Elsewhere, ...]
    mends: tuple[Mend, ...]

    @property
    def severity(self) -> str:
        """'error', 'warning', 'info'."""
        return self.finding.severity.value

    @property
    def severity_name(self) -> str:
        """The same for people."""
        return SEVERITIES[self.finding.severity]

    @property
    def title(self) -> str:
        """The rule's name as words."""
        return plain_visible(title_of(self.finding.name))

    @property
    def message(self) -> Markup:
        """What the writer is told."""
        return visible(self.finding.message)

    @property
    def fix(self) -> str:
        """What the fix does, and whether somebody has to look at it; '' if there is none."""
        fix = self.finding.fix
        if fix is None:
            return ""
        doubt = "" if fix.applicability is Applicability.SAFE else " (read what comes of it)"
        return plain_visible(fix.message) + doubt


class Reason(msgspec.Struct, frozen=True):
    """Why a rule marks what it marks, and on whose authority."""

    code: str
    why: Markup
    source: Markup
    address: str  # of the source; '' if there is none that a reader may be sent to

    @property
    def title(self) -> str:
        """The rule's name as words."""
        return title_of(self.code.rpartition("/")[2])


def reason_of(finding: Finding, rule: Rule | None) -> Reason:
    """The reason for a finding; of a rule that is not known, only where it may be looked up."""
    return Reason(
        plain_visible(finding.code),
        visible(squeezed(rule.file.why)) if rule else Markup(""),
        visible(rule.file.source.name) if rule else visible(finding.url),
        web_address(finding.url),
    )


def title_of(name: str) -> str:
    """'Uncited study' for 'uncited-study'."""
    return name.replace("-", " ").capitalize()


def note_of(
    finding: Finding,
    id: str,  # noqa: A002 - as HTML calls it
    number: int,
    text: str,
    elsewhere: tuple[Elsewhere, ...],
) -> Note:
    """The note on a finding; `text` is the article's."""
    return Note(
        id=id,
        number=number,
        finding=finding,
        elsewhere=elsewhere,
        mends=tuple(_mend(edit, text) for edit in (finding.fix.edits if finding.fix else ())),
    )


def _mend(edit: Edit, text: str) -> Mend:
    before = text[edit.span.start : edit.span.end]
    return Mend(visible(shortened(before, _LONGEST)), visible(shortened(edit.content, _LONGEST)))
