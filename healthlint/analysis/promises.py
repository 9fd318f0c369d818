"""Headings and lead-ins that announce sources: 'References', 'Where to learn more', 'For more, see sites such as:'."""

from __future__ import annotations

import re
from functools import lru_cache

from healthlint.analysis.wording import one_of, whole

_WHOSE = one_of(
    """key | main | selected | medical | scientific | clinical | article | page | our | the | my | a | list | of
    | full | cited | numbered | primary | all | works? | data | evidence | expert | reputable | trusted
    | academic | peer-reviewed | research | image | photo"""
)
_CITED_NOUN = one_of(
    """references? | refs? | sources? | bibliography | citations? | literature | foot ?notes? | end ?notes? | notes
    | cited | cites | (?:works | papers | studies | books | articles | literature | documents | research) (?:cited
    | consulted | quoted | used | referenced | mentioned) | (?:reference | source | literature) lists?"""
)
_LISTED_WITH_THEM = one_of(
    """references? | sources? | notes | citations? | reading | resources | links | credits | acknowledge?ments
    | bibliography | footnotes"""
)
_AND_MORE = (
    r"(?:\s?[,&/]\s?|\sand\s|\sor\s)(?:(?:further|recommended|additional|useful|more|external)\s)?" + _LISTED_WITH_THEM
)
_USED = one_of(
    r"""used | cited | consulted | list | quoted | (?:to | for) (?:the )?(?:editors? | readers? | media | press)
    | (?:for | in | of | behind | used in) this \w+ | (?:that )?(?:we | i) (?:have )?(?:used | read | consulted | leaned
    on | drew on) | and thanks"""
)
_CITED_HEADING = re.compile(rf"(?:{_WHOSE}\s){{0,4}}{_CITED_NOUN}(?:{_AND_MORE}){{0,2}}(?:\s{_USED}){{0,2}}")
_WHERE_FROM = re.compile(
    one_of(
        r"""where (?:this | these | the | our | my | we | i | it)\b.{0,40}\b(?:from | got | get | found
        | looked)\b | where (?:we | i)\b.{0,20}\b(?:read | learned | learnt | picked)\b | where (?:we | i) (?:did | do)
        (?:our | my)\b.{0,20}\b(?:reading | homework | digging | looking | research)\b | where (?:did | do
        | does) (?:you | we | i | this | these | it | the)\b.{0,30}\b(?:get
        | find | come | read)\b | what (?:this | we | i)\b.{0,20}\bbased on\b | ^(?:based on | evidence and
        sources | what (?:we | i) (?:have )?(?:read | used | looked at | drew on | leaned on))$"""
    )
)
_MORE_KINDS = one_of(
    """useful | helpful | related | external | online | web | recommended | trusted | reliable | additional
    | further | other | more | patient | good | suggested | independent"""
)
_MORE_MATTER = one_of(
    """resources | links | websites | sites | sources | references | information | info | books | leaflets | places
    | addresses | reads"""
)
_ASKS_WHERE = r"\b(?:where|how) (?:to|can|could|do|should|might|will|i|we|you|else)\b.{0,30}"
_WISHES = r"\b(?:want|wish|like|ready|curious|keen)\b.{0,12}\b(?:to|for) (?:read|know|learn|find out|dig|go|more)\b"
# 'Sources of iron' and 'sources of infection' are none; 'sources of information' are.
_TELLING = one_of(
    "information | advice | help | guidance | support | evidence | facts | truth | knowledge | reading | data | more"
)
_READING_HEADING = re.compile(
    one_of(
        rf"""\b(?:further | recommended | suggested | additional | extra | more | background) reading\b
        | \breading further\b | ^(?:further | more) to read\b
        | \b{_MORE_KINDS} {_MORE_MATTER}\b(?! (?:of | for) (?!{_TELLING}\b)) | ^(?:resources | links | websites
        | web links | read on | read more | reading list
        | see also | learn more | find out more | more to read | more on this | books | books and websites
        | bookshelf | reading)$ | ^(?:resources and \w+ | \w+ and resources)$ | {_ASKS_WHERE}\b(?:learn | read
        | find | look | turn | get | know)\b.{{0,14}}\b(?:more | further | next)\b | {_ASKS_WHERE}\b(?:find
        | look for | get) (?:information | it up | this up | out)\b
        | {_ASKS_WHERE}\b(?:look | read)(?: [\w'-]+){{0,3}} up\b | \bwhere (?:to | can (?:i | you | we)
        | do i | should i) (?:turn | look | read(?: on | up)?)$ | \b(?:places | people | sites) to (?:look | read
        | turn | learn | go | find out)\b | {_WISHES}.{{0,14}}\b(?:more | further | deeper | on | up)$ | ^(?:how )?to
        (?:read | learn | find out | know | discover) (?:more | further | on)\b | ^more (?:about | on | from)\b
        | ^for (?:more | further) \w+ | ^(?:papers | studies | books | sites | links | pages | research | podcasts
        | places | sources | reading | people) (?:that )?(?:we | i) (?:\w+ )?(?:like | love | trust(?:ed)?
        | recommend | rate | use | (?:go | went | came) back to | lean(?:ed)? on
        | turn(?:ed)? to | used | drew on | read(?: about (?:it | this))?)$
        | ^where (?:to | you can) check (?:me | us | it | this | things | all this)\b
        | ^read(?:ing)? up\b.* | ^(?:go | going | dig | digging) (?:further | deeper)\b.* | ^(?:keep reading | read next
        | next reads? | on (?:our | my) (?:book)?shelf | worth (?:a read | reading | a look) | book ?marks | (?:want
        | still want | like) more | (?:still | feeling)? ?curious | for the curious | find out more\b.* | help and
        support | (?:more | further | other) (?:help | support | advice | contacts)
        | who to trust | books and \w+ | useful (?:contacts | numbers))$"""
    )
)
_NUMBER = re.compile(
    r"^\W{0,3}(?:(?:section|part|chapter|step)\s)?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[ivx]{1,5}|[a-h])[.):]\s+"
)

