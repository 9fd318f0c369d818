"""Pages as publishing systems write them: what belongs to the article, what to the page, and where it stands."""

import pytest

from healthlint.documents import read_text
from healthlint.documents.document import Block, Document, Kind


def html(text: str) -> Document:
    return read_text("a.html", text, "html")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in html(text).blocks]


def article(text: str) -> list[str]:
    """What is read as the article's own words."""
    return [block.text for block in html(text).blocks if block.kind is not Kind.FURNITURE]


def furniture(text: str) -> list[str]:
    return [block.text for block in html(text).blocks if block.kind is Kind.FURNITURE]


def links(block: Block) -> list[tuple[str, str, str]]:
    return [(link.kind.value, block.text[link.start : link.end], link.target) for link in block.links]


PROSE = "Take one tablet with a glass of water every morning, and ask a pharmacist if you are not sure. "
LONG = f"<p>{PROSE}</p>" * 4


def test_paragraphs_and_headings_with_spans() -> None:
    document = html("<h1>Iron</h1>\n<p class=x>One\n  <b>two</b> &amp; three.</p>\n<div>Loose text</div>")
    assert [(block.kind.value, block.level, block.text) for block in document.blocks] == [
        ("heading", 1, "Iron"),
        ("paragraph", 0, "One two & three."),
        ("paragraph", 0, "Loose text"),
    ]
    assert document.text[slice(*document.blocks[1].span)] == "<p class=x>One\n  <b>two</b> &amp; three.</p>"
    assert document.text[slice(*document.blocks[1].prose.span(4, 9))] == "two</b> &amp;"


def test_missing_end_tags() -> None:
    assert kinds("<BODY><H2>Uses</H2><P>One<P>Two<UL><LI>a<LI>b</UL>Tail") == [
        ("heading", "Uses"),
        ("paragraph", "One"),
        ("paragraph", "Two"),
        ("item", "a"),
        ("item", "b"),
        ("paragraph", "Tail"),
    ]


def test_wrong_nesting() -> None:
    assert kinds("<p><b>One <i>two</b> three</i></p></div><p>Four</p>") == [
        ("paragraph", "One two three"),
        ("paragraph", "Four"),
    ]


def test_line_breaks() -> None:
    assert kinds("<p>one<br>two<br/>\n<br>three</p>") == [("paragraph", "one two"), ("paragraph", "three")]
    assert kinds("Signs:<br>&nbsp;• fever<br>• rash") == [("paragraph", "Signs:"), ("item", "fever"), ("item", "rash")]


def test_lists_and_their_numbers() -> None:
    document = html("<ol start=3><li>c<ol type=a><li>x<li>y</ol><li value=7>g</ol><ul><li>z</ul>")
    assert [(item.text, item.level, item.ordinal and item.ordinal.text) for item in document.blocks] == [
        ("c", 1, "3."),
        ("x", 2, "a."),
        ("y", 2, "b."),
        ("g", 1, "7."),
        ("z", 1, None),
    ]
    ordinal = document.blocks[3].ordinal
    assert ordinal is not None
    assert document.text[slice(*ordinal.span)] == "<li value=7>"
    assert document.blocks[0].group == document.blocks[3].group != document.blocks[1].group


def test_an_item_of_several_paragraphs() -> None:
    assert kinds("<ul><li><p>One</p><p>Two</p></li><li><h3>Head</h3>Three</li></ul>") == [
        ("item", "One"),
        ("paragraph", "Two"),
        ("heading", "Head"),
        ("paragraph", "Three"),
    ]


def test_questions_and_answers() -> None:
    document = html(
        f"<h2>Questions</h2><dl><dt>Is it safe?</dt><dd>{PROSE}</dd></dl><details><summary>And then?</summary>No."
    )
    assert [(block.kind.value, block.level, block.text) for block in document.blocks] == [
        ("heading", 2, "Questions"),
        ("heading", 3, "Is it safe?"),
        ("paragraph", 0, PROSE.strip()),
        ("heading", 3, "And then?"),
        ("paragraph", 0, "No."),
    ]


def test_short_definitions_are_no_headings() -> None:
    assert kinds("<dl><dt>Author</dt><dd>A. Smith</dd></dl>") == [("item", "Author"), ("paragraph", "A. Smith")]


