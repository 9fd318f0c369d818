"""What is kept between runs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import kept
from healthlint.kept import Kept, clean, digest, stamp, stamps


def file_of(folder: Path) -> Path:
    return folder / kept.NAME


def saved(folder: Path, **values: bytes) -> None:
    store = Kept(str(folder))
    for key, value in values.items():
        store.put("test", key, value)
    store.save()


def test_what_is_saved_is_there_for_the_next_run(tmp_path: Path) -> None:
    saved(tmp_path / "new" / "folder", a=b"1")
    store = Kept(str(tmp_path / "new" / "folder"))
    assert store.get("test", "a") == b"1"
    assert store.get("test", "b") is None
    assert store.get("other", "a") is None


def test_what_was_put_is_there_before_it_is_saved(tmp_path: Path) -> None:
    store = Kept(str(tmp_path))
    store.put("test", "a", b"1")
    assert store.get("test", "a") == b"1"
    assert not file_of(tmp_path).exists()


def test_a_file_that_is_closed_is_opened_again(tmp_path: Path) -> None:
    store = Kept(str(tmp_path))
    store.put("test", "a", b"1")
    store.save()
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == [kept.NAME]
    assert store.get("test", "a") == b"1"


def test_nothing_is_kept_without_a_folder() -> None:
    store = Kept(None)
    store.put("test", "a", b"1")
    store.save()
    assert store.get("test", "a") is None


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_database_makes_way(tmp_path: Path, content: bytes) -> None:
    file_of(tmp_path).write_bytes(content)
    assert Kept(str(tmp_path)).get("test", "a") is None
    saved(tmp_path, a=b"1")
    saved(tmp_path, a=b"2")
    assert Kept(str(tmp_path)).get("test", "a") == b"2"


def test_a_file_that_is_cut_short_costs_what_was_in_it(tmp_path: Path) -> None:
    saved(tmp_path, **{f"key{number}": b"x" * 1000 for number in range(200)})
    store = Kept(str(tmp_path))
    assert store.get("test", "key1") == b"x" * 1000
    connection = sqlite3.connect(file_of(tmp_path))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    os.truncate(file_of(tmp_path), 9000)
    for number in range(200):
        assert Kept(str(tmp_path)).get("test", f"key{number}") in (None, b"x" * 1000)
    saved(tmp_path, a=b"1")
    saved(tmp_path, a=b"1")
    assert Kept(str(tmp_path)).get("test", "a") == b"1"


def test_what_was_damaged_is_not_there(tmp_path: Path) -> None:
    saved(tmp_path, a=b"what was kept", b=b"what was kept")
    with sqlite3.connect(file_of(tmp_path)) as file:
        file.execute("UPDATE kept SET value = CAST(replace(value, 'was', 'is') AS BLOB) WHERE key = 'a'")
    assert Kept(str(tmp_path)).get("test", "a") is None
    assert Kept(str(tmp_path)).get("test", "b") == b"what was kept"
    with sqlite3.connect(file_of(tmp_path)) as file:
        file.execute("UPDATE kept SET key = 'c' WHERE key = 'b'")
        file.execute("UPDATE kept SET value = 'text' WHERE key = 'a'")
    assert Kept(str(tmp_path)).get("test", "c") is None
    assert Kept(str(tmp_path)).get("test", "a") is None


def test_a_file_that_is_deleted_while_it_is_used(tmp_path: Path) -> None:
    saved(tmp_path, a=b"1")
    store = Kept(str(tmp_path))
    assert store.get("test", "a") == b"1"
    clean(str(tmp_path))
    store.put("test", "b", b"2")
    store.save()
    assert store.get("test", "c") is None
    saved(tmp_path, a=b"3")
    assert Kept(str(tmp_path)).get("test", "a") == b"3"


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    saved(tmp_path / "file" / "folder", a=b"1")
    assert Kept(str(tmp_path / "file" / "folder")).get("test", "a") is None


def test_runs_at_once_lose_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; from healthlint.kept import Kept\n"
        "for number in range(30):\n"
        "    store = Kept(sys.argv[1]); store.put('test', f'{sys.argv[2]}-{number}', b'x' * 10000); store.save()"
    )
    saved(tmp_path, a=b"1")
    runs = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(name)]) for name in range(4)]
    assert [run.wait() for run in runs] == [0] * 4
    store = Kept(str(tmp_path))
    assert all(store.get("test", f"{name}-{number}") for name in range(4) for number in range(30))


def test_a_file_that_grows_too_large_is_halved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LARGEST", 300_000)
    for day in range(10):
        monkeypatch.setattr(kept, "_today", lambda day=day: day)
        saved(tmp_path, **{f"{day}-{number}": os.urandom(10_000) for number in range(10)})
    store = Kept(str(tmp_path))
    assert store.get("test", "9-9")
    assert not store.get("test", "0-0")


def test_clean_says_what_it_freed(tmp_path: Path) -> None:
    saved(tmp_path, a=b"1")
    assert clean(str(tmp_path)) > 0
    assert clean(str(tmp_path)) == 0
    assert not file_of(tmp_path).exists()


@given(st.lists(st.binary(max_size=20), max_size=4), st.lists(st.binary(max_size=20), max_size=4))
def test_other_parts_have_another_digest(one: list[bytes], other: list[bytes]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_a_change_of_a_file_changes_its_stamp(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    file = tmp_path / "sub" / "a.yaml"
    file.write_text("a: 1")
    before = stamp(file), list(stamps(tmp_path))
    file.write_text("a: 22")
    assert stamp(file) != before[0]
    assert list(stamps(tmp_path)) != before[1]


def test_kinds_that_are_not_wanted_are_neither_found_nor_kept(tmp_path: Path) -> None:
    saved(tmp_path, a=b"1")
    store = Kept(str(tmp_path), without=["test"])
    assert store.get("test", "a") is None
    store.put("test", "a", b"2")
    store.put("other", "a", b"3")
    store.save()
    assert Kept(str(tmp_path)).get("test", "a") == b"1"
    assert Kept(str(tmp_path)).get("other", "a") == b"3"


def test_a_user_whom_the_system_does_not_know_has_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (kept.FOLDER, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert "healthlint" in (kept.folder_of_user() or "")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert kept.folder_of_user() is None
    monkeypatch.setenv(kept.FOLDER, "named")
    assert kept.folder_of_user() == "named"


def test_an_entry_of_another_type_is_none(tmp_path: Path) -> None:
    first = Kept(str(tmp_path))
    first.put("rule", "a", b"one")
    first.save()
    with sqlite3.connect(tmp_path / kept.NAME) as file:
        file.execute("UPDATE kept SET value = 1000000000000")  # which bytes() would take for a length
    assert Kept(str(tmp_path)).get("rule", "a") is None
