"""What the sections of a health article are usually about, told by their headings."""

from __future__ import annotations

import re
from functools import lru_cache

from healthlint.analysis.promises import is_cited_heading, is_reading_heading

_NUMBER = re.compile(r"^\W*(?:\d{1,2}|[A-Z])[.):]\s+")
_TOPICS = {
    "nature": r"what (?:exactly )?(?:is|are) (?!the\b)|\bbasics\b|\bexplained\b|\bdefinition\b|"
    r"^(?:about|meet|understanding) |^what (?:[\w'’-]+ ){1,3}(?:is|are)\b",
    "working": r"\bhow\b.*\b(?:works?|acts?|helps?)\b|\bwhat\b.*\bdo(?:es)?\b|\bway\b.*\b(?:works?|helps?|acts?)\b|"
    r"\bmechanism\b|\brole of\b|\binside the body\b|\bmode of action\b",
    "cause": r"\bcauses?\b|\bwhy\b.*\b(?:happens?|forms?|get|occurs?|develops?|comes?)\b|\bwhere\b.*\bcomes? from\b|"
    r"\btriggers?\b|\bwhat (?:is|lies) behind\b|\b(?:arises?|arose|origins?)\b"
    r"|\bhow (?:it|they|this|[\w'’-]+s?) (?:starts?|begins?|comes? about|develops?|forms?|happens?)\b",
    "uses": r"\buse[ds]?\b|\bprescribed\b|\bindications?\b|\bbenefits?\b|\bgood for\b|\bwhy\b.*\b(?:take|use|give)s?\b|"
    r"\bconditions\b.*\btreat",
    "merits": r"\bbenefits?\b|\badvantages?\b|\bgood for\b|\bupsides?\b|"
    r"\bwhat\b.*\b(?:do|does|did|change[ds]?|can do) for\b|"
    r"\bwhy\b.*\b(?:choose|love|stick|trust|glad|swear|worth|bother|switch|like|picks?|recommend)\b|\breasons\b",
    "dose": r"\bdos(?:e|es|age|ing)\b|\bhow much\b"
    r"|\bhow (?:to|do i|do you|do we|people|should (?:i|you)) (?:take|use|give|put|apply|rub|wear|get|have|swallow)\b"
    r"|\b(?:taking|using|applying) (?:it|them|the|your|this|these|my)\b|^taking\b|\badministration\b|\bdirections\b"
    r"|\bhow it is (?:taken|given)\b|\bgetting\b.*\b(?:on|in|down|from|out of)\b|\bmaking the most of\b"
    r"|\bhow (?:one|you|we|they|residents|patients) (?:takes?|uses?)\b"
    r"|\b(?:daily|everyday) use\b|\bdrill\b|\bhandling of\b"
    r"|\bday[ -]to[ -]day\b|\b(?:daily|evening|morning|your)\b.*\broutine\b|"
    r"\bthe right way\b|\bproperly\b|\bcorrectly\b|\bto take it\b",
    "visit": r"\b(?:visits?|appointments?|sessions?)\b|\bwhat happens (?:at|on|in|during|when)\b|\bon the day\b",
    "risk": r"\bat risk\b|\bwho gets\b|\brisk factors?\b|\bwho is (?:most )?likel|\bprone\b",
    "overdose": r"\boverdos|\btoo (?:much|many)\b",
    "missed": r"\bmiss(?:ed|ing)?\b|\bforg[eo]t",
    "pregnancy": r"\bpregnan|\bbreast-?feed|\bexpecting a baby\b",
    "effects": r"\b(?:side|adverse|unwanted|undesired|undesirable|ill|after)[- ]?effects?\b|\breactions?\b|"
    r"\bdownsides?\b|\bgo(?:es)? wrong\b|\bdrawbacks?\b|\brisks?\b(?! factors?)|\bwatch (?:out )?for\b|"
    r"\bwhat (?:you|people|patients) (?:might|may|could|can|will)?\s?(?:notice|feel|expect)\b",
    "safety": r"\bsafe(?:ty|ly)?\b|\bwarnings?\b|\bprecautions?\b|\bwho\b.*\b(?:not|careful|avoid|cannot)\b|"
    r"\bdangers?\b|\bbefore (?:you|taking|starting)\b|\bcontraindications?\b",
    "mixing": r"\binteract|\bmix(?:ing|es)?\b|\bcombin|\bother (?:medicines|medications|drugs)\b|\btogether\b",
    "evidence": r"\bevidence\b|\bstud(?:y|ies)\b|\bresearch\b|\btrials?\b|\bscience\b|\bresults?\b|\bfound\b|"
    r"\bfindings?\b|\b(?:does|do|will|can) (?:it|they|\w+) (?:really )?(?:work|help)\b|\bproof\b|\beffective",
    "stopping": r"\bstop(?:ping)?\b|\bcoming off\b|\bwithdrawal\b|\bquitting\b",
    "storage": r"\bstor(?:e|ing|age)\b|\bkeeping (?:it|them|your)\b",
    "washing": r"\blaundry\b|\bwash(?:ing)?\b|\bclothes\b|\bbedding\b|\bsheets\b|\btowels\b|\bbed linen\b",
    "eating": r"\beat(?:ing)?\b|\bfoods?\b|\bdiet\b|\bmeals?\b",
    "cost": r"\bcosts?\b|\bprices?\b|\bafford\b|\binsurance\b|\bpay(?:ing)?\b",
    "outlook": r"\boutlook\b|\bhow long\b|\brecover|\bprognosis\b|\blong[- ]term\b",
    "symptoms": r"\bsymptoms?\b|\bsigns?\b|\bwhat\b.*\bfeels? like\b",
    "diagnosis": r"\bdiagnos|\btests?\b|\btesting\b",
    "help": r"\bwhen to\b|\bemergency\b|\bsee a doctor\b|\bget help\b",
}
_RECAP = re.compile(
    r"\b(?:in (?:short|brief|summary|a nutshell|conclusion|closing|sum|a few words|one minute)|summary|recap|"
    r"conclusions?|(?:key|main|important|quick|fast) (?:points?|facts?|messages?|takeaways?|ideas?)|take-?aways?|"
    r"take-?home|bottom line|(?:final|closing|last) (?:words?|thoughts?|remarks?|note)|to (?:sum up|conclude)|"
    r"wrapping up|wrap-?up|tl;?dr|at a glance|highlights|before you go|"
    r"(?:things|what|points) to remember|remember (?:only|nothing|one|just)|only remember|the gist|long story short|"
    r"(?:things|what) to take (?:home|away)|checklist|what (?:you|to) (?:need|should|must) (?:to )?know|"
    r"the short (?:version|answer)|in this (?:article|leaflet|guide))\b",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(r"\b(?:overview|introduction|welcome|background)\b", re.IGNORECASE)
_BACK_MATTER = re.compile(
    r"\b(?:references|sources|further reading|resources|faqs?|frequently asked|questions and answers|q ?& ?a|notes|"
    r"disclaimer|about (?:us|the|this)|contact|more information|learn more|"
    r"read (?:more|on)|next steps|glossary)\b",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"\b(?:who (?:wrote|checked|reviewed|made|edited|is behind)|about (?:us|the (?:authors?|writer|reviewer))|authors?|"
    r"how (?:we|this (?:page|article|leaflet|guide|text)) (?:wrote|made|was (?:written|made|checked|reviewed))|"
    r"acknowledge?ments|funding|disclosures?|conflicts? of interest)\b",
    re.IGNORECASE,
)
_QUESTIONS = re.compile(
    r"\bfaqs?\b|\bfrequently asked\b|\bquestions?\b|\bq ?& ?a\b|\basked\b|"
    r"\b(?:people|patients?|parents?|readers?|customers?|visitors?|members|men|women|you)\b.{0,20}\bask\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 200  # characters; the patterns look for two words with others between
_HEADINGS = {topic: re.compile(pattern, re.IGNORECASE) for topic, pattern in _TOPICS.items()}


@lru_cache(maxsize=2_000)
def topics_of(heading: str) -> frozenset[str]:
    """The usual topics that a heading names; most headings name one or none."""
    heading = _NUMBER.sub("", heading[:_LONGEST_HEADING])
    return frozenset(topic for topic, pattern in _HEADINGS.items() if pattern.search(heading))


def is_recap(heading: str) -> bool:
    """Whether a section gives the gist of the article: 'In short', 'Key points', 'Conclusion', 'At a glance'."""
    return bool(_RECAP.search(heading[:_LONGEST_HEADING]))


def is_introduction(heading: str) -> bool:
    """Whether a section leads into the article: what it mentions is told in full later."""
    return bool(_INTRODUCTION.search(heading[:_LONGEST_HEADING]))


def is_back_matter(heading: str) -> bool:
    """Whether a section stands behind the article proper: references, questions and answers, about the author."""
    heading = heading[:_LONGEST_HEADING]
    return (
        bool(_BACK_MATTER.search(heading))
        or is_imprint(heading)
        or is_cited_heading(heading)
        or is_reading_heading(heading)
    )


def is_imprint(heading: str) -> bool:
    """Whether a section says who made the article and how: it names what the others are about."""
    return bool(_IMPRINT.search(heading[:_LONGEST_HEADING]))


@lru_cache(maxsize=2_000)
def is_about_questions(heading: str) -> bool:
    """Whether a section holds questions and their answers: 'FAQ', 'What patients ask us'."""
    return bool(_QUESTIONS.search(heading[:_LONGEST_HEADING]))
