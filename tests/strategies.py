"""Articles for property tests: of every format and encoding, of parts that rules have something to say on, and broken.

An article is drawn as parts that no format knows of, then written in one; what breaks it is done to its text.
"""

from __future__ import annotations

import codecs
import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from fuzzing import mutating, packing, seeds, words

SUFFIXES = (".txt", ".md", ".html", ".rst", ".docx", ".xml")
ENDS = ("\n", "\r\n", "\r")
_MARKS = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
_WORDS = {
    ".txt": words.text,
    ".md": words.markdown,
    ".html": words.html,
    ".rst": words.rst,
    ".docx": words.docx,
    ".xml": words.wordpress,
}


@dataclass(frozen=True)
class Article:
    """A file that is to be linted."""

    path: str
    data: bytes


@dataclass(frozen=True)
class Part:
    """A part of an article, before it is written in any format."""

    kind: str  # 'heading', 'paragraph', 'list', 'table', 'quote', 'code', 'comment'
    texts: tuple[str, ...]
    level: int = 1  # of a heading
    numbers: tuple[int, ...] = ()  # of a numbered list or heading


# -- words

NUMBERS = st.sampled_from(["5.0", ".5", "0.25", "100000", "1,000", "10", "2", "½", "1/2", "1.000.0"])
UNITS = st.sampled_from(["mg", " mg", "mcg", "µg", "U", " IU", "ml", " mL", "%", "mg/kg", " cc", " tablets"])
DRUGS = st.sampled_from(["warfarin", "Baclofen", "metformin", "isotretinoin", "insulin", "St. John's wort", "garlic"])
TIMES = st.sampled_from(["QD", "daily", "b.i.d.", "every 8 hours", "at night", "as directed", "q.o.d."])
DOSES = st.builds("Take {}{} of {} {}.".format, NUMBERS, UNITS, DRUGS, TIMES)
PHRASES = st.sampled_from(words.phrases())  # what rules mark, and sentences that it stands in
ODD = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
CITED = st.sampled_from(
    ["[1]", "[4]", "(Smith, 2019)", "(see step 6)", "doi:10.1000/182", "PMID 123", "https://x.org/a)b"]
)
SENTENCES = st.one_of(DOSES, PHRASES, PHRASES, st.builds("{} {}.".format, PHRASES, CITED), ODD)
LINES = SENTENCES.map(lambda text: " ".join(text.split()))
COMMENTS = st.builds(
    "healthlint-{} {} {} -- {}".format,
    st.sampled_from(["disable", "enable", "disable-next-block", "disable-file", "disabel", ""]),
    st.lists(st.sampled_from(["claims", "dosing", "sources/no-sources", "suppressions", "none"]), max_size=3).map(
        ", ".join
    ),
    st.sampled_from(["", "until=2027-01-31", "until=2020-02-31", "until", "x=y"]),
    LINES.map(lambda text: text.replace("--", "")),
)
TITLES = st.one_of(
    st.sampled_from(
        ["References", "7 uses of garlic", "Side effects", "Sources", "Conclusion", "Tags:", "Step 2: Wait"]
    ),
    LINES,
)

# -- parts

_NUMBERS = st.lists(st.integers(0, 9), min_size=1, max_size=4).map(tuple)
_TEXTS = st.lists(LINES, min_size=1, max_size=4).map(tuple)
PARTS = st.one_of(
    st.builds(Part, st.just("heading"), st.tuples(TITLES), st.integers(1, 6), st.one_of(st.just(()), _NUMBERS)),
    st.builds(Part, st.just("paragraph"), _TEXTS),
    st.builds(Part, st.just("paragraph"), _TEXTS),
    st.builds(Part, st.just("list"), _TEXTS, st.integers(1, 3), st.one_of(st.just(()), _NUMBERS)),
    st.builds(Part, st.sampled_from(["table", "quote", "code"]), _TEXTS),
    st.builds(Part, st.just("comment"), st.tuples(COMMENTS)),
)


def _numbered(part: Part, dot: str = ". ") -> list[str]:
    """The texts of a part, each with its number if it has some."""
    numbers = [part.numbers[at % len(part.numbers)] if part.numbers else None for at in range(len(part.texts))]
    return [
        text if number is None else f"{number}{dot}{text}" for number, text in zip(numbers, part.texts, strict=True)
    ]


def _plain(part: Part) -> str:
    match part.kind:
        case "heading":
            (title,) = _numbered(part)
            return [title.upper(), f"{title}\n{'=' * len(title)}", f"{title}:", title][part.level % 4]
        case "list":
            return "\n".join(_numbered(part) if part.numbers else [f"- {text}" for text in part.texts])
        case "table":
            return "\t".join(part.texts)
        case "quote":
            return "\n".join(f"> {text}" for text in part.texts)
        case "comment":
            return f"<!-- {part.texts[0]} -->"
    return "\n".join(part.texts)


