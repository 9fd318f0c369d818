"""Counts that a heading or lead-in promises: '7 benefits', 'five easy ways to', 'the following three steps'."""

from __future__ import annotations

import re
from typing import NamedTuple

from healthlint.analysis.wording import one_of, whole


class PromisedCount(NamedTuple):
    """A count in a text: `text[start:end]` is the number and its noun."""

    value: int
    noun: str  # in lower case
    start: int
    end: int


_SPELLED = {
    word: value
    for value, word in enumerate(
        """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty""".split(),
        start=2,
    )
}
_COUNT = re.compile(
    rf"(?<![\w.,/$€£#+–-])(?:(?P<digits>[2-9]|[1-4]\d|50)|(?P<word>{'|'.join(_SPELLED)}))"
    r"(?:-(?P<joined>step|point|part|stage|item|ingredient|question|rule|exercise|food)\b"
    r"|(?P<rest>(?:\s[A-Za-z][\w'’-]{0,30}){1,6}))",
    re.IGNORECASE,
)
# Nouns that say what a list holds. With any other noun the number may count something else ('2 tablets', '12 weeks').
_LISTED = frozenset(
    """benefits advantages reasons ways tips tricks hacks steps rules facts myths things signs symptoms triggers
    causes factors questions answers mistakes pitfalls foods drinks fruits vegetables herbs spices teas remedies
    treatments therapies options choices alternatives methods strategies techniques approaches exercises
    stretches moves poses habits ideas ingredients products brands supplements vitamins minerals nutrients types
    kinds forms groups classes categories sorts varieties stages phases parts points principles pillars lessons
    takeaways risks dangers hazards warnings precautions effects side-effects complications conditions uses
    properties features goals criteria examples cases situations circumstances scenarios exceptions drugs
    medicines medications tests checks clues differences similarities problems concerns challenges barriers
    misconceptions secrets truths statements figures numbers messages measures actions tools resources books
    sites websites apps organizations organisations places changes adjustments swaps recipes snacks meals items
    areas elements components aspects topics findings pros cons drawbacks limitations disadvantages ones bottles
    devices pointers flags zones levels layers sections chapters sentences words skills roles functions routes
    patterns no-gos no-nos taboos dos don'ts don’ts commandments checks reminders to-dos musts jobs keys cornerstones
    promises stops errors slips culprits""".split()
)
_STOPS = frozenset(
    """of to or in out with for by per times time is are that if a an who which than ago more less percent before
    after hours hour days day weeks week months month years year minutes seconds mg ml g tablets capsules
    doses""".split()
)
# Nouns that a number over a list may count without saying how long it is: 'Three patients were left out because of:'.
_OTHER_THINGS = frozenset(
    """patients people persons men women children adults babies infants participants volunteers readers users doctors
    nurses experts researchers scientists authors trials studies reviews surveys papers reports teams hospitals clinics
    countries states pounds kilos grams ounces litres cups spoons teaspoons tablespoons sachets doses pills shots
    injections puffs sprays drops units times percent points inches miles metres meals decades centuries calories
    dollars euros pence cents others copies""".split()
)
_OPENS_SENTENCE = re.compile(
    rf"(?:^|\b{one_of('the | these | those | its | your | our | my | his | her | following | has | have | are')}\s)$",
    re.IGNORECASE,
)
# 'Four organs need watching:', 'It has three jobs:'; what the number counts is what the list names.
_NAMES_THEM = re.compile(
    r"\s?(?::$|"
    + one_of(
        r"""deserves? | needs? | matters? | counts? | stands? out | helps? | helped | works? | worked | makes?
        | explains? | decides? | comes? up | keeps? coming | run through | remains? | follows?
        | appl(?:y | ies) | stands? | awaits? | lies? ahead | springs? to mind | will do | has to | have to | must
        | should | can | are (?:worth | known | common | at risk |
        involved | affected | key | important | especially | particularly)"""
    )
    + r"\b)",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    whole(
        r"""these | here(?:['’]s | \ are | \ is | \ come | \ follow) | (?:these | those | below) are | there are
        | (?:here | below),? (?:you | we | i) | the following | follow these
        | (?:try | use | keep | remember | learn | know | take | read | consider) (?:these | the following | my | our)
        | let['’]s | let (?:us | me)
        | (?:i | we | you | this \w+)(?:['’]ll | \ will | ['’]ve | \ have | \ am going to)?(?:\ \w+)?
        (?:cover | share | list | show | give | explain | tell | walk | take | look at | go through | find | discuss
        | describe | put together | picked | gathered | collected)\w*"""
    ),
    re.IGNORECASE,
)
_OF_THE_BEST = re.compile(r"\sof\s(?:my|our|the)\s(?:very\s)?(?:best|favou?rite|most|top|main)\b", re.IGNORECASE)
_NO_COUNT_BEFORE = re.compile(
    r"\b"
    + one_of(
        """types? | stages? | grades? | phases? | steps? | sections? | parts? | chapters? | days? | weeks?
        | months? | years? | ages? | aged | omega | vitamin | covid | tables? | figures? | numbers? | no
        | version | level | class | group | tier | rule | question | point | item | over | under | above | below
        | least | most | than | fewer | about | around | nearly | almost | approximately | roughly | up | first
        | last | next | every | another | between | only | any | other | to | or | within | after | before | some
        | from | take | took | all | either | both | of (?:the | these | those | our) | one | two | three | four
        | into"""
    )
    + r"\W{0,2}$",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(r"\b(?:comes?|boils?|came|narrows?|breaks?) down (?:in)?to\W*$", re.IGNORECASE)
_RANGE_AFTER = re.compile(rf"\s?(?:to|or|[-–—/])\s?(?:\d|{'|'.join(list(_SPELLED)[:9])})", re.IGNORECASE)
_LONGEST = 400  # of a heading or a lead-in
_WORD = re.compile(r"[A-Za-z][\w'’-]*")


def promised_count(text: str) -> PromisedCount | None:
    """The one count of listed things that a heading or lead-in promises; None if there is none, or more than one."""
    if len(text) > _LONGEST:
        return None
    found = [count for match in _COUNT.finditer(text) if (count := _read(text, match) or _read_other(text, match))]
    return found[0] if len(found) == 1 else None


def announced_count(sentence: str) -> PromisedCount | None:
    """The count in a sentence that announces what the article is going to tell: 'Here are six things to know.'"""
    promised = promised_count(sentence)
    if not promised or sentence.endswith("?"):
        return None
    before = sentence[max(0, promised.start - 60) : promised.start]
    return promised if _ANNOUNCES.search(before) else None


def _read(text: str, match: re.Match[str]) -> PromisedCount | None:
    number = match["digits"] or match["word"]
    before = text[max(0, match.start() - 20) : match.start()]
    if _NO_COUNT_BEFORE.search(before) and not _SUMS_UP.search(before):
        return None
    if _RANGE_AFTER.match(text, match.start() + len(number)):
        return None
    value = int(match["digits"]) if match["digits"] else _SPELLED[match["word"].lower()]
    end = match.start() + len(number)
    if match["joined"]:
        return PromisedCount(value, f"{match['joined'].lower()}s", match.start(), match.end())
    best = _OF_THE_BEST.match(match["rest"])  # '4 of my favourite recipes'
    for word in _WORD.finditer(match["rest"], best.end() if best else 0):
        if word[0].lower() in _LISTED:
            return PromisedCount(value, word[0].lower(), match.start(), end + word.end())
        if word[0].lower() in _STOPS:
            return None
    return None


def _read_other(text: str, match: re.Match[str]) -> PromisedCount | None:
    """The count in a lead-in of what only the list's own words say: 'Four organs need watching:'."""
    if not text.endswith(":") or match["digits"] or not match["rest"]:
        return None
    if not _OPENS_SENTENCE.search(text, max(0, match.start() - 20), match.start()):
        return None
    there_are = text[: match.start()].lower().endswith("there are ")
    end = match.end("word")
    for word in _WORD.finditer(match["rest"]):
        noun = word[0].lower()
        if noun in _STOPS or noun in _OTHER_THINGS:
            return None
        if (
            noun.endswith("s")
            and not noun.endswith(("ss", "us", "is"))
            and (there_are or _NAMES_THEM.match(text, end + word.end()))
        ):
            return PromisedCount(_SPELLED[match["word"].lower()], noun, match.start(), end + word.end())
    return None
