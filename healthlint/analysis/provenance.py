"""Who wrote an article, who checked it, and when: from its fields, its bylines and its closing lines."""

from __future__ import annotations

import re

from healthlint.analysis import Analysis
from healthlint.analysis.identifiers import is_full_reference
from healthlint.analysis.once import once
from healthlint.analysis.wording import one_of
from healthlint.documents.document import Block, Document, Kind

_EDGE = 10  # blocks at the start and at the end in which a byline or an imprint stands
_ABOVE = 3  # blocks above the title that may belong to it
_SHORT = 30  # words of a line that may be one
_LINE = 12  # words of a name with what its bearer is, or a date
_NOBODY = re.compile(
    r"\W*(?:the\s)?(?:(?:wp|site|super)?[-_ ]?admin\w*|webmaster|editor|root|user\d*|staff|guest|anonymous|unknown"
    r"|author|name|none|n/?a|null|tb[acd]|to (?:come|follow|be \w+)|(?:\w+ )?name to (?:come|follow)|test|demo"
    r"|your name|default|\{\{.*)\W*",
    re.IGNORECASE,
)
_AUTHOR_FIELD = re.compile(
    r"(?:^|[ .:_-])(?:authors?|by|byline|creators?|writers?|written[ _-]?by|contributors?|authored[ _-]?by|columnist"
    r"|physician|pharmacist)(?:$|[ .:_-](?:\d+|name|display_?name|full_?name|title|first|last))"
)
_REVIEWER_FIELD = re.compile(
    r"review(?:er|ers|ed)?(?:[ ._-]?by)?(?:[ ._-]name)?$|medical[ ._-]?review|checked[ ._-]?by"
    r"|fact[ ._-]?check|approved[ ._-]?by|expert"
)
_DATE_FIELD = re.compile(r"date|publish|updat|modif|lastmod|review|issued|created|time|year|revis|version|checked")
_NAME = (
    r"(?:(?:Dr|Prof|Mr|Ms|Mrs|Nurse|Sister|Coach|St)\.?\s)?[A-Z][\w'’-]*\.?(?:\s(?:(?:de|van|von|der|la|el|bin"
    r"|al|ter|of|and|the|at|&)\s)?[A-Z][\w'’-]*\.?){0,6}"
)
_TEAMS = (
    "(?:team|staff|nurses|doctors|pharmacists|pharmacy|midwives|dietitians|physiotherapists|clinicians|editors"
    "|writers|librarians|volunteers|department|ward|clinic|service|group|board|committee|unit)"
)
_WROTE = re.compile(
    r"\b(?:"
    + one_of(
        r"""(?:[Ww]ritten | [Pp]repared | [Cc]ompiled | [Aa]nswered | [Aa]uthored | [Pp]roduced | [Dd]rafted |
            [Cc]reated | [Dd]eveloped | [Cc]ontributed | [Pp]ublished
        | [Pp]osted | [Rr]eported | [Tt]old | [Pp]ut together | [Bb]rought to you | [Ii]ssued | [Mm]aintained |
        [Ee]laborated | [Cc]omposed | [Ee]dited | [Rr]edacted | [Cc]ollated | [Dd]evised | [Aa]ssembled
        | [Gg]athered(?:\stogether)? | [Ss]igned | [Aa]dapted | WRITTEN | PREPARED | PUBLISHED
        | [Tt]ext | [Ww]ords | [Aa]rticle | [Ss]tory | [Gg]uide | [Ll]eaflet | [Cc]olumn |
        [Ii]nterview(?:ed)? | [Aa]nswers)\s(?:and\s\w+\s)?(?:by | BY)\s?:? | [Aa]uthors?\s?:
        | (?:[Ww]ritten | [Pp]repared | [Pp]ut together)\sfor\s.{1,60}\sby
        | [Ww]riter\s?: | (?:Text | Words | Story)\s?:
        | [Bb]yline\s?: | [Ff]rom\sthe\s(?:desk | notebook)\sof | (?:[Ww]ith | [Ff]rom |
        [Aa]sk)\s(?=(?:Dr | Nurse | Prof)\b) | [Ww]ord\sby\sword\swith"""
    )
    + rf")\s*(?:(?:[Tt]he|[Oo]ur|[Aa]n?|[Yy]our|[Aa]ll\sof\sus\sat)\s(?:[\w-]+,?\s){{0,5}}?)?"
    rf"(?P<name>{_NAME}|{_TEAMS}\b)",
)
_BY = re.compile(rf"(?:^|[|·•.;—–*]\s?|\d\s)\W{{0,3}}(?:[Bb]y|BY)\s:?\s?(?:the\s|The\s)?(?P<name>{_NAME})")
_LETTERS = (
    "MD|DO|RN|RPh|PharmD|PhD|MBBS|MBChB|BPharm|MPharm|MRPharmS|MRCP|MRCGP|FRCP|NP|PA|PA-C|FNP|PMHNP|DNP|CNM|RD"
    "|RDN|LD|CDCES|MPH|MSc|DDS|DMD|DPT|LCSW|PsyD|BSN|MSN|ND|LPN|RM|CNS|DPhil|ScD"
)
_PROFESSIONS = (
    "nurse|doctor|physician|pharmacist|dietitian|dietician|nutritionist|midwife|physiotherapist|therapist"
    "|psychologist|psychiatrist|dentist|surgeon|cardiologist|consultant|editor|writer|journalist|reporter|correspondent"
    "|columnist"
)
_ROLES = (
    f"{_PROFESSIONS}|health desk|specialist|practitioner|paramedic|coach|trainer|herbalist|member|founder|mother"
    "|father|patient"
)
_WITH = re.compile(
    rf"(?:^\W*|(?:,|—|–|:|\bchat|\bcolumn|\bquestions)\s)(?:[Ww]ith|WITH)\s{_NAME}"
    r"(?:, [A-Z][\w.]{1,8})?(?: \([a-z]+\))?\W*$"
)  # 'Pill Talk, with Ada Mensah'
_PRESS = re.compile(
    r"^\W*(?:(?:for )?(?:media|press|news|editorial|further|more)(?: \w+)? )?(?:contacts?|[ei]nquir(?:y|ies)"
    r"|questions about this (?:page|leaflet|article|release))\s?:",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    rf"\b(?:[Mm]y name is|I['’]m|I am|[Tt]his is)\s(?=(?:Dr|Nurse|Prof|Sister)\b|[A-Z][\w'’-]+\s[A-Z]){_NAME}"
    r"|^\W*(?:[A-Z][\w'’.-]*\s){2,4}(?:answers|writes|practi[sc]es|teaches|edits|blogs|lives) "
    rf"|\b[Tt]his is [A-Z]\w+,? (?:from|at|here|again|writing)\b"
    rf"|^\W*(?:[A-Z][\w'’.-]*\s){{2,4}}is an? (?:[\w'’-]+,? ){{0,5}}(?:{_PROFESSIONS})\b"
)
_ABOUT = re.compile(
    r"\W*(?:about|meet|more about) (?:the|our|your) (?:authors?|writers?|columnist)|authors?['’]?s? bio", re.IGNORECASE
)
_EDITED_BY = re.compile(
    r"\b(?:last )?(?:edited|updated|revised|changed)\b.{0,40}\bby (?:user:? )?[A-Z][\w.-]{2,30}", re.ASCII
)
_CREDENTIAL = re.compile(
    rf"^\W*{_NAME}(?:,\s|\s\(|\s[-–—|]\s)(?:(?:{_LETTERS})\b|[\w\s-]{{0,40}}\b(?:{_ROLES})\b)|^\W*(?:Dr|Prof|Nurse"
    rf"|Sister)\.?\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?\W*(?:$|[,|·])"
)
_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?"
)
_NO_NAME = (
    r"(?:In|On|By|Since|From|Until|Before|After|During|As|Last|Next|The|Date|Page|Version|Issue|Number|Vol|Updated?"
    r"|Published|Posted|Reviewed?|Revised|Issued|Printed|Checked|Edited|Created|Modified)\b"
)
_NAME_AND_DATE = re.compile(
    rf"^\W*(?!{_NO_NAME}){_NAME}(?:, [A-Z][^,.;]{{2,40}})?[,.|·–—\s]+"
    rf"(?:\d{{1,2}}\s)?(?:{_MONTH})\b.{{0,12}}\b(?:19|20)\d\d"
)
_FIRST_SENTENCE = re.compile(r"(?<=[a-z)]{2})\.\s(?=[A-Z])")
_GROUP = re.compile(
    r"\b(?:[Tt]eam|TEAM|[Cc]linic|CLINIC|[Hh]ospital|HOSPITAL|Surgery|SURGERY|Practice|PRACTICE|Pharmacy|PHARMACY"
    r"|Unit|UNIT|Society|SOCIETY|Association|ASSOCIATION|"
    r"Foundation|FOUNDATION|Department|DEPARTMENT|Trust|TRUST|Institutes?|INSTITUTE|Cent(?:er|re)s?|CENT(?:ER|RE)"
    r"|Charity|CHARITY|Services?|SERVICES?|Newsletter|NEWSLETTER|"
    r"Club|CLUB|Network|NETWORK|Alliance|Council|COUNCIL|University|UNIVERSITY|College|Library|Ministry|Agency"
    r"|UNIVERSITY|COLLEGE|LIBRARY|MINISTRY|AGENCY|[Pp]ress [Oo]ffice|PRESS OFFICE|[Nn]ewsroom|NEWSROOM"
    r"|Portal|PORTAL|Editors|[Ee]ditorial|Dermatology|DERMATOLOGY|NHS|Medicine|Dispensary|Health Desk)\b"
)
_SIGNED = re.compile(
    rf"^\W*(?!(?:Yes|No|Maybe|Never|Always|Sure|Sources?|Thanks|Note|Remember|To|In|Final|Summ\w+|Conclu\w+|Bottom|Key"
    rf"|More|Wrap\w*|Closing|Further|Related|Additional|Useful|Questions|Learn|Read|What|How|Why|When|Where)\b)"
    rf"(?:(?:(?:[Yy]ours|[Ll]ove|[Ww]armly|[Cc]heers|[Bb]est|[Rr]egards|[Tt]ake care|[Ss]incerely"
    rf"|[Kk]ind regards|[Ww]ith (?:love|thanks|best|warm|kind)|[Ss]tay well|[Uu]ntil next \w+)[^.]{{0,20}}[,.]?\s)?"
    rf"{_NAME}(?:\sx{{1,3}})?"
    rf"|[—–-]{{1,2}}\s?\w[\w.’' ]{{1,40}})(?:,\s[\w\s,-]{{1,50}})?\W*$"
)
_REVIEWED = re.compile(
    r"\b(?:(?:(?:medically|clinically|scientifically|expert"
    r"|peer)[- ])?review(?:ed)?(?: for \w+)?(?: and \w+)? (?:by\b|: ?[A-Z])|(?:fact[- ])?checked(?: for \w+"
    r"| over)?(?: again)? by|(?:approved|verified|vetted|validated|read over) by"
    r"|medical(?:ly)? (?:reviewer|review|editor|adviser|advisor|reviewed)\b|reviewer\s?:|clinical (?:reviewer"
    r"|review|editor|lead)|fact[- ]checker)",
    re.IGNORECASE,
)
_YEAR = r"\b(?:19|20)\d\d\b"
_DATE = re.compile(
    rf"\b(?:{_MONTH})\.?\s(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?{_YEAR}|{_YEAR}-\d\d(?:-\d\d)?\b"
    rf"|\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:(?:19|20)?\d\d)\b|\b(?:0?[1-9]|1[0-2])/20\d\d\b"
    rf"|\b(?:spring|summer|autumn|fall|winter|Q[1-4])\s{_YEAR}|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTH})\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\b(?:published|posted|updated?|reviewed?|revised|revision|modified|issued?|printed|written|version|edition"
    rf"|checked|created|added|edited|changed|correct|current|prepared|produced"
    rf"|last|next|valid|as of|up to date|number|date)\b[^.\n]{{0,60}}{_YEAR}",
    re.IGNORECASE,
)
_ISSUE = re.compile(rf"\b(?:issue|volume|vol|number|no)\b\.?\s?\d.{{0,40}}{_YEAR}", re.IGNORECASE)
_LONE_YEAR = re.compile(_YEAR)
_IDENTIFIER = re.compile(r"\b(?:doi|DOI)\b:?\s?\S+|\bdoi\.org/\S+|\b10\.\d+/\S+")  # '10.15/42' is no day of October
_LAST_YEAR = re.compile(rf"{_YEAR}\W{{0,3}}$")
_DATELINE = re.compile(
    rf"^.{{3,60}}?(?:{_MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:{_YEAR})?[^\w\n]{{0,3}}(?:--|[-–—:])\s"
)
_OF_COMMENTS = re.compile(r"posted\b|.{0,40}\b(?:says?|said|wrote)\s?:", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)


