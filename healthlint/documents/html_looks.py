"""What the style and the class of an element tell: bold and large letters, titles, captions and quotations."""

from __future__ import annotations

import re
from typing import NamedTuple

from healthlint.documents.html_tree import Element

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font\s*:[^;]{0,40}\b(?:bold|[6-9]00)\b", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*(?:(\d{1,3}(?:\.\d+)?)\s*(px|pt|em|rem|%)|([a-z-]+))", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 1.333, "em": 16.0, "rem": 16.0, "%": 0.16}
_NAMED_SIZES = {"medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0}
_HEADING = re.compile(
    r"(?:[\w-]*[-_])?(?:heading-title|sub-?heading|section-(?:title|heading)|heading)|h[1-6]", re.IGNORECASE
)
_TITLE = re.compile(r"MsoTitle", re.IGNORECASE)
_QUOTE = re.compile(r"Mso(?:Intense)?Quote", re.IGNORECASE)
_CAPTION = re.compile(r"(?:[\w-]*-)?caption(?:-text)?|MsoCaption|gallery-item-title", re.IGNORECASE)
_TEXT_BLOCKS = frozenset({"p", "div", "td", "span"})
_HEADING_LENGTH, _CAPTION_LENGTH = 120, 300  # characters


class Look(NamedTuple):
    """How the text of an element looks."""

    bold: bool
    size: float  # pixels, 0 if it is not said


def look_of(element: Element) -> Look | None:
    """The look that an element gives to its text, or None if it gives none; `b` and `h2` are not asked."""
    if not element.attributes:
        return None
    style = element.attribute("style")
    bold = bool(style and _BOLD.search(style)) or _is_heading(element)
    size = _size(style) if "font-size" in style else 0.0
    return Look(bold, size) if bold or size else None


def _size(style: str) -> float:
    match = _SIZE.search(style)
    if not match:
        return 0.0
    return float(match[1]) * _PIXELS[match[2].lower()] if match[1] else _NAMED_SIZES.get(match[3].lower(), 0.0)


def _is_heading(element: Element) -> bool:
    """Whether a page builder made a heading of an element that is none."""
    short = 0 < element.text <= _HEADING_LENGTH and element.name in _TEXT_BLOCKS
    return short and not element.headings and _is_called(element, _HEADING)


def is_title(element: Element) -> bool:
    """Whether a paragraph is the title of a page that a word processor wrote."""
    return element.name == "p" and _is_called(element, _TITLE)


def is_quote(element: Element) -> bool:
    """Whether an element is a block quote, or what a word processor writes for one."""
    return element.name == "blockquote" or (element.name == "p" and _is_called(element, _QUOTE))


def is_caption(element: Element) -> bool:
    """Whether an element is the caption of a table or picture."""
    if element.name in ("caption", "figcaption"):
        return True
    short = element.text <= _CAPTION_LENGTH and element.name in _TEXT_BLOCKS
    return short and not element.headings and _is_called(element, _CAPTION)


def _is_called(element: Element, pattern: re.Pattern[str]) -> bool:
    return any(map(pattern.fullmatch, element.attribute("class").split()[:20]))
