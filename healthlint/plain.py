"""Text from articles, rules and file names, made fit for a line on a terminal or in the log of a build."""

from __future__ import annotations

import re

LONGEST_QUOTE = 80

# Control characters, what turns the direction of writing, what is not seen, half characters and none, as part of a set.
# The joiners U+200C and U+200D are none of them: emoji and several scripts are spelled with them.
STEERING = (
    "\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
)
_STEERING = re.compile(f"[{STEERING}]+")

# What has programs that read a log do as they are told: `##[group]` and `##vso[task.setvariable ...]` anywhere in a
# line, `::error::` at its start. They compare as people do, to whom these characters are nothing:
_NOTHING = "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
_IN_LINE = re.compile(rf"#{_NOTHING}#(?={_NOTHING}(?:\w{_NOTHING}){{0,20}}\[)")
_AT_START = re.compile(rf"((?:^|\s){_NOTHING}:{_NOTHING})(?=:)")


def printable(text: str) -> str:
    """The text with a space for characters that steer a terminal, turn the direction of writing, or are not seen.

    What a build's log takes for a command has a space in it, too, wherever the text is cut into lines between words.
    """
    return starting_no_command(naming_no_command(_STEERING.sub(" ", text)))


def naming_no_command(text: str, instead: str = " ") -> str:
    """The text without what is a command to the log of a build wherever it stands in a line.

    `instead` is written for one character of each: the text stays as long as it was if that is one.
    """
    return _IN_LINE.sub(lambda found: f"{found[0][:-1]}{instead}", text) if "#" in text else text


def starting_no_command(text: str) -> str:
    """The text without what is a command to the log of a build where a line begins with it, in any place of a cut."""
    return _AT_START.sub(r"\1 ", text) if ":" in text else text


def squeezed(text: str) -> str:
    """The text with one space for each run of white space."""
    return " ".join(text.split())


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """The text, cut at `longest` characters with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def count(number: int, thing: str) -> str:
    """'1 article', '2 articles'."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
