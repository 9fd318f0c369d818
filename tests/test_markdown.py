"""Markdown as its authors write it: what becomes which block, and where it stands."""

import pytest

from healthlint.documents import read_text
from healthlint.documents.document import Block, Document, Kind, LinkKind


def markdown(text: str) -> Document:
    return read_text("a.md", text, "markdown")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in markdown(text).blocks]


def only(text: str) -> Block:
    (block,) = markdown(text).blocks
    return block


def source(document: Document, block: Block) -> str:
    return document.text[slice(*block.span)]


def links(block: Block) -> list[tuple[str, str, str]]:
    return [(link.kind.value, block.text[link.start : link.end], link.target) for link in block.links]


def test_headings_have_levels_and_spans() -> None:
    document = markdown("# One\n\nTwo\nwords\n---\n\n### Three ###\n")
    assert [(block.text, block.level) for block in document.blocks] == [("One", 1), ("Two words", 2), ("Three", 3)]
    assert [source(document, block) for block in document.blocks] == ["# One", "Two\nwords\n---", "### Three ###"]


def test_wrapped_lines_are_one_paragraph() -> None:
    block = only("Take it  \nwith food\\\nand water,\ndaily.")
    assert block.text == "Take it with food and water, daily."
    assert block.prose.span(8, 17) == (10, 19)


def test_numbers_of_headings() -> None:
    document = markdown("## 1. Uses\n\n## Step 2: Doses\n\n## 5 foods to avoid\n")
    ordinals = [block.ordinal for block in document.blocks]
    assert [ordinal and (ordinal.value, ordinal.text) for ordinal in ordinals] == [(1, "1."), (2, "Step 2:"), None]
    assert ordinals[0] is not None
    assert document.text[slice(*ordinals[0].span)] == "1."


def test_lists_keep_the_numbers_that_are_written() -> None:
    document = markdown("1. a\n1. b\n\nand then\n\n7) c\n8) d\n")
    items = [block for block in document.blocks if block.kind is Kind.ITEM]
    assert [(item.text, item.ordinal and item.ordinal.value, item.ordered) for item in items] == [
        ("a", 1, True),
        ("b", 1, True),
        ("c", 7, True),
        ("d", 8, True),
    ]
    assert items[0].group == items[1].group != items[2].group == items[3].group
    assert [document.text[slice(*item.ordinal.span)] for item in items if item.ordinal] == ["1.", "1.", "7)", "8)"]


def test_nested_lists() -> None:
    document = markdown("- a\n  - b\n    - c\n- d\n")
    assert [(item.text, item.level) for item in document.blocks] == [("a", 1), ("b", 2), ("c", 3), ("d", 1)]
    assert document.blocks[0].group == document.blocks[3].group != document.blocks[1].group
    assert source(document, document.blocks[0]) == "- a"


def test_the_second_paragraph_of_an_item_is_a_paragraph() -> None:
    assert kinds("- **Name**\n\n  Text under it.\n\n- Next\n") == [
        ("item", "Name"),
        ("paragraph", "Text under it."),
        ("item", "Next"),
    ]


def test_task_boxes_and_escapes_are_not_text() -> None:
    assert only("- [x] ask \\*your\\* doctor").text == "ask *your* doctor"


def test_bullets_that_markdown_does_not_know() -> None:
    document = markdown("Signs are:\n• fever\n• a rash\nthat spreads\n\nCall us.")
    assert [(block.kind, block.text) for block in document.blocks] == [
        (Kind.PARAGRAPH, "Signs are:"),
        (Kind.ITEM, "fever"),
        (Kind.ITEM, "a rash that spreads"),
        (Kind.PARAGRAPH, "Call us."),
    ]
    assert document.blocks[1].group == document.blocks[2].group


def test_headings_without_a_space() -> None:
    document = markdown("##Uses##\nFor pain.\n###Side effects\nNausea.\n\n#Storing the tablets\n\n#health #pain")
    assert [(block.kind.value, block.level, block.text) for block in document.blocks] == [
        ("heading", 2, "Uses"),
        ("paragraph", 0, "For pain."),
        ("heading", 3, "Side effects"),
        ("paragraph", 0, "Nausea."),
        ("heading", 1, "Storing the tablets"),
        ("furniture", 0, "#health #pain"),
    ]


def test_a_short_bold_paragraph_is_a_heading() -> None:
    document = markdown("# T\n\n## Uses\n\n**For pain**\n\nText.\n\n**Storage**:\n\n- dry\n")
    assert [(block.text, block.level) for block in document.blocks if block.kind is Kind.HEADING] == [
        ("T", 1),
        ("Uses", 2),
        ("For pain", 3),
        ("Storage:", 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "**It is safe.**",
        "**What it does.** It helps.",
        "**Side effects of this medicine include:**",
        "**Q: Is it safe?**",
        "**Is it safe?**\n\nA: It is.",
        "**" + "Long " * 20 + "line**",
        "> **Quoted words**",
        "*Only emphasis*",
        "***Last updated: May 2024***",
        "**By Jane Roe, RN**",
    ],
)
def test_other_bold_lines_are_no_headings(text: str) -> None:
    assert Kind.HEADING not in {block.kind for block in markdown(f"# Title\n\n{text}\n").blocks[1:]}


