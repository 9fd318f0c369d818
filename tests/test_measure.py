"""Labels are read or told to be broken, and what is measured is what the docstring of `measure` says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Run, rule
from hypothesis import given
from hypothesis import strategies as st

from healthlint import builtin, documents, rules
from healthlint.findings import Result, lint
from healthlint.labels import GROUPS, OTHER, Label, LabelError, Labelled, labelled
from healthlint.measure import ANSWERS, Counts, Measure
from healthlint.reports import measures
from healthlint.reports.style import Style
from healthlint.rules import Rule

CURE = rule("claims/absolute-claim", "cures", "error", '"{quote}" promises an outcome.')
SAFE = rule("claims/uncited-safety", "safe", message='"{quote}" needs a source.')
HINT = rule("claims/causal-claim", "causes", "info")
DOSE = rule("dosing/trailing-zero", r"\d\.0", message='"{quote}" has a zero too many.')
NAKED = rule("dosing/naked-decimal", r" \.\d", message='"{quote}" has a zero too few.')
ABSENT = rule("disclaimers/missing-boxed-warning", r"\Z", whole_document=True)
RULES = (CURE, SAFE, HINT, DOSE, NAKED, ABSENT)


def label(first: int, last: int, group: str, kind: str, need: str = "must") -> Label:
    return Label(1, first, last, group, kind, need == "must")


def measured(text: str, labels: Sequence[Label], chosen: Sequence[Rule] = RULES, name: str = "bad-1.txt") -> Measure:
    document = documents.read(name, text.encode())
    measure = Measure({rule.name for rule in RULES})
    measure.add(Labelled(Path(name), tuple(labels)), Result(name, document.text, lint(document, chosen)))
    return measure


def write(folder: Path, labels: str, text: str = "Garlic cures all.\n", name: str = "bad-1") -> Path:
    (folder / f"{name}.txt").write_text(text, "utf-8")
    file = folder / f"{name}.gold.tsv"
    file.write_text(labels, "utf-8")
    return file


def test_reads_labels(tmp_path: Path) -> None:
    write(
        tmp_path, "# editor: N. N.\n\n1\t1\tclaims\tabsolute-claim\tmust\tcures\r\n0\t0\tother\tmissing-author\tmay\n"
    )
    (found,) = labelled([str(tmp_path)])
    assert isinstance(found, Labelled)
    assert found.article == tmp_path / "bad-1.txt"
    assert found.labels == (
        Label(3, 1, 1, "claims", "absolute-claim", True, "cures"),
        Label(4, 0, 0, "other", "missing-author", False),
    )
    named = [str(tmp_path), str(tmp_path / "bad-1.txt"), str(tmp_path / "bad-1.gold.tsv")]
    assert list(labelled(named)) == [found], "each once"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("1 1 claims absolute-claim must", "1 columns; a label has first row"),
        ("1\t1\tclaims\tabsolute-claim", "4 columns"),
        ("1\t1\tclaims\tabsolute-claim\tmust\tnote\tmore", "7 columns"),
        ("one\t1\tclaims\tabsolute-claim\tmust", "'one' to '1' are no rows"),
        ("2\t1\tclaims\tabsolute-claim\tmust", "'2' to '1' are no rows"),
        ("0\t1\tclaims\tabsolute-claim\tmust", "'0' to '1' are no rows"),
        ("-1\t1\tclaims\tabsolute-claim\tmust", "'-1' to '1' are no rows"),
        ("1\t2\tclaims\tabsolute-claim\tmust", "there is no row 2 in the article, it has 1"),
        ("1\t1\tclaim\tabsolute-claim\tmust", "there is no group 'claim'; did you mean 'claims'?"),
        ("1\t1\tclaims\t\tmust", "'' is no kind"),
        ("1\t1\tclaims\tabsolute-claim\tmaybe", "'maybe' is neither must nor may"),
    ],
)
def test_tells_what_is_wrong_with_a_label(tmp_path: Path, row: str, what: str) -> None:
    file = write(tmp_path, f"# labels\n{row}\n")
    (error,) = labelled([str(tmp_path)])
    assert isinstance(error, LabelError)
    assert str(error).startswith(f"{file}:2: {what}")


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (["a.gold.tsv"], "there is no article beside it named a.txt, .md or .html"),
        (["a.gold.tsv", "a.md", "a.html"], "there are 2 articles beside it"),
        (["a.md"], "there are no labelled articles in this folder"),
    ],
)
def test_tells_what_is_missing(tmp_path: Path, names: list[str], what: str) -> None:
    for name in names:
        (tmp_path / name).write_text("", "utf-8")
    (error,) = labelled([str(tmp_path)])
    assert what in str(error)


def test_a_name_that_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Garlic.", "utf-8")
    told = [str(error) for error in labelled([str(tmp_path / "a.md"), str(tmp_path / "b.md")])]
    assert told == [
        f"{tmp_path / 'a.md'}: there are no labels a.gold.tsv",
        f"{tmp_path / 'b.md'}: is no file or folder; check the name",
    ]


def test_labels_that_are_not_utf_8(tmp_path: Path) -> None:
    write(tmp_path, "").write_bytes(b"1\t1\tclaims\tabsolute-claim\tmust\tcaf\xe9\n")
    (error,) = labelled([str(tmp_path)])
    assert str(error).endswith("is not UTF-8; save it as UTF-8")


@given(st.text(alphabet="0129\t \n#-acdeilmnorstuy\ufeffé", max_size=200))
def test_any_labels_are_read_or_told_to_be_broken(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("labels")
    write(folder, text)
    (found,) = labelled([str(folder)])
    if isinstance(found, Labelled):
        assert all(one.group in (*GROUPS, OTHER) and one.last <= 1 for one in found.labels)
    else:
        assert "\n" not in str(found)


def test_touching_has_one_row_of_slack() -> None:
    text = "Garlic cures colds.\n\nOnions do not.\n\nLeeks cures none.\n"
    counts = measured(text, [label(2, 2, "claims", "absolute-claim")], [CURE]).groups["claims"]
    assert (counts.must, counts.met, counts.given, counts.right) == (1, 1, 2, 1)
    counts = measured(text, [label(3, 3, "claims", "absolute-claim")], [CURE]).groups["claims"]
    assert (counts.must, counts.met, counts.given, counts.right) == (1, 0, 2, 0)


def test_what_may_be_marked_is_right_and_not_missed() -> None:
    labels = [label(1, 1, "claims", "absolute-claim", "may"), label(3, 3, "claims", "absolute-claim", "may")]
    measure = measured("Garlic cures colds.\n\nOnions too.\n", labels)
    counts = measure.groups["claims"]
    assert (counts.must, counts.met, counts.given, counts.right) == (0, 0, 1, 1)
    assert measure.missed == []


def test_another_rule_of_the_group_meets_but_is_not_the_rules_own() -> None:
    measure = measured("Garlic is safe.\n", [label(1, 1, "claims", "absolute-claim")])
    assert measure.groups["claims"].met == 1
    counts = measure.rules["claims/absolute-claim"]
    assert (counts.must, counts.met, counts.own) == (1, 1, 0)
    assert measure.rules["claims/uncited-safety"] == Counts(given=1, right=1)


def test_a_finding_of_another_group_meets_nothing() -> None:
    measure = measured("Take 5.0 mg.\n", [label(1, 1, "claims", "absolute-claim")])
    assert measure.groups["claims"].met == 0
    assert measure.groups[OTHER] == Counts(given=1)
    assert measure.missed[0].beside == ("dosing/trailing-zero",)
    assert measure.missed[0].words == "Take 5.0 mg."


def test_hints_are_counted_apart() -> None:
    measure = measured("Sugar causes gout.\n\nIt causes pain.\n", [label(1, 1, "claims", "causal-claim")], [HINT])
    counts = Counts(must=1, hinted=1, own_hinted=1, info_given=2, info_right=1)
    assert measure.groups["claims"] == measure.rules["claims/causal-claim"] == counts
    assert [missed.beside for missed in measure.missed] == [("claims/causal-claim",)]


def test_a_label_of_the_document() -> None:
    text = "Clozapine\n\nIt helps.\n"
    here = label(0, 0, "disclaimers", "missing-boxed-warning")
    other = label(0, 0, "disclaimers", "missing-medical-disclaimer")
    measure = measured(text, [here, other, label(1, 3, "disclaimers", "unsafe-instruction")], [ABSENT])
    counts = measure.groups["disclaimers"]
    assert (counts.must, counts.met, counts.given, counts.right) == (3, 1, 1, 1)
    assert [missed.words for missed in measure.missed] == ["", "Clozapine\n\nIt helps."]


def test_other_stands_for_all_groups_beyond_the_five() -> None:
    labels = [label(1, 1, "other", "dose-format"), label(4, 4, "dosing", "trailing-zero")]
    measure = measured("Take 5.0 mg.\n\n\nTake 6.0 mg.\n", labels)
    assert measure.groups[OTHER] == Counts(must=2, met=2, own=2, given=2, right=2)
    assert measure.rules["dosing/trailing-zero"] == Counts(must=1, met=1, own=1, given=2, right=2)
    assert measure.kinds == {"other/dose-format": Counts(must=1, met=1, own=1)}, "several rules answer it"


def test_kinds_that_no_rule_answers() -> None:
    labels = [label(1, 1, "claims", "invented-kind"), label(1, 1, "other", "tone"), label(1, 1, "other", "tone", "may")]
    assert measured("Garlic.\n", labels).kinds == {"claims/invented-kind": Counts(must=1), "other/tone": Counts(must=1)}


def test_false_alarms_on_good_articles_alone() -> None:
    text = "Garlic cures colds. Take 5.0 mg. It causes wind.\n"
    assert measured(text, []).good.articles == 0
    good = measured(text, [], name="good-1.txt").good
    assert (good.articles, good.words, good.false, good.false_other) == (1, 9, 2, 1)
    assert good.rate == pytest.approx(1000 * 2 / 9)


def test_kinds_are_answered_by_rules_there_are() -> None:
    known = rules.available(builtin.folder())
    assert {name for names in ANSWERS.values() for name in names} - set(known) == set()


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 2), st.sampled_from(["claims", "other"]), st.booleans())))
def test_counts_add_up(drawn: list[tuple[int, int, str, bool]]) -> None:
    labels = [label(at, at + more, group, "kind", "must" if must else "may") for at, more, group, must in drawn]
    measure = measured("Garlic cures colds.\n\nIt causes wind.\n\nTake 5.0 mg.\n\nIt is safe.\n\nEnd.\n", labels)
    for counts in (*measure.groups.values(), *measure.rules.values(), *measure.kinds.values()):
        assert 0 <= counts.own <= counts.met <= counts.must
        assert counts.met + counts.hinted <= counts.must
        assert 0 <= counts.right <= counts.given
        assert 0 <= counts.info_right <= counts.info_given
    groups, rules_ = sum(measure.groups.values(), Counts()), sum(measure.rules.values(), Counts())
    assert (groups.given, groups.right) == (rules_.given, rules_.right)
    assert groups.must == sum(one.must for one in labels)
    assert len(measure.missed) == groups.must - groups.met
    assert len(measure.alarms) == groups.false + groups.info_given - groups.info_right


def test_report_lists_what_is_asked_for() -> None:
    measure = measured(
        "Garlic cures colds.\n\n\nLeeks do.\n\n\nIt causes wind.\n", [label(4, 4, "claims", "promotional")]
    )

    def lists(*shown: str) -> str:
        return "".join(measures.text(measure, shown, Style())).partition("\nkind ")[2]

    (line,) = lists().splitlines()[1:]
    assert line.split() == ["claims/promotional", *"0 of 1 0 % 0 of 1".split()]
    assert 'bad-1.txt:4: missed claims/promotional\n  "Leeks do."\n' in lists("missed")
    assert "bad-1.txt:1:8: false claims/absolute-claim\n" in lists("false")
    assert '  "cures"\n  "cures" promises an outcome.\n' in lists("false")
    assert "bad-1.txt:7:4: false hint claims/causal-claim\n" in lists("info")
    assert "false hint" not in lists("missed", "false")


def test_the_command(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "1\t1\tclaims\tabsolute-claim\tmust\n", "Garlic cures high blood pressure.\n")
    write(tmp_path, "1\t1\tclaims\tabsolute-claim\n", name="bad-2")
    write(tmp_path, "", "# Garlic\n\nGarlic is a plant.\n", name="good-1")
    done = healthlint("measure", ".", "--select", "claims")
    assert done.returncode == 2
    assert done.stderr.startswith("healthlint: bad-2.gold.tsv:1: 4 columns;")
    assert done.stderr.count("\n") == 1
    assert done.stdout.startswith("2 articles, 11 words\n")
    assert "1 good article: 0 false alarms in 6 words" in done.stdout
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("claims/absolute-claim"))
    assert line.split()[1:5] == ["1", "of", "1", "100"]

    done = healthlint("measure", "bad-1.txt", "--select", "claims", "--format", "json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert told["groups"]["claims"]["must"] == told["groups"]["claims"]["right"] == 1
    assert told["rules"]["claims/absolute-claim"] == told["groups"]["claims"]
    assert (told["articles"], told["missed"], told["false"]) == (1, [], [])


def test_the_commands_lists(healthlint: Run, tmp_path: Path) -> None:
    write(tmp_path, "2\t2\tsources\tno-link\tmust\tto mend\n", "Garlic\n\nGarlic cures high blood pressure.\n")
    done = healthlint("measure", ".", "--select", "claims", "--verbose")
    assert "bad-1.txt:2: missed sources/no-link (to mend)" in done.stdout
    assert ": false claims/absolute-claim\n" in done.stdout
    assert "missed" not in healthlint("measure", ".", "--show", "false").stdout
    assert (
        "--show: there is no list 'flase'; did you mean 'false'?"
        in healthlint("measure", ".", "--show", "flase").stderr
    )


def test_the_command_on_nothing(healthlint: Run) -> None:
    done = healthlint("measure", ".")
    assert done.returncode == 2
    assert done.stderr.startswith("healthlint: .: there are no labelled articles in this folder")
    assert healthlint("measure").returncode == 2
