"""What an article has in common with earlier ones of the run: articles and sections that were copied, and no more."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import builtin, documents, rules
from healthlint.across import Copies, lint_together
from healthlint.analysis import Analysis
from healthlint.analysis.repetition.parts import MOST, SIZE, hashes, parts, resemblance, shared, sketch
from healthlint.documents.document import Document
from healthlint.findings import Finding, compared
from healthlint.rules import Rule, RuleError, Severity

NAME = "duplication/duplicate-article"
WORDS = "arm bath calf dose ear foot gum hand itch jaw knee lip mole nail oil palm rash skin toe vein wrist".split()
CAST = """\
Keep the arm on two pillows for the first two days, higher than your heart, and move your fingers every hour. Tape a
plastic bag over the cast when you shower. A wet cast goes soft and has to be changed. Never push a knitting needle
under the edge to scratch, however much it itches; cool air from a hair dryer helps. Come back when your fingers turn
blue, cold or numb, or when they swell.
"""
SLING = """\
Wear the sling by day and take it off four times to bend and stretch the elbow. At night a cushion under the upper arm
keeps the shoulder from falling back. Most people can type after a week, lift a kettle after a month and hang out the
washing after two. Swimming comes last, since the water pulls at the joint from a side on which no muscle guards it yet.
"""
PILLS = """\
Take metformin with the evening meal and swallow the tablet whole. Your stomach gets used to metformin within two weeks,
so start with one tablet and go up slowly. Leave metformin out on the day before a scan with contrast and for two days
after it. If you forget a tablet, wait for the next meal. Thirst, a heavy breath and pain in the belly while you are ill
want a doctor on the same day.
"""


def prose(seed: int, words: int = 70) -> str:
    """Text that nobody else has."""
    drawn = random.Random(seed)
    return " ".join(f"{drawn.choice(WORDS)}{drawn.randrange(1000)}" for _ in range(words)) + ".\n"


def rule() -> Rule:
    return rules.load(NAME, builtin.folder() / f"{NAME}.yaml")


def together(*texts: str, **named: str) -> list[Finding]:
    """What is found in articles that are named 1.md, 2.md ..., and in those that are named themselves."""
    files = {f"{number}.md": text for number, text in enumerate(texts, 1)} | named
    read = [documents.read(name, text.encode()) for name, text in files.items()]
    return [found for each in lint_together(read, [rule()]) for found in each]


def told(*texts: str, **named: str) -> list[str]:
    """Where the findings are and what they name: '2.md:1 article 1.md:1'."""
    return [
        f"{found.filename}:{found.location.row} {found.message.split()[1]} {found.message.split()[4]}"
        for found in together(*texts, **named)
    ]


def test_an_article_with_another_drugs_name() -> None:
    first = f"# Metformin\n\n{PILLS}\n## In plaster\n\n{CAST}"
    (found,) = together(first, first.replace("etformin", "iraglutide").replace("miraglutide", "liraglutide"))
    assert (found.code, found.filename, found.scope) == (NAME, "2.md", "document")
    assert (found.location.row, found.location.column) == (1, 3)
    assert found.message.startswith('This article stands in 1.md:1 already ("Metformin"), ')
    (place,) = found.related
    assert (place.message, place.filename, place.location.row) == ("first told in 1.md:1", "1.md", 1)
    assert first[slice(*place.span)] == "Metformin"


def test_a_section_that_was_pasted_and_edited() -> None:
    first = f"# Wrist\n\n{prose(1)}\n## Your cast\n\n{CAST}"
    second = f"# Elbow\n\n{prose(2)}\n### In plaster\n\n{CAST.replace('shower', 'have a bath')}\n## Then\n\n{prose(3)}"
    (found,) = together(first, second)
    assert (found.scope, found.message.split(",")[0]) == ("span", 'This section stands in 1.md:5 already ("Your cast")')
    assert second[slice(*found.span)] == "In plaster"


def test_a_section_without_a_heading_is_marked_at_its_first_words() -> None:
    first, second = f"# Wrist\n\n{prose(1)}\n## Cast\n\n{CAST}", f"{CAST}\n# Elbow\n\n{prose(2)}"
    (found,) = together(first, second)
    assert second[slice(*found.span)].startswith("Keep the arm on two pillows")
    assert "\n\n" not in second[slice(*found.span)]


def test_parts_of_what_is_marked_are_not_marked() -> None:
    chapter = f"## Arms\n\n{SLING}\n### Plaster\n\n{CAST}\n### Pills\n\n{PILLS}"
    assert told(f"# A\n\n{prose(1)}\n{chapter}", f"# B\n\n{prose(2)}\n{chapter}\n## End\n\n{prose(3)}") == [
        "2.md:5 section 1.md:5"
    ]


def test_short_sections_count_together() -> None:
    chapter = "## Arms\n\n" + "\n".join(f"### {n}\n\n{prose(n, 30)}" for n in range(4))
    assert told(f"# A\n\n{prose(11)}\n{chapter}", f"# B\n\n{prose(12)}\n{chapter}") == ["2.md:5 section 1.md:5"]
    short = f"## Arms\n\n{prose(1, 50)}"
    assert told(f"# A\n\n{prose(11)}\n{short}", f"# B\n\n{prose(12)}\n{short}") == []


def test_all_copies_are_held_against_the_first() -> None:
    article = f"# Arms\n\n{CAST}\n## Slings\n\n{SLING}"
    assert told(article, article, article, article) == [f"{n}.md:1 article 1.md:1" for n in (2, 3, 4)]


def test_what_three_articles_share_is_their_template() -> None:
    articles = [f"# {n}\n\n{prose(n)}\n## Cast\n\n{CAST}" for n in range(4)]
    assert told(*articles[:2]) == ["2.md:5 section 1.md:5"]
    assert told(*articles[:3]) == []
    assert told(*articles) == []


def test_a_copied_article_makes_no_template_of_its_sections() -> None:
    article = f"# Arms\n\n{prose(1)}\n## Cast\n\n{CAST}"
    pasted = f"# Elbow\n\n{prose(2)}\n## Cast\n\n{CAST}"
    assert told(article, article, pasted) == ["2.md:1 article 1.md:1", "3.md:5 section 1.md:5"]


def test_passages_of_a_template_do_not_make_a_copy() -> None:
    page = "# {n}\n\n{own}\n## Arms\n\n{cast}\n{arms}"
    own = [prose(n, 60) for n in range(6)]
    others = [page.format(n=n, own=own[n], cast=CAST, arms=prose(n + 50, 90)) for n in range(3)]
    two = [page.format(n=n, own=own[n], cast=CAST, arms=prose(n + 70, 20)) for n in (4, 5)]
    assert told(*two) == ["2.md:5 section 1.md:5"]
    assert told(*others, *two) == []


def test_a_short_article_in_a_long_one_and_the_other_way_round() -> None:
    short, long = f"# Cast\n\n{CAST}", f"# Wrist\n\n{prose(1)}\n## In plaster\n\n{CAST}"
    assert told(short, long) == ["2.md:5 section 1.md:1"]
    assert told(long, short) == ["2.md:1 article 1.md:5"]


@pytest.mark.parametrize(
    "part",
    [
        f"## About the author\n\n{CAST}",
        f"## Disclaimer\n\n{CAST}",
        f"## In an emergency\n\n{CAST}",
        f"## Legal notice\n\n### Liability\n\n{CAST}",
        "## Good to know\n\n" + "This page does not replace the advice of a doctor who has seen you and your arm. " * 6,
        "## Overdose or not\n\n"
        + "".join(f"Call 911 at once when {word} or {word}s are blue and cold to the touch. " for word in WORDS),
        "## References\n\n" + "".join(f"{n}. Doe J. Plaster {n}. BMJ 2019;{n}:12-19.\n" for n in range(1, 16)),
        f"## Quoted\n\n> {CAST.replace(chr(10), ' ')}",
    ],
)
def test_what_repeats_by_design(part: str) -> None:
    assert told(f"# A\n\n{prose(1)}\n{part}", f"# B\n\n{prose(2)}\n{part}") == []


def test_the_same_place_in_other_words_or_about_something_else() -> None:
    other = "Rest the plaster on cushions and keep it dry. Ring us if the hand changes colour. " * 5
    assert told(f"# A\n\n{CAST}", f"# B\n\n{other}", f"# C\n\n{prose(1)}") == []


def test_the_sections_of_one_article_are_not_held_against_each_other() -> None:
    assert told(f"# A\n\n{prose(1)}\n## One\n\n{CAST}\n## Two\n\n{CAST}", f"# B\n\n{prose(2)}") == []


@pytest.mark.parametrize(
    "silence",
    [
        lambda text: f"---\nhealthlint: {{ignore: [{NAME}]}}\n---\n{text}",
        lambda text: f"<!-- healthlint-disable-file duplication -- a reprint -->\n\n{text}",
        lambda text: text.replace("## Cast", f"<!-- healthlint-disable {NAME} -- a reprint -->\n\n## Cast"),
        lambda text: text.replace("## Cast", f"<!-- healthlint-disable-next-block {NAME} -- reprint -->\n\n## Cast"),
    ],
)
def test_a_writer_may_ask_for_quiet(silence: Callable[[str], str]) -> None:
    unused = rules.load("suppressions/unused", builtin.folder() / "suppressions/unused.yaml")
    first, second = (f"# {n}\n\n{prose(n)}\n## Cast\n\n{CAST}" for n in (1, 2))
    assert told(first, second)
    assert told(first, silence(second)) == []
    assert told(silence(first), second)  # the later article asks for itself
    for texts in ((first, silence(second)), (silence(second),)):  # no run can tell that it is unused
        read = [documents.read(f"{n}.md", text.encode()) for n, text in enumerate(texts)]
        assert [found for each in lint_together(read, [rule(), unused], [NAME]) for found in each] == []


def test_a_message_that_nothing_fills() -> None:
    import msgspec

    odd = msgspec.structs.replace(rule(), file=msgspec.structs.replace(rule().file, message="{what} is told again."))
    with pytest.raises(
        RuleError, match=r"nothing fills \{what\}; known here: \{part\}, \{place\}, \{quote\}, \{title\}"
    ):
        lint_together([documents.read("a.md", CAST.encode())], [odd])


def test_each_rule_has_its_own_severity_and_length() -> None:
    import msgspec

    short = msgspec.structs.replace(rule(), severity=Severity.INFO, check=type(rule().check)(least_words=20))
    texts = [f"# {n}\n\n{prose(n)}\n## Arms\n\n{prose(9, 40)}" for n in (1, 2)]
    read = [documents.read(f"{n}.md", text.encode()) for n, text in enumerate(texts)]
    assert lint_together(read, [rule()])[1] == []
    (found,) = lint_together(read, [short])[1]
    assert found.severity == Severity.INFO


def test_a_file_name_that_steers_a_terminal() -> None:
    text = f"# A\n\n{CAST}"
    read: list[Document] = [documents.read(name, text.encode()) for name in ("\x1b[2J.md", "b.md")]
    (found,) = lint_together(read, [rule()])[1]
    assert "\x1b" not in found.message + found.related[0].message


def edited(text: str, every: int, seed: int) -> str:
    """The text with another word in the place of one in so many."""
    drawn = random.Random(seed)
    words = text.split()
    for at in range(drawn.randrange(every), len(words), every):
        stop = "." if words[at].endswith(".") else ""
        words[at] = f"{drawn.choice(WORDS)}{drawn.randrange(1000, 2000)}{stop}"
    return " ".join(words)


@pytest.mark.parametrize(("length", "every"), [(70, 25), (150, 25), (400, 30), (3000, 30)])
def test_slight_edits_are_found(length: int, every: int) -> None:
    rule_, copies, found = rule(), Copies(), 0
    for seed in range(40):
        text = " ".join(prose(1000 * seed + at, 20).strip() for at in range(0, length, 20))
        for name, article in (
            (f"{seed}.md", f"# A\n\n{text}"),
            (f"{seed}-copy.md", f"# B\n\n{edited(text, every, seed)}"),
        ):
            asked = compared(Analysis(documents.read(name, article.encode())), [rule_])
            found += len(copies.of(name, asked))
    assert found >= 38


SETS = st.sets(st.integers(0, 2**32 - 1), max_size=MOST)


@given(SETS, SETS)
def test_sketches_of_short_texts_are_exact(one: set[int], other: set[int]) -> None:
    first, second = hashes(sketch(one)), hashes(sketch(other))
    assert first == one
    if len(one | other) <= MOST:
        exact = len(one & other) / len(one | other) if one | other else 0.0
        assert resemblance(first, second) == exact
        assert resemblance(first, second, 0.6) == (exact if exact >= 0.6 else 0.0)


@given(st.integers(0, 10**6), st.integers(10, 5000), st.integers(0, 100))
def test_sketches_of_long_texts_are_near(seed: int, size: int, percent: int) -> None:
    drawn = random.Random(seed)
    common = {drawn.getrandbits(32) for _ in range(size * percent // 100)}
    one, other = (common | {drawn.getrandbits(32) for _ in range(size - len(common))} for _ in range(2))
    first, second = hashes(sketch(one)), hashes(sketch(other))
    assert len(sketch(one)) <= MOST * SIZE
    assert abs(resemblance(first, second) - len(one & other) / len(one | other)) < 0.2
    assert resemblance(first, second) == resemblance(second, first)
    both, all_ = shared(first, second)
    assert both <= all_ <= one | other


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 90)), max_size=8))
def test_parts_stand_one_in_another_or_apart(sections: list[tuple[int, int]]) -> None:
    text = "".join(f"{'#' * level} H{at}\n\n{prose(at, words)}\n" for at, (level, words) in enumerate(sections))
    if not text:
        return
    found = list(parts(Analysis(documents.read("a.md", text.encode())), 60))
    assert [part.whole for part in found] == [at == 0 for at in range(len(found))]
    for at, outer in enumerate(found):
        for inner in found[at + 1 :]:
            apart = inner.stretch.start >= outer.stretch.end
            inside = outer.stretch.start <= inner.stretch.start and inner.stretch.end <= outer.stretch.end
            assert apart or inside
