"""Sources that prove nothing: wikis, social posts, videos, forums, shops and makers that speak of their own goods."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from healthlint.analysis import Analysis, stance
from healthlint.analysis.bodies import bodies
from healthlint.analysis.identifiers import has_identifier
from healthlint.analysis.lexicons import lexicon, verify
from healthlint.analysis.references import Entry, References
from healthlint.analysis.source_quality import is_folk, is_shop, is_social
from healthlint.analysis.wording import one_of, whole
from healthlint.checks import Check, Match
from healthlint.documents.document import Block, Document, Kind, Link, LinkKind

_NETWORK_NAMES = (
    "Wikipedia",
    "Reddit",
    "Facebook",
    "TikTok",
    "Instagram",
    "YouTube",
    "Quora",
    "Pinterest",
    "Twitter",
    "Tumblr",
    "WhatsApp",
    "Telegram",
    "WikiHow",
    "Yahoo Answers",
    "ChatGPT",
    "Mumsnet",
    "Snapchat",
)
_NETWORKS = one_of(" | ".join(_NETWORK_NAMES))
_LEARNED = one_of(
    """read | found | looked up | looked it up | learned | learnt | saw | seen | see it | says? so | proof
    | evidence | proven | shown"""
)
_CALLS_UPON = one_of(
    rf"""[Aa]ccording to | [Aa]s (?:you | anyone | anybody | everyone | one) (?:can | may "
    rf"| will) (?:read | see | check | find
    | look up) (?:on | in | at) | (?:[Ii]t | [Tt]his | [Tt]hat | [Tt]hese | [Ww]hich | [Aa]ll)(?:['’]s
    | \sis | \sare | \swas)
    (?:all )?(?:straight )?from | (?:copied | lifted | borrowed | taken | cribbed | pinched)(?:\s[a-z]+){{1,3}}?
    (?:from | off) | [Aa]s (?:seen | read | shown | explained | reported) (?:on | in | by) | [Ss]ources?:?
    | {_LEARNED} (?:it )?(?:on | in | at) | (?:taken | borrowed | lifted | copied | quoted | comes? | came | got
    | cribbed | pinched | nicked | pulled | figures? | facts? | info | information | numbers? | statistics | details)
    (?:(?:is | are | was | were) )?(?:straight )?(?:from | off) | courtesy of"""
)
# 'I had it from a man on the Sore Knees page on Facebook', 'a tip picked up in a group on WhatsApp'
_HEARD = one_of(
    """(?:have | had | has | got | heard | learned | learnt | picked up | know | take | took) (?:it
    | this | that | all this | all that
    | the (?:tip | trick | recipe | figure | idea | dose)) (?:from | on | off | in | via) | (?:tip | trick
    | recipe | figure | idea | dose) (?:is | was | comes? | came | picked up | courtesy)? ?(?:from | off)"""
)
_CLAIMS = one_of("says? | shows? | claims | reports? | confirms? | proves | explains | states | agrees? | swears?")
# What anybody may fill in is called upon as a work, too: 'see the Wikipedia entry', 'Quora has the answer'.
_WIKIS = "Wikipedia | WikiHow | Quora | Yahoo Answers"
_OPEN_WORKS = one_of(f"{_WIKIS} | Reddit | ChatGPT")
_LOOKED_UP = one_of(
    r"""see | read | check(?: out)? | consult | refer to | turn to | look(?:ed)? (?:it | this "
    r"| that | them | things) up (?:on | in | at)
    | look (?:at | up) | read up on (?:it | this | that) (?:on | in | at) | (?:is | are
    | it['’]s) all (?:on | in) | (?:story | details? | rest | science | figures | numbers
    | list | discussion | explanation) (?:is | are) (?:on | in) | (?:based | relies | rely | relied | drew
    | leaned | rests?)
    (?:on | upon) | (?:thanks | credit) to | (?:I | we) asked"""
)
_TELLS_ALL = one_of(
    """settles? | sums? (?:it | this | that | them)? ?up | spells? | lays? it out | sets? it out | covers? | tells?
    | answers?
    | closes | ends | clears? (?:it | this | that) up | backs? (?:it | me | this | that | us) up
    | goes into | lists? | puts? it | makes? (?:it )?(?:clear | plain) | gives? | knows? | disagrees? | cites? | counts?
    | (?:is | was) (?:where | how | my source | our source | the source | clear | quite clear)
    | has (?:the | a | an | all | it | more | plenty | lots | good | long)"""
)
# 'In our Facebook group nine in ten saw a difference'
_FOUND = one_of(
    "saw | found | sworn? | swear | noticed | reported | report | agree | worked | in ten | out of | percent | per cent"
)
_SITES = "|".join(name.lower() for name in _NETWORK_NAMES if name.isalpha())
# 'the SlowSteps blog', 'an Iron Talk podcast', 'r/Biohackers', 'TressTalk.blog'
_NAME = r"[A-Z][\w'’&-]*"
_PLACES = one_of(
    rf"""{_NETWORKS} | (?:{_SITES})\.com/[\w/.-]+ | r/\w+
    | {_NAME}\.(?:blog|shop|store) | (?:{_NAME}\s){{1,4}}(?:blog | forums? | message
    board | podcast | subreddit | YouTube channel | Telegram channel)"""
)
# 'Wikipedia, which is where I got most of it', 'a man on YouTube, who is my authority'
_WHENCE = one_of(
    r"""(?:which | that | and that) is where (?:I | we) | (?:where | from (?:whom | which | where)) (?:I | we) (?:had
    | have | got | get | took | take | learned | learnt | found) (?:most | all | much | a lot | nearly all | many | the
    | this | these | it) | (?:who | which) (?:is | are | was | were) (?:my | our) (?:\w+ )?(?:authority | source
    | teacher | guide) | to (?:whom | which) (?:I | we) owe"""
)
# As in 'a chap on YouTube who cured his with mushrooms' and 'the thread on Facebook is the place'.
_VOICES = one_of(
    "thread | group | page | chap | bloke | man | woman | lady | guy | fellow | doctor | channel | video | clip | post"
)
_PROVES = one_of(
    """cured | healed | got rid | is the place | swears | proves? | proved | settles | beat | reversed | right in
    | gone in"""
)
_CALLED_UPON = re.compile(
    rf"\b(?:{_CALLS_UPON}|[Pp]roof (?:is|was) (?:on|in|at))(?: [a-z]+){{0,4}} (?P<name>{_PLACES})\b"
    rf"|\b{_HEARD}(?: [\w'’-]+){{0,9}}? (?:on|in|from|off|via) (?:the |a |our |my )?(?P<heard>{_PLACES})\b"
    r"|\b(?:[Ii]n|[Oo]n|[Aa]cross) (?:our|my|the|a|one|another)(?: [a-z-]+){0,2} "
    rf"(?P<group>{_NETWORKS}(?: [a-z]+)?)\b"
    rf"(?=[^.;]{{0,80}}\b{_FOUND}\b)"
    rf"|\b(?<!\bon )(?<!\bin )(?<!\b[Oo]ur )(?<!\b[Mm]y )(?P<subject>{_NETWORKS})(?: [a-z]+){{0,2}} {_CLAIMS}\b"
    rf"|\b(?<!\bon )(?<!\bin )(?P<work>{one_of(_WIKIS)})(?: (?:article|page|entry) (?:on|about"
    rf"|for) [\w-]+(?: [\w-]+)?|(?: [a-z]+){{0,2}}),?(?: which| who| that)?(?: also| even| simply)? {_TELLS_ALL}\b"
    rf"|\b{_VOICES} (?:[a-z]+ ){{0,2}}on (?P<place>{_NETWORKS})\b(?=[^.;]{{0,80}}\b{_PROVES}\b)"
    rf"|(?P<whence>{_NETWORKS})\b[^.;]{{0,60}}?,? {_WHENCE}\b"
    rf"|\b(?i:{_LOOKED_UP})(?: [a-z-]+){{0,3}} (?P<sent>{_OPEN_WORKS}(?: article| page| entry| thread| answer)?)\b"
)
# The address of such a place, of which no link was made: 'en.wikipedia.org/wiki/Cramp'.
_ADDRESS = re.compile(r"(?<![\w@/.:-])(?:[a-z0-9-]{1,40}\.){1,3}(?:org|com|net)(?:/[\w/().,%#?=&+~-]*[\w/)])?(?![\w@])")
# What the reader has met there is spoken of, and not called upon.
_READER = re.compile(
    r"\b[Yy]ou (?:may|might|will|could|must) (?:\w+ )?have (?:read|seen|heard|found|learn\w+)\b[^.;]{0,40}"
)
# 'Wikipedia has its faults', 'read Wikipedia with care', 'rather than trust ChatGPT'
_DISTRUSTS = re.compile(
    whole(
        """faults? | errors? | mistakes? | wrong | careful(?:ly)? | caution | warily | with care | rather than
        | instead of | avoid | beware | anybody | anyone | unreliable | nobody | no substitute"""
    ),
    re.IGNORECASE,
)
_WISHES = re.compile(r"\b[Ii]f you(?:['’]d)? (?:\w+ )?(?:want|wish|like|need|care|doubt|prefer)\b")
_VOTERS = one_of("readers | users | followers | fans | members | viewers | listeners | subscribers | shoppers")
_BY_VOTE = re.compile(
    rf"\b(?:voted|rated|ranked|named|chosen|crowned|picked)\b[^.;]{{0,60}}\bby (?:the )?(?:\w+ )?{_VOTERS} (?:of|at|on)"
    rf" (?P<name>{_NAME}(?:[\s.]{_NAME}|\.[a-z]{{2,6}}\b){{0,3}})"
)
_SIGNS_OF_PLACES = (
    *_NETWORK_NAMES,
    *("r/", ".com/", "blog", ".shop", ".store", "forum", "message board", "podcast", " channel", "subreddit"),
)
_NAMED = re.compile(
    rf"\b{_NETWORKS}\b|\b[\w-]+\.(?:shop|store|blog)\b|\b(?:forum|message board|blog post|personal blog|[Bb]log)\b"
)
_EVIDENCE = re.compile(
    whole(
        """according to | says? | said | shows? | showed | shown | found | finds | proves? | proven | proof
        | evidence | confirms? | confirmed | reports? | reported | research | studies | study | studied | trials?
        | claims? | explains? | states? | customers | testimonials | settles?
        | as (?:seen | read | told | explained) (?:on | in | at)
        | (?:as | so) (?:you | one | we | anyone | anybody) (?:can | may | will) (?:read | see | find)"""
    ),
    re.IGNORECASE,
)
_SELLS = re.compile(
    whole(
        """buy | bought | order | shop | store | price[ds]? | prices | compare | cost | costs | discount | coupon
        | code | cart | get (?:it | yours | them | one) | pick up | available (?:at | from | on) | sold
        | subscribe | checkout | stock"""
    )
    + r"|\d ?% off",
    re.IGNORECASE,
)
_JOINS = re.compile(
    whole(
        r"""follow | join | share | subscribe | connect | like us | find (?:us | me) | chat | message us | dm
        | tag us | our (?:\w+ )?(?:page | channel | group | account | community | profile) | my (?:channel | page
        | account | profile | instagram) | contact us | support groups? | hashtag | live ?stream"""
    ),
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:Dr\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){1,2}")
_OWN_PLACE = re.compile(r"\b(?:follow|subscribe|join) (?:us|me|our|my)\b", re.IGNORECASE)
_LONGEST_ADDRESS = 300
_NEARBY = 80  # characters in which a network that is named is warned of
_NEAR = 400  # characters before and after a link that tell what it is there for
_HOST = re.compile(r"(?:https?:)?(?://)?(?:www\.|m\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/:?#]|$)")
_PASSED_OVER = (Kind.FURNITURE, Kind.TAG, Kind.CODE, Kind.HEADING)


class WeakSources(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Looks at where links lead that serve as evidence or stand in a list of sources."""

    hosts: str = "weak-hosts"  # lexicon: hosts that prove nothing
    bodies: str = "health-sources"  # lexicon: names of bodies whose own posts are none of these

    def __post_init__(self) -> None:
        verify(self.hosts, self.bodies)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match for each link, name or entry that is a weak source."""
        document = analysis.document
        references = References.of(document)
        signs = [sign for sign in _SIGNS_OF_PLACES if sign in document.text]
        sellers = {_host(link.target) for block in document.blocks for link in block.links if is_shop(link.target)}
        for index, block in enumerate(document.blocks):
            if block.kind in _PASSED_OVER:
                continue
            listed = index in references.list_blocks
            for link in block.links:
                host = _host(link.target) if link.kind in (LinkKind.INLINE, LinkKind.BARE) else ""
                text = _around(block, link) if listed else _sentence_at(analysis, index, link)
                if host and self._is_weak(block, link, host, text, listed=listed, sold=host in sellers):
                    yield Match(link.span, {"host": host})
            yield from self._addresses(block)
            if not listed:
                yield from _named_as_proof(block, signs)
        for entry in references.entries:
            yield from _unlinked_entry(document, entry)

    def _is_weak(self, block: Block, link: Link, host: str, text: str, *, listed: bool, sold: bool) -> bool:
        """Whether a link in the sentence or entry `text` is a weak source; `sold`: links to a shop lead to `host`."""
        if self._is_open_to_all(host):
            return not _OWN_PLACE.search(text)
        if is_social(link.target):
            words = block.text[link.start : link.end]
            return listed or not (_JOINS.search(text) or _PERSON.fullmatch(words) or self._is_of_body(text))
        is_blog = "blog" in block.text[link.start : link.end].lower() or host.startswith("blog.")
        if is_folk(host):
            return listed or bool(_EVIDENCE.search(text))
        if not (is_blog or sold or is_shop(link.target)):
            return False
        return (listed and not is_blog) or (bool(_EVIDENCE.search(text)) and not _SELLS.search(text))

    def _addresses(self, block: Block) -> Iterator[Match]:
        """Addresses of places that are open to all, which were written without a link."""
        for match in _ADDRESS.finditer(block.text) if ".org" in block.text or ".com" in block.text else ():
            is_linked = any(link.start < match.end() and match.start() < link.end for link in block.links)
            host = _host(match[0])
            if not is_linked and "/" in match[0] and self._is_open_to_all(host) and not _OWN_PLACE.search(block.text):
                yield Match(block.prose.span(*match.span()), {"host": host})

    def _is_of_body(self, text: str) -> bool:
        """Whether a health body's own post or film is spoken of."""
        words = frozenset(re.findall(r"[A-Z][\w.]*\w", text))
        return next(bodies(text), None) is not None or not words.isdisjoint(lexicon(self.bodies))

    def _is_open_to_all(self, host: str) -> bool:
        weak = lexicon(self.hosts)
        labels = host.split(".")
        return any(".".join(labels[at:]) in weak for at in range(len(labels) - 1))


def _host(target: str) -> str:
    match = _HOST.match(target[:_LONGEST_ADDRESS].lower())
    return match[1] if match else ""


def _sentence_at(analysis: Analysis, index: int, link: Link) -> str:
    """The sentence that a link stands in, as far as it is near."""
    sentences = analysis.sentences_of(index)
    at = bisect_right(sentences, link.start, key=lambda sentence: sentence.start) - 1
    if at < 0 or link.start >= sentences[at].end:
        return ""
    start, end = max(sentences[at].start, link.start - _NEAR), min(sentences[at].end, link.end + _NEAR)
    return analysis.document.blocks[index].text[start:end]


def _around(block: Block, link: Link) -> str:
    return block.text[max(0, link.start - _NEAR) : link.end + _NEAR]


def _named_as_proof(block: Block, signs: Sequence[str]) -> Iterator[Match]:
    """'According to Wikipedia', 'voted best by readers of HairTalk', without a link; `signs` are of the former."""
    text = block.text
    called = any(sign in text for sign in signs)
    found = [*(_CALLED_UPON.finditer(text) if called else ()), *(_BY_VOTE.finditer(text) if " by " in text else ())]
    for match in found:
        group = match.lastgroup or 0
        start, end = match.span(group)
        denied = group in ("heard", "sent", "work") and stance.is_negated(text, start)
        supposed = stance.is_conditional(text, match.start()) and not _WISHES.search(text, 0, match.start())
        if supposed or denied or stance.is_quoted(text, start, end):
            continue  # 'If you read on Facebook that ...' rests on nothing, nor does what a reader has said
        if group in ("sent", "work") and (
            " not " in match[0] or _DISTRUSTS.search(text, max(0, match.start() - _NEARBY), match.end() + _NEARBY)
        ):
            continue
        if any(told.start() <= match.start() < told.end() for told in _READER.finditer(text)):
            continue
        if not any(link.start < end and start < link.end for link in block.links):
            yield Match(block.prose.span(start, end), {"host": match[group]})


def _unlinked_entry(document: Document, entry: Entry) -> Iterator[Match]:
    """An entry of a list that names a network and has no link to judge by."""
    block = document.blocks[entry.block]
    named = _NAMED.search(entry.text)
    if named and not has_identifier(entry.text) and not block.links:
        yield Match(block.prose.span(entry.start, entry.end), {"host": named[0]})
