"""What is taken for news, and what is not."""

from __future__ import annotations

import pytest
from articles import markdown

from healthlint.analysis.news import is_news


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("DENVER, March 3 — The company said so.", True),
        ("WASHINGTON, D.C. — The agency said so.", True),
        ("NEW YORK, Aug. 12, 2024 (GLOBE NEWSWIRE) -- Acme said so.", True),
        ("LEEDS (Reuters) - A maker said so.", True),
        ("FOR IMMEDIATE RELEASE", True),
        ("ASPIRIN - Take it with food.", False),
        ("ASPIRIN (ASA) - Take it with food.", False),
        ("BOSTON -- A town.", False),
        ("News of it spread fast.", False),
    ],
)
def test_first_lines(text: str, answer: bool) -> None:
    assert is_news(markdown(f"# Aspirin\n\n{text}\n\nMore of it.\n")) == answer


@pytest.mark.parametrize("field", ["type: news", "section: News", "layout: press-release", "kind: NewsArticle"])
def test_fields(field: str) -> None:
    assert is_news(markdown(f"---\n{field}\n---\n\n# Aspirin\n\nIt is old.\n"))
    assert not is_news(markdown("---\ntype: guide\n---\n\n# Aspirin\n\nIt is old.\n"))
