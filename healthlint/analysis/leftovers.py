"""What was never meant for readers: answers of a chatbot, gaps of a template, placeholder text, garbled characters."""

from __future__ import annotations

import re
from typing import NamedTuple

from healthlint.analysis.wording import one_of, whole


class Leftover(NamedTuple):
    """A kind of leftover: how it reads, and how much of the text around it goes with it."""

    pattern: re.Pattern[str]
    sentence: bool = False  # all of the sentence is marked
    personal: bool = False  # a human writer may say it, too: it counts only in an article without an 'I'
    address: bool = False  # looked for in the targets of links, too
    quoted: bool = False  # counts in quotation marks, too


def _text(wordings: str) -> re.Pattern[str]:
    return re.compile(one_of(wordings), re.IGNORECASE)


_WRITING = (
    "(?:articles? | (?:blog )?posts? | drafts? | versions? | rewrit(?:e | ten)\\w* | revisions? | outlines? "
    "| summary | guides? "
    "| overviews? | texts? | sections? | paragraphs? | content | copy | introductions? | conclusions? "
    "| explanations? | answers? | breakdown)"
)
_EAGER = (
    "(?:certainly | sure(?: thing)? | of course | absolutely | definitely | great(?: question)? | happy to help "
    "| no problem | got it | understood)"
)
_HERE = (
    "(?:here(?:['’]s | \\sis | \\sare | \\syou go) | below (?:is | are | you) | i(?:['’]ve | \\shave | ['’]ll "
    "| \\swill | ['’]d | \\swould) | let me | let['’]s)"
)
_MADE = (
    "(?:seo | rewritten | reworked | expanded | polished | humani[sz]ed | plagiarism | keyword "
    "| \\d[\\d,]*[- ]words? | well-structured "
    "| more concise | refined | reworded | paraphrased)"
)
CHAT = (
    Leftover(
        _text(
            rf"""(?:^ | (?<=[.!?]\s)){_EAGER}[!,.:]+\s{_HERE}\b.{{0,120}}\b(?:{_WRITING} | tone | seo | \d+[- ]words?)\b
            | ^(?:{_EAGER}[!,.]+\s)?(?:here(?:['’]s | \sis | \sare) | below (?:is |
            are))\b.{{0,60}}\b{_MADE}\b.{{0,80}}\b{_WRITING}\b
            | ^{_HERE}\s(?:the | your)\s(?:\w+[\s-]){{0,4}}{_WRITING}\b.{{0,40}}\b(?:you (?:requested | asked for |
            wanted) | as requested)\b
            | ^(?:{_EAGER}[!,.]+\s)?{_HERE}\b.{{0,60}}\b(?:version | rewrite | revision | draft | rewording |
            wording)s?\s(?:of | for)\s(?:the | your | this | that)\b.{{0,60}}\b{_WRITING}\b
            | ^(?:{_EAGER}[!,.]+\s)?{_HERE}\b.{{0,80}}\b{_WRITING}\b.{{0,80}}\byour (?:article | blog | (?:blog )?post |
            draft | manuscript)\b
            | ^(?:this | the) (?:revised | rewritten | reworked | expanded | polished | shortened) (?:version | draft |
            text | section | paragraph)\s(?!of\b).{{0,60}}\b(?:flows? | keeps? | maintains? | preserves? | reads?)\b"""
        ),
        sentence=True,
    ),
    Leftover(
        _text(
            r"""\bas an? (?:ai | artificial intelligence | large language | language)(?:[ -]\w+){0,3} (?:model |
            assistant | chatbot)\b
            | \bas an ai,\s | \bi['’]?\s?a?m (?:just\s|only\s|merely )?an? (?:ai | artificial intelligence | large
            language | language model)\b
            | \bmy (?:last\s|latest\s|most recent\s|current )?(?:knowledge | training)(?: data)?(?: (?:update |
            cut-?\s?off))\b
            | \b(?:as of | up to | until | since) my (?:(?:last | latest | most recent) (?:knowledge |
            training)(?:\supdate)? | (?:current )?(?:knowledge\b(?!\sof) | training data))
            | \bknowledge cut-?\s?off(?: date)?\b | \bi (?:do not | don['’]t) have (?:access to )?real-time\b
            | \bi (?:cannot | can['’]t | am unable to | am not able to) (?:browse the | access the internet |
            fulfil | comply with | complete (?:this | that | your) request | assist with (?:this | that))
            | \bi['’]?\s?a?m sorry,? but (?:i | as an)\b.{0,30}\b(?:cannot | can['’]t |
            unable)\b.{0,40}\b(?:request | provide | assist | generate | fulfil)
            | \bi (?:cannot | can['’]t) (?:provide | give | offer)(?: \w+){0,2} (?:medical | health) advice,? but
            (?:i can | here | i['’]d)
            | \bwould you like me to\b | \b(?:do you )?want me to (?:expand | add | write | adjust | include | turn
            | make | create | rewrite | also)\b
            | \blet me know if you(?:['’]d | \swould)? (?:like | want | need | prefer)\b.{0,20}\b(?:me to | adjust
            | changes | edits | revisions | tweaks | more sections | further (?:edits | changes | revisions |
            adjustments) | (?:an?other | different | longer | shorter) (?:version | tone))
            | \bif you(?:['’]d | \swould)? (?:like | want | prefer),? i can (?:also\s|even )?(?:add | write |
            expand | make | tailor | adapt | turn | create | include | shorten | rewrite | provide | generate | draft)\b
            | \bi can (?:also )?(?:expand | shorten | rewrite | tailor | adjust | optimi[sz]e) (?:this | it | the
            (?:article | text | post | section))\b
            | \bfeel free to (?:adjust | modify | edit | customi[sz]e | tweak | personali[sz]e) (?:this | it | the
            (?:article | text | post | content | draft | tone))\b
            | \bthis (?:article | response | text | content | answer) (?:was | is | has been) (?:written |
            generated | created) (?:by | with) (?:chatgpt | gpt | an ai (?:language )?model)\b
            | \b(?:my | the) (?:previous | last | earlier) (?:response | reply | message)\b
            | \bhere(?:['’]s | \sis) (?:my | the) (?:revised | updated | corrected) response\b
            | \bhere(?:['’]s | \sis) (?:my | the) (?:translated (?:text | version | article)
            | translation of (?:the | your) (?:text | article))\b
            | ^(?:please )?translate (?:this | the (?:following | above)) (?:text | article)\b
            | ^(?:chatgpt | gpt-?\d?\w* | assistant | claude | gemini | copilot | bard)(?: said)?\s?: | ^you said:
            | ^regenerate response$
            | ^\W{0,3}(?:approx(?:imate)?\s)?word count\s?[:=]\s?~?\s?\d[\d,]{1,6}
            | ^(?:please )?(?:write | generate | create | compose | rewrite) (?:me )?(?:an? | the |
            this)\b.{0,60}\b(?:article | blog post | post)\b.{0,100}\b(?:\d+ words | seo | keywords? | tone |
            human)\b"""
        ),
        sentence=True,
    ),
    Leftover(
        _text(
            r"""^i(?:['’]ve | \shave) (?:also )?(?:rewritten | reworded | reworked | expanded | shortened | polished
            | trimmed |
            restructured | tightened | kept)\b.{0,80}\b(?:tone | section | article | draft | text | wording |
            paragraph |
            headings? | keywords? | structure)\b
            | \bi hope (?:this | that | it | the (?:article | information | answer | explanation | above))(?:
            \w+){0,3} (?:helps? | helpful | meets your | useful | what you (?:need | are looking))\b
            | \blet me know if you (?:have (?:any )?(?:more\s|other\s|further )?questions | need (?:any(?:thing)?
            )?(?:more | else | further | clarification))"""
        ),
        sentence=True,
        personal=True,
    ),
    Leftover(
        re.compile(
            r"(?:[\ue200-\ue206]?cite)?[\ue200-\ue206]?\bturn\d{1,3}(?:search|view|news|image|fetch|file|academia"
            r"|product|reddit|forecast|"
            r"finance|sports|maps?|click)\d{1,3}\b[\ue200-\ue206]?"
            r"|:?contentReference(?:\[oaicite:\d{0,4}\]\{[^}\n]{0,40}\})?|\[?oaicite:?\d{0,4}\]?|【[^】\n]{1,80}】"
            r"|\[cite(?:_start|: ?[\d, ]{1,30})\]"
            r"|\bgrok_(?:card|render)\w*|\battributableIndex\b|\bciteturn\w{1,20}|utm_source=(?:chatgpt\.com|openai"
            r"|copilot\.com|perplexity(?:\.ai)?|claude\.ai)",
            re.IGNORECASE,
        ),
        address=True,
        quoted=True,
    ),
)

