"""Articles that are broken on purpose, a format each: what readers stumble over. Tests and seeds start from them."""

from __future__ import annotations

MARKDOWN = [
    "# Title\r\n\r\nOne line\r\nand the next.\r\n\r\n- item\r\n- item two\r\n",
    "# Title\rlone returns\r\ra paragraph\rwrapped\r",
    "Tabs\there\n\n-\ttabbed item\n\n\tcode after a tab\n\n1.\tone\n2.\ttwo\n",
    "Emoji 👩‍⚕️ and e\u0301 combining, *emph 😀 asis* and **bold ü** `code ñ`.\n",
    "| 😀 | ß |\n|---|---|\n| `a|b` | c \\| d |\n",
    "A &amp; B &copy; C &#65; D &nbsp; E &bogus; F &",
    "> quoted\n> > twice\nlazy\n> <div>\n> in <b>html</b>\n> </div>\n",
    "[a [b] c](http://x.org/(y)) ![alt *e*](i.png 't') <https://x.org> [r][] [r]\n\n[r]: /u 'A title\nof two lines'\n",
    "Soft\u00adhyphen, zero\u200bwidth, no\u00a0break\u202fspaces\n",
    "text<sup>3</sup>, m<sup>2</sup>, <sup>131</sup>I, <sup><a href='#fn3'>[3]</a></sup> <sup>unclosed\n\nnext",
    "---\ntitle: A\ntags: [a, 'b', \"c\"]\n---\n\ntext\n",
    "+++\ntitle = 'T'\n+++\ntext",
    "{% include x %}\ntext {{ dose }} mg {% cite k %}.\n\n[l]({{ url }})\n\n{: .x #id}\n",
    '!!! note "Watch *out*"\n\n    inner 😀\n\n    - item\n\n:::tip Title\nbody\n:::\n\n> [!NOTE]\n> alert\n',
    "<Tabs>\n\n<Tab>\ntext\n</Tab>\n\n</Tabs>\n\nimport X from 'y'\n\nexport const z = 1\n",
    "##Tight\ntext\n###Next##\n• one\n• two\n",
    "~~gone~~ <del>x</del> kept <!-- c --> <br> <img src=x alt='Alt &amp; more'> end",
    "<table><tr><td>a<td>b\n\n<tr><td>c</table>\n\n<p>unclosed\n\ntext",
    "- a\n\n  b\n\n      code\n  - c\n    1) d\n- # h\n- > q\n- ```\n  fence\n",
    "[^1] and [^n]\n\n[^1]: note\n\n    more\n[^n]: - list\n",
    "**Bold line**\n\ntext\n\n**Q: what?**\n\nA: this.\n\n**Tags:**\n- a\n- a\n",
    "Setext\nheading\n=====\n\nother\n---\n",
    "```\nunclosed fence\n# not heading",
    "\ufeff# BOM inside text",
    "{{", "{%", "[[[[", "<", "</", "<a", "&", "#", "---", "+++\n", "---\n---", "|", "\\", "`", "*" * 50, "> " * 50,
]  # fmt: skip

HTML = [
    "<!DOCTYPE html><html><head><title>T &amp; U</title></head><body><h1>T</h1><p>One\r\n two &nbsp; three</p></html>",
    "<P>Unclosed<P>Next<UL><LI>one<LI>two<UL><LI>deep</UL></UL>tail",
    "<main><article><p>short</p></article><article><h2>a</h2><p>longer text here</p></article></main>",
    "<header><h1>T</h1></header><nav><a href=x>n</a></nav><main><p>x</p></main><footer>f</footer>",
    "<dl><dt>Is it safe?<dd>" + "It is, as far as anybody knows. " * 3 + "</dl>",
    "<table><caption>C</caption><tr><th>a<th>b<tr><td><p>c</p><p>d</p><td><ul><li>e</ul></table>",
    "<p>text<sup><a href='#r3'>3</a></sup> and<sup>4,5</sup> 10<sup>6</sup> <a href='#r'>[1]</a></p><ol><li id=r>R",
    "<p>a<br>b<br><br>c</p><br>&bull; x<br>• y<br>• z",
    "<ol start=3><li>c<li value=7>g</ol><ol type=a><li>x</ol><ol type=I reversed><li>y</ol>",
    "<pre>  a &lt; b\n\tc</pre><blockquote><p>q</p></blockquote><b><p>bold</p></b>",
    "<script>if (a<b) '</p>'</script><style>p{}</style><p hidden>h</p><div style='display:none'>n</div>shown",
    "<p>&#x1F600; 😀 e\u0301 &shy;soft&shy;hyphen &zwnj; &lt;b&gt; &amp;amp; &nosuch; &copy</p>",
    "<img src=a alt='only &quot;alt&quot;'><p><a href=x><img src=y></a></p>",
    "<svg><title>no</title><text>no</text></svg><template><p>no</p></template><noscript>no</noscript>yes",
    "{% block x %}<p>{{ dose }} mg {% cite a %}.</p>{% endblock %}{% markdown %}\n##Head##\n\n- a\n{% endmarkdown %}",
    "---\ntitle: Front\n---\n<p>x</p>",
    "<a name=top><p>para</p><a href='u'>link <p>over</p> blocks</a>",
    "<form><p>" + "whole page in a form " * 20 + "</p></form>",
    "<li>stray</li></ul></table></p></div></b><td>cell</td>",
    "<p class='x", '<p title="a>b', "<!-- open", "<!-->x", "<![CDATA[x]]>", "<?php echo '?>'; ?>x", "</", "<",
    "&", "&#", "&#0;",
    "<script>unclosed", "<title>unclosed", "<textarea>unclosed", "<ol><ol><ol>", "<h1><h2>x</h1></h2>",
]  # fmt: skip


