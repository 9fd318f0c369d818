"""What fuzzing found is mended and stays so; and the fuzzer finds what there is to find, where atheris is installed."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzzing import __main__ as command
from fuzzing import failing, mutating, packing, record, running
from fuzzing.failing import failure_of
from fuzzing.minimising import minimised
from fuzzing.record import Failure, Record, Tried
from fuzzing.running import CRASHES, Limits
from fuzzing.targets import TARGETS, Target
from healthlint import documents

KEPT = [(path.parent.name, path) for path in sorted(CRASHES.glob("*/*"))]


@pytest.mark.parametrize(("target", "path"), KEPT, ids=[f"{name}/{path.name}" for name, path in KEPT])
def test_what_failed_once_fails_no_more(target: str, path: Path) -> None:
    TARGETS[target].probe(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_every_target_has_seeds_and_they_pass(target: Target) -> None:
    seeds = list(target.seeds())
    assert seeds
    for data in random.Random(0).sample(seeds, min(8, len(seeds))):
        target.probe(data)


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_every_target_takes_any_bytes(target: Target) -> None:
    drawn = random.Random(0)
    for size in (0, 1, 30):
        target.probe(drawn.randbytes(size))
        target.probe("".join(drawn.choices("ab \n:-[]{}<>", k=size)).encode())


# -- the record


def test_the_record_tells_of_no_failure_that_is_not_mended() -> None:
    known = record.read()
    assert known.runs
    for failure in known.failures:
        assert failure.fixed, f"{failure.input}: {failure.what}"
        assert (record.ROOT / failure.input).is_file()
        assert failure.kind in record.KINDS
    inputs = {failure.input for failure in known.failures}
    assert inputs == {path.relative_to(record.ROOT).as_posix() for _, path in KEPT}
    for run in known.runs:
        for tried in run.targets:
            assert tried.target in TARGETS
            assert len(tried.failures) == tried.crashes + tried.hangs + tried.memory
            assert set(tried.failures) <= inputs


def test_the_long_runs_reached_every_target() -> None:
    tried = [tried for run in record.read().runs for tried in run.targets]
    assert {each.target for each in tried if each.inputs > 100} == set(TARGETS)
    assert sum(each.seconds for each in tried) >= 3600
    last = {each.target: each for each in tried}
    assert [each.target for each in last.values() if each.failures] == []


def test_a_record_is_read_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "RECORD", tmp_path / "record.json")
    assert record.read() == Record()
    run = record.begun(5, 100)
    run.targets.extend([Tried(target="html", inputs=3, crashes=1, failures=["a"]), Tried(target="rst")])
    failure = Failure(target="html", input="a", kind="crash", what='a "word" ü', date="2026-01-01", commit="c")
    kept = Record([run, record.begun(1, 2)], [failure])
    record.save(kept)
    assert record.read() == kept
    failure.fixed = "yes"
    kept.note(Failure(target="html", input="a", kind="hang", what="again", date="2026-01-02", commit="d"))
    assert [(each.what, each.fixed) for each in kept.failures] == [("again", "")]


# -- failing, and made small


def fails_on_garlic(data: bytes) -> None:
    documents.read("a.md", data)
    assert b"garlic" not in data or b"ginger" not in data


def test_a_failure_is_named_by_its_kind_and_place() -> None:
    assert failure_of(fails_on_garlic, b"garlic") == ""
    assert failure_of(fails_on_garlic, b"garlic ginger") == "AssertionError"
    assert failure_of(fails_on_garlic, b"\xff") == "ReadError in healthlint/documents/__init__.py, decoded"


def test_an_input_that_takes_too_long_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failing, "MOST_SECONDS", -1)
    assert failure_of(fails_on_garlic, b"garlic") == failing.SLOW


def test_a_failing_input_is_made_small() -> None:
    data = b"# An article\n\nof garlic, " + b"and more words " * 40 + b"of ginger.\n"
    assert minimised(data, lambda less: failure_of(fails_on_garlic, less) == "AssertionError") == b"garlicginger"
    assert minimised(data, lambda less: failure_of(fails_on_garlic, less) == "AssertionError", seconds=0) == data


# -- changes


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 10_000))
def test_the_same_chance_makes_the_same_change(one: str, other: str, seed: int) -> None:
    def made() -> tuple[str, str]:
        chance = random.Random(seed)
        return mutating.changed(one, ["garlic", "\n"], chance), mutating.crossed(one, other, chance)

    assert made() == made()


def test_changes_put_words_in() -> None:
    made = [mutating.changed("one\ntwo\n", ["garlic"], random.Random(seed)) for seed in range(50)]
    assert any("garlic" in text for text in made)
    assert any("one\n" in text for text in made)
    assert len(set(made)) > 20


def test_a_word_file_is_packed_from_text() -> None:
    text = '<w:p><w:r><w:t>Garlic.</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>\n'
    note = '--- word/footnotes.xml\n<w:footnote w:id="1"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>\n'
    document = documents.read("a.docx", packing.word_file(text + note))
    assert [block.text for block in document.blocks] == ["Garlic.", "A note."]


# -- the fuzzer itself


def test_a_run_needs_atheris(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["fuzzing", "--no-record"])
    assert command.main() == 2
    assert "pip install -e '.[fuzz]', or add --unguided" in capsys.readouterr().err


def test_nothing_but_the_worker_needs_atheris() -> None:
    program = (
        "import sys; sys.modules['atheris'] = None\n"
        "import fuzzing.__main__, fuzzing.targets, fuzzing.minimising, fuzzing.promises"
    )
    subprocess.run([sys.executable, "-c", program], cwd=record.ROOT, check=True)


def test_what_is_mended_can_be_noted_once_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = CRASHES / KEPT[0][0] / KEPT[0][1].name
    monkeypatch.setattr(record, "RECORD", tmp_path / "record.json")
    given = file.relative_to(record.ROOT).as_posix()
    record.save(Record([], [Failure(target=file.parent.name, input=given, kind="crash", what="", date="", commit="")]))
    monkeypatch.setattr(sys, "argv", ["fuzzing", "--fixed", str(file), "it was so"])
    assert command.main() == 0
    assert record.read().failures[0].fixed == "it was so"
    monkeypatch.setattr(command, "failure_of", lambda *_: "KeyError")
    assert command.main() == 1
    monkeypatch.setattr(sys, "argv", ["fuzzing", "--fixed", str(tmp_path / ".." / "x"), "it was so"])
    with pytest.raises(ValueError, match="not in the subpath"):
        command.main()


GUIDED = pytest.param(True, marks=pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed"))


@pytest.fixture
def defective(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Fuzz a copy of ours in which labels that are no must are read otherwise: by the statement that is given."""
    for name in ("fuzzing", "healthlint", "rules"):
        shutil.copytree(record.ROOT / name, tmp_path / name)
    monkeypatch.setattr(running, "ROOT", tmp_path)
    monkeypatch.setattr(running, "CRASHES", tmp_path / "crashes")

    def put(statement: str) -> None:
        module, place = tmp_path / "healthlint" / "labels.py", "    if need not in _NEEDS:"
        text = module.read_text("utf-8")
        assert place in text
        module.write_text(text.replace(place, f"    {statement}\n{place}"), "utf-8")

    return put


