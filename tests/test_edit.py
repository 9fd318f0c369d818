"""An edit: what an unchanged line, block or sentence says is not read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint import builtin, documents, rules
from healthlint.analysis import attributions, readability, weighing
from healthlint.checks import abbreviations, cross_references, disclosure, dose_spacing, leftovers
from healthlint.documents import furniture, head_matter, markers, raw_lines
from healthlint.findings import lint

ARTICLE = Path("corpus/bad-01-metformin.txt")
MOST = 12  # texts: a line, its sentences, what they are held together with; as many kinds of leftovers
READ_ONCE = [
    abbreviations._abbreviations,
    attributions.may_have_attributions,
    cross_references._mentions,
    disclosure._addresses,
    dose_spacing._glued,
    furniture.is_furniture,
    head_matter.is_contact,
    leftovers._matches,
    markers.marker_of,
    raw_lines._told_apart,
    readability._counted,
    weighing._weighed,
]


def reads() -> dict[str, int]:
    return {f"{function.__module__}.{function.__name__}": function.cache_info().misses for function in READ_ONCE}


@pytest.mark.parametrize("word", ["word ", "Word. "])
def test_a_changed_word_has_few_texts_read_again(word: str) -> None:
    chosen = [rules.load(name, path) for name, path in rules.available(builtin.folder()).items()]
    text = ARTICLE.read_text("utf-8")
    lines = text.split("\n")
    at = max(range(len(lines)), key=lambda row: len(lines[row]))
    lines[at] = f"{word}{lines[at]}"
    changed = "\n".join(lines)
    for function in READ_ONCE:
        function.cache_clear()
    first = lint(documents.read_text(str(ARTICLE), text, "text"), chosen)
    before = reads()
    assert min(before.values()) > MOST, before
    lint(documents.read_text(str(ARTICLE), changed, "text"), chosen)
    again = {name: reads - before[name] for name, reads in reads().items()}
    assert max(again.values()) <= MOST, again
    assert lint(documents.read_text(str(ARTICLE), text, "text"), chosen) == first
