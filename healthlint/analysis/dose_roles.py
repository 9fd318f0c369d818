"""What a dose is for: to start with, to take as a rule, or the most there may be; and for whom and in which form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.doses import MASS, Dose, doses, drug_of, sentence_at
from healthlint.analysis.once import once

Role = Literal["start", "usual", "most", "other"]

_CUES: tuple[tuple[Role, str], ...] = (
    (
        "most",
        (
            r"maxim(?:um|al)(?:ly)?|max\b\.?|ceiling|cap\b|capped|(?:highest|top|largest|biggest)(?: \w+){0,2} dose"
            r"|upper limit|(?:the|daily|safe) limit"
            r"|(?:the )?most (?:that )?(?:you|anyone|anybody|anybody|a person|people|adults|children|one) (?:can|should"
            r"|may|must|is|are)"
            r"|no more than|(?:not|never|n[’']t)(?: \w+){0,3} (?:above|over|beyond|past|more than|exceed)|not exceeding"
            r"|without exceeding|exceeds?|at most|stops? at"
        ),
    ),
    (
        "start",
        (
            r"start(?:s|ed|ing)?(?! (?:to|working|of))|begin(?:s|ning)?(?! (?:to|working|of))|initial(?:ly)?"
            r"|opening dose|first dose|lowest dose"
        ),
    ),
    (
        "other",
        (
            r"(?:increas|rais|rise|reduc|lower|titrat|adjust|build|cut|drop|taper|go up|goes up|step)\w*|then"
            r"|maintenance|target|stud(?:y|ies)|trials?|overdose"
            r"|loading|instead|compared|versus|mistake\w*|accident\w*|was|were|had|once only|single dose|one-off|from"
            r"|in addition|plus|each contain\w*"
        ),
    ),
    (
        "usual",
        (
            r"usual(?:ly)?|typical(?:ly)?|normal(?:ly)?|standard|recommended|common(?:ly)?|tak(?:e|es|ing)|dose|dosage"
            r"|gives?|given|prescribed"
        ),
    ),
)
_CUE = re.compile(rf"(?<![\w-])(?:{'|'.join(f'(?P<{role}>{words})' for role, words in _CUES)})(?!\w)", re.IGNORECASE)
_MOST_BEHIND = re.compile(
    r"[^.;,\d]{0,30}\b(?:(?:is|are|being) (?:the|your|an?) (?:absolute |daily |usual )?(?:max\w*|ceiling"
    r"|highest|most|upper limit|limit|top)"
    r"|at (?:the )?most\b|max(?:imum)?\b)", re.IGNORECASE
)  # fmt: skip
_START_BEHIND = re.compile(
    r"[^.;,\d]{0,30}\b(?:is|are) (?:the|a) (?:usual |typical |normal |common )?(?:start|first|initial)", re.IGNORECASE
)
_REACH = 90  # characters from a cue to its dose

_GROUPS = re.compile(
    r"""\b(?P<child>child|kids?\b|infant|(?<!unborn\ )bab(?:y|ies)|toddler|teen|adolescent|pa?ediatric
        |under\ \d|aged?\ \d|years|months?\ old|school-?age)
    |\b(?P<old>older|elderly|frail|65|seniors?)|(?P<kidney>kidney|renal|dialysis)|(?P<liver>\bliver|hepatic|cirrho)
    |(?P<pregnant>pregnan|breast-?feed)
    |\b(?P<woman>wom[ae]n|female)|\b(?P<man>m[ae]n|male)\b
    |(?P<slow>(?:extended|slow|modified|sustained|prolonged|delayed)[- ]release|long-acting|\b[XESM]R\b|\bCR\b|\bLA\b)
    |(?P<fast>immediate[- ]release|\bregular\ (?:tablet|capsule|form|strength|release|insulin)
        |short-acting|ordinary|plain\ tablet)
    |(?P<needle>inject|intraven|infus|intramusc|\bIV\b|\bdrip\b|intrathecal|\bpump\b)
    |\b(?P<skin>cream|gel\b|ointment|topical|patch|skin)
    |(?P<breath>inhal|nebuli|puff|spray)|(?P<fluid>liquid|syrup|suspension|solution|drops|mouthwash)
    |(?P<chew>chewable|dispersible|effervescent)
    |(?P<ward>hospital|specialist|supervision|doctor['’]s\ orders|under\ medical)
    |(?P<prescribed>prescription|prescribed)
    |(?P<otc>over[- ]the[- ]counter|without\ a\ prescription|self-care|\bOTC\b)
    |(?P<severe>severe|serious|mild|moderate|acute|chronic|resistant)
    |(?P<brief>short[- ]term|long[- ]term|first\ (?:day|week|dose)|day\ (?:one|1)|\btwo\ weeks)
    |(?P<few>some\ (?:people|patients)|a\ few|rarely|in\ rare|exception|unless|except)
    |(?P<weight>weigh|\bkg\b|heavier|lighter|body\ weight)
    |(?P<mix>together\ with|combin|taken\ with|along\ with|who\ (?:also\ )?take|poor\ metaboli)""",
    re.IGNORECASE | re.VERBOSE,
)
_PURPOSE = re.compile(
    r"\b[Ff]or (?!(?:most|adults?|people|example|instance|anyone|everyone|you|the|an?|at|up|this|that|all|each"
    r"|every|many|it|more|one|two|three|four|healthy|good|life|sure|ever|long|months|hours|otherwise|years|weeks|days)\b)(\w{4,})"
)


class Stated(NamedTuple):
    """A dose with its role, in a sentence."""

    dose: Dose
    role: Role
    sentence: Sentence
    drug: str

    @property
    def groups(self) -> frozenset[str]:
        """For whom, in which form and for what it is; adults by mouth are taken for granted."""
        return groups_in(self.sentence.text)


@once
def stated(analysis: Analysis) -> tuple[Stated, ...]:
    """The doses of an article that somebody is to take, in order, with their roles."""
    found = []
    for dose in doses(analysis):
        sentence = sentence_at(analysis, dose.block, dose.start)
        if sentence and not dose.is_strength and dose.unit in (*MASS, "units", "mL"):
            text = analysis.document.blocks[dose.block].text
            role = _role(text, dose, sentence.start, sentence.end)
            found.append(Stated(dose, role, sentence, drug_of(analysis, dose)[0]))
    return tuple(found)


@lru_cache(maxsize=8192)  # sentences come again: for each of their doses, in other articles, and as one types
def groups_in(text: str) -> frozenset[str]:
    """The groups of people, forms and purposes that a sentence limits itself to."""
    named = {match.lastgroup or "" for match in _GROUPS.finditer(text)}
    return frozenset(named | {match[1].lower() for match in _PURPOSE.finditer(text)})


def _role(text: str, dose: Dose, start: int, end: int) -> Role:
    """The role by the nearest cue before the dose in its sentence, or by what is said of it right behind."""
    behind = text[dose.end : end]
    if _MOST_BEHIND.match(behind):
        return "most"
    if _START_BEHIND.match(behind):
        return "start"
    before = text[max(start, dose.start - _REACH) : dose.start]
    cues = list(_CUE.finditer(before))
    roles: list[Role] = [role for cue in cues for role, _ in _CUES if cue.lastgroup == role]
    if not roles:
        return "other"
    if roles[-1] == "usual":  # 'the recommended starting dose', 'the usual maximum dose'
        close = [
            role
            for role, cue in zip(roles, cues, strict=True)
            if len(before) - cue.end() < _REACH // 2 and role != "usual"
        ]
        return close[-1] if close else "usual"
    return roles[-1]
