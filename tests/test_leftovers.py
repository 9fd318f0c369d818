"""What was left in a text: answers of a chatbot, gaps of a template, lines of the publishing system."""

from __future__ import annotations

import pytest

from healthlint import documents
from healthlint.analysis import Analysis
from healthlint.checks.cms_lines import CmsLines
from healthlint.checks.leftovers import Leftovers


def analysed(text: str, name: str = "a.txt") -> Analysis:
    return Analysis(documents.read(name, text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "Of course! Below is a polished draft of the post on sunburn.",
        "As of my last training update, the vaccine was new.",
        "I'm sorry, but I cannot provide a diagnosis.",
        "If you'd like, I can also turn this into a leaflet.",
        "Here's a 1,200-word article on sunburn:",
        "Sunburn heals in a week :contentReference[oaicite:3]{index=3}.",
    ],
)
def test_answers_of_a_chatbot(text: str) -> None:
    assert list(Leftovers(of="chat").find(analysed(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Since my training as a nurse I have seen many burns.",
        "Sure, it hurts. Here is the list of creams that we keep.",
        "Let me know if you have questions: I answer letters on Mondays, and I read them all. My desk is full.",
        "The patient's immune response was strong, and the previous one weak.",
    ],
)
def test_people_say_such_things(text: str) -> None:
    assert not list(Leftovers(of="chat").find(analysed(text)))


def test_a_site_renders_its_own_variables() -> None:
    page = "<h1>Burns</h1><p>Call {{ clinic.phone }}.</p>"
    assert list(Leftovers(of="template").find(analysed(page, "a.html")))
    assert not list(Leftovers(of="template").find(analysed("{% extends 'x' %}" + page, "a.html")))
    assert not list(Leftovers(of="template").find(analysed("---\ntitle: Burns\n---\nCall {{ clinic.phone }}.", "a.md")))


def test_a_wanted_source_is_left_to_the_rule_on_sources() -> None:
    assert not list(Leftovers(of="placeholder").find(analysed("Half of them heal [TODO: add ref].")))


def test_adjacent_lines_are_one_finding() -> None:
    text = "Burns\n\nCool the burn for twenty minutes.\n\nTags: burns, skin\nPosted in First aid\n\nLeave a Reply\n"
    (found,) = CmsLines().find(analysed(text))
    assert text[found.span.start :].startswith("Tags: burns, skin")
    assert found.span.end == len(text) - 1


def test_a_comment_form_is_the_page_s_own() -> None:
    area = '<div id="comments"><h3>Leave a Reply</h3>{}<p>Your email address will not be published.</p></div>'
    page = "<article><h1>Burns</h1><p>" + "Cool the burn. " * 20 + "</p></article>"
    assert not list(CmsLines().find(analysed(page + area.format("<form><input></form>"), "a.html")))
    assert not list(CmsLines().find(analysed(page + area.format(""), "a.html")))
    typed = page.replace("</article>", "<p>Leave a Reply</p></article>")
    assert len(list(CmsLines().find(analysed(typed, "a.html")))) == 1
