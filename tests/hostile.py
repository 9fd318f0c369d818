"""Articles that try to be more than text in a report."""

from __future__ import annotations

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
