"""Regular expressions that were compiled by an earlier run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import kept, regexes
from healthlint.kept import Kept

PATTERNS = [
    (r"kelp", 0),
    (r"(?P<drug>kelp|garlic)\s+(\d+)(?:mg|g)?", re.IGNORECASE),
    (r"^(?<!a)[^\W\d_]{2,5}+(?=b)|İ|[à-ÿ]", re.MULTILINE | re.VERBOSE),
    ("", 0),
]


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from re import _compiler  # type: ignore[attr-defined]

    monkeypatch.setattr(kept, "run", Kept(str(tmp_path)))
    monkeypatch.setattr(_compiler, "compile", _compiler.compile)  # taken back after the test
    monkeypatch.setattr(_compiler, "_sre", _compiler._sre)
    regexes.install()
    re.purge()
    yield
    re.purge()


def compiled_again(pattern: str, flags: int, count: list[str], monkeypatch: pytest.MonkeyPatch) -> re.Pattern[str]:
    """The pattern in a run that has nothing but what was kept; `count` gets what is parsed all the same."""
    from re import _parser  # type: ignore[attr-defined]

    parse = _parser.parse
    monkeypatch.setattr(_parser, "parse", lambda text, *rest: (count.append(text), parse(text, *rest))[1])
    re.purge()
    return re.compile(pattern, flags)


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_expression_is_the_same_and_not_parsed(
    pattern: str, flags: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, parsed = re.compile(pattern, flags), []
    again = compiled_again(pattern, flags, parsed, monkeypatch)
    assert parsed == []
    assert (again, again.flags, again.groups, dict(again.groupindex)) == (
        first, first.flags, first.groups, dict(first.groupindex)
    )  # fmt: skip


@given(text=st.text(alphabet="kelpgaric 0123mgabİé\n", max_size=30))
def test_it_finds_the_same(text: str) -> None:
    for pattern, flags in PATTERNS:
        first = re.compile(pattern, flags)
        re.purge()
        again = re.compile(pattern, flags)
        assert [match.span() for match in first.finditer(text)] == [match.span() for match in again.finditer(text)]


@pytest.mark.parametrize(
    "damaged",
    [
        b"", b"[", b"7", b"{}", b"[1]", b"[32, 0, {}, [null]]\n\1", b"[32, 0, {}, [null]]\n\xff\xff\xff\x7f\1\0\0\0",
        b'["x", 0, {}, null]\n\1\0\0\0',
    ],
)  # fmt: skip
def test_what_is_damaged_is_compiled_anew(damaged: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.run.put_bundled(regexes._KIND, regexes._digest("garlic", 0), damaged)
    parsed: list[str] = []
    assert compiled_again("garlic", 0, parsed, monkeypatch).search("a garlic")
    assert "garlic" in parsed


def test_a_next_run_has_them_and_adds_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    re.compile("kelp")
    kept.run.save()
    for pattern, parsed_then in (("garlic", ["garlic"]), ("kelp", []), ("garlic", [])):
        monkeypatch.setattr(kept, "run", Kept(str(tmp_path)))
        parsed: list[str] = []
        assert compiled_again(pattern, 0, parsed, monkeypatch).search(pattern)
        assert parsed == parsed_then
        kept.run.save()


def test_a_bad_expression_is_told_as_ever() -> None:
    with pytest.raises(re.error, match="unterminated"):
        re.compile("(kelp")


def test_bytes_and_halves_of_surrogates() -> None:
    assert re.compile(b"kelp").search(b"a kelp")
    assert re.compile("\ud800|kelp").search("a kelp")
    kept.run.save()
