"""What inputs start from and are made of: the corpus, the examples of all rules, broken articles, and small seeds."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from pathlib import Path

from fuzzing import broken, packing
from fuzzing.promises import SETTING, all_rules
from healthlint import baseline, examples, kept
from healthlint.baseline import Baseline
from healthlint.documents import read
from healthlint.findings import lint
from healthlint.kept import Kept

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
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
_WORD = [
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Garlic</w:t></w:r></w:p>'
    '<w:p><w:r><w:t xml:space="preserve">It </w:t></w:r><w:ins w:id="1"><w:r><w:t>cures</w:t></w:r></w:ins>'
    '<w:del w:id="2"><w:r><w:delText>may help</w:delText></w:r></w:del><w:r><w:tab/><w:br/><w:t>colds.</w:t></w:r></w:p>',
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>One</w:t></w:r></w:p>\n'
    '--- word/numbering.xml\n<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
    '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    '<w:p><w:hyperlink r:id="r1"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id="1"/></w:r>'
    '<w:commentRangeStart w:id="3"/><w:r><w:t>5.0 mg</w:t></w:r><w:commentRangeEnd w:id="3"/></w:p>\n'
    '--- word/footnotes.xml\n<w:footnote w:id="1"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>\n'
    '--- word/comments.xml\n<w:comment w:id="3" w:author="x"><w:p><w:r><w:t>healthlint-disable dosing -- a test'
    "</w:t></w:r></w:p></w:comment>\n"
    '--- word/_rels/document.xml.rels\n<Relationship Id="r1" Type="x/hyperlink" Target="https://example.org/" '
    'TargetMode="External"/>',
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Dose</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://example.org"</w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>words</w:t></w:r><w:r><w:fldChar '
    'w:fldCharType="end"/></w:r></w:p>\n--- word/styles.xml\n<w:style w:type="paragraph" w:styleId="Heading1">'
    '<w:name w:val="heading 1"/><w:basedOn w:val="Heading1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
]


def docx() -> Iterator[bytes]:
    """Word files, as `packing` has them."""
    yield from (text.encode() for text in _WORD)
    for text in islice(_pieces(".txt"), 0, None, 4):
        paragraphs = (_W_T.format(_escaped(line)) for line in text.decode().splitlines())
        yield "".join(paragraphs).encode()


def docx_archives() -> Iterator[bytes]:
    """Word files as they are."""
    return (packing.word_file(text) for text in _WORD)


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
        _escaped(text) if at % 2 else f"<![CDATA[{text.replace(']]>', '')}]]>" for at, text in enumerate(contents)
    ]
    return _EXPORT.format("".join(map(_ITEM.format, range(len(written)), written)))


def wordpress() -> Iterator[bytes]:
    """Exports of one article or two."""
    texts = [text.decode() for text in chain(_pieces(".html"), map(str.encode, broken.HTML))]
    for at, text in enumerate(texts):
        yield export(*(text, text[:500])[: 1 + at % 2]).encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def front_matter() -> Iterator[bytes]:
    """What stands between the marks."""
    yield from (
        text.encode()
        for text in (
            "title: Garlic\nauthor: [Jo Doe, 'A. B.']\ndate: 2024-05-01\ntags: [garlic, garlic]\n",
            "title: 'It''s'\nseo:\n  description: |\n    Cures\n    all.\nhealthlint: {ignore: [claims], until: 2020-01-01}\n",
            "title = 'Garlic'\ndate = 2024-05-01\n[author]\nname = \"Jo\"\n[healthlint]\nignore = ['claims/promotional']\n",
            "healthlint:\n  profile: drug\n  dose-style: uk\n  ignore: claims, dosing\n  reason: 'x'\na: &a [1]\nb: *a\n",
            '{"title": "Garlic", "reviewed": "2024-02-31", "tags": null}\n',
            "Title: Garlic\nAuthors: Jo Doe\nreviewer:\n- name: Dr. X\n  date: 31/02/2024\n? [a, b]\n: !!python/x y\n",
        )
    )


def suppressions() -> Iterator[bytes]:
    """Articles that tell healthlint to keep quiet."""
    said = _DIRECTIVES
    for at, words in enumerate(said):
        yield f"# Garlic\n\n{words}\n\nGarlic cures colds. Take 5.0 mg QD.\n\n{said[-1 - at]}\n\nIt cures.\n".encode()
        yield f"{words}{BODY}{said[-1 - at]}".encode()


_DIRECTIVES = [
    "<!-- healthlint-disable claims -- an advertisement -->",
    "<!-- healthlint-disable claims/absolute-claim, dosing until=2027-01-31 -- a test -->",
    "<!-- healthlint-disable-next-block claims dosing -->",
    "<!-- healthlint-disable-file residue -- whole -->",
    "<!-- healthlint-enable claims -->",
    "<!-- healthlint-enable -->",
    "<!-- healthlint-disable until = 2020-02-31 until=x claims until= -- -- -->",
    "<!--healthlint-disable-->",
    "<!-- healthlint-disabel suppressions -->",
    "{/* healthlint-disable claims */}",
    ".. healthlint-disable claims -- in rst",
    "[//]: # (healthlint-disable claims)",
    "---\nhealthlint: {ignore: [claims, suppressions], until: 2027-01-31, reason: x}\n---\n",
]


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
    for words in _STEERING:
        yield f".md\n# Garlic {words} cures\n\nIt {words} cures 5.0{words}mg all. \n\nIt {words} cures.".encode()


# -- files beside articles


def config_yaml() -> Iterator[bytes]:
    """Configurations in YAML."""
    yield from (
        text.encode()
        for text in (
            "ignore: [claims, dosing/trailing-zero]\nseverity: {claims/promotional: info, numbering: error}\n",
            "extend: base.yaml\nrules: [house]\nselect: [own, sources]\nfail-on: error\nbaseline: known.json\n",
            "per-path:\n  - {paths: ['news/**', '!*.txt'], ignore: [own/rule], profile: news}\n  - paths: [a.md]\n"
            "    options: {language/long-sentence: {most-words: 4}}\n    dose-style: us\n",
            "options: {language/long-sentence: {most-words: 40}, disclaimers/missing-emergency-advice: {}}\n"
            "exclude: ['*.tmp', build/]\nextend-exclude: [drafts]\noutput-format: sarif\nprofile: drug\n",
            "extend: [base.yaml, ./base.yaml]\nselect: null\n",
            "&a a: *a\n---\n",
        )
    )


def config_toml() -> Iterator[bytes]:
    """Configurations in TOML."""
    yield from (
        text.encode()
        for text in (
            "[tool.healthlint]\nignore = ['claims', \"dosing/trailing-zero\"]\nfail-on = 'error'\n",
            "[project]\nname = 'x'\n\n[tool.healthlint]\nextend = 'base.yaml'\nrules = ['house']\n\n"
            "[tool.healthlint.severity]\n'claims/promotional' = 'info'\n\n[[tool.healthlint.per-path]]\n"
            "paths = ['news/**']\nignore = ['own']\n",
            "[tool.healthlint.options.'language/long-sentence']\nmost-words = 4\n\n[tool]\nother = 1979-05-27T07:32:00Z\n",
            "tool.healthlint = {select = ['own'], rules = ['house'], baseline = 'known.json', profile = 'drug'}\n",
        )
    )


def rule_files() -> Iterator[bytes]:
    """Rules: ours, with few of their examples, and small ones."""
    yield RULE.encode()
    for rule in all_rules():
        text = (ROOT / "rules" / f"{rule.name}.yaml").read_text("utf-8")
        head, _, _ = text.partition("\nexamples:")
        yield f"{head}\n{RULE[RULE.index('examples:') :]}".encode()


def baselines() -> Iterator[bytes]:
    """Files of known findings."""
    found = lint(read("a.md", BODY.encode()), all_rules(), setting=SETTING)
    entries = [Baseline(Path("known.json")).entry(finding, BODY) for finding in found]
    yield "".join(baseline.written(entries)).encode()
    yield "".join(baseline.written(entries[:1])).encode()
    yield b'{"version": 2, "findings": []}'
    yield b'\xef\xbb\xbf{"findings": [{"path": "../a", "code": "x", "words": "", "fingerprint": "0"}], "version": 1}'


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
        yield Path(folder, kept.NAME).read_bytes()


def label_files() -> Iterator[bytes]:
    """Labels of editors."""
    yield b"1\t2\tclaims\tuncited-study\tmust\ta note\n# none\n\n0\t0\tdisclaimers\tmissing-medical-disclaimer\tmay\n"
    yield b"\xef\xbb\xbf3\t3\tother\tx\tmust\r\n"


def gitignores() -> Iterator[bytes]:
    """What git is told to ignore."""
    yield b"*.md\n!a.md\n/news/\nbuild/**/x\n#a\n\\#b\n[a-z].txt\n\\ \n"


# -- pieces, which inputs are mutated by


@cache
def phrases() -> tuple[str, ...]:
    """What rules mark in their examples, and the lines that it stands in."""
    found: dict[str, None] = {}
    for rule in all_rules():
        for example in examples.of(rule):
            for article in example.articles:
                found.update(dict.fromkeys(article.text[slice(*span)] for span in article.expected))
                found.update(dict.fromkeys(article.text.splitlines()[:4]))
    return tuple(phrase for phrase in found if 0 < len(phrase) <= 300)


_SPACES = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "    ",
    "\u00a0",
    "\u200b",
    "\u00ad",
    "\u2028",
    "\x0b",
    "\x0c",
    "\x85",
    "\ufeff",
]
_STEERING = [
    "\x1b[31m",
    "\u202e",
    "\u2066",
    "\x07",
    "::error::",
    "]]>",
    "<script>",
    "%0A",
    "\x00",
    "{{7*7}}",
    "\U0001f469\u200d\u2695\ufe0f",
    "e\u0301",
]
_NUMBERS = [
    "0",
    "1.",
    "2)",
    "iv.",
    "(a)",
    "5.0 mg",
    ".5 mg",
    "1,000,000",
    "10U",
    "²",
    "١",
    "½",
    "1" * 30,
    "2024-02-31",
    "[1]",
    "[2-9]",
]
_DRUGS = ["warfarin", "metformin 500 mg", "Baclofen", "isotretinoin", "St. John's wort", "insulin", "lisinopril"]


def words_of_text() -> Sequence[str]:
    """Pieces of plain text."""
    marks = [
        "- ",
        "* ",
        "• ",
        "> ",
        "===\n",
        "---\n",
        "***",
        "Step 2: ",
        "Section 4. ",
        "Tags: ",
        "Sources:\n",
        "| a | b |\n",
    ]
    return (*phrases(), *_SPACES * 3, *_STEERING, *_NUMBERS * 3, *_DRUGS * 3, *marks * 4, *_lines(broken.TEXT))


def words_of_markdown() -> Sequence[str]:
    """Pieces of Markdown."""
    return (*words_of_text(), *_lines(broken.MARKDOWN) * 2, *_DIRECTIVES)


def words_of_html() -> Sequence[str]:
    """Pieces of HTML."""
    tags = re.findall(r"<[^<>]*>", "".join(broken.HTML) + HTML_BODY)
    return (*words_of_text(), *tags * 3, *_lines(broken.HTML) * 2, *_DIRECTIVES)


def words_of_rst() -> Sequence[str]:
    """Pieces of reStructuredText."""
    return (*words_of_text(), *_DIRECTIVES, *_lines(broken.RST) * 4, ".. note:: ", "::\n\n", "`a <b>`_", "   ")


def words_of_docx() -> Sequence[str]:
    """Pieces of the parts of a Word file."""
    tags = re.findall(r"<[^<>]*>", "".join(_WORD))
    names = ["document", "numbering", "styles", "footnotes", "comments", "endnotes", "_rels/document.xml.rels"]
    parts = [f"\n--- word/{name}.xml\n" for name in names] + ["\n--- _rels/.rels\n", "\n--- docProps/core.xml\n"]
    return (*(_escaped(phrase) for phrase in phrases()), *tags * 20, *parts * 10, *_NUMBERS, *_SPACES)


def words_of_wordpress() -> Sequence[str]:
    """Pieces of an export."""
    tags = re.findall(r"<[^<>]*>|\]\]>", _EXPORT + _ITEM)
    codes = [
        "[gallery]",
        '[caption id="x"]',
        "[/caption]",
        "<!-- wp:paragraph -->",
        "<!--more-->",
        "&lt;p&gt;",
        "&amp;amp;",
    ]
    return (*words_of_html(), *tags * 20, *codes * 5)


def words_of_front_matter() -> Sequence[str]:
    """Pieces of front matter."""
    marks = [
        *"[]{}:,&*!|>-?#'\"=",
        ": ",
        "- ",
        "\n  ",
        "'''",
        '"""',
        "!!binary ",
        "<<: ",
        "2024-02-31",
        "1e999",
        "0x_",
        "~",
    ]
    names = [
        "title",
        "author",
        "date",
        "reviewed",
        "tags",
        "healthlint",
        "ignore",
        "until",
        "reason",
        "profile",
        "dose-style",
    ]
    return (
        *(f"{name}: " for name in names),
        *(f"{name} = " for name in names),
        *marks * 2,
        *_SPACES,
        *_STEERING,
        *_NUMBERS,
    )


