# ruff: noqa: E501  (a paragraph on one line is long)
"""What plain text is read as: its headings, paragraphs, lists, tables, quotations and the lines around them."""

from __future__ import annotations

import textwrap

import pytest

from healthlint.documents import read_text
from healthlint.documents.document import Block, Document, Kind


def document(text: str) -> Document:
    return read_text("a.txt", textwrap.dedent(text).lstrip("\n"), "text")


def sketch(block: Block) -> str:
    """A block in a line: '## heading', '-- 3. item of an inner list', '| cell', '~ furniture', 'tag: x', '> quoted'."""
    ordinal = f"{block.ordinal.text} " if block.ordinal else ""
    match block.kind:
        case Kind.HEADING:
            return f"{'#' * block.level} {block.text}"
        case Kind.ITEM:
            return f"{'-' * block.level} {ordinal}{block.text}"
        case Kind.CELL:
            return f"| {block.text}"
        case Kind.FURNITURE:
            return f"~ {block.text}"
        case Kind.CAPTION | Kind.TAG:
            return f"{block.kind}: {block.text}"
    return f"> {block.text}" if block.quoted else block.text


def outline(text: str) -> list[str]:
    return [sketch(block) for block in document(text).blocks]


def expected(text: str) -> list[str]:
    return [line for line in textwrap.dedent(text).splitlines() if line]


def groups(text: str) -> list[int]:
    """The groups of all items, counted from 0 in the order of the text."""
    found = [block.group for block in document(text).blocks if block.kind is Kind.ITEM]
    return [sorted(set(found), key=found.index).index(group) for group in found]