_UNIT = whole(
    "mg | mcg | ml | g | kg | percent | tablets? | capsules? | days? | weeks? | hours? | years? | patients "
    "| people | times | studies"
)
_THING = (
    "(?:drug | medication | medicine | brand | product | company | clinic | doctor | author | patient | pharmacy "
    "| condition | city | phone "
    "| hospital | practice | website | disease | treatment | supplement | herb | generic | first | last | full "
    "| business | organi[sz]ation | client)"
)
VARIABLE = re.compile(r"\{\{\{?[^{}\n]{1,200}\}\}\}?")
TEMPLATE = (
    Leftover(
        re.compile(
            r"<%=?[^%\n]{1,100}%>|\$\{\w[\w.]{0,40}\}|\{[a-z]{1,30}(?:_[a-z]{1,30}){1,5}\}|\{[A-Z][A-Z_ ]{2,40}\}"
            r"|%%\w{2,40}%%|(?<![\w%])%[A-Z][A-Z_]{2,40}%(?!\w)|(?<![\w%])%(?:s|d|\d\$[sd]|\(\w{1,40}\)[sd])(?![\w%])"
            r"|<<[A-Za-z][\w ]{1,40}>>|\*\|[A-Z_:]{2,40}\|\*",
        ),
        quoted=True,
    ),
    Leftover(
        _text(
            rf"""\[(?:insert | paste | embed | upload | attach | your | enter | fill in | type | replace with | add
            your | add (?:text | name | title
            | image | photo)
            | name of | describe)\b[^\[\]\n]{{0,80}}\] | \[{_THING}(?:['’]s)?[ _-](?:names? | here | numbers? |
            title | address | description | type)\]
            | \[(?:[a-z'’]+[\s_-]){{1,3}}(?:names? | dates? | bylines? | bio | biography | headshot | credentials |
            e-?mail |
            signature | postcode | logo | job\stitle | url)(?:\shere)?\]
            | \[(?:name | date | xx? | title | n/a | blank | drug | medication | brand | phone(?: number)? | company)\]
            | <(?:insert | your | enter)\s[^<>\n]{{1,60}}> | \((?:insert | enter)\s[^()\n]{{1,60}}\shere\)"""
        )
    ),
    Leftover(
        re.compile(
            r"^(?:(?:short|brief|long|full|detailed) description of \S.{0,60}|(?:[Hh][1-6]|Heading [1-6]"
            r"|Sub-?heading(?: \d)?|Paragraph \d{1,2}"
            r"|Body (?:text|copy)|CTA|Call to action|Meta title|Title tag|Hook)\s?:.{0,200})$",
            re.IGNORECASE,
        )
    ),
    Leftover(
        re.compile(
            r"(?<!\w)(?:[Xx]{2} ?[/.-] ?[Xx]{2} ?[/.-] ?(?:[Xx]{2,4}|(?:19|20)\d\d)"
            r"|_{2,9} ?/ ?_{2,9} ?/ ?_{2,9}|00/00/0{2,4}|(?:XX?|DD) M(?:ONTH|onth) (?:YYYY|20XX|XXXX)|20XX)(?!\w)"
            r"|(?<=: )(?:[Dd]{2}|[Mm]{2})[/. -](?:[Mm]{2,3}|[Dd]{2})[/. -][Yy]{2,4}\b"
        )
    ),
    Leftover(
        re.compile(
            r"\[(?:YEAR|MONTH|DAY|CITY|TOWN|STATE|COUNTRY|REGION|NUMBER|AMOUNT|PRICE|AGE|DOSE|STRENGTH|CONDITION|SYMPTOMS?"
            r"|HOSPITAL|CLINIC|PRACTICE|PHARMACY|SURGERY|SPOKESPERSON|EXPERT|ADDRESS|EMAIL|URL|WEBSITE|MANUFACTURER)\]"
            r"|\[{1,2}[^\[\]\n]{0,40}\b(?:un|not )translated\b[^\[\]\n]{0,40}\]{1,2}",
        )
    ),
    Leftover(re.compile(rf"(?<![\w-])(?:X{{2,4}}|_{{3,30}}|\?{{2,5}}) ?(?:%|{_UNIT})")),
)

