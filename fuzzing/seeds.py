"""What inputs start from and are made of: the corpus, the examples of all rules, broken articles, and small seeds."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice
from pathlib import Path

from fuzzing import broken, packing
from fuzzing.promises import SETTING, all_rules
from healthlint import baseline, examples
from healthlint import kept as keeping
from healthlint.baseline import Baseline
from healthlint.documents import read
from healthlint.findings import lint
from healthlint.kept import Kept

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
_INPUTS = Path(__file__).resolve().parent / "inputs"
_PIECE = 1_500  # characters of an article that make one seed
_PIECES = 80  # of the corpus, of a format
_TOGETHER = 6  # examples of rules that make one seed

BODY = """\
# 7 uses of garlic

By Jo Doe, RN. Reviewed 5 May 2019.

## 1. What it is

Garlic cures high blood pressure and is completely safe. Studies have shown that 90% of people feel better [1].
Take 5.0 mg of warfarin QD, or .5 mg if you like. For more information, see sources such as:

## 3. What it does

- Colds
- Colds

Stop your medicine today. **Tags:** garlic, Garlic

## References

2. [Here](#) and <https://example.org/a>.
"""
HTML_BODY = """\
<!DOCTYPE html><html><head><title>Garlic</title></head><body><main><h1>Garlic</h1>
<p>Garlic cures colds. Take 5.0 mg <a href="#">here</a>.</p><ol><li>One<li>Two</ol></main></body></html>
"""
RULE = """\
summary: Do not sell garlic.
why: Garlic is not sold here.
source: {name: "the fuzzer", url: "https://example.org/"}
severity: warning
message: '"{quote}" sells garlic.'
check: phrases
with: {any_of: [buy garlic, garlic for sale]}
examples:
  flagged: ["[[Buy garlic]] now.", "Here is [[garlic for sale]]."]
  clean: ["Garlic is a plant.", "Buy onions."]
"""


def kept(target: str) -> Iterator[bytes]:
    """The small inputs that are kept for a target."""
    return (path.read_bytes() for path in sorted((_INPUTS / target).iterdir()))


# -- articles


def plain_text() -> Iterator[bytes]:
    """Articles of plain text."""
    return _articles("text", ".txt", broken.TEXT)


def markdown() -> Iterator[bytes]:
    """Articles of Markdown."""
    return _articles("markdown", ".md", broken.MARKDOWN)


def html() -> Iterator[bytes]:
    """Articles of HTML."""
    return _articles("html", ".html", broken.HTML)


def rst() -> Iterator[bytes]:
    """Articles of reStructuredText; the corpus has none, but much of plain text is."""
    return _articles("text", ".txt", broken.RST)


def _articles(form: str, suffix: str, more: Iterable[str]) -> Iterator[bytes]:
    yield from (text.encode() for text in more)
    yield from of_examples(form)
    yield from _pieces(suffix)


def of_examples(form: str) -> Iterator[bytes]:
    """The examples that rules have of a format, and those of plain text, several of which make one article."""
    plain: list[str] = []
    for name, text in _examples():
        if name == "text" and "\n" not in text:
            plain.append(text)
        elif name in (form, "text"):
            yield text.encode()
    yield from ("\n\n".join(plain[at : at + _TOGETHER]).encode() for at in range(0, len(plain), _TOGETHER))


@cache
def _examples() -> tuple[tuple[str, str], ...]:
    """The articles that the rules have as examples, each with its format."""
    return tuple(
        (article.format, article.text)
        for rule in all_rules()
        for example in examples.of(rule)
        for article in example.articles
    )


def _pieces(suffix: str) -> Iterator[bytes]:
    """Parts of the articles in the corpus, evenly taken."""
    texts = [path.read_text("utf-8") for path in sorted(CORPUS.rglob(f"*{suffix}"))]
    pieces = [text[at : at + _PIECE] for text in texts for at in range(0, len(text), _PIECE)]
    return (piece.encode() for piece in islice(pieces, 0, None, max(1, len(pieces) // _PIECES)))


_W_T = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def docx() -> Iterator[bytes]:
    """Word files, as `packing` has them."""
    yield from kept("docx")
    for text in islice(_pieces(".txt"), 0, None, 4):
        paragraphs = (_W_T.format(escaped(line)) for line in text.decode().splitlines())
        yield "".join(paragraphs).encode()


def docx_archives() -> Iterator[bytes]:
    """Word files as they are."""
    return (packing.word_file(data.decode()) for data in kept("docx"))


_EXPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
{}</channel></rss>
"""
_ITEM = """<item><title><![CDATA[Garlic {}]]></title><dc:creator><![CDATA[jdoe]]></dc:creator>
<content:encoded>{}</content:encoded><wp:post_id>1</wp:post_id><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><category domain="post_tag" nicename="a"><![CDATA[Herbs]]></category></item>
"""


def export(*contents: str) -> str:
    """An export of articles with such contents, every second of which is escaped."""
    written = [
        escaped(text) if at % 2 else f"<![CDATA[{text.replace(']]>', '')}]]>" for at, text in enumerate(contents)
    ]
    return _EXPORT.format("".join(map(_ITEM.format, range(len(written)), written)))


def wordpress() -> Iterator[bytes]:
    """Exports of one article or two."""
    texts = [text.decode() for text in chain(_pieces(".html"), map(str.encode, broken.HTML))]
    for at, text in enumerate(texts):
        yield export(*(text, text[:500])[: 1 + at % 2]).encode()


def escaped(text: str) -> str:
    """Text as XML has it."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def suppressions() -> Iterator[bytes]:
    """Articles that tell healthlint to keep quiet."""
    said = b"".join(kept("suppressions")).decode().splitlines()
    for at, words in enumerate(said):
        yield f"# Garlic\n\n{words}\n\nGarlic cures colds. Take 5.0 mg QD.\n\n{said[-1 - at]}\n\nIt cures.\n".encode()
        yield f"{words}{BODY}{said[-1 - at]}".encode()


def fixes() -> Iterator[bytes]:
    """Articles that have something to fix, each below the suffix of its format."""
    fixing = [rule for rule in all_rules() if rule.file.fix]
    suffixes = {"text": ".txt", "markdown": ".md", "html": ".html"}
    for rule in fixing:
        for example in examples.of(rule):
            for article in example.articles:
                yield f"{suffixes[article.format]}\n{article.text}".encode()
    for suffix, body in ((".md", BODY), (".html", HTML_BODY), (".txt", BODY), (".rst", BODY)):
        yield f"{suffix}\n{body}".encode()


def reports() -> Iterator[bytes]:
    """Articles that want to be more than text in a report."""
    yield from islice(fixes(), 0, None, 12)
    for suffix, texts in (
        (".md", broken.MARKDOWN),
        (".html", broken.HTML),
        (".txt", broken.TEXT),
        (".rst", broken.RST),
    ):
        yield from (f"{suffix}\n{text}".encode() for text in texts)
    steering = "\x1b[31m\u202e\x07::error::]]><script>%0A{{7*7}}"
    yield f".md\n# Garlic {steering} cures\n\nIt {steering} cures 5.0{steering}mg all.\n\nIt cures.".encode()


# -- files beside articles


def rule_files() -> Iterator[bytes]:
    """Rules: ours, with few of their examples, and a small one."""
    yield RULE.encode()
    for text in rule_texts():
        head, _, _ = text.partition("\nexamples:")
        yield f"{head}\n{RULE[RULE.index('examples:') :]}".encode()


def rule_texts() -> list[str]:
    """The files of our rules."""
    return [(ROOT / "rules" / f"{rule.name}.yaml").read_text("utf-8") for rule in all_rules()]


def baselines() -> Iterator[bytes]:
    """Files of known findings."""
    found = lint(read("a.md", BODY.encode()), all_rules(), setting=SETTING)
    entries = [Baseline(Path("known.json")).entry(finding, BODY) for finding in found]
    yield "".join(baseline.written(entries)).encode()
    yield "".join(baseline.written(entries[:1])).encode()
    yield from kept("baseline")


KEPT = {
    ("outcome", "0" * 40): json.dumps({"findings": [], "linted": True}).encode(),
    ("yaml", "rules/a.yaml:1"): json.dumps({"summary": "a", "with": {"any_of": ["x"] * 20}}).encode(),
    ("regex", "3.11:0:a+"): b"[0, [13, 6, 4, 0, 0, 24], 0, {}, [null]]",
    ("replay", "1" * 40): b"\0".join((b"1", b"a.md:1:1: told\n" * 40, b"", b"2027-01-31", b"a.yaml", b"stamp")),
    ("outcome", "ü"): bytes(range(256)) * 20,
}


def caches() -> Iterator[bytes]:
    """Files of what is kept."""
    with tempfile.TemporaryDirectory() as folder:
        known = Kept(folder)
        for (kind, key), value in KEPT.items():
            known.put(kind, key, value)
            known.save()
        known.close()
        yield Path(folder, keeping.NAME).read_bytes()
