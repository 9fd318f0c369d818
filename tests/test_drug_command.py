"""`healthlint drug NAME`."""

from __future__ import annotations

import json

from conftest import Run


def test_says_what_is_known_and_from_where(healthlint: Run) -> None:
    done = healthlint("drug", "Lioresal")
    assert done.returncode == 0
    assert done.stdout.startswith("baclofen (drug, muscle relaxants)\n")
    for part in ("Brands:", "Stopped at once:", "hallucinations", "Sources", "[1] FDA label", "https://"):
        assert part in done.stdout
    assert "no clinical reference" in done.stdout


def test_doubtful_facts_say_so(healthlint: Run) -> None:
    assert "(doubtful)" in healthlint("drug", "estradiol").stdout


def test_a_class_has_its_drugs(healthlint: Run) -> None:
    said = healthlint("drug", "statins").stdout
    assert said.startswith("statins (class of drugs)\n")
    assert "simvastatin" in said


def test_a_name_of_several_words(healthlint: Run) -> None:
    assert healthlint("drug", "St.", "John’s", "wort").stdout.startswith("st john's wort (supplement")


def test_as_json(healthlint: Run) -> None:
    said = json.loads(healthlint("drug", "insulin glargine", "--output-format", "json").stdout)
    assert said["name"] == "insulin glargine"
    assert said["high_alert"]["source"]["year"] == 2021
    assert said["stopping"] is None
    assert said["boxed_warning"] == []
    of_class = json.loads(healthlint("drug", "opioids", "--output-format", "json").stdout)
    assert "oxycodone" in of_class["drugs"]
    assert of_class["stopping"]["harm"]


def test_an_unknown_name_has_a_suggestion(healthlint: Run) -> None:
    done = healthlint("drug", "warfarrin")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "healthlint: the drug table does not know 'warfarrin'; did you mean 'warfarin'?\n"
    assert healthlint("drug", "\x1b[2J!").stderr.count("\x1b") == 0
    assert healthlint("drug").returncode == 2
