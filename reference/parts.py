"""The part of a page that is written by the program, between two comments."""

from __future__ import annotations


def replaced(page: str, name: str, text: str) -> str:
    """The page with `text` between the comments that a part of that name begins and ends with.

    Raises ValueError if they are not there.
    """
    first, last = f"<!-- {name}: written by `python -m reference` -->", f"<!-- end of {name} -->"
    before, begin, rest = page.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"the page has no part between {first} and {last}")
    return f"{before}{first}\n\n{text}\n{last}{after}"
