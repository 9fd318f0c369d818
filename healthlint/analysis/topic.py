"""What an article is about: which drugs or supplements, and whether a medicine, a supplement or a condition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import PurePath
from typing import Literal, NamedTuple

from healthlint.analysis import Analysis, tagged
from healthlint.analysis.drugs import Entry, Known, entry, key_of, known_names, singular
from healthlint.analysis.news import is_news
from healthlint.analysis.once import once
from healthlint.analysis.sentences import sentence_spans
from healthlint.analysis.setting import Profile
from healthlint.documents.document import Document, Kind

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TAG_FIELDS = frozenset({"tags", "keywords", "topics", "categories"})
NUTRIENTS = frozenset({"minerals", "vitamins", "probiotics"})  # files of what food and body have, too
_TITLE_FIELDS = frozenset({"title", "headline", "og:title", "name", "seo.title", "h1"})
_ASIDE = re.compile(
    r"\b(?:without|instead of|alternatives? to|other than|not(?: about)?|beyond|after|no more)\s*$", re.IGNORECASE
)
_SUPPLEMENT = re.compile(
    r"\b(?:supplements?|herbal|nootropics?|pre-?workouts?|electrolyte powders?|protein powders?"
    r"|adaptogens?|superfoods?|nutraceuticals?|tinctures?|gummies|detox)\b",
    re.IGNORECASE,
)
_NAMED = frozenset(tagged.MEDICINES)
_POSSESSIVE = re.compile(r"['’]s$")
_PRAISED = re.compile(
    r"\b(?:benefits? of|reasons? (?:to|why|for)|(?:power|magic|wonders?) of|miracle|nature['’]s|remed(?:y|ies)"
    r"|natural(?:ly)?|love)\b",
    re.IGNORECASE,
)
_STANDFIRST = 160  # characters; a paragraph below the title that is longer, or a sentence, is the article's own
_ABOUT = re.compile(
    r"\b(?:this|these|they|it|here)\b[^.?!]{0,40}\b(?:is|are) (?:all )?about\b"
    r"|\bin this \w+ we (?:look at|talk about)\b",
    re.IGNORECASE,
)
_OPENING = 5  # blocks in which an article says what it is about
_SWALLOWED = re.compile(
    r"\b(?:teas?|powders?|capsules?|roots?|extracts?|oils?|seeds?|lea(?:f|ves)|juices?|mushrooms?|berr(?:y|ies)|herbs?"
    r"|tonics?|syrups?|drops|blend)\b",
    re.IGNORECASE,
)
_REMEDIES = re.compile(
    r"\b(?:natural|naturally|plant[- ]based|botanicals?|nature['’]s|kitchen|home|folk|traditional)\b"
    r"(?=.*\b(?:remed(?:y|ies)|cures?|alternatives?|relief|relievers?|boosters?|fix(?:es)?|solutions?|medicines?|helpers?)\b)",
    re.IGNORECASE,
)
_SEVERAL = 3  # supplements that make the topic of an article that calls them natural remedies
_TAGGED = 3  # mentions that make a topic of what the tags name
_OFTEN, _DENSE = 6, 9  # mentions, in all and per 1,000 words, that make a topic without title and tags
_WIDELY, _EARLY = 4, 0.2  # in so many blocks, the first of them in this part of the article
# What a heading says of a drug that its section does not offer: 'When amiodarone is the cause'.
_BLAMED = re.compile(
    r"\b(?:not|never|avoid\w*|caus\w+|culprits?|blam\w+|trigger\w*|bring\w*|harm\w*|without|versus|stop\w*)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"\b(?:\d+\s?(?:mg|mcg|micrograms)|(?:once|twice|three times) (?:a|each|every) (?:day|week|night)|doses?|tablets?"
    r"|(?:is|are|be|was) (?:taken|given|used|prescribed|injected)|prescri\w+)\b",
    re.IGNORECASE,
)
_FEW = 2  # drugs in a heading: more of them are a list
_SKIPPED = (Kind.FURNITURE, Kind.CODE, Kind.TAG, Kind.NOTE)

Sort = Literal["drug", "supplement", "condition"]


class Mention(NamedTuple):
    """A name of the drug table in a text: `text[start:end]`."""

    known: Known
    start: int
    end: int


class Topic(NamedTuple):
    """What an article is about."""

    kind: Sort
    subjects: tuple[Entry, ...]  # drugs, supplements and classes, the most named first
    words: frozenset[str]  # the words of their names, lower case


@lru_cache(maxsize=8192)
def mentions(text: str, *, classes: bool = False) -> tuple[Mention, ...]:
    """The names of the table in a text, in order, the longest at each place; plurals and possessives count.

    Those of classes ('statins') only if they are asked for.
    """
    firsts, lower, reached = _firsts(classes), text.lower(), 0
    if firsts.keys().isdisjoint(_WORD.findall(lower)):
        return ()
    found: list[Mention] = []
    words = list(_WORD.finditer(lower))
    for at, word in enumerate(words):
        if word[0] in firsts and word.start() >= reached:
            longest = _longest(words[at : at + firsts[word[0]]])
            if longest and (classes or longest.known.drug):
                found.append(longest)
                reached = longest.end
    return tuple(found)


def _longest(words: Sequence[re.Match[str]]) -> Mention | None:
    """The longest name that some words begin with."""
    names = known_names()
    for length in range(len(words), 0, -1):
        key = key_of(" ".join(word[0] for word in words[:length]))
        last = _POSSESSIVE.sub("", words[length - 1][0])
        known = names.get(key) or names.get(singular(key)) or names.get((*key[:-1], last))
        if known:
            return Mention(known, words[0].start(), words[length - 1].end())
    return None


@cache
def _firsts(classes: bool) -> dict[str, int]:
    """The first words of all names, as they may be written, each with the length of the longest name in words."""
    longest = dict(_firsts(not classes)) if classes else {}
    for key, known in known_names().items():
        if bool(known.drug) != classes:
            written = [f"{key[0]}{ending}" for ending in ("", "s", "'s", "’s")]
            if key[0].endswith("s"):  # "lion's mane"
                written += [f"{key[0][:-1]}{ending}" for ending in ("'s", "’s")]
            for first in written:
                longest[first] = max(longest.get(first, 0), len(key))
    return longest


@once
def profile_of(analysis: Analysis) -> Profile:
    """What kind of article this is: as its writer or the configuration says, else news or what it is about."""
    return analysis.profile or ("news" if is_news(analysis.document) else topic_of(analysis).kind)


@once
def topic_of(analysis: Analysis) -> Topic:
    """What an article is about. Raises TableError for a drug file that cannot be used."""
    document = analysis.document
    counts, places = _counted(analysis)
    titled = _titled(document, counts)
    subjects = titled or _named_most(document, counts, places)
    entries = tuple(entry(known) for known in subjects)
    words = frozenset(word for known in subjects for word in _words_of(known))
    supplements = sum(known.kind == "supplement" for known in counts)
    if analysis.profile and analysis.profile != "news":
        return Topic(analysis.profile, entries, words)
    return Topic(_sort(document, entries, supplements), entries, words)


@once
def headed(analysis: Analysis) -> tuple[Entry, ...]:
    """The drugs that head sections of their own which tell how they are taken, alone or with one other.

    The article's own drugs are left out, and those that a heading warns of or blames.
    """
    own, blocks = topic_of(analysis).subjects, analysis.document.blocks
    found: set[Entry] = set()
    for section in analysis.document.sections:
        if section.level < 2 or section.heading is None or _BLAMED.search(blocks[section.heading].text):
            continue
        named = {entry(mention.known) for mention in mentions(blocks[section.heading].text)}
        is_taken = any(_TAKEN.search(block.text) for block in blocks[section.start : section.end]) if named else False
        if is_taken and len(named) <= _FEW:
            found |= named.difference(own)
    return tuple(sorted(found, key=lambda each: each.name))


def _counted(analysis: Analysis) -> tuple[Counter[Known], dict[Known, set[int]]]:
    """How often each drug is named, under whatever name, and in which blocks."""
    counts: Counter[Known] = Counter()
    places: dict[Known, set[int]] = {}
    for sentence in analysis.sentences:
        if analysis.block_of(sentence).kind in _SKIPPED or tagged.plain_words(sentence.text).isdisjoint(_NAMED):
            continue
        for mention in mentions(sentence.text):
            counts[mention.known] += 1
            places.setdefault(mention.known, set()).add(sentence.block)
    return counts, places


def _titled(document: Document, counts: Counter[Known]) -> list[Known]:
    """The drugs of the title, or of what the article calls itself below it, that the text speaks of, too."""
    found: list[Known] = []
    for title in (*titles(document), *_subtitles(document)):
        for mention in mentions(title, classes=True):
            aside = _ASIDE.search(title[: mention.start])
            is_named = counts[mention.known] >= 1 or not mention.known.drug
            if mention.known not in found and not aside and is_named:
                found.append(mention.known)
    return found


def titles(document: Document) -> Iterator[str]:
    """What an article calls itself: its first heading of the highest level, front-matter title, file name."""
    headings = [block for block in document.blocks if block.kind is Kind.HEADING]
    if headings:
        yield from (block.text for block in headings if block.level == 1)
        if headings[0].level != 1:
            yield headings[0].text
    yield from (field.value for field in document.fields if field.name in _TITLE_FIELDS)
    yield re.sub(r"[-_]+", " ", PurePath(document.path).stem)


def _subtitles(document: Document) -> Iterator[str]:
    """The line below the title, unless it is a sentence, and the sentences that say what the article is about."""
    opening = document.blocks[:_OPENING]
    for above, block in pairwise(opening):
        line = block.text.strip()
        is_below = above.kind is Kind.HEADING and above.level == 1 and block.kind is Kind.PARAGRAPH
        if is_below and len(line) < _STANDFIRST and not line.endswith((".", "!", "?", ":", ";", "…")):
            yield line
    for block in opening:
        if block.kind is Kind.PARAGRAPH and _ABOUT.search(block.text):
            yield from (
                block.text[start:end]
                for start, end in sentence_spans(block.text)
                if _ABOUT.search(block.text, start, end)
            )


def _named_most(document: Document, counts: Counter[Known], places: dict[Known, set[int]]) -> list[Known]:
    """The drug that the article's tags name, or that the text names early, all over, and far more than any other."""
    named = _tagged_with(document)
    if by_tag := [known for known, times in counts.most_common() if known in named and times >= _TAGGED]:
        return by_tag[:1]
    ranked = counts.most_common(2)
    if not ranked or ranked[0][0].path.stem in NUTRIENTS:
        return []
    most, times = ranked[0]
    density = 1000 * times / max(1, document.word_count)
    early = min(places[most]) <= len(document.blocks) * _EARLY
    second = ranked[1][1] if len(ranked) > 1 else 0
    is_topic = times >= _OFTEN and density >= _DENSE and early and len(places[most]) >= _WIDELY and times >= 2 * second
    return [most] if is_topic else []


def _tagged_with(document: Document) -> set[Known]:
    """The drugs that the article's tags name."""
    tags = [block.text for block in document.blocks if block.kind is Kind.TAG]
    tags += [field.value for field in document.fields if field.name in _TAG_FIELDS]
    return {mention.known for tag in tags for mention in mentions(tag)}


@lru_cache(maxsize=256)
def _words_of(known: Known) -> tuple[str, ...]:
    return tuple(word for key, other in known_names().items() if other == known for word in key if len(word) > 3)


def _sort(document: Document, entries: tuple[Entry, ...], supplements: int) -> Sort:
    if any(found.group.kind == "drug" for found in entries):
        return "drug" if not all(found.group.kind == "supplement" for found in entries[:1]) else "supplement"
    for title in titles(document):
        if _SUPPLEMENT.search(title) or (_PRAISED.search(title) and _SWALLOWED.search(title)):
            return "supplement"
        if supplements >= _SEVERAL and _REMEDIES.search(title):
            return "supplement"
    if entries:
        return "supplement"
    return "condition"
