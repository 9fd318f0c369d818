"""Doses far above the most that a drug's label allows in a day: slips of the point or of the unit, or worse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis, Sentence, stance
from healthlint.analysis.doses import MASS, Dose, doses, drug_of, is_taken, sentence_at, span_of
from healthlint.analysis.drugs import lookup
from healthlint.analysis.passages import any_of
from healthlint.analysis.topic import mentions
from healthlint.analysis.uses import off_label_use
from healthlint.checks import Check, Match

_FAR = 2.0  # specialists go over the label at times, yet hardly by this factor
_FAR_OFF_LABEL = 5.0  # where a use is not on the label, neither are its doses
_BESIDES = re.compile(
    r"\b(?:overdos\w*|poison\w*|toxic\w*|fatal|lethal|too much|accident\w*|mistake\w*|stud(?:y|ies)|trials?|volunteers"
    r"|mice|rats?|animals?|infus\w*|intraven\w*|drip|bottles?|packs?|box(?:es)?|total|altogether|monthly|months?|years?"
    r"|weekly|per week|a week|never|(?<!\bor )not|no one|nobody|instead of|abus\w*|addict\w*|died|death|weigh\w*"
    r"|gels?|creams?|ointments?|patch(?:es)?|shots?|inject\w*|depot|buttocks?|(?:is|are|be) applied|rub(?:bed)?"
    r"|(?:every|each) \w+ (?:weeks|months)"
    r"|kilo\w*|glucose|sugars?|carb\w*|protein|fib(?:er|re)|fat|salt|alcohol|food)\b",
    re.IGNORECASE,
)  # of a sentence that names such an amount for another reason, or of what is not swallowed


class DailyMaximum(Check, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Holds each dose that is taken against the most that adults may have of the drug in a day."""

    most: dict[str, float]  # milligrams by the drug's name in the table, of the way it is taken at home

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a dose, over number and unit; `drug` and `most` fill the message."""
        for dose in doses(analysis):
            if dose.unit not in MASS or dose.is_strength or dose.per_weight:
                continue
            drug = _drug_of(analysis, dose)
            most = self.most.get(drug)
            if most is None or _a_day(dose) < _FAR * most or not is_taken(analysis, dose):
                continue
            sentence = sentence_at(analysis, dose.block, dose.start)
            if sentence and (_BESIDES.search(sentence.text) or stance.is_refuted(analysis, sentence)):
                continue
            if _a_day(dose) < _FAR_OFF_LABEL * most and _is_off_label(analysis, drug, sentence):
                continue  # the label sets no limit for what it does not list
            yield Match(span_of(analysis, dose), {"drug": drug, "most": f"{most:,g} mg"})


def _drug_of(analysis: Analysis, dose: Dose) -> str:
    """The drug that is dosed by its sentence, else by the heading above; '' if neither says it."""
    drug, _ = drug_of(analysis, dose)
    heading = None if drug else analysis.heading_of(dose.block)
    named = {mention.known.drug for mention in mentions(heading.text)} if heading else set()
    return drug or (named.pop() if len(named) == 1 else "")


def _is_off_label(analysis: Analysis, drug: str, sentence: Sentence | None) -> bool:
    """Whether a sentence is of a use that the drug's label does not list, or the heading above it, if it names none."""
    known = lookup(drug)
    if sentence is None or known is None or known.drug is None:
        return False
    labelled = any_of(known.drug.labelled_uses) if known.drug.labelled_uses else None
    heading = analysis.heading_of(sentence.block)
    for text in (sentence.text, heading.text if heading else ""):
        if labelled and labelled.search(text):
            return False
        if off_label_use(text, known.drug) is not None:
            return True
    return False


def _a_day(dose: Dose) -> float:
    """What a dose comes to in a day, in milligrams."""
    return dose.high * MASS[dose.unit] * dose.pieces * max(1.0, dose.times)
