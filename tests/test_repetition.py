"""What an article says twice, in the same words or in others, and what only looks so."""

from __future__ import annotations

from collections import Counter

import pytest

from healthlint.analysis import Analysis, Sentence
from healthlint.analysis.repetition import Repeat, Repetition
from healthlint.analysis.repetition.concepts import concepts, meaning, stems_of, stop_words, thesaurus
from healthlint.analysis.repetition.copies import is_told_again
from healthlint.analysis.repetition.numbers import read
from healthlint.analysis.repetition.passages import Telling, telling_of
from healthlint.analysis.repetition.similarity import Weights
from healthlint.analysis.repetition.stems import stem
from healthlint.documents.document import Span, prose_at
from healthlint.documents.markdown import read_markdown


def repeats(markdown: str) -> list[Repeat]:
    return list(Repetition.of(Analysis(read_markdown("article.md", markdown))).all)


def kinds(markdown: str) -> list[tuple[str, str]]:
    """The kind of every repeat and the first line of what it marks."""
    return [(repeat.kind, markdown[slice(*repeat.later)].splitlines()[0]) for repeat in repeats(markdown)]


def named(text: str) -> list[str]:
    return [concept.name for concept in concepts(text)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("relieve relieves relieving relieved", "reliev"),
        ("treat treats treating treated", "treat"),
        ("dizzy dizziness", "dizzi"),
        ("generalise generalize", "gener"),
        ("hopping hop", "hop"),
        ("caresses caress", "caress"),
        ("ponies poni", "poni"),
        ("virus", "virus"),
        ("arthritis", "arthritis"),
    ],
)
def test_stems(words: str, expected: str) -> None:
    assert {stem(word) for word in words.split()} == {expected}


def test_thesaurus_lines_do_not_overlap() -> None:
    for lines in (thesaurus().same, thesaurus().near):
        entries = [stems_of(entry) for line in lines for entry in line]
        assert all(entries)
        by_line = [(stems_of(entry), line[0]) for line in lines for entry in line]
        names: dict[tuple[str, ...], str] = {}
        assert [entry for entry, name in by_line if names.setdefault(entry, name) != name] == []


def test_thesaurus_and_stop_words_are_in_lower_case() -> None:
    words = [word for line in (*thesaurus().same, *thesaurus().near) for word in line]
    assert [word for word in (*words, *stop_words()) if word != word.lower()] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("You may feel light-headed.", "Dizziness"),
        ("Wait before you get behind the wheel.", "Do not drive."),
        ("It lasted three months.", "It lasted twelve weeks."),
        ("It starts to work within an hour.", "It starts to work after sixty minutes."),
        ("swollen feet", "puffy ankles"),
        ("It helps one in three.", "It helps a third."),
        ("Throw away what you do not need.", "Discard leftovers."),
        ("Prop it up by 10 to 20 cm.", "Raise it by four to eight inches."),
    ],
)
def test_concepts_are_the_same_in_other_words(one: str, other: str) -> None:
    assert set(named(one)) & set(named(other))


def test_addresses_and_little_words_are_no_concepts() -> None:
    assert named("It is on the list at https://example.org/acne and so on.") == ["list"]


def test_little_words_do_not_stand_for_what_shares_their_stem() -> None:
    assert named("It can even be used.") == []
    assert named("It is useful in the evening.") == ["useful", "bedtime"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("41.7 points", (1, "#42")),
        ("2.5 mg", (1, "#2.5")),
        ("2 tablets", (1, "")),
        ("2% more", (1, "#2%")),
        ("2 percent more", (2, "#2%")),
        ("2 per cent more", (3, "#2%")),
        ("one in ten people", (3, "#10%")),
        ("nine out of ten people", (4, "#90%")),
        ("one in four people", (3, "a quarter")),
        ("seven in the morning", (1, "#7")),
        ("5 in 2019", (1, "#5")),
        ("10 to 20 cm", (4, "~20 cm")),
        ("four to eight inches", (4, "~20 cm")),
        ("11 pounds", (2, "~5 kg")),
        ("60 seconds", (2, "~0.0006944 days")),
        ("1 minute", (2, "~0.0006944 days")),
        ("12 to 20 weeks", (4, "~150 days")),
        ("five months", (2, "~150 days")),
        ("tablets", None),
        ("1.2.3", None),
    ],
)
def test_numbers(text: str, expected: tuple[int, str] | None) -> None:
    assert read(text.split(), 0) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nausea and vomiting", "vomiting, nausea", True),
        ("Loss of appetite", "appetite loss", True),
        ("Tiredness", "fatigue", True),
        ("high blood pressure", "low blood pressure", False),
        ("with food", "without food", False),
        ("pain in the leg", "pain in the arm", False),
        ("milk", "cheese", False),
    ],
)
def test_meaning_of_short_items(one: str, other: str, same: bool) -> None:
    assert (meaning(one) == meaning(other)) is same


