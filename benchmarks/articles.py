"""The articles of `corpus/` -> as many different articles as are wanted, the same for the same seed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SEED = 2026
ENOUGH = 14_500  # a text is made of corpus articles until it has as many characters: 18 KB on average

_DRUG = re.compile(r"^ *- name: *[\"']?([a-z]+)[\"']? *$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = re.compile(r"\b[a-z]{6,}\b")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n+", re.DOTALL)
_HEADING = re.compile(r"^#", re.MULTILINE)
_PROSE = re.compile(r"[A-Z“\"'][^|#]{99,}[.!?”\")*\]]\Z", re.DOTALL)
_UNDERLINE = re.compile(r"^(=+|-+)$", re.MULTILINE)
_PLAIN = (  # Markdown -> what stays of it in plain text
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"^#+ +", re.MULTILINE), ""),
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\*\*?([^*\n]+)\*\*?"), r"\1"),
    (re.compile(r"`"), ""),
)


class Source(NamedTuple):
    """An article of the corpus."""

    text: str
    is_markdown: bool


class Article(NamedTuple):
    """A generated article in both of its forms."""

    plain: str
    markdown: str


def sources(folder: Path = ROOT / "corpus") -> list[Source]:
    """The plain-text and Markdown articles of the corpus, without front matter, in a fixed order."""
    found = []
    for path in sorted((*folder.glob("*.*"), *folder.glob("blind/*.*"))):
        if path.suffix in {".txt", ".md"} and path.name != "README.md":
            text = path.read_text("utf-8")
            found.append(Source(_FRONT_MATTER.sub("", text).strip() + "\n", path.suffix == ".md"))
    return found


@cache
def drug_names(folder: Path = ROOT / "rules" / "drugs") -> tuple[str, ...]:
    """The drugs of the drug table whose names are a word; supplements, whose names are food, are left out."""
    texts = (path.read_text("utf-8") for path in sorted(folder.glob("*.yaml")))
    return tuple(sorted({name for text in texts if "\nkind: supplement" not in text for name in _DRUG.findall(text)}))


def generate(count: int, pool: Sequence[Source], seed: int = SEED, replaced: float = 0.0) -> Iterator[Article]:
    """As many articles as asked for. The first ones are the same whatever the count.

    `replaced` is the share of their long words that others take the place of: from 0.2 on, few sentences recur.
    """
    long_words = sorted({word for source in pool for word in _LONG_WORD.findall(source.text)}) if replaced else []
    for number in range(count):
        random = Random(f"{seed}/{number}")
        chosen = [vary(source, random) for source in _chosen(pool, random)]
        if replaced:
            chosen = [Source(_replaced(text, random, long_words, replaced), form) for text, form in chosen]
        yield Article("\n\n".join(map(plain, chosen)), "\n".join(map(markdown, _subordinate(chosen))))


def vary(source: Source, random: Random) -> Source:
    """The source with its paragraphs in another order and other drugs; headings, lists and tables stay in place."""
    return Source(_renamed(_shuffled(source.text, random), random), source.is_markdown)


def plain(source: Source) -> str:
    """The article as plain text."""
    text = source.text
    for pattern, instead in _PLAIN if source.is_markdown else ():
        text = pattern.sub(instead, text)
    return text


def markdown(source: Source) -> str:
    """The article as Markdown: with a heading for its title, and blank lines between paragraphs."""
    if source.is_markdown:
        return source.text
    title, _, rest = source.text.partition("\n")
    if "\n\n" not in rest:
        return f"# {title}\n\n" + rest.replace("\n", "\n\n").rstrip() + "\n"
    return f"{title}\n{rest}" if _UNDERLINE.match(rest) else f"# {title}\n\n{rest.lstrip()}"


def write(folder: Path, count: int, pool: Sequence[Source], seed: int = SEED, replaced: float = 0.0) -> None:
    """Write the articles as folder/text/0000.txt and folder/markdown/0000.md, and so on."""
    for name in ("text", "markdown"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, article in enumerate(generate(count, pool, seed, replaced)):
        (folder / "text" / f"{number:04}.txt").write_text(article.plain, "utf-8", newline="")
        (folder / "markdown" / f"{number:04}.md").write_text(article.markdown, "utf-8", newline="")


def words(text: str) -> list[str]:
    """The words of a text in lower case, without drug names."""
    drugs = set(drug_names())
    return [word for word in map(str.lower, _WORD.findall(text)) if word not in drugs]


def _chosen(pool: Sequence[Source], random: Random) -> list[Source]:
    """Sources until there is enough text."""
    chosen: list[Source] = []
    for source in random.sample(pool, len(pool)):
        if sum(len(other.text) for other in chosen) >= ENOUGH:
            break
        chosen.append(source)
    return chosen


def _subordinate(chosen: Sequence[Source]) -> Iterator[Source]:
    """The sources of a text, with the headings of all but the first a level lower, where they are Markdown."""
    for number, source in enumerate(chosen):
        lower = number > 0 and source.is_markdown
        yield Source(_HEADING.sub("##", source.text), source.is_markdown) if lower else source


def _shuffled(text: str, random: Random) -> str:
    """The text with its paragraphs of prose in another order, among the places where such paragraphs stood."""
    between = "\n\n" if "\n\n" in text else "\n"
    blocks = text.rstrip().split(between)
    places = [place for place, block in enumerate(blocks) if _PROSE.match(block)]
    for place, block in zip(places, random.sample([blocks[place] for place in places], len(places)), strict=True):
        blocks[place] = block
    return between.join(blocks) + "\n"


def _replaced(text: str, random: Random, words: Sequence[str], share: float) -> str:
    """The text with a share of its long words in lower case replaced by others, whatever comes of its sense."""
    return _LONG_WORD.sub(lambda match: random.choice(words) if random.random() < share else match[0], text)


def _renamed(text: str, random: Random) -> str:
    """The text with each drug of the table called by the name of another one, the same all through."""
    names = drug_names()
    others: Mapping[str, str] = dict(zip(names, random.sample(names, len(names)), strict=True))

    def other(match: re.Match[str]) -> str:
        word = match[0]
        name = others.get(word.lower(), word)
        return word if name == word else name.upper() if word.isupper() else name.title() if word.istitle() else name

    return _WORD.sub(other, text)