def has_author(analysis: Analysis) -> bool:
    """Whether a person, team or clinic answers for an article: by a field, a byline, an imprint or a signature."""
    document = analysis.document
    if any(_AUTHOR_FIELD.search(field.name) and not _NOBODY.fullmatch(field.value) for field in document.fields):
        return True
    first, last = edges(analysis)
    if any(_names_author(_text(block)) or (not block.of_page and _is_byline(_text(block))) for block in first):
        return True
    if any(_is_imprint(document, block) for block in first[:5]):
        return True
    last = [block for block in last if not block.of_page or not _OF_COMMENTS.match(block.text)]
    if any(_names_author(_text(block)) or _PRESS.match(block.text) for block in last):
        return True
    own = [block for block in last if not block.of_page]
    if any(block.kind is not Kind.ITEM and _is_byline(_text(block)) for block in own):
        return True
    closing = [block for block in own[-3:] if block.kind is Kind.PARAGRAPH or block is own[-1]]
    return any(len(block.text.split()) <= 8 and bool(_SIGNED.match(block.text)) and _closes(block) for block in closing)


def has_reviewer(analysis: Analysis) -> bool:
    """Whether somebody is named who checked an article."""
    fields = analysis.document.fields
    named = [field.value for field in fields if _REVIEWER_FIELD.search(field.name)]
    if any(re.search(r"[A-Za-z]{3}", value) and not _NOBODY.fullmatch(value) for value in named):
        return True
    first, last = edges(analysis)
    return any(_REVIEWED.search(block.text) for block in (*first, *last))


