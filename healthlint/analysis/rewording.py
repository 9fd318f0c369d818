"""Whether other words fit into a sentence in the place of a noun for people, and how they are written there."""

from __future__ import annotations

import re

# A noun behind any other word may be part of a longer name: 'meth addicts', 'a young diabetic'.
_BEFORE = re.compile(
    r"(?:^|[.,;:!?(\[\"“”–—-]|(?<![\w-])(?:a|an|the|this|that|these|those|his|her|their|our|your|my|its|and|or|but|nor|of|for"
    r"|to|by|with|among|amongst|in|on|at|from|as|like|than|about|against|between|toward|towards|into|if|when|because|not|no"
    r"|many|most|some|all|few|other|every|each|any|both|more|so|is|are|was|were|be|been|being|become|becomes|became"
    r"|helps?|helped|treats?|treated|treating|helping|offers?|gives?|makes?|turns?|allows?|lets?))\s*$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]")
# Behind one noun a second one may follow: 'an addict mother'. These words start something new.
_BEHIND = re.compile(
    r"\s*+(?:$|[.,;:!?)\]\"“”–—]|(?:who|whose|whom|that|which|is|are|was|were|has|have|had|can|could|may|might|will|would|should"
    r"|must|do|does|did|in|on|at|to|for|of|with|by|from|and|or|but|as|than|about|if|when|while|after|before|because|so|too"
    r"|not|never|often|always|sometimes|also|again|into|without|during|needs?|takes?|gets?|dies?|lives?|goes|go|feels?)\b)",
    re.IGNORECASE,
)
_LOOK_BACK = 40  # characters in which the word before it is looked for
_ARTICLE = re.compile(r"(?<![\w-])(a|an) $", re.IGNORECASE)


def fits(text: str, start: int, end: int) -> bool:
    """Whether the noun `text[start:end]` stands by itself, so that several words may take its place.

    Behind a plural a verb follows; behind a singular, and behind 'the deaf', it may be another noun.
    """
    if not _BEFORE.search(text, max(0, start - _LOOK_BACK), start) or _POSSESSIVE.match(text, end):
        return False
    noun = text[start:end].lower()
    is_plural = noun.endswith(("s", "men")) and not noun.startswith(("a ", "an ", "the "))
    return is_plural or bool(_BEHIND.match(text, end))


def in_place(text: str, start: int, words: str) -> tuple[int, str]:
    """Where other words for a term at `start` begin, and the words: with the capital and the article that they need."""
    if text[start].isupper():
        words = words[:1].upper() + words[1:]
    article = _ARTICLE.search(text, max(0, start - _LOOK_BACK), start)
    needed = "an" if words[:1].lower() in "aeiou" else "a"
    if article and article[1].lower() != needed:
        written = needed.capitalize() if article[1][0].isupper() else needed
        return article.start(), f"{written} {words}"
    return start, words
