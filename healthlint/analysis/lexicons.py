"""Word lists of rules/lexicons/: `verbs` and `nouns` stand for all their forms, `words` for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from healthlint import builtin, yamlfile
from healthlint.analysis.drugs import known_names

_IRREGULAR = {
    "be": "am is are was were been being",
    "beat": "beats beaten beating",
    "become": "becomes became becoming",
    "begin": "begins began begun beginning",
    "bring": "brings brought bringing",
    "choose": "chooses chose chosen choosing",
    "cut": "cuts cutting",
    "do": "does did done doing",
    "feel": "feels felt feeling",
    "fight": "fights fought fighting",
    "find": "finds found finding",
    "get": "gets got gotten getting",
    "give": "gives gave given giving",
    "go": "goes went gone going",
    "have": "has had having",
    "hold": "holds held holding",
    "keep": "keeps kept keeping",
    "know": "knows knew known knowing",
    "leave": "leaves left leaving",
    "make": "makes made making",
    "melt": "melts melted molten melting",
    "overcome": "overcomes overcame overcoming",
    "prove": "proves proved proven proving",
    "put": "puts putting",
    "rebuild": "rebuilds rebuilt rebuilding",
    "say": "says said saying",
    "see": "sees saw seen seeing",
    "send": "sends sent sending",
    "show": "shows showed shown showing",
    "shrink": "shrinks shrank shrunk shrinking",
    "speed": "speeds sped speeding",
    "swear": "swears swore sworn swearing",
    "sweep": "sweeps swept sweeping",
    "take": "takes took taken taking",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "undergo": "undergoes underwent undergone undergoing",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "write": "writes wrote written writing",
}
_OF_DRUG_TABLE = ("drug", "supplement")
_DOUBLED = frozenset("stop rid trim drop scan step plan chop".split())
_VOWELS = "aeiou"
_LARGEST = 1_000_000  # bytes
_NAME = re.compile(r"[a-z]+(?:[_-][a-z]+)*")
_NO_WORD_LISTS = ("stopwords", "thesaurus", "usual")  # which stand beside them


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word list: what it is about, and its words. An entry of several words is a phrase."""

    about: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def forms(self) -> Iterator[str]:
        """Every form of every word, lower case."""
        yield from self.words
        for noun in self.nouns:
            yield noun
            yield plural(noun)
        for verb in self.verbs:
            yield from verb_forms(verb)


def verb_forms(verb: str) -> Iterator[str]:
    """The base, -s, -ed and -ing forms of a verb; of 'wipe out' with the particle behind each."""
    word, _, particle = verb.partition(" ")
    behind = f" {particle}" if particle else ""
    for form in (word, *(_IRREGULAR[word].split() if word in _IRREGULAR else _regular(word))):
        yield form + behind


def _regular(verb: str) -> tuple[str, str, str]:
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb in _DOUBLED:
        return f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"
    third = f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"
    return third, f"{verb}ed", f"{verb}ing"


def plural(noun: str) -> str:
    """The plural of a noun or of the last word of a phrase."""
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def has_lexicon(name: str) -> bool:
    """Whether there is a lexicon of that name."""
    return name in _OF_DRUG_TABLE or (_is_name(name) and _path(name).is_file())


def _is_name(name: str) -> bool:
    """Whether it can be that of a word list: rules come from strangers, and it leads to no other file."""
    return _NAME.fullmatch(name) is not None and name not in _NO_WORD_LISTS


def verify(*names: str) -> None:
    """Raise ValueError, as the fields of a check do, for a lexicon that is not there."""
    for name in names:
        if not has_lexicon(name):
            raise ValueError(f"there is no lexicon '{name}'")


def _path(name: str) -> Path:
    return builtin.folder() / "lexicons" / f"{name}.yaml"


@cache
def lexicon(name: str) -> frozenset[str]:
    """All forms of the built-in lexicon of that name. Raises KeyError with the name if there is none.

    The lexicons 'drug' and 'supplement' have no file: they hold the names of one word in the drug table.
    """
    if name in _OF_DRUG_TABLE:
        known = known_names().items()
        return frozenset(key[0] for key, value in known if len(key) == 1 and name in ("drug", value.kind))
    if not has_lexicon(name):
        raise KeyError(name)
    data = yamlfile.load(_path(name), _LARGEST).data
    return frozenset(msgspec.convert(data, Lexicon).forms())


@cache
def drug_words() -> frozenset[str]:
    """The telling word of every name in the drug table: 'omega' of omega-3, 'wort' of St John's wort."""
    return frozenset(word for key in known_names() if len(word := max(key, key=len)) >= 4)
