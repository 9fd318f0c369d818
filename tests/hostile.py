"""What strangers send that tries to be more than text: articles, names of files, rules."""

from __future__ import annotations

import html
import os
from pathlib import Path
from urllib.parse import quote

PLAIN = """\
<script>window.hacked = 1</script> & "quotes' </style></script><!--

Garlic cures <img src=x onerror="window.hacked=1"> everything. ]]> It cures {{ 7*7 }} {% raw %} too.

\u202eIt cures backwards\u2066 and a bell \x07 and an escape \x1b[31m cures.

</title></textarea></details></main><svg onload=window.hacked=1> cures </svg>

&lt;b&gt; cures &amp;amp; <a href="javascript:window.hacked=1">cures</a>
"""

MARKDOWN = """\
---
title: "</title><script>window.hacked=1</script>"
tags: ["<img src=x onerror=window.hacked=1>", cures]
---

# Garlic <script>window.hacked = 1</script> cures

[cures](javascript:window.hacked=1) [cures](JaVaScRiPt:window.hacked=1) [cures](data:text/html,<script>1</script>)
[cures](file:///etc/passwd) [cures](//evil.example/x) [cures](https://user:pass@evil.example/) [cures](vbscript:x)
[cures](https://example.org/"onmouseover="window.hacked=1) ![cures](https://evil.example/pixel.png)

<!-- cures --><iframe src="https://evil.example/"></iframe> <base href="https://evil.example/">

| cures | <b onclick="window.hacked=1">cures</b> |
|---|---|
| `</td></table><script>window.hacked=1</script>` | cures[^1] |

    </pre><script>window.hacked=1</script> cures

[^1]: <object data="https://evil.example/"></object> cures
"""

HTML = """\
<html><head><title>cures</title><meta name="description" content="&lt;script&gt;window.hacked=1&lt;/script&gt;"></head>
<body><h1>&lt;script&gt;window.hacked=1&lt;/script&gt; cures</h1>
<p>cures &lt;img src=x onerror=window.hacked=1&gt; <a href="javascript:window.hacked=1">cures</a></p>
<p><a href="java&#10;script:window.hacked=1">cures</a> <a href="&#x202e;https://evil.example/">cures</a></p>
<ul><li>cures<ul><li>cures &#x3c;/ul&#x3e;</li></ul></li></ul></body></html>
"""

ARTICLES = {"plain.txt": PLAIN, "</h1><script>window.hacked=1</script>.md": MARKDOWN, "page\u202e.html": HTML}

# What strangers write where text of theirs enters, by what it tries. None has a NUL: no article, argument or name can.
PAYLOADS = {
    "colour": "\x1b[31;1mred\x1b[0m",
    "erasing": "\x1b[2J\x1b[1;1H\x1b[3K",
    "window": "\x1b]0;owned\x07",
    "hyperlink": "\x1b]8;;https://evil.example/\x1b\\here\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4K\x07",
    "highcontrols": "\x9b31m\x9d0;owned\x9c\x90q\x9c",
    "overwriting": "is bad\r\x08\x08\x08\x7fis good",
    "turning": "\u202eerutcurf\u2066\u061c\u200f\u2069",
    "unseen": "pass\u200bword\u2060\ufeff\ufff9\U000e0041\U000e0042",
    "breaking": "a\nb\u2028c\u2029d\x85e\x0bf\x0cg\r\nh",
    "workflow": "::error file=a.md,line=1::owned",
    "inlines": "##[add-mask]x ##[set-output name=a]b",
    "joined": "#\u00ad#[add-mask]x \u200d::error::owned ##\U000e0100vso[x]y",
    "pipelines": "##vso[task.setvariable variable=PATH]/evil ##[section]x",
    "percent": "%0A::error::owned%0D%25",
    "folding": "section_start:1:x[collapsed=true]\r\x1b[0Kx",
    "markup": ']]> <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]> &e; <![CDATA[ \x01\x0b\ufffe\uffff',
    "script": "<script>window.hacked=1</script><img src=x onerror=window.hacked=1></title></style>\"'><svg/onload=1>",
    "schemes": "[it](javascript:window.hacked=1) [it](data:text/html,1) [it](file:///etc/passwd) [it](vbscript:x)",
    "markdown": "![p](https://evil.example/p.png) <b>b</b> [a](https://evil.example) `c` **d** | e | @everyone [1](2)",
    "upwards": "../../../../etc/passwd",
    "absolute": "/etc/passwd",
    "windows": "C:\\evil\\..\\..\\\\evil\\x.md",
    "objects": "!!python/object/apply:os.system ['touch owned']",
    "formats": "{0.__class__} {quote.__class__} %s %(x)s {{ 7*7 }} {% raw %} ${7*7} <%= 7 %>",
    "formula": '=HYPERLINK("https://evil.example","x")+cmd|\' /C calc\'!A0',
    "quoting": '"}], "x": [{\\" \\ \' `',
}