CASES = {
    "paragraphs on one line, with headings right above them": (
        """
        What Doctors Know About Lithium
        What It Is
        Lithium is a salt that has been given for bipolar disorder since 1949, and it is still the drug that others are measured by.
        Blood levels have to be checked, because the dose that helps is not far below the dose that poisons, and thirst is an early sign.
        How It Is Taken
        The tablets are swallowed once or twice a day, always of the same brand, since brands release the salt at a different pace.
        """,
        """
        # What Doctors Know About Lithium
        ## What It Is
        Lithium is a salt that has been given for bipolar disorder since 1949, and it is still the drug that others are measured by.
        Blood levels have to be checked, because the dose that helps is not far below the dose that poisons, and thirst is an early sign.
        ## How It Is Taken
        The tablets are swallowed once or twice a day, always of the same brand, since brands release the salt at a different pace.
        """,
    ),
    "wrapped paragraphs, some lines of which begin with capitals and numbers": (
        """
        Sleeping tablets: a word of warning

        Zolpidem works within half an hour. The label of the
        FDA has carried a boxed warning since 2019, because people
        have walked, driven and cooked while they were asleep. Adults over
        65. and people with liver trouble get half the usual dose of
        5 mg. The Drug and Therapeutics Committee has asked us
        to say so to everybody.

        Do not drink with it.
        """,
        """
        # Sleeping tablets: a word of warning
        Zolpidem works within half an hour. The label of the FDA has carried a boxed warning since 2019, because people have walked, driven and cooked while they were asleep. Adults over 65. and people with liver trouble get half the usual dose of 5 mg. The Drug and Therapeutics Committee has asked us to say so to everybody.
        Do not drink with it.
        """,
    ),
    "a title and a heading in capitals that run over two lines": (
        """
        WHAT EVERY PARENT SHOULD KNOW BEFORE GIVING
        PARACETAMOL

        Weigh the child first.

        SIGNS THAT A CHILD HAS HAD TOO MUCH AND NEEDS TO BE SEEN
        BY A DOCTOR

        Vomiting, a pale skin and sleepiness.
        """,
        """
        # WHAT EVERY PARENT SHOULD KNOW BEFORE GIVING PARACETAMOL
        Weigh the child first.
        ## SIGNS THAT A CHILD HAS HAD TOO MUCH AND NEEDS TO BE SEEN BY A DOCTOR
        Vomiting, a pale skin and sleepiness.
        """,
    ),
    "a subtitle, a byline and dates under the title": (
        """
        Iron tablets
        A sheet for people with anaemia

        By Desta Wolde, MRPharmS
        12 May 2023

        Oona Lindqvist, RN
        Medically reviewed on June 3, 2023

        Take them on an empty stomach.
        """,
        """
        # Iron tablets
        A sheet for people with anaemia
        By Desta Wolde, MRPharmS
        12 May 2023
        Oona Lindqvist, RN
        Medically reviewed on June 3, 2023
        Take them on an empty stomach.
        """,
    ),
    "lines of the site and facts above the title": (
        """
        Home > Heart > Tablets
        Author: Bo Ek
        Date: 2022-11-30

        Title: Zoloft vs. Prozac: Which Is Right for You?

        Both are SSRIs.
        """,
        """
        ~ Home > Heart > Tablets
        Author: Bo Ek
        Date: 2022-11-30
        # Zoloft vs. Prozac: Which Is Right for You?
        Both are SSRIs.
        """,
    ),
    "underlines of three kinds": (
        """
        Losartan
        ========

        Overview
        --------
        It widens the vessels.

        Dose
        ----

        For adults
        ~~~~~~~~~~
        Once a day.
        """,
        """
        # Losartan
        ## Overview
        It widens the vessels.
        ## Dose
        ### For adults
        Once a day.
        """,
    ),
    "an underline that belongs to title and subtitle": (
        """
        THE NIGHT NURSE ANSWERS
        A column on pain
        =======================

        Ask me anything.
        """,
        """
        # THE NIGHT NURSE ANSWERS
        A column on pain
        Ask me anything.
        """,
    ),
    "decorated headings": (
        """
        # Kava

        ## Uses

        It calms.

        ### For sleep

        It may.

        **Risks**

        It can hurt the liver.

        *** Doses ***

        Nobody knows.

        == In short ==

        **Never take it with alcohol.**
        """,
        """
        # Kava
        ## Uses
        It calms.
        ### For sleep
        It may.
        ## Risks
        It can hurt the liver.
        ## Doses
        Nobody knows.
        ## In short
        Never take it with alcohol.
        """,
    ),
    "numbered headings of every kind": (
        """
        Quitting smoking in steps

        1. Set a day

        Tell your friends about it.

        2) Get rid of ashtrays

        All of them.

        Step 3 - Ask for patches

        The pharmacist has them.

        RULE 4. NO JUST ONE

        One is too many.

        IV. Cravings

        They pass.

        Section 6: Relapse

        6.1 It happens

        Start again.

        #7: Celebrate

        You did it.
        """,
        """
        # Quitting smoking in steps
        ## 1. Set a day
        Tell your friends about it.
        ## 2) Get rid of ashtrays
        All of them.
        ## Step 3 - Ask for patches
        The pharmacist has them.
        ## RULE 4. NO JUST ONE
        One is too many.
        ## IV. Cravings
        They pass.
        ## Section 6: Relapse
        ### 6.1 It happens
        Start again.
        ## #7: Celebrate
        You did it.
        """,
    ),
    "headings in sentence case over lists, facts and other headings": (
        """
        Clonidine patches

        How to put one on
        - wash the skin
        - press for ten seconds

        Strengths

        Small patch: 0.1 mg a day
        Large patch: 0.3 mg a day

        Side effects

        Common ones

        A dry mouth is the one that people notice.

        What to tell us before you start

        1. You have a slow heart.
        2. You take a beta blocker.
        """,
        """
        # Clonidine patches
        ## How to put one on
        - wash the skin
        - press for ten seconds
        ## Strengths
        Small patch: 0.1 mg a day
        Large patch: 0.3 mg a day
        ## Side effects
        ## Common ones
        A dry mouth is the one that people notice.
        ## What to tell us before you start
        - 1. You have a slow heart.
        - 2. You take a beta blocker.
        """,
    ),
    "lines with a colon: headings and lead-ins": (
        """
        Statins after sixty
        Benefits for the Heart:
        The gain is larger the higher the risk, which is why a calculator comes first in most surgeries nowadays.
        Side effects:
        Muscle pain is what people speak of, though in blinded trials it was nearly as common with the dummy tablet.
        Tell the doctor if you have:
        - dark urine
        - weak legs
        You can read more on sites such as:
        Remember that nobody should stop a statin alone, and that a lower dose is often all that is needed to feel well again.
        """,
        """
        # Statins after sixty
        ## Benefits for the Heart:
        The gain is larger the higher the risk, which is why a calculator comes first in most surgeries nowadays.
        ## Side effects:
        Muscle pain is what people speak of, though in blinded trials it was nearly as common with the dummy tablet.
        Tell the doctor if you have:
        - dark urine
        - weak legs
        You can read more on sites such as:
        Remember that nobody should stop a statin alone, and that a lower dose is often all that is needed to feel well again.
        """,
    ),
    "questions and answers with labels": (
        """
        Your letters

        Q: Does ginger help with nausea?
        A: Somewhat, in pregnancy. Ask your midwife first.

        Q: My son takes methylphenidate. He eats nothing. What now?
        A: Give him breakfast before the tablet.

        Question 3: And at night?
        Answer 3: Later meals.

        Q: Is it addictive? A: Taken as prescribed, hardly.
        """,
        """
        # Your letters
        ## Does ginger help with nausea?
        Somewhat, in pregnancy. Ask your midwife first.
        ## My son takes methylphenidate. He eats nothing. What now?
        Give him breakfast before the tablet.
        ## Question 3: And at night?
        Later meals.
        Q: Is it addictive? A: Taken as prescribed, hardly.
        """,
    ),
    "questions on lines of their own": (
        """
        Thrush

        Is it catching?

        Hardly ever. It is the body's own yeast.

        Which cream works, and for how long should I use it?

        Clotrimazole, for a week.

        Before you buy, ask yourself:

        Have I had it before?
        Am I pregnant?
        Am I under 16?
        """,
        """
        # Thrush
        ## Is it catching?
        Hardly ever. It is the body's own yeast.
        ## Which cream works, and for how long should I use it?
        Clotrimazole, for a week.
        Before you buy, ask yourself:
        - Have I had it before?
        - Am I pregnant?
        - Am I under 16?
        """,
    ),
    "items with all sorts of marks": (
        """
        A bag for the hospital

        Pack these:
        - a list of tablets
        * glasses
        • a charger
        – slippers
        ✓ a book
        ✅ earplugs
        -soap
        •tissues
        """,
        """
        # A bag for the hospital
        Pack these:
        - a list of tablets
        - glasses
        - a charger
        - slippers
        - a book
        - earplugs
        - soap
        - tissues
        """,
    ),
    "items over several lines, inner lists and an interruption": (
        """
        Coming off tramadol

        Do it slowly, with the person who prescribes it, and plan for
        weeks rather than days:

        1. Write down what you take now, with the
           hours, for one week.
        2. Go down by one step:
           a. first at noon
           b. then in the morning, when
              most people need it least
        3. Stay on each step until you sleep.

        If that goes badly, go back one step.

        4. Tell us how it went.
             - by phone
             - or on paper

           Either will do.

        5. Hand in what is left
        """,
        """
        # Coming off tramadol
        Do it slowly, with the person who prescribes it, and plan for weeks rather than days:
        - 1. Write down what you take now, with the hours, for one week.
        - 2. Go down by one step:
        -- a. first at noon
        -- b. then in the morning, when most people need it least
        - 3. Stay on each step until you sleep.
        If that goes badly, go back one step.
        - 4. Tell us how it went.
        -- by phone
        -- or on paper
        Either will do.
        - 5. Hand in what is left
        """,
    ),
    "numbers, letters and Roman numbers in brackets": (
        """
        Ring us if:
        (1) you faint;
        (2) your pulse is
            below 50;
        [3] you bleed.

        Or, which comes to the same:
        a) dizzy
        b) cold
        i) pale
        ii) sweating
        c) sick
        """,
        """
        Ring us if:
        - (1) you faint;
        - (2) your pulse is below 50;
        - [3] you bleed.
        Or, which comes to the same:
        - a) dizzy
        - b) cold
        -- i) pale
        -- ii) sweating
        - c) sick
        """,
    ),
    "steps, letters and numbers under one another are items": (
        """
        Eye drops

        Step 1: Wash your hands.
        Step 2: Pull the lid down.
        Step 4: Close the eye.

        Which drops?

        A. Timolol
        B. Latanoprost, which comes out
           of the fridge
        C. Both

        1 - drop
        2 - wait
        3 - wipe
        """,
        """
        # Eye drops
        - Step 1: Wash your hands.
        - Step 2: Pull the lid down.
        - Step 4: Close the eye.
        ## Which drops?
        - A. Timolol
        - B. Latanoprost, which comes out of the fridge
        - C. Both
        - 1 - drop
        - 2 - wait
        - 3 - wipe
        """,
    ),
    "lists that have lost their bullets": (
        """
        Doxycycline for acne

        Common side effects include:

        nausea
        a sore throat
        sunburn

        Read more at:
        Mayo Clinic
        MedlinePlus

        Who should not take it

        Pregnant women
        Children under 8
        People with lupus

        The course lasts for three months, as a rule, and is followed by a cream for another three.
        """,
        """
        # Doxycycline for acne
        Common side effects include:
        - nausea
        - a sore throat
        - sunburn
        Read more at:
        - Mayo Clinic
        - MedlinePlus
        ## Who should not take it
        - Pregnant women
        - Children under 8
        - People with lupus
        The course lasts for three months, as a rule, and is followed by a cream for another three.
        """,
    ),
    "a number or a dash at the start of a wrapped line is no item": (
        """
        The vaccine is offered to everybody over 70, to pregnant women from week
        28. It is also given to people in care homes, and to those who are about
        70. The second dose follows after two months - or three if supplies are low
        - and a third is not needed, as far as we know from the trials of the year
        2019.

        People who have had shingles are offered it as well, once the rash is
        gone.
        """,
        """
        The vaccine is offered to everybody over 70, to pregnant women from week 28. It is also given to people in care homes, and to those who are about 70. The second dose follows after two months - or three if supplies are low - and a third is not needed, as far as we know from the trials of the year 2019.
        People who have had shingles are offered it as well, once the rash is gone.
        """,
    ),
    "block quotes": (
        """
        What patients say

        > I slept for the first time in weeks, and the
        > next morning I did not
        > remember a thing.
        >
        > Never again.

        > - dizzy
        > - sick
        """,
        """
        # What patients say
        > I slept for the first time in weeks, and the next morning I did not remember a thing.
        > Never again.
        - dizzy
        - sick
        """,
    ),
    "somebody's words and their name are no headings": (
        """
        Reviews of the patch

        "I can climb stairs again!" – Karen, 54

        The maker pays for these.

        "My rash is back."
        - a reader
        """,
        """
        # Reviews of the patch
        "I can climb stairs again!" – Karen, 54
        The maker pays for these.
        "My rash is back."
        - a reader
        """,
    ),
    "tables drawn with bars, tabs and blanks": (
        """
        Doses

        Table 1. By age

        | Age | Dose |
        |-----|------|
        | 2 to 5 | 2.5 mg |

        +--------+------+
        | Adults | 5 mg |
        +--------+------+
        | Elders | 2 mg |
        +--------+------+

        Drug\tStart
        Enalapril\t5 mg

        Form        How often
        Tablet      daily
        Patch       weekly
        """,
        """
        # Doses
        caption: Table 1. By age
        | Age
        | Dose
        | 2 to 5
        | 2.5 mg
        | Adults
        | 5 mg
        | Elders
        | 2 mg
        | Drug
        | Start
        | Enalapril
        | 5 mg
        | Form
        | How often
        | Tablet
        | daily
        | Patch
        | weekly
        """,
    ),
    "boxes": (
        """
        Methotrexate once a week

        --------------------------------------------
        WARNING
        Taken daily by mistake, it has killed people.
        Check the label
        --------------------------------------------

        ********************************
        * IMPORTANT                    *
        * Once a week, on the same day *
        * of the week.                 *
        ********************************

        Take it with folic acid.
        """,
        """
        # Methotrexate once a week
        ## WARNING
        Taken daily by mistake, it has killed people.
        Check the label
        ## IMPORTANT
        Once a week, on the same day of the week.
        Take it with folic acid.
        """,
    ),
    "a table of contents is navigation": (
        """
        Understanding Anxiety Medicines

        In this article:
        1. What they are
        2. What they do

        1. What they are

        There are many.

        2. What they do

        They calm.
        """,
        """
        # Understanding Anxiety Medicines
        ~ In this article:
        ~ 1. What they are
        ~ 2. What they do
        ## 1. What they are
        There are many.
        ## 2. What they do
        They calm.
        """,
    ),
    "a list of sources without numbers, wrapped": (
        """
        Statins and muscles

        Muscle pain is common with statins and, as it happens, with dummy tablets as
        well, so that the first step is to find out which of the two it is.

        Sources

        Finegold JA, Manisty CH, Goldacre B, et al. What proportion of symptomatic
          side effects are genuinely caused by the drug? Eur J Prev Cardiol. 2014.
        Collins R, Reith C, Emberson J, et al. Interpretation of the evidence for
          statins. Lancet. 2016;388:2532-61.
        """,
        """
        # Statins and muscles
        Muscle pain is common with statins and, as it happens, with dummy tablets as well, so that the first step is to find out which of the two it is.
        ## Sources
        Finegold JA, Manisty CH, Goldacre B, et al. What proportion of symptomatic side effects are genuinely caused by the drug? Eur J Prev Cardiol. 2014.
        Collins R, Reith C, Emberson J, et al. Interpretation of the evidence for statins. Lancet. 2016;388:2532-61.
        """,
    ),
    "paragraphs told apart by their indent alone": (
        """
        A letter from the ward

           The first night is the worst. You will be woken every two hours, and
        the lights will never be quite out. Ask for earplugs.
           The second night is better. Your drip comes out, and with it goes the
        alarm that it set off whenever you bent your arm.
        """,
        """
        # A letter from the ward
        The first night is the worst. You will be woken every two hours, and the lights will never be quite out. Ask for earplugs.
        The second night is better. Your drip comes out, and with it goes the alarm that it set off whenever you bent your arm.
        """,
    ),
    "a signature is no heading": (
        """
        Hay fever on the farm

        Wear a mask when you mow.

        Get well soon,

        Dr. Ilse Amsel
        Family Practice Neudorf
        """,
        """
        # Hay fever on the farm
        Wear a mask when you mow.
        Get well soon,
        Dr. Ilse Amsel
        Family Practice Neudorf
        """,
    ),
    "what the publishing system leaves behind": (
        """
        Zinc and the common cold

        Zinc may shorten a cold by a day.

        Share this with your doctor before the next visit and ask what it means for you.

        Tags: zinc, colds; lozenges
        Category: Supplements
        Posted in Health | 3 Comments
        Previous post: Vitamin C
        (c) 2024 Kettle Publishing
        Page 2 of 2
        Leave a Reply
        """,
        """
        # Zinc and the common cold
        Zinc may shorten a cold by a day.
        Share this with your doctor before the next visit and ask what it means for you.
        ~ Tags: zinc, colds; lozenges
        tag: zinc
        tag: colds
        tag: lozenges
        ~ Category: Supplements
        ~ Posted in Health | 3 Comments
        ~ Previous post: Vitamin C
        ~ (c) 2024 Kettle Publishing
        ~ Page 2 of 2
        ~ Leave a Reply
        """,
    ),
    "facts under one another are no headings": (
        """
        Lopressor

        Generic Name: Metoprolol Tartrate
        Drug Class: Beta Blocker
        Pregnancy: Ask First

        It slows the heart.
        """,
        """
        # Lopressor
        Generic Name: Metoprolol Tartrate
        Drug Class: Beta Blocker
        Pregnancy: Ask First
        It slows the heart.
        """,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "blocks"), CASES.values(), ids=CASES)
