"""Lines that the publishing system leaves in a text: tags, categories, comment forms, previous and next posts."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAGS = re.compile(
    r"\s*(?:(?:post(?:ed)?\s+)?tags?|tagged(?:\s+(?:with|as|in))?|keywords?|labels|topics)\s?:\s*(?=\S)", re.IGNORECASE
)
_PIECE = r"(?:posts?|articles?|pages?|story|stories|entry|entries|reads?)"
_NETWORK = r"(?:facebook|twitter|x|instagram|pinterest|linkedin|whatsapp|tiktok|youtube|social\ media|e-?mail|reddit)"
_FURNITURE = re.compile(
    rf"""\s*(?:
      categor(?:y|ies)\s?:.{{0,120}}
    | (?:filed|archived)\ (?:under|in)\b.{{0,120}} | posted\ (?:in|by|on|under)\b.{{0,120}}
    | (?:leave|post|add|submit)\ (?:a|your)\ (?:reply|comment)s?\b(?!\ (?:to|from|of)\b).{{0,40}}
    | write\ (?:a|your)\ (?:reply|comment)s?(?:\ below.{{0,20}})?\s?[.…:]?
    | post\ comment | cancel\ reply | reply\s?[↓→]?
    | your\ e-?mail\ address\ will\ not\ be\ (?:published|shared)\b.{{0,80}}
    | required\ fields\ are\ marked.{{0,20}}
    | (?:name|e-?mail|website|comment)\s?\*
    | save\ my\ name,?\ e-?mail.{{0,120}}
    | (?:previous|next|older|newer|prev)\ {_PIECE}\s*(?:[:»«→←>-].{{0,120}})?
    | [←‹]\s?\S.{{0,100}} | «[^»]{{1,100}} | .{{0,100}}\S\s?[→›] | [^«]{{1,100}}\S\s?»
    | (?:related|popular|recent|similar|recommended|trending|more)\ {_PIECE}\s*:?
    | you\ (?:may|might)\ also\ (?:like|enjoy|be\ interested\ in)
        (?:\ (?:these|our|more))?(?:\ {_PIECE})?\s*(?:[.…]|:.{{0,100}})?
    | (?:share|like|tweet|pin|e-?mail|print|save|bookmark)\ (?:this|it)(?:\ {_PIECE})?
        (?:\ (?:on|via|with|to|by)\ {_NETWORK}.{{0,40}}|\ with\ (?:your\ )?friends)?\s*[.:!]?
    | (?:share|like|tweet|pin)\ (?:this|the)\ {_PIECE}\b.{{0,60}}
    | (?:share|tweet|pin)\ (?:on|via|to)\ {_NETWORK}\b.{{0,60}}
    | follow\ (?:us|me)\ on\ {_NETWORK}\b.{{0,60}}
    | (?:share|print|listen)(?:\ this)?\s?:.{{0,60}}
    | click\ to\ (?:share|print|e-?mail|tweet)\ .{{0,80}} | like\ loading\W{{0,4}}
    | \d+\ (?:comments?|shares?|likes?|views?|repl(?:y|ies))
    | no\ comments(?:\ yet)?\.?
    | comments?\ (?:are\ )?(?:closed|off)\.?
    | (?:log|sign)\ in\ to\ (?:reply|comment|leave).{{0,40}}
    | notify\ me\ of\ (?:new|follow-?up).{{0,80}}
    | subscribe\ to\ (?:our|the|my)\ (?:\w+\ )?(?:newsletter|mailing\ list|blog|channel)\b.{{0,80}}
    | sign\ up\ (?:for|to)\ (?:our|the|my)\ (?:\w+\ )?(?:newsletter|mailing\ list)\b.{{0,80}}
    | (?:read\ more|see\ more|continue\ reading)\s*(?:…|\.\.\.|»|→|>)* | learn\ more\s*(?:…|\.\.\.|»|→|>)+
    | skip\ to\ (?:main\ )?content | toggle\ navigation | post\ navigation
    | (?:back|return)\ to\ top
    | advertisement | page\ \d+(?:\ of\ \d+)? | -\s?\d{{1,3}}\s?-
    | all\ rights\ reserved\.? | (?:©|copyright\s+(?:©|\(c\)|\d{{4}})).{{0,100}}
    | \(c\)\ (?:\d{{4}}\b.{{0,100}}|.{{0,80}}\brights\ reserved\.?)
    | (?:proudly\ )?powered\ by\ \S.{{0,40}}
    | (?:home|blog)(?:\s?[>»›]|\s/)\s?\S.{{0,100}}
    | this\ (?:entry|post|article)\ was\ (?:posted|filed|tagged)\ (?:in|on|by|under)\b.{{0,160}}
    | .{{0,100}}\|\s?\d+\ comments?
    | (?:click\ to\ )(?:print|e-?mail)\ this\ {_PIECE}
    | bookmark\ the\ permalink\.?
    | \d+\ min(?:ute)?s?\ read
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_SEPARATOR = re.compile(r"\s*[,;|•·]\s*")


def is_furniture(text: str) -> bool:
    """Whether a line is the publishing system's, not the article's."""
    if len(text) > 300:
        return False
    return bool(_TAGS.match(text) and not text.rstrip().endswith(".")) or bool(_FURNITURE.fullmatch(text))


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