@once
def has_date(analysis: Analysis) -> bool:
    """Whether an article says when it was published, updated or reviewed. A year of copyright does not."""
    document = analysis.document
    if any(_DATE_FIELD.search(field.name) and re.search(r"(?:19|20)\d\d", field.value) for field in document.fields):
        return True
    first, last = edges(analysis)
    imprint = (block for block in document.blocks[: 2 * _EDGE] if block.kind is Kind.CELL)
    if any(_DATED.search(block.text) for block in imprint):
        return True
    return any(_is_dated(block, is_title=block is document.title) for block in (*first, *last))


def edges(analysis: Analysis) -> tuple[list[Block], list[Block]]:
    """The first blocks of an article, from just above its title, and the last ones, without references."""
    document = analysis.document
    blocks = [
        block
        for index, block in enumerate(document.blocks)
        if block.kind not in (Kind.CODE, Kind.TAG, Kind.CELL) and not analysis.is_reference(index)
    ]
    title = next((at for at, block in enumerate(blocks) if block is document.title), 0)
    start = max(0, title - _ABOVE)
    own = [block for block in blocks if not block.of_page]
    heads = [block for block in blocks[start:] if not block.of_page][: _EDGE + title - start]
    lines = [block for block in blocks[start : start + 3 * _EDGE] if block.of_page]
    return [*heads, *lines], [*own[-_EDGE:], *(block for block in blocks[-_EDGE:] if block.of_page)]