TEXT = [
    "TITLE\nA subtitle\n====\n\nby Jo Doe, RN\nMay 2024\n\nA line that is wrapped somewhere about here\nand goes on.",
    "1. One\n2. Two\n   goes on\n\n3. Three\n\n- a\n  * b\n    o c\n(i) d\n(ii) e\n",
    "A. for\nB. good\n\nStep 1: wait\nStep 2: rest\n\n1 - jump\n2 - rest\n\nI. one\nII. two\nIII. ",
    "Head\n----\n+---+---+\n| a | b |\n+---+---+\n|   | \u200b |\na\tb\nc\td\n\t\te\n\none   two\nsix   ten\n||||\n| |",
    "***\n* BOX *\n*   *\n***\n*** x ***\n## y ##\n== z ==\n** **\n____\n# #\n##\n-- a --",
    "> quoted\n>> twice\n>\n> - item\n>5% of people\n> > ",
    "Q: a?\nA: b.\nQ2. c\nA2. d\nQ:\nA:\nQ: \u200b\nTitle: \nTags:\nTags: ,;|\nTags: a,, b ;\nCategory: c\n(c) 2024",
    "Such as:\n\none\ntwo\n\nWhat?\nWho?\n\nContents\n- a\n- b\n\nSources\nA. 2001.\nB. 2002. https://x.org/(a)\nwww.y.org.",
    "<!-- a --> <!-- b -->\ntext <!-- c -->\n<!-- d\ne -->\n<!-- open\n",
    "\ufeffTitle\u2028line\u2029\x0bline\x0cline\x85line\x1cline\u00a0\n\u3000indented\n\u200b\n\u00ad\n",
    "e\u0301 \U0001f469\u200d\u2695\ufe0f\n\n✅ a\n✔️ b\n\uf0b7\tc\n•d\n-e\n1.F\n\U0001f4a9",
]  # fmt: skip


RST = [
    "=====\nTitle\n=====\n\nPart\n----\n\ntext\n\nOther\n----\nText right below.\n",
    ("`a <b>`_ `c\n<d e>`__ `f`_ g_ h__ [1]_ [#]_ [#x]_ [*]_ :r:`i <j>` ``k_`` |l| \\_ x\\ y\n\n"
    ".. _f: u\n__ v\n.. [1] n\n.. [#] m"),
    "- a\n\n  - b\n    c\n\n      quote\n\n    #. d\n    #. e\n\nterm\n   def\n\n   more\n\n      deeper\nback",
    (".. note::\n\n   .. warning:: w\n      x\n\n      - y\n   z\n\n.. code::\n\n   c\n\n"
    ".. c1 -->\n..\n   hidden\n.. figure:: p\n   :alt: q\n\n   cap"),
    ("::\n\n  lit\n\na::\n\n  lit2\n b\n>>> x\ny\n\n| l1\n| l2\n\n"
    "=====  ==\na      b\n=====  ==\nc      d\n=====  ==\n\n+--+\n|x |\n+--+"),
    (":A: b\n:C:\n   d\n\n.. meta::\n   :description: e\n\n\U0001f469 e\u0301 `\U0001f600 <x>`_\n====\n\n"
    "    q\n\n----\n\n#no\n>no\n*no"),
    "..", ".. [", ".. [1]", ".. x::", "`", "`<>`_", "`<a_>`_", "::", "==", "== ==", "+-+", "| ", ":", ":a:",
    "a\n  b\n    c\n\n        d",
]  # fmt: skip
