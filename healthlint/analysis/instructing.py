"""Where a sentence tells, allows or forbids its reader to do something, by its wording and the place of the verb.

`instruction` and `permission` take a text as `tagged` gives it, the other functions the sentence; offsets are the same.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from healthlint.analysis import tagged
from healthlint.analysis.lexicons import lexicon

_WINDOW = 300  # characters before a verb that are looked at: more than a clause, and bounded
_BREAK = re.compile(r"[.;:!?(]\s*\"?\s*")
_LEADING = re.compile(r"(?:and|but|so|or|then|also|well|now|yes|ok|instead|otherwise|no),? ")
# how a clause begins that only leads up to an instruction
_SUBORDINATE = re.compile(
    r"(?:if|when|whenever|once|after|before|until|as|for|in|on|at|by|with|to|from|during|should|even|while|whether|unless"
    r"|feeling|still|already|next|then|rather|instead|over|since|because|given|fine|sure|had|simply|just|please"
    r"|the (?:moment|day|minute|week)|the (?:first|next) time|next time|every time|each time"
    r"|one|every|each|today|tomorrow|tonight|no|does|do|is|are|has|have|can|got|want|need|better|worried|tired)\b"
)
_SUBJECT = re.compile(r"\b(?:i|you|he|she|it|we|they|this|that|there|who|which)\b|P_")
# what may stand between the start of a clause and its verb
_ADVERBS = re.compile(
    r"(?:,? ?(?:and|then|or|so|but|just|simply|please|instead|also|even|always|in (?:this|that|such a|which) case"
    r"|immediately|quickly|quietly|gladly|happily|now|confidently|safely|better|next|by all means|go ahead and"
    r"|straight away|first|only|be (?:bold|brave|smart|clever) and|do yourself a favou?r and|be my guest and))*,?\s*$"
)
_JOINED = re.compile(r"\b(?:and|then|or|but)\b")
_WORD = re.compile(r"[a-z']+")
_FILLERS = frozenset("just simply please then so and instead also".split())
_MODALS = frozenset("can could may should might".split())
_FORBIDDEN = re.compile(
    r"\b(?:do not|don't|never|must not|mustn't|should not|shouldn't|cannot|can't|may not|avoid|not to|rather than"
    r"|instead of|without|not|no|nor|neither|none|nothing|nobody"
    r"|(?:dangerous|unsafe|risky|wrong|mistake|tempting|tempted) to)\b"
)
_CLAUSE_BREAK = re.compile(r"[;:.(!?]|\b(?:but|so|then|instead|just|simply)\b")
_CONDITION = re.compile(r"\b(?:if|when|whenever|once|as|should|because|since|in case|until|unless)\b[^,]*,")
_CLAUSE_EDGE = re.compile(r"[,;:(]\s|\s?[—–]\s?|\)|[.!?…]+[\"”’)]*$")


def instruction(text: str, at: int) -> bool:
    """Whether the verb at `at` tells the reader what to do.

    It opens the sentence or a clause after an introduction ('If it hurts, take ...'), or goes on with an instruction
    that does ('Throw the box away and take ...').
    """
    before = _before(text, at)
    adverbs = _ADVERBS.search(before)
    head = before[: adverbs.start()] if adverbs else before
    between = before[len(head) :]
    clause = _last_part(head, _BREAK)
    if not clause.strip(' "'):
        return True
    while leading := _LEADING.match(clause):
        clause = clause[leading.end() :]
    if "," in between and (_introduces(clause) or re.search(r"\bso\b", between)):
        return True
    if _JOINED.search(between):
        return _opens_with_verb(clause.rpartition(", ")[2] if _SUBORDINATE.match(clause) else clause)
    return False


def permission(text: str, at: int) -> bool:
    """Whether the verb at `at` is what the reader may, should or might as well do."""
    return _permits(text) and bool(_permissions()[1].search(text, max(0, at - _WINDOW), at))


@lru_cache(maxsize=8192)  # asked of each word
def _permits(text: str) -> bool:
    return bool(_permissions()[0].search(text))


def directs(sentence: str) -> bool:
    """Whether a sentence tells or allows the reader to do something, and does not forbid it."""
    text, imperative = tagged.tagged(sentence).text, lexicon("imperative")
    for word in _WORD.finditer(text):
        at = word.start()
        told = word[0] in imperative and instruction(text, at)
        if (told or permission(text, at)) and not is_forbidden(sentence, at):
            return True
    return False


def is_forbidden(sentence: str, at: int) -> bool:
    """Whether what stands at `at` is what the reader is told not to do.

    A condition before it is another clause: 'If it does not help, take two.'
    """
    before = _before(tagged.tagged(sentence).text, at)
    before = _permissions()[0].sub(" ", before)  # 'no reason why you should not'
    before = _CONDITION.sub(" ", before)
    return bool(_FORBIDDEN.search(_last_part(before, _CLAUSE_BREAK)))


def clauses_around(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the clauses that `sentence[start:end]` stands in, without the punctuation around them."""
    edges = list(_CLAUSE_EDGE.finditer(sentence))
    first = max((edge.end() for edge in edges if edge.end() <= start), default=0)
    last = min((edge.start() for edge in edges if edge.start() >= end), default=len(sentence))
    return first, last


def _before(text: str, at: int) -> str:
    """What stands before `at`, its nearest part if it is long."""
    return text[:at] if at <= _WINDOW else f"… {text[at - _WINDOW : at]}"


def _last_part(text: str, separator: re.Pattern[str]) -> str:
    ends = [match.end() for match in separator.finditer(text)]
    return text[ends[-1] :] if ends else text


def _introduces(clause: str) -> bool:
    """Whether a clause only leads up to what follows its last comma: 'if you feel dizzy, sick or tired'."""
    first, *others = clause.split(", ")
    if others and _SUBORDINATE.match(others[-1]):
        return True
    return bool(_SUBORDINATE.match(first)) and not any(_SUBJECT.search(other) for other in others)


def _opens_with_verb(clause: str) -> bool:
    """Whether a clause is an instruction itself: 'throw the box away', 'you can rest'."""
    words = _WORD.findall(clause)
    while words and words[0] in _FILLERS:
        del words[0]
    if words[:1] == ["you"]:
        return bool(words[1:2]) and words[1] in _MODALS
    return bool(words) and words[0] in lexicon("imperative")


@cache
def _permissions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What permits something, anywhere and right before the end of a text."""
    allowed = rf"\b(?:{_either('allowed')})\b"
    return re.compile(allowed), re.compile(rf"{allowed}(?:,? (?:{_either('freely')})\b){{0,3}},? $")


def _either(name: str) -> str:
    """A regular expression for the phrases of a lexicon, in a tagged text."""
    phrases = sorted((tagged.tagged(phrase).text for phrase in lexicon(name)), key=len, reverse=True)
    return "|".join(re.escape(phrase) for phrase in phrases)