_COUNT = re.compile(r"\s[(\[]\d{1,3}[)\]]$")  # 'References (12)'

_OPEN_WORD = one_of(
    r"such as | like | including | includes? | namely | e\.g\. | for example | for instance | are | at | here | below"
)
_BREAKS_OFF = re.compile(rf"(?::|\b{_OPEN_WORD}\s?[:,]?|[–—]|…|\.\.\.)$")
_SOURCE_NOUN = re.compile(
    rf"\bsources?\b(?! (?:of|for) (?!(?:\w+ )?{_TELLING}\b))|"
    + whole(
        r"""resources? | references? | (?:web ?)?sites? | web ?pages? | pages? | (?:web ?)?links? | (?:further
        | recommended | suggested | background | good | extra | more | additional) reading | reading (?:list
        | matter) | articles? | publications? | organi[sz]ations? | charities | institutions? | outlets?
        | portals? | guides? | guidelines? | books? | booklets? | leaflets? | fact ?sheets? | studies | trials
        | papers? | reviews? | reports? | journals? | databases? | bodies | authorities | literature | places"""
    )
)
# These may be places that hurt and trials that failed: they need a word of trust beside them.
_AMBIGUOUS_NOUN = re.compile(
    one_of(
        """places | pages? | books? | studies | trials | reports? | reviews? | guides? | bodies | institutions?
        | organi[sz]ations? | charities | authorities"""
    )
)
_SENDS = re.compile(
    whole(
        r"""visit(?:ing)? | see | refer(?:ring)?(?: to)? | send(?:ing)? | steer(?:ing)? | check(?:ing)?(?: out)?
        | consult(?:ing)? | turn(?:ing)? to | look(?:ing)?(?: (?:at | up | to | in))? | read(?:ing)?(?: up)?
        | go(?:ing)? to | head(?: over)? to | explor(?:e | ing) | brows(?:e | ing) | trust(?:ed)? | recommend(?:ed)?
        | rely on | relied on | start with | used | drew on | draws? on | based on | point(?: you)? | direct(?: you)?
        | find | like | suggest | swear by | vouch for | list(?:ed | s)? | cited? | quoted? | consulted"""
    )
)
_PRAISE = re.compile(
    whole(
        """authoritative | reliable | reputable | trusted | trustworthy | credible | official | recommended
        | respected | reputed | evidence-based | up-to-date | useful | helpful | online | following | further
        | additional | independent | good | great | excellent | best | favou?rite"""
    )
)
_RELIES = re.compile(
    whole(
        r"""trust | recommend | turn to | look | read | rely on | swear by | used | drew on | consulted | vouch for
        | (?:send | point | steer | direct | refer)(?:ing)?(?: (?!to\b)[\w'-]+){1,3} to(?:wards?)?"""
    )
)
_PURPOSE = re.compile(
    whole(
        r"""(?:more | further | additional | detailed | extra | fuller | deeper)(?: \w+){0,2} (?:information
        | details? | info | reading | guidance | facts | insights? | background | help) | (?:learn | read | know
        | find out | discover | understand | dig | go | delve | explore | look) (?:a (?:bit | little) )?(?:more
        | further | deeper | up on) | further to read | read(?:ing)? (?:it )?(?:up | on | further) | keep reading
        | in[- ]depth
        | do(?:ing)? your own (?:research | reading)"""
    )
)
# What sends the reader on, and tells only by what follows whether to a source: 'It can be had at:', 'Do visit:'.
_TO_BE_HAD = one_of(
    """found | had | available | read | downloaded | seen | posted | kept | obtained | ordered | published | listed
    | read(?:ing)? up | sign up | viewed | heard | watched | collected | more"""
)
_POINTS = re.compile(
    one_of(
        rf"""\b{_TO_BE_HAD} (?:at | from | on | via | in | here | under) | \b(?:turn | turned | refer | head | go | look
        | write | listen) (?:over )?to | \b(?:see | visit | read | join | joining | follow | browse | check out
        | subscribe to | look up) | \b(?:see | read | browse | view | download | explore)(?: \w+){{1,2}} (?:research
        | science | evidence | stud(?:y | ies) | trials? | data)
        | \b(?:help | us | them | me | online | reached | contacted) (?:at | via)
        | \b(?:advice | information | help | support | guidance | answers) (?:is (?:\w+ )?(?:available | free) )?from
        | \b(?:try | ask | call | contact | write to) (?:(?:any | one | some) of )?(?:these | the following)"""
    )
    + r"\s?(?::|–|—|…|\.\.\.)$"
)
_HELPERS = one_of(
    r"""groups? | communit(?:y | ies) | forums? | charit(?:y | ies) | help ?lines? | services? | organi[sz]ations?
    | societ(?:y | ies) | networks? | podcasts? | videos? | films? | apps? | courses? | clubs? | leaflets? | books?"""
)
# As in 'The charts can be seen on these pages:' and 'These are the sites that we send everybody to:'.
_POINTED_AT = re.compile(
    r"\b(?:these|the following)(?: (?:are|is))?(?: the)?(?: [\w'-]+){0,2} "
    r"(?:(?:web ?)?(?:pages?|sites?)|links?|addresses|sources?|references?|resources?|papers|articles|research|trials)"
    r"\b[^.]{0,60}:$"
)
# As in 'Books that kept me company this year:'.
_BOOKS_FOLLOW = re.compile(
    r"(?:the |some |a few |other |more |two |three |my favou?rite )?"
    r"(?:books|podcasts|web ?sites|blogs|films|newsletters) (?:that|which|i|we|worth|to (?:read|turn))\b[^.?!]{0,60}:$"
)
# As in 'Consider one of these online groups:' and 'The following charities will be glad to help:'.
_WILLING = one_of("help | helpful | hear from you | pleased | happy | glad | welcome | support | useful | worth")
_HELPERS_FOLLOW = re.compile(
    rf"\b(?:following|these|one of|some of)(?: [\w'-]+){{0,3}} {_HELPERS}"
    rf"(?:(?: [\w'-]+){{0,6}} {_WILLING}\b.{{0,40}})?\s?:$"
)
# As in 'The certificates are at this address:'.
_ADDRESS_FOLLOWS = re.compile(
    r"\b(?:this|these|the following|the)(?: [\w'-]+)? (?:web ?addresses|web ?address|address(?:es)?|links?|url|website)"
    r"(?: (?:below|here))?\s?:$"
)
# As in 'And a few more that have served me well:', said where sources are listed.
_MORE_FOLLOW = re.compile(
    whole(
        r"""others? | more | another | following | these | those | below | also | as well | too | likewise | finally
        | favou?rites? | (?:a | the | my | our) (?:few | couple | handful | rest | remaining)"""
    )
)


