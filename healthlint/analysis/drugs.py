"""The drug table of rules/drugs/: which names it knows, and what each drug's label says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from healthlint import builtin, kept, schema, yamlfile

Certainty = Literal["established", "doubtful"]

# Names are read without YAML: an article names a few drugs of hundreds, and only their files are worth parsing.
_CLASS = re.compile(r"^class: *(?P<class>.+)|^kind: *(?P<kind>\w+)", re.MULTILINE)
_DRUG = re.compile(r"\n *- name: *(?P<name>[^#\n]+)|\n +brands: *\[(?P<brands>[^\]]*)\]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LARGEST = 1_000_000  # bytes of a file


class TableError(ValueError):
    """A file of the drug table that cannot be used, in one line: file, row, key and what is wrong."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a fact was read."""

    name: str
    url: str = ""
    year: int | None = None


class MustTell(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing that an article about the drug must tell. A text tells it if each group has a word in one passage."""

    topic: str
    told_by: tuple[tuple[str, ...], ...]
    route: tuple[str, ...] = ()  # words for the only way of giving the drug that it belongs to: 'intrathecal'
    minor: bool = False  # a topic of few readers, which a sound article for patients may leave out
    certainty: Certainty = "established"
    source: Source | None = None


class Stopping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The drug must not be stopped at once."""

    harm: str  # what may follow: 'seizures'
    route: tuple[str, ...] = ()  # as in MustTell
    certainty: Certainty = "established"
    source: Source


class HighAlert(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An error with the drug does great harm: what an article must tell of it."""

    topic: str
    told_by: tuple[tuple[str, ...], ...] = ()  # as in MustTell; none: the boxed warning tells it
    source: Source


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is known of a drug, or of all drugs of a class."""

    boxed_warning: tuple[MustTell, ...] = ()
    mention: tuple[MustTell, ...] = ()  # what else a guide to it must speak of
    stopping: Stopping | None = None
    high_alert: HighAlert | None = None


class OffLabelRoute(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Uses that the label of one brand, or of one way of giving a drug, does not list, though another label does."""

    route: tuple[str, ...]  # words for that brand or way: 'tablet*'
    besides: tuple[str, ...] = ()  # words for those that are labelled for the uses: 'foam'
    uses: tuple[str, ...]


class Drug(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A drug or supplement, with its own facts besides those of its class. Uses are words in lower case.

    `*` in a use stands for any ending.
    """

    name: str
    brands: tuple[str, ...] = ()
    labelled_uses: tuple[str, ...] = ()
    off_label_uses: tuple[str, ...] = ()
    off_label_routes: tuple[OffLabelRoute, ...] = ()
    labelled_abroad: tuple[str, ...] = ()  # of the off-label uses those that are licensed in the United Kingdom
    otc: bool = False
    certainty: Certainty = "established"
    source: Source | None = None


class DrugClass(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file of the table: drugs that share a class, and its facts."""

    name: str = msgspec.field(name="class")
    drugs: tuple[Drug, ...]
    kind: Literal["drug", "supplement"] = "drug"


class Known(NamedTuple):
    """A name that the table knows: a drug's own, a brand, or a class ('statins')."""

    drug: str  # the drug's own name; '' for a class
    kind: str  # 'drug' or 'supplement'
    path: Path


class Entry(NamedTuple):
    """What the table says of a drug, or of a class as a whole (`drug` is None)."""

    drug: Drug | None
    group: DrugClass

    @property
    def name(self) -> str:
        """The drug's name, or that of the class."""
        return self.drug.name if self.drug else self.group.name

    @property
    def facts(self) -> tuple[Facts, ...]:
        """What is said of its class, and of itself."""
        return (self.group, self.drug) if self.drug else (self.group,)

    @property
    def warnings(self) -> tuple[MustTell, ...]:
        """All topics of its boxed warning."""
        return tuple(warning for facts in self.facts for warning in facts.boxed_warning)

    @property
    def mentions(self) -> tuple[MustTell, ...]:
        """What else a guide to it must speak of."""
        return tuple(topic for facts in self.facts for topic in facts.mention)

    @property
    def stopping(self) -> Stopping | None:
        """Why it must not be stopped at once, if that is so."""
        return next((facts.stopping for facts in reversed(self.facts) if facts.stopping), None)

    @property
    def high_alert(self) -> HighAlert | None:
        """Why an error with it does great harm, if that is so."""
        return next((facts.high_alert for facts in reversed(self.facts) if facts.high_alert), None)


Key = tuple[str, ...]


def key_of(name: str) -> Key:
    """A name as its words in lower case, without punctuation: "St. John's wort" -> ('st', 'johns', 'wort')."""
    return tuple(word.lower().replace("'", "").replace("’", "") for word in _WORD.findall(name))


def singular(key: Key) -> Key:
    """A name without the ending of a plural; the Chagas disease is none of mushrooms."""
    return key if key == ("chagas",) else (*key[:-1], key[-1].removesuffix("s"))


@cache
def known_names(folder: Path | None = None) -> Mapping[Key, Known]:
    """Every name of the table by its words. Class names stand behind drugs of the same name."""
    folder = folder or builtin.folder() / "drugs"
    key = kept.digest(*(line.encode("utf-8", "surrogateescape") for line in kept.stamps(folder)))
    if known := kept.run.get("drug names", key):
        rows = json.loads(known)
        paths = {file: folder / file for file in {row[-1] for row in rows}}
        return {tuple(words): Known(drug, kind, paths[file]) for words, drug, kind, file in rows}
    names = _read_names(folder)
    rows = [(words, known.drug, known.kind, known.path.name) for words, known in names.items()]
    kept.run.put("drug names", key, json.dumps(rows).encode())
    return names


def _read_names(folder: Path) -> Mapping[Key, Known]:
    names: dict[Key, Known] = {}
    classes: dict[Key, Known] = {}
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        heads = list(_CLASS.finditer(text))
        kind = next((head["kind"] for head in heads if head["kind"]), "drug")
        drug = ""
        for drug, name in _names(text):
            key = key_of(name)
            names.setdefault(key, Known(drug, kind, path))
            if key[0] == "insulin" and len(key) == 2:  # 'glargine' is what people say
                names.setdefault(key[1:], Known(drug, kind, path))
        if drug:
            label = next((head["class"] for head in heads if head["class"]), "")
            classes[key_of(label.strip(" \"'"))] = Known("", kind, path)
    return {**classes, **names}


def _names(text: str) -> Iterator[tuple[str, str]]:
    """Each drug's name with its own name and its brands, in the order of a file."""
    drug = ""
    for match in _DRUG.finditer(text):
        if match["name"] is not None:
            drug = match["name"].strip(" \"'")
            yield drug, drug
        else:
            for brand in match["brands"].split(","):
                if name := brand.strip(" \n\"'"):
                    yield drug, name


def lookup(name: str) -> Entry | None:
    """What the table says of a name, in the singular or plural, or None. Raises TableError."""
    key, names = key_of(name), known_names()
    known = (names.get(key) or names.get(singular(key))) if key else None
    return entry(known) if known else None


def entry(known: Known) -> Entry:
    """What the table says of a known name. Raises TableError."""
    group = read_class(known.path)
    drug = next((drug for drug in group.drugs if drug.name == known.drug), None)
    return Entry(drug, group)


@cache
def read_class(path: Path) -> DrugClass:
    """A file of the table. Raises TableError."""
    try:
        yaml = yamlfile.load(path, _LARGEST)
    except yamlfile.YamlError as error:
        raise TableError(f"{path.name}:{error.row}: {error.what}") from None
    except OSError as error:
        raise TableError(f"{path.name}: it cannot be read ({error})") from None
    try:
        return schema.convert(yaml.data, DrugClass)
    except schema.SchemaError as error:
        raise TableError(f"{path.name}:{yaml.row(error.path)}: {error}") from None
