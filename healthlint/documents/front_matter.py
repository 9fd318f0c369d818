"""The facts that stand before a Markdown article: YAML between `---`, TOML between `+++`, each value with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from healthlint.documents.document import Block, Field, Kind, Span, prose_at

_BLOCK = re.compile(r"\s{0,200}?(?:(---)(?:json|yaml|yml)?[ \t]*\r?\n|(\+\+\+)[ \t]*\r?\n)")
_METADATA = re.compile(  # of Pelican and MultiMarkdown: no marks around it, a blank line after it
    r"(?:(?:title|authors?|date|published|modified|updated|reviewed|category|tags|keywords|slug|summary|description|"
    r"status|lang|language|template)[ ]?:[ \t][^\r\n]*\r?\n){2,40}(?=[ \t]*\r?\n)",
    re.IGNORECASE,
)
_YAML_END = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_TOML_END = re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)
_YAML_LINE = re.compile(r"^([\w.-]{1,80})[ \t]*:[ \t]+(\S[^\r\n]*)", re.MULTILINE)
_LOOKS_LIKE_YAML = re.compile(
    r"(?:[ \t]*#[^\r\n]*\r?\n|[ \t]*\r?\n){0,20}(?:[ \t]*[\w\"'.][\w\"'. -]{0,80}:(?:\s|$)|\{\s)"
)
_NESTINGS = 500  # brackets; libyaml is quadratic in them, tomllib recursive
_LONGEST = 200_000  # characters; a front matter that is longer is data, and its fields are left alone

TAG_FIELDS = ("tags", "tag", "keywords", "categories", "category")


class FrontMatter(NamedTuple):
    """Fields, and how many characters of the text they take (0: there is no front matter)."""

    fields: tuple[Field, ...] = ()
    length: int = 0


def read_front_matter(text: str) -> FrontMatter:
    """The fields at the front of a text. What cannot be parsed is read line by line as far as possible."""
    opening = _BLOCK.match(text)
    if not opening:
        plain = _METADATA.match(text)
        return FrontMatter(tuple(_line_fields(plain[0], 0)), plain.end()) if plain else FrontMatter()
    closing = (_YAML_END if opening[1] else _TOML_END).search(text, opening.end())
    if not closing:
        return FrontMatter()
    inner = text[opening.end() : closing.start()]
    start = opening.end()
    if len(inner) > _LONGEST:
        return FrontMatter((), closing.end())
    if opening[1] and inner.strip() and not _LOOKS_LIKE_YAML.match(inner):
        return FrontMatter()  # text between two rules
    return FrontMatter(tuple(_fields(inner, start, is_yaml=bool(opening[1]))), closing.end())


def is_titled(front: FrontMatter) -> bool:
    """Whether a front matter has the title of its article."""
    return any(field.name == "title" for field in front.fields)


def front_blocks(fields: Sequence[Field], text: str, *, has_title: bool, group: int) -> Iterator[Block]:
    """A title that stands in the front matter only, and the article's tags."""
    title = next((field for field in fields if field.name == "title"), None)
    if title and not has_title:
        yield Block(Kind.HEADING, prose_at(title.value, text, title.span), title.span, level=1)
    for number, name in enumerate(TAG_FIELDS):
        for field in fields:
            if field.name == name:
                for value, span in _tag_spans(text, field):
                    yield Block(Kind.TAG, prose_at(value, text, span), span, group=group + number)


def _tag_spans(text: str, field: Field) -> Iterator[tuple[str, Span]]:
    """The tags of a field of `TAG_FIELDS`: a list gives one field each, a line may hold several with commas."""
    raw = text[field.span.start : field.span.end]
    if "," not in field.value or raw != field.value:
        yield field.value, field.span
        return
    for match in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", raw):
        yield match[0], Span(field.span.start + match.start(), field.span.start + match.end())


def _fields(inner: str, start: int, *, is_yaml: bool) -> Iterable[Field]:
    try:
        if inner.count("[") + inner.count("{") > _NESTINGS:
            raise ValueError("too many brackets")
        if is_yaml:
            from healthlint.documents.yaml_fields import yaml_fields

            return yaml_fields(inner, start)
        from healthlint.documents.toml_fields import toml_fields

        return toml_fields(inner, start)
    except ValueError:
        return _line_fields(inner, start) if is_yaml else ()


def _line_fields(inner: str, start: int) -> Iterator[Field]:
    """Fields of a front matter that is no YAML: `title: Aspirin: what to know`."""
    for match in _YAML_LINE.finditer(inner):
        left, right = match.span(2)
        right = left + len(match[2].rstrip())
        if inner[left] in "\"'" and right - left > 1 and inner[right - 1] == inner[left]:
            left, right = left + 1, right - 1
        if left < right:
            yield Field(match[1].lower(), inner[left:right], Span(start + left, start + right))
