"""Mentions of another place in the article that is not there: 'see step 6', 'Table 3', 'the answer to question 11'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from healthlint.analysis import Analysis
from healthlint.analysis.pointers import APPENDIX, PAGE, THING, Pointer, pointers
from healthlint.analysis.references import References
from healthlint.analysis.targets import Targets, caption_number, shown_kind
from healthlint.analysis.wording import one_of, whole
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind

_SPELLED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = (
    rf"(?P<numbers>(?:\d{{1,2}}|(?:{'|'.join(_SPELLED)})\b)(?:\s?(?:,|-|–|and|or|to|&)\s?\d{{1,2}}){{0,4}})"
    r"(?!\d|[.,]\d|%|-[a-z]|\s?(?:mg|ml|g|mcg|times|days?|weeks?|months?|years?|hours?)\b)"
)
# Found first: that is ten times as fast as a search for the words.
_NUMBER = re.compile(rf"(?<=[a-z.]\s)(?:\d|(?:{'|'.join(_SPELLED)})\b)|(?<=\bQ)\d")
_WORDS = one_of(
    """[Tt]able | [Ff]ig(?:ure | \\.)? | [Cc]hart | [Dd]iagram | [Gg]raphic | [Ii]nfographic | [Bb]ox | [Ss]tep
    | [Pp]oint | [Tt]ip | [Rr]ule | [Nn]umber | [Ss]ection | [Pp]art | [Cc]hapter | [Qq]uestion | [Aa]nswer | [Mm]yth
    | [Rr]eason | [Nn]ote | [Mm]ap | [Pp]icture | [Pp]hoto | [Pp]anel"""
)
_MENTION = re.compile(rf"(?:(?P<word>{_WORDS})s?\s|(?P<letter>Q)){_NUMBERS}")
_SHOWN = frozenset(
    ("table", "figure", "fig", "chart", "diagram", "graphic", "infographic", "box", "map", "picture", "photo", "panel")
)
_STEPS = frozenset(("step", "point", "rule", "tip", "number"))
_PARTS = frozenset(("section", "part", "chapter", "question", "answer", "note"))
_SHORT_FOR = {"question": ("q", "faq"), "answer": ("q", "faq"), "q": ("question", "faq")}
_OF_WORKS = frozenset(("part", "chapter"))  # studies and books have them, too
_WHOSE = re.compile(r"(?:\b(?:their|his|her|its|whose)|['’]s?)\s$", re.IGNORECASE)
# 'Table 3 of the label', 'section 5 of the Act': in another document, unless that is this article.
_ELSEWHERE = re.compile(
    r"\s?\)?,?\s(?:of|in|from|on|at)\s(?:the|a|an|its|their|that|his|her|[A-Z\[])"
    r"(?!\s(?:present|same|article|page|list|next|previous|last|opposite)\b)(?!(?:\s[\w-]+){1,3}\s(?:below|above)\b)"
    r"|\s(?:on|over)\s(?:the\s)?(?:next|opposite|facing|previous|last)\s(?:page|leaf)|\soverleaf"
    r"|\s?\)?,?\s(?:of|in)\s(?:this|our|my)\s(?:series|course|book|newsletter)\b"
)
_OTHER_WORK = re.compile(
    whole(
        """et al | appendix | supplement(?:ary | al)? | guidelines? | label | SmPC | prescribing information
        | report | Act | statute | code | Medicare | Medicaid | law | paper | textbook | manual | series
        | (?:next | last) (?:week | month | time | issue | letter | year)"""
    )
)
_WHERE_IT_IS = one_of(
    """described | drawn up | set down | worked out | laid out | explained | found | listed | covered | mentioned
    | set out | drawn | shown | given | discussed | outlined | answered | named | is | are"""
)
_POINTS = re.compile(
    r"(?:\b"
    + one_of(
        rf"""see | look(?:ing)?(?: back)? (?:at | to) | go(?:ing)? (?:(?:back | on | straight) )?to | back to
        | return(?:ing)? to | repeat(?:ing)? | as in | skip(?:ping)? to | turn to | jump to | refer(?:ring)? to
        | again (?:at | with | from) | start(?: again)? (?:at | with | from) | carry on (?:with | from)
        | {_WHERE_IT_IS} (?:in | under | at) | answer to | step from | compare | check | read | follow | under
        | from"""
    )
    + r"|\((?:see )?)\s?(?:the |our |my )?$",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"\b(?:in|at|under) (?:the )?$", re.IGNORECASE)
_IN_OR_AS = re.compile(r"\b(?:in|as in|at|to|after|before|until|than|and|with|per)\s(?:the )?$", re.IGNORECASE)
_SHOWS = re.compile(
    r"(?:,? (?:which|that) [^.;:]{3,60},)?\s"
    + one_of(
        """shows? | sets? | lists? | gives? | compares? | sums? | summari[sz]es | illustrates? | explains?
        | presents? | contains? | describes? | outlines? | has | plots | tells? | puts | below | above | opposite
        | overleaf | (?:makes? | made)(?: \\w+)? (?:plain | clear | obvious | evident | visible) | demonstrates?
        | reveals? | displays? | depicts? | details? | maps? | traces? | charts? | breaks? | lays? | spells?
        | brings? | offers? | proves? | confirms? | bears? | suggests? | indicates?"""
    )
    + r"\b"
)
# 'Step 6 has more on it', 'Section 9 explains why': said of a part of the article itself. A step may have risks and
# a part of a study may show something.
_TELLS = re.compile(
    r"(?: (?:also | then | below))? "
    + one_of(
        """(?:has | gives | offers | holds) (?:(?:much | far | a (?:bit | lot | little)) )?(?:more (?:on | about
        | to say) | more(?=[.;,]) | further | fuller | the (?:rest | details? | full | answer))
        | (?:has | gives | contains) (?:the | a | our | my) (?:\\w+ )?(?:details? | lists? | table | chart
        | diagram | plan | scheme | schedule | summary | checklist | picture | map | guide | recipe | addresses
        | numbers) | explains? (?:how | why | what | when | which | this | that | it | the)
        | tells? (?:you | how | why | what | when | which) | (?:covers? | goes into | go into) (?:this | that | it | how
        | why | what) | (?:deals? | will help) with | says? (?:how | why | what | when | which | more)
        | (?:shows? | lists? | describes?) (?:you | how | what | which | when | where)"""
    )
    + r"\b"
)
_DIRECTION = re.compile(
    r"(?:\s(?:of|in)\s(?:the|our|my|this)(?:\s[\w-]+){1,3})?,?\s(?:up |down )?(?:above|below|earlier|again)\b"
)
_SEE = re.compile(r"\b[Ss]ee (?:the |our |my )?$")  # to the reader, whatever the list is
_OF_ANOTHER = re.compile(r"\s?\)?,?\s(?:of|in|from)\s(?:the|your|that|his|her|their|its|[A-Z])\b")
_ANOTHER = re.compile(
    whole(
        r"""(?:your | that | their | the) (?:\w+ )?(?:leaflet | booklet | book | handbook | diary | report | guidelines?
        | label | website | manual | workbook | magazine | paper | journal | pack | app | PDF)
        | [Pp]atient [Ii]nformation | SmPC | prescribing information | et al | supplementary"""
    )
)
_OPENS = re.compile(r"(?:^|[.!?:;)]\s|\b(?:and|but|while|as)\s)(?:[\"“(])?$")
_SENTENCE_END = re.compile(r"[.!?][)\"”’]*\s(?=[A-Z])")
# Among sources 'table on page 4' may be said of a work, but 'See also the box below' is said to the reader.
_SENDS_ON = re.compile(
    r"\W{0,3}(?:[Pp]lease )?(?:[Ss]ee|[Ll]ook(?: also)? at|[Tt]urn to|[Rr]efer to|[Cc]onsult)"
    r"(?: also)? (?:the|our|my)\b"
)
_FIELD = re.compile(  # of a form
    r"\b(?:[Tt]ype|[Ee]nter|[Pp]aste|[Ww]rite) (?!of\b|\d)[^.;:]{1,40}(?<!as) (?:in|into) (?:the |this |our )?$"
    r"|\b(?:[Tt]ick|[Cc]lick|[Cc]heck|[Ff]ill in) (?:the |this |our )?$"
)
_CALLED = re.compile(r"\b([a-z]{5,}) $")
_LONGEST_WORD = 13
_LONGEST_NUMBER = 3  # characters of a label: 'III' of an appendix; what is longer is the title of a box
_BEFORE_WORD = (" ", "(", "[", "“", '"', "—")
_READ = (Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.CAPTION)


class CrossReferences(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Compares the numbers of steps, sections and tables that the text speaks of with those that are there."""

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each mention of a number that is nowhere."""
        document = analysis.document
        targets = Targets(document)
        for index, block in enumerate(document.blocks):
            if block.kind not in _READ:
                continue
            for mention in _mentions(block.text):
                if _is_missing(block, mention, targets) and (
                    _DIRECTION.match(block.text, mention.end())
                    or _SEE.search(block.text, 0, mention.start())
                    or index not in References.of(document).list_blocks
                ):
                    yield Match(block.prose.span(*mention.span()), {"target": mention[0]})
        yield from _missing_things(analysis, targets)


def _missing_things(analysis: Analysis, targets: Targets) -> Iterator[Match]:
    """'The chart below', 'the recipe on page 9', where there is none."""
    document = analysis.document
    for index in sorted({index for pattern in (THING, APPENDIX, PAGE) for index in analysis.blocks_with(pattern)}):
        block = document.blocks[index]
        listed = index in References.of(document).list_blocks
        if block.kind not in _READ or block.quoted or (listed and not _SENDS_ON.match(block.text)):
            continue
        for pointer in pointers(block.text):
            if not _is_there(document, index, pointer, targets):
                label = (
                    f'"{pointer.label}"'
                    if " " in pointer.label or len(pointer.label) > _LONGEST_NUMBER
                    else pointer.label
                )
                target = f"{pointer.thing} {label}".strip()
                yield Match(block.prose.span(pointer.start, pointer.end), {"target": target})


def _is_there(document: Document, index: int, pointer: Pointer, targets: Targets) -> bool:
    """Whether a thing is in the article, or is said to be somewhere else."""
    block = document.blocks[index]
    if any(link.start < pointer.end and link.end > pointer.start for link in block.links):
        return True
    if _OF_ANOTHER.match(block.text, pointer.end) or _ANOTHER.search(
        block.text[max(0, pointer.start - 80) : pointer.end + 60]
    ):
        return True
    if pointer.thing == "box":
        if _FIELD.search(block.text, max(0, pointer.start - 60), pointer.start):
            return True
        called = _CALLED.search(block.text, max(0, pointer.start - 40), pointer.start)
        if called and targets.has(pointer.thing, called[1]):
            return True  # 'the emergency box at the top' is what stands under 'EMERGENCY'
    # Where text lost the lines of a table, its cells stand as a list below.
    follows = index + 1 < len(document.blocks) and document.blocks[index + 1].kind in (Kind.ITEM, Kind.CELL)
    return follows or targets.has(pointer.thing, pointer.label)


@lru_cache(maxsize=2048)  # blocks come again as one types
def _mentions(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_each_mention(text))


def _each_mention(text: str) -> Iterator[re.Match[str]]:
    for number in _NUMBER.finditer(text):
        if text[number.start() - 1] == "Q":
            mention = _MENTION.match(text, number.start() - 1)
            if mention:
                yield mention
            continue
        end = number.start() - 1
        word = max(text.rfind(before, max(0, end - _LONGEST_WORD), end) for before in _BEFORE_WORD) + 1
        mention = _MENTION.match(text, word if word or end < _LONGEST_WORD else end)
        if mention:
            yield mention


def _is_missing(block: Block, mention: re.Match[str], targets: Targets) -> bool:
    """Whether a mention points to a place in this article that is not there."""
    if any(link.start <= mention.start() < link.end for link in block.links) or _is_elsewhere(block.text, mention):
        return False
    word = (mention["word"] or mention["letter"]).lower().rstrip(".")
    numbers = [_value(number) for number in re.findall(r"\d+|[a-z]{3,}", mention["numbers"]) if number != "and"]
    if word in _SHOWN:
        return _is_missing_picture(block, mention, numbers, targets)
    if word == "number" and not _DIRECTION.match(block.text, mention.end()):
        return False  # of anything: 'number 3 of the brand'
    worded = targets.headings(word).union(*(targets.headings(other) for other in _SHORT_FOR.get(word, ())))
    there = worded | (targets.headings("") if word in _PARTS else frozenset())
    if word in _STEPS:
        there = targets.headings(word) | targets.steps or targets.headings("")
    if len(there) < 2 or all(number in there for number in numbers):
        return False
    if word in _PARTS and word != "section" and all(number in targets.steps for number in numbers):
        return False
    tells = word not in _OF_WORKS or len(worded) > 1
    if word in _STEPS and min(numbers) > max(there) and _IN_PLACE.search(block.text, 0, mention.start()):
        return True  # 'do what it says in rule 8', of seven
    return _points_there(block.text, mention, weakly=word in _PARTS or len(worded) > 1, tells=tells)


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _SPELLED.index(number) + 2


def _points_there(text: str, mention: re.Match[str], *, weakly: bool, tells: bool = False) -> bool:
    """Whether the words around a mention send the reader there: 'see', 'go back to', 'above'; weakly: 'in', 'to'.

    What `tells` is a part of this article, so that it has more on something or explains it.
    """
    before = text[max(0, mention.start() - 40) : mention.start()]
    if _DIRECTION.match(text, mention.end()) or _POINTS.search(before):
        return True
    if tells and _TELLS.match(text, mention.end()) and _OPENS.search(before):
        return True
    return weakly and bool(_IN_OR_AS.search(before))


def _is_missing_picture(block: Block, mention: re.Match[str], numbers: list[int], targets: Targets) -> bool:
    if caption_number(block) and mention.start() <= 4:
        return False  # it is the caption itself
    kind = shown_kind(mention["word"] or "")
    there = targets.captions(kind)
    if all(number in there or number <= targets.unnumbered(kind) for number in numbers):
        return False
    shows = bool(_SHOWS.match(block.text, mention.end()))
    return bool(there) or shows or _points_there(block.text, mention, weakly=True)


def _is_elsewhere(text: str, mention: re.Match[str]) -> bool:
    """Whether it is a place in another document."""
    before = _SENTENCE_END.split(text[max(0, mention.start() - 60) : mention.start()])[-1]
    around = f"{before}{text[mention.start() : mention.end() + 40]}"
    return bool(_ELSEWHERE.match(text, mention.end()) or _OTHER_WORK.search(around) or _WHOSE.search(before))