def test_tables_of_data() -> None:
    document = html(
        "<table><caption>Table 1. Doses</caption>"
        "<tr><th>Drug<th>Dose<tr><td><p>A</p><p>B</p></td><td>5 mg<br>daily</td></table>"
    )
    assert [(block.kind.value, block.text, block.group) for block in document.blocks] == [
        ("caption", "Table 1. Doses", -1),
        ("cell", "Drug", 1),
        ("cell", "Dose", 1),
        ("cell", "A B", 2),
        ("cell", "5 mg daily", 2),
    ]


def test_tables_of_layout() -> None:
    assert kinds(f"<table><tr><td>Menu</td><td><h1>Iron</h1>{LONG}</td></tr></table>")[1] == ("heading", "Iron")


def test_figures_and_code() -> None:
    assert kinds(
        "<figure><img src=a alt='A heart'><figcaption>Figure 1. The heart</figcaption></figure><pre>a\n  b</pre>"
    ) == [
        ("caption", "A heart"),
        ("caption", "Figure 1. The heart"),
        ("code", "a\n  b"),
    ]


def test_quotations() -> None:
    assert kinds("<p>She said <q>it <b>cures</b></q>.</p>") == [("paragraph", "She said “it cures”.")]
    assert [block.quoted for block in html("<blockquote><p>a</p></blockquote><p>b</p>").blocks] == [True, False]


def test_a_bold_paragraph_is_a_heading() -> None:
    document = html("<h2>Uses</h2><p><strong>For pain</strong></p><p><b>It works.</b></p>")
    assert [(block.kind.value, block.level) for block in document.blocks] == [
        ("heading", 2),
        ("heading", 3),
        ("paragraph", 0),
    ]


def test_links() -> None:
    document = html(
        '<p>See <a href="https://nhs.uk/?a=1&amp;b=2">the <b>NHS</b></a>, <a href="">here</a>, https://b.org/x.</p>'
    )
    assert links(document.blocks[0]) == [
        ("inline", "the NHS", "https://nhs.uk/?a=1&b=2"),
        ("inline", "here", ""),
        ("bare", "https://b.org/x", "https://b.org/x"),
    ]


def test_note_marks() -> None:
    document = html(
        '<p>Shown<sup>3</sup> and <sup><a href="#ref4">[4]</a></sup>, <a href="#ref1">[1]</a>, m<sup>2</sup>.</p>'
        '<ol><li id="ref1">Smith</li><li id="cite_note-4">Jones</li></ol>'
    )
    assert document.blocks[0].text == "Shown and , [1], m²."
    assert links(document.blocks[0]) == [("note", "", "3"), ("note", "", "4"), ("inline", "[1]", "#ref1")]
    assert [block.label for block in document.blocks[1:]] == ["1", "4"]


def test_the_way_back_from_a_note_is_no_text() -> None:
    assert kinds('<ol><li id="fn1">Smith. <a href="#fnref1">↩</a></li></ol>') == [("item", "Smith.")]


def test_anchors_are_those_of_the_page() -> None:
    assert html('<h2 id="uses">Side effects</h2><a name="old"></a><p id=x>y</p>').anchors == {"uses", "old", "x"}


def test_the_page_around_the_article() -> None:
    page = f"""<html><body><a class="skip-link" href="#c">Skip to content</a>
    <header class="site-header"><h1><a href="/">Health Daily</a></h1><nav><ul><li><a href=/a>A</a></ul></nav></header>
    <div class="breadcrumbs"><a href="/">Home</a> / Iron</div>
    <main><article><h1>Iron</h1>{LONG}<div class="share-buttons">Share this</div>
    <aside>{PROSE}</aside><footer class=entry-footer>{PROSE}</footer></article>
    <section id="comments"><h2>Comments</h2><p>{PROSE}</p></section></main>
    <aside class="sidebar"><h3>Newsletter</h3></aside><footer><p>Notice</p></footer></body></html>"""
    assert article(page) == ["Iron", *[PROSE.strip()] * 6]
    assert furniture(page) == [
        "Skip to content",
        "Health Daily",
        "A",
        "Home / Iron",
        "Share this",
        "Comments",
        PROSE.strip(),
        "Newsletter",
        "Notice",
    ]


def test_a_header_with_the_title_belongs_to_the_article() -> None:
    header = "<header><a href=/>Unit</a><h1>Iron</h1><p>By A. Smith.</p></header>"
    page = f"<body>{header}<nav>n</nav><main>{LONG}</main></body>"
    assert article(page)[:2] == ["Iron", "By A. Smith."]
    assert furniture(page) == ["Unit", "n"]


