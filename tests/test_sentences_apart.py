"""The sentences that weights are learned from share no run of words with the articles that rules are measured on."""

from __future__ import annotations

from pathlib import Path

import pytest

from learning import apart

ARTICLE = apart.CORPUS / "bad-01-metformin.txt"


def test_no_sentence_borrows_from_a_labelled_article() -> None:
    articles = apart.articles(apart.CORPUS)
    assert ARTICLE in articles
    assert [f"{found.path.name}:{found.line}: {found.words}" for found in apart.borrowed(articles)] == []


def test_seven_words_in_a_row_are_borrowed_whatever_their_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = tmp_path / "article.md"
    article.write_text("Mind how\nthe Drops don’t sting your eyes, and blink.", encoding="utf-8")
    sentences = tmp_path / "sentences.tsv"
    sentences.write_text(
        "clean:plain\tI like how the drops don't sting your face.\n"
        "clean:plain\tI like how the drops don't sting your eyes.\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(apart, "LISTS", (tmp_path,))
    (found,) = apart.borrowed([article])
    assert (found.line, found.words, found.article) == (2, "how the drops don't sting your eyes", article)


def test_what_every_writer_says_is_nobodys_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = tmp_path / "article.md"
    text = "These statements have not been evaluated by the Food and Drug Administration."
    article.write_text(text, encoding="utf-8")
    (tmp_path / "sentences.tsv").write_text(f"clean:plain\t{text}\n", encoding="utf-8")
    monkeypatch.setattr(apart, "LISTS", (tmp_path,))
    assert list(apart.borrowed([article])) == []
