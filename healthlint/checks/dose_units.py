"""Units that cannot be right for a drug, such as milligrams for units, and one unit under two names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from healthlint.analysis import Analysis
from healthlint.analysis.dose_roles import groups_in
from healthlint.analysis.doses import MASS, Dose, doses, drug_of, is_taken, sentence_at, span_of
from healthlint.analysis.passages import any_of
from healthlint.analysis.topic import mentions
from healthlint.checks import Check, Match, Related

_FAR = 90  # times larger or smaller than every other dose of the drug: a slip of the unit is one of 1,000
_FAR_OF_SAME = 20  # the same, if its very number is among theirs: '25 g' beside '25 mg' and '400 mg'
_SEVERAL = 3  # doses in a unit, which one in another does not gainsay
_ALIKE = 4  # while the bare numbers differ by no more than this
_TELLING = 2  # digits besides zeros that are no chance
_ENOUGH = 2  # other doses of the drug that must agree
_MANY = 20_000.0  # milligrams: twenty grams
_HEAVY = 200_000.0  # milligrams: more than anybody takes of a drug or supplement
_OF_WHAT = re.compile(r"\s?(?:of|in|from) (?:the |a |dried |pure |fish |combined )?([\w-]+)", re.IGNORECASE)
_FOOD = re.compile(
    r"\b(?:carb\w*|sugar|glucose|dextrose|protein|fib(?:er|re)|fish|meat|fruit|vegetables?|food|foods|rice"
    r"|bread|cheese|yogh?urt|nuts|flour|milk"
    r"|portions?|servings?|weigh\w*|drug|salt|patch|gel|cream|ointment|tube|jar|bottle|bag|tub)\b",
    re.IGNORECASE,
)
_POISONING = re.compile(
    r"\b(?:overdos\w*|poison\w*|toxic\w*|suicid\w*|accident\w*|fatal|lethal|too much)\b", re.IGNORECASE
)
_SIGN = re.compile(r"(?:mcg|[µμ]g)$", re.IGNORECASE)


class DoseUnits(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Holds each dose against the other doses of the same drug, and against what it is dosed in."""

    in_units: tuple[str, ...] = ()  # drugs that are dosed in units; a mass is a slip
    in_micrograms: tuple[str, ...] = ()  # drugs of which a dose of a milligram or more is a slip
    in_milligrams: tuple[str, ...] = ()  # drugs of which a dose in micrograms, or of 20 g and more, is a slip
    in_grams: tuple[str, ...] = ()  # what is given in grams for each kilogram of body weight; of a drug it is a slip
    besides: tuple[str, ...] = ()  # words of a sentence in which these may stand beside masses of something else

    @cached_property
    def _by_units(self) -> re.Pattern[str]:
        return any_of(self.in_units)

    @cached_property
    def _by_micrograms(self) -> re.Pattern[str]:
        return any_of(self.in_micrograms)

    @cached_property
    def _by_milligrams(self) -> re.Pattern[str]:
        return any_of(self.in_milligrams)

    @cached_property
    def _by_grams(self) -> re.Pattern[str]:
        return any_of(self.in_grams)

    @cached_property
    def _besides(self) -> re.Pattern[str]:
        return any_of(self.besides)

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """One match a dose; `reason` in a message says why it cannot be right."""
        by_drug: dict[tuple[str, str], list[Dose]] = defaultdict(list)
        for dose in doses(analysis):
            if dose.unit not in MASS or dose.is_strength or not is_taken(analysis, dose):
                continue
            drug, kind = drug_of(analysis, dose)
            if reason := self._impossible(analysis, dose, drug, kind):
                yield Match(span_of(analysis, dose), {"reason": reason})
            elif drug and not dose.per_weight:
                by_drug[drug, kind].append(dose)
        for (drug, kind), listed in by_drug.items():
            if kind == "drug":
                yield from _outliers(analysis, drug, listed)
            yield from _slips_of_the_point(analysis, listed)
        yield from _two_names(analysis)

    def _impossible(self, analysis: Analysis, dose: Dose, drug: str, kind: str) -> str:
        """Why a dose cannot be right whatever else the article says, or ''."""
        sentence = sentence_at(analysis, dose.block, dose.start)
        text = sentence.text if sentence else ""
        others = {mention.known.drug for mention in mentions(text)} - {drug, ""}
        if drug and not others and not self._besides.search(text):
            if self.in_units and self._by_units.search(drug) and dose.unit != "g":
                return f"{drug} is dosed in units"
            if self.in_micrograms and self._by_micrograms.search(drug) and dose.milligrams > 1:
                return f"{drug} is dosed in micrograms"
            is_slip = dose.unit == "mcg" or (dose.milligrams >= _MANY and not _POISONING.search(text))
            if is_slip and self.in_milligrams and self._by_milligrams.search(drug):
                return f"{drug} is dosed in milligrams"
        is_of_drug = dose.per_weight and dose.unit == "g" and kind == "drug"
        if is_of_drug and self.in_grams and not self._by_grams.search(text):
            return f"{drug} is dosed in milligrams for each kilogram"
        if dose.milligrams >= _HEAVY and dose.unit == "g" and drug and not _is_food(analysis, dose, text):
            return f"that is {dose.milligrams / 1_000_000:g} kg"
        return ""


def _is_food(analysis: Analysis, dose: Dose, sentence: str) -> bool:
    """Whether grams are of something to eat, or of a package."""
    behind = _OF_WHAT.match(analysis.document.blocks[dose.block].text[dose.end :])
    if behind and not behind[1].isupper() and not any(mentions(behind[1])):
        return True
    return bool(_FOOD.search(sentence))


