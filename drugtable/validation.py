"""What the types of the drug table cannot say: names that clash or mean something else, dates, sources, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from healthlint.analysis import drugs
from healthlint.analysis.drugs import Drug, DrugClass, MustTell, Source, TableError

Classes = Mapping[str, DrugClass]  # by the names of their files, without the suffix

# Words that an article says of the body, of food or of daily life far more often than of what is swallowed.
_EVERYDAY = frozenset(
    """iron calcium potassium iodine sodium chloride fluoride copper manganese phosphorus salt sugar glucose water oil
    tea coffee milk honey lemon fiber fibre protein fat alcohol caffeine oxygen lead gold silver adrenaline epinephrine
    insulin estrogen oestrogen testosterones cortisol thyroid collagens histamine serotonin dopamine vinegar pepper
    onion apple orange cherry beet oats bran charcoal clay cold heat ease relief focus balance calm rest sleep energy
    boost vision advance alert same one pill plan patch gel cream solution compound complete support active plus
    hormone hormones vitamin vitamins mineral minerals supplement supplements medicine medicines drug drugs""".split()
)
_FIRST_YEAR = 1960
_NAMED_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[^A-Z]+")
_WEB = re.compile(r"https://[^\s/]+\.[^\s/]+(?:/\S*)?")


def read(folder: Path) -> tuple[dict[str, DrugClass], list[str]]:
    """The classes that can be read, and a line for each file that cannot."""
    classes, told = {}, []
    for path in sorted(folder.glob("*.yaml")):
        try:
            classes[path.stem] = drugs.read_class(path)
        except TableError as error:
            told.append(str(error))
    return classes, told


def mistakes(classes: Classes) -> list[str]:
    """A line for each mistake in the table: file, drug or class, what is wrong and the mend."""
    return [
        *_clashes(classes),
        *(f"{stem}.yaml: {what}" for stem, group in classes.items() for what in _of_class(group)),
    ]


def _clashes(classes: Classes) -> Iterator[str]:
    """Names that two drugs have, that one drug has twice, or that mean something else."""
    owners: dict[drugs.Key, tuple[str, str]] = {}
    named: dict[str, str] = {}
    for stem, group in classes.items():
        if group.name in named:
            yield f"{stem}.yaml: the class '{group.name}' is in {named[group.name]}.yaml, too; give it another name"
        named[group.name] = stem
        for drug in group.drugs:
            for name in (drug.name, *drug.brands):
                key = drugs.key_of(name)
                if not key:
                    yield f"{stem}.yaml: {drug.name}: the name '{name}' has no letters"
                elif len(key) == 1 and key[0] in _EVERYDAY:
                    yield f"{stem}.yaml: {drug.name}: '{name}' is an everyday word; say more, as in 'iron supplement'"
                elif (other := owners.setdefault(key, (stem, drug.name))) != (stem, drug.name):
                    yield f"{stem}.yaml: {drug.name}: the name '{name}' is that of {other[1]} in {other[0]}.yaml, too"
            keys = [drugs.key_of(name) for name in (drug.name, *drug.brands)]
            for key in {key for key in keys if keys.count(key) > 1}:
                yield f"{stem}.yaml: {drug.name}: the name '{' '.join(key)}' stands there twice; take one out"


def _of_class(group: DrugClass) -> Iterator[str]:
    yield from _of_facts(group.name, group)
    if not group.drugs:
        yield f"{group.name}: the class has no drugs"
    for drug in group.drugs:
        if drug.source is None:
            yield f"{drug.name}: its source is missing"
        else:
            yield from _of_source(drug.name, drug.source)
        yield from _of_uses(drug)
        yield from _of_facts(drug.name, drug)
        if group.kind == "supplement" and (drug.boxed_warning or drug.labelled_uses):
            yield f"{drug.name}: a supplement has no boxed warning and no labelled uses"


def _of_uses(drug: Drug) -> Iterator[str]:
    for use in (*drug.labelled_uses, *drug.off_label_uses):
        if not _WORD.fullmatch(use):
            yield f"{drug.name}: the use '{use}' is not in lower case"
    for use in set(drug.labelled_abroad) & set(drug.labelled_uses):
        yield f"{drug.name}: the use '{use}' is labelled; it needs no label abroad"
    for part in drug.off_label_routes:
        for word in (*part.route, *part.besides, *part.uses):
            if not _WORD.fullmatch(word):
                yield f"{drug.name}: '{word}' of its off-label routes is not in lower case"
    for use in set(drug.labelled_uses) & set(drug.off_label_uses):
        yield f"{drug.name}: the use '{use}' is labelled and off-label; keep one"


def _of_facts(name: str, facts: drugs.Facts) -> Iterator[str]:
    for fact in (*facts.boxed_warning, *facts.mention):
        yield from _of_fact(name, fact)
    for told in (facts.stopping, facts.high_alert):
        if told:
            yield from _of_source(name, told.source)


def _of_fact(name: str, fact: MustTell) -> Iterator[str]:
    where = f"{name}: {fact.topic}"
    if fact.source is None:
        yield f"{where}: its source is missing"
    else:
        yield from _of_source(where, fact.source)
    if not fact.told_by or not all(fact.told_by):
        yield f"{where}: told_by is empty, so that nothing tells it"
    for word in (word for words in fact.told_by for word in words if not _WORD.fullmatch(word)):
        yield f"{where}: the word '{word}' is not in lower case"


def _of_source(where: str, source: Source) -> Iterator[str]:
    this_year = datetime.now(UTC).year
    if not _WEB.fullmatch(source.url):
        yield f"{where}: the source '{source.name}' has no address that starts with https://"
    if source.year is None:
        yield f"{where}: the source '{source.name}' has no year"
    elif not _FIRST_YEAR <= source.year <= this_year:
        yield f"{where}: the source '{source.name}' is of {source.year}, which is not between {_FIRST_YEAR} and today"
    elif (years := _NAMED_YEAR.findall(source.name)) and str(source.year) not in years:
        yield f"{where}: the source '{source.name}' is of {source.year}, and its name says another year"
