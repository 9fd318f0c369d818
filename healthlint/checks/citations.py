"""Citations by number: marks that no entry answers, and entries that no mark leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from healthlint.analysis import Analysis
from healthlint.analysis.identifiers import is_full_reference
from healthlint.analysis.references import Entry, Mark, References
from healthlint.analysis.source_lists import holds_notes
from healthlint.analysis.wording import whole
from healthlint.checks import Check, Match
from healthlint.documents.document import Kind

_REMARKS = re.compile(whole("is | are | was | were | has | have | had | can | may | should | must | will | does | do"))
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")  # 'Stroke Association. Driving. (Ann has the link)' is a source
_FIRST_AUTHOR = re.compile(r"\W{0,3}(?:\d{1,3}\W{1,3})?(?P<surname>[A-Z][\w’'-]{2,})\s[A-Z]{1,3}\b")
_PAST = 2  # numbers behind the list: what lies further off is of another list
_SILENT = (Kind.CODE, Kind.TAG, Kind.FURNITURE)


class Citations(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Compares the numbers and footnotes that the text cites with those of the reference list."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each mark without an entry and each entry without a mark."""
        references = References.of(analysis.document)
        all_marks = list(_marks(analysis, references))
        marks = [mark for mark in all_marks if mark.kind != "author"]
        by_author = (entry.key for mark in all_marks if mark.kind == "author" for entry in references.cited_by(mark))
        used = {key for mark in marks for key in mark.keys} | set(by_author)
        ways = {"number", "note"} | {mark.kind for mark in marks if mark.resolved}
        for mark in marks:
            missing = [key for key in mark.keys if key not in references.keys]
            # '(4)', '⁴' and 'note 4' mean other things in articles that do not cite so; 'reference 4' does not.
            named = mark.kind == "word" and analysis.document.text.startswith(("ref", "Ref"), mark.span.start)
            if not mark.resolved and missing and (mark.kind in ways or named):
                what = f"Reference {', '.join(missing)} has no entry in the list of references"
                yield Match(mark.span, {"what": what})
        resolves = any(mark.resolved for mark in marks)
        if not resolves and not _cites_past_the_list(references, all_marks):
            return  # cited by author and year: the numbers of the list are only its own
        for entry in _uncited(references, used, half=resolves):
            if _is_named(analysis, references, entry):
                continue
            block = analysis.document.blocks[entry.block]
            what = f"Nothing in the text cites entry {entry.key}"
            yield Match(block.prose.span(entry.start, entry.end), {"what": what})


def _marks(analysis: Analysis, references: References) -> Iterator[Mark]:
    for index, block in enumerate(analysis.document.blocks):
        if block.kind not in _SILENT and index not in references.list_blocks:
            yield from references.marks(block)


def _uncited(references: References, used: set[str], *, half: bool) -> list[Entry]:
    """The entries that nothing cites, if the article cites at least `half` of its entries by number."""
    numbered = [
        entry
        for listed, entries in references.entries_by_list
        for entry in entries
        if entry.cited
        and entry.key
        and (is_full_reference(entry.text) if holds_notes(references.document, listed) else _is_source(entry))
    ]
    uncited = [entry for entry in numbered if entry.key not in used]
    return uncited if not half or len(uncited) * 2 <= len(numbered) else []


def _is_named(analysis: Analysis, references: References, entry: Entry) -> bool:
    """Whether the text cites an entry by its first author: '[Lee 2018]', '(Lee et al., N Engl J Med 327:1637)'."""
    author = _FIRST_AUTHOR.match(entry.text)
    if not author:
        return False
    cited = re.compile(
        rf"[(\[][^()\[\]]{{0,40}}\b{re.escape(author['surname'])}\b[^()\[\]]{{0,80}}\d[^()\[\]]{{0,20}}[)\]]"
    )
    return any(
        cited.search(block.text)
        for index, block in enumerate(analysis.document.blocks)
        if block.kind not in _SILENT and index not in references.list_blocks
    )


def _cites_past_the_list(references: References, marks: Sequence[Mark]) -> bool:
    """Whether an article cites by number alone, and only numbers that come after the last one of its list."""
    numbers = {int(key) for key in references.keys if key.isdigit()}
    cited = [int(key) for mark in marks for key in mark.keys if key.isdigit()]
    by_number = all(mark.kind in ("number", "note", "raised") for mark in marks)
    return bool(numbers and cited) and by_number and max(numbers) < min(cited) <= max(numbers) + _PAST


def _is_source(entry: Entry) -> bool:
    """Whether an entry is no remark: 'The trial was paid for by its maker.' stands among notes by itself."""
    return entry.findable or not _REMARKS.search(_ASIDE.sub("", entry.text))
