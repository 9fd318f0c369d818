"""The little language of word patterns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.patterns import PatternError, Patterns, parse


def found(pattern: str, text: str) -> list[str]:
    return [text[start:end] for start, end in Patterns([pattern]).find(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "marked"),
    [
        ("works well", "It works well.", ["works well"]),
        ("works well", "It WORKS Well, and works well.", ["WORKS Well", "works well"]),
        ("works well", "It works very well.", []),
        ("works well", "It works, well.", []),
        ("works|acts well|fast", "It acts well and works fast.", ["acts well", "works fast"]),
        ("so? good", "So good, and good.", ["So good", "good"]),
        ("very|really? good", "A really good, very good, good one.", ["really good", "very good", "good"]),
        ("works .. everyone", "It works for just about everyone.", ["works for just about everyone"]),
        ("works .. everyone", "It works for just about nearly everyone.", []),
        ("works ..4 everyone", "It works for just about nearly everyone.", ["works for just about nearly everyone"]),
        ("works .. everyone", "It works everyone.", ["works everyone"]),
        ("works .. everyone", "It works well. Everyone, everyone works.", []),
        ("works .. everyone", "It works, for everyone; it works (for everyone).", []),
        ("works .. everyone", "It works — everyone says so; it works - everyone says so.", []),
        ("works ..12 for", "Works a b c d e f g h i j for.", ["Works a b c d e f g h i j for"]),
        ("works .. everyone", "It works in the very long-term for everyone.", []),
        ("works .. everyone", "It works long-term for everyone.", ["works long-term for everyone"]),
        ("works .. everyone", "It works for a doctor's everyone.", ["works for a doctor's everyone"]),
        ("doctors .. say", "Doctors do not say so, doctors don't say so, doctors never say so.", []),
        ("cures ..", "It cures colds in a day, they say.", ["cures colds in a"]),
        ("# of # men", "5 of 10 men, ten men, 1,000 of 2.5 men.", ["5 of 10 men", "1,000 of 2.5 men"]),
        ("# of # men", "two of ten men", ["two of ten men"]),
        ("# - year study", "A 5-year study, a 5 year study.", ["5-year study", "5 year study"]),
        ("#? study", "A 5 study, a study.", ["5 study", "study"]),
        ("100 %", "It is 100% safe, 100 % safe.", ["100%", "100 %"]),
        ("so-so", "A so-so, so so, so–so, soso drug.", ["so-so", "so so", "so–so"]),
        ("omega-3", "Omega-3, omega 3, omega‑3", ["Omega-3", "omega 3", "omega‑3"]),
        ("or", "Tea and/or milk.", ["or"]),
        ("doesn't work", "It doesn't work. It doesn’t work. It does work.", ["doesn't work", "doesn’t work"]),
        ("n't work", "It won't work and can't work.", ["n't work", "n't work"]),
        ("cannot|n't fail", "It cannot fail, can not fail, don't fail.", ["cannot fail", "can not fail", "n't fail"]),
        ("not fail", "It cannot fail.", ["not fail"]),
        ("dont work", "They dont work.", ["dont work"]),
        ("it 's|is safe", "It's safe. It’s safe. It is safe.", ["It's safe", "It’s safe", "It is safe"]),
        ("/.+ologists?/ say", "Cardiologists say so, a neurologist says so.", ["Cardiologists say"]),
        ("/un.+/? safe", "It is unbelievably safe, safe.", ["unbelievably safe", "safe"]),
        (", but", "Safe, but slow.", [", but"]),
        ("{be} safe", "It is safe, they were safe, it's safe.", ["is safe", "were safe", "'s safe"]),
        ("{be}|seems safe", "It seems safe.", ["seems safe"]),
        ("as good as", "It is as good as it is as good as that.", ["as good as", "as good as"]),
        ("x safe", "İİ-x safe", ["x safe"]),
    ],
)  # fmt: skip
def test_patterns(pattern: str, text: str, marked: list[str]) -> None:
    assert found(pattern, text) == marked


def test_phrases_of_a_lexicon_are_found_whatever_joins_them() -> None:
    assert found("{endorse}", "They swear by it.") == ["swear by"]
    assert found("{condition}", "Alzheimer's, Alzheimer’s, and high blood-pressure.") == [
        "Alzheimer's", "Alzheimer’s", "high blood-pressure"
    ]  # fmt: skip


def test_matches_of_several_patterns_are_made_one_where_they_overlap() -> None:
    patterns = Patterns(["very good", "good drug", "drug"])
    text = "A very good drug, a drug."
    assert [text[start:end] for start, end in patterns.find(text)] == ["very good drug", "drug"]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "has no word that must be there"),
        ("..", "has no word that must be there"),
        ("so? very|really?", "has no word that must be there"),
        (".. so? -", "has no word that must be there"),
        ("a|", "has an empty alternative"),
        ("a||b c", "has an empty alternative"),
        ("|?", "has an empty alternative"),
        ("{study", "'{study', which is no word and no {lexicon}"),
        ("study}", "which is no word and no {lexicon}"),
        ("{}", "which is no word and no {lexicon}"),
        ("{stu dy}", "which is no word and no {lexicon}"),
        ("{nonsense} word", "names the lexicon 'nonsense', which is not there"),
        ("{../x}", "which is no word and no {lexicon}"),
        ("/(/", "has a bad regular expression: missing )"),
        ("/(a|aa)+/", "may be tried in more than 50,000 ways on one word"),
        ("a ..0 b", "has the gap '..0'"),
        ("a ..100 b", "has the gap '..100'"),
        ("a ...4 b", "has the gap '...4'"),
    ],
)
def test_bad_patterns_are_refused(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse(pattern)
    assert reason in str(caught.value)
    assert f"the pattern '{pattern}'" in str(caught.value)


PARTS = st.sampled_from(
    ["a", "b?", "a|b", "a|b?", "..", "..2", "-", "#", "#?", "n't", "/a+/", "/b?/", "{be}", "{be}?", "a-b", ","]
)


@given(st.lists(PARTS, min_size=1, max_size=4).map(" ".join), st.text(alphabet="ab -,.'nt5\u2019", max_size=25))
def test_no_match_is_empty_and_all_are_in_the_text(pattern: str, text: str) -> None:
    try:
        patterns = Patterns([pattern])
    except PatternError:
        return
    matches = patterns.find(text)
    assert all(0 <= start < end <= len(text) for start, end in matches)
    assert list(matches) == sorted(matches)
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in matches)


@pytest.mark.parametrize("text", ["works " * 300_000, "x" * 1_500_000, "works .. " * 100_000])
def test_long_sentences(text: str) -> None:
    assert Patterns(["works ..9 everyone", "/w.+s/ ..4 for", "{be} safe"]).find(text) == ()
