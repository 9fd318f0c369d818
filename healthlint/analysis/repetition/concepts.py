"""What a text is about: its words as concepts, so that 'drowsy' and 'sleepiness' are one point."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import compress
from typing import NamedTuple

import msgspec

from healthlint import builtin, kept, yamlfile
from healthlint.analysis.repetition import numbers
from healthlint.analysis.repetition.stems import stem

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?|[^\W\d_]+(?:['’][^\W\d_]{3,})?")
_REFERENCE = re.compile(  # an address, '(Meyer et al., 2019)', '[12]'
    r"(?:https?://|www\.|doi:)\S+|\([A-Z][^()]{0,120}?\b(?:19|20)\d\d[a-z]?\b[^()]{0,80}\)|\[[\d,; –-]{1,20}\]"
)
_MOST_WORDS = 100_000
_ADDRESSING = frozenset({"http", "https", "www"})
_REFERRING = ("http", "www.", "doi:", "19", "20", "[")  # one of them stands in every reference


class Concept(NamedTuple):
    """A point of a text and the words that make it: `text[start:end]`."""

    name: str
    start: int
    end: int


class Thesaurus(NamedTuple):
    """Words that say the same, or nearly: lines of entries, the first of which names the concept."""

    same: tuple[tuple[str, ...], ...]
    near: tuple[tuple[str, ...], ...]
    bases: Mapping[str, str]  # of the forms that no stemmer finds


class _ThesaurusFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The keys of rules/lexicons/thesaurus.yaml: a line of text for each concept, read faster than lists of YAML."""

    about: str
    same: str
    near: str
    irregular: str


class _StopWordsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The keys of rules/lexicons/stopwords.yaml."""

    about: str
    words: str


class _Entries(NamedTuple):
    """The entries of the thesaurus that begin with one stem."""

    alone: str  # the concept of that stem alone; '' if only phrases begin with it
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]  # all stems and concept, by the second stem


class _Word(NamedTuple):
    """What is known of a word by itself."""

    text: str
    stem: str
    name: str  # its concept, unless it is part of a phrase or a number; '' if it says little
    entries: _Entries  # of the thesaurus that begin with it
    leads_to: AbstractSet[str]  # stems of words with which a phrase, or 'a week', may go on
    may_count: bool  # a number may begin with it, whatever follows
    may_lead: bool  # one of the two


class _Words(dict[str, _Word]):
    """The words that were met, by their text in lower case."""

    def __missing__(self, text: str) -> _Word:
        base = thesaurus().bases.get(text, text)
        says_little = len(text) < 2 or text in stop_words() or base in stop_words()
        root = stem(base)
        entries = _near().get(root, _NONE)
        leads_to = _stems_of_times() if text in numbers.ARTICLES else entries.phrases.keys()
        name = "" if says_little and root not in _telling_in_spite() else entries.alone or root
        may_count = numbers.may_begin(text)
        word = self[text] = _Word(text, root, name, entries, leads_to, may_count, may_count or bool(leads_to))
        return word


@lru_cache(maxsize=256)  # passages come again as one types
def concepts(text: str) -> list[Concept]:
    """The concepts of a passage, in order. Words that say little, addresses and citations are left out."""
    masked = _REFERENCE.sub(lambda match: " " * len(match[0]), text)
    matches = list(_TOKEN.finditer(masked))
    names, lengths = _read([_plain(match[0]) for match in matches])
    return [
        Concept(name, matches[at].start(), matches[at + lengths.get(at, 1) - 1].end())
        for at, name in enumerate(names)
        if name
    ]


def surface(text: str, names: Collection[str]) -> list[str]:
    """The words that stand for some points in a text, each point once, in the order of the text."""
    words: dict[str, str] = {}
    for concept in concepts(text):
        if concept.name in names:
            words.setdefault(concept.name, text[concept.start : concept.end].lower())
    return list(words.values())


def forget() -> None:
    """Forget the words that were met, once they are very many."""
    if len(_words) > _MOST_WORDS:
        for known in (_words, _names, _leads):
            known.clear()


def points(text: str, words: Sequence[str] = ()) -> list[str]:
    """The names of the concepts of a passage, in order; `words` are all its words in lower case, if they are known."""
    if not words or not all(map(str.isalpha, words)) or not _ADDRESSING.isdisjoint(words):
        if any(mark in text for mark in _REFERRING):
            text = _REFERENCE.sub(" ", text)
        words = _TOKEN.findall(_plain(text))
    names, _ = _read(words)
    return list(filter(None, names))


@lru_cache(maxsize=20_000)
def meaning(item: str, *, near: bool = False) -> frozenset[str]:
    """What a short text says, whatever the order, forms and synonyms of its words: two of one meaning are the same.

    With `near`, words that say nearly the same count as one, too.
    """
    texts = _TOKEN.findall(_plain(item))
    found, at = set(), 0
    while at < len(texts):
        word = _words[texts[at]]
        length, name = _longest(word.entries if near else _same().get(word.stem, _NONE), texts, at)
        if name or word.text not in _LINKING:
            found.add(name or numbers.in_digits(word.text) or word.stem)
        at += length
    return frozenset(found)


def wording(text: str) -> frozenset[str]:
    """The stems of a short text's words, whatever their order, without the little ones; synonyms stay apart."""
    return frozenset(stemmed(word) for word in _TOKEN.findall(_plain(text)) if word not in _LINKING)