@pytest.mark.parametrize("guided", [GUIDED, False])
def test_a_defect_is_found_and_kept(guided: bool, defective: Callable[[str], None], tmp_path: Path) -> None:
    defective("if need == 'may': raise KeyError(need)")
    outcome = running.run(TARGETS["labels"], 2, tmp_path / "corpus", Limits(), guided=guided)
    (failed,) = outcome.failed
    assert (failed.kind, failed.what) == ("crash", "KeyError in healthlint/labels.py, _label")
    assert re.search(rb"\tmay\s*$", kept := failed.file.read_bytes())
    assert len(kept) < len("0\t0\tdisclaimers\tmissing-medical-disclaimer\tmay\n")
    assert outcome.inputs > 0
    assert bool(outcome.edges) is guided
    assert bool(list((tmp_path / "corpus").iterdir())) is guided


def test_what_does_not_end_is_found_and_kept(
    defective: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    defective("while need == 'may': pass")
    monkeypatch.setattr(running.minimising, "MOST_SECONDS", 1)
    monkeypatch.setattr(running, "MOST_ENDS", 1)
    outcome = running.run(TARGETS["labels"], 4, tmp_path / "corpus", Limits(seconds=1), guided=False)
    (failed,) = outcome.failed
    assert (failed.kind, failed.what) == ("hang", running.minimising.ENDLESS)
    assert b"may" in failed.file.read_bytes()