def test_the_name_of_the_site_is_no_title() -> None:
    page = f"<body><header><h1>Health Daily</h1></header><main><h1>Iron</h1>{LONG}</main></body>"
    assert html(page).title is not None
    assert article(page)[0] == "Iron"


def test_the_longest_of_several_articles() -> None:
    page = f"<main><article><h1>Iron</h1>{LONG}</article><article><h2>Zinc</h2>Read more</article></main>"
    assert article(page)[0] == "Iron"
    assert furniture(page) == ["Zinc", "Read more"]


def test_articles_that_are_sections_stay_together() -> None:
    page = "<main><h1>Iron</h1>" + f"<article><h2>Part</h2><p>{PROSE}</p></article>" * 3 + "</main>"
    assert article(page).count("Part") == 3


@pytest.mark.parametrize(
    "mark", ['class="entry-content"', "class=post-content", 'id="content"', 'itemprop=x class="article-body"']
)
def test_content_that_only_its_class_tells(mark: str) -> None:
    page = f"<body><div class=top>Shop now</div><h1>Iron</h1><div {mark}>{LONG}</div><div>Other stuff</div></body>"
    assert article(page)[0] == "Iron"
    assert furniture(page) == ["Shop now", "Other stuff"]


def test_links_around_a_named_part_are_left_out() -> None:
    menu = "<ul>" + "<li><a href=/x>Another page of this site</a></li>" * 9 + "</ul>"
    page = f"<body><div id=content>{menu}<div id=content-main><h1>Iron</h1>{LONG}</div>{menu}</div></body>"
    assert article(page) == ["Iron", *[PROSE.strip()] * 4]


def test_names_that_only_look_like_furniture() -> None:
    section = f'<section id="menu"><h2>Menu</h2>{LONG}</section>'
    page = f'<body class="has-sidebar menu"><div class="content-with-sidebar">{section}</div>'
    assert furniture(page) == []


def test_what_nobody_reads() -> None:
    page = "<script>b</script><style>c</style><noscript>d</noscript><svg><text>e</text></svg><form>f</form>"
    assert kinds(f"<p>a</p>{page}<button>g</button>") == [("paragraph", "a")]
    assert kinds("<h3><button>Is it safe?</button></h3>") == [("heading", "Is it safe?")]
    assert kinds(f"<form><h1>Iron</h1>{LONG}</form>")[0] == ("heading", "Iron")


def test_what_is_hidden() -> None:
    page = (
        f"{LONG}<p hidden>a</p><p style='display: none'>b</p><span class=sr-only>c</span><div aria-hidden=true>d</div>"
    )
    assert furniture(page) == ["a", "b", "c", "d"]
    assert kinds('<p>Take <span class="sr-only">warning:</span> one.</p>') == [("paragraph", "Take one.")]


def test_keywords() -> None:
    page = f'<article>{LONG}<p>Tagged <a rel="tag" href=/a>iron</a>, <a rel="tag" href=/b>iron</a></p></article>'
    tags = [block for block in html(page).blocks if block.kind is Kind.TAG]
    assert [tag.text for tag in tags] == ["iron", "iron"]
    assert tags[0].group == tags[1].group
    assert furniture(page) == ["Tagged", ","]


def test_fields() -> None:
    document = html(
        '<html lang="en-GB"><head><title>Iron &amp;\n you</title><meta name="Author" content="A. Smith">'
        '<meta property="article:published_time" content="2024-05-21"><script type="application/ld+json">'
        '{"@graph": [{"@type": "WebPage", "lastReviewed": "2024-05-01", "reviewedBy": [{"name": "B. \\u00dc"}]}]}'
        "</script></head><body><time itemprop=dateModified datetime=2024-06-01>June</time></body></html>"
    )
    found = {name: (value, document.text[slice(*span)]) for name, value, span in document.fields}
    assert found["lang"] == ("en-GB", "en-GB")
    assert found["title"] == ("Iron & you", "Iron &amp;\n you")
    assert found["author"] == ("A. Smith", "A. Smith")
    assert found["article:published_time"] == ("2024-05-21", "2024-05-21")
    assert found["lastreviewed"] == ("2024-05-01", "2024-05-01")
    assert found["reviewedby.name"][0] == "B. Ü"
    assert found["datemodified"] == ("2024-06-01", "2024-06-01")