@pytest.mark.parametrize(
    ("earlier", "later", "again"),
    [
        ("Keep the drops in the fridge.", "Keep the drops in the fridge.", True),
        ("Keep your drops in the door of the fridge.", "Keep the drops in the door of the fridge!", True),
        ("Adults take 5 mg in the evening with water.", "Adults take 10 mg in the evening with water.", False),
        ("Take it with food in the morning, please.", "Do not take it with food in the morning, please.", False),
        ("Radiation is given for tumors of the brain.", "Surgery is given for tumors of the brain.", False),
        (
            '"I would want X-rays of both knees, and I would want five years of them," said a surgeon in Leeds.',
            '"I would want X-rays of both knees, and I would want five years of them."',
            True,
        ),
    ],
)
def test_sentences_told_again(earlier: str, later: str, again: bool) -> None:
    assert is_told_again(*(_told(text) for text in (earlier, later))) is again


def _told(text: str) -> Telling:
    return telling_of(Sentence(0, 0, len(text), text, prose_at(text, text, Span(0, len(text)))))


def test_words_of_all_sections_weigh_little() -> None:
    sections = [{"baclofen", "dose"}, {"baclofen", "itch"}, {"baclofen", "heart"}, {"baclofen", "cost"}]
    weights = Weights(sections)
    passages = Repetition.of(Analysis(read_markdown("a.md", ""))).passages
    assert passages.sections == ()
    everywhere = weights.overlap(*(_counted("baclofen", own) for own in ("one", "two")))
    nowhere = weights.overlap(*(_counted("oddity", own) for own in ("one", "two")))
    assert everywhere.odds < nowhere.odds
    assert nowhere.points == ("oddity",)


def _counted(*points: str) -> Counter[str]:
    return Counter(points)


PSORIASIS = """\
# Living with psoriasis

## What psoriasis is

Skin cells normally take about a month to travel to the surface and flake off. In psoriasis the immune system hurries
them along, and the journey takes a few days. The cells pile up into raised, silvery patches, most often on the elbows,
knees and scalp. You cannot catch it from anyone.

## Light treatment

Ultraviolet B from a lamp, two or three times a week, clears many plaques. It needs trips to a clinic.

## Why the plaques form

The body's defences are overactive and push new skin up too fast. What should need around four weeks is over in days, so
the surface cannot shed quickly enough and thick, silver scales heap up. Elbows, knees and the head are the usual
places. It is not contagious.
"""


def test_restated_section_names_what_both_tell() -> None:
    (repeat,) = repeats(PSORIASIS)
    assert repeat.kind == "restatement"
    assert repeat.title == "What psoriasis is"
    assert PSORIASIS[slice(*repeat.earlier)].startswith("## What psoriasis is")
    assert PSORIASIS[slice(*repeat.later)].startswith("## Why the plaques form")
    assert PSORIASIS[slice(*repeat.later)].endswith("contagious.")
    assert "four weeks" in repeat.shared
    assert len(repeat.shared.split(", ")) <= 6


def test_three_tellings_give_two_findings() -> None:
    third = PSORIASIS.partition("## Why the plaques form")[2].replace("overactive", "too busy")
    found = repeats(f"{PSORIASIS}\n## Scales and plaques\n{third}")
    assert [repeat.kind for repeat in found] == ["restatement", "section"]
    assert [repeat.title for repeat in found] == ["What psoriasis is", "Why the plaques form"]


def test_every_later_copy_leads_to_the_first() -> None:
    light = PSORIASIS.partition("## Light treatment")[2].partition("## Why")[0].replace("plaques", "patches of skin")
    found = repeats(f"{PSORIASIS}\n## Lamps\n{light}\n## Lamps once more\n{light}")
    assert [(repeat.kind, repeat.title) for repeat in found[1:]] == [("section", "Light treatment")] * 2


def test_recap_at_the_end_is_no_restatement() -> None:
    assert kinds(PSORIASIS.replace("Why the plaques form", "Key points")) == []


def test_lead_is_told_in_full_later() -> None:
    more = (
        "A scratch can start one, and so can a sore throat. Winter, stress and some heart tablets make all of it worse."
    )
    lead = PSORIASIS.replace("## What psoriasis is\n\n", "")
    assert kinds(f"{lead.rstrip()} {more}\n") == []


QUESTIONS = """\
# Nicotine patches

## Frequently asked

**How do nicotine patches help?** They let a small, steady amount of nicotine through the skin, so that the craving is
dulled while you get used to life without cigarettes. There is no tar. You step down to a weaker patch every few weeks.

**How do I use the gum?** Chew slowly until it tingles, then park it inside the cheek. One piece lasts half an hour.

**What do the patches do?** Nicotine seeps in through your skin at an even rate. That takes the edge off the longing for
a smoke, without the tar, while the craving dies down. The strength of the patch goes down in steps over some weeks.
"""


def test_question_asked_twice() -> None:
    assert kinds(QUESTIONS) == [("restatement", QUESTIONS[QUESTIONS.index("**What do") :].splitlines()[0])]


COURSE = """\
# Three injections

## Semaglutide

### How often

Once a week, on the same day, at any time.

### Who should not use it

People with a history of thyroid cancer or of pancreatitis, and anyone who is pregnant.

## Tirzepatide

### How often

Once a week, on the same day, at any time.

### Who should not use it

People with a history of thyroid cancer or of pancreatitis, and anyone who is pregnant.
"""