def marker(name: str) -> str:
    """What tells that a text which holds a payload has arrived."""
    return f"Zq{name}z"


def payload(name: str) -> str:
    """A payload behind its marker."""
    return f"{marker(name)} {PAYLOADS[name]}"


def quoted(text: str) -> str:
    """A text between quotes, as YAML reads it."""
    return f'"{"".join(map(_quoted, text))}"'


def _quoted(character: str) -> str:
    is_plain = " " <= character <= "~" and character not in '"\\'
    return character if is_plain else f"\\U{ord(character):08x}"


def of_markdown(name: str) -> str:
    """An article that has a payload wherever one can stand."""
    text = payload(name)
    line = " ".join(text.splitlines())
    return f"""\
---
title: {quoted(text)}
author: {quoted(text)}
{quoted(text)}: {quoted(text)}
healthlint: {{ignore: [{quoted(text)}], reason: {quoted(text)}}}
---

# {line}

{text}

## Some {line}

It cures. {line} is said again here, and in the same words once more.

## Some {line}

{line} is said again here, and in the same words once more.

[here](<{line}>) [{line}](missing-{quote(text)}.md) [{line}]({quote(text)}.html) [todo {line}](#)

<!-- healthlint-disable clams {line} -- {line} -->

1. one
2. {line}
2. {line}
5. `{line}`

| {line} | b |
|---|---|
| {line} | {line} |

[^1]: {line}
"""


def of_html(name: str) -> str:
    """A page that has a payload as text, in attributes, and as numbers of characters."""
    text = payload(name)
    shown, numbers = html.escape(text), "".join(f"&#{ord(character)};" for character in text)
    return f"""\
<html><head><title>{shown}</title><meta name="author" content="{numbers}"><meta name="{shown}" content="{shown}"></head>
<body><article><h1>{numbers}</h1><p>{numbers} cures &#xD800; &#0; &#x110000; it.</p><h2>{shown}</h2><p>{shown}</p>
<h2>{shown}</h2><p><a href="{shown}">here</a> <a href="{numbers}">{numbers}</a> <a href="#">{shown}</a></p>
<!-- healthlint-disable-next-block {text.replace("--", "- -")} -- {text} --><ul><li>{shown}</li><li>{shown}</li></ul>
<table><tr><td title="{shown}">{shown}</td></tr></table></article></body></html>
"""


def of_text(name: str) -> str:
    """Plain text with a payload in each of its lines."""
    text = payload(name)
    return f"{text}\n\n{text}: cures\n\n1. {text}\n3. {text}\n\nSources like:\n\n{text}\n\nIt says {text} twice.\n" * 2


def rule_file(name: str) -> str:
    """A rule of a stranger's, with a payload wherever text can stand."""
    text, plain = payload(name), payload(name).replace("{", "{{").replace("}", "}}")
    sign, example = marker(name).lower(), text.replace("[", "(")
    return f"""\
summary: {quoted(text)}
why: {quoted(text + " " + text)}
source: {{name: {quoted(text)}, url: "https://example.org/{quote(text)}"}}
severity: warning
message: {quoted(plain + ' "{quote}" {better}')}
check: terms
with:
  terms: {{{quoted(text)}: ["{sign}"]}}
fix: {{applicability: safe, summary: {quoted(text)}}}
examples:
  flagged: ["It says [[{sign}]].", {quoted(f"This [[{sign}]] {example}")}]
  clean: ["a", {quoted(example)}]
"""


def project(folder: Path) -> None:
    """Articles, names, rules and a configuration of strangers' in a folder."""
    for name in PAYLOADS:
        made = {"md": of_markdown(name), "html": of_html(name), "txt": of_text(name)}
        for suffix, text in made.items():
            path = folder / "articles" / named(name) / f"{named(name)}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        rule = folder / "house" / "stranger" / f"{name}.yaml"
        rule.parent.mkdir(parents=True, exist_ok=True)
        rule.write_text(rule_file(name))
    with open(os.fsencode(folder) + b"/articles/Zqbytesz\xff\xfe.md", "wb") as file:
        file.write(b"# Garlic\n\nGarlic \x1b[31mcures.\n")
    (folder / ".healthlint.yaml").write_text("rules: [house/]\n")


def named(name: str) -> str:
    """A name of a file or folder that holds a payload."""
    return payload(name).replace("/", "\u2215")[:200]