def test_a_title_element_makes_no_heading() -> None:
    assert kinds("<title>Iron</title><p>Text</p>") == [("paragraph", "Text")]


def test_templates() -> None:
    document = html(
        "{% extends 'base.html' %}\n{% block content %}\n<h1>Iron</h1>\n<p>Take {{ dose }} mg {% cite who %}.</p>\n"
        "<p><a href=\"{% url 'x' %}\">Go</a></p>\n{% markdown %}\n##Uses##\n\n- [a](/a)\n{% endmarkdown %}\n<p>End</p>"
    )
    found = [block for block in document.blocks if block.kind is not Kind.CODE]
    assert [(block.kind.value, block.text) for block in found] == [
        ("heading", "Iron"),
        ("paragraph", "Take {{ dose }} mg."),
        ("paragraph", "Go"),
        ("heading", "Uses"),
        ("item", "a"),
        ("paragraph", "End"),
    ]
    assert links(found[1]) == [("note", "", "who")]
    assert links(found[2]) == [("inline", "Go", "{% url 'x' %}")]


def test_comments() -> None:
    document = html("<p>a <!-- healthlint-disable x --> b</p>")
    assert document.blocks[0].text == "a b"
    assert [(words, document.text[slice(*span)]) for words, span in document.comments] == [
        ("healthlint-disable x", "<!-- healthlint-disable x -->")
    ]


def test_entities() -> None:
    block = html("<p>&lt;b&gt;&nbsp;&#x1F600; cu&shy;re &bogus; A&amp;E</p>").blocks[0]
    assert block.text == "<b> 😀 cure &bogus; A&E"
    assert block.prose.span(0, 3) == (3, 12)


def test_lists_that_were_typed() -> None:
    page = (
        "<p>Bring:<br>1) a coat<br>2) water</p><p>- one</p><p>- two</p><p>- lone</p><p>Then - rest.</p><p>1. Alone</p>"
    )
    assert kinds(page) == [
        ("paragraph", "Bring:"),
        ("item", "a coat"),
        ("item", "water"),
        ("item", "one"),
        ("item", "two"),
        ("item", "lone"),
        ("paragraph", "Then - rest."),
        ("paragraph", "1. Alone"),
    ]


def test_items_without_markers_between_line_breaks() -> None:
    assert kinds("<div>2 eggs<br>1 onion<br>half a lemon<br><br>Beat them.</div>") == [
        ("item", "2 eggs"),
        ("item", "1 onion"),
        ("item", "half a lemon"),
        ("paragraph", "Beat them."),
    ]


def test_headings_that_only_look_like_some() -> None:
    page = (
        "<h1>Ears</h1><p><span style='font-weight:700;font-size:28px'>What helps</span></p>"
        "<p><span style='font-weight:bold'>Sound</span></p><p>Rain.</p>"
        "<div><b>Aids</b><br>They help a lot of people.</div><div class='x-heading-title'>More</div><p>Text.</p>"
    )
    found = [(b.level, b.text) for b in html(page).blocks if b.kind is Kind.HEADING]
    assert found == [(1, "Ears"), (2, "What helps"), (3, "Sound"), (3, "Aids"), (3, "More")]


def test_what_a_word_processor_writes() -> None:
    page = (
        "<p class=MsoTitle>Falls</p><p class=MsoListParagraph style='text-indent:-18.0pt'>·&nbsp;&nbsp; a fall</p>"
        "<p class=MsoListParagraph>o&nbsp; ask</p>"
        "<p class=MsoListParagraph>·&nbsp; tablets</p><p class=MsoQuote>Oh.</p>"
    )
    blocks = html(page).blocks
    assert [(b.kind.value, b.level, b.text) for b in blocks] == [
        ("heading", 1, "Falls"),
        ("item", 1, "a fall"),
        ("item", 2, "ask"),
        ("item", 1, "tablets"),
        ("paragraph", 0, "Oh."),
    ]
    assert blocks[-1].quoted


def test_a_listed_heading_has_the_number_of_its_item() -> None:
    blocks = html(
        "<h1>Salt</h1><ol><li><h2>Taste</h2><p>Slowly.</p></li><li><h2>Read</h2><p>Labels.</p></li></ol>"
    ).blocks
    assert [b.ordinal.value for b in blocks if b.ordinal] == [1, 2]
