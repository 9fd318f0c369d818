"""An entry of the drug table -> what `healthlint drug` says of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from healthlint.analysis.drugs import Entry, HighAlert, MustTell, OffLabelRoute, Source, Stopping
from healthlint.plain import printable
from healthlint.reports.style import Style

NO_REFERENCE = "The table is an editorial aid; it is no clinical reference."


def as_json(entry: Entry) -> Iterator[str]:
    """The facts as a JSON object."""
    drug, group = entry.drug, entry.group
    facts = {
        "name": entry.name,
        "kind": group.kind,
        "class": group.name,
        "brands": list(drug.brands) if drug else [],
        "drugs": [] if drug else [one.name for one in group.drugs],
        "certainty": drug.certainty if drug else None,
        "source": _source(drug.source) if drug else None,
        "over_the_counter": drug.otc if drug else None,
        "labelled_uses": list(drug.labelled_uses) if drug else [],
        "off_label_uses": list(drug.off_label_uses) if drug else [],
        "labelled_abroad": list(drug.labelled_abroad) if drug else [],
        "off_label_routes": [_route(part) for part in drug.off_label_routes] if drug else [],
        "boxed_warning": [_fact(fact) for fact in entry.warnings],
        "stopping": _fact(entry.stopping),
        "high_alert": _fact(entry.high_alert),
        "mention": [_fact(fact) for fact in entry.mentions],
    }
    yield json.dumps(facts, indent=2, ensure_ascii=False) + "\n"


def _route(part: OffLabelRoute) -> dict[str, Any]:
    return {"route": list(part.route), "besides": list(part.besides), "uses": list(part.uses)}


def _fact(fact: MustTell | Stopping | HighAlert | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    told: dict[str, Any] = {"harm": fact.harm} if isinstance(fact, Stopping) else {"topic": fact.topic}
    if not isinstance(fact, HighAlert):
        told |= {"route": list(fact.route), "certainty": fact.certainty}
    return {**told, "source": _source(fact.source)}


def _source(source: Source | None) -> dict[str, Any] | None:
    return {"name": source.name, "url": source.url, "year": source.year} if source else None


class _Notes:
    """The sources that were named, numbered as they came."""

    def __init__(self) -> None:
        self._numbers: dict[Source, int] = {}

    def mark(self, source: Source | None, certainty: str = "established") -> str:
        """What stands behind a fact: ' [1]', and a word if it is doubtful."""
        number = f" [{self._numbers.setdefault(source, len(self._numbers) + 1)}]" if source else ""
        return (" (doubtful)" if certainty == "doubtful" else "") + number

    def lines(self) -> Iterator[str]:
        """Each source, its year and its address."""
        for source, number in self._numbers.items():
            year = "" if source.year is None or str(source.year) in source.name else f", {source.year}"
            yield f"  [{number}] {source.name}{year}"
            yield f"      {source.url}"


def text(entry: Entry, style: Style) -> Iterator[str]:
    """The facts as lines, each with the number of its source, and the sources below."""
    notes = _Notes()
    what = f"{entry.group.kind}, {entry.group.name}" if entry.drug else f"class of {entry.group.kind}s"
    yield f"{style.bold(printable(entry.name))} ({printable(what)})\n\n"
    for title, facts in _facts(entry, notes):
        for at, fact in enumerate(facts):
            head = f"{f'{title}:' if not at else '':<18}"
            yield "\n".join(style.wrapped(printable(fact), head, " " * 18)) + "\n"
    yield f"\n{style.bold('Sources')}\n"
    yield from (f"{printable(line)}\n" for line in notes.lines())
    yield f"\n{NO_REFERENCE}\n"


def _facts(entry: Entry, notes: _Notes) -> Iterator[tuple[str, list[str]]]:
    """What is known, under its titles."""
    if drug := entry.drug:
        yield "Brands", _listed(drug.brands)
        yield "Known from", [f"its label or monograph{notes.mark(drug.source, drug.certainty)}"]
        yield "Labelled for", _listed(map(plain_use, drug.labelled_uses))
        yield "Not labelled", [*_listed(map(plain_use, drug.off_label_uses)), *map(by_route, drug.off_label_routes)]
        yield "Licensed in the UK", _listed(map(plain_use, drug.labelled_abroad))
        yield "Sold", ["without a prescription"] if drug.otc else []
    else:
        yield "Drugs", _listed(one.name for one in entry.group.drugs)
    yield "Boxed warning", [told(fact, notes.mark(fact.source, fact.certainty)) for fact in entry.warnings]
    if stopping := entry.stopping:
        harm = f"it may bring on {stopping.harm}{notes.mark(stopping.source, stopping.certainty)}"
        yield "Stopped at once", [harm]
    if alert := entry.high_alert:
        yield "High alert", [f"{alert.topic}{notes.mark(alert.source)}"]
    yield "Must mention", [told(fact, notes.mark(fact.source, fact.certainty)) for fact in entry.mentions]


def told(fact: MustTell, mark: str = "") -> str:
    """A topic with the route that it belongs to."""
    route = f" (where it is about: {', '.join(fact.route)})" if fact.route else ""
    return f"{fact.topic}{route}{mark}"


def by_route(part: OffLabelRoute) -> str:
    """Uses with the brands or ways of giving whose label does not list them."""
    route, uses = (", ".join(map(plain_use, words)) for words in (part.route, part.uses))
    return f"where it is about {route}: {uses}"


def plain_use(use: str) -> str:
    """A use as it is read: '…' stands for any ending."""
    return use.replace("*", "…")


def _listed(words: Iterable[str]) -> list[str]:
    found = ", ".join(words)
    return [found] if found else []