_PART = (
    "(?:title | sub-?title | heading | headline | sub-?heading | text | description | caption "
    "| quote | content | paragraph)"
)
_BLOCK = (
    "BLOCK|WIDGET|EMBED|ICON|BANNER|BUTTON|MODULE|SLOT|IMAGE|PHOTO|PICTURE|VIDEO|GRAPHIC|INFOGRAPHIC|CHART"
    "|PULL QUOTE|PULLQUOTE"
    "|FORM|CTA|FAQS?|AD|COPY|TABLE|MAP|LOGO|CAROUSEL|SLIDER|SIDEBAR|ACCORDION|POP-?UP|CALLOUT|SIGN-?UP|DISCLAIMER|BIO|PROMO"
)
# how a text begins that the builder of a page shows until its user writes another
_BUILDER = rf"""
    (?:add | enter | write | type | insert)\s(?:an?\s | your\s | the\s | some\s)?(?:own\s)?{_PART}(?:\stext)?\shere\W*
    (?:$ | (?:double-?\s?)?click\b | edit\b | tap\b | drag\b | lorem\b)
    | (?:your\s)?{_PART}(?:\stext)?\s(?:goes\s)?here\W*$
    | add\s(?:an?\s | your\s)?(?:sub-?)?(?:title | heading | headline)(?:\stext)?\W*$
    | (?:sample | dummy | example | default | demo)\s(?:page | {_PART})\W*$
    | (?:text\sblock | button\stext | (?:section | block)\stitle | untitled(?:\s(?:section | block | page))?)\W*$
    | use\sthis\s(?:space | area | block | section | paragraph)\sto\s(?:tell | describe | share | introduce)\s(?:
    people | visitors | readers | customers | patients | your | yourself | about)\b.{{0,200}}
    | (?:double-?\s?)?(?:click | tap)\s(?:here\s)?to\s(?:edit | add\stext | start\swriting)\W*$
    | describe\syour\simage\W*$ | it\sall\sbegins\swith\san\sidea\.$"""