def _markdown(part: Part) -> str:
    match part.kind:
        case "heading":
            return f"{'#' * part.level} {_numbered(part)[0]}"
        case "list":
            indent = "  " * (part.level - 1)
            return "\n".join(f"{indent}{'' if part.numbers else '- '}{text}" for text in _numbered(part))
        case "table":
            return f"| {' | '.join(part.texts)} |\n|{'---|' * len(part.texts)}\n| {' | '.join(part.texts)} |"
        case "code":
            return "```\n" + "\n".join(part.texts) + "\n```"
        case "paragraph":
            return "\n".join([*part.texts[:-1], f"**{part.texts[-1]}** [here](#)"])
    return _plain(part)


def _html(part: Part) -> str:
    texts = [html.escape(text, quote=False) for text in _numbered(part)]
    match part.kind:
        case "heading":
            return f"<h{part.level}>{texts[0]}</h{part.level}>"
        case "list":
            tag = "ol" if part.numbers else "ul"
            return f"<{tag}>" + "".join(f"<li>{text}" for text in texts) + f"</{tag}>"
        case "table":
            return "<table><tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</table>"
        case "comment":
            return f"<!-- {part.texts[0]} -->"
    tag = {"quote": "blockquote", "code": "pre"}.get(part.kind, "p")
    return f"<{tag}>" + "<br>".join(texts) + f"</{tag}>"


def _rst(part: Part) -> str:
    match part.kind:
        case "heading":
            title = _numbered(part)[0] or "x"
            return f"{title}\n{'=-~^+*'[part.level - 1] * len(title)}"
        case "quote":
            return "\n".join(f"    {text}" for text in part.texts)
        case "code":
            return "::\n\n" + "\n".join(f"    {text}" for text in part.texts)
        case "table":
            return "=== ===\n" + "\n".join(part.texts) + "\n=== ==="
        case "comment":
            return f".. {part.texts[0]}"
    return _plain(part)


def _word(part: Part) -> str:
    look = f'<w:pPr><w:pStyle w:val="Heading{part.level}"/></w:pPr>' if part.kind == "heading" else ""
    if part.kind == "list":
        look = f'<w:pPr><w:numPr><w:ilvl w:val="{part.level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    paragraphs = [f"<w:p>{look}<w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>" for text in _numbered(part)]
    if part.kind == "table":
        return "<w:tbl><w:tr>" + "".join(f"<w:tc>{one}</w:tc>" for one in paragraphs) + "</w:tr></w:tbl>"
    return "".join(paragraphs)


_WRITERS: dict[str, tuple[Callable[[Part], str], str]] = {
    ".txt": (_plain, "\n\n"),
    ".md": (_markdown, "\n\n"),
    ".html": (_html, "\n"),
    ".rst": (_rst, "\n\n"),
    ".docx": (_word, "\n"),
    ".xml": (_html, "\n"),
}

# -- what stands before an article

VALUES = st.one_of(LINES, st.lists(LINES, max_size=3), st.sampled_from(["2024-05-01", "2024-02-31", "drug", "uk"]))
FIELDS = st.dictionaries(
    st.sampled_from(["title", "author", "date", "reviewed", "tags", "healthlint", "seo"]),
    st.one_of(
        VALUES, st.dictionaries(st.sampled_from(["ignore", "until", "reason", "profile", "x"]), VALUES, max_size=3)
    ),
    max_size=4,
)


def front_matter() -> st.SearchStrategy[str]:
    """A front matter in YAML, or nothing; JSON is YAML, too."""
    lined = FIELDS.map(lambda fields: "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items()))
    return st.one_of(
        st.just(""), lined.map("---\n{}---\n\n".format), FIELDS.map(lambda fields: f"---\n{json.dumps(fields)}\n---\n")
    )


# -- articles


@st.composite
def texts(draw: st.DrawFn, suffix: str) -> str:
    """The text of an article; of a Word file, what it is packed from."""
    write, between = _WRITERS[suffix]
    text = between.join(map(write, draw(st.lists(PARTS, min_size=1, max_size=8))))
    if suffix in (".md", ".html"):
        text = draw(front_matter()) + text
    if suffix == ".xml":
        text = seeds.export(text)
    if draw(st.booleans()):
        text = mutating.changed(text, _words(suffix), draw(st.randoms(use_true_random=False)))
    return text


def _words(suffix: str) -> Sequence[str]:
    return _WORDS[suffix]()


@st.composite
def articles(draw: st.DrawFn, suffixes: Sequence[str] = SUFFIXES) -> Article:
    """A file of some format, in some encoding, with some line ends; at times its bytes are damaged."""
    suffix = draw(st.sampled_from(suffixes))
    text = draw(texts(suffix))
    if suffix == ".docx":
        data = packing.word_file(text)
    else:
        encoding = draw(st.sampled_from(sorted(_MARKS)))
        lines = draw(st.sampled_from(ENDS)).join(text.split("\n"))
        data = _MARKS[encoding] + lines.encode("utf-8" if encoding == "utf-8-sig" else encoding, "replace")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=4)) + data[at + draw(st.integers(0, 4)) :]
    return Article(f"article{suffix}", data)
