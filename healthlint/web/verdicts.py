"""What is known of a link once it was followed."""

from __future__ import annotations

from enum import StrEnum

import msgspec

GONE = {404: "not found", 410: "gone"}
NO_SITE, MOVED = "no such host", "moved to "  # how examples of rules write it, beside the numbers of answers


class State(StrEnum):
    """What became of a link."""

    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"  # never a finding


class Verdict(msgspec.Struct, frozen=True):
    """What is known of an address."""

    state: State
    said: str = ""  # of a dead one: 'the site answers 404 (not found)'; of an unknown one: 'answered 403'
    moved: str = ""  # of a good one that has another address for good: that one


class Unchecked(Exception):
    """Why an address could not be checked, in words that follow a number: '3 answered 403'."""

    def __init__(self, why: str, *, by_site: bool = False) -> None:
        """`by_site`: the site itself has said so, and is not asked again at once."""
        super().__init__(why)
        self.by_site = by_site


class NoSuchName(Exception):
    """There is certainly no host of that name."""


ALIVE = Verdict(State.ALIVE)
NAMELESS = Verdict(State.DEAD, "there is no site of that name")


def unknown(why: str) -> Verdict:
    """Of an address that could not be checked."""
    return Verdict(State.UNKNOWN, why)


def moved(url: str) -> Verdict:
    """Of an address that has become another one for good."""
    return Verdict(State.ALIVE, moved=url)


def of_status(status: int) -> Verdict:
    """What the last answer says, after all redirects."""
    if status in GONE:
        return Verdict(State.DEAD, f"the site answers {status} ({GONE[status]})")
    if status < 400 or status == 416:  # there is something, though not the bytes that were asked for
        return ALIVE
    return unknown(f"answered {status}")


def of_example(answer: int | str) -> Verdict:
    """What the example of a rule says that the web answers. Raises ValueError for what it cannot."""
    if answer == NO_SITE:
        return NAMELESS
    if isinstance(answer, str) and answer.startswith(MOVED):
        return moved(answer.removeprefix(MOVED))
    if isinstance(answer, str) or not 200 <= answer <= 599:
        known = f"a number from 200 to 599, '{NO_SITE}', or '{MOVED}' and an address"
        raise ValueError(f"the web answers with {known}, not with '{answer}'")
    return of_status(answer)
