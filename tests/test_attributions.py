"""Named sources in running text."""

import pytest
from articles import html, markdown, marked

from healthlint.analysis.bodies import bodies, initials
from healthlint.checks.attribution import Attributions

CHECK = Attributions()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The American Heart Association says", ["American Heart Association"]),
        ("Centers for Disease Control and Prevention", ["Centers for Disease Control and Prevention"]),
        ("The CDC and the American Academy of Pediatrics", ["American Academy of Pediatrics"]),
        ("the New England Journal of Medicine", ["New England Journal of Medicine"]),
        ("U.S. Food and Drug Administration (FDA)", ["Food and Drug Administration"]),
        ("the clinic and the Hospital", []),
    ],
)
def test_bodies(text: str, names: list[str]) -> None:
    assert [name.text for name in bodies(text)] == names


def test_initials() -> None:
    assert initials("World Health Organization") == "WHO"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("According to the Knee Foundation, walking helps.", "Knee Foundation"),
        ("The Knee Foundation now recommends walking.", "Knee Foundation"),
        ("Walking helps, the CDC says.", "CDC"),
        ("Walking helps, as WebMD reports.", "WebMD"),
        ("As affirms the World Health Organization, walking helps.", "World Health Organization"),
        ("The Knee Foundation, in a 2017 update, advises walking.", "Knee Foundation"),
        ("A 2019 report from the Knee Foundation found more.", "Knee Foundation"),
        ("One study in the journal Pain found the same.", "Pain"),
        ("For exercises, see the Mayo Clinic.", "Mayo Clinic"),
        ("More information is available from the Knee Society website.", "Knee Society"),
        ("The Mayo Clinic has a detailed guide to knees.", "Mayo Clinic"),
        ("A team from Johns Hopkins reported the same.", "Johns Hopkins"),
        ('"Walk," says Dr. Ada Berg, a surgeon in Oslo.', "Dr. Ada Berg"),
        ("Professor Ada Berg of Oslo, who runs, says so.", "Professor Ada Berg"),
        ("As the Knee Foundation has repeatedly pointed out, rest is no cure.", "Knee Foundation"),
        ("The Knee Foundation often points out that rest is no cure.", "Knee Foundation"),
        ("The Knee Foundation's advice is to walk.", "Knee Foundation"),
        ("According to a surgeon at Johns Hopkins, walking helps.", "Johns Hopkins"),
        ("The Journal of Knees ran a review of it.", "Journal of Knees"),
        ("A study in a leading German journal says so.", "a leading German journal"),
        ("One big newspaper has called it the walking cure.", "One big newspaper"),
        ("The Oslo knee handbook recommends walking.", "Oslo knee handbook"),
        ("NHS England's own figures put it at a third.", "NHS England"),
        ("Dr. Ada Berg swears by it.", "Dr. Ada Berg"),
    ],
)
def test_called_upon(text: str, name: str) -> None:
    assert marked(CHECK, markdown(f"# Knees\n\n{text}\n")) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The FDA has approved it, and the MHRA regulates it.",
        "Call the National Knee Helpline, or join the Knee Society.",
        "She trained at Johns Hopkins and is a fellow of the Royal College of Surgeons.",
        "It is on the WHO list of essential medicines.",
        "See your local Department of Health.",
        "The study was funded by the Knee Foundation.",
        "Samples were sent to the National Institutes of Health.",
        "Ask the Knee Foundation staff.",
        "Dr. Ada Berg told us in an interview that she walks.",
        "According to your doctor, walking helps.",
        "The Knee Outcomes Study found the same.",
        '"Walk," said Dr Ada Berg, a surgeon in Oslo.',
        "Dr Ada Berg, who runs the ward, said:",
        "Dr Ada Berg, who was not involved, says that walking helps.",
        "Dr Berg says that I may walk.",
        "The Knee Foundation writes these pages.",
        "The FDA recommended it for approval in May.",
    ],
)
def test_not_called_upon(text: str) -> None:
    assert marked(CHECK, markdown(f"# Knees\n\n{text}\n")) == []


@pytest.mark.parametrize(
    "maker",
    [
        "**Knee Foundation | Press release 7**",
        "Written by the nurses of the Knee Foundation.",
        "Media enquiries: press@knees.org, Knee Foundation",
    ],
)
def test_who_made_the_page_is_no_source_of_it(maker: str) -> None:
    assert marked(CHECK, markdown(f"# Knees\n\n{maker}\n\nThe Knee Foundation recommends walking.\n")) == []


@pytest.mark.parametrize(
    "support",
    [
        "([Knee Foundation](https://knees.org))",
        "(https://knees.org/walk)",
        "(Lee K. Knees. BMJ. 2019;364:l42)",
        "[7]",
    ],
)
def test_supported_beside_the_name(support: str) -> None:
    assert marked(CHECK, markdown(f"# Knees\n\nThe Knee Foundation recommends walking {support}.\n")) == []


def test_supported_by_the_reference_list() -> None:
    text = "# Knees\n\nThe World Health Organization recommends walking.\n\n## References\n\n- {}\n"
    assert marked(CHECK, markdown(text.format("WHO. [Walking](https://www.who.int/walk)"))) == []
    assert marked(CHECK, markdown(text.format("CDC. [Walking](https://www.cdc.gov/walk)"))) != []


def test_supported_by_a_link_elsewhere() -> None:
    text = "# Knees\n\nRead [what they do](https://www.cdc.gov/walk).\n\nThe CDC recommends walking.\n"
    assert marked(CHECK, markdown(text)) == []


def test_the_author_may_be_quoted() -> None:
    text = '---\nauthor: Dr. Ada Berg\n---\n\n# Knees\n\n"Walk," says Dr. Berg.\n'
    assert marked(CHECK, markdown(text)) == []


def test_a_body_to_turn_to_is_marked_once() -> None:
    text = "# Knees\n\nSee the Mayo Clinic website.\n\nSee the Mayo Clinic website.\n"
    assert marked(CHECK, markdown(text)) == ["Mayo Clinic"]


def test_a_row_supports_its_cells() -> None:
    row = "<tr><td>The CDC recommends walking.</td><td><a href='https://who.int/x'>page</a></td></tr>"
    assert marked(CHECK, html(f"<h1>Knees</h1><table>{row}</table>")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Bone Foundation has good things to say about it.", ["Bone Foundation"]),
        ("The Bone Alliance's booklet for parents says that milk will do.", ["Bone Alliance"]),
        ("The folks at the Bone Clinic tell us to walk.", ["Bone Clinic"]),
        ("It is all in the Merck Manual.", ["Merck Manual"]),
        ("A paper in Nature Medicine found that hips mend.", ["Nature Medicine"]),
        ("There is a lab at Stanford whose people tell it better, so listen to them.", ["Stanford"]),
        ("The team from St Thomas' Hospital operated on her hip.", []),
        ("Information about clinical trials is available from the NCI website.", []),
        ("A trial in New Zealand found that hips mend.", []),
    ],
)
def test_ways_of_calling_upon_a_source(text: str, found: list[str]) -> None:
    assert marked(CHECK, markdown(text)) == found