def test_what_a_text_is_read_as(text: str, blocks: str) -> None:
    assert outline(text) == expected(blocks)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Zinc cures colds.", ["Zinc cures colds."]),
        ("Zinc cures colds", ["Zinc cures colds"]),
        ("ZINC", ["ZINC"]),
        ("Zinc and colds\n", ["Zinc and colds"]),
        ("- zinc\n- iron", ["- zinc", "- iron"]),
        ("1. Zinc\n2. Iron\n", ["- 1. Zinc", "- 2. Iron"]),
        ("* zinc", ["- zinc"]),
        ("-----\n", []),
        ("\n \n\t\n", []),
        ("* * *\n\n😀\n", []),
        ("Zinc\n====", ["# Zinc"]),
        ("Title\n\nText of it.", ["# Title", "Text of it."]),
        ("Title\rText of it.\r\rMore of it.\r", ["# Title", "Text of it.", "More of it."]),
        ("Title\u2028\u2028Text of it.\u2029More of it.", ["# Title", "Text of it.", "More of it."]),
        ("Title\n\fText of it.\n", ["# Title", "Text of it."]),
        ("\ufeffTitle\n\nText of it.", ["# \ufeffTitle", "Text of it."]),
        ("Title\n   \n\t\nText.\n\u00a0\nMore.", ["# Title", "Text.", "More."]),
        ("Cafe\u0301 au lait 👩‍⚕️\n\n•\tété\n", ["# Cafe\u0301 au lait 👩‍⚕️", "- été"]),
        ("Take\tit\tdaily.", ["Take\tit\tdaily."]),
        ("Title\n\n<!-- a note -->\nText.", ["# Title", "Text."]),
        ("Title\n\nText. <!-- a note -->\n\n<!-- two\nlines -->\n\nMore.", ["# Title", "Text.", "More."]),
        ("A <!-- b --> c.", ["A <!-- b --> c."]),
        ("Title\n\n<!-- open\n\nText.", ["# Title", "<!-- open", "Text."]),
    ],
)  # fmt: skip
def test_small_texts(text: str, blocks: list[str]) -> None:
    assert [sketch(block) for block in read_text("a.txt", text, "text").blocks] == blocks


