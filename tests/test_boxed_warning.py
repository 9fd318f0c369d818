"""Boxed warnings that an article tells, or leaves out."""

from pathlib import Path

import pytest
from articles import markdown

from healthlint.analysis import Analysis, drugs
from healthlint.checks import Match
from healthlint.checks.untold_dangers import UntoldDangers


def found(text: str) -> list[Match]:
    return list(UntoldDangers(of="boxed warning").find(Analysis(markdown(text))))


def test_a_warning_that_is_left_out_is_named() -> None:
    (match,) = found("# Metoclopramide\n\nMetoclopramide stops nausea.\n")
    assert match.whole_document
    assert match.words["drug"] == "metoclopramide"
    assert "tardive" in match.words["topics"] or "movement" in match.words["topics"]


@pytest.mark.parametrize(
    "text",
    [
        "# Sertraline\n\nSertraline may bring suicidal thoughts in children and young adults.\n",
        "# Sertraline\n\nSertraline is for adults.\n\nWatch teenagers for:\n\n- sleeplessness\n- suicidal thoughts\n",
        "# Sertraline\n\n## Suicidal thoughts\n\nThe risk of sertraline is highest in young people.\n",
    ],
)
def test_it_is_told_in_a_paragraph_a_list_or_under_a_heading(text: str) -> None:
    assert found(text) == []


def test_words_far_apart_do_not_tell_it() -> None:
    assert found("# Sertraline\n\nSertraline is for adults and children.\n\nSuicide is a common cause of death.\n")


def test_one_way_of_giving_a_drug_does_not_concern_the_others() -> None:
    tablets = "# Baclofen\n\nBaclofen tablets make people drowsy.\n"
    assert found(tablets) == []
    assert found(tablets + "\nThe intrathecal pump holds a month of baclofen.\n")


def test_each_side_of_a_comparison_has_its_own() -> None:
    text = "# Warfarin or levofloxacin?\n\nWarfarin can cause fatal bleeding. Levofloxacin is an antibiotic.\n"
    (match,) = found(text)
    assert match.words["drug"] == "levofloxacin"


def test_a_drug_in_passing_is_no_topic() -> None:
    assert found("# Sore knees\n\nSome people take naproxen.\n") == []


ABOUT = """
# {name} in daily life

{name} comes as tablets, gel or injections, and {name} may make the mouth dry. Tell your doctor if you are pregnant
or have a heart, liver or kidney complaint. Keep {name} away from children.
"""

IN_PLAIN_WORDS = [
    (
        "escitalopram",
        "In teenagers and young adults it can bring on thoughts of suicide, above all in the first weeks.",
    ),
    (
        "quetiapine",
        "Older people with dementia who take it are more likely to die. Young people may think of suicide on it.",
    ),
    ("metoprolol", "Do not stop it all at once: chest pain can get worse and heart attacks have followed."),
    ("apixaban", "If you stop early, a clot and a stroke become more likely."),
    ("ticagrelor", "It can make you bleed, sometimes so badly that people die of it."),
    (
        "semaglutide",
        "In rats it caused tumours of the thyroid, and families with medullary thyroid cancer should not use it.",
    ),
    (
        "tofacitinib",
        "It lowers your defences, so dangerous infections such as tuberculosis can break out. Clots and tumours, too.",
    ),
    ("lisinopril", "It can injure or kill the unborn child, so stop it as soon as you know that you are pregnant."),
    ("ciprofloxacin", "A tendon can tear, most often the one at the heel. Tingling is a sign that nerves are harmed."),
    ("ibuprofen", "It raises the chance of a heart attack and of bleeding from the stomach."),
    ("methylphenidate", "It can be misused, and people become dependent on it."),
    ("warfarin", "The worst that can happen is a bleed that cannot be stopped."),
    (
        "isotretinoin",
        "A baby in the womb would be badly damaged, so two pregnancy tests come before the first capsule.",
    ),
    (
        "clozapine",
        "White blood cells can drop so far that an ordinary infection kills. It may inflame the heart muscle.",
    ),
    ("amiodarone", "It can scar the lungs, harm the liver and make the rhythm worse."),
    ("levothyroxine", "It must not be taken to lose weight."),
    ("pioglitazone", "It can bring on heart failure or make it worse."),
    ("montelukast", "Some people become depressed, see things or think of killing themselves."),
    ("zolpidem", "People have driven cars and cooked in their sleep without any memory of it."),
    ("metoclopramide", "After months, movements of the face and tongue may start that never go away."),
    ("oxycodone", "It can slow breathing until it stops, and people get addicted."),
    (
        "alprazolam",
        "Together with opioids it can stop the breathing; the body gets used to it, and stopping can cause fits.",
    ),
    ("medroxyprogesterone", "With each year of injections the bones lose mineral."),
    ("propylthiouracil", "It has destroyed livers, and some patients needed a transplant."),
    ("lithium", "The blood level has to be measured, since a little too much is poisonous."),
    ("valproate", "The liver may fail, and children exposed before birth can have spina bifida."),
    ("estradiol", "It makes cancer of the womb lining, strokes and dementia more likely."),
    (
        "ketorolac",
        "It must not be used for more than five days because of bleeding and ulcers. Kidneys fail, and strokes occur.",
    ),
    ("metformin", "Lactic acid can build up in the blood, which is rare and can kill."),
    ("leflunomide", "It can wreck the liver and harm an unborn child."),
    ("salmeterol", "Used alone in asthma, it has been linked with deaths."),
    ("promethazine", "Toddlers have stopped breathing after it."),
    ("testosterone", "A child who touches the gel on your skin can start puberty too soon."),
    (
        "tramadol",
        "Children given it after a throat operation have died, their breathing slowed. Adults get addicted to it.",
    ),
    (
        "carbamazepine",
        "People of Asian descent need a gene test first, because of skin reactions in which the skin peels off.",
    ),
    ("lamotrigine", "A rash can become one that puts people in hospital with peeling skin."),
    ("sirolimus", "It weakens the immune system, so infections and lymphoma are more likely."),
    ("adalimumab", "Serious infections, tuberculosis among them, and some cancers have occurred."),
    ("dronedarone", "People whose heart failure has just got worse die more often on it."),
]


@pytest.mark.parametrize(("drug", "told"), IN_PLAIN_WORDS)
def test_plain_words_tell_it_and_nothing_less_does(drug: str, told: str) -> None:
    article = ABOUT.format(name=drug.capitalize())
    assert found(article)
    assert found(f"{article}\n{told}\n") == []


def test_what_a_reference_is_called_does_not_tell_it() -> None:
    title = "Bell A. Mania and suicidal thoughts in young adults on sertraline. J Mood. 2019;3:1-9."
    assert found(f"# Sertraline\n\nSertraline is taken once a day.\n\n## References\n\n1. {title}\n")


BOXED = sorted((Path(__file__).parent / "boxed").glob("*.md"))
MARK = "<!-- its boxed warning -->"


def test_there_are_enough_articles() -> None:
    assert len(BOXED) >= 20


@pytest.mark.parametrize("path", BOXED, ids=lambda path: path.stem)
def test_an_article_that_tells_it_in_plain_words_passes(path: Path) -> None:
    assert found(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", BOXED, ids=lambda path: path.stem)
def test_the_same_article_without_it_is_marked(path: Path) -> None:
    before, _, after = path.read_text("utf-8").partition(MARK)
    silent = before + after.strip().partition("\n\n")[2]
    (match,) = found(silent)
    entry = drugs.lookup(path.stem)
    assert entry
    assert match.words["drug"] == entry.name
