"""Numbers of headings, and numbers that are none."""

import pytest

from healthlint.documents.ordinals import heading_ordinal, heading_ordinals, roman_value

NUMBERED = [
    ("3. Uses", 3, "3.", "arabic", ""),
    ("3) Uses", 3, "3)", "arabic", ""),
    ("(3) Uses", 3, "(3)", "arabic", ""),
    ("3.Uses", 3, "3.", "arabic", ""),
    ("12 - Storage", 12, "12 -", "arabic", ""),
    ("4: Interactions", 4, "4:", "arabic", ""),
    ("7 – Overdose", 7, "7 –", "arabic", ""),
    ("7.) Overdose", 7, "7.)", "arabic", ""),
    ("3. 5 foods to avoid", 3, "3.", "arabic", ""),
    ("IV. Safety", 4, "IV.", "roman", ""),
    ("xii) Storage", 12, "xii)", "roman", ""),
    ("Step 2: Take it", 2, "Step 2:", "arabic", "step"),
    ("STEP 2 - 10 mg", 2, "STEP 2 -", "arabic", "step"),
    ("Step 3 of 5: Wait", 3, "Step 3 of 5:", "arabic", "step"),
    ("Step Two: Take it", 2, "Step Two:", "arabic", "step"),
    ("Step 2 Take it", 2, "Step 2", "arabic", "step"),
    ("Section 4 - Care", 4, "Section 4 -", "arabic", "section"),
    ("Section 4", 4, "Section 4", "arabic", "section"),
    ("Section 4.2: Care", 2, "Section 4.2:", "dotted", "section"),
    ("Part III: Care", 3, "Part III:", "roman", "part"),
    ("RULE 1. Ask", 1, "RULE 1.", "arabic", "rule"),
    ("Myth #3: It cures", 3, "Myth #3:", "arabic", "myth"),
    ("Tip No. 3: Rest", 3, "Tip No. 3:", "arabic", "tip"),
    ("Mistake 2—Stopping early", 2, "Mistake 2—", "arabic", "mistake"),
    ("#1: Rest", 1, "#1:", "arabic", ""),
    ("Q2. Is it safe?", 2, "Q2.", "arabic", "q"),
    ("No. 5: Sleep", 5, "No. 5:", "arabic", "no"),
    ("2.1 Adults", 1, "2.1", "dotted", ""),
    ("2.1.3. Children", 3, "2.1.3.", "dotted", ""),
    ("1\ufe0f\u20e3 Rest", 1, "1\ufe0f\u20e3", "arabic", ""),
    ("③ Rest", 3, "③", "arabic", ""),
]

NOT_NUMBERED = [
    "5 foods to avoid", "5 Foods to Avoid", "2024 update", "2024: a review", "24-hour dosing", "3 a.m.", "10 mg",
    "3 a.m. waking", "2.5 mg tablets", "2.5 MG Tablets", "1.5 Million People", "0.5 Of A Tablet", "2.5% cream",
    "10 mg once daily",
    "MS and you", "MS: what to know", "I took it", "I. V. therapy", "C. difficile", "C. Difficile", "V. cholerae",
    "E. coli in food", "Vitamin D", "Vitamin B12: sources", "A. The question", "A healthy diet", "IV therapy",
    "IV: What to Expect", "IV - At Home", "3 - 5 tablets daily", "1–2 Weeks After", "3-month course", "Type 2 diabetes",
    "Stage 3: kidney disease", "Phase 3: the trials", "Omega 3: fish oil", "Step 2-3: later", "Step by step", "Part D",
    "Use in children", "No. It is not safe", "911: Call First", "988 - A Lifeline", "[1] Smith", "50/50", "",
    "12:30 Lunch", "Case by case", "Way too much", "10,000 steps", "1st trimester", "Day 1: start",
]  # fmt: skip


@pytest.mark.parametrize(("heading", "value", "text", "style", "word"), NUMBERED)
def test_a_numbered_heading_is_read(heading: str, value: int, text: str, style: str, word: str) -> None:
    number = heading_ordinal(heading)
    assert number is not None
    assert (number.value, number.text, number.style, number.word) == (value, text, style, word)
    assert heading[number.start : number.start + number.length] == text


@pytest.mark.parametrize("heading", NOT_NUMBERED)
def test_a_number_that_is_no_ordinal_is_left_alone(heading: str) -> None:
    assert heading_ordinal(heading) is None


def test_a_dotted_number_keeps_its_parts() -> None:
    number = heading_ordinal("2.10 Overdose")
    assert number is not None
    assert number.parts == (2, 10)


def test_an_emoji_may_stand_before_the_number() -> None:
    number = heading_ordinal("🔥 Step 1: Rest")
    assert number is not None
    assert (number.start, number.text) == (2, "Step 1:")


def values(headings: list[str]) -> list[tuple[str, int] | None]:
    return [number and (number.style, number.value) for number in heading_ordinals(headings)]


def test_single_letters_count_only_in_a_series() -> None:
    assert values(["A. Uses", "B. Doses", "D. Safety"]) == [("letter", 1), ("letter", 2), ("letter", 4)]
    assert values(["C. Difficile", "E. Coli", "H. Pylori"]) == [None, None, None]
    assert values(["A. Fib", "Uses"]) == [None, None]
    assert values(["Option A: Wait", "Option B: Treat"]) == [("letter", 1), ("letter", 2)]
    assert values(["Section A"]) == [None]


def test_one_letter_may_be_roman_or_not() -> None:
    assert values(["I. Uses", "II. Doses", "V. Safety"]) == [("roman", 1), ("roman", 2), ("roman", 5)]
    assert values(["A. One", "B. Two", "C. Three", "H. Eight", "I. Nine"])[-1] == ("letter", 9)
    assert values(["I. V. Therapy", "Uses"]) == [None, None]
    assert values(["I. Uses", "V. Safety"]) == [("roman", 1), ("roman", 5)]


def test_numbers_without_a_mark_count_if_they_count_up() -> None:
    assert values(["1 Uses", "2 Doses", "4 Safety"]) == [("arabic", 1), ("arabic", 2), ("arabic", 4)]
    assert values(["5 Foods to Eat", "6 Foods to Avoid", "7 Tips"]) == [None, None, None]


@pytest.mark.parametrize(
    ("text", "value"), [("i", 1), ("XIV", 14), ("xxxix", 39), ("iix", None), ("", None), ("C", None)]
)
def test_roman_numbers(text: str, value: int | None) -> None:
    assert roman_value(text) == value
