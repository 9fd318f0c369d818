"""The drug table -> its pages: one for each class, and an index of all names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from accuracy.markdown import link, literal, paragraph, table
from accuracy.sets import ROOT
from healthlint.analysis.drugs import DrugClass, Entry, Source
from healthlint.reports.drug import by_route, plain_use, told

FOLDER = ROOT / "docs" / "drugs"
INDEX = "README.md"

_WRITTEN = "<!-- Written by `python -m drugtable`; do not edit. -->\n"
_WHAT_IT_IS = """\
What healthlint's rules know of drugs and supplements: whether their label has a boxed warning, what they are labelled
for and commonly given for besides, what must not be stopped at once, with which of them errors kill, and what a guide
to them must mention. `healthlint drug NAME` prints it.

**It is an editorial aid and no clinical reference.** It was compiled from labels and from communications of the FDA,
each with its year; labels change. It knows enough to ask an editor a question. It does not know enough to treat
anybody. What is marked *doubtful* is reported as a hint only. A use that is missing here is not thereby off-label.

The facts are in [rules/drugs/](../../rules/drugs/), a file for each class. `python -m drugtable` checks them and writes
these pages, and a test fails when one is stale.
"""
_NO_REFERENCE = "This is an editorial aid and no clinical reference; labels change."


def generated(classes: Mapping[str, DrugClass], folder: Path = FOLDER) -> dict[Path, str]:
    """The files of a folder, and their text as it should be."""
    found = {folder / INDEX: index(classes)}
    return found | {folder / f"{stem}.md": page(stem, group) for stem, group in classes.items()}


def index(classes: Mapping[str, DrugClass]) -> str:
    """What the table is, and all its drugs from A to Z, each with the page of its class."""
    names = sorted((drug.name, stem, group.name) for stem, group in classes.items() for drug in group.drugs)
    total = f"It has {len(names)} drugs and supplements in {len(classes)} classes."
    parts = [_WRITTEN, "# The drug table\n", _WHAT_IT_IS, f"{total}\n"]
    for letter, members in groupby(names, key=lambda name: name[0][0].upper()):
        rows = [(literal(name), link(literal(group), f"{stem}.md")) for name, stem, group in members]
        parts += [f"## {letter}\n", table(("name", "class"), rows)]
    return "\n".join(parts)


def page(stem: str, group: DrugClass) -> str:
    """All facts of a class and its drugs, with their sources."""
    notes = _Notes()
    of_class = list(_facts(Entry(None, group), notes))
    parts = [
        _WRITTEN,
        f"# {literal(group.name)}\n",
        f"{link('All drugs', INDEX)} · {link(f'`rules/drugs/{stem}.yaml`', f'../../rules/drugs/{stem}.yaml')}\n",
        paragraph(_NO_REFERENCE),
        *([f"Of all of them:\n\n{''.join(of_class)}"] if of_class else []),
    ]
    for drug in group.drugs:
        alone = Entry(drug, DrugClass(name=group.name, drugs=(), kind=group.kind))
        parts += [f"## {literal(drug.name)}\n", "".join(_facts(alone, notes))]
    parts += ["## Sources\n", "".join(notes.lines())]
    return "\n".join(parts)


class _Notes:
    """The sources that a page names, numbered as they came."""

    def __init__(self) -> None:
        self._numbers: dict[Source, int] = {}

    def mark(self, source: Source | None, certainty: str = "established") -> str:
        """What stands behind a fact."""
        number = f" [{self._numbers.setdefault(source, len(self._numbers) + 1)}]" if source else ""
        return literal((" (doubtful)" if certainty == "doubtful" else "") + number)

    def lines(self) -> Iterator[str]:
        """An item for each source."""
        for source, number in self._numbers.items():
            year = "" if source.year is None or str(source.year) in source.name else f", {source.year}"
            yield f"{number}. {link(literal(source.name), source.url)}{year}\n"


def _facts(entry: Entry, notes: _Notes) -> Iterator[str]:
    """An item for each sort of facts."""
    if drug := entry.drug:
        if drug.brands:
            yield f"- Other names: {literal(', '.join(drug.brands))}.\n"
        yield f"- Known from {notes.mark(drug.source, drug.certainty).strip()}.\n"
        for title, uses in (
            ("Labelled for", drug.labelled_uses),
            ("Given for, but not labelled", drug.off_label_uses),
            ("Of these, licensed in the United Kingdom", drug.labelled_abroad),
        ):
            if uses:
                yield f"- {title}: {literal(', '.join(map(plain_use, uses)))}.\n"
        for part in drug.off_label_routes:
            yield f"- Not labelled {literal(by_route(part))}.\n"
    for title, facts in (("Boxed warning", entry.warnings), ("A guide must mention", entry.mentions)):
        if facts:
            listed = "; ".join(
                literal(told(fact)) + " " + notes.mark(fact.source, fact.certainty).strip() for fact in facts
            )
            yield f"- {title}: {listed}.\n"
    if stopping := entry.stopping:
        mark = notes.mark(stopping.source, stopping.certainty).strip()
        yield f"- Stopped at once, it may bring on {literal(stopping.harm)} {mark}.\n"
    if alert := entry.high_alert:
        yield f"- High alert: {literal(alert.topic)} {notes.mark(alert.source).strip()}.\n"