def words_of_suppressions() -> Sequence[str]:
    """Pieces of comments to healthlint, and what they keep quiet."""
    names = [rule.name for rule in all_rules()] + sorted({rule.category for rule in all_rules()})
    marks = [
        "<!--",
        "-->",
        "--",
        ",",
        "until=",
        "until = ",
        "2027-01-31",
        "0000-00-00",
        "healthlint-disable",
        "healthlint-",
    ]
    return (*_DIRECTIVES * 10, *names, *marks * 10, *_SPACES, *islice(words_of_markdown(), 0, None, 8))


def words_of_reports() -> Sequence[str]:
    """Pieces that try to be more than text."""
    return (*words_of_html(), *_STEERING * 20)


def words_of_config() -> Sequence[str]:
    """Pieces of configurations."""
    keys = """extend select ignore severity options rules fail-on exclude extend-exclude per-path baseline output-format
    profile dose-style paths tool healthlint most-words extend-but-for""".split()
    values = """error warning info never news drug uk us base.yaml house known.json .healthlint.yaml pyproject.toml news/**
    own own/rule claims language/long-sentence text sarif true false null ~ .nan .inf 1979-05-27""".split()
    names = [rule.name for rule in all_rules()]
    marks = [*"[]{}:,&*!|>-?#'\"=", "[[", "]]", "[tool.healthlint.", "\n  - ", "'''", '"""', "<<: *a", "&a ", "!!set "]
    return (*(f"{key}: " for key in keys), *(f"{key} = " for key in keys), *values, *names, *marks * 3, *_SPACES)


