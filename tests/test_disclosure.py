"""Links and codes that pay, and articles that say so."""

import pytest
from articles import markdown, marked

from healthlint import builtin, rules
from healthlint.checks.disclosure import Disclosure

NAME = "disclaimers/missing-disclosure"


def check() -> Disclosure:
    found = rules.load(NAME, builtin.folder() / f"{NAME}.yaml").check
    assert isinstance(found, Disclosure)
    return found


CHECK = check()


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example/tea?aff=anna",
        "https://shop.example/tea?x=1&REF=anna22",
        "https://www.amazon.de/dp/B000?tag=anna-21",
        "https://amzn.to/3abc",
        "https://go.skimresources.com/?id=1",
        "https://shop.example/tea?utm_medium=affiliate",
        "https://shop.example/recommends/tea",
    ],
)
def test_an_address_that_pays_is_marked(address: str) -> None:
    assert marked(CHECK, markdown(f"Buy [this tea]({address}) today.\n")) == ["this tea"]


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example/tea",
        "https://pubmed.ncbi.nlm.nih.gov/1?ref=anna",
        "https://blog.example/?tag=tea",
        "https://shop.example/?ref=nav",
        "https://shop.example/?utm_source=newsletter",
        "http://[bad",
        "#tea",
    ],
)
def test_another_is_not(address: str) -> None:
    assert marked(CHECK, markdown(f"See [this tea]({address}) today.\n")) == []


@pytest.mark.parametrize("text", ["Use code TEA20 today.", "TEA20 gets you a fifth off.", "Ask for our discount code."])
def test_a_code_is_marked(text: str) -> None:
    assert len(marked(CHECK, markdown(f"{text}\n"))) == 1


@pytest.mark.parametrize("text", ["The ICD code E11 is used.", "Gene HLA-B27 is rare.", "COVID19 is still about."])
def test_another_code_is_not(text: str) -> None:
    assert marked(CHECK, markdown(f"{text}\n")) == []


@pytest.mark.parametrize(
    "told",
    [
        "This post has affiliate links.",
        "I earn a few cents when you buy through it.",
        "The makers sent me the tea free of charge.",
        "Sponsored by the tea board.",
        "If you order through the link, you support this blog.",
    ],
)
def test_an_article_that_says_so_is_not(told: str) -> None:
    assert marked(CHECK, markdown(f"Buy [this tea](https://amzn.to/3abc). {told}\n")) == []


def test_only_the_first_place_is_marked() -> None:
    text = "[One](https://amzn.to/1) and [two](https://amzn.to/2) with code TEA20.\n"
    assert marked(CHECK, markdown(text)) == ["One"]


def test_a_field_tells_it_too() -> None:
    text = "---\ndisclosure: I sell tea.\n---\n\nBuy [this tea](https://amzn.to/3abc).\n"
    assert marked(CHECK, markdown(text)) == []
