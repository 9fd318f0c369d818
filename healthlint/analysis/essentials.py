"""What an article of each kind must speak of, and the words that show that it does, under a heading or in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from healthlint.analysis import Analysis
from healthlint.analysis.setting import Profile
from healthlint.analysis.telling import is_told, matters
from healthlint.analysis.topic import profile_of, topic_of
from healthlint.documents.document import Kind

_DRUG = {
    "interactions": (
        r"\binteract\w*|\b(?:other|some|certain|these|following) (?:medicines?|drugs?|medications?|tablets)\b"
        r"|\b(?:do not|never|don['’]t) (?:combine|mix|take (?:it|this|\w+) with)\b|\btaken (?:together )?with\b"
        r"|\btogether with\b"
        r"|\bhours (?:apart|before|after)\b|\bantibiotics?\b|\b(?:warfarin|blood thinners?|grapefruit|antacids"
        r"|lithium|alcohol)\b"
    ),
    "who should not take it": (
        r"\bcontra-?indicat\w*|\b(?:should|must|may|can) not (?:be taken|take|use|be used|be given|have)\b"
        r"|\bnot (?:suitable|safe|right|recommended|meant|for everyone)\b|\bwho should(?:n['’]t| not| avoid"
        r"| be careful)|\bavoid (?:it|this|taking|using)\b|\bdo not (?:take|use) (?:it|this|\w+) if\b"
        r"|\btell (?:your|the) (?:doctor|pharmacist|prescriber|nurse|gp|team)\b.{0,60}\bif\b|\b(?:allergic"
        r"|allergy) to\b"
        r"|\bkidneys?\b.{0,40}\b(?:disease|fail\w*|weak|problems?|work)\b"
    ),
    "pregnancy and breastfeeding": (
        r"\bpregnan\w*|\bbreast-?\s?feed\w*|\bnursing (?:mothers?|a baby)|\bunborn|\bbirth defects?"
    ),
    "overdose": (
        r"\boverdos\w*|\btoo (?:much|many)\b|\bpoison(?:s|ing)? (?:control|cent|help|information)|\b(?:took|taken"
        r"|take) more than\b|\b1-800-222-1222\b"
    ),
    "a missed dose": (
        r"\b(?:miss|misses|missed|missing|forget|forgets|forgot|forgotten|skip|skipped) (?:\w+ ){0,3}(?:dose"
        r"|doses|tablets?|pills?|capsules?|injections?|it|one|patch)\b|\bcatch up\b|\bdouble (?:the |a "
        r"|up )?(?:next )?dose"
    ),
    "stopping it": (
        r"\b(?:stop|stops|stopped|stopping|quit|discontinu\w+|come off|coming off|withdraw\w*|taper\w*|wean\w*)\b"
    ),
    "storage": (
        r"\b(?:stor(?:e|ed|age|ing)|keep (?:it|them|this|the \w+|\w+ tablets)|room temperature|refrigerat\w*"
        r"|fridge|out of (?:the )?reach|throw away|dispos\w+|expir\w+)\b"
    ),
}
_SUPPLEMENT = {
    "interactions": _DRUG["interactions"],
    "who should not take it": _DRUG["who should not take it"],
    "pregnancy and breastfeeding": _DRUG["pregnancy and breastfeeding"],
    "side effects": r"\b(?:side[- ]effects?|adverse|unwanted effects?|upset stomach|nausea|rash|risks?)\b",
    "how much to take": r"\b\d[\d,.]*\s?(?:mg|mcg|g|iu|units|grams?|milligrams?|micrograms?|ml|drops|capsules?"
    r"|tablets?)\b"
    r"|\b(?:dos(?:e|es|age)|upper limit|recommended (?:daily )?(?:amount|intake|allowance))\b",
}
_CONDITION = {
    "symptoms": r"\b(?:symptoms?|signs?|feels? like|notice)\b",
    "causes or who is at risk": r"\b(?:caus(?:e|es|ed|ing)|risk|due to|because|triggers?|leads? to|comes? from)\b",
    "how it is found": r"\b(?:diagnos\w+|tests?|examin\w+|scans?|x-?rays?|biops\w+|ultrasound|checks?|screen\w+)\b",
    "treatment": r"\b(?:treat\w*|therap\w+|medicines?|medications?|surgery|operation|reliev\w+|manag\w+|cured?)\b",
    "when to get help": r"\b(?:see|call|ring|visit|ask|tell|talk to|speak to|contact|consult|go to|get|seek)\b.{0,60}"
    r"\b(?:doctor|gp|provider|nurse|midwife|dentist|pharmacist|clinic|hospital|emergency|911|999|112|111|help"
    r"|professional|specialist)\b"
    r"|\b(?:medical|emergency) (?:help|attention|care)\b",
}
_NEWS = {
    "harms": r"\b(?:harms?|side[- ]effects?|adverse|risks?|safety|tolerat\w+|unwanted)\b",
    "who paid": r"\b(?:fund(?:s|ed|ing|ers?)|paid for|sponsor\w*|financ\w+|grants?|supported by|conflicts? of interest"
    r"|employ\w+|fees)\b",
    "the limits of the evidence": r"\b(?:limit(?:s|ed|ations?)|small|early|larger|longer"
    r"|not (?:yet )?(?:peer|published|prove|show|been)|more (?:research|studies|trials)|caution\w*|caveats?|preliminary"
    r"|observational|cannot (?:show|prove)|however)\b",
    "somebody who had no part in it": r"\b(?:not involved|no part in|did not take part|independent|outside expert"
    r"|unconnected|was not part|had no role|another (?:expert|doctor|scientist|researcher)|critics?|editorial)\b",
}
_TOPICS: dict[Profile, dict[str, str]] = {
    "drug": _DRUG,
    "supplement": _SUPPLEMENT,
    "condition": _CONDITION,
    "news": _NEWS,
}
_PATTERNS = {
    profile: {topic: re.compile(pattern, re.IGNORECASE) for topic, pattern in topics.items()}
    for profile, topics in _TOPICS.items()
}
_UNREAD = (Kind.CODE, Kind.TAG, Kind.FURNITURE)


def missing(analysis: Analysis) -> Iterator[str]:
    """The topics of which an article of its kind says nothing; those of its drug come last."""
    told = [block.text for block in analysis.document.blocks if block.kind not in _UNREAD]
    profile = profile_of(analysis)
    for topic in _PATTERNS[profile]:
        if not any(_is_told(profile, topic, text) for text in told):
            yield topic
    subjects = topic_of(analysis).subjects
    if profile in ("drug", "supplement") and len(subjects) == 1:
        for fact in subjects[0].mentions:
            if fact.certainty == "established" and matters(analysis, fact) and not is_told(analysis, fact):
                yield fact.topic


@lru_cache(maxsize=8192)  # blocks come again as one types
def _is_told(profile: Profile, topic: str, text: str) -> bool:
    return bool(_PATTERNS[profile][topic].search(text))
