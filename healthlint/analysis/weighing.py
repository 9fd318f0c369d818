"""How much the words of a text speak for a claim: weights of words and pairs of words, learned from examples.

A writer has a thousand ways to say that a medicine works, and no list of patterns has them all. So each word, its stem,
each pair of stems with no more than a word between them, and each concept of the thesaurus weighs for or against, as a
logistic regression over the labelled sentences of corpus/sentences found (`python -m learning`; Jurafsky and Martin,
'Speech and Language Processing', chapter 5). The same is done for instructions, for dangers that a reader is left alone
with, for what an article owes its reader, and for off-label uses. What is kept is a lexicon with a number behind each
entry: no model runs, and the same sentence always weighs the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise, repeat
from typing import NamedTuple

import msgspec

from healthlint import builtin
from healthlint.analysis import tagged
from healthlint.analysis.patterns import Patterns
from healthlint.analysis.repetition.concepts import points
from healthlint.analysis.repetition.stems import stem
from healthlint.analysis.source_notes import without_notes
from healthlint.analysis.tokens import tokenise

_HARDLY = 0.05  # what is less likely has no kind
_PRICE = 40.0  # hundredths, for each word that is marked
_SHORTEST_SENTENCE, _LONGEST_SENTENCE = 2, 120  # words: what is shorter or longer says too little, or is a list
_LONGEST_TEXT = 2000  # characters: what is longer is not even split into words
_START, _END = "<", ">"
_FIRST_PICTURE = "\u2190"  # arrows, symbols, emoji
SIGN = "@"  # before the name of a sign among the weights
_STOPS = frozenset([*",;:.!?()[]\"'—…", "--", "..."])
_COORDINATING = frozenset("and or but so because since while although though whereas".split())
_SUBORDINATE = frozenset("if when that which who until unless".split())  # how another clause begins
_HANGING = (
    _COORDINATING
    | _SUBORDINATE
    | frozenset(  # words that no phrase ends with
        """for in on at to of within after before with without from by during among against over under than as
    like""".split()
    )
)

# A comparison compares, a statistic counts, a study is named, an authority is somebody: words that the messages of
# their rules speak of.
_NEEDED = {
    "uncited-comparison": [
        (
            "than|compared|comparable|superior|inferior|unlike|instead|alternative|equivalent|equal|same|match|matches|beats"
            "|beat|outperforms|rival|rivals|surpasses|ahead|behind|close|comes|better|worse|best|more|less|most|least|fewer"
            "|twice|half|other|others|else|another|over|any"
        ),
        "as|just .. as",
        "/[a-z]{3,}(?:er|est)/",
    ],
    "absolute-claim": [
        (
            "all|any|anyone|anybody|anything|every|everyone|everybody|everything|everywhere|always|never|ever|forever|no|none|nobody"
            "|nothing|not|cannot|without|zero|cure|cures|cured|curing|guarantee|guarantees|guaranteed|each|whatever|whoever|wherever"
            "|only|both|complete|completely|totally|total|entirely|perfectly|perfect|absolutely|fully|full|whole|wholly|utterly"
            "|certain|certainly|sure|surely|certainty|promise|promises|works|work|will|'ll|gone|good|life|end|ends|stop|stops|stay|stays"
            "|vanish|vanishes|disappear|disappears|eliminates|eradicates|wipes|reverses|permanent|permanently|safe|harmless|100|%|best"
        ),
        "n't|{wholly}|{end}|{certainty_idiom}",
    ],
    "vague-authority": [
        "{authority}|{professional}",
        "/[a-z]{3,}(?:ologists?|iatricians?|iatrists?|herapists?|icians?|titians?)/",
        (
            "known|knows|know|knew|agreed|accepted|acknowledged|recognised|recognized|established|consensus|undisputed"
            "|authorities|circles|insiders|gurus|doc|docs|biohackers|athletes|those|anyone|anybody|everyone|everybody|nobody"
            "|textbook|textbooks|guidelines|guideline|school|wisdom|folk|folks|people|veterans|champions|stars|celebrities"
            "|grandmothers|grannies|tradition|generations|ancients|monks|medicine|world|field|trade|faculty|society|societies"
            "|who|whose|they|say|says|said|reputation|opinion|word|minds|best|top|leading|bodies|body|harvard|nasa"
        ),
    ],
    "uncited-statistic": ["#", "{proportion}", "/.*%/", "percent|%|per"],
    "uncited-study": [
        "{study}",
        (
            "science|tests|test|tested|researchers|researched|lab|labs|paper|papers|journal|journals|studied|clinically"
            "|investigation|experiments|scientifically|proof|proven|evidence"
        ),
    ],
}


class Weights(msgspec.Struct, frozen=True):
    """Learned weights, in hundredths. A run of words that is not listed weighs nothing."""

    made_of: str  # a digest of the sentences that they were learned from
    base: int
    claim: dict[str, int]  # for (above 0) and against a claim of any kind
    kinds: tuple[str, ...]
    kind_bases: tuple[int, ...]
    kind: dict[str, tuple[int, ...]]  # for each kind, of a sentence that makes a claim


class Weighed(NamedTuple):
    """What the words of a sentence speak for."""

    likelihood: float  # from 0 to 1: that it is a claim at all
    text: str = ""  # of the sentence
    name: str = "claims"  # of the weights

    @property
    def kind(self) -> str:
        """The most likely kind of claim; '' for what is hardly one."""
        return _kind(self.text, self.name) if self.likelihood > _HARDLY else ""


@cache
def weights(name: str) -> Weights:
    """The weights of rules/weights/NAME.json. Raises FileNotFoundError."""
    path = builtin.folder() / "weights" / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=Weights)


def weigh(text: str, name: str = "claims", signs: frozenset[str] = frozenset()) -> Weighed:
    """How likely a sentence makes a claim, and of which kind, by the weights of that name.

    `signs` are what a check has noticed in the sentence besides its words; each has a weight of its own, as '@SIGN'.
    """
    if not signs:
        return _weighed(text, name)
    learned = weights(name)
    return _weighed(text, name, sum(learned.claim.get(f"{SIGN}{sign}", 0) for sign in signs))


@lru_cache(maxsize=8192)  # asked by many rules
def _weighed(text: str, name: str, besides: int = 0) -> Weighed:
    """What the words of a sentence speak for, if what is noticed besides them weighs so much."""
    total = _total(text, name)
    if total is None:
        return Weighed(0.0, text, name)
    total += besides
    return Weighed(1 / (1 + math.exp(-max(-5000.0, min(5000.0, total)) / 100)), text, name)


def at_most(text: str, name: str, signs: Iterable[str]) -> float:
    """How likely a sentence makes a claim if, of some signs, all those are noticed that speak for it."""
    learned = weights(name)
    return weigh(text, name, frozenset(sign for sign in signs if learned.claim.get(f"{SIGN}{sign}", 0) > 0)).likelihood


@lru_cache(maxsize=32_768)  # sentences come again: in other articles, and as one types
def _total(text: str, name: str) -> float | None:
    """What the words of a sentence weigh together; None for one that is too short or too long."""
    runs = _runs_in(text)
    if not runs:
        return None
    learned = weights(name)
    share: float = len(runs) ** -0.5
    return learned.base + share * sum(map(learned.claim.get, runs, repeat(0)))


@lru_cache(maxsize=512)  # an article's: by the weights of each name, and for its kind
def _runs_in(text: str) -> frozenset[str]:
    """What of a sentence may weigh; nothing of one that is too short or too long."""
    words = words_of(text) if len(text) <= _LONGEST_TEXT else ()
    return runs_of(words, points(text)) if _SHORTEST_SENTENCE <= len(words) - 2 <= _LONGEST_SENTENCE else frozenset()


@lru_cache(maxsize=4096)
def _kind(text: str, name: str) -> str:
    """The likeliest kind of which a sentence has what such a claim cannot do without."""
    learned, runs = weights(name), _runs_in(text)
    totals, scale = list(map(float, learned.kind_bases)), len(runs) ** -0.5
    for run in runs & learned.kind.keys():
        for at, weight in enumerate(learned.kind[run]):
            totals[at] += scale * weight
    ranked = sorted(learned.kinds, key=lambda kind: -totals[learned.kinds.index(kind)])
    needed = _needed()
    said = without_notes(text) if "[" in text else text  # '[add study]' names none
    return next((kind for kind in ranked if kind not in needed or needed[kind].find(said)), "")


@cache
def _needed() -> Mapping[str, Patterns]:
    return {kind: Patterns(patterns) for kind, patterns in _NEEDED.items()}


def words_of(text: str) -> tuple[str, ...]:
    """The words of a sentence as weights know them: a medicine, profession or number is one letter in upper case."""
    return (_START, *map(_known_as, tokenise(text).words), _END)


@lru_cache(maxsize=50_000)
def _known_as(word: str) -> str:
    return tagged.single_names().get(word) or (tagged.NUMBER if word[0].isdigit() else word)


def runs_of(words: Sequence[str], concepts: Sequence[str]) -> frozenset[str]:
    """What of a sentence may weigh, given its words and what they stand for.

    Every word as it is written, every stem, every pair of stems that are neighbours or have one word between them,
    every concept, and every pair of concepts that follow each other. Pictures among the words say nothing.
    """
    words = [word for word in words if word[0] < _FIRST_PICTURE]
    stems = list(map(stem, words))
    pairs = map(" ".join, pairwise(stems))
    apart = (f"{first} * {second}" for first, second in zip(stems, stems[2:], strict=False))
    meant = [f"~{concept}" for concept in concepts]
    return frozenset([*words, *stems, *pairs, *apart, *meant, *map(" ".join, pairwise(meant))])


def telling(text: str, name: str = "claims") -> tuple[int, int]:
    """The stretch of a sentence whose words speak most for a claim: offsets into `text`.

    Of the runs of words that start and end where a phrase may, the heaviest; each word carries its share of what it
    weighs with its neighbours, less a little so that the stretch stays short.
    """
    learned, words, tokens = weights(name), words_of(text), tokenise(text)
    stems = [stem(word) for word in words]
    shares: list[float] = [
        sum(learned.claim.get(run, 0) for run in {word, root}) for word, root in zip(words, stems, strict=True)
    ]
    for at, root in enumerate(stems):
        for other, run in ((at + 1, "{} {}"), (at + 2, "{} * {}")):
            if other < len(stems):
                weight = learned.claim.get(run.format(root, stems[other]), 0) / 2
                shares[at] += weight
                shares[other] += weight
    first, last = _heaviest([share - _PRICE for share in shares[1:-1]], words[1:-1])
    start, end = tokens.spans[first][0], tokens.spans[last][1]
    said, bracket, note = text[start:end].rpartition("[")
    cut = bracket and "]" not in note and said.strip()  # as in 'It heals all [add study', which is half a note
    return start, start + len(said.rstrip()) if cut else end


def _heaviest(shares: Sequence[float], words: Sequence[str]) -> tuple[int, int]:
    """The first and last index of the heaviest run of words that is a phrase, by where it starts and ends."""
    best, best_run = -math.inf, (0, len(words) - 1)
    total, least, start = 0.0, math.inf, 0
    for at, share in enumerate(shares):
        if total < least and _may_start(words, at):
            least, start = total, at
        total += share
        if total - least > best and _may_end(words, at):
            best, best_run = total - least, (start, at)
    return best_run


def _may_start(words: Sequence[str], at: int) -> bool:
    """Whether a phrase may start at a word: with the sentence, behind a stop, or behind 'and' and the like."""
    if not words[at][0].isalnum() or words[at] in _COORDINATING:
        return False
    return at == 0 or words[at - 1] in _STOPS or words[at - 1] in _COORDINATING


def _may_end(words: Sequence[str], at: int) -> bool:
    """Whether a phrase may end at a word: with the sentence, before a stop, or before another clause.

    What hangs on a verb belongs to it: 'works for everyone', 'begins in the gut'.
    """
    if not (words[at][-1].isalnum() or words[at] == "%"):
        return False
    if at == len(words) - 1 or words[at + 1] in _STOPS:
        return words[at] not in _COORDINATING
    return words[at] not in _HANGING and (words[at + 1] in _COORDINATING or words[at + 1] in _SUBORDINATE)
