"""Where sentences end, and where a full stop ends none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


# A bar stands where a sentence ends.
CASES = """
It helps. | It is cheap.
Really?! | Yes!! | No.
It helps... | It does.
It helps… | It does.
It helps ... a bit.
Take 0.5 mg. | Take it daily.
It was 2.5 mg a day. | Stop.
It rose by .5 mg. | It fell.
It was in 1993. | It was cold.
It rose (P < .05). | It fell.
It costs $5. | $10 is too much.
Take one. | 2 hours later, take another.
Version 2.0 is out. | Get it.
Dr. Smith said so. | He did.
Mr. and Mrs. Lee agree. | Prof. Roe does not.
J. K. Roe and A. Smith wrote it. | We read it.
He was in St. Louis. | Then he left.
St. John's wort helps. | Does it?
Smith et al. found it. | Jones did not.
Smith et al. (2019) found it.
Some drugs, e.g. Zoloft, i.e. sertraline, do.
See Fig. 3 and Vol. 2, pp. 4-5. | Next.
No. 5 is best. | No. | It is not.
No. | There is no proof.
Take it at 8 a.m. | Then eat.
Take it at 3 p.m. daily, or b.i.d. with food.
Wait 5 min. | Then drink.
Wait 5 min. before you drink.
Take 5 ml. | Shake it first.
It weighs 5 lbs. | It is big.
Max. 4 g a day. | Never more.
Take aspirin, ibuprofen, etc. | Do not mix them.
It was in Jan. or Feb. of 1993. | Then it ended in Dec. | We stopped.
He has a Ph.D. | He knows.
The Ph.D. student wrote it.
The U.S. Food and Drug Administration said so. | It did.
It is sold in the U.S. | It is not sold here.
It is made by Pfizer Inc. | It is blue.
Pfizer Inc. makes it.
Take vitamin C. | It helps.
It is hepatitis B. | It is bad.
It is caused by E. coli. | Wash.
So did I. | Then it ended.
It works. | mTOR is a protein. | eGFR is a test.
"It helps." | He said so.
“It helps!” he said.
“Does it help?” asked Ann. | “No.”
"Stop." | "Why?" | He left.
(It helps.) | It does. | (Mostly.) | So there.
It helps [3]. | It does.
It helps.[3] | It does.[4,5] | It did.[^note] | So there.
It helps.¹ | It does.²,³ | It did.⁴⁻⁶ | So there.
It helps.(4) | It does (5). | So there.
1. Take it.
2) Take it. | Rest.
Go to example.com. | Read www.example.com/a.b?c=d. | Then come back.
It works.Take it.
""".strip().splitlines()


@pytest.mark.parametrize("case", CASES)
def test_sentences(case: str) -> None:
    assert sentences(case.replace(" | ", " ")) == case.split(" | ")


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n", "word", " word ", ". . .", "...", "?!"])
def test_odd_texts(text: str) -> None:
    assert " ".join(sentences(text)) == text.strip()


@given(st.text(alphabet="aA1 .!?…\"'”)(]¹[\n", max_size=40))
def test_every_word_is_in_one_sentence(text: str) -> None:
    found = list(sentence_spans(text))
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)


@pytest.mark.parametrize(
    "text", ["." * 500_000 + "x", "a. " * 300_000, "A. " * 300_000, ".[1]" * 200_000, "x" * 999_999]
)
def test_long_texts(text: str) -> None:
    assert sum(end - start for start, end in sentence_spans(text)) <= len(text)
