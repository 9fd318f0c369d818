"""Notes to self where a source should stand: '[citation needed]', '(GP: find ref!)', 'TODO: add study', '[REF]'."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from healthlint.analysis.wording import one_of
from healthlint.documents.document import Block, LinkKind

_NOUN = one_of(
    """citations? | cites? | sources? | ref(?:erence)?s? | study | studies | papers? | trials? | evidence | links?
    | url | doi | pmid | footnotes? | proof | attribution | fact[- ]?check(?:ed)? | stats? | statistics? | data
    | number | figures? | page number | guidelines? | quotes? | quotations?"""
)
_STARTED = one_of(
    """to-?do | fix-?me | tbc | tbd | tba | tk | xx+ | insert | add | find | needs? | missing | check | verify
    | confirm | provide | supply | put | look up | dig up | get | chase | cite | link | where(?:'s | is)
    | what(?:'s | is) | which | ask \\w+ (?:for | about)"""
)
_OPEN = one_of(
    """needed | missing | required | pending | to come | to follow | to add | added | added later | tk | tbc
    | tbd | tba | here | goes here | unknown | lost | xx+"""
)
_TASK = one_of(
    rf"""{_STARTED} | added | needed | needing | required | pending | give | looking up | dig out | link to | to
    come | to follow | to add | to (?:be )?(?:complete | finish | fill | verify | obtain
    | source | trace)(?:e?d)? | coming | goes? here | here | please | unknown | lost | what | \?"""
)
_BRACKETED = re.compile(r"[\[({<]{1,3}(?P<inside>[^\[\](){}<>\n]{1,80})[\])}>]{1,3}")
_ALONE_IN_SQUARE = re.compile(
    r"\s*"
    + one_of(
        r"""citations? | cite | sources? | refs? | references? | cit | link | study | link to study | url
        | x{2,6} | \?{1,5} | tk | cn | who\? | by whom\? | which\? | when\? | according to whom\? | clarification
        needed | dubious(?: .{1,20})? | unreliable.{0,20} | original research\?? | verification needed | not in
        citation given | better source needed | page needed | full citation needed"""
    )
    + r"\s*[.?!:]{0,3}\s*",
    re.IGNORECASE,
)
_ALONE_IN_ROUND = re.compile(r"\s*(?:refs?|citation|cite|cit|sources?|reference)\s*[.?!:]{0,3}\s*", re.IGNORECASE)
# What a translation left as it was: '[Quelle ergänzen]', '[añadir fuente]'.
_FOREIGN_NOUN = one_of(
    """quellen? | quellenangabe | beleg | nachweis | literatur | fuentes? | referencias? | cita | sources?
    | r[ée]f[ée]rences? | fonti? | fontes? | riferiment[oi] | citazione
    | bron(?:nen)? | verwijzing | źródło | źródła | kilde | källa | lähde | forrás"""
)
_FOREIGN_TASK = one_of(
    """erg[äa]nzen | einf[üu]gen | fehlt | fehlen | angeben | nachtragen | n[öo]tig | agregar | a[ñn]adir | insertar
    | falta | pendiente | ajouter | compl[ée]ter | ins[ée]rer | manquante? | n[ée]cessaire | inserire | aggiungere
    | mancante
    | inserir | adicionar | toevoegen | invoegen | ontbreekt | wstawić | dodać | uzupełnić | brak | tilføj | indsæt
    | infoga | saknas | lisää | puuttuu | hiányzik"""
)
_IN_OTHER_WORDS = re.compile(
    rf"\b{_FOREIGN_NOUN}\b.{{0,20}}\b{_FOREIGN_TASK}\b|\b{_FOREIGN_TASK}\b.{{0,20}}\b{_FOREIGN_NOUN}\b",
    re.IGNORECASE,
)
_TASK_WITH_NOUN = re.compile(
    rf"\b{_TASK}(?:\b|(?<=\?)).{{0,40}}\b{_NOUN}\b|\b{_NOUN}\b.{{0,30}}(?:\b{_TASK}\b|\?)"
    r"|^\s*(?:cite|ref|source)\b\s*:?\s*(?:that|the|this|me|\?|x+\b|to\b|tk\b|todo\b)",
    re.IGNORECASE,
)
_STARTS_AS_TASK = re.compile(
    r"^\W*(?:(?:[A-Z]{2,4}|note(?: to self)?|ed(?:itor)?|author|writer|query|me)\s*:\s*)?"
    rf"(?:(?:please|we|i|still)\s+)?{_STARTED}\b",
    re.IGNORECASE,
)
_ENDS_AS_TASK = re.compile(
    rf"^\W*(?:(?!which|what|whose)\w+\s){{0,3}}{_NOUN}\.?(?: (?:is|are|still|here|to be))?\s*(?:{_OPEN}|\?+)\W*$",
    re.IGNORECASE,
)
# As in 'ref to go here', 'study: ask Tom' and 'figures please'.
_NAMES_WHAT_LACKS = re.compile(
    rf"^\W*{_NOUN}\b\W{{0,3}}(?:(?:for|on|from|is|are|still|by) (?:\w+ ){{0,3}}|\w+ )?"
    + one_of(
        r"""to (?:go | come | add | follow | insert | find | check | confirm | supply | chase | complete | finish
        | fill in | verify | obtain | get | source | trace | look up) | to be (?:added | inserted | found | checked
        | confirmed | supplied | sent | filled in | verified | traced | completed(?! (?:in | by | at) ))
        | goes? here | coming | please | pending | ask | get | chase | will (?:add | send | follow)"""
    )
    + r"\b",
    re.IGNORECASE,
)
# As in 'Kay - which trial?', 'Sam: is there a source for this?' and 'JP to find ref'.
_ASKED_FOR = rf"(?:{_NOUN}|surveys?|reviews?|reports?|articles?|books?|meta-analys[ei]s|[Cc]ochrane)"
_ASKED = "(?:to|will|can you|pls|please) (?:find|check|confirm|supply|send|add|dig out|chase|get|provide)"
_TO_COLLEAGUE = re.compile(
    r"^\W*(?!(?:Note|Source|Ref)s?\b)(?:(?:TODO|TO DO|FIXME|TBC|TK)\W{1,3})?(?:Dr\.? )?"
    r"(?:[A-Z][a-z]+|[A-Z]{2,3})(?: [A-Z][\w.]*)?"
    rf"(?:\s?[:,–—-]\s.{{0,40}}\b{_ASKED_FOR}\b.{{0,30}}\?| {_ASKED}\b.{{0,30}}\b{_ASKED_FOR}\b"
    r"| to (?:find|dig out|track down|chase) .{3,40}$)"
)
# As in 'TODO find this one' and 'TK: dig out'.
_TO_FIND = re.compile(
    r"^\W*(?:TODO|TO DO|FIXME|TK|XX+|TBC)\b\W{0,3}(?:please )?"
    r"(?:find|chase|trace|source|cite|(?:look|dig|track)(?: (?:this|that|it|one))? (?:up|out|down))\b[^.;]{0,20}$"
)
_TERSE = re.compile(
    r"^\s*(?:[Rr]eference|[Cc]itation|[Ss]ource|[Ll]ink) (?:for (?:this|that|it) )?(?:is )?to (?:follow|come)\b"
    r"|!|\?\?|\b(?:refs?|cite|TODO|TK|XX+|TBC|TBD|FIXME)\b|^\s*[A-Z]{2,4}:"
    r"|^\s*(?:insert|add) (?:\w+ ){0,2}\w+(?: here)?\s*$"
)
_BARE = re.compile(
    r"\b"
    + one_of(
        rf"""(?:TO-?DO | FIX-?ME | TK | TBC | TBD | XXX)\b\s?[:–—-]?\s?(?:\w+\s){{0,4}}?{_NOUN}\b | (?:sources?
        | references? | citations? | refs?)\s?:\s?(?:TBA | TO-?DO | {_OPEN} | \?+ | to be added)(?!\w)
        | (?:citation | source | reference)s? (?:needed | missing | required here | to come | to follow | tk)\b
        | (?:cite | insert | add) (?:(?:a | the | your | some | source | study | reference)
        ){{0,2}}{_NOUN}?\s?here\b | needs (?:a )?(?:citation | source | reference | ref)\b"""
    ),
    re.IGNORECASE,
)
# Plain substrings, of which one stands in every note: far faster to look for than the patterns.
_IN_BRACKETS = tuple(
    """cit ref sour stud link url xx ? tk cn evidence proof stat data paper trial doi pmid needed dubious
    unreliable research verif fact number figure guideline quot cochrane
    dig track chase find
    quell beleg nachweis literatur fuente fonti fonte riferiment bron verwijz źród kilde källa lähde forrás""".split()
)
WITHOUT_BRACKETS = (
    *"todo to-do fixme fix-me tk tbc tbd tba xxx needed missing cite insert source: sources: reference: ref:".split(),
    *("required here", " to come", "to follow", "add ", "needs ", "to be added", "references:", "citation:"),
)


def markers(block: Block, words: Sequence[str] = WITHOUT_BRACKETS) -> Iterator[tuple[int, int]]:
    """Start and end of every such note in a block's text. Notes without brackets have one of `words` in them."""
    bracketed = [match.span() for match in _BRACKETED.finditer(block.text) if _is_note(block, match)]
    yield from bracketed
    lower = block.text.lower() if words else ""
    if any(word in lower for word in words):
        for match in _BARE.finditer(block.text):
            at = bisect_right(bracketed, match.start(), key=lambda span: span[0]) - 1  # the last that begins before it
            if at < 0 or bracketed[at][1] <= match.start():
                yield match.span()


def without_notes(text: str) -> str:
    """A text less its notes in brackets: '[add study]' is no study."""
    return _BRACKETED.sub(lambda match: " " if is_marker(match[0], match["inside"]) else match[0], text)


def _is_note(block: Block, match: re.Match[str]) -> bool:
    lower = match["inside"].lower()
    if not any(word in lower for word in _IN_BRACKETS) or not is_marker(match[0], match["inside"]):
        return False
    return not any(link.kind is not LinkKind.IMAGE and _overlaps(link.start, link.end, match) for link in block.links)


def _overlaps(start: int, end: int, match: re.Match[str]) -> bool:
    return start < match.end() and match.start() < max(end, start + 1)


def is_marker(written: str, inside: str) -> bool:
    """Whether a bracket holds a note to self and not a remark to the reader ('(see the sources below)')."""
    square = written[0] in "[{<"
    if (_ALONE_IN_SQUARE if square else _ALONE_IN_ROUND).fullmatch(inside) or _IN_OTHER_WORDS.search(inside):
        return True
    if _TO_COLLEAGUE.search(inside) or _TO_FIND.search(inside):
        return True
    if (square or _TERSE.search(inside)) and _NAMES_WHAT_LACKS.search(inside):
        return True
    if not _TASK_WITH_NOUN.search(inside):
        return False
    # In round brackets 'find the study' may be said to the reader; a note to self shouts, or names its writer.
    starts = _STARTS_AS_TASK.search(inside) and (square or _TERSE.search(inside))
    return bool(starts or _ENDS_AS_TASK.search(inside))
