"""Lines that the publishing system leaves in a text: tags, categories, comment forms, previous and next posts.

`is_furniture` tells them by their words; `surroundings` also tells the lines that belong to them by their place: the
site's name over its menu, titles under 'Related', what readers said, the sender's address under 'Unsubscribe'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count, takewhile
from typing import NamedTuple

_TAGS = re.compile(
    r"\s*(?:(?:post(?:ed)?\s+)?tags?|tagged(?:\s+(?:with|as|in))?|keywords?|labels|topics)\s?:\s*(?=\S)", re.IGNORECASE
)
_PIECE = r"(?:posts?|articles?|pages?|story|stories|entry|entries|reads?)"
_NETWORK = r"(?:facebook|twitter|x|instagram|pinterest|linkedin|whatsapp|tiktok|youtube|social\ media|e-?mail|reddit)"
_BUTTON = (
    r"(?:reply|quote|report(?:\ post)?|like|share|edit|permalink|flag|upvote|thank|follow|bookmark|print|save|tweet)"
)
_BUTTONS = rf"{_BUTTON}(?:\s?[|·•]\s?{_BUTTON}){{1,8}}"
_FURNITURE = re.compile(
    rf"""\s*+(?:
      categor(?:y|ies)\s?:.{{0,120}}
    | (?:filed|archived)\ (?:under|in)\b.{{0,120}} | posted\ (?:in|by|on|under)\b.{{0,120}}
    | (?:leave|post|add|submit)\ (?:a|your)\ (?:reply|comment)s?\b(?!\ (?:to|from|of)\b).{{0,40}}
    | write\ (?:a|your)\ (?:reply|comment)s?(?:\ below.{{0,20}})?\s?[.…:]?
    | post\ comment | cancel\ reply | reply\s?[↓→]?
    | your\ e-?mail\ address\ will\ not\ be\ (?:published|shared)\b.{{0,80}}
    | required\ fields\ are\ marked.{{0,20}}
    | (?:name|e-?mail|website|comment)\s?\*
    | save\ my\ name,?\ e-?mail.{{0,120}}
    | (?:previous|next|older|newer|prev)\ {_PIECE}\s*(?:[:»«→←>|-].{{0,120}})?
    | [←‹]\s?\S.{{0,100}} | «[^»]{{1,100}} | .{{0,100}}\S\s?[→›] | [^«]{{1,100}}\S\s?»
    | (?:(?:related|popular|recent|latest|similar|recommended|trending|more)\ {_PIECE}|most\ (?:read|popular))\s*:?
    | more\ on\ this\ (?:story|topic|subject)\s*:? | more\ from\ (?:our|the|this)\ (?:blog|site|archives?)\s*:?
    | you\ (?:may|might)\ also\ (?:like|enjoy|be\ interested\ in)
        (?:\ (?:these|our|more))?(?:\ {_PIECE})?\s*(?:[.…]|:.{{0,100}})?
    | (?:share|like|tweet|pin|e-?mail|print|save|bookmark)\ (?:this|it)(?:\ {_PIECE})?
        (?:\ (?:on|via|with|to|by)\ {_NETWORK}.{{0,40}}|\ with\ (?:your\ )?friends)?\s*[.:!]?
    | (?:share|like|tweet|pin)\ (?:this|the)\ {_PIECE}\b.{{0,60}}
    | (?:share|tweet|pin)\ (?:on|via|to)\ {_NETWORK}\b.{{0,60}}
    | follow\ (?:us|me)\ on\ {_NETWORK}\b.{{0,60}}
    | (?:share|print|listen)(?:\ this)?\s?:.{{0,60}} | click\ to\ (?:share|tweet|pin|print|e-?mail)\b.{{0,80}}
    | copy\ (?:the\ )?link | like\ loading.{{0,6}} | like\ this\s?:?
    | \d+\ (?:comments?|shares?|likes?|views?|repl(?:y|ies))\s?:?
    | (?:\d+|one|two|three)\ (?:thoughts?|comments?|responses?|repl(?:y|ies))\ (?:on|to)\ .{{0,150}}
    | no\ comments(?:\ yet)?\.?
    | comments?\ (?:are\ )?(?:closed|off)\.?
    | (?:log|sign)\ in\ to\ (?:reply|comment|leave).{{0,40}}
    | notify\ me\ of\ (?:new|follow-?up).{{0,80}}
    | subscribe\ to\ (?:our|the|my)\ (?:\w+\ )?(?:newsletter|mailing\ list|blog|channel)\b.{{0,80}}
    | sign\ up\ (?:for|to)\ (?:our|the|my)\ (?:\w+\ )?(?:newsletter|mailing\ list)\b.{{0,80}}
    | you(?:\ are|['’]re)?\ (?:receiving|getting|get|received?)\ this\ (?:e-?mail|newsletter)\b.{{0,160}}
    | unsubscribe(?:\ (?:here|from\ this\ list|at\ any\ time))?\s?(?::.{{0,120}}|\.)?
    | (?:update|manage|change)\ your\ (?:e-?mail\ |subscription\ )?preferences(?:\s?:.{{0,120}}|\ here|\.)?
    | (?:view|read)\ (?:this|it)\b(?:\ (?:e-?mail|message|newsletter))?\ (?:in\ your\ browser|online)\b.{{0,60}}
    | (?:if|is)\ this\ (?:e-?mail|message|newsletter)\b.{{0,20}}\ (?:display|show|look)
        .{{0,20}}\b(?:browser|online|here)\b.{{0,60}}
    | (?:from|to|cc|reply-to)\s?:\ .{{0,80}}\w@\w.{{0,80}}
    | (?:(?:this|our)\ (?:web)?site|by\ (?:using|continuing)\b.{{0,40}})\ .{{0,40}}\bcookies\b.{{0,200}}
    | we\ (?:and\ our\ partners\ )?use\ (?:\w+\ )?cookies\b.{{0,200}}
    | (?:accept|reject|allow)\ (?:all|cookies|all\ cookies) | (?:manage|cookie)\ (?:choices|settings|preferences)
    | .{{0,80}}\bpage\ \d+\ of\ \d+(?:\s?[.|•·-](?:\s.{{0,40}})?)?
    | (?:read\ more|see\ more|continue\ reading)\s*(?:…|\.\.\.|»|→|>)* | learn\ more\s*(?:…|\.\.\.|»|→|>)+
    | skip\ to\ (?:main\ )?content | toggle\ navigation | post\ navigation
    | (?:back|return)\ to\ top
    | advertisement | page\ \d+ | -\s?\d{{1,3}}\s?-
    | tagged\ (?:(?:with|as|in|under)\ )?[\w'’ -]{{2,40}}(?:,\ ?[\w'’ -]{{2,40}}){{1,20}}
    | (?:\#[^\W\d][\w/-]*\s*){{1,20}}
    | all\ rights\ reserved\.? | (?:©|copyright\s+(?:©|\(c\)|\d{{4}})).{{0,100}}
    | \(c\)\ (?:\d{{4}}\b.{{0,100}}|.{{0,80}}\brights\ reserved\.?)
    | (?:proudly\ )?powered\ by\ \S.{{0,40}}
    | (?:home|blog)(?:\s?[>»›]|\s/)\s?\S.{{0,100}}
    | this\ (?:entry|post|article)\ was\ (?:posted|filed|tagged)\ (?:in|on|by|under)\b.{{0,160}}
    | .{{0,100}}\|\s?\d+\ comments?
    | (?:click\ to\ )(?:print|e-?mail)\ this\ {_PIECE}
    | {_BUTTONS}
    | [-–—]{{0,3}}\s?ends\s?[-–—]{{0,3}} | bookmark\ the\ permalink\.?
    | \d+\ min(?:ute)?s?\ read
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_ROW_OF_BUTTONS = re.compile(_BUTTONS, re.IGNORECASE | re.VERBOSE)
_SEPARATOR = re.compile(r"\s*[,;|•·]\s*")


@lru_cache(maxsize=2048)  # lines come again as one types
def is_furniture(text: str) -> bool:
    """Whether a line is the publishing system's, not the article's."""
    if len(text) > 300:
        return False
    return bool(_TAGS.match(text) and not text.rstrip().endswith(".")) or bool(_FURNITURE.fullmatch(text))


def is_row_of_buttons(text: str) -> bool:
    """Whether a line is what remains of buttons: 'Reply | Quote | Report post'."""
    return len(text) < 120 and bool(_ROW_OF_BUTTONS.fullmatch(text))


def tag_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every tag of a line 'Tags: one, two'; nothing for any other line."""
    match = _TAGS.match(text)
    if not match:
        return
    start = match.end()
    for separator in _SEPARATOR.finditer(text, start):
        if separator.start() > start:
            yield start, separator.start()
        start = separator.end()
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


class Row(NamedTuple):
    """A line or block as `surroundings` sees it."""

    text: str
    apart: bool  # a blank line, or what comes to the same, stands above it
    fixed: bool = False  # whatever stands around it, it is the article's
    telling: bool = True  # its words alone can tell that it is not


_ITS_OWN = re.compile(  # what an article says at its end, among or under the system's lines
    r"\b(?:disclaimer|references?|sources?|bibliography|reading|medical advice|information(?:al)? (?:only|purposes)"
    r"|substitute for|review(?:ed|er)|written by|author|emergency|helpline)\b|://|\bdoi\b",
    re.IGNORECASE,
)
_HEADER = re.compile(r"(?:from|to|cc|reply-to|sent|date|subject)\s?:\s\S", re.IGNORECASE)
_MENU_SEPARATOR = re.compile(r"\s*[|·•»›/]\s*|\s{3,}|\t")
_MENU_ENTRY = re.compile(
    r"home(?:page)?|about(?: \w+)?|contact(?: us)?|menu|search|log ?in|sign ?(?:in|up)|shop|blog|subscribe|faqs?|news",
    re.IGNORECASE,
)
_RELATED = re.compile(
    rf"(?:related(?: {_PIECE}| reading| content)?|(?:popular|recent|latest|similar|recommended|trending|more) {_PIECE}"
    r"|most (?:read|popular)|more on this (?:story|topic|subject)|more from .{2,30}|(?:read|up) next"
    r"|(?:you|readers) (?:may|might) also (?:like|enjoy|be interested in))\s?:?",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:\d+|one|two|three) (?:thoughts?|comments?|responses?|repl(?:y|ies))\b.{0,150}|(?:readers?['’]? )?comments?"
    r"(?: ?\(\d+\))?:?",
    re.IGNORECASE,
)
_COMMENTED = re.compile(
    r".{2,40}\s(?:says|said|writes|wrote|replied)\s?(?::|\.\.\.|…)"
    r"|.{0,60}\d{4},?\s(?:at\s)?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?.{0,20}|reply|.{0,30}\b(?:hours?|days?|weeks?) ago",
    re.IGNORECASE,
)
_HINT = re.compile(r"omment|houghts? on|espons|epl|elated|opular|ecent|atest|imilar|mended|rending|ost |ore |ext|also")
_READ_MORE = re.compile(r"read more:?", re.IGNORECASE)  # a button; over several lines, a heading
_TOP, _SHORT, _TITLE = 6, 120, 90  # rows, characters, characters


def surroundings(rows: Sequence[Row]) -> frozenset[int]:
    """Indexes of the rows that are the publishing system's, by their words or by what they stand among."""
    found = {at for at, row in enumerate(rows) if row.telling and not row.fixed and is_furniture(row.text)}
    found -= {at for at in found if _READ_MORE.fullmatch(rows[at].text) and found.isdisjoint((at + 1, at + 2))}
    found |= set(_masthead(rows))
    for at, row in enumerate(rows):
        if row.fixed or len(row.text) > _TITLE * 2 or not _HINT.search(row.text):
            continue
        if _COMMENTS.fullmatch(row.text):
            found |= set(_commented(rows, at, found))
        elif _RELATED.fullmatch(row.text):
            found |= set(_listed(rows, at, found))
    return frozenset(found | set(_adjoining(rows, found)))


def _masthead(rows: Sequence[Row]) -> Iterator[int]:
    """The header of an e-mail; the site's name, with whatever stands over its menu, and the menu."""
    if rows and _HEADER.match(rows[0].text) and "@" in rows[0].text:
        yield from takewhile(lambda at: at == 0 or (at < len(rows) and _is_header(rows[at])), count())
    menu = next((at for at, row in enumerate(rows[:_TOP]) if _is_menu(row.text)), None)
    if menu is None or menu + 1 >= len(rows) or _is_closed(rows[menu + 1].text):
        return
    if all(not _is_closed(row.text) and not row.fixed for row in rows[:menu]):
        yield from range(menu + 1)


def _is_header(row: Row) -> bool:
    return not row.apart and bool(_HEADER.match(row.text))


def _is_menu(text: str) -> bool:
    if len(text) > _SHORT:
        return False
    entries = [entry for entry in _MENU_SEPARATOR.split(text) if entry]
    return len(entries) > 2 and any(map(_MENU_ENTRY.fullmatch, entries)) and max(map(len, entries)) <= 25


def _is_closed(text: str) -> bool:
    """Whether a row is a sentence, or too long for a title."""
    return len(text) > _SHORT or text.rstrip("\"'”’)").endswith((".", ":", ";", ","))


def _commented(rows: Sequence[Row], start: int, found: set[int]) -> Iterator[int]:
    """What readers said: from the line that counts it to the last line that names one of them or is the system's."""
    rest = range(start + 1, len(rows))
    end = next((at for at in rest if rows[at].fixed or _ITS_OWN.search(rows[at].text)), len(rows))
    marks = [at for at in range(start + 1, end) if at in found or _COMMENTED.fullmatch(rows[at].text)]
    named = [at for at in marks if at not in found]
    if not named or named[0] > start + 3:
        return
    last = marks[-1]
    yield from range(start, last + 1)
    if last == named[-1]:
        yield from takewhile(lambda at: at < end and (at == last + 1 or not rows[at].apart), count(last + 1))


def _listed(rows: Sequence[Row], start: int, found: set[int]) -> Iterator[int]:
    """'Related' and the titles under it."""
    end = start + 1
    while end < len(rows) and end not in found and not rows[end].apart and _is_title(rows[end]):
        end += 1
    if end > start + 1:
        yield from range(start, end)


def _is_title(row: Row) -> bool:
    return not (row.fixed or len(row.text) > _TITLE or row.text.endswith((".", ":")) or _ITS_OWN.search(row.text))


def _adjoining(rows: Sequence[Row], found: set[int]) -> Iterator[int]:
    """Short lines right under the system's at the end of a text, where nothing of the article follows."""
    end = len(rows)
    while end and (end - 1 in found or not _is_text(rows[end - 1])):
        end -= 1
    under = False
    for at in range(end, len(rows)):
        under = at in found or (under and not rows[at].apart and not _ITS_OWN.search(rows[at].text))
        if under:
            yield at


def _is_text(row: Row) -> bool:
    return row.fixed or len(row.text) > _SHORT or row.text.endswith((".", "!", "?"))