@lru_cache(maxsize=50_000)  # the thesaurus names a word again and again
def stemmed(word: str) -> str:
    """The stem of a word in lower case, irregular forms included."""
    return stem(thesaurus().bases.get(word, word))


def lexicon(name: str) -> object:
    """What rules/lexicons/NAME.yaml holds."""
    path = builtin.folder() / "lexicons" / f"{name}.yaml"
    return yamlfile.load(path, 1_000_000).data


@cache
def stop_words() -> frozenset[str]:
    """Words that say little about what a passage is about."""
    return frozenset(msgspec.convert(lexicon("stopwords"), _StopWordsFile).words.split())


@cache
def thesaurus() -> Thesaurus:
    """The built-in thesaurus."""
    file = msgspec.convert(lexicon("thesaurus"), _ThesaurusFile)
    bases = {}
    for line in file.irregular.splitlines():
        base, _, forms = line.partition(": ")
        bases.update(dict.fromkeys(forms.split(", "), base))
    return Thesaurus(_lines(file.same), _lines(file.near), bases)


def _lines(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split(", ")) for line in text.splitlines() if line)


def stems_of(entry: str) -> tuple[str, ...]:
    """An entry of the thesaurus as it is looked for: the stems of its words."""
    return tuple(stemmed(word) for word in _TOKEN.findall(entry))


_NONE = _Entries("", {})
_LINKING = frozenset("a an the of in on at to for and or your my our their its some any other etc".split())


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


_words = _Words()


class _Names(dict[str, str]):
    """The concepts that words have alone, looked up by their text."""

    def __missing__(self, text: str) -> str:
        name = self[text] = _words[text].name
        return name


class _Leads(dict[str, bool]):
    """Whether a phrase or a number may begin with a word, looked up by its text."""

    def __missing__(self, text: str) -> bool:
        may_lead = self[text] = _words[text].may_lead
        return may_lead


_names, _leads = _Names(), _Leads()


def _read(texts: Sequence[str]) -> tuple[list[str], dict[int, int]]:
    """The concept that begins with each of a text's words, or '', and how many words those of several take."""
    names = list(map(_names.__getitem__, texts))
    lengths: dict[int, int] = {}
    end = 0
    for at in compress(range(len(texts)), map(_leads.__getitem__, texts)):
        word = _words[texts[at]]
        leads = word.may_count or (at + 1 < len(texts) and _words[texts[at + 1]].stem in word.leads_to)
        if at < end or not leads:
            continue
        length, name = _longest(word.entries, texts, at)
        number = numbers.read(texts, at) if word.may_count or word.text in numbers.ARTICLES else None
        if number and (number[0] > length or not name):
            length, name = number
        elif not name:
            continue
        names[at : at + length] = [name, *[""] * (length - 1)]
        lengths[at] = length
        end = at + length
    return names, lengths


def _longest(entries: _Entries, texts: Sequence[str], at: int) -> tuple[int, str]:
    """How many words the longest of some entries takes at `at`, and its concept; 1 and '' if none stands there."""
    if entries.phrases and at + 1 < len(texts):
        for stems, name in entries.phrases.get(_words[texts[at + 1]].stem, ()):
            if len(stems) == 2 or stems == tuple(_words[text].stem for text in texts[at : at + len(stems)]):
                return len(stems), name
    return 1, entries.alone


@cache
def _stems_of_times() -> frozenset[str]:
    """What 'a' may count, and what it stands before in a phrase: 'a week', 'a day', 'a little'."""
    return frozenset({*map(stemmed, numbers.COUNTED), *_near().get("a", _NONE).phrases})


@cache
def _telling_in_spite() -> AbstractSet[str]:
    """The stems of the words that say little and yet stand in the thesaurus; 'use' is none because of 'useful'."""
    return frozenset(stemmed(entry) for line in thesaurus().near for entry in line if entry in stop_words())


@cache
def _near() -> Mapping[str, _Entries]:
    return _by_first_stem(thesaurus().near)


@cache
def _same() -> Mapping[str, _Entries]:
    return _by_first_stem(thesaurus().same)


def _by_first_stem(lines: Sequence[Sequence[str]]) -> Mapping[str, _Entries]:
    """The entries of a thesaurus by their first stem, as an earlier run has found them; longest phrases first."""
    text = "\n".join(", ".join(line) for line in lines)
    encoded = kept.worked_out("entries", text, lambda: msgspec.json.encode(_indexed(lines)))
    return msgspec.json.decode(encoded, type=dict[str, _Entries])


def _indexed(lines: Iterable[Sequence[str]]) -> Mapping[str, _Entries]:
    alone: dict[str, str] = {}
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = defaultdict(dict)
    for line in lines:
        for stems in map(stems_of, line):
            if len(stems) == 1:
                alone[stems[0]] = line[0]
            else:
                phrases[stems[0]].setdefault(stems[1], []).append((stems, line[0]))
    for by_second in phrases.values():
        for longest_first in by_second.values():
            longest_first.sort(key=lambda entry: -len(entry[0]))
    return {first: _Entries(alone.get(first, ""), phrases.get(first, {})) for first in {*alone, *phrases}}
