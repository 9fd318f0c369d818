"""Lines that a publishing system left in an article's text, as opposed to what a page shows around the article."""

from __future__ import annotations

import re
from functools import lru_cache

from healthlint.analysis.wording import one_of, whole
from healthlint.documents.furniture import is_furniture, is_row_of_buttons

_NOBODY = "admin(?:istrator)? | webmaster | editor | staff | guest | user | root | wp_?admin | author | anonymous"
_NETWORK = "facebook | twitter | x | pinterest | linkedin | whatsapp | instagram | reddit | tumblr | e-?mail"
# one link of a pager
_PAGER = (
    r"(?:(?:«|←|‹|<)\s?)?(?:(?:newer|older|next|previous|prev|first|last)(?:\s(?:posts?|pages?|entries|articles?))?|home)"
    r"(?:\s?(?:»|→|›|>))?"
)
# Each alternative is a whole line. A label wants something behind its colon; 'Categories of risk' is a heading.
_SURE = re.compile(
    r"\s*+"
    + one_of(
        rf"""(?:(?:post | article)\s)?(?:tags? | categor(?:y | ies))\s?:.{{0,200}}
        | tagged(?:\s(?:with | as | in | under))?\s?:.{{1,200}}
        | filed\s(?:under | in)\b.{{1,120}}
        | posted\son\b.{{1,60}}\b(?:by | in)\s(?:{_NOBODY})\b.{{0,120}}
        | (?:posted | published | written | added | uploaded)?\s?by\s?:?\s(?:{_NOBODY})\b(?!\s(?:of | at |
        and)\b).{{0,120}}
        | posted\sby\b.{{1,60}}\b(?:in\s\w+ | \d+\scomments?).{{0,100}}
        | (?:posted | archived)\s(?:in | under)\s(?!\d)\w.{{0,80}}
        | .{{1,120}}\|\s?\d+\scomments?
        | (?:leave | post | write | add | submit)\s(?:a | your)\s(?:reply | comment)s?\b.{{0,40}}
        | your\se-?mail\saddress\swill\snot\sbe\s(?:published | shared)\b.{{0,80}}
        | required\sfields\sare\smarked.{{0,20}}
        | save\smy\sname,?\se-?mail.{{0,120}}
        | notify\sme\sof\s(?:new | follow-?up).{{0,80}}
        | (?:you\smust\sbe\s)?(?:log | logged | sign | signed)\sin\sto\s(?:reply | (?:post\sa\s |
        leave\sa\s)?comment).{{0,40}}
        | (?:name | e-?mail | website | comment)\s?\*
        | (?:previous | next | older | newer | prev)\s(?:post | article | entry | story)s?\s?(?:[:»«→←>-].{{0,120}})?
        | advertisement | was\sthis\s(?:page | article | answer | information)\s(?:helpful | useful)\?.{{1,40}}
        | \d+\s(?:comments? | shares? | likes? | repl(?:y | ies))
        | \d+\s(?:responses? | thoughts? | repl(?:y | ies))\s(?:to | on)\s.{1, 120}
        | labels\s?:\s[^.:]{{2,160}}
        | {_PAGER}(?:\s{{0,8}}[|·•/–—-]?\s{{0,8}}{_PAGER}){{1,4}}
        | (?:was | is | did)\s(?:this | the | you)\s.{{0,40}}\b(?:helpful | useful)\?\s.{{0,9}}\b(?:yes | no)\b.{{0,40}}
        | (?:rate\sthis | (?:your | average)\srating)\b.{{0,40}}(?:[★☆] | votes? | \d\s?(?:/ | out\sof)\s?\d).{{0,60}}
        | (?:no\svotes\s(?:yet | so\sfar) | be\sthe\sfirst\sto\s(?:rate | comment | review)).{{0,60}}
        | \d+\s(?:people | users | readers)\sfound\sthis\s(?:article\s | page\s)?(?:helpful | useful)\.?
        | the\spost\s.{{1,160}}\s(?:appeared\sfirst\son | first\sappeared\son)\s.{{1,80}}
        | subscribe\sto:?\s(?:posts? | post\scomments | comments)\s\(atom\)
        | e-?mail\sthis\s?blogthis!.{{0,120}}
        | submitted\sby\s.{{1,60}}\son\s(?:mon | tue | wed | thu | fri | sat | sun)\w*,?\s.{{1,40}}
        | (?:add\snew\scomment | printer-?friendly\sversion | send\sby\se-?mail | back\sto\sblog)
        | printer\sfriendly,?\spdf\s&\se-?mail
        | (?:regular | sale)\sprice\b.{{0,60}}\b(?:sale\sprice | unit\sprice | sold\sout)\b.{{0,60}}
        | translation\smissing:\s[\w.]{{3,100}}
        | from\swikipedia,\sthe\sfree\sencyclopa?edia\.? | jump\sto\s(?:navigation | search)\b.{{0,40}}
        | retrieved\sfrom\s["“]https?://.{{1,200}}
        | translated\s(?:with | by)\s(?:www\.)?(?:deepl | google\stranslate | bing\stranslator).{{0,60}}
        | error!\s(?:reference\ssource | bookmark)\snot\s(?:found | defined)\.?
        | normal\s0\s(?:\d+\s)?false\sfalse\sfalse\b.{{0,60}}
        | no\scomments(?:\syet)?\.? | comments?\s(?:are\s)?(?:closed | off)\.?
        | (?:share | tweet | pin)\s(?:this\s(?:post | article | page | story)\s)?(?:on | via)\s(?:{_NETWORK})\b.{{0,60}}
        | (?:click\sto\s)?share\s(?:this)?\s?:.{{0,60}}
        | skip\sto\s(?:main\s)?content | bookmark\sthe\spermalink\.? | uncategori[sz]ed
        | home\s?(?:> | » | › | /\s | &gt;)\s?\S.{{0,100}}
        | this\s(?:entry | post | article)\swas\s(?:posted | filed | tagged)\s(?:in | on | by | under)\b.{{0,160}}
        | this\ssite\suses\s(?:akismet | cookies)\b.{{0,200}}
        | (?:continue\sreading | read\smore)\s?(?:… | \.\.\. | » | → | >).{{0,100}}
        | (?:meta\s(?:description | title | keywords?) | seo\stitle | (?:focus | target | primary)\skey(?:word |
        phrase)s?
            | slug | permalink | excerpt | featured\simage | alt\stext)\s?:.{{1,300}}"""
    )
    + r"\s*",
    re.IGNORECASE,
)
# What a publisher means to say, though a publishing system may print it.
_MEANT = re.compile(
    r"\s*(?:©|copyright\b|all rights reserved|\d+ min|(?:click to )?(?:print|e-?mail) this|(?:back|return) to top"
    r"|keywords?\b|topics?\b|posted (?:by|on)\b|categor(?:y|ies) (?!:))",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\s*(?:tags?|categor(?:y|ies)|share this|share)\s*:?\s*", re.IGNORECASE)
_PLUGINS = one_of(
    """caption | gallery | embed | playlist | audio | video | contact-form(?:-7)? | wpforms | ninja_forms? |
            gravityforms?
    | mc4wp_form | formidable | vc_\\w+ | et_pb_\\w+ | su_\\w+ | fusion_\\w+ | elementor-template | rev_slider |
    tablepress
    | woocommerce_\\w+ | products | add_to_cart | learn_more | toc | ez-toc | adrotate | adinserter | ad_unit |
    wp-\\w+"""
)
_NAMED = (
    r"\[/?[a-z][\w-]{1,40}(?: +[\w-]{1,30}=(?:\"[^\"\]\n]{0,200}\"|'[^'\]\n]{0,200}'"
    r"|[^\s\"'\]]{1,100})){1,20} ?/?\]"
)
SHORTCODE = re.compile(
    rf"\[(?:edit(?: source| section)?)\](?=\s*$)|\[\[(?:_TOC_|nid:\d+|\{{\"(?:fid|type)\".{{0,300}}?\}})\]\]"
    r"|\[(?:node|site|current-user|current-page|current-date|term|user):[a-z][\w:-]{1,60}\]"
    r"|__(?:NO)?(?:TOC|EDITSECTION)__|\[object Object\]|Error! (?:Reference source|Bookmark) not (?:found|defined)\."
    r"|\[(?:if (?:gte |lte |gt |lt |!)?(?:mso|IE|supportLists|vml)\b[^\]\n]{0,30}|endif)\]"
    r"|\{(?:loadposition|loadmodule|loadmoduleid|jcomments|module|modulepos)\b[^{}\n]{0,60}\}"
    rf"|<!--\s?/?wp:[\w/-]{{1,40}}[^<>\n]{{0,200}}-->|{_NAMED}|\[/?{_PLUGINS}(?:\s[^\[\]\n]{{0,300}})?\]",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:nbsp|amp|[lr]squo|[lr]dquo|[nm]dash|hellip|quot|apos|lt|gt|#x?[\da-f]{2,5});", re.IGNORECASE)
TAG = re.compile(
    r"</?"
    + whole("p | br | div | span | strong | em | h[1-6] | ul | ol | li | table | tr | td | center | font")
    + r"[^<>\n]{0,200}>",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)  # lines come again as one types
def is_residue(text: str, *, marked: bool) -> bool:
    """Whether a line is certainly the publishing system's. `marked`: its format made a heading or an item of it."""
    if len(text) > 300 or (marked and _LABELLED.fullmatch(text)):
        return False
    return bool(_SURE.fullmatch(text) or is_row_of_buttons(text)) and not text.rstrip().endswith(("?", "!"))


def goes_with_residue(text: str) -> bool:
    """Whether a line beside such a line belongs to it: 'Related posts', 'Website'."""
    return is_furniture(text) and not _MEANT.match(text)
