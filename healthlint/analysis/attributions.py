"""Who is quoted in a sentence, and where it sends its reader: 'according to the X', 'X says', 'see the X website'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from healthlint.analysis.bodies import BODY_NOUNS, Name, bodies
from healthlint.analysis.found import Found, overlap
from healthlint.analysis.lexicons import lexicon
from healthlint.analysis.wording import one_of, whole


class Attribution(NamedTuple):
    """A named source in a sentence: `text[start:end]`."""

    name: str
    start: int
    end: int
    sends: bool  # the reader is sent there; else it is quoted


_MOST = 30  # names in a sentence that are looked at: what has more is no sentence
_WINDOW = 90  # characters before a name in which its cue stands
_DOCUMENT = one_of(
    """study | studies | survey | report | review | guidelines? | guidance | statement | article | paper | trial
    | analysis | meta-analysis | fact ?sheet | research | data | figures | estimates? | statistics | leaflet
    | position | consensus | advice | brochure | monograph | entry | poll | press release | newsletter | findings
    | editorial | commentary | piece | letter | column | bulletin | explainer | booklet | notice | warning | document
    | write-up | handbook"""
)
_MADE = one_of(
    "published | conducted | done | carried out | released | issued | led | presented | commissioned | run | posted"
)
_WHEN = r"(?:(?:last|this) \w+|in (?:19|20)\d\d)"
_SMALL_WORDS = one_of(
    r"""the | a | an | that | this | its | on | in | from | by | journals? | official | website | site | pages?
    | of | recent | latest | new | both | online | current | magazine | medical | (?:19 | 20)\d\d"""
)
_UP_TO_NAME = rf",?(?: {_SMALL_WORDS}\b){{0,6}}\s[\"“*_(]{{0,2}}$"
_REPORTED = one_of(
    """published | reported | recommended | advised | endorsed | issued | estimated | defined | described
    | quoted | cited | released | suggested | stated | noted | printed | classified | appeared | says? | said
    | explained | classed | rated | ranked | graded | named | labell?ed | recogni[sz]ed | listed | put forward
    | set out | laid (?:out | down) | spell(?:ed | t) out | drawn up | agreed | worked out"""
)
_QUOTED_BEFORE = re.compile(
    r"\b"
    + one_of(
        rf"""according to(?: an? | one)?(?: [\w-]+){{0,3}}? (?:at | from | of | with) | according to | as per | per | in
        the (?:words | view | opinion | eyes) of | citing | quoting | cites? | quotes? | {_REPORTED}(?:
        \w+){{0,2}} (?:by | in | from | at) | {_DOCUMENT} {_MADE}(?: {_WHEN})? (?:by | from | in | at)
        | {_DOCUMENT}(?: {_WHEN})? (?:by | from | in | of | out of) | (?:study | studies | research | work
        | trial) at | (?:as | so) (?:says? | affirms? | states?
        | reports? | advises | recommends? | claims | writes | asserts)"""
    )
    + _UP_TO_NAME,
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(rf"[\"”,] (?:says?|said|writes|wrote){_UP_TO_NAME}")
_PEOPLE = one_of(
    """team | researchers? | scientists | investigators | doctors | experts | physicians | clinicians
    | specialists | psychologists | neurologists | authors | group | professors? | folks | people | nutritionists
    | dietitians | pharmacists | dermatologists | cardiologists | paediatricians | pediatricians"""
)
# Who treats somebody is called upon for nothing: 'the team from St Thomas' Hospital operated on her'.
_CARES_AFTER = re.compile(
    r"(?:'s|’s|'|’)?(?: \([A-Z]{2,8}\))?,? (?:(?:who|that|which|had|has|have|also|then|later|first) ){0,3}"
    + one_of(
        """operated | treats? | treated | looks? after | looked after | removed | cared | cares? for | saved | admitted
        | discharged | saw | met | works? | worked | will | delivered | performed | is based | was based | took
        | helped | rang | called | (?:are | is) (?:now )?(?:exploring | studying | working | investigating | testing
        | looking | trying | developing)"""
    )
    + r"\b"
)
_PEOPLE_BEFORE = re.compile(rf"\b{_PEOPLE} (?:from|at|of|with|in) (?:the )?$", re.IGNORECASE)
_SENT_BEFORE = re.compile(
    r"\b"
    + one_of(
        r"""(?:refer | referring | turn | go | head) (?:back )?to | look (?:it | this | that | them) up (?:on | at | in)
        | (?:points? | pointed | send | sends | sent) (?:me | you | us | people | readers) to | visit(?:ing)? | see
        | (?:see | check | read | hear | google | look up | find out) what | seek out | check(?:ing)?(?: out)?(?: with)?
        | consult(?:ing)? | read(?:ing)?(?: up on)? | look no further than | listen to
    | (?:find | found | read | is | are | it['’]s) (?:(?:it | all | the | whole | full | story | details | rest | study
    | results | numbers | everything | out) ){1,4}in
        | look (?:at | up | to) | browse | trust | recommended in | (?:information | details? | guides? | lists?
        | advice | leaflets? | copy | copies | more)(?: [\w-]+){0,8} (?:found | available | listed | given) (?:on
        | in | at | from)"""
    )
    + r"(?: (?:the|a) (?:website|site|pages?) (?:of|from))?"
    + _UP_TO_NAME,
    re.IGNORECASE,
)
# 'There is a lab at Stanford whose people tell it better.'
_LAB_BEFORE = re.compile(
    r"\b(?:lab|laboratory|team|group|unit|professor|scientist|researcher|expert)s? (?:at|from) (?:the )?$"
)
_WHO_AFTER = re.compile(r",? (?:who|whose|that|which) ")
# What is to be had there is no source: trials that take patients, somebody to talk to.
_SERVICE = re.compile(
    r"\b(?:information|list|details|search|register|database)s? (?:about|on|of|for) (?:[\w-]+ ){0,4}clinical trials"
    r"|\bclinical trials\b.{0,40}\b(?:patients|accepting|recruiting|enrolling|near you|take part)",
    re.IGNORECASE,
)
_OF_THE_BODY = one_of(
    r"""website | site | web ?site | guidelines? | guidance | report | page | leaflet | experts | scientists
    | researchers | doctors | fact ?sheet | statement | study | survey | data | figures | label | monograph
    | panel | own | \d{4} | patient | clinical | practice | newsletter | booklet | paper | article | review | team
    | (?:members['’] )?magazine | group | specialists? | professors? | advisers | reviewers? | bulletin | editorial
    | handbook | manual | guide
    | (?:[a-z]+ )?(?:people | folks | nutritionists | dietitians | pharmacists | committee | board | council | arm)
    | for (?:parents | patients | carers | doctors | nurses | prescribers | professionals | the public | clinicians)
    | (?:I | you | we) [a-z]+(?: [a-z]+){0,4}"""
)
_ADVERB = one_of(
    r"""also | now | still | even | has | have | had | itself | thus | therefore | in | \d{4} | does not | do not
    | did not | often | already | long | since | always | never | too | both | all | once | [a-z]+ly"""
)
_ASIDE = r"(?: \([^()]{1,30}\)|, (?:in|on|for|among|which|who|citing|after|like|a|an|the) [^,;.]{1,60},)?"
_VERB_AFTER = re.compile(rf"(?:'s|’s|'|’)?(?: {_OF_THE_BODY})*{_ASIDE},?(?: {_ADVERB}\b){{0,4}} (?P<verb>[a-z]+)\b")
# What a guideline is about stands before its verb: 'the NICE guideline on acute sore throat advises'.
_MATTER_AFTER = re.compile(
    rf"(?:'s|’s|'|’)?(?: {_OF_THE_BODY})+ (?:on|for|about|of) [a-z-]+(?P<rest>(?: [a-z-]+){{1,6}})"
)
_ALSO_NOUNS = frozenset("claims finds notes reports states".split())
_NEXT_WORD = re.compile(r" (?P<verb>[a-z]+)\b")
# As in 'NICE has repeatedly pointed out' and 'the advice of the NHS is'.
_PHRASES = one_of(
    r"""(?:points? | pointed) out | (?:spells? | spelled | spelt | sets? | lays? | laid) (?:it )?(?:out | down)
    | (?:makes? | made) (?:it )?(?:clear | plain) | (?:draws? | drew) attention | (?:comes? | came) (?:down | out)
    | (?:calls? | called) (?:it | them | this | these | for) | (?:takes? | took) the view | says? so
    | (?:looks? | looked) (?:at | into) (?:it | this | them | that)
    | used to (?:recommend | advise | say) | settle[sd] on
    | (?:did | does | has done | wrote | has written | put together | came out with) (?:an? | some) ?(?:\w+ ){0,2}
    (?:thing | bit | pages? | notes? | booklet | leaflet | paper | piece | guide | report) (?:on | about)
    | (?:wrote | writes | said | says) (?:something | a good deal | plenty | a lot | lots) (?:on | about)
    | (?:have | has) (?:been | gone | looked) into (?:it | this | that | all | them | the)
    | (?:looked | looks | studied | reviewed | examined | considered | weighed | assessed) (?:[\w-]+ ){1,8}and
    (?:said | says | concluded | concludes | found | finds | recommended | recommends | warned | warns | advised
    | advises | wrote)
    | (?:sorts? | sorted | divides? | divided | groups | splits?) (?:patients | people | men | women | children | them
    | those | cases) (?:by | into | according)
    | had (?:an? )?(?:[\w-]+ )?(?:piece | article | feature | column | story | report | spread | letter) (?:on | about)
    | (?:comes? | came) to (?:the | a | that | much the) (?:\w+ ){0,2}(?:view | conclusion | verdict)
    | (?:reach(?:es | ed) | draws? | drew) (?:the | a) (?:\w+ )?conclusion
    | (?:sets? | puts?) (?:the | a) (?:\w+ )?(?:limit | bar | figure | maximum | target | risk | number)
    | (?:ask | asks | asked) (?:its members | members | prescribers | doctors | people | patients | parents
    | pharmacists | readers) to
    | (?:was | were | is | are) (?:(?:not | less | more | quite | also | still) )?(?:convinced | content | happy
    | satisfied | against | in favou?r | cautious | clear | unconvinced | sceptical | skeptical | wary)
    | (?:does | do) not (?:list | recommend | advise | mention) | goes? into (?:more | greater)
    | (?:has | have | had) (?:[\w-]+ ){0,3}(?:things? | words? | praise | advice) (?:to say | for (?:it | them | this))
    | (?:speaks? | spoke | thinks?) (?:\w+ )?(?:highly | well | warmly | kindly) of
    | (?:is | are | went) on (?:the )?record
    | (?:gives? | gave | has given) (?:it | them | this) (?:\w+ ){1,2}(?:thumbs | marks | seal | blessing | stars
    | rating)
    | (?:has | have | had) (?:it | them | this) (?:\w+ )?down as
    | (?:backs? | backed | bears? | bore) (?:it | this | that | them) (?:up | out)
    | counts? (?:it | them | this | \w+) (?:among | as)
    | puts? it (?:plainly | bluntly | well | best | this way | like this)
    | (?:gives? | gave) (?:the | a) (?:\w+ ){0,2}(?:dose | figure | limit | range | number | rate)
    | goes? so far as | makes? no bones
    | (?:has | have | had) (?:\w+ ){0,2}(?:written (?!to\b) | shown | held | known | spoken (?:of | out | against)
    | put it | set it out | made it (?:clear | plain))"""
)
_PHRASE_AFTER = re.compile(rf"(?:'s|’s|'|’)?(?: {_OF_THE_BODY})*{_ASIDE},?(?: {_ADVERB}\b){{0,4}} {_PHRASES}\b")
# A body's figures and people take a plural, which elsewhere is a noun: 'the WHO reports', but 'WHO data show'.
_PLURALS = one_of(
    """figures | data | guidelines | experts | scientists | researchers | doctors | specialists | statistics | studies
    | estimates | advisers | papers | reports | pages | leaflets | reviewers | recommendations | people | folks"""
)
_PLURAL_AFTER = re.compile(
    rf"(?:'s|’s|'|’)?(?: [a-z]+)? {_PLURALS}(?: {_ADVERB}\b){{0,3}} "
    r"(?:put|show|find|report|claim|note|estimate|state|hold|list|rank|rate|back|favou?r|say|advise|recommend|suggest"
    r"|agree|warn|explain|go into|were (?:not )?(?:convinced|content|happy))\b"
)
# As in 'the Board has it in a nutshell: "Never stop them by yourself"'.
_COLON_AFTER = re.compile(r"[^.;:!?\"“”]{0,60}: [\"“]")
_ITS_WORD = one_of(
    "advice | guidance | guidelines? | position | view | rule | line | recommendations? | verdict | stance"
)
_WORD_AFTER = re.compile(rf"(?:'s|’s|'|’)?(?: [a-z]+)? {_ITS_WORD} (?:is|are|was|were|remains?)\b")
# Where it says so is told, though not where that is: 'the X is content with less in its leaflet on salt'.
_TELLS = one_of(
    r"""leaflets? | guidelines? | guidance | statement | booklet | fact ?sheet | brochure | handbook | position paper
    | (?:annual | yearly | latest | last | recent) report | bulletin | newsletter | monograph | recommendations
    | textbook | manual"""
)
_IN_ITS = rf"\b[Ii]n (?:its|their) (?:[\w’'-]+ ){{0,3}}?{_TELLS}\b"
_IN_ITS_AFTER = re.compile(rf"(?: [\w’',-]+){{0,12}}? {_IN_ITS}")
_IN_ITS_BEFORE = re.compile(rf"{_IN_ITS}(?: (?:on|of|for|about|from) [^,;.]{{1,40}})?, (?:the )?$")
# What is done in it is no saying: 'the Trust will look into it, as it has promised in its newsletter'.
_ALTERS = re.compile(
    r"\b(?:will|would|may|might|plans?|planned|hopes?|hoped|expects?|is to|are to|chang\w+|updat\w+|revis\w+"
    r"|includ\w+|publish\w*|add(?:s|ed)|thanks?|thanked|advertis\w+|prints?|printed)\b"
)
_VIEW_BY = re.compile(
    r"\b(?:view|line|position|stance|approach|course|opinion|advice)\b[^;.]{0,80}?"
    rf" (?:taken|held|shared|adopted|echoed|favou?red|expressed|voiced) by{_UP_TO_NAME}",
    re.IGNORECASE,
)
# What journals do: 'the Journal of Pain ran a review'.
_PRINTS_AFTER = re.compile(
    r" (?:(?:also|even|has|just|recently) )*(?:ran|carried|published|printed|devoted|featured)\b"
)
_PRINTS = re.compile(
    r"\b(?:Journal|Annals|Archives|Lancet|Magazine|Bulletin|Gazette|Times|Post|Today|JAMA|BMJ|NEJM|Guardian)\b"
)
_OFFERS = one_of(
    """has(?: got)? | have(?: got)? | offers | provides | publishes | keeps | maintains | runs | features | carries
    | lists | has (?:put out
    | issued | published | written | produced | brought out) | put out | brought out | prints | hosts | posts"""
)
_MATTER = one_of(
    """guides? | pages? | information | overviews? | leaflets? | fact ?sheets? | databases? | lists? | tools?
    | articles? | resources? | sections? | details? | videos? | recommendations | guidelines? | maps? | registers?
    | chapters? | booklets? | notices? | check-?lists? | figures | statistics | explainers? | statements?
    | (?:more | plenty | lots? | something | a lot
    | a good deal | a few words | whole pages? | volumes?) (?:on | about) | the (?:numbers | figures)
    | documents? | papers? | guidance
    | write-?ups? | (?:action | care | diet | exercise | meal) plans? | handouts? | print-?outs? | downloads?
    | toolkits? | worksheets?
    | brochures? | handbooks? | manuals? | monographs? | white ?papers? | notes? (?:on | about)"""
)
_HOLDS_AFTER = re.compile(
    rf"(?:'s|’s)?(?: (?:website|site|page))? {_OFFERS} (?!it\b|them\b)(?:(?!not\b)[\w-]+ ){{0,4}}{_MATTER}(?!\w)"
)
_SITE_AFTER = re.compile(r"(?:'s|’s)? (?:official )?(?:website|web ?site|site|web ?page|portal|online library)\b")
_LOOK = re.compile(
    whole("find | found | see | check | read | visit | available | look | more | learn | go to | listed | details"),
    re.IGNORECASE,
)
# What does not call upon the body itself: its money, its people, its rulings, a branch of it around the corner.
_BRANCH = one_of(
    r"""staff | team | doctors? | nurses? | helpline | hotline | emergency | helpdesk | support line | clinic
    | pharmacy | files | records | grants? | in \d"""
)
_RULES_ON = re.compile(r" (?:\w+ ){0,3}(?:for|its|the|against) (?:approval|licen[cs]\w+|authori[sz]ation|withdrawal)\b")
# 'The Society holds its meeting in May' is no view that it holds.
_HAS_IN_HAND = re.compile(
    r"\b(?:holds?|held) (?!that\b|the (?:view|line|opinion|position|belief)\b|it\b|to\b|fast\b|firm\b)"
)
_NO_SOURCE_AFTER = re.compile(rf"(?:'s|’s)?(?: \([A-Z]{{2,8}}\))? {_BRANCH}\b")
_NO_SOURCE_BEFORE = re.compile(
    r"\b"
    + one_of(
        r"""(?:funded | sponsored | supported | paid for | run | led | backed | approved | cleared | regulated
        | licensed | registered | certified | employed)(?: in part)? by | laborator\w+ (?:at | of) | based at
        | work(?:s | ed | ing)? (?:at | for) | trained at | (?:member | president | director | head | chair
        | fellow | spokes\w+ | branch | office) of"""
    )
    + r"(?: the)?\s$"
)
_WHOSE = one_of("your | a | an | any | nearest | local | our | my | their | his | her | each | every | some")
# 'Dr. Rao, who sees patients at the Cedar Clinic, said'
_WORKS_THERE = re.compile(
    r"\b(?:Dr|Prof|Professor)\b[^;:!?]{0,60}, (?:who|whose) [^;:!?]{0,60}\b(?:at|of|for|with) (?:the )?$"
)
_LOCAL = re.compile(rf"\b{_WHOSE}(?: (?:local|nearest|own|state|nearby|\w+ed))?\s$", re.IGNORECASE)
_OWN_DOCUMENT = re.compile(
    rf"(?:'s|’s)?(?: [a-z]+)? (?:{_DOCUMENT}|team|group|panel)\b"
)  # 'a CDC report', 'a Yale team'
_CAPITALISED = re.compile(r"\b[A-Z][\w.]*\w")
_CAPITALISED_WORDS = r"[A-Z][\w&'’-]*(?: (?:(?:and|of|in|the|for|&) ){0,2}[A-Z][\w&'’-]*){0,6}"
_JOURNAL = re.compile(rf"\b(?:[Jj]ournals?|[Mm]agazine|[Nn]ewspaper) [\"“*_]{{0,2}}(?P<name>{_CAPITALISED_WORDS})")
_PAPERS = ("paper in", "papers in", "article in", "editorial in", "letter in", "commentary in", "published in")
_TITLES = frozenset(("Dr", "Dr.", "Prof", "Prof.", "Professor"))
_TITLED = re.compile(r"(?:Dr|Prof|Professor)\b")
_DOCTOR = r"(?:Dr\.?|Prof(?:essor|\.)?)(?: Dr\.?)?(?: [A-Z](?:\.|[\w'’-]+)){1,4}"
_SAYS = one_of(
    r"""says? | said | explains | explained | notes | noted | adds | added | warns | warned | claims | claimed
    | writes | wrote | recommends | advises | argues | insists | puts it | calls | called | swears | promises | urges
    | maintains | believes | thinks | reckons | agrees | prescribes | points out
    | has (?:in [^,.;:]{3,30}? )?(?:\w+ ){0,2}(?:shown | said | written | found | argued | warned | praised
    | recommended)
    | has (?:\w+ )?published (?:on | about | an? | the | some | data | figures | results)"""
)
# What is done by those around somebody is theirs: 'Dr. Lee's team in Leeds has published on it'.
_AROUND = one_of(
    """team | group | lab | laboratory | unit | colleagues | people | researchers | research group | (?:new )?book
    | memoir"""
)
_FOUND = one_of(
    r"""(?:has | have) (?:\w+ ){0,2}(?:published | shown | found | reported | written | tested | measured | studied
    | described | looked at | looked into | worked out) | published | put out | showed | found | reported | measured
    | tested | wrote | says? | argues? | recommends? | advises?"""
)
_WORKS = one_of("work | papers? | articles? | study | studies | research | writings | trials?")
_PERSON = re.compile(
    rf"\b(?:(?P<by>{_SAYS})|[Aa]ccording to|in the words of|{_WORKS} (?:of|by|from)),? (?P<before>{_DOCTOR})"
    rf"|\b(?P<after>{_DOCTOR}),?(?: [^.;:\"“”]{{0,80}},| (?:of|from|at|in) [^.;:,\"“”]{{1,40}}?)? (?P<verb>{_SAYS})\b"
    rf"|\b(?P<head>{_DOCTOR})(?<=['’]s) {_AROUND}(?: (?:of|from|at|in) [^.;:,\"“”]{{1,40}}?)? (?P<did>{_FOUND})\b"
)
# Who wrote a book is called upon by it, title or not before the name; a book that is named can be found.
_BOOK_OF = (
    r"(?:her|his|their) (?:[\w’'-]+ ){0,3}?"
    r"(?:book|bestseller|memoir|textbook|manual|handbook|newsletter|column|lecture)s?\b"
)
_UNNAMED = r"(?! [\"“*_A-Z]|, [\"“A-Z])"
_FULL_NAME = r"[A-Z][\w’'-]+(?: [A-Z]\.){0,2}(?: (?:de|van|von|der|la|al|bin) )?(?: ?[A-Z][\w’'-]+){1,2}"
_AUTHOR = re.compile(
    rf"\b(?P<after>{_FULL_NAME})(?:, [^,;.]{{1,60}},)? (?:\w+ly |also |even |once |has |had ){{0,2}}(?:"
    rf"(?!wr[io]te){_SAYS}\b[^;.]{{0,40}}? in {_BOOK_OF}{_UNNAMED}"
    rf"|(?:writes|wrote|written|tells|told|holds|shows|describes|described) in {_BOOK_OF}{_UNNAMED}"
    r"(?: (?:on|about) [^,;.]{1,40})?,?(?::| (?:that|how|why|what)\b))"
    rf"|\b[Ii]n {_BOOK_OF}(?: (?:on|about) [^,;.]{{1,40}})?,? (?P<before>{_FULL_NAME}) (?:\w+ly )?{_SAYS}\b"
    rf"|\b[Aa]ccording to (?P<quoted>{_FULL_NAME}),? in {_BOOK_OF}{_UNNAMED}"
    rf"|\b(?P<inside>{_FULL_NAME}), in {_BOOK_OF},? (?:speaks|says|writes|calls|tells|puts|argues|describes|likens"
    r"|compares|explains|reminds|shows|recommends|advises)\b"
)
# Whose words the writer makes his own: 'As the essayist Jo Field once wrote, "..."'
_AS_SAYS = re.compile(
    rf"\b[Aa]s (?:(?:the|a|an|our|old|dear) )?(?:[a-z-]+ ){{0,3}}(?P<name>{_FULL_NAME})(?:, [^,;.]{{1,60}},)?"
    r" (?:(?:has|had|have|once|famously|so|rightly|often|memorably|wisely|well|always|\w+ly) ){0,3}"
    r"(?:said|says|say|written|wrote|writes|puts? it|noted|notes|observed|observes|remarked|declared|told|tells"
    r"|reminds)\b"
)
_BOOKS = ("book", "bestseller", "memoir", "manual", "newsletter", "column", "lecture")
# Reporters quote in the past tense whom they have talked to.
_REPORTED_TALK = frozenset("said explained noted added warned claimed".split())
_OWNING = re.compile("['’]s$")
_QUOTE_MARKS = re.compile('["“”«»]')
_QUOTED = re.compile('["“«][^"“”«»]{0,400}["”»]')
_WRITER = re.compile(r"\bI(?:['’]\w+)?\b")
# A book or a newsletter that goes by its maker's name, and a journal that goes by none.
_BOOK = re.compile(
    r"\b(?!(?:The|An?|This|That|My|Our|His|Her|Your|Every|Each|One|No|Any|In|On|If|When|For|But|And)\b)"
    r"(?P<name>[A-Z][\w'’-]+(?: [\w'’-]+){0,3} "
    + one_of("book | handbook | textbook | newsletter | magazine | newspaper")
    + r")\b"
)
# What a trial goes by: 'the SINUS-24 trial', 'a big trial, IMPROVE-IT, that'. Five capitals, for 'MRI' is none.
_TRIAL_NAME = (
    r"(?!COVID|FODMAP|NSAID|SSRI|AMSTAR|PRISMA|NHANES)"
    r"(?:[A-Z]{4,}-(?:[A-Z]{2,}|\d{1,2})|[A-Z]{5,}(?: [1-9])?|[A-Z][a-z]?[A-Z]{4,})"
)
_TRIAL = re.compile(
    rf"\b[Tt]he (?:[a-z-]+ ){{0,3}}(?P<head>{_TRIAL_NAME})(?: [a-z]+)? (?:trial|study)\b(?! of\b)"
    rf"|\b(?:trial|study), (?P<aside>{_TRIAL_NAME}),"
)
_MEETINGS = ("panel", "task force", "working", "consensus", "steering", "expert", "guideline", "study group")
_PANEL = re.compile(
    r"\b(?!(?:The|An?|This|That|My|Our|His|Her|Your|Their|Its|Every|Each|One|No|Any|In|On|If|When|For|But|And)\b)"
    r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,4} "
    + one_of(
        """(?:consensus | expert | guideline | guidelines | advisory)? ?panel | task force | working (?:group | party)
        | consensus (?:group | conference | meeting | committee) | (?:expert | guideline | steering | study)
        (?:group | committee)"""
    )
    + r")\b"
)
_NATIONS = one_of(
    """German | French | Spanish | Italian | Dutch | Belgian | Swiss | Austrian | Danish | Swedish | Norwegian | Finnish
    | Polish | Czech | Hungarian | Russian | Turkish | Japanese | Chinese | Korean | Indian | Australian | Canadian
    | American | British | Scottish | Irish | European | US | UK"""
)
_RULEBOOK = re.compile(
    rf"\b(?P<name>{_NATIONS} (?:[a-z]+ )?(?:guidelines?|guidance|monograph|pharmacop(?:o)?eia)"
    r"|(?!(?:The|This|That|Our|My|Your|These|Those)\b)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4} Guidelines?)\b"
)
_RULES = ("uideline", "uidance", "onograph", "harmacop")
_RULEBOOK_SAYS = re.compile(
    r"(?: (?:on|for|about|of) [^,;.:]{1,60}?)?,? (?:expresses|speaks of|has it|gives|names|puts|holds|calls|says|lists"
    r"|recommends?|advises?|counts|places|allows|asks for|warns?|states?)\b"
)
_OTHERS = re.compile(r"[a-z] (?:et al\b|and (?:(?:his|her|their|the) )?(?:colleagues|co-?workers|team)\b)")
# As in 'what Cipriani and his colleagues published some years ago'.
_AND_OTHERS = re.compile(
    r"\b(?P<name>[A-Z][a-z][\w’'-]+ and (?:(?:his|her|their|the) )?(?:colleagues|co-?workers|team))"
    r"(?: (?:from|at|in|of) [^,;.:]{2,40}?)? (?:\w+ly |have |had |has )?"
    r"(?:brought out|published|put out|reported|found|showed|shown|described|concluded|looked at|looked into|tested"
    r"|studied|argue|argued|measured|wrote)\b"
)
# As in 'Smith and colleagues (2019) describe it as the best'.
_COLLEAGUES = re.compile(
    r"\b(?P<name>[A-Z][\w’'-]+(?: et al\.?| and (?:colleagues|co-?workers))) \((?:19|20)\d\d[a-z]?\)"
)
_NAMELESS = re.compile(
    rf"\b(?:{_DOCUMENT}|results?|findings|published|printed|reported|came out|come out"
    r"|appear(?:s|ed|ing)?|accepted(?: for publication)?|(?:results|findings|data|work|report|paper"
    r"|study|trial|details) (?:is|are|was|were)(?: now| just)?(?: out)?)"
    r"(?: (?:published|online|today|this week|last \w+|this month)){0,2} (?:in|by|from) "
    r"(?P<name>(?:an?|one(?: of the)?|another|some) (?:[\w-]+ ){0,4}(?:journal|magazine|newspaper)s?)\b"
    r"|\b(?P<subject>(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w-]+ ){0,4}(?:journal|magazine|newspaper)) "
    r"(?:(?:has|had|just|recently|even) ){0,2}(?:published|ran|carried|printed|reported|featured|says|said|called)\b"
)
_DIARY = re.compile(whole("keep | write | note | record | log | jot | track | enter"), re.IGNORECASE)
# A journal that no word in its name marks as one. 'A trial in New Zealand' was held there, a paper was not.
_PAPER_IN = re.compile(
    r"\b(?:paper|article|editorial|letter|commentary)s? (?:published |printed )?in "
    rf"(?P<name>{_CAPITALISED_WORDS})(?: (?:in|last) [\w ]{{3,12}})? "
    r"(?:found|finds|showed|shows|says|said|argues|argued"
    r"|reported|reports|concluded|concludes|described|describes|warned|warns|put|puts|linked|links|suggests|suggested)\b"
)
# A talk that the writer had is a source of its own.
_OWN_TALK = re.compile(
    whole(
        r"""interview\w* | told (?:me | us | this) | spoke (?:to | with) | my | our
    | asked (?:what | how | whether | about | by | if | why) | (?:i | we) asked | e-?mail(?:ed)?
        | (?:not | n't) (?:been )?(?:involved | part of) | no part in | no (?:connection | ties | link) | not connected
        | unconnected | independent of"""
    ),
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # sentences come again as one types
def attributions(text: str, verbs: str, names: str) -> tuple[Attribution, ...]:
    """The named sources that a sentence quotes or sends its reader to, bodies first.

    `verbs` and `names` are lexicons: verbs of quoting, and names that no word in them marks as a body's.
    """
    return tuple(_attributions(text, verbs, names))


def _attributions(text: str, verbs: str, names: str) -> Iterator[Attribution]:
    found = {*_bodies(text), *_known(text, names), *_journals(text)}
    taken = [Found(name.start, name.end) for name in found]
    found |= {each for each in _panels(text) if not overlap(Found(each.start, each.end), taken)}
    for name in sorted(found, key=lambda name: (name.start, name.end))[:_MOST]:
        sends = _sends_to(text, name)
        if sends or _quotes(text, name, verbs):
            yield Attribution(name.text, name.start, name.end, sends)
    if "journal" in text or "magazine" in text or "newspaper" in text:
        yield from _nameless(text)
    yield from _works(text)
    if not found and any(word in text for word in _PAPERS):
        for match in _PAPER_IN.finditer(text):
            yield Attribution(match["name"], *match.span("name"), sends=False)
    yield from _speakers(text)


def _works(text: str) -> Iterator[Attribution]:
    """Guidelines by their country or title, trials by their name, papers by who wrote them, and when."""
    if any(word in text for word in _RULES):
        for match in _RULEBOOK.finditer(text):
            before = text[max(0, match.start() - _WINDOW) : match.start()]
            if _QUOTED_BEFORE.search(before) or _RULEBOOK_SAYS.match(text, match.end()):
                yield Attribution(match["name"], *match.span("name"), sends=False)
    if "trial" in text or "study" in text:
        for match in _TRIAL.finditer(text):
            group = match.lastgroup or ""
            yield Attribution(match[group], *match.span(group), sends=False)
    for pattern in (_COLLEAGUES, _AND_OTHERS) if _OTHERS.search(text) else ():
        for match in pattern.finditer(text):
            yield Attribution(match["name"], *match.span("name"), sends=False)


def _speakers(text: str) -> Iterator[Attribution]:
    """Doctors, authors of books and whoever else is called upon by a name."""
    quoted = list(_AS_SAYS.finditer(text)) if _may_quote(text) else []
    doctors = "Dr" in text or "Prof" in text
    if (doctors or quoted) and not _is_own_talk(text):
        yield from _people(text) if doctors else ()
        for match in quoted:
            yield Attribution(match["name"], *match.span("name"), sends=False)
    if any(word in text for word in _BOOKS):
        for match in _AUTHOR.finditer(text):
            author = match.lastgroup or ""
            yield Attribution(match[author], *match.span(author), sends=False)


def _may_quote(text: str) -> bool:
    return ("As " in text or " as " in text) and bool(_QUOTE_MARKS.search(text))


def _nameless(text: str) -> Iterator[Attribution]:
    """Journals that go by no name: 'a leading journal'; what somebody keeps a diary in is none."""
    for match in _NAMELESS.finditer(text):
        if _DIARY.search(text, 0, match.start()):
            continue
        group = "name" if match["name"] else "subject"
        yield Attribution(match[group], *match.span(group), sends=False)


def _is_own_talk(text: str) -> bool:
    """Whether the writer has talked to whom a sentence quotes: an interview, or the writer's own doctor."""
    return bool(_OWN_TALK.search(text) or _WRITER.search(_QUOTED.sub("", text)))


def _people(text: str) -> Iterator[Attribution]:
    """Doctors and professors who are called upon, and not those whom a reporter has talked to."""
    for match in _PERSON.finditer(text):
        if (match["by"] or match["verb"]) in _REPORTED_TALK and (_QUOTE_MARKS.search(text) or text.endswith(":")):
            continue
        group = next(each for each in ("before", "after", "head") if match[each])
        name = _OWNING.sub("", match[group])
        yield Attribution(name, match.start(group), match.start(group) + len(name), sends=False)


@lru_cache(maxsize=8192)  # blocks and sentences come again as one types
def may_have_attributions(text: str, names: str) -> bool:
    """Whether a text holds a word that opens a name or stands in one: most do not, and this is quickly seen."""
    if any(word in text for word in _PAPERS):
        return True
    if "journal" in text or "magazine" in text or "newsp" in text or _may_quote(text):
        return True
    if any(word in text for words in (_BOOKS, _MEETINGS, _RULES) for word in words) or _OTHERS.search(text):
        return True
    if ("trial" in text or "study" in text) and _TRIAL.search(text):
        return True
    words = frozenset(_CAPITALISED.findall(text))
    return not (words.isdisjoint(BODY_NOUNS) and words.isdisjoint(_names_by_word(names)) and words.isdisjoint(_TITLES))


def _sends_to(text: str, name: Name) -> bool:
    before = _before(text, name)
    if before is None:
        return False
    if _SERVICE.search(text):
        return False
    if _LAB_BEFORE.search(before) and _WHO_AFTER.match(text, name.end) and not _CARES_AFTER.match(text, name.end):
        return True
    if _HOLDS_AFTER.match(text, name.end) or (_SITE_AFTER.match(text, name.end) and _LOOK.search(text)):
        return True
    return bool(_SENT_BEFORE.search(before))


def _quotes(text: str, name: Name, verbs: str) -> bool:
    before = _before(text, name)
    if before is None or name.text.endswith(("Study", "Trial")):
        return False  # what a study found is no matter of who said so
    if any(cue.search(before) for cue in (_QUOTED_BEFORE, _SAID_BEFORE)):
        return True
    if _PEOPLE_BEFORE.search(before):
        return not _CARES_AFTER.match(text, name.end)
    if any(cue.match(text, name.end) for cue in (_PHRASE_AFTER, _PLURAL_AFTER, _WORD_AFTER, _COLON_AFTER)):
        return True
    if _VIEW_BY.search(before) or _IN_ITS_BEFORE.search(before):
        return True
    told = _IN_ITS_AFTER.match(text, name.end)
    if told and not _ALTERS.search(told[0]):
        return True
    if _PRINTS.search(name.text) and _PRINTS_AFTER.match(text, name.end):
        return True
    matter = _MATTER_AFTER.match(text, name.end)
    if matter and any(word.endswith("s") for word in lexicon(verbs) & {*matter["rest"].split()} - _ALSO_NOUNS):
        return True
    found = (_NEXT_WORD.match(text, name.end), _VERB_AFTER.match(text, name.end))
    verb = next((each for each in found if each and each["verb"] in lexicon(verbs)), None)
    if not verb or verb["verb"].endswith("ing"):
        return False
    return not (_RULES_ON.match(text, verb.end()) or _HAS_IN_HAND.match(text, verb.start("verb")))


def _before(text: str, name: Name) -> str | None:
    """What stands before a name; None if the name does not stand for the body as a source."""
    before = text[max(0, name.start - _WINDOW) : name.start]
    if _WORKS_THERE.search(before):
        return None
    is_local = _LOCAL.search(before) and not _OWN_DOCUMENT.match(text, name.end)
    if is_local or _NO_SOURCE_BEFORE.search(before) or _NO_SOURCE_AFTER.match(text, name.end):
        return None
    return before


def _bodies(text: str) -> Iterator[Name]:
    """The bodies in a text, but for where a person is from: 'Professor Lund of the Institute' speaks for himself."""
    return (body for body in bodies(text) if not _TITLED.match(body.text))


def _known(text: str, names: str) -> Iterator[Name]:
    """The names of a lexicon in a text."""
    by_word = _names_by_word(names)
    for match in _CAPITALISED.finditer(text):
        for name in by_word.get(match[0], ()):
            end = match.start() + len(name)
            if text.startswith(name, match.start()) and not text[end : end + 1].isalnum():
                yield Name(name, match.start(), end)
                break


def _panels(text: str) -> Iterator[Name]:
    """Those who have come together to agree on something: 'the Princeton panel', 'the Maastricht working group'."""
    if any(word in text for word in _MEETINGS):
        for match in _PANEL.finditer(text):
            yield Name(match["name"], match.start("name"), match.end("name"))


@cache
def _names_by_word(names: str) -> dict[str, tuple[str, ...]]:
    """The names of a lexicon by their first word, longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(lexicon(names), key=len, reverse=True):
        first = name.split()[0]
        found[first] = (*found.get(first, ()), name)
    return found


def _journals(text: str) -> Iterator[Name]:
    """What stands behind 'the journal', and books that are named for their makers: 'the Maudsley handbook'."""
    for pattern in (_JOURNAL, _BOOK):
        for match in pattern.finditer(text):
            yield Name(match["name"], match.start("name"), match.end("name"))