def test_course_of_sections_on_several_things_is_no_repetition() -> None:
    assert kinds(COURSE) == []


def test_section_whose_parts_are_told_again_is_marked_whole() -> None:
    parts = """
### Cleaning the mask

Wipe the cushion every morning. Once a week, wash the mask, hose and water tank in warm water with mild soap, rinse them
and let them dry. Change the filter every month.

### When air leaks

If air hisses past your cheeks, loosen the straps, lie down, and tighten them again with the machine on. A sore on the
bridge of the nose calls for another size.
"""
    filler = "\n## Travel\n\nThe machine is medical equipment and does not count as a bag. Take an adapter along.\n"
    article = f"# CPAP\n\n## Looking after it\n{parts}{filler}\n## Care\n{parts}"
    assert kinds(article) == [("section", "## Care")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("At 2 months", "At 4 months"),
        ("For adults", "For children"),
        ("Week one", "Week two"),
        ("From 2 to 4 months", "From 5 to 9 months"),
    ],
)
def test_titles_that_differ_in_one_word_or_in_figures_head_two_things(first: str, second: str) -> None:
    told = "Your baby gets DTaP, polio and rotavirus vaccine. Call us if the fever is above 39 °C"
    article = f"# Shots\n\n## {first}\n\n{told} on day two.\n\n## {second}\n\n{told} or the crying does not stop.\n"
    assert kinds(article) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Side effects during treatment", "Side effects after treatment", []),
        ("Side effects of treatment", "Side effects of the treatment", [("heading", "Side effects of the treatment")]),
    ],
)
def test_headings_of_two_times_are_not_the_same(first: str, second: str, expected: list[tuple[str, str]]) -> None:
    article = (
        f"# During the treatment\n\n## {first}\n\nLips crack.\n\n## Mood\n\nTell us.\n\n## {second}\n\nDry eyes.\n"
    )
    assert kinds(article) == expected


def test_who_wrote_an_article_names_what_it_is_about() -> None:
    told = """\
The Academy of Dermatology, in its 2024 guideline, and 21 trials speak for isotretinoin in severe acne. The label lists
dry lips, nosebleeds and sore joints."""
    again = """\
Ada Berg read 21 trials of isotretinoin in severe acne, the Academy of Dermatology's 2024 guideline, and the label, for
nosebleeds, dry lips and joints that are sore."""
    article = f"# Acne\n\n## Evidence\n\n{told}\n\n## Mood\n\nTell us how you sleep.\n\n## TITLE\n\n{again}\n"
    assert kinds(article.replace("TITLE", "What speaks for it"))
    assert not kinds(article.replace("TITLE", "Who wrote this, and how"))


def test_answer_that_touches_an_earlier_section_is_no_repetition() -> None:
    article = """\
# Statins

## How they work

Statins block an enzyme that the liver uses to make cholesterol. The liver then pulls more LDL out of the blood.

## Side effects

Muscle pain is heard most. Tell your doctor about dark urine, which can be a sign of muscle breakdown.

## FAQ

### How do statins work?

They block the liver's enzyme for cholesterol, so that the LDL in the blood falls in the end.

### Can I eat grapefruit?

Not in large amounts with simvastatin or atorvastatin, because their level would rise.
"""
    assert kinds(article) == []


def test_gist_at_both_ends_may_use_the_same_words() -> None:
    gist = "- Statins block an enzyme of the liver that makes cholesterol.\n"
    body = "\n## Side effects\n\nMuscle pain is the complaint that is heard most.\n"
    assert kinds(f"# Statins\n\n## At a glance\n\n{gist}{body}\n## Key points\n\n{gist}") == []


def test_heading_again_with_other_content() -> None:
    article = "# A\n\n## Is it safe?\n\nFor most.\n\n## Dose\n\nOne a day.\n\n## 3. Is it safe?\n\nBurns in the sun.\n"
    assert kinds(article) == [("heading", "3. Is it safe?")]


def test_notice_and_pull_quote_may_stand_twice() -> None:
    notice = "This page is general information and does not replace the advice of your own doctor.\n"
    words = "Nobody should have to find out alone that a drug is not working for them any more.\n"
    assert kinds(f"{notice}\n# Drug\n\n{words}\n> {words}\n{notice}") == []


def test_deterministic() -> None:
    assert repeats(PSORIASIS) == repeats(PSORIASIS)


@pytest.mark.parametrize("text", ["", "\n", "# ", "- \n- ", "a" * 5000, "? " * 2000, ", " * 3000, "a, " * 3000])
def test_odd_articles_are_read(text: str) -> None:
    assert repeats(text) is not None


def test_long_article_takes_linear_time() -> None:
    sections = [
        f"## Part {number}\n\nWord{number} gives fever{number} and pain{number} to knee{number} after walk{number}.\n"
        for number in range(3000)
    ]
    assert repeats("# Long\n\n" + "\n".join(sections)) == []
