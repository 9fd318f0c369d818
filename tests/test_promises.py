"""Headings and lead-ins that announce sources, and those that look like them."""

import pytest

from healthlint.analysis.promises import is_cited_heading, is_reading_heading, last_sentence, promises_sources


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "8. Sources",
        "NOTES AND SOURCES",
        "Sources used for this article",
        "Key references:",
        "Works cited",
        "Where I looked",
        "Where these numbers come from",
        "Where did you get these facts?",
        "Notes to editors",
        "References (12)",
        "Studies cited",
        "What we read",
    ],
)
def test_headings_of_references(heading: str) -> None:
    assert is_cited_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Sources of iron",
        "Food sources",
        "Evidence",
        "Note the time",
        "How it works",
        "Reference ranges",
        "Side effects",
    ],
)
def test_headings_of_something_else(heading: str) -> None:
    assert not is_cited_heading(heading)
    assert not is_reading_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Further reading",
        "Where to learn more",
        "9. Read on",
        "Useful websites",
        "Prices and further reading",
        "Where can I find out more?",
        "More information",
        "Resources and support",
        "If you want to read more",
        "Helpful places to look",
        "Want to dig deeper?",
        "More about asthma:",
        "Papers we like",
    ],
)
def test_headings_of_reading_matter(heading: str) -> None:
    assert is_reading_heading(heading)


@pytest.mark.parametrize(
    "sentence",
    [
        "For more information, visit:",
        "You can read about it on trusted sites such as",
        "The following sources were used:",
        "I drew on these studies:",
        "Recommended reading:",
        "To dig deeper, turn to these organisations:",
        "The places I trust are:",
        "Some reliable websites include:",
        "Further details can be found in these leaflets:",
    ],
)
def test_promises(sentence: str) -> None:
    assert promises_sources(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Good sources of iron include:",
        "Sources of infection are:",
        "The most common places for a rash are:",
        "The trials had three groups:",
        "Call your doctor if you have:",
        "For more information, visit the NHS website.",
        "These changes can help:",
    ],
)
def test_no_promises(sentence: str) -> None:
    assert not promises_sources(sentence)


def test_a_purpose_may_suffice() -> None:
    assert promises_sources("Want to know more? Start here:", purpose_suffices=True)
    assert not promises_sources("Want to know more? Start here:")


def test_last_sentence() -> None:
    assert last_sentence("Take it at 8 a.m. daily. Then see:") == "Then see:"
    assert last_sentence("See:") == "See:"


@pytest.mark.parametrize(
    "sentence",
    [
        "The charts are to be had at:",
        "For a list of harms, readers can turn to:",
        "Consider joining one of these online groups:",
        "The following local clubs would be happy to see you:",
        "Read the research:",
    ],
)
def test_what_only_points_is_a_promise_of_what_nothing_follows(sentence: str) -> None:
    assert not promises_sources(sentence)
    assert promises_sources(sentence, purpose_suffices=True)


@pytest.mark.parametrize(
    "sentence", ["These tests may look at:", "The following groups should not take it:", "Go to A&E if:"]
)
def test_what_points_at_something_else(sentence: str) -> None:
    assert not promises_sources(sentence, purpose_suffices=True)