def test_comments_are_kept_for_suppressions() -> None:
    text = "<!-- healthlint-disable claims -->\nText. <!-- x -->\n<!-- y --> <!-- z -->\n"
    found = read_text("a.txt", text, "text").comments
    assert [said for said, _ in found] == ["healthlint-disable claims", "x", "y", "z"]
    assert [text[slice(*span)] for _, span in found] == [
        "<!-- healthlint-disable claims -->", "<!-- x -->", "<!-- y -->", "<!-- z -->"
    ]  # fmt: skip


def test_a_block_knows_where_it_stands() -> None:
    text = "Title\r\n\r\nThis line is wrapped at some place not\r\nfar from here, and 😀 is copied.\r\n\r\n  12) Take it\r\n      daily.\r\n"
    title, paragraph, item = read_text("a.txt", text, "text").blocks
    assert text[slice(*title.span)] == "Title"
    assert paragraph.text == "This line is wrapped at some place not far from here, and 😀 is copied."
    assert text[slice(*paragraph.prose.span(35, 42))] == "not\r\nfar"
    assert text[slice(*item.span)] == "12) Take it\r\n      daily."
    assert item.ordinal is not None
    assert (item.ordinal.value, text[slice(*item.ordinal.span)]) == (12, "12)")


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("See https://a.org/b.", ["https://a.org/b"]),
        ("(See www.a.org/b_(c).)", ["www.a.org/b_(c)"]),
        ("See https://a.org/b?c=d&e#f, then HTTP://B.ORG/.", ["https://a.org/b?c=d&e#f", "HTTP://B.ORG/"]),
        ('<https://a.org/> and "https://b.org"', ["https://a.org/", "https://b.org"]),
        ("https:// and www. are none", []),
        ("1. https://a.org\n2. https://b.org/", ["https://a.org", "https://b.org/"]),
    ],
)  # fmt: skip
def test_addresses(text: str, targets: list[str]) -> None:
    found = [link for block in read_text("a.txt", text, "text").blocks for link in block.links]
    assert [link.target for link in found] == targets
    assert [text[slice(*link.span)] for link in found] == targets