_WHO_HELPS = re.compile(
    whole(
        r"""groups? | communit(?:y | ies) | forums? | charit(?:y | ies) | help ?lines? | services? | organi[sz]ations?
        | societ(?:y | ies) | networks? | clubs?"""
    )
)
_RESTS_ON = re.compile(whole("used | drew | draws? | drawn | relied | rests? | based | consulted | cited? | sources?"))


def names_helpers(sentence: str) -> bool:
    """Whether a sentence that breaks off is about to name who helps: 'For support, trusted organisations include:'."""
    text = sentence.lower()
    return bool(_WHO_HELPS.search(text)) and not _RESTS_ON.search(text)


@lru_cache(maxsize=8192)
def is_cited_heading(text: str) -> bool:
    """Whether a heading stands over the article's own references: 'References', 'Sources used', 'Notes and sources'."""
    plain = _plain(text)
    return bool(_CITED_HEADING.fullmatch(plain) or _WHERE_FROM.search(plain))


@lru_cache(maxsize=8192)
def is_reading_heading(text: str) -> bool:
    """Whether a heading stands over reading matter: 'Further reading', 'Where to learn more', 'Useful links'."""
    return bool(_READING_HEADING.search(_plain(text)))


def is_label(text: str) -> bool:
    """Whether a paragraph is no more than 'Sources:' or 'Further reading:'."""
    return len(text) < 60 and (is_cited_heading(text) or (text.endswith(":") and is_reading_heading(text)))


