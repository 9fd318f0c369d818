"""Values that are kept together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import bundles, kept
from healthlint.bundles import Bundle
from healthlint.kept import Kept


@given(st.dictionaries(st.text(), st.binary()))
def test_what_was_put_is_there_again(values: dict[str, bytes]) -> None:
    bundle = Bundle()
    for name, value in values.items():
        bundle.put(name, value)
    again = Bundle(bundle.packed())
    assert {name: again.get(name) for name in values} == values
    assert again.get("\0none") is None
    assert not again.has_news


@pytest.mark.parametrize("damaged", [b"", b"\n", b"[", b"7\n", b"[1]\n", b"{}\nx", b'[["a", "b"]]\n', b"[[[], 1]]\nx"])
def test_what_is_damaged_holds_nothing(damaged: bytes) -> None:
    bundle = Bundle(damaged)
    assert bundle.get("a") is None
    bundle.put("a", b"1")
    assert Bundle(bundle.packed()).get("a") == b"1"


def test_what_is_too_much_leaves_what_was_used(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Bundle()
    for name in "abc":
        first.put(name, b"12345")
    monkeypatch.setattr(bundles, "LARGEST", 10)
    second = Bundle(first.packed())
    assert second.get("b") == b"12345"
    second.put("d", b"1")
    third = Bundle(second.packed())
    assert [third.get(name) for name in "abcd"] == [None, b"12345", None, b"1"]


def store(folder: Path, purpose: str = "") -> Kept:
    found = Kept(str(folder))
    found.purpose = purpose
    return found


def test_a_purpose_takes_from_the_usual_one_what_it_needs_and_keeps_it(tmp_path: Path) -> None:
    usual = store(tmp_path)
    usual.put_bundled("test", "a", b"1")
    usual.put_bundled("test", "b", b"2")
    usual.save()
    some = store(tmp_path, "some")
    assert some.get_bundled("test", "a") == b"1"
    assert some.get_bundled("test", "c") is None
    some.save()
    usual = store(tmp_path)
    usual.put_bundled("test", "a", b"3")
    usual.save()
    assert store(tmp_path, "some").get_bundled("test", "a") == b"1"
    assert store(tmp_path, "some").get_bundled("test", "b") == b"2"


def test_what_is_only_read_is_not_written(tmp_path: Path) -> None:
    first = store(tmp_path)
    first.put_bundled("test", "a", b"1")
    first.save()
    (file,) = tmp_path.glob("*.sqlite")
    first.close()
    before = file.read_bytes()
    second = store(tmp_path)
    assert second.get_bundled("test", "a") == b"1"
    second.save()
    second.close()
    assert file.read_bytes() == before


def test_nothing_is_kept_without_a_folder() -> None:
    nowhere = Kept(None)
    nowhere.put_bundled("test", "a", b"1")
    nowhere.save()
    assert Kept(None).get_bundled("test", "a") is None


def test_what_is_worked_out_once_is_not_worked_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def work() -> bytes:
        done.append("once")
        return b"1"

    for _ in range(2):
        monkeypatch.setattr(kept, "run", store(tmp_path))
        assert kept.worked_out("test", "a", work) == b"1"
        kept.run.save()
    assert done == ["once"]
    monkeypatch.setattr(kept, "_state", "another version")
    assert kept.worked_out("test", "a", work) == b"1"
    assert done == ["once", "once"]
    monkeypatch.setattr(kept, "run", Kept(None))
    assert kept.worked_out("test", "a", work) == b"1"
    assert len(done) == 3