def test_the_numbers_of_headings_are_ordinals() -> None:
    text = """
        A guide

        I. Uses

        Some.

        II. Doses

        Some.

        Step 3 - Wait

        Some.

        3.2 Longer

        Some.
        """
    found = [block.ordinal for block in document(text).blocks if block.ordinal]
    assert [(ordinal.value, ordinal.style, ordinal.word) for ordinal in found] == [
        (1, "roman", ""), (2, "roman", ""), (3, "arabic", "step"), (2, "dotted", "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "expected_groups"),
    [
        ("- a\n- b\n\n- c", [0, 0, 0]),
        ("- a\n  - b\n- c", [0, 1, 0]),
        ("1. a\n- b\n- c\n2. d", [0, 1, 1, 0]),
        ("1. a\n\nText of it.\n\n2. b", [0, 1]),
        ("1. a\n\n   Text of it.\n\n2. b", [0, 0]),
        ("- a\n\nHEADING\n\n- b", [0, 1]),
        ("a) x\nb) y\n\n1. z", [0, 0, 1]),
        ("(a) x\n(i) y\n(ii) z\n(b) w", [0, 1, 1, 0]),
    ],
)
def test_which_items_are_of_one_list(items: str, expected_groups: list[int]) -> None:
    assert groups(f"Some words:\n\n{items}\n\nSome more words.") == expected_groups


def test_numbered_items_are_ordered() -> None:
    blocks = document("Do this:\n1. one\na) two\n- three\nStep 1: four\nStep 2: five").blocks[1:]
    assert [block.ordered for block in blocks] == [True, True, False, True, True]


def wrapped(text: str, width: int) -> str:
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) if len(line) > width else line
        for line in text.splitlines()
    )