def promises_sources(sentence: str, *, purpose_suffices: bool = False) -> bool:
    """Whether a sentence breaks off to name sources: 'For more, see trusted sites such as:'.

    With `purpose_suffices`, 'Want to read on? Start here:' and 'The charts can be had at:' are promises, too: true of
    what nothing follows, while over a list they may be anything.
    """
    text = " ".join(sentence.lower().replace("’", "'").split()).rstrip(" *_\"'”)")
    if not _BREAKS_OFF.search(text):
        return False
    follow = (_POINTS, _POINTED_AT, _HELPERS_FOLLOW, _ADDRESS_FOLLOWS)
    if purpose_suffices and (_BOOKS_FOLLOW.match(text) or any(cue.search(text) for cue in follow)):
        return True
    noun, sends, purpose = _SOURCE_NOUN.search(text), _SENDS.search(text), _PURPOSE.search(text)
    if text[-1].isalpha() and not (noun and (sends or purpose)):
        return False
    if purpose and (sends or noun or purpose_suffices):
        return True
    if noun and _AMBIGUOUS_NOUN.fullmatch(noun[0]) and not _PRAISE.search(text):
        return bool(_RELIES.search(text))
    return bool(noun and (sends or _PRAISE.search(text)))


def promises_more(sentence: str) -> bool:
    """Whether a sentence that stands among sources breaks off to name more of them: 'And two others I like:'."""
    return sentence.rstrip(" *_").endswith(":") and bool(_MORE_FOLLOW.search(sentence.lower()))


def last_sentence(text: str) -> str:
    """What stands after the last full stop inside a text."""
    cut = max((match.end() for match in re.finditer(r"[.!?][\"'”)]?\s+(?=[A-Z\"“(])", text)), default=0)
    return text[cut:]


def _plain(text: str) -> str:
    """A heading in lower case, without its number and the punctuation around it."""
    plain = " ".join(text.lower().replace("’", "'").split())
    return _COUNT.sub("", _NUMBER.sub("", plain)).strip(" :.?!*_#-–—\"'“”")
