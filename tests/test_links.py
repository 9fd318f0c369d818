"""Links that lead nowhere, or whose words say nothing."""

from pathlib import Path

import pytest
from articles import html, markdown, marked, plain

from healthlint.checks.links import Links

PLACEHOLDER = Links(fault="placeholder")
VAGUE = Links(fault="vague text")
BROKEN = Links(fault="broken")


@pytest.mark.parametrize(
    "target",
    [
        "",
        "#",
        "#!",
        "javascript:void(0)",
        "https://example.com/x",
        "http://www.yoursite.com",
        "http://",
        "TODO",
        "tbd",
        "http://localhost:3000/",
        "insert-link-here",
        "https://x.org/NCTXXXXXXXX",
        "[url]",
    ],
)
def test_placeholders(target: str) -> None:
    link = f'<a href="{target}">our guide</a>'
    assert marked(PLACEHOLDER, html(f"<h1>Knees</h1><p>See {link} to knees.</p>")) == [link]


@pytest.mark.parametrize(
    "target",
    [
        "#knees",
        "/knees/",
        "mailto:a@b.org",
        "tel:112",
        "https://www.nhs.uk",
        "{{ site.url }}/x",
        "https://texample.com",
    ],
)
def test_no_placeholders(target: str) -> None:
    assert marked(PLACEHOLDER, html(f'<h1>Knees</h1><p>See <a href="{target}">our guide</a>.</p>')) == []


def test_a_button_has_a_script_behind_it() -> None:
    button = '<a href="#" class="btn btn-primary">Print</a>'
    assert marked(PLACEHOLDER, html(f"<h1>Knees</h1><p>Walk a little every day. {button}</p>")) == []


@pytest.mark.parametrize("words", ["here", "Click here!", "this link", "→ Read more", "this page", "more info"])
def test_vague_words(words: str) -> None:
    assert marked(VAGUE, html(f'<h1>Knees</h1><p>To walk, <a href="/w">{words}</a> now.</p>')) == [words]


@pytest.mark.parametrize("words", ["Learn more about knees", "how to walk", "source", "[1]", "NHS", "Here to help"])
def test_telling_words(words: str) -> None:
    assert marked(VAGUE, html(f'<h1>Knees</h1><p>To walk, <a href="/w">{words}</a> now.</p>')) == []


def test_anchors() -> None:
    text = "# Knees\n\n[a](#walking) [b](#Walking) [c](#top) [d](#resting)\n\n## Walking\n\nx\n"
    assert marked(BROKEN, markdown(text)) == ["[d](#resting)"]


def test_files(tmp_path: Path) -> None:
    text = "# Knees\n\n[a](plan.pdf) [b](diet.html) [c](gone.pdf) [d](/x.pdf) [e](other/) ![f](knee.png)\n"
    article = tmp_path / "knees.md"
    article.write_text(text)
    (tmp_path / "plan.pdf").touch()
    (tmp_path / "diet.md").touch()
    assert marked(BROKEN, markdown(text, str(article))) == ["[c](gone.pdf)", "![f](knee.png)"]


def test_files_cannot_be_looked_for_from_nowhere() -> None:
    assert marked(BROKEN, markdown("# Knees\n\n[a](gone.pdf)\n", "nowhere.md")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tap HERE for the study.", ["HERE"]),
        ("To see it, click here.", ["here"]),
        ("More on this HERE.", ["HERE"]),
        ("Knees click here and there.", []),
        ("Stay here.", []),
    ],
)
def test_links_that_were_lost(text: str, words: list[str]) -> None:
    assert marked(VAGUE, plain(f"Knees\n\n{text}\n")) == words


def test_the_places_of_a_template_are_there() -> None:
    assert marked(BROKEN, html('<h1>Knees</h1><p>Walk. <a href="#respond">Comment</a></p>')) == []
