"""Changes of text that bytes alone would hardly come to: words that rules look for, markup, lines moved and doubled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

_MOST = 4  # changes at a time
Change = Callable[[Random, str, Sequence[str]], str]


def changed(text: str, words: Sequence[str], chance: Random) -> str:
    """The text after some changes; `words` are pieces to put into it."""
    for _ in range(chance.randint(1, _MOST)):
        text = chance.choice(_CHANGES)(chance, text, words)
    return text


def crossed(one: str, other: str, chance: Random) -> str:
    """The lines of one text up to some place, and those of another from some place on."""
    first, second = one.splitlines(keepends=True), other.splitlines(keepends=True)
    return "".join(first[: chance.randint(0, len(first))] + second[chance.randint(0, len(second)) :])


def _put(chance: Random, text: str, words: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(words) + text[at:]


def _put_line(chance: Random, text: str, words: Sequence[str]) -> str:
    lines = text.splitlines(keepends=True)
    at = chance.randint(0, len(lines))
    lines.insert(at, chance.choice(["", "\n"]) + chance.choice(words) + "\n")
    return "".join(lines)


def _put_in_place(chance: Random, text: str, words: Sequence[str]) -> str:
    start, end = _stretch(chance, text)
    return text[:start] + chance.choice(words) + text[end:]


def _cut(chance: Random, text: str, _: Sequence[str]) -> str:
    start, end = _stretch(chance, text)
    return text[:start] + text[end:]


def _double(chance: Random, text: str, _: Sequence[str]) -> str:
    start, end = _stretch(chance, text)
    return text[:end] + text[start:end] * chance.choice([1, 1, 1, 3, 30]) + text[end:]


def _move_line(chance: Random, text: str, _: Sequence[str]) -> str:
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), line)
    return "".join(lines)


def _cut_line(chance: Random, text: str, _: Sequence[str]) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _other_character(chance: Random, text: str, _: Sequence[str]) -> str:
    at = chance.randint(0, max(0, len(text) - 1))
    points = chance.choice(
        [(0x20, 0x7E), (0x20, 0x7E), (0x00, 0x2FF), (0x2000, 0x206F), (0xE000, 0xFFFD), (0x1F300, 0x1FAFF)]
    )
    return text[:at] + chr(chance.randint(*points)) + text[at + 1 :]


def _other_ends(chance: Random, text: str, _: Sequence[str]) -> str:
    return chance.choice(["\n", "\r\n", "\r"]).join(text.splitlines())


def _stretch(chance: Random, text: str) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.choice([1, 2, 5, 20, 100, 500]))


_CHANGES: tuple[Change, ...] = (
    *(_put, _put, _put, _put_line, _put_line, _put_in_place, _put_in_place, _cut, _cut, _double),
    *(_move_line, _cut_line, _other_character, _other_ends),
)