ARTICLE = """\
The Truth About Cranberry Juice

By Lieke van Dam, RN

Cranberry juice has been drunk against bladder infections for a hundred years, and trials of it began in the 1990s. The Cochrane review of 2023 counted 50 of them, with 8,857 people.

Who it may help

Women with infections that come back had fewer of them when they drank it or took tablets, by about 26 in 100, according to the same review. Children with repeated infections did so, too. FDA rules allow makers to say that the evidence is limited.

Who it does not help

Old people in care homes, pregnant women and people with a weak bladder had as many infections as before. Nobody knows why. It does not treat an infection that is there: for that you need an antibiotic, and soon, if you have a fever or your back hurts.

How much?

The trials differ so much that no dose can be named. A glass a day is what most people took for a year, until they could not stand the taste of it.

- Warfarin and cranberry: ask first, since bleeding has been reported with very large amounts.
- Kidney stones: it has a lot of oxalate.
"""


@pytest.mark.parametrize("width", [50, 60, 65, 72, 80, 100])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_does_not_matter_where_a_text_is_wrapped(width: int, end: str) -> None:
    read = read_text("a.txt", wrapped(ARTICLE, width).replace("\n", end), "text")
    assert [sketch(block) for block in read.blocks] == outline(ARTICLE)


LONG = {
    "lines": "A line of some words\n" * 200_000,
    "wrapped lines": "these words go on in the next line, and there\n" * 50_000,
    "short paragraphs": "Words.\n\n" * 20_000,
    "one line": "Take it with food. " * 260_000,
    "one word": "x" * 5_000_000,
    "blanks": "a" + " " * 5_000_000 + "b",
    "bars": "|" * 5_000_000,
    "dashes": "-" * 5_000_000 + "x",
    "addresses": "www." * 1_200_000,
    "brackets": "https://x.org/" + "(a" * 2_000_000,
    "comments": "<!--\n" * 200_000 + "-->",
    "under one title": "Title\n" + "Words of it\n" * 10_000 + "\nWords of it.\n" * 10_000,
    "items": "".join(f"{number % 1000}. Words\n" for number in range(20_000)),
    "inner items": "".join(" " * (number % 90) + "- words\n" for number in range(20_000)),
    "rows": "a | b | c\n" * 20_000,
    "questions": "Is it?\n" * 20_000,
    "headings": "Some Words\n----\n" * 10_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_texts_are_read(text: str) -> None:
    """In a time that grows with their length; what does not would run for hours."""
    assert read_text("a.txt", text, "text").text is text


@pytest.mark.parametrize("drop", [False, True])
def test_it_does_not_matter_whether_blank_lines_set_paragraphs_apart(drop: bool) -> None:
    text = ARTICLE.replace("\n\n", "\n") if drop else ARTICLE.replace("\n\n", "\n\n\n")
    assert outline(text) == outline(ARTICLE)


def test_lines_around_an_article_are_furniture() -> None:
    text = """\
Skip to content
The Pantry
Home | Recipes | About | Contact

A Soup With Little Salt

The salt comes last and it is weighed, because a pinch of it is not the same in every hand.

Share this:
Copy link
Related
Bread Without Salt
Ten Sauces
2 thoughts on "A Soup With Little Salt"
Ada says:
May 3, 2021 at 8:14 am
Made it last night. It was good.
Copyright 2021 The Pantry
"""
    shown = [block.text for block in read_text("a", text, "text").blocks if block.kind is not Kind.FURNITURE]
    assert shown == ["A Soup With Little Salt", text.splitlines()[6]]


def test_an_address_is_no_list_and_no_heading() -> None:
    text = "Eye Drops\n\nOne drop in each eye at night, for as long as the clinic says.\n\nWho makes it\nNorth Ltd\n4 Canal Street\nLeeds LS2 7QA\n"
    assert [block.kind for block in read_text("a", text, "text").blocks][-3:] == [Kind.PARAGRAPH] * 3


def test_roman_numbers_with_a_stop_are_markers() -> None:
    text = "Checks\n\nThe two of you check:\n  i.   the name\n  ii.  the dose\n  iii. the day\n"
    items = [block for block in read_text("a", text, "text").blocks if block.kind is Kind.ITEM]
    assert [item.ordinal.value for item in items if item.ordinal] == [1, 2, 3]
    assert len({item.group for item in items}) == 1
