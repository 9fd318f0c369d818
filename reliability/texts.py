"""The hostile articles: each a name, a group, and a way to make it as large as it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from accuracy import sets
from healthlint import examples
from healthlint.rules import Rule
from reliability import articles

USUAL = 50_000  # characters
MEGA = 1_000_000


class Input(NamedTuple):
    """A hostile article."""

    name: str
    group: str
    suffix: str  # of its format
    make: Callable[[int], bytes]  # the file, from about how many characters its hostile part is to have
    size: int = USUAL  # characters that it is tried with
    has_end: bool = True  # what stands behind the hostile part is read, too
    refused: bool = False  # it is no article, and told to be none once it is large


# Text that any format may have. `{n}` is the number of the copy.
WORDS = {
    "words on one line": "word{n} and ",
    "sentences on one line": "A walk of {n} minutes helps most people to sleep. ",
    "one sentence again and again": "A walk helps most people to sleep. ",
    "one sentence a paragraph, again and again": "A walk helps most people to sleep.\n\n",
    "short sentences": "It is {n}. ",
    "short paragraphs": "It is {n}.\n\n",
    "lines": "one more line of it\n",
    "one letter": "a",
    "capital letters": "A",
    "one letter that becomes longer in small": "İ",
    "digits": "1",
    "numbers with points": "1.1",
    "numbers": "{n} ",
    "opening parentheses": "(",
    "closing parentheses": ")",
    "opening brackets": "[",
    "closing brackets": "]",
    "parentheses": "()",
    "parentheses in parentheses": "(a ",
    "numbers in brackets": "[{n}]",
    "quotation marks": '"',
    "opening quotation marks": "“",
    "apostrophes": "'",
    "apostrophes and letters": "a'",
    "points": ".",
    "points and blanks": ". ",
    "questions": "?! ",
    "commas": ",",
    "words and commas": "a, ",
    "semicolons": "a; ",
    "colons": "a: ",
    "lines with colons": "Effects such as:\n\n",
    "hyphens": "-",
    "hyphens and letters": "a-",
    "dashes": "—",
    "slashes": "a/",
    "bars": "|",
    "hashes": "#",
    "stars": "*",
    "stars and letters": "*a ",
    "underscores": "_",
    "underscores and letters": "_a ",
    "backquotes": "`",
    "tildes": "~",
    "equals signs": "=",
    "plus signs": "+",
    "at signs": "a@",
    "dollars": "$",
    "percents": "{n}% ",
    "angles": "<",
    "closing angles": ">",
    "braces": "{{",
    "ampersands": "&",
    "exclamation marks and brackets": "![",
    "backslashes": "\\",
    "blanks": " ",
    "blanks between letters": "a" + " " * 50,
    "tabs": "\t",
    "line feeds": "\n",
    "carriage returns": "\r",
    "spaces that do not break": "\u00a0",
    "separators of lines": "a\u2028",
    "form feeds": "a\f",
    "control characters": "\x01\x1b[31m",
    "emoji": "👩\u200d⚕️",
    "combining characters": "e\u0301\u0301",
    "marks without width": "\u200b",
    "text from right to left": "\u202eabc\u202c",
    "characters beyond the first plane": "𝒜",
    "addresses": "https://example.org/{n} ",
    "addresses without an end": "https://example.org/a",
    "beginnings of addresses": "http://",
    "names of hosts": "www.a",
    "identifiers": "doi:10.1000/{n} PMID: {n} ",
    "beginnings of identifiers": "10.1000/",
    "books": "ISBN 978-3-16-148410-{n} ",
    "authors and years": "(Smith, 2001) ",
    "names and initials": "Smith AB, ",
    "references": "Smith AB, Jones C. A trial of {n}. BMJ. 2001;334:{n}-205.\n",
    "sources that are announced": "According to sources such as:\n\nIt helps.\n\n",
    "studies": "Studies have shown that {n} of them help. ",
    "marks for a reference": "[citation needed] TODO: ref ",
    "marks of a superscript": "it helps¹ ²,³ ",
    "steps": "See step {n}. ",
    "headings with numbers": "{n}. Rest\n\nSleep on it.\n\n",
    "headings with one number": "3. Rest\n\nSleep on it.\n\n",
    "numbered lists": "{n}. Rest\n",
    "bullets": "• Rest\n",
    "lists that count": "There are 7 benefits:\n\n- one\n- two\n\n",
    "medicines": "warfarin ibuprofen ",
    "medicines and doses": "Take 5 mg of warfarin and {n} mg of ibuprofen. ",
    "doses": "{n} mg ",
    "doses with a zero behind": "{n}.0 mg ",
    "doses without a zero": ".{n} mg ",
    "ranges of doses": "{n}-{n} mg/kg/day ",
    "units": "10U QD q.d. µg ",
    "supplements": "turmeric ashwagandha St. John's wort ",
    "cures": "Turmeric cures arthritis. ",
    "no cures": "Turmeric does not cure arthritis, and nobody says that garlic cures it. ",
    "negations": "no not never ",
    "myths": "Myth: garlic cures it. Fact: it does not. ",
    "conjunctions": "if and because or ",
    "instructions": "Stop taking warfarin and double the dose. ",
    "emergencies": "Chest pain and trouble breathing may follow an overdose. ",
    "emergencies without a full stop": "chest pain and an overdose ",
    "opposites": "Take it with food. Take it on an empty stomach. It is rare. It is common. ",
    "uses that are not approved": "Gabapentin is used off-label for anxiety. ",
    "disclaimers": "This article is information and does not replace medical advice. ",
    "links that earn": "Buy it at https://amzn.to/{n} for a discount. ",
    "words for people": "Addicts and diabetics who committed suicide. ",
    "comments of readers": "Leave a Reply\n\nPosted on May 3, 2021 by admin\n\n",
    "tags": "Tags: skin, feet, {n}\n\n",
    "dates": "Last reviewed on May {n}, 2021. ",
    "templates": "[INSERT NAME] {{name}} DD/MM/YYYY lorem ipsum ",
    "answers of a model": "As an AI language model, I hope this helps! ",
    "abbreviations": "{letters} ",
    "wrong encodings": "donâ€™t Ã© ",
    "conclusions": "Conclusion\n\nSleep on it.\n\n",
    "questions and answers": "Is it safe?\n\nIt is.\n\n",
}

MARKDOWN = {
    "headings": "# Rest {n}\n\n",
    "headings with text": "## Rest\n\nSleep on it {n}.\n\n",
    "headings without words": "#\n",
    "underlined headings": "Rest {n}\n---\n",
    "list items": "- it\n",
    "numbered items": "{n}. it\n",
    "items of one number": "1. it\n",
    "lists in lists on a line": "- ",
    "numbers on a line": "1. ",
    "quotes on a line": "> ",
    "quotes and lists on a line": "> - ",
    "quotes": "> it\n\n",
    "rows of a table": "|x|y|\n",
    "tables": "\n|x|y|\n|-|-|\n|1|{n}|\n",
    "links": "[it](https://example.org/{n}) ",
    "links without an end": "[it](https://example.org/",
    "links to nothing": "[it](#) ",
    "links with long targets": "[it](/" + "a" * 5_000 + ") ",
    "pictures": "![it](it.png) ",
    "links by reference": "[r{n}]\n\n[r{n}]: /u{n}\n\n",
    "references without a definition": "[r{n}][s{n}] ",
    "footnotes": "It helps.[^{n}]\n\n[^{n}]: Smith, 2001.\n\n",
    "marks of one footnote": "It helps.[^1] ",
    "marks of a footnote without an end": "[^",
    "emphasis": "*a **b ",
    "emphasis that ends": "**a** *b* ",
    "emphasis without words": "**_",
    "code": "`a` ",
    "backquotes of more and more": "`a ``b ```c ",
    "fences": "```\n",
    "fences that end": "```\nit\n```\n\n",
    "indented code": "    it\n\n",
    "comments": "<!-- it -->\n\n",
    "suppressions": "<!-- healthlint-disable claims -- as {n} -->\n\nIt is.\n\n<!-- healthlint-enable -->\n\n",
    "suppressions without an end": "<!-- healthlint-disable claims -- as {n} -->\n\nIt is.\n\n",
    "suppressions of a block": "<!-- healthlint-disable-next-block claims -- as {n} -->\n\nIt cures.\n\n",
    "tags of HTML": "<b>a</b> ",
    "open tags of HTML": "<a ",
    "blocks of HTML": "<div>\n\nIt is {n}.\n\n",
    "entities": "&amp;&nbsp;&#{n};",
    "escapes": "\\*",
    "autolinks": "<https://example.org/{n}> ",
    "admonitions": "!!! note\n    It is.\n\n",
    "admonitions of another kind": ":::note\nIt is {n}.\n\n",
    "tags of templates": "{{% x %}} {{{{ y }}}} ",
    "open tags of templates": "{{% ",
    "components": "<Tab n={{{n}}}>\n\n",
    "rules across the page": "\n---\n",
    "rules of stars": "***\n",
    "task lists": "- [ ] it\n",
    "definitions": "a{n}\n: it\n\n",
}

HTML: dict[str, str] = {
    "paragraphs": "<p>It is {n}.</p>",
    "headings": "<h2>Rest {n}</h2>",
    "headings with text": "<h2>Rest</h2><p>Sleep on it {n}.</p>",
    "list items": "<li>it</li>",
    "lists": "<ul><li>it {n}</li></ul>",
    "lists in lists": "<ul><li>it",
    "definitions in definitions": "<dl><dd>it",
    "divisions in divisions": "<div>",
    "sections in sections": "<section><h2>Rest</h2>",
    "quotes in quotes": "<blockquote>",
    "bold in bold": "<b>",
    "paragraphs with open tags": "<p><b><i>it",
    "links in links": "<a href='/{n}'>it",
    "links": "<a href='https://example.org/{n}'>it</a> ",
    "tables in tables": "<table><tr><td>it",
    "cells": "<table><tr><td>1<td>2</table>",
    "rows": "<tr><td>it</td></tr>",
    "superscripts": "it<sup>{n}</sup> ",
    "open superscripts": "<sup>",
    "line breaks": "it<br>",
    "closing tags": "</p></div>",
    "closing tags of nothing": "</x>",
    "open tags": "<a ",
    "attributes": "<p a{n}=1 b='2'>it",
    "comments": "<!-- it -->",
    "suppressions": "<!-- healthlint-disable claims -- as {n} --><p>It is.</p><!-- healthlint-enable -->",
    "entities": "&amp;&nbsp;&lt;",
    "entities that are none": "&a",
    "hidden text": "<p hidden>it</p><div style='display:none'>it</div>",
    "pictures": "<figure><img src=a><figcaption>it</figcaption></figure>",
    "articles in articles": "<article><h1>Rest</h1>",
    "made-up elements": "<a{n}>it",
    "details": "<details><summary>it</summary>it {n}",
}
HTML_WITHOUT_END = {
    "templates": "<template><p>it",
    "options": "<select><option>it",
    "svg in svg": "<svg><g>",
    "navigation in navigation": "<nav><ul><li>it",
    "forms": "<form><input><p>it",
    "comments without an end": "<!-- ",
    "scripts without an end": "<script>",
    "styles without an end": "<style>",
    "titles without an end": "<title>",
    "text areas without an end": "<textarea>",
    "quotes without an end": '<a href="',
    "sections of characters without an end": "<![CDATA[",
    "declarations without an end": "<!",
    "instructions without an end": "<?",
}

RST = {
    "headings": "Rest {n}\n--------\n\n",
    "headings of all kinds": "Rest\n====\n\nRest\n----\n\nRest\n~~~~\n\n",
    "list items": "- it\n",
    "numbered items": "{n}. it\n",
    "items by themselves": "#. it\n",
    "lists on a line": "- ",
    "definitions": "a{n}\n it\n\n",
    "quotes": " it {n}\n\n",
    "comments": ".. it {n}\n\n",
    "admonitions": ".. note:: It is {n}.\n\n",
    "admonitions in admonitions": ".. note:: x\n\n   ",
    "suppressions": ".. healthlint-disable claims -- as {n}\n\nIt is.\n\n.. healthlint-enable\n\n",
    "literal blocks": "x::\n\n  y\n\n",
    "roles": ":ref:`a{n}` ",
    "roles without an end": ":ref:`a ",
    "links": "`it <https://example.org/{n}>`_ ",
    "links without an end": "`it <",
    "targets": ".. _a{n}: https://example.org/\n\n",
    "footnotes": "It [{n}]_.\n\n.. [{n}] Smith, 2001.\n\n",
    "marks of footnotes": "[#]_ ",
    "emphasis": "*a **b ",
    "literals": "``a`` ",
    "substitutions": "|a{n}| ",
    "tables": "== ==\na  b\n== ==\n\n",
    "rows of a grid": "+--+--+\n|a |b |\n",
    "fields": ":a{n}: it\n",
    "doctests": ">>> it\n\n",
    "line blocks": "| it\n",
}


def _p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


_RUN = "<w:r><w:t>it {n} </w:t></w:r>"
DOCX = {
    "paragraphs": _p(_RUN),
    "paragraphs without words": "<w:p/>",
    "headings": _p('<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', _RUN),
    "list items": _p('<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>', _RUN),
    "runs": _p(_RUN * 50),
    "cells": f"<w:tbl><w:tr><w:tc>{_p(_RUN)}</w:tc><w:tc>{_p(_RUN)}</w:tc></w:tr></w:tbl>",
    "insertions": _p(f"<w:ins>{_RUN}</w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del>"),
    "links": _p(f'<w:hyperlink w:anchor="a{{n}}">{_RUN}</w:hyperlink>'),
    "fields": _p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', _RUN),
    "bookmarks": _p('<w:bookmarkStart w:id="{n}" w:name="b{n}"/>', _RUN),
    "marks of footnotes": _p('<w:r><w:footnoteReference w:id="{n}"/></w:r>', _RUN),
}

# What opens, and what closes it.
NESTED = {
    ".md": {
        "quotes": ("> ", ""),
        "lists": ("- ", ""),
        "brackets": ("[", "](y)"),
        "emphasis": ("*a ", "*"),
        "HTML": ("<div>\n", "</div>\n"),
        "parentheses": ("(", ")"),
        "links in links": ("[a ", "](/b)"),
        "pictures in pictures": ("![", "](b)"),
        "flow of YAML": ("---\na: [", "]\n---\n"),
    },
    ".html": {
        "elements": ("<div>", "</div>"),
        "lists": ("<ul><li>", "</li></ul>"),
        "spans": ("<span>", "</span>"),
        "tables": ("<table><tr><td>", "</td></tr></table>"),
        "quotes": ("<blockquote>", "</blockquote>"),
    },
    ".rst": {"quotes": ("  ", ""), "lists": ("- ", ""), "parentheses": ("(", ")"), "emphasis": ("*a ", "*")},
    ".txt": {"parentheses": ("(", ")"), "brackets": ("[", "]"), "quotation marks": ("“", "”"), "quotes": ("> ", "")},
    ".xml": {"elements": ("<div>", "</div>"), "shortcodes": ("[box]", "[/box]")},
    ".docx": {
        "runs": ("<w:smartTag>", "</w:smartTag>"),
        "tables": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        "paragraphs": ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
    },
}

# Texts that every reader is tried with.
EVERYWHERE = ("sentences on one line", "words on one line", "short paragraphs", "one letter")
DEEP = 100_000  # levels
SIZES = {  # characters of those that are tried larger than usual
    **{("words on one line", suffix): 10 * MEGA - 1_000 for suffix in articles.SUFFIXES},
    **{("one letter", suffix): MEGA for suffix in articles.SUFFIXES},
    ("sentences on one line", ".md"): 10 * MEGA - 1_000,
    ("opening parentheses", ".md"): MEGA,
    ("one sentence again and again", ".md"): 40_000 * len(WORDS["one sentence again and again"]),
    ("medicines and doses", ".md"): 10_000 * 46,
    ("list items", ".md"): 1_000_000 * len(MARKDOWN["list items"]),
    ("headings", ".md"): 100_000 * 14,
    ("fences", ".md"): MEGA,
    ("rows of a table", ".md"): 50_000 * len(MARKDOWN["rows of a table"]),
    ("suppressions", ".md"): 10_000 * 85,
    ("footnotes", ".md"): 10_000 * 45,
    ("links", ".md"): 10_000 * 35,
    ("cells", ".html"): 50_000 * len(HTML["cells"]),
    ("open tags", ".html"): MEGA,
    ("references", ".md"): 10_000 * 60,
}


def inputs() -> Iterator[Input]:
    """All of them; no two have one name and suffix."""
    for suffix in articles.SUFFIXES:
        for name, unit in WORDS.items():
            if suffix == ".md" or name in EVERYWHERE:
                yield _text(name, suffix, unit)
    for suffix, group, units in (
        (".md", "Markdown", MARKDOWN),
        (".html", "HTML", HTML),
        (".rst", "reStructuredText", RST),
        (".docx", "Word", DOCX),
    ):
        for name, unit in units.items():
            make = _repeated(articles.of_markup, suffix, unit)
            yield Input(name, group, suffix, make, SIZES.get((name, suffix), USUAL))
    for name, unit in HTML_WITHOUT_END.items():
        yield Input(name, "HTML", ".html", _repeated(articles.of_markup, ".html", unit), has_end=False)
    for suffix, pairs in NESTED.items():
        for name, pair in pairs.items():
            size = DEEP * len("".join(pair))
            yield Input(f"{name} nested", "nesting", suffix, _nested(suffix, *pair), size, refused=suffix == ".docx")
    yield Input("articles", "WordPress", ".xml", _many_articles)
    for rule in sets.all_rules():
        yield Input(f"examples of {rule.name}", "rules", ".md", _of_rule(rule))


def _text(name: str, suffix: str, unit: str) -> Input:
    has_end = (name, suffix) not in (("backquotes", ".md"), ("tildes", ".md"))  # a fence of code that never ends
    size = SIZES.get((name, suffix), USUAL)
    return Input(name, "text", suffix, _repeated(articles.of_text, suffix, unit), size, has_end)


Wrap = Callable[[str, str], bytes]


def _repeated(wrap: Wrap, suffix: str, unit: str) -> Callable[[int], bytes]:
    return lambda size: wrap(suffix, repeated(unit, size))


def repeated(unit: str, size: int) -> str:
    """Copies of a unit with their numbers, of about `size` characters in all."""
    if "{" not in unit:
        return unit * max(1, size // len(unit))
    count = max(1, size // len(unit.format(n=size // len(unit), letters="ABCD")))
    return "".join(unit.format(n=number, letters=_letters(number)) for number in range(1, count + 1))


def _letters(number: int) -> str:
    """Four capitals, each number others."""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(4))


def _nested(suffix: str, opening: str, closing: str) -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        depth = max(1, size // len(opening + closing))
        inner = articles.paragraph("it") if suffix == ".docx" else "it"
        return articles.of_markup(suffix, opening * depth + inner + closing * depth)

    return make


def _many_articles(size: int) -> bytes:
    content = "<p>Take 5.0 mg of warfarin.</p><h2>Rest</h2><p>Sleep on it {n}.</p><p>Take 7.0 mg of warfarin.</p>"
    return articles.export(*(content.format(n=number) for number in range(max(1, size // 400))))


def _of_rule(rule: Rule) -> Callable[[int], bytes]:
    """What a rule must mark, again and again."""

    def make(size: int) -> bytes:
        texts = [article.text for example in examples.of(rule) for article in example.articles]
        text = "\n\n".join(texts) + "\n\n"
        return articles.of_text(".md", text * max(1, size // len(text)))

    return make