def words_of_rules() -> Sequence[str]:
    """Pieces of rule files."""
    texts = [(ROOT / "rules" / f"{rule.name}.yaml").read_text("utf-8") for rule in all_rules()]
    lines = {line + "\n" for text in texts for line in text.splitlines() if len(line) < 120}
    marks = [
        *"[]{}|?#'\".*+^$\\",
        "..",
        "..5",
        "{study}",
        "{nothing}",
        "{quote}",
        "{0}",
        "{a.b}",
        "{{",
        "[[",
        "]]",
        "[[a|b]]",
    ]
    return (*sorted(lines), *words_of_config(), *marks * 10)


def words_of_baselines() -> Sequence[str]:
    """Pieces of JSON."""
    return (
        *"[]{}:,\"'\\",
        '"version": ',
        '"findings": ',
        '"path": ',
        '"\\ud800"',
        '"\\u0000"',
        "1e999",
        "NaN",
        "null",
        "true",
        "-0",
        "[" * 50,
    )


def words_of_labels() -> Sequence[str]:
    """Pieces of labels."""
    return (
        "\t",
        "\n",
        "\r",
        "0\t0\t",
        "9" * 30,
        "9" * 5000,
        "claims",
        "other",
        "must",
        "may",
        "#",
        "²",
        "١",
        "-1",
        "\ufeff",
    )


def words_of_gitignores() -> Sequence[str]:
    """Pieces of patterns."""
    return (
        *"*?[]!#/\\^-{} \n",
        "**",
        "**/",
        "/**",
        "[!a",
        "[[:alpha:]]",
        "[a-",
        "[z-a]",
        "\\",
        "a.md",
        "news",
        "\\ ",
        "(?i)",
        "a{9,}",
    )


def _lines(texts: Iterable[str]) -> Sequence[str]:
    return [line for text in texts for line in text.splitlines(keepends=True)]