def test_tables() -> None:
    document = markdown("| Drug | Dose |\n|---|---|\n| A *b* | `5` mg |\n| | x \\| y |\n")
    assert [(cell.text, cell.group) for cell in document.blocks] == [
        ("Drug", 0),
        ("Dose", 0),
        ("A b", 1),
        ("5 mg", 1),
        ("x | y", 2),
    ]


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("*Table 1. Doses*\n\n|a|\n|-|\n|b|\n", "Table 1. Doses"),
        ("|a|\n|-|\n|b|\n\n**Table: doses**\n", "Table: doses"),
        ("Figure 2: The heart\n\n![](heart.png)\n\ntext", "Figure 2: The heart"),
        ("![](x.png)\n*Photo by Ann*", "Photo by Ann"),
        ("![A heart](heart.png)", "A heart"),
    ],
)
def test_captions(text: str, caption: str) -> None:
    assert ("caption", caption) in kinds(text)


def test_words_that_only_name_a_figure_are_no_caption() -> None:
    assert kinds("Figure 2 shows it.\n\n|a|\n|-|\n|b|\n")[0] == ("paragraph", "Figure 2 shows it.")


def test_quotes_and_alerts() -> None:
    document = markdown("> He said\n> so.\n\n> [!WARNING]\n> Ask first.\n")
    assert [(block.text, block.quoted) for block in document.blocks] == [("He said so.", True), ("Ask first.", False)]


def test_code_is_code() -> None:
    assert kinds("Use `x` now.\n\n```sh\n# not a heading\n```\n\n    indented\n") == [
        ("paragraph", "Use x now."),
        ("code", "# not a heading"),
        ("code", "indented"),
    ]


def test_footnotes() -> None:
    document = markdown("It helps.[^1] So[^b] it does [^gone].\n\n[^1]: Smith 2020.\n\n    More.\n[^b]: Jones.\n")
    assert links(document.blocks[0]) == [("note", "", "1"), ("note", "", "b")]
    assert document.blocks[0].text == "It helps. So it does [^gone]."
    assert [(note.kind, note.label, note.text) for note in document.blocks[1:]] == [
        (Kind.NOTE, "1", "Smith 2020."),
        (Kind.NOTE, "1", "More."),
        (Kind.NOTE, "b", "Jones."),
    ]


def test_superscripts() -> None:
    block = only("Shown<sup>3</sup> twice<sup>4,5</sup> often<sup>7–9</sup>.<sup>†</sup>")
    assert block.text == "Shown twice often."
    assert [target for _, _, target in links(block)] == ["3", "4", "5", "7", "8", "9", "†"]
    assert (
        only("30 kg/m<sup>2</sup>, 10<sup>6</sup>, <sup>131</sup>I, 5<sup>th</sup>").text == "30 kg/m², 10⁶, ¹³¹I, 5th"
    )


def test_links() -> None:
    block = only(
        "See [the *NHS*](https://nhs.uk 'x'), [r][a], [a], <https://b.org>, [no][gone] and ![i](p.png).\n\n[a]: /u"
    )
    assert block.text == "See the NHS, r, a, https://b.org, [no][gone] and ."
    assert links(block) == [
        ("inline", "the NHS", "https://nhs.uk"),
        ("inline", "r", "/u"),
        ("inline", "a", "/u"),
        ("bare", "https://b.org", "https://b.org"),
        ("image", "", "p.png"),
    ]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("See https://nhs.uk/a_b_c.", "https://nhs.uk/a_b_c"),
        ("(https://nhs.uk/a)", "https://nhs.uk/a"),
        ("https://en.wikipedia.org/wiki/Iron_(drug), and", "https://en.wikipedia.org/wiki/Iron_(drug)"),
        ("www.nhs.uk?", "www.nhs.uk"),
        ("https://x.org/?a=1&amp;b=2!", "https://x.org/?a=1&b=2"),
    ],
)
def test_bare_addresses(text: str, target: str) -> None:
    block = only(text)
    assert links(block) == [("bare", target, target)]


def test_a_linked_image_alone_has_its_words() -> None:
    block = only("[![Buy it](b.png)](https://shop.example)")
    assert links(block) == [("inline", "Buy it", "https://shop.example"), ("image", "Buy it", "b.png")]


