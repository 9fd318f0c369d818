"""No pattern can be tried in more ways than are allowed, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from projects import RULE

from accuracy import sets
from healthlint import rules, schema
from healthlint.analysis import effort
from healthlint.analysis.patterns import PatternError, Patterns, parse
from healthlint.analysis.word_patterns import Wordings

LONGEST = 12  # characters of a word here


def endings(items: Sequence[Any], word: str, at: int) -> Iterator[int]:
    """Where a parsed expression may end, once for each way: what an engine that goes back tries one by one."""
    if not items:
        yield at
        return
    kind, what = items[0]
    for end in endings_of_one(str(kind), what, word, at):
        yield from endings(items[1:], word, end)


def endings_of_one(kind: str, what: Any, word: str, at: int) -> Iterator[int]:
    if kind == "LITERAL":
        yield from [at + 1] if word[at : at + 1] == chr(what) else []
    elif kind == "IN":
        yield from [at + 1] if word[at : at + 1] in {chr(code) for _, code in what} - {""} else []
    elif kind == "ANY":
        yield from [at + 1] if at < len(word) else []
    elif kind == "SUBPATTERN":
        yield from endings(what[-1], word, at)
    elif kind == "BRANCH":
        for branch in what[1]:
            yield from endings(branch, word, at)
    else:
        least, most, inner = what
        yield from repeated(inner, least, min(most, len(word)), word, at)


def repeated(inner: Sequence[Any], least: int, most: int, word: str, at: int) -> Iterator[int]:
    if most > 0:
        for end in endings(inner, word, at):
            if end > at:
                yield from repeated(inner, least - 1, most - 1, word, end)
    if least <= 0:
        yield at


ATOMS = st.sampled_from(["a", "b", "ab", "."])
REGEXES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
    ),
    max_leaves=6,
)


@given(REGEXES, st.text(alphabet="ab", max_size=LONGEST))
def test_an_engine_that_goes_back_never_tries_more_ways(regex: str, word: str) -> None:
    from re import _parser  # type: ignore[attr-defined]

    bound = effort.ways_of_regex(regex, LONGEST)
    if bound <= 3_000:
        assert sum(1 for _ in endings(_parser.parse(regex).data, word, 0)) <= bound


@pytest.mark.parametrize(
    "regex",
    [
        "(a+)+", "(a|a)*b", "(a|ab)+c", "(.*a){3}", "a?" * 30 + "a" * 30, "(a?){30}", ".*.*.*.*b", "(?:a|aa){20}",
        "(?=(a+)+b)a", "((a*)*)*", "(a)(?:(?(1)a+|b)*)*", "((a{1,9}){1,9}){1,9}", "(?>a+)*(?:b|b)*",
    ],
)  # fmt: skip
def test_an_expression_that_may_take_for_ever_is_refused(regex: str) -> None:
    with pytest.raises(PatternError, match="may be tried in more than 50,000 ways on one word"):
        parse(f"/{regex}/")


@pytest.mark.parametrize(
    "regex",
    [
        ".+ologists?",
        "[a-z]{3,}er",
        "(?:un)?safe(?:ly)?",
        "(ab)+",
        ".+o.+",
        "(a|b|c){3}",
        "(?>a+)b",
        "(a{65000}){65000}",
    ],
)
def test_an_expression_that_cannot_is_taken(regex: str) -> None:
    assert parse(f"/{regex}/")


@pytest.mark.parametrize("regex", ["(" * 2_000 + "a" + ")" * 2_000, "a{99999999999999999999}", "[", "(?P<a>", "\\"])
def test_a_bad_expression_is_refused(regex: str) -> None:
    with pytest.raises(PatternError, match="has a bad regular expression"):
        parse(f"/{regex}/")


@pytest.mark.parametrize(
    "pattern", ["a ...99 b ...99 c ...99 d", "a? " * 20 + "b", "a*|aa*|aaa* " * 12, "a ..99 b ..99 c ..9 d"]
)
def test_words_that_may_be_tried_for_ever_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="may be tried in more than 50,000 ways at one place"):
        Wordings([pattern]).verify()
    with pytest.raises(PatternError, match="ways at one place"):  # and whoever forgets to verify them cannot run them
        Wordings([pattern]).find("a b c d")


@pytest.mark.parametrize("pattern", ["a ..x b", "a ..0 b", "a ..100 b", "a ....4 b", "a ...-4 b"])
def test_a_bad_gap_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match=r"has the gap '\.\.+(x|0|100|4|-4)'"):
        Wordings([pattern]).verify()


def test_a_star_stands_for_an_ending_alone() -> None:
    assert Wordings(["calm* down"]).match("It calms down.")
    assert not Wordings(["c*lm"]).match("calm")
    assert Wordings(["calm" + "*" * 30 + " down"]).match("calms down")
    assert not Wordings(["calm" + "*" * 30 + " down"]).match("calm" + "s" * 1_500)


# Every pattern of every check


def texts(data: Any, path: schema.Path = ()) -> Iterator[tuple[schema.Path, str]]:
    return rules._texts(data, path)


def put(data: Any, path: schema.Path, text: str) -> Any:
    """Plain data with another text at a path."""
    if not path:
        return text
    if isinstance(data, dict):
        return {**data, path[0]: put(data[path[0]], path[1:], text)}
    return [put(each, path[1:], text) if index == path[0] else each for index, each in enumerate(data)]


@pytest.fixture(scope="module")
def patterns() -> dict[str, set[str]]:
    """All patterns that the built-in rules have made: those of words, and those of the words of a sentence."""
    made: dict[str, set[str]] = {"wordings": set(), "patterns": set()}

    def recording(kind: str, original: Callable[..., None]) -> Callable[..., None]:
        def init(self: object, given: Sequence[str], **options: bool) -> None:
            made[kind].update(given)
            original(self, given, **options)

        return init

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Wordings, "__init__", recording("wordings", Wordings.__init__))
        patch.setattr(Patterns, "__init__", recording("patterns", Patterns.__init__))
        for name, path in rules.all_available().items():
            rules.load(name, path).check.verify()  # of the package itself, nobody else does
    return made


BAD = {"wordings": "a ...99 b ...99 c ...99 d", "patterns": "/(a+)+/"}


@pytest.mark.parametrize("rule", sets.all_rules(), ids=lambda rule: rule.name)
def test_every_pattern_of_a_check_is_verified_when_a_rule_is_loaded(
    rule: rules.Rule, patterns: dict[str, set[str]], tmp_path: Path
) -> None:
    with_ = msgspec.to_builtins(rule.file.with_)
    first = {path[:-1]: (path, text) for path, text in reversed([*texts(with_)])}  # of each list of them
    for path, text in first.values():
        kind = next((kind for kind, made in patterns.items() if text in made), None)
        if kind and path[0] != "fields":
            changed = put(with_, path, BAD[kind])
            with pytest.raises(schema.SchemaError) as caught:
                rules.verify(schema.convert(changed, type(rule.check)), changed)
            assert "may be tried in more than 50,000 ways" in str(caught.value)


def test_a_rule_pack_is_refused_by_row_and_key_and_the_rest_is_linted(healthlint: Run, tmp_path: Path) -> None:
    rule = tmp_path / "pack" / "house" / "slow.yaml"
    rule.parent.mkdir(parents=True)
    text = RULE.replace("check: suppressions", "check: abrupt_stop").replace("PREVIEW", "false")
    rule.write_text(f'{text}with:\n  patterns:\n    - "stop it"\n    - "{BAD["wordings"]}"\n')
    (tmp_path / ".healthlint.yaml").write_text("rules: [pack/]\n")
    (tmp_path / "a.md").write_text("# Doses of warfarin\n\nTake 5.0 mg of warfarin.\n")
    done = healthlint("--select", "house,dosing", "--output-format", "concise", "a.md")
    assert (done.returncode, done.stdout.count("dosing/trailing-zero")) == (2, 1)
    place = Path("pack", "house", "slow.yaml")
    assert done.stderr.startswith(f"healthlint: {place}:14: with.patterns[1]: the pattern 'a ...99 b")


def test_an_option_is_refused_the_same_way(healthlint: Run, tmp_path: Path) -> None:
    option = f'options: {{disclaimers/abrupt-stop: {{extend-patterns: ["{BAD["wordings"]}"]}}}}\n'
    (tmp_path / ".healthlint.yaml").write_text(option)
    (tmp_path / "a.md").write_text("# Doses of warfarin\n\nTake 5.0 mg of warfarin.\n")
    done = healthlint("a.md")
    assert done.returncode == 2
    assert "may be tried in more than 50,000 ways" in done.stderr
    assert re.match(r"healthlint: \.healthlint\.yaml:1: [^\n]*\n", done.stderr)
