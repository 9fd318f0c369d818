"""How little an article claims, and what that says of a sentence in it.

A sentence that may or may not be a claim is less likely one in a hospital's leaflet than in an advertisement. So where
hardly another sentence of an article is a claim without doubt that stands unsupported, the likelihood of each falls,
and where many are it rises, yet not by much: without a bound, two in three of the claims that were found so on a set of
articles that nobody had seen were none. How far it falls was found by a logistic regression over the labelled articles,
each weighed by weights that were learned without it. Figures and studies without a source are not counted, for the
driest of texts leave them so, too; from which share on it falls was then set where no finding on the labelled articles
changed.
"""

from __future__ import annotations

import math

from healthlint.analysis import Analysis, Sentence, stance
from healthlint.analysis.evidence import Evidence, evidence_for
from healthlint.analysis.once import once
from healthlint.analysis.weighing import Weighed, weigh
from healthlint.documents.document import Kind

_CERTAIN = 0.9  # from here on a sentence tells what the others are worth
_DRY = ("uncited-statistic", "uncited-study")
_PASSED_OVER = (Kind.NOTE, Kind.HEADING)
_PRIOR_CLAIMS, _PRIOR_SENTENCES = 0.62, 25.0  # what is taken for known of an article before its first sentence
_USUAL = -3.6  # log of the share of such claims from which on nothing is shifted
_WORTH = 1.23  # of the log of the share, in the log of odds
_MOST = 0.5  # in the log of odds, by which a likelihood rises where much is claimed


def likelihood_in(analysis: Analysis, sentence: Sentence) -> float:
    """How likely a sentence makes a claim (0 to 1), given its words and what else its article claims."""
    own = weigh(sentence.text).likelihood
    if not 0.0 < own < 1.0:
        return own
    claims, sentences = _claims(analysis)
    others = len(claims - {(sentence.block, sentence.start)})
    share = (_PRIOR_CLAIMS + others) / (_PRIOR_SENTENCES + sentences)
    shift = min(_MOST, _WORTH * (math.log(share) - _USUAL))
    odds = own / (1 - own) * math.exp(shift)
    return odds / (1 + odds)


@once
def _claims(analysis: Analysis) -> tuple[frozenset[tuple[int, int]], int]:
    """Where the sentences stand that are claims without doubt, and how many there are in all."""
    read = [each for each in analysis.sentences if _is_running_text(analysis, each)]
    found = (each for each in read if _is_praise(weigh(each.text)) and _stands(analysis, each))
    return frozenset((each.block, each.start) for each in found), len(read)


def _is_praise(weighed: Weighed) -> bool:
    """Whether words claim something without doubt, and not what a dry encyclopaedia leaves without a source, too."""
    return weighed.likelihood >= _CERTAIN and weighed.kind not in _DRY


def _is_running_text(analysis: Analysis, sentence: Sentence) -> bool:
    return analysis.block_of(sentence).kind not in _PASSED_OVER and not analysis.is_reference(sentence.block)


def _stands(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the writer says it, and nothing supports it."""
    if stance.is_question(sentence.text) or stance.is_refuted(analysis, sentence):
        return False
    return evidence_for(analysis, sentence) is not Evidence.STRONG
