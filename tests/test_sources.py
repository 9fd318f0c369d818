"""Weak sources, articles without any, and references that are all old."""

import pytest
from articles import html, markdown, marked

from healthlint.analysis import Analysis
from healthlint.checks.presence_of_sources import PresenceOfSources
from healthlint.checks.reference_years import ReferenceYears
from healthlint.checks.weak_sources import WeakSources

WEAK = WeakSources()


@pytest.mark.parametrize(
    "link",
    [
        "[Wikipedia](https://en.wikipedia.org/wiki/Knee)",
        "[this clip](https://www.tiktok.com/@knee/video/1)",
        "[a thread](https://old.reddit.com/r/knees/1)",
        "[knees](https://kneewalker.wordpress.com/2020/knees)",
    ],
)
def test_weak_links(link: str) -> None:
    assert marked(WEAK, markdown(f"# Knees\n\nWalking cures knees, as {link} shows.\n")) == [link]


@pytest.mark.parametrize(
    "text",
    [
        "Follow us on [Facebook](https://www.facebook.com/knees).",
        "By [Ada Berg](https://www.linkedin.com/in/adaberg).",
        "The NHS has [a film](https://www.youtube.com/watch?v=1) on walking.",
        "Buy it [at Amazon](https://www.amazon.com/dp/1).",
        "Join [the group](https://www.reddit.com/r/knees).",
        "See [the NHS](https://www.nhs.uk/knees).",
    ],
)
def test_links_of_another_kind(text: str) -> None:
    assert marked(WEAK, markdown(f"# Knees\n\n{text}\n")) == []


def test_a_shop_is_no_witness_for_its_goods() -> None:
    text = "# Knees\n\nAccording to [KneeCo]({}), pain is gone in a week. [Buy it](https://kneeco.com/shop/x?ref=me).\n"
    assert marked(WEAK, markdown(text.format("https://kneeco.com/pages/proof"))) == [
        "[KneeCo](https://kneeco.com/pages/proof)"
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It heals in a week (figure taken from Wikipedia).", "Wikipedia"),
        ("According to the KneeTalk forum, it heals.", "KneeTalk forum"),
        ("It was voted Brace of the Year by readers of Kneesy.blog.", "Kneesy.blog"),
        ("There is a film on YouTube that shows it.", ""),
        ("She writes a blog.", ""),
    ],
)
def test_places_called_upon(text: str, name: str) -> None:
    assert marked(WEAK, markdown(f"# Knees\n\n{text}\n")) == ([name] if name else [])


def test_names_without_a_link() -> None:
    assert marked(WEAK, markdown("# Knees\n\nAccording to Wikipedia, walking helps.\n")) == ["Wikipedia"]
    assert marked(WEAK, markdown("# Knees\n\nNo YouTube film can see your knee.\n")) == []


LONG = "Walking treats knee pain, and the risk of side effects is low for most patients. " * 25


def is_without_sources(text: str) -> bool:
    return any(match.whole_document for match in PresenceOfSources().find(Analysis(markdown(text))))


def test_articles_that_cite_nothing() -> None:
    assert is_without_sources(f"# Knees\n\n{LONG}\n")
    assert is_without_sources(f"# Knees\n\n{LONG} See [our shop](https://kneeco.com/shop/) and [hats](/hats/).\n")


@pytest.mark.parametrize(
    "source",
    [
        "See [the NHS](https://www.nhs.uk/knees).",
        "See https://www.nhs.uk/knees.",
        "(Lee K. Knees. BMJ. 2019;364:l42.)",
        "PMID: 12345678",
        "\n\n## References\n\n- Knee Foundation\n",
    ],
)
def test_anything_that_could_be_a_source_counts(source: str) -> None:
    assert not is_without_sources(f"# Knees\n\n{LONG} {source}\n")


def test_a_field_of_sources_counts() -> None:
    assert not is_without_sources(f"---\nsources:\n  - NHS\n---\n\n# Knees\n\n{LONG}\n")


def test_short_texts_and_other_matters_may_do_without() -> None:
    assert not is_without_sources("# Knees\n\nWalk.\n")
    assert not is_without_sources(f"# Trains\n\n{'The train leaves at nine from the old station by the sea. ' * 40}\n")


REFERENCES = "\n## References\n\n- A. X. 2001;1:1.\n- B. X. 2009;1:1.\n- C. X. 2003;1:1.\n"


def test_old_references() -> None:
    assert marked(ReferenceYears(), markdown(f"---\ndate: 2024-01-01\n---\n\n# Knees\n{REFERENCES}")) == [
        "B. X. 2009;1:1."
    ]


def test_the_articles_own_date_is_what_counts() -> None:
    assert marked(ReferenceYears(), markdown(f"---\ndate: 2012-01-01\n---\n\n# Knees\n{REFERENCES}")) == []
    assert marked(ReferenceYears(), markdown(f"# Knees\n{REFERENCES}")) == []


def test_a_date_in_the_head_of_a_page() -> None:
    items = "".join(f"<li>X. BMJ. {year};1:1.</li>" for year in (2001, 2003, 2005))
    page = f'<meta name="date" content="2022-01-01"><h1>Knees</h1><h2>Sources</h2><ul>{items}</ul>'
    assert marked(ReferenceYears(), html(page)) == ["X. BMJ. 2005;1:1."]
