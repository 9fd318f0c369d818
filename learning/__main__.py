"""`python -m learning`: learn the weights of rules/weights/ from labelled sentences; needs `pip install -e '.[learn]'`.

Sentences come from corpus/sentences/*.tsv (KIND, tab, SENTENCE; see corpus/sentences/README.md) and from the labelled
articles below corpus/, but for two folders, HELD_OUT: what no row touches is clean, and a sentence alone on the rows of
a label has its kind. Of several, that one is taken which the weights learned from all others find likeliest (one round
of what Andrews, Tsochantaridis and Hofmann tell in 'Support Vector Machines for Multiple-Instance Learning', 2002).
Dangers, each with the sentences behind it, come from corpus/passages and the same articles; notices of each kind come
from corpus/notices, and sentences that are none from the articles that lack one; what drugs are used for without a
licence, from corpus/uses, whichever drug and use it is. The same examples give the same weights; `made_of` in a file is
a digest of them, and a test fails when they have changed.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from healthlint import documents, rules
from healthlint.analysis import Analysis, Sentence, weighing
from healthlint.analysis.evidence import Evidence, evidence_for
from healthlint.analysis.repetition.concepts import points
from healthlint.checks import Check
from healthlint.checks.emergency import Emergency
from healthlint.checks.instructions import Instructions
from healthlint.checks.off_label import OffLabel
from healthlint.checks.presence import Presence
from healthlint.documents.document import Kind
from healthlint.labels import Label, Labelled, labelled

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "corpus" / "sentences"
PASSAGES = ROOT / "corpus" / "passages"
NOTICES = ROOT / "corpus" / "notices"
USES = ROOT / "corpus" / "uses"
HELD_OUT = ("blind-27", "blind-28")  # folders of corpus/ that nothing is learned from, to measure on
CLAIMS = (
    "absolute-claim", "causal-claim", "promotional", "uncited-comparison", "uncited-efficacy", "uncited-safety",
    "uncited-statistic", "uncited-study", "vague-authority",
)  # fmt: skip
EMERGENCY = "missing-emergency-advice"
USE = "off-label-use"
NOTICED = {  # what an article owes its reader, and the rule that misses it
    "medical-disclaimer": "disclaimers/missing-medical-disclaimer",
    "professional-advice": "disclaimers/missing-professional-advice",
    "supplement-notice": "disclaimers/missing-supplement-disclaimer",
}
LEARNED = {
    "claims": CLAIMS,
    "instructions": ("unsafe-instruction",),
    "emergencies": (EMERGENCY,),
    "uses": (USE,),
    **{notice: (notice,) for notice in NOTICED},
}
# rules whose checks notice signs besides the words
CHECKS = {
    "instructions": "disclaimers/unsafe-instruction",
    "emergencies": f"disclaimers/{EMERGENCY}",
    "uses": "disclaimers/off-label-without-notice",
}
CLEAN = "clean"
SOFTNESS = 60.0  # inverse of the regularisation (C of scikit-learn), by cross-validation
PART = 8  # of so many listed sentences one is an example without a notice: more of them outweigh the notices
FEW = 3  # of so many passages of an article that name no danger one is an example
SEEN = 2  # times that a run of words stands in the sentences, at least
KEPT = {"claims": 60_000, "instructions": 30_000}  # the heaviest runs: more gain nothing
KEPT_OF_OTHERS = 10_000


class Example(NamedTuple):
    """A sentence, and the kinds that an editor marks it with: none if it is clean."""

    text: str
    kinds: tuple[str, ...]


class Passage(NamedTuple):
    """Sentences, one of which at least an editor marks with a kind."""

    texts: tuple[str, ...]
    kind: str


class Material(NamedTuple):
    """What is learned from."""

    examples: list[Example]
    passages: list[Passage]
    dangers: list[Example]  # each with the sentences behind it
    notices: dict[str, list[Example]]  # what an article owes its reader, by kind, each with what is none
    uses: list[Example]  # of drugs, off the label, and what only names such a use

    def of(self, name: str) -> list[Example]:
        """What the weights of a name are learned from."""
        others = {"emergencies": self.dangers, "uses": self.uses, **self.notices}
        return others.get(name, self.examples)


def material(without: str = "") -> Material:
    """All that is labelled in the project, but for the articles below the folder `without`."""
    listed = [*_of_lists(SENTENCES)]
    notices = {name: [*_of_lists(NOTICES), *_without(name, listed[::PART])] for name in NOTICED}
    dangers = [*_of_lists(PASSAGES), *(each for each in listed[:: 2 * PART] if not each.kinds)]
    found = Material(listed, [], dangers, notices, [*_of_lists(USES)])
    for article in _articles(without):
        _add(found, article)
    return found


def _of_lists(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kinds, _, text = line.partition("\t")
            if text:
                yield Example(text, () if kinds.startswith(CLEAN) else tuple(kinds.split(",")))


def _articles(without: str) -> Iterator[Labelled]:
    folders = {path.parent for path in (ROOT / "corpus").rglob("*.gold.tsv")}
    for found in labelled(sorted(str(folder) for folder in folders if folder.name not in (*HELD_OUT, without))):
        if isinstance(found, Labelled):
            yield found


class _Placed(NamedTuple):
    """A sentence of an article, and its rows."""

    of: Sentence
    first: int
    last: int

    def is_touched_by(self, label: Label) -> bool:
        """Whether a label stands on one of the rows."""
        return bool(label.first) and label.first <= self.last and self.first <= label.last


def _add(found: Material, article: Labelled) -> None:
    """Add the sentences of an article."""
    document = documents.read(article.article.name, article.article.read_bytes())
    analysis = Analysis(document)
    placed = [
        _Placed(each, document.position(each.span.start).row, document.position(each.span.end).row)
        for each in analysis.sentences
    ]
    sentences_on = Counter(row for each in placed for row in range(each.first, each.last + 1))
    own = [
        each
        for each in placed
        if analysis.block_of(each.of).kind is not Kind.NOTE and not analysis.is_reference(each.of.block)
    ]
    for each in own:
        kinds = {label.kind for label in article.labels if each.is_touched_by(label)}
        if not kinds and evidence_for(analysis, each.of) is not Evidence.STRONG:
            found.examples.append(Example(each.of.text, ()))
        elif kinds and all(sentences_on[row] == 1 for row in range(each.first, each.last + 1)):
            found.examples.append(Example(each.of.text, tuple(sorted(kinds))))
    for label in filter(lambda label: label.must, article.labels):
        texts = tuple(each.of.text for each in own if each.is_touched_by(label))
        if len(texts) > 1:
            found.passages.append(Passage(texts, label.kind))
    found.dangers.extend(_dangers(analysis, article.labels))
    for name, notices in found.notices.items():
        notices.extend(_silent(name, analysis, article.labels))


def _dangers(analysis: Analysis, labels: Sequence[Label]) -> Iterator[Example]:
    """The dangers that an article names, but those that an editor may mark or not, and some of what is none."""
    check, document = _check(CHECKS["emergencies"]), analysis.document
    assert isinstance(check, Emergency)
    for number, (text, span, is_named) in enumerate(check.weighed_texts(analysis)):
        first, last = document.position(span.start).row, document.position(span.end).row
        touching = [
            label for label in labels if label.kind == EMERGENCY and 0 < label.first <= last and first <= label.last
        ]
        if touching and is_named and any(label.must for label in touching):
            yield Example(text, (EMERGENCY,))
        elif not touching and (is_named or number % FEW == 0):
            yield Example(text, ())


def _without(notice: str, listed: Iterable[Example]) -> Iterator[Example]:
    """Sentences that were listed for another reason, as clean ones, but for those that patterns take for a notice."""
    check = _check(NOTICED[notice])
    assert isinstance(check, Presence)
    yield from (Example(example.text, ()) for example in listed if not check.tells(example.text))


def _silent(notice: str, analysis: Analysis, labels: Sequence[Label]) -> Iterator[Example]:
    """The sentences of an article that surely lacks a notice, but those that patterns take for one."""
    missing = NOTICED[notice].partition("/")[2]
    if any(label.must and not label.first and label.kind == missing for label in labels):
        yield from _without(notice, (Example(each.text, ()) for each in analysis.sentences))


def digest(name: str, found: Material) -> str:
    """What the examples are known by that the weights of a name are learned from: their order does not matter."""
    examples = found.of(name)
    lines = [f"{','.join(kinds)}\t{text}" for text, kinds in examples]
    if examples is found.examples:
        lines += [f"{kind}\t{' '.join(texts)}" for texts, kind in found.passages]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


def learn(name: str, found: Material) -> weighing.Weights:
    """The weights that tell the sentences of one set of kinds from all others, and these kinds from each other."""
    examples = found.of(name)
    if examples is found.examples:
        examples = [*examples, *_chosen(_learn(name, examples), found)]
    return msgspec.structs.replace(_learn(name, examples), made_of=digest(name, found))


def _chosen(learned: weighing.Weights, found: Material) -> Iterator[Example]:
    """The likeliest sentence of each passage, with all the kinds that it was chosen for."""
    kinds: dict[str, set[str]] = {}
    for texts, kind in found.passages:
        if kind in learned.kinds:
            likeliest = max(texts, key=lambda text: _weight(learned, text, kind))
            kinds.setdefault(likeliest, set()).add(kind)
    known = {example.text for example in found.examples}
    return (Example(text, tuple(sorted(of))) for text, of in kinds.items() if text not in known)


def _runs_of(text: str) -> frozenset[str]:
    return weighing.runs_of(weighing.words_of(text), points(text))


def _weight(learned: weighing.Weights, text: str, kind: str) -> float:
    """How much a sentence is a claim, and one of that kind."""
    runs, at = _runs_of(text), learned.kinds.index(kind)
    of_kind = sum(learned.kind[run][at] for run in runs & learned.kind.keys())
    of_claims = sum(learned.claim.get(run, 0) for run in runs)
    return float((of_claims + of_kind / 2) * len(runs) ** -0.5)


def _learn(name: str, found: Sequence[Example]) -> weighing.Weights:
    """The same, from sentences alone; what they were made of is not told."""
    kinds = LEARNED[name]
    claims = [any(kind in kinds for kind in example.kinds) for example in found]
    # a claim of another sort, or a defect that is none, is no example of a clean sentence for claims
    used = [at for at, example in enumerate(found) if claims[at] or not example.kinds or name != "claims"]
    signs = _signs(name)
    runs = {at: _runs_of(_as_weighed(name, found[at].text)) | signs(found[at].text) for at in used}
    base, claim = _fit([runs[at] for at in used], [claims[at] for at in used], KEPT.get(name, KEPT_OF_OTHERS))
    if len(kinds) == 1:
        return weighing.Weights("", base, claim, kinds, (0,), {})
    positive = [at for at in used if claims[at]]
    of_kinds = [found[at].kinds for at in positive]
    bases, kind = _fit_kinds([runs[at] for at in positive], of_kinds, kinds)
    return weighing.Weights("", base, claim, kinds, bases, kind)


def _signs(name: str) -> Callable[[str], frozenset[str]]:
    """What the check that uses the weights notices in a sentence besides its words, as the weights know it."""
    if name not in CHECKS:
        return lambda _: frozenset()
    check = _check(CHECKS[name])
    assert isinstance(check, Instructions | Emergency | OffLabel)
    return lambda text: frozenset(f"{weighing.SIGN}{sign}" for sign in check.noticed(text))


def _as_weighed(name: str, text: str) -> str:
    """A sentence as the check that uses the weights has it weighed."""
    check = _check(CHECKS[name]) if name in CHECKS else None
    return (check.weighed_text(text) if isinstance(check, OffLabel) else "") or text


@cache
def _check(rule: str) -> Check:
    return rules.load(rule, ROOT / "rules" / f"{rule}.yaml").check


def _matrix(runs: Sequence[frozenset[str]], place: Mapping[str, int]) -> Any:
    rows, columns, values = [], [], []
    for row, found in enumerate(runs):
        scale = sum(not _is_sign(run) for run in found) ** -0.5
        for run in found & place.keys():
            rows.append(row)
            columns.append(place[run])
            values.append(1.0 if _is_sign(run) else scale)
    return csr_matrix((values, (rows, columns)), shape=(len(runs), len(place)))


def _is_sign(run: str) -> bool:
    return run.startswith(weighing.SIGN) and len(run) > 1 and run[1].isalpha()


def _places(runs: Sequence[frozenset[str]]) -> dict[str, int]:
    counts = Counter(run for found in runs for run in found)
    return {run: at for at, run in enumerate(sorted(run for run, count in counts.items() if count >= SEEN))}


def _fit(runs: Sequence[frozenset[str]], answers: Sequence[bool], kept: int) -> tuple[int, dict[str, int]]:
    place = _places(runs)
    _, first = _regression(_matrix(runs, place), answers)
    heavy = sorted(place, key=lambda run: (not _is_sign(run), -abs(first[place[run]]), run))[:kept]
    place = {run: at for at, run in enumerate(sorted(heavy))}
    base, last = _regression(_matrix(runs, place), answers)
    return round(base), {run: round(last[at]) for run, at in place.items() if round(last[at])}


def _regression(matrix: Any, answers: Sequence[bool]) -> tuple[float, Any]:
    """Base and weights, in hundredths, of a regression over runs of words.

    A run counts the more, the more it is of claims alone, or of others alone (Wang and Manning, 'Baselines and
    Bigrams', 2012: the ratio of its shares in both, here damped).
    """
    claims, seen = np.array(answers), matrix > 0
    of_claims, of_others = (1 + np.asarray(seen[rows].sum(axis=0)).ravel() for rows in (claims, ~claims))
    telling = np.abs(np.log(of_claims / of_claims.sum()) - np.log(of_others / of_others.sum())) ** 0.5
    regression = LogisticRegression(C=SOFTNESS, max_iter=1000, solver="liblinear", dual=True, random_state=0)
    regression.fit(matrix.multiply(telling).tocsr(), claims)
    return 100 * regression.intercept_[0], 100 * telling * regression.coef_[0]


def _fit_kinds(
    runs: Sequence[frozenset[str]], answers: Sequence[Sequence[str]], kinds: Sequence[str]
) -> tuple[tuple[int, ...], dict[str, tuple[int, ...]]]:
    """A regression for each kind, since a sentence may be of several."""
    place = _places(runs)
    matrix = _matrix(runs, place)
    fitted = [_regression(matrix, [kind in of_sentence for of_sentence in answers]) for kind in kinds]
    weights = {run: tuple(round(weight[at]) for _, weight in fitted) for run, at in place.items()}
    heavy = sorted(weights, key=lambda run: (-max(map(abs, weights[run])), run))[:KEPT_OF_OTHERS]
    return tuple(round(base) for base, _ in fitted), {run: weights[run] for run in sorted(heavy)}


def main() -> int:
    """Learn anew and write the files."""
    parser = argparse.ArgumentParser(prog="python -m learning", description="Write rules/weights/*.json anew.")
    parser.add_argument("--without", default="", help="leave out the articles of this folder of corpus/")
    parser.add_argument("names", nargs="*", choices=[[], *LEARNED], help="weights to learn; all if none is named")
    options = parser.parse_args()
    found = material(options.without)
    for name in options.names or LEARNED:
        learned = learn(name, found)
        path = ROOT / "rules" / "weights" / f"{name}.json"
        path.write_bytes(msgspec.json.encode(learned) + b"\n")
        print(f"{path.name}: {len(found.of(name))} examples, {len(learned.claim)} runs of words", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
