"""What is told of the rules' accuracy is what is measured today, and no rule that is often wrong weighs anything."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from conftest import rule
from hypothesis import given
from hypothesis import strategies as st

from accuracy import __main__, page, record, sets
from accuracy.structure import Score
from healthlint import builtin, measured, rules
from healthlint.measure import Counts, Measure
from healthlint.measured import Measured
from healthlint.reports import catalogue
from healthlint.reports.style import Style
from healthlint.rules import Rule

PROMOTIONAL = rule("claims/promotional", "miracle")
HINT = rule("claims/causal-claim", "causes", "info")
SHARED = rule("consistency/contradiction", "but")


def test_is_fresh() -> None:
    stale = [path.name for path, text in __main__.generated() if path.read_text("utf-8") != text]
    assert stale == [], "run `python -m accuracy`"


def weighs_and_is_often_wrong(rule: Rule) -> bool:
    """Whether fewer than nine of ten findings of a rule are right, as far as ten or more tell."""
    precision = sets.measured().counts(rule.name).precision()
    often_wrong = precision.whole >= 10 and precision.part < 0.9 * precision.whole
    return often_wrong and rule.severity != "info" and not rule.file.preview


def test_a_rule_that_is_often_wrong_is_a_hint_or_in_preview() -> None:
    assert [rule.name for rule in sets.all_rules() if weighs_and_is_often_wrong(rule)] == []


def test_a_rule_in_preview_is_measured_as_if_it_were_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    (known,) = (rule for rule in sets.all_rules() if rule.name == "claims/promotional")
    preview = msgspec.structs.replace(known, file=msgspec.structs.replace(known.file, preview=True))
    monkeypatch.setattr(sets, "all_rules", lambda: (preview,))
    counts = sets._previews(sets.CORPUS)["claims/promotional"]
    assert counts.given >= counts.right > 0
    assert counts.must >= counts.own > 0


def test_names_rules_there_are() -> None:
    assert set(measured.read().rules) <= set(rules.available(builtin.folder()))
    assert measured.NAME not in {path.name for path in rules.available(builtin.folder()).values()}


COUNTS = st.builds(Counts, *[st.integers(0, 99)] * 9)
MEASURED = st.builds(
    Measured,
    st.dictionaries(
        st.sampled_from(["a/b", "c/d", "é/f"]), st.dictionaries(st.sampled_from(["corpus", "x/y"]), COUNTS)
    ),
)


@given(MEASURED)
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, known: Measured) -> None:
    file = tmp_path_factory.mktemp("measured") / measured.NAME
    file.write_text(measured.written(known), "utf-8")
    again = measured.read(file)
    for name in known.rules:
        assert again.counts(name) == known.counts(name)
    for name in known.kinds:
        assert again.kind(name) == known.kind(name)
    assert measured.written(again) == measured.written(known)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"rules": {"a/b": {"corpus": {"must": "x"}}}}'])
def test_a_broken_file_tells_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / measured.NAME
    assert measured.read(file) == Measured()
    file.write_text(text, "utf-8")
    assert measured.read(file) == Measured()


def told(rule: Rule, **by_set: Counts) -> str:
    """What `healthlint explain` says of a rule's accuracy."""
    said = "".join(catalogue.explanation(rule, Measured({rule.name: by_set}), Style()))
    return re.search(r"Measured:.*?\n(?=\n)", said, re.DOTALL)[0]


def test_explains_what_was_measured() -> None:
    assert told(PROMOTIONAL, corpus=Counts(must=22, met=21, own=20, given=24, right=23, info_given=9)) == (
        "Measured: precision 23 of 24, recall 20 of 22 on corpus (tuned)\n"
    )
    assert told(PROMOTIONAL, one=Counts(given=6, right=6), two=Counts(given=1)) == (
        "Measured: precision 6 of 6 on one (tuned)\n          precision 0 of 1 on two (tuned)\n"
    )
    assert told(PROMOTIONAL) == "Measured: too little to give a ratio (0 findings, 0 marks to meet)\n"
    assert told(PROMOTIONAL, corpus=Counts(must=4, own=4, given=1)) == (
        "Measured: too little to give a ratio (1 finding, 4 marks to meet)\n"
    )


def test_of_a_hint_the_hints_count() -> None:
    counts = Counts(must=7, own=1, own_hinted=2, given=1, right=1, info_given=8, info_right=6)
    assert told(HINT, corpus=counts) == "Measured: precision 6 of 8, recall 3 of 7 on corpus (tuned)\n"


def test_explains_kinds_that_several_rules_answer() -> None:
    kinds = {"other/contradiction": {"one": Counts(must=5, own=3, own_hinted=1), "two": Counts(must=1, own=1)}}
    known = Measured({SHARED.name: {"one": Counts(given=6, right=6)}}, kinds)
    said = "".join(catalogue.explanation(SHARED, known, Style()))
    assert "Measured: precision 6 of 6 on one (tuned)\n" in said
    assert "\n          with consistency/differing-figure: recall 5 of 6 of other/contradiction\n" in said
    (plain,) = json.loads("".join(catalogue.as_json([SHARED], known)))
    assert plain["shared"][-1]["recall"] == {"found": 5, "must": 6, "ratio": 0.833}


def test_lists_precision_and_recall() -> None:
    known = Measured({"claims/promotional": {"corpus": Counts(must=4, own=4, given=24, right=23)}})
    header, first, second = "".join(catalogue.table([PROMOTIONAL, HINT], known, Style())).splitlines()
    assert header.split()[:5] == ["rule", "severity", "fix", "precision", "recall"]
    assert first.split()[:5] == ["claims/promotional", "warning", "95", "%", "few"]
    assert second.split()[:4] == ["claims/causal-claim", "info", "-", "-"]
    assert first.index("Find") == second.index("Find") == header.index("asks")
    (plain,) = json.loads("".join(catalogue.as_json([PROMOTIONAL], known)))
    assert plain["precision"] == {"right": 23, "given": 24, "ratio": 0.958}
    assert plain["recall"] == {"found": 4, "must": 4, "ratio": None}
    assert plain["measured_on"] == ["corpus"]


def test_the_record_can_be_added_to(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(record.RECORD.read_text("utf-8"), "utf-8")
    before = record.read(file)
    assert record.written(before) == file.read_text("utf-8"), "written as the program writes it"
    measure = Measure({"claims/promotional"})
    measure.groups["claims"] = Counts(must=3, met=2)
    measure.articles = 1
    record.append(record.entry_of("corpus/new", "unseen", measure, tuned=False), file)
    *old, new = record.read(file)
    assert old == before
    assert (new.set, new.what, new.tuned, new.articles) == ("corpus/new", "unseen", False, 1)
    assert new.groups["claims"] == Counts(must=3, met=2)
    assert new.good is None
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", new.date)


def test_the_page_has_all_of_it() -> None:
    text = page.page(record.read(), {}, Measured(), sets.all_rules(), {"all": Score()})
    for entry in record.read():
        assert entry.set.lower() in text.lower()
    assert "## Structure" in text
    assert "claims/promotional" in text
    assert not re.search(r" $|\n\n\n|\.\.\n", text, re.MULTILINE)
    assert "## Structure" not in page.page([], {}, Measured(), [], {})


@pytest.mark.parametrize("arguments", ["--record corpus", "--untuned what", "--record corpus --untuned a --tuned b"])
def test_record_wants_to_know_what_it_records(arguments: str) -> None:
    command = [sys.executable, "-m", "accuracy", *arguments.split()]
    done = subprocess.run(command, cwd=sets.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