def test_an_image_without_words_leaves_its_link_to_the_block_before() -> None:
    document = markdown("Text.\n\n![](x.png)\n\nMore.")
    assert [block.text for block in document.blocks] == ["Text.", "More."]
    assert [link.kind for link in document.blocks[0].links] == [LinkKind.IMAGE]


def test_link_definitions() -> None:
    document = markdown("[x][ref]\n\n[ref]: https://a.org 'Smith J. A trial. BMJ 2020.'\n[other]: /o\n")
    assert {name: document.text[slice(*span)] for name, span in document.definitions.items()} == {
        "ref": "[ref]: https://a.org 'Smith J. A trial. BMJ 2020.'",
        "other": "[other]: /o",
    }
    assert [(block.label, block.text) for block in document.blocks if block.kind is Kind.NOTE] == [
        ("[ref]", "Smith J. A trial. BMJ 2020.")
    ]


def test_inline_html() -> None:
    document = markdown(
        'A <b>bold</b><br>word <a href="/u">link</a><!-- why --> <span id="here">x</span> <del>not</del>.'
    )
    assert document.blocks[0].text == "A bold word link x ."
    assert links(document.blocks[0]) == [("inline", "link", "/u")]
    assert document.anchors == {"here"}
    assert [words for words, _ in document.comments] == ["why"]


def test_blocks_of_html() -> None:
    document = markdown(
        "> <div>\n> <p>One &amp; <b>two</b></p>\n> </div>\n\n<h2>Uses</h2>\n<ol start=4>\n<li>x\n</ol>\n"
    )
    assert [(block.kind.value, block.text, block.quoted) for block in document.blocks] == [
        ("paragraph", "One & two", True),
        ("heading", "Uses", False),
        ("item", "x", False),
    ]
    assert document.blocks[2].ordinal is not None
    assert document.blocks[2].ordinal.value == 4


def test_struck_words_are_not_said() -> None:
    assert only("It ~~cures~~ eases pain, 10~20 mg.").text == "It  eases pain, 10~20 mg."


def test_template_tags_are_not_prose() -> None:
    document = markdown(
        "{% include head.html %}\n\nIt is safe {% cite seal2017 -l 2 %}. Take {{ dose }} mg.\n{% endcapture %}\n"
        "[Read]({% link a.md %}) on.\n{: .note #mark }\n\n{% highlight sh %}\n# x\n{% endhighlight %}\n"
    )
    assert [(block.kind.value, block.text) for block in document.blocks] == [
        ("code", "{% include head.html %}"),
        ("paragraph", "It is safe. Take {{ dose }} mg."),
        ("code", "{% endcapture %}"),
        ("paragraph", "Read on."),
        ("code", "{% highlight sh %}\n# x\n{% endhighlight %}"),
    ]
    assert links(document.blocks[1]) == [("note", "", "seal2017")]
    assert links(document.blocks[3]) == [("inline", "Read", "{% link a.md %}")]
    assert "mark" in document.anchors


def test_shortcodes() -> None:
    assert kinds('{{< figure src="a.png" >}}\n\nText {{< ref "x" >}}here{{% /note %}}.\n') == [
        ("code", '{{< figure src="a.png" >}}'),
        ("paragraph", "Text here."),
    ]


def test_tags_inside_code_are_code() -> None:
    assert kinds("```\n{% include x %}\nimport a from 'b'\n```\n") == [("code", "{% include x %}\nimport a from 'b'")]


def test_mdx() -> None:
    head = "import Box from '../box'\nimport {\n  A,\n} from 'b'\nexport const meta = {\n  a: 1,\n}\n\n# T\n\n"
    document = markdown(head + "<Box kind='x'>\nText **here**.\n</Box>\n\n{/* note */}\n")
    assert [(block.kind.value, block.text) for block in document.blocks if block.kind is not Kind.CODE] == [
        ("heading", "T"),
        ("paragraph", "Text here."),
    ]
    assert [words for words, _ in document.comments] == ["note"]


def test_words_that_look_like_mdx() -> None:
    text = "Doctors\nimport this drug from abroad\nand export it."
    assert only(text).text == "Doctors import this drug from abroad and export it."


@pytest.mark.parametrize(
    "text",
    [
        '!!! warning "Ask first"\n\n    Take it **with** food.\n\n    - one\n\nAfter.',
        '??? note "Ask first"\n    Take it **with** food.\n\n    - one\n\nAfter.',
        ":::tip Ask first\nTake it **with** food.\n\n- one\n\n:::\n\nAfter.",
        "::: {.callout} [Ask first]\n\nTake it **with** food.\n\n- one\n:::\n\nAfter.".replace(" [", "["),
    ],
)
def test_admonitions(text: str) -> None:
    document = markdown(text)
    assert [(block.kind.value, block.text, block.level) for block in document.blocks] == [
        ("paragraph", "Ask first", 0),
        ("paragraph", "Take it with food.", 0),
        ("item", "one", 1),
        ("paragraph", "After.", 0),
    ]


