"""What a writer asserts, and what is denied, doubted, asked, quoted or refuted; and look-alikes of each."""

from __future__ import annotations

import pytest
from articles import markdown

from healthlint.analysis import Analysis, stance
from healthlint.checks.claims import Claims
from healthlint.documents import read_text

CLAIMS = Claims(
    patterns=(
        "cures|cure|cured|curing {condition}|it|them|everything|colds",
        "{be} ..1 safe|effective",
        "{be} a miracle",
        "works better than",
        "{study} {show}",
    ),
    evidence="counts for nothing",
)


def claims(text: str) -> list[str]:
    """The claims in a plain text, in which '/' is a line break."""
    text = text.replace("/", "\n")
    return [text[slice(*match.span)] for match in CLAIMS.find(Analysis(read_text("a", text, "text")))]


NOT_ASSERTED = """
Garlic does not cure colds.
Garlic doesn't cure colds.
Garlic doesn’t cure colds.
Garlic never cures colds.
Nothing cures colds.
No herb cures colds.
Neither garlic nor ginger cures colds.
Garlic cannot cure colds.
It failed to cure colds.
It is far from curing colds.
It is hardly effective.
It is rarely effective.
It is neither safe nor effective.
It is unlikely that it is effective.
Nobody has shown that it is effective.
There is no evidence that garlic cures colds.
There is little evidence that it is effective.
Without proof that it is effective, do not take it.
Garlic may cure colds.
Garlic might possibly cure colds.
It is not known whether it is safe.
It is unclear if it is safe.
It remains to be seen whether it is effective.
It is too early to say that it is effective.
Garlic was once thought to cure colds.
Some people believe that garlic cures colds.
It is said that garlic cures colds.
Labels promise that it cures colds.
Garlic is marketed as if it cured colds.
Garlic cures colds, or so people say.
The claim that garlic cures colds is false.
The idea that garlic cures colds is a myth.
The notion that garlic cures colds has been disproved.
That garlic cures colds is untrue.
It is wrong to think that garlic cures colds.
Some say garlic cures colds, but it does not.
Beware of anyone who says that garlic cures colds.
Do not believe that garlic cures colds.
Ask your doctor whether it is safe.
Wait until it is safe.
Your doctor will tell you when it is safe to drive.
If it is safe, take it.
We take blood to make sure that the dose is safe.
The dose is adjusted so that it is safe.
A trial is under way to find out if it is effective.
Does garlic cure colds?
Is it safe?
Is it safe?”
"Garlic cures colds"? No.
Garlic cures colds? There is no proof.
"Garlic cures colds." It does not.
"Garlic cures colds." There is no proof of that.
"Garlic cures colds." That is a myth.
“Garlic cures colds.” Nonsense.
My neighbor: "Garlic cures colds." If only.
People say that garlic cures colds. It does not.
Garlic cures colds. That is not true.
Garlic cures colds. Wrong!
People also tell me that garlic cures colds.
Garlic cures colds. That one is a myth.
Myth: Garlic cures colds. Fact: It does not.
Myth: Garlic cures colds.//Fact: It does not.
Myth 1: Garlic cures colds.//It does not.
MYTH #2 - Garlic cures colds//This has never been shown.
Fiction: garlic cures colds. Fact: it does not.
Claim: garlic cures colds. Verdict: false.
"Garlic cures colds." Please don't rely on it.
Common Myths About Garlic//- Garlic cures colds. It does not.//- It is safe for all. Not so.
Misconceptions//"Garlic cures colds." Your immune system does that.
Things people say//"Garlic cures colds." I wish it did.
Q: Is it safe?/A: No.
He called it "a drug that is safe and effective" in his notes.
""".strip().splitlines()

ASSERTED = """
Garlic cures colds.
Garlic not only cures colds but flu.
Garlic does not just soothe, it cures colds.
It is no wonder that garlic cures colds.
There is no doubt that garlic cures colds.
There is no question that it is effective.
Without a doubt, it is effective.
Nobody can deny that it is effective.
It never fails to cure colds.
It is nothing short of amazing: it cures colds.
Many people do not know that garlic cures colds.
You won't believe how it cures colds.
Not surprisingly, it is safe.
Do not worry, it is safe.
Never mind the smell: it cures colds.
Why not try it? It cures colds.
It does not cause bleeding, and it is safe.
Garlic has no side effects and is safe.
It is not a drug. It is safe.
Although it is not approved, it is effective.
Because it is not a chemical, it is safe.
It may smell, but it is safe.
When taken daily, it is safe.
Once you take it, it is safe.
Fact: garlic cures colds.
Myth: Garlic is useless. Fact: It cures colds.
Myth: It is dangerous.//Fact: It is safe.
Is it safe? Yes, it is safe.
It cures colds. You will not need pills.
It is safe. It does not cause bleeding.
Common Myths About Garlic//Garlic cures colds. Take it daily.
Studies show that it never harms.
""".strip().splitlines()