def _text(block: Block) -> str:
    return block.text if len(block.text.split()) <= _SHORT else " ".join(block.text.split()[:_SHORT])


def _names_author(text: str) -> bool:
    """Whether a line says who wrote an article."""
    if _EDITED_BY.search(text):
        return True
    for pattern in (_WROTE, _BY):
        for match in pattern.finditer(text):
            if not _NOBODY.fullmatch(match["name"].split()[0]) or len(match["name"].split()) > 2:
                return True
    return False


def _is_byline(text: str) -> bool:
    """Whether a line is no more than the name of a person, with what they are or a date."""
    if _REVIEWED.match(text):
        return False
    name = _FIRST_SENTENCE.split(text, maxsplit=1)[0]  # 'Ada Mensah, midwife. Published in May.'
    if len(name.split()) <= _LINE and (_CREDENTIAL.match(name) or _NAME_AND_DATE.match(name)):
        return len(text.split()) <= _SHORT
    return bool(_WITH.search(text) or _PRESS.match(text) or _INTRODUCED.search(text) or _ABOUT.match(text))


def _is_imprint(document: Document, block: Block) -> bool:
    """Whether a short line at the top names the clinic, team or charity that an article comes from."""
    is_line = block is not document.title and not block.of_page and len(block.text.split()) <= 14
    return is_line and bool(_GROUP.search(block.text)) and "?" not in block.text


def _closes(block: Block) -> bool:
    words = block.text.split()
    return (
        not block.text.endswith((":", "?"))
        and block.ordinal is None
        and len(words) > 1
        and not _NOBODY.fullmatch(words[-1])
    )


def _is_dated(block: Block, *, is_title: bool) -> bool:
    text = _IDENTIFIER.sub("", block.text)
    if _ISSUE.search(text) or is_title:  # '2024 update' in a title may be nobody's date
        return bool(_ISSUE.search(text))
    if _DATED.search(text) and not _COPYRIGHT.search(text):
        return True
    words = len(text.split())
    if (words <= _SHORT and _DATE.search(text)) or _DATELINE.match(text):
        return True
    cites = text != block.text or is_full_reference(text)
    if words > _LINE or block.kind is Kind.HEADING or cites or _COPYRIGHT.search(text):
        return False
    return bool(_LAST_YEAR.search(text) if text.endswith(".") else _LONE_YEAR.search(text))
