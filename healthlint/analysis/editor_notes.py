"""Notes between writers and editors that were left in the text: '(Sam, can you check this?)', '[NB subs: cut]'."""

from __future__ import annotations

import re

from healthlint.analysis.leftovers import Leftover
from healthlint.analysis.wording import one_of

_STAFF = """editors? | eds? | subs? | sub-?editors? | writers? | authors? | designers? | design | legal | reviewers?
    | proof-?readers? | self | web\\s?team | production | desk | layout | art | pictures? | picture\\sdesk | team"""
_TASK = """check | confirm | verify | add | fix | fill\\sin | rewrite | rephrase | reword | shorten | expand | cut
    | trim | delete | remove | replace | update | double-?check | move | merge | swap | chase | find | get | ask
    | source | supply"""
# What a note is about: so '[please check the label]' is none, which is advice.
_OF_TEXT = """this | it | here | above | below | wording | spelling | paragraph | para | section | sentence | line
    | heading | headline | intro | caption | image | picture | photo | figure | table | graphic | chart | quote | link
    | source | ref | dose | dosage | number | figures? | name | date | draft | copy | text | article | piece | page
    | layout | style\\s?guide | house\\sstyle | publi\\w+ | goes\\slive | go\\slive"""
# 'No company saw this story before publication' is said to the reader.
_LIVE = f"""(?:before\\s(?:it | this | the\\s(?:page | piece | article) | we)\\sgoe?s?\\s
    (?:live | out | to\\spress | to\\sprint)
    | before\\s(?:publishing | we\\spublish | it\\sis\\spublished | sending | uploading)
    | (?:{_TASK})\\b[^.\\n]{{1,60}}\\bbefore\\spublication
    | not\\sfor\\spublication | do\\snot\\spublish | for\\sinternal\\s(?:use | review)\\sonly | internal\\suse\\sonly
    | hold\\sfor\\s(?:approval | legal) | (?:remove | delete)\\s(?:this\\s)?before)"""
_MEDIA = "(?:image | picture | photo | figure | table | graphic | chart | video | pic)s?"
_WANTS = """(?:picture | image | photo | caption | intro | heading | rewrite | rewriting | checking | fact-?check
    | legal | update | updating | work | trimming | cutting)"""


def _text(wordings: str) -> re.Pattern[str]:
    return re.compile(one_of(wordings), re.IGNORECASE)


NOTES = (
    Leftover(  # in brackets, to somebody
        _text(
            rf"""[\[({{<]{{1,3}}\s?(?:nb | note | notes | memo | query | qu\.? | q | attn | fao | for)\s?
            (?:(?:to | for)\s)?(?:the\s)?(?:{_STAFF})\s?[:,.–—-][^\[\](){{}}\n]{{1,200}}[\])}}>]{{1,3}}
            | [\[({{<]{{1,3}}\s?note\sto\s\w+\b[^\[\](){{}}\n]{{0,200}}[\])}}>]{{1,3}}
            | [\[{{<]{{1,3}}\s?(?:{_STAFF})\.?\s?(?:['’]s\snote)?\s?[:–—-]\s?(?!this\sarticle\b | this\spage\b)
            [^\[\]{{}}\n]{{1,200}}[\]}}>]{{1,3}}
            | \((?:ed | eds | sub | subs | editor | writer | author | designer)\.?\s?[:–—]\s?[^()\n]{{1,200}}\)"""
        )
    ),
    Leftover(  # in brackets, what is to be done
        _text(
            rf"""[\[{{]{{1,2}}\s?(?:please\s | pls\s | plz\s | must\s | need\sto\s | still\s(?:to\s)? | we\sshould\s
            | (?:should | can | could | do)\s(?:we | you)\s)?(?:{_TASK})\b
            [^\[\]{{}}\n]{{0,60}}\b(?:{_OF_TEXT})\b[^\[\]{{}}\n]{{0,80}}[\]}}]{{1,2}}
            | [\[(](?:(?:can | could | should | do)\swe | is\sthis | are\sthese | does\sthis | what\sabout)\b
            [^\[\]()\n]{{2,120}}\?\s?[\])]
            | \[(?:confirm | verify | query | waiting\sfor | awaiting\s(?:approval | sign | copy | text | reply
            | quote))\s[^\[\]\n]{{2,80}}\]
            | [\[(](?:needs? | needing | wants)\s(?:an?\s)?{_WANTS}\b[^\[\]()\n]{{0,80}}[\])]
            | \[{_MEDIA}\s(?:here | goes\shere | to\sgo\shere | missing | needed | tk | tbc)\]
            | \[(?:{_MEDIA} | captions?)\s?:\s?[^\[\]\n]{{2,120}}\]"""
        )
    ),
    Leftover(  # to somebody by name
        re.compile(
            r"[(\[]@?[A-Z]\w+ ?[,:–—-]+ ?(?:(?:can|could|would|will|do) you|please|pls) (?:please )?(?:check|confirm"
            r"|add|look|find|send|get|update|ask|verify|rewrite|fix|fill)\b[^()\[\]\n]{0,100}[)\]]"
            r"|^@[A-Z]\w+[,:–—-]* ?(?:(?:can|could|would|will) you|please|pls)\b.{2,160}$"
        )
    ),
    Leftover(  # a line that is nothing else
        _text(
            rf"""^\W{{0,4}}note\s(?:to\s)?(?:the\s)?(?:{_STAFF})\b\s?[:,.–—-]?.{{0,200}}$
            | ^\W{{0,3}}(?:editor | writer | author | designer)\sto\s(?:{_TASK})\b.{{0,200}}$
            | ^\W{{0,4}}(?:sub | subs | ed | eds | author | writer | designer)\.?\s?[:–—]\s?.{{0,60}}
            \b(?:{_TASK})\b.{{0,160}}$
            | ^(?:>{{2,5}}\s?)?[^<>\n]{{3,120}}\s?<{{2,5}}$
            | ^(?:\#{{3,6}} | \*{{3,6}} | ={{3,6}} | !{{2,5}})\s?[^<>\#*=!\n]{{3,120}}
            (?:\#{{3,6}} | \*{{3,6}} | ={{3,6}} | !{{2,5}})$
            | ^//\s?(?!\w+\.\w).{{3,160}}$
            | ^\W{{0,4}}insert\s(?:ad | advert | image | picture | pull\s?quote | box | link | related | widget
            | banner)\b.{{0,80}}$
            | ^\W{{0,4}}(?:(?:first | second | third | rough | final)\s)?draft(?:\s\d{{1,2}})?\s?
            (?:[–—:-] | \()\s?.{{3,80}}$"""
        ),
        quoted=True,
    ),
    Leftover(  # what is said to nobody but colleagues
        _text(rf"\b{_LIVE}\b"),
        sentence=True,
    ),
    Leftover(
        re.compile(r"(?<![\w./])X{3,8}(?:[ ,:–—-]+[^.\n]{2,60}? ?X{3,8})?(?!\w)|(?<![\w\[])TK: ?[^.\n]{2,120}|\?{4,}")
    ),
    Leftover(  # a number or address that is nobody's
        re.compile(
            r"(?:\+?1[ -])?\(?(?:000|555|123|999)\)?[ .-](?:000|555|456)[ .-](?:0000|5555|7890|1234)\b"
            r"|\b(?:your\.?name|name|email|first\.last|john\.?doe|jane\.?doe)"
            r"@(?:example|domain|email|yourdomain|company)\.\w+"
        )
    ),
)