@pytest.mark.parametrize("text", NOT_ASSERTED)
def test_what_is_not_asserted(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize("text", ASSERTED)
def test_what_is_asserted(text: str) -> None:
    assert len(claims(text)) == 1


LAYOUTS = {
    "heading and answer": "## “Garlic cures colds”\n\nIt does not.\n",
    "bold myth in a list": "## Myths\n\n- **Garlic cures colds.** It does not.\n- **It is safe.** Nobody knows.\n",
    "labels in bold": "**Myth:** Garlic cures colds.\n\n**Fact:** It does not.\n",
    "label in a list": "- **Myth:** garlic cures colds\n- **Fact:** it does not\n",
    "table": "| They say | We say |\n|---|---|\n| “Garlic cures colds.” | There is no proof of it. |\n",
    "table of myths": "## Myths\n\n| Myth | Fact |\n|---|---|\n| Garlic cures colds. | It does not. |\n",
    "block quote": "> Garlic cures colds.\n\nIt does not.\n",
    "block quote under a heading of myths": "## Myths\n\n> Garlic cures colds.\n\nYour body does that.\n",
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_myths_in_several_layouts(text: str) -> None:
    found = CLAIMS.find(Analysis(read_text("a.md", text, "markdown")))
    assert list(found) == []


def test_the_myth_of_another_row_says_nothing_of_this_one() -> None:
    table = "| Claim | Answer |\n|---|---|\n| Garlic cures colds. | Yes. |\n| “It is dear.” | It does not. |\n"
    (match,) = CLAIMS.find(Analysis(read_text("a.md", table, "markdown")))
    assert table[slice(*match.span)] == "cures colds"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Does it help?", True),
        ("Does it help? [2]", True),
        ("It helps with sleep. [citation?]", False),
        ("It helps with sleep.", False),
    ],
)
def test_questions(text: str, asks: bool) -> None:
    assert stance.is_question(text) == asks


def test_the_question_before_may_stand_in_the_block_before() -> None:
    analysis = Analysis(read_text("a.txt", "Does it help with sleep?\n\nIt does. It is cheap, too.", "text"))
    asked, first, second = analysis.sentences
    assert stance.question_before(analysis, first) == asked
    assert stance.question_before(analysis, second) is None
    assert stance.question_before(analysis, asked) is None


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ('It is "quite safe" now.', "safe", True),
        ("It is “quite safe” now.", "safe", True),
        ('"It is quite safe."', "safe", False),  # the whole sentence: it is said as any other
        ("It is ‘quite safe’ now.", "safe", True),
        ("It's the drug's safe dose.", "safe", False),
        ('Is "it" safe and "so"?', "safe", False),
        ("the patients' safe use of doctors' notes", "safe", False),
    ],
)
def test_quotations(text: str, words: str, quoted: bool) -> None:
    start = text.index(words)
    assert stance.is_quoted(text, start, start + len(words)) == quoted


def test_a_long_block_is_judged_sentence_by_sentence() -> None:
    text = "Garlic cures colds. It does not. " * 5_000
    assert claims(text) == []
    assert len(claims("Myth: it is old. Fact: garlic cures colds. " * 2_000)) == 2_000


def test_what_comes_of_taking_it_is_no_condition() -> None:
    claim = "If you take one every morning you will never have another cold."
    assert not stance.is_conditional(claim, claim.index("never"))
    advice = "If your cold is no better, you will never mend it with tea."
    assert stance.is_conditional(advice, advice.index("no better"))


@pytest.mark.parametrize(
    ("heading", "told"),
    [("Why our customers swear by it", 1), ("What people say about it", 0)],
)
def test_a_heading_that_sells_heads_no_myths(heading: str, told: int) -> None:
    text = f"# Cocoa\n\n## {heading}\n\n- Cocoa cures colds.\n- It does no more than it should.\n"
    assert len([*CLAIMS.find(Analysis(markdown(text)))]) == told


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Not one of those claims stands.", 0),
        ("None of that holds up.", 0),
        ("Little of this fits in a pill, so we press it into oil.", 1),
        ("Every part of the plant works, and doctors have been wrong for years.", 1),
    ],
)
def test_a_quotation_that_is_rejected_as_a_whole(answer: str, told: int) -> None:
    text = f"# Garlic\n\n> Garlic cures colds.\n\n{answer}\n"
    assert len([*CLAIMS.find(Analysis(markdown(text)))]) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"Garlic cures colds." So runs a post with a million readers. It does nothing of the kind.', 0),
        ('"Garlic cures colds." So runs a post with a million readers. I have tried it since March.', 1),
        ("Garlic cures colds, and the stuff from the chemist does nothing of the sort.", 1),
    ],
)
def test_what_a_post_says_and_the_writer_denies(text: str, told: int) -> None:
    assert len(claims(text)) == told