def test_the_lines_of_the_publishing_system() -> None:
    document = markdown("Text.\n\nTags: pain, sleep\n\nLeave a Reply\n\n**Keywords:**\n\n- pain\n- pain\n")
    assert [block.text for block in document.blocks if block.kind is Kind.TAG] == ["pain", "sleep", "pain", "pain"]
    assert "Leave a Reply" in [block.text for block in document.blocks if block.kind is Kind.FURNITURE]


def test_a_list_of_links_to_headings_is_navigation() -> None:
    document = markdown(
        "## Contents\n\n- [Uses](#uses)\n  - [Doses](#doses)\n\n## Uses\n\n- [Read](https://a.org)\n- [More](https://b.org)\n"
    )
    assert [block.kind.value for block in document.blocks] == [*["furniture"] * 3, "heading", "item", "item"]


def test_anchors() -> None:
    document = markdown("# Side effects?\n\n## Uses\n\n## Uses\n\n## 1. Wärme & Kälte {#warm}\n\n<a name='old'></a>\n")
    assert {"side-effects", "uses", "uses-1", "1-wärme--kälte", "warm", "old"} <= document.anchors


def test_the_title_of_the_front_matter() -> None:
    document = markdown("---\ntitle: 'Iron: a guide'\ntags: [iron, blood]\n---\n\nText.\n\n## Uses\n")
    assert [(block.kind.value, block.level, block.text) for block in document.blocks[:3]] == [
        ("heading", 1, "Iron: a guide"),
        ("tag", 0, "iron"),
        ("tag", 0, "blood"),
    ]
    assert source(document, document.blocks[0]) == "Iron: a guide"
    assert document.title is document.blocks[0]
    with_heading = markdown("---\ntitle: Iron\n---\n\n# Iron for you\n")
    assert [block.text for block in with_heading.blocks] == ["Iron for you"]


def test_comments_are_told_with_their_place() -> None:
    document = markdown("a\n\n<!-- healthlint-disable claims -->\n\nb <!-- x -->\n\n{# y #}\n")
    assert [words for words, _ in document.comments] == ["healthlint-disable claims", "x", "y"]
    assert [document.text[slice(*span)] for _, span in document.comments] == [
        "<!-- healthlint-disable claims -->",
        "<!-- x -->",
        "{# y #}",
    ]


def test_invisible_characters() -> None:
    block = only("10\u00a0mg of a cu\u00adre\u200b now")
    assert block.text == "10 mg of a cure now"
    assert block.prose.span(11, 15) == (11, 16)


def test_terms_of_a_list_of_definitions_are_items() -> None:
    document = markdown("Drain\n:   The old fluid runs out.\n\nIs it safe?\n:   Yes.\n")
    assert [(block.kind.value, block.text) for block in document.blocks] == [
        ("item", "Drain"),
        ("paragraph", "The old fluid runs out."),
        ("heading", "Is it safe?"),
        ("paragraph", "Yes."),
    ]


def test_lists_that_only_pandoc_knows() -> None:
    document = markdown("Ask for\n\na)  oxygen\nb)  fluids, and\n    more of them\n\n(@) a test\n(@) a bed\n")
    assert [(block.kind.value, block.text, block.ordinal and block.ordinal.value) for block in document.blocks] == [
        ("paragraph", "Ask for", None),
        ("item", "oxygen", 1),
        ("item", "fluids, and more of them", 2),
        ("item", "a test", None),
        ("item", "a bed", None),
    ]


def test_an_indent_inside_a_component_is_no_code() -> None:
    document = markdown("<Card title='x'>\n    Tablets. Take them.\n</Card>\n")
    assert [(block.kind.value, block.text) for block in document.blocks] == [("paragraph", "Tablets. Take them.")]


def test_comments_of_obsidian_are_no_text() -> None:
    document = markdown("Take it.\n\n%% ask Mum %%\n")
    assert [block.text for block in document.blocks] == ["Take it."]
    assert document.comments[0][0] == "ask Mum"


def test_front_matter_in_json() -> None:
    document = markdown('---json\n{\n  "title": "Sleep"\n}\n---\n\n**Before**\n\nWrite it down.\n')
    assert [(block.level, block.text) for block in document.blocks if block.level] == [(1, "Sleep"), (2, "Before")]


def test_titles_under_related_are_furniture() -> None:
    document = markdown("# Salt\n\nLess of it.\n\n## Related posts\n\n- [Pepper](/p)\n- [Sugar](/s)\n\n## More salt\n")
    assert [block.text for block in document.blocks if block.kind is Kind.FURNITURE] == [
        "Related posts",
        "Pepper",
        "Sugar",
    ]
