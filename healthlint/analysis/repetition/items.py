"""What a list names twice: items, tags, rows of a table, words of a list inside a sentence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.repetition.concepts import meaning, points, surface, wording
from healthlint.analysis.repetition.copies import are_built_alike, words_of
from healthlint.analysis.repetition.similarity import Weights
from healthlint.analysis.repetition.works import ItemAgain, works_again
from healthlint.documents.document import Block, Kind, Span

_LONGEST_ITEM = 14  # words; what longer ones say is compared by its odds
_SHORTEST_STEP = 5  # words; 'Wait.' may be the second and the fourth step
_STEP_AGAIN = re.compile(r"\b(?:wash|clean|rinse|repeat|wait|rest|hold|breathe)\b", re.IGNORECASE)
_FILLING = frozenset(
    "it you they he she we your if when is are am be been have ha had mai might can could will would should some ani "
    "bit this that these those which who whose there then also such alwai alreadi mainly ever sometimes feel make made "
    "get got give given becom turn go goe gone seem experienc suffer anyon anybodi everyon someon peopl person patient "
    "do with ag year old sort kind quit veri someth anyth medicine like".split()
)  # stems and concepts of an item that say nothing of their own: 'if you have ever had', 'it may make you', 'mainly'
_SLIGHT = frozenset({"try", "take", "keep"})  # what an item may open with, and say the same without
_APOSTROPHE = re.compile("['’]")
_LONG = 6  # words of an item that may be told again in other words
_ENOUGH = 10.0  # nats for a retelling
_ENOUGH_SHARED = 0.72  # of the points: items of one list are about one thing
_MOST_ITEMS = 60  # that are compared with one another
_MOST_POINTS = 4  # of a long item that a message names
_LEAD = re.compile(r"(?=[^:–—]{2,60}[:–—])([^\W\d_][^:–—.;!?]*?)\s?[:–—]\s")
_AND = re.compile(r",\s(?:and|or)\s|,\s|;\s|\s(?:and|or|&)\s|\s?/\s?")
_LAST_TWO = re.compile(r"\s(?:and|or)\s")
_COMMA = re.compile(r",\s(?:and\s|or\s)?")
_BEFORE_LIST = re.compile(
    r".*(?::|\b(?:such as|like|including|include|includes|are|is|of|with|for|take|contains?))\s", re.DOTALL
)
_PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ '’-][^\W_]+){0,3}")
_LEAST_PARTS = 4  # of a list inside a sentence
_MOST_PARTS = 200


def items_again(analysis: Analysis) -> Iterator[ItemAgain]:
    """Every later place where a list names what it has named."""
    blocks = analysis.document.blocks
    for tags in _lists(analysis, Kind.TAG):
        yield from _words_again(tags)
    topic = meaning(analysis.document.title.text) if analysis.document.title else frozenset()
    for items in _lists(analysis, Kind.ITEM):
        found: dict[Span, ItemAgain] = {}
        for again in (*_leads_again(items), *_parts_again(items, topic), *_told_again(items)):
            found.setdefault(again.later, again)
        yield from found.values()
    yield from works_again(analysis.document)
    yield from _rows_again(blocks)
    for sentence in analysis.sentences:
        if blocks[sentence.block].kind in (Kind.PARAGRAPH, Kind.ITEM) and not analysis.is_reference(sentence.block):
            yield from _inside_again(analysis, sentence)


def _lists(analysis: Analysis, kind: Kind) -> Iterator[list[Block]]:
    """The items or tags of each list, those of lists inside it apart; sources are left out."""
    found: dict[int, list[Block]] = defaultdict(list)
    for index, block in enumerate(analysis.document.blocks):
        if block.kind is kind and not analysis.is_reference(index):
            found[block.group].append(block)
    yield from found.values()


def _words_again(tags: Iterable[Block]) -> Iterator[ItemAgain]:
    """Tags that have the words of an earlier one; two synonyms may both be looked for."""
    first: dict[frozenset[str], Span] = {}
    for tag in tags:
        key = wording(_APOSTROPHE.sub("", tag.text))
        if key in first:
            yield ItemAgain(first[key], tag.prose.span(), tag.text)
        elif key:
            first[key] = tag.prose.span()


def _leads_again(items: Sequence[Block]) -> Iterator[ItemAgain]:
    """Items that open with the same name, 'Nausea: take it with food', and say something alike of it.

    What opens three items or more is a label of theirs ('Myth: ...'), not their name.
    """
    first: dict[frozenset[str], Block] = {}
    leads = [(item, match, meaning(match[1])) for item in items if (match := _LEAD.match(item.text))]
    times = Counter(key for _, _, key in leads)
    for item, match, key in leads:
        if not key or times[key] > 2:
            continue
        earlier = first.setdefault(key, item)
        if earlier is not item and len((meaning(item.text) & meaning(earlier.text)) - key - _FILLING) > 1:
            yield ItemAgain(earlier.prose.span(), item.prose.span(), match[1])


def _parts_again(items: Sequence[Block], topic: frozenset[str]) -> Iterator[ItemAgain]:
    """'Nausea and vomiting' after both were listed, or 'vomiting' after 'nausea and vomiting'."""
    first: dict[frozenset[str], Span] = {}
    for item in items:
        length = len(item.text.split())
        if length > _LONGEST_ITEM:
            continue
        is_step = item.ordered or item.ordinal is not None
        if is_step and _STEP_AGAIN.search(item.text):
            continue
        whole, parts = _gist(item.text, topic), [_gist(part, topic) for part in _AND.split(item.text)]
        known = [first[part] for part in parts if part in first]
        if len(parts) > 1 and len(known) == len(parts) and all(parts):
            yield ItemAgain(known[0], item.prose.span(), item.text)
        elif not (is_step and length < _SHORTEST_STEP):
            earlier = first.get(whole) or first.get(whole - _SLIGHT) or first.get(wording(item.text))
            if earlier:
                yield ItemAgain(earlier, item.prose.span(), item.text)
        for part in (whole, *parts, wording(item.text)):
            if part:
                first.setdefault(part, item.prose.span())


def _gist(text: str, topic: frozenset[str]) -> frozenset[str]:
    """What an item says, less what makes it a sentence and what the whole article is about."""
    said = meaning(text)
    told = said - _FILLING
    return told - topic or told or said


def _told_again(items: Sequence[Block]) -> Iterator[ItemAgain]:
    """Long items that tell in other words what an earlier one told."""
    if len(items) > _MOST_ITEMS:
        return
    long = [(item, Counter(points(item.text))) for item in items if len(item.text.split()) >= _LONG]
    weights = Weights(told for _, told in long)
    for number, (later, again) in enumerate(long):
        for earlier, told in long[:number]:
            overlap = weights.overlap(told, again)
            enough = overlap.odds >= _ENOUGH and overlap.share >= _ENOUGH_SHARED
            if enough and not are_built_alike(words_of(earlier.text), words_of(later.text)):
                shared = ", ".join(surface(later.text, overlap.points[:_MOST_POINTS]))
                yield ItemAgain(earlier.prose.span(), later.prose.span(), shared)
                break


def _rows_again(blocks: Sequence[Block]) -> Iterator[ItemAgain]:
    """Rows of a table that are equal in every cell."""
    first: dict[tuple[str, ...], Span] = {}
    for is_cell, table in groupby(blocks, key=lambda block: block.kind is Kind.CELL):
        first.clear()
        rows = groupby(table, key=lambda cell: cell.group) if is_cell else iter(())
        for _, cells in rows:
            row = list(cells)
            texts = tuple(cell.text.casefold() for cell in row)
            if len(texts) < 3 or not all(texts) or not any(text[0].isalpha() for text in texts):
                continue
            span = Span(row[0].span.start, row[-1].span.end)
            if texts in first:
                yield ItemAgain(first[texts], span, row[0].text)
            else:
                first[texts] = span


def _inside_again(analysis: Analysis, sentence: Sentence) -> Iterator[ItemAgain]:
    """'Loose tea, capsules, tincture, capsules' in one sentence."""
    if sentence.text.count(",") < _LEAST_PARTS - 1 or ";" in sentence.text:
        return
    parts = list(_inline_parts(sentence.text))
    first: dict[frozenset[str], int] = {}
    for number, (start, end) in enumerate(parts):
        earlier = first.setdefault(meaning(sentence.text[start:end]), number)
        if number - earlier > 1:  # 'long, long ago' is a manner of speaking
            here, there = analysis.span_in(sentence, start, end), analysis.span_in(sentence, *parts[earlier])
            yield ItemAgain(there, here, sentence.text[start:end])


def _inline_parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of the one list in a sentence stand; nothing if its parts are clauses."""
    match = _BEFORE_LIST.match(text, 0, text.index(","))
    start = match.end() if match else 0
    bounds = [start]
    for separator in _COMMA.finditer(text, start):
        bounds += separator.span()
    if last := _LAST_TWO.search(text, bounds[-1]):
        bounds += last.span()
    bounds.append(len(text.rstrip(" .!")))
    parts = list(zip(bounds[::2], bounds[1::2], strict=True))
    if _LEAST_PARTS <= len(parts) <= _MOST_PARTS:
        plain = [(start, end) for start, end in parts if _PLAIN.fullmatch(text, start, end)]
        if len(plain) >= max(_LEAST_PARTS, len(parts) - 2):
            yield from plain