def _outliers(analysis: Analysis, drug: str, listed: Sequence[Dose]) -> Iterator[Match]:
    """Doses whose bare number is like those of the others, and whose amount is a hundred times off."""
    by_unit: dict[str, list[Dose]] = defaultdict(list)
    for dose in listed:
        by_unit[dose.unit].append(dose)
    if len(by_unit) != 2:
        return
    in_unit = {unit: _Listed(analysis, same) for unit, same in by_unit.items()}
    for dose in listed:
        same = in_unit[dose.unit]
        others = next(group for unit, group in in_unit.items() if unit != dose.unit)
        enough = 1 if others.has_before(dose) and same.count < _SEVERAL else max(_ENOUGH, 2 * same.count)
        if others.count < enough or not dose.low:
            continue
        if not others.least / _ALIKE <= dose.low <= others.most * _ALIKE:
            continue
        factor = MASS[others.unit] / MASS[dose.unit]
        far = _FAR_OF_SAME if others.has(dose.low) else _FAR
        if dose.low < others.least * factor / far or dose.low > others.most * factor * far:
            nearest = others.nearest(dose.low)
            written = analysis.document.blocks[nearest.block].text[nearest.start : nearest.end]
            related = (Related(span_of(analysis, nearest), "another dose of it"),)
            yield Match(span_of(analysis, dose), {"reason": f"other doses of {drug} are like {written}"}, related)


class _Listed:
    """The doses of a drug in one unit, which each dose in the other unit is held against."""

    def __init__(self, analysis: Analysis, listed: Sequence[Dose]) -> None:
        self.unit, self.count = listed[0].unit, len(listed)
        bounds = [bound for dose in listed for bound in (dose.low, dose.high)]
        self.least, self.most = min(bounds), max(bounds)
        self._analysis = analysis
        self._with: dict[float, tuple[int, Dose]] = {}  # each number, and the first dose that has it
        self._said: dict[tuple[float, frozenset[str]], tuple[int, int]] = {}  # and for whom, and where that is first
        for index, dose in enumerate(listed):
            self._with.setdefault(dose.low, (index, dose))
            if (groups := self._groups(dose)) is not None:
                at = (dose.block, dose.start)
                self._said[dose.low, groups] = min(self._said.get((dose.low, groups), at), at)
        self._numbers = sorted(self._with)

    def _groups(self, dose: Dose) -> frozenset[str] | None:
        """The people and forms that a dose is for."""
        sentence = sentence_at(self._analysis, dose.block, dose.start)
        return groups_in(sentence.text) - {"fluid"} if sentence else None

    def has_before(self, dose: Dose) -> bool:
        """Whether a dose gives the number of an earlier one for the same people: '160 mg' and then '160 mcg'."""
        groups = self._groups(dose)
        if groups is None or (dose.low, groups) not in self._said:
            return False
        return self._said[dose.low, groups] < (dose.block, dose.start)

    def has(self, number: float) -> bool:
        """Whether one of them has this very number."""
        return number in self._with

    def nearest(self, number: float) -> Dose:
        """The first of those whose number is nearest."""
        at = bisect_left(self._numbers, number)
        found = [self._with[near] for near in self._numbers[max(0, at - 1) : at + 1]]
        return min(found, key=lambda each: (abs(each[1].low - number), each[0]))[1]


def _slips_of_the_point(analysis: Analysis, listed: Sequence[Dose]) -> Iterator[Match]:
    """Doses of the digits of another in another unit that are ten or a hundred times as much: 15 g and 1500 mg."""
    masses = sorted(dose.milligrams for dose in listed)
    alike: dict[str, list[Dose]] = defaultdict(list)
    for dose in listed:
        alike[_digits(dose.low)].append(dose)
    for dose in listed:
        digits, mass = _digits(dose.low), dose.milligrams
        near = bisect_right(masses, mass * 6) - bisect_left(masses, mass / 6)  # itself among them
        if len(digits) < _TELLING or near > 1:
            continue
        for other in alike[digits]:
            ratio = mass / other.milligrams if other.milligrams else 0
            is_slip = any(abs(ratio / by - 1) < 0.01 for by in (10, 100))
            if other.unit != dose.unit and is_slip:
                related = (Related(span_of(analysis, other), "the same digits here"),)
                written = analysis.document.blocks[other.block].text[other.start : other.end]
                yield Match(span_of(analysis, dose), {"reason": f"elsewhere it is {written}"}, related)
                break


def _digits(number: float) -> str:
    return f"{number:g}".replace(".", "").strip("0")


def _two_names(analysis: Analysis) -> Iterator[Match]:
    """'mcg' in an article that else writes 'micrograms', or the other way round, unless it explains them."""
    signs = [dose for dose in doses(analysis) if dose.unit == "mcg" and _SIGN.search(dose.spoken)]
    words = [dose for dose in doses(analysis) if dose.unit == "mcg" and len(dose.spoken) > len("mcgs")]
    if analysis.dose_style == "uk":
        yield from (Match(span_of(analysis, dose), {"reason": "in UK style it is 'micrograms'"}) for dose in signs)
        return
    if (
        signs
        and words
        and not re.search(r"micrograms? \((?:mcg|µg|μg)|(?:mcg|µg|μg) (?:\(micrograms?|means)", analysis.document.text)
    ):
        rare, other = (signs, words) if len(signs) <= len(words) else (words, signs)
        related = (Related(span_of(analysis, other[0]), "written the other way here"),)
        reason = f"the article else writes '{other[0].spoken}'"
        yield Match(span_of(analysis, rare[0]), {"reason": reason}, related, doubtful=True)