PLACEHOLDER = (
    Leftover(
        _text(
            r"\blorem ipsum\b | \bdolor sit amet\b | \bconsectetur adipisc\w+\b "
            r"| \bsed do eiusmod\b"
        ),
        sentence=True,
    ),
    Leftover(
        re.compile(
            r"\[TK[^\]\n]{0,60}\]|\bTK(?:TK)+\b|\bTKCT\b|^TK\W*$|\bTK (?=percent|patients|people|mg|words|studies"
            r"|quote)"
            r"|\b(?:TODO|FIXME|TO DO)\b(?=\s?[:\-–—(!])[^.\n]{0,120}|\[(?:TODO|FIXME|TBD|TBC|TBA"
            r"|XX+)[^\]\n]{0,80}\]|^\W*(?:TODO|FIXME|TBD|XXX+)\W*$"
            r"|:\s(?:TBD|TBC|TBA)$"
        )
    ),
    Leftover(
        _text(
            r"""^\W{0,3}placeholder\b(?: (?:text | image | paragraph | heading | copy | content | for) .{0,80} |
            \W*$ | \s?[:–—-] .{0,80})
            | \bplaceholder (?:text | paragraph | heading | copy | content)\b
            | \b(?:text | content | copy | paragraph | intro(?:duction)? | quote | image | chart | graphic | photo
            | table | conclusion) (?:goes | to go | will go | should go) here\b
            | [\[(](?:text | content | section | image | photo | table | paragraph | rest) (?:to be
            (?:added | written | supplied | completed) | to come | to follow)[^\[\]()\n]{0,40}[\])]
            | ^\W{0,3}(?:this )?(?:section | text | content | paragraph | chapter) (?:is )?(?:to be (?:added |
            written | completed | filled in) | to come | to follow | coming soon | under construction)\W*(?:later |
            soon | shortly)?\W*$
            | ^\W{0,3}(?:(?:to be | tb) (?:added | written | completed | filled in | continued)) (?:later | soon)?\W*$
            | ^\W{0,3}(?:text | copy | content | photos? | quotes? | tables? | figures? | images? |
            references) (?:is | are )?to
            (?:follow | come)\b.{0,60}$
            | \binsert\s(?:table | figure | image | photo | chart | graph | link |
            quote)s?(?:\s\d{1,2}[a-c]?)?\s(?:about\s | near\s)?here\b
            | \[(?:still )?to be (?:completed | written | added | filled | supplied | confirmed | inserted |
            provided)\b[^\[\]\n]{0,60}\]
            | ^\W{0,3}(?:still )?to be (?:completed | written | added | filled in | supplied | confirmed) by (?:the
            )?(?:editors? | authors? | writers? | web\s?(?:team | master) | content team | designer)\b.{0,40}$
            """
        )
    ),
    Leftover(
        _text(
            r"""\b(?:double[-\s])?(?:click | tap)(?:\s(?:me | here | (?:on\s)?(?:the\s)?(?:edit |
            text)(?:\sbutton)?))?\s(?:to | and)\s(?:edit | add | change | insert | start\s(?:editing | typing |
            writing))\b.{0,20}\b(?:text | title | heading | content | font | me | paragraph)\b
            | \bi['’]m\sa\s(?:text\sblock | paragraph | title | sub-?title | headline | button)\b
            | \bthis\sis\syour\sfirst\s(?:post | page)\."""
        ),
        sentence=True,
    ),
    Leftover(_text(f"^{one_of(_BUILDER)}"), sentence=True),
    Leftover(
        re.compile(
            rf"\[(?:[A-Z0-9/&+-]{{1,20}} ){{0,4}}(?:{_BLOCK})[ :][^\[\]\n]{{1,80}}\]"
            rf"|\[(?:[A-Z0-9/&+-]{{1,20}} ){{1,4}}(?:{_BLOCK})\]"
        )
    ),
)

_CONTINUED = (
    "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # how the second byte of a letter in UTF-8 reads in Windows-1252
)
MOJIBAKE = (
    Leftover(
        re.compile(
            rf"[^\s\ufffd]{{0,20}}(?:\ufffd+|â€[{_CONTINUED}]?|â[\u0080-\u009f]{{1,2}}|[ÃÐÑ][{_CONTINUED}]"
            rf"|Â[\u00a0-\u00bf]|ï»¿|ï¿½|âˆ.|â†.|â‰.)\S{{0,20}}"
        ),
        quoted=True,
    ),
)
