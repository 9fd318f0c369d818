"""Word files: what is read of them, and where it stands."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx as python_docx
import pytest
from conftest import Run
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from word import document_part, p, packed, part, relations, run, sketch, word, word_file

from fuzzing.promises import check_document as check
from healthlint import findings, rules
from healthlint.documents import ReadError, docx_package, read
from healthlint.documents.document import Document, Kind, LinkKind
from healthlint.documents.docx_numbering import written

RULES = [rules.load(name, path) for name, path in rules.all_available().items()]


def sketches(document: Document) -> list[str]:
    check(document)
    return [sketch(block) for block in document.blocks]


def rows(document: Document) -> list[str]:
    check(document)
    return document.text.removesuffix("\n").split("\n")


def test_each_paragraph_is_a_row_and_each_character_a_column() -> None:
    document = word(p("Garlic", style="Title"), p(), p("It ", run("cures", "<w:b/>"), " colds."))
    assert rows(document) == ["Garlic", "", "It cures colds."]
    block = document.blocks[1]
    span = block.prose.span(*(block.text.index("cures"), block.text.index("cures") + 5))
    assert document.text[slice(*span)] == "cures"
    assert document.position(span.start) == (3, 4)


def test_styles_make_headings_also_by_inheritance_and_outline() -> None:
    document = word(
        p("One", style="H1"),
        p("Two", style="MyH2"),
        p("Three", more='<w:outlineLvl w:val="2"/>'),
        p("Text", style="H1", more='<w:outlineLvl w:val="9"/>'),
        p("Looped", style="Loop"),
        p("Unknown", style="Nowhere"),
        p("Said", style="Quote"),
        p("One ... 1", style="Toc1"),
    )
    assert sketches(document) == [
        "heading 1 One", "heading 2 Two", "heading 3 Three", "paragraph Text", "paragraph Looped", "paragraph Unknown",
        "paragraph Said", "furniture One ... 1",
    ]  # fmt: skip
    assert [block.text for block in document.blocks if block.quoted] == ["Said"]


def test_a_title_stands_above_the_headings() -> None:
    document = word(p("Garlic", style="Title"), p("Uses", style="H1"), p("Colds", style="H2"))
    assert sketches(document) == ["heading 1 Garlic", "heading 2 Uses", "heading 3 Colds"]


def test_bold_lines_and_short_lines_are_headings_where_no_style_says_so() -> None:
    bold = word(p(run("Uses", "<w:b/>")), p("It is used for colds by some."), p("Not bold at all and long enough."))
    assert sketches(bold)[0].startswith("heading")
    text = "Garlic has been eaten for a long time, and many people say that it does them some good in winter."
    plain = word(p("Garlic"), p(text), p("What It Is Used For"), p(text), p("Side Effects"), p(text))
    kinds = [block.kind for block in plain.blocks]
    assert kinds == [Kind.HEADING, Kind.PARAGRAPH] * 3


def test_lists_are_numbered_as_word_shows_them() -> None:
    document = word(
        p("a", item=(1, 0)),
        p("b", item=(1, 1)),
        p("c", item=(1, 1)),
        p("d", item=(1, 2)),
        p("e", item=(1, 0)),
        p("text"),
        p("f", item=(1, 0)),
        p("g", item=(3, 0)),
        p("h", item=(1, 0)),
        p("i", item=(2, 0)),
        p("j", style="Bullets"),
        p("k", style="Bullets", item=(0, 0)),
        p("l", item=(4, 0)),
        p("m", item=(77, 0)),
    )
    assert rows(document) == [
        "1. a", "a) b", "b) c", "1.2.1 d", "2. e", "text", "3. f", "5. g", "6. h", "• i", "• j", "k", "Step I: l", "m",
    ]  # fmt: skip
    by_text = {block.text: block for block in document.blocks}
    d, step = by_text["d"].ordinal, by_text["l"].ordinal
    assert d is not None
    assert (d.style, d.parts, d.value, document.text[slice(*d.span)]) == ("dotted", (1, 2, 1), 1, "1.2.1")
    assert step is not None
    assert (step.word, step.style, step.value) == ("step", "roman", 1)
    assert by_text["a"].group == by_text["e"].group == by_text["f"].group != by_text["g"].group
    assert [by_text[text].level for text in "abd"] == [1, 2, 3]
    assert by_text["k"].kind is by_text["m"].kind is Kind.PARAGRAPH


def test_an_empty_item_counts() -> None:
    document = word(p("a", item=(1, 0)), p(item=(1, 0)), p("c", item=(1, 0)))
    assert rows(document) == ["1. a", "2. ", "3. c"]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (5000, "upperRoman", "5000"),
        (28, "lowerLetter", "bb"), (3, "ordinal", "3rd"), (12, "ordinal", "12th"), (2, "cardinalText", "Two"),
        (2, "ordinalText", "Second"),
        (5, "decimalZero", "05"), (0, "upperLetter", "0"), (7, "hindiNumbers", "7"),
    ],
)  # fmt: skip
def test_formats_of_numbers(value: int, form: str, text: str) -> None:
    assert written(value, form) == text


def test_numbered_headings_have_their_number() -> None:
    document = word(
        p("Uses", style="H1", item=(1, 0)),
        p("text"),
        p("Risks", style="H1", item=(1, 0)),
        p("text"),
        p(run("Cost", "<w:b/>"), item=(1, 0)),
        p("It costs little."),
    )
    found = [(block.text, block.ordinal and block.ordinal.text) for block in document.blocks if block.level]
    assert found == [("Uses", "1."), ("Risks", "2."), ("Cost", "3.")]


def test_tracked_changes_read_as_accepted() -> None:
    document = word(
        p(
            "It ",
            '<w:ins w:id="1">' + run("may ") + "</w:ins>",
            "<w:del><w:r><w:delText>always </w:delText><w:tab/><w:t>really </w:t></w:r></w:del>",
            "<w:moveFrom>" + run("not ") + "</w:moveFrom>",
            "<w:moveTo>" + run("help") + "</w:moveTo>",
            ".",
            more='<w:pPrChange><w:pPr><w:pStyle w:val="H1"/></w:pPr></w:pPrChange>',
        ),
        p("Take ", more="<w:rPr><w:del/></w:rPr>"),
        p(more="<w:rPr><w:del/></w:rPr>"),
        p("two."),
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('gone')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{p('kept')}</w:tc><w:tc>{p('5 mg')}</w:tc></w:tr></w:tbl>",
    )
    assert rows(document) == ["It may help.", "Take two.", "kept", "5 mg"]
    assert document.blocks[0].kind is Kind.PARAGRAPH


def test_links_by_relation_anchor_and_field() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> HYPERLINK '
        '"https://x.org/a b" \\l "dose" \\t "_blank" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("field")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = word(
        p("See ", '<w:hyperlink r:id="rId1">' + run("the ") + run("study", "<w:i/>") + "</w:hyperlink>", "."),
        p('<w:hyperlink w:anchor="Uses">' + run("Uses") + "</w:hyperlink> ", field, " after"),
        p('<w:fldSimple w:instr=" HYPERLINK https://y.org ">' + run("simple") + "</w:fldSimple>"),
        p('<w:hyperlink r:id="gone">' + run("no link") + "</w:hyperlink>"),
        p('<w:bookmarkStart w:id="0" w:name="Uses"/>', "https://bare.org is bare."),
        links=("https://pubmed.gov/1",),
    )
    check(document)
    found = [
        (link.kind, block.text[link.start : link.end], link.target) for block in document.blocks for link in block.links
    ]
    assert found == [
        (LinkKind.INLINE, "the study", "https://pubmed.gov/1"),
        (LinkKind.INLINE, "Uses", "#Uses"),
        (LinkKind.INLINE, "field", "https://x.org/a b#dose"),
        (LinkKind.INLINE, "simple", "https://y.org"),
        (LinkKind.BARE, "https://bare.org", "https://bare.org"),
    ]
    assert "Uses" in document.anchors


def test_only_the_result_of_a_field_is_read() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    nested = f"{begin}{run('IF ')}{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{separate}{run('7')}{end}{separate}"
    document = word(p("a ", nested, "shown", end, " b"), p(begin, "lost"), p("next"))
    assert rows(document) == ["a shown b", "", "next"]


def marked(kind: str, identity: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'


def test_footnotes_and_endnotes_follow_the_text_in_the_order_of_their_marks() -> None:
    def note(identity: int, text: str, kind: str = "footnote", more: str = "") -> str:
        return f'<w:{kind} w:id="{identity}"{more}>{p("<w:r><w:footnoteRef/></w:r>", text)}</w:{kind}>'

    line = note(0, "line", more=' w:type="separator"')
    document = word(
        p("One", marked("footnote", 2), " two", marked("endnote", 5), "."),
        p("Three", marked("footnote", 1), "."),
        footnotes=line + note(1, "First id.") + note(2, "Second id.") + note(3, "Unused."),
        endnotes=note(5, "At the end.", "endnote"),
    )  # fmt: skip
    assert rows(document) == ["One[1] two[i].", "Three[2].", "[1] Second id.", "[2] First id.", "[i] At the end."]
    notes = [block for block in document.blocks if block.kind is Kind.NOTE]
    assert [(block.label, block.text) for block in notes] == [
        ("1", "Second id."),
        ("2", "First id."),
        ("i", "At the end."),
    ]
    marks = [(link.target, document.text[slice(*link.span)]) for link in document.blocks[0].links]
    assert marks == [("1", "[1]"), ("i", "[i]")]
    assert document.blocks[0].text == "One two."


def test_tables_of_data_have_cells_and_those_for_layout_do_not() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    document = word(
        f"<w:tbl>{row(p('Drug'), p('Dose'))}{row(p('Aspirin'), p('300 mg'))}</w:tbl>",
        f"<w:tbl>{row(p('Note', style='H2') + p('In a box.'))}</w:tbl>",
        f"<w:tbl>{row('<w:tbl>' + row(p('a'), p('b')) + row(p('c'), p('d')) + '</w:tbl>' + p('outer'))}</w:tbl>",
    )
    assert sketches(document) == [
        "cell Drug", "cell Dose", "cell Aspirin", "cell 300 mg", "heading 2 Note", "paragraph In a box.",
        "cell a", "cell b", "cell c", "cell d", "paragraph outer",
    ]  # fmt: skip
    groups = [block.group for block in document.blocks]
    assert groups[0] == groups[1] != groups[2] == groups[3]


def test_text_boxes_come_once_and_behind_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    alternatives = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert rows(word(p("Before ", alternatives, "after."), p("Next."))) == ["Before after.", "In the box.", "Next."]


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def test_breaks_tabs_symbols_and_hidden_text() -> None:
    document = word(
        p("a", "<w:r><w:br/></w:r>", "b", "<w:r><w:tab/></w:r>", "c", more="<w:tabs><w:tab w:val='left'/></w:tabs>"),
        p("5 ", symbol("Symbol", "F06D"), "g", symbol("Wingdings", "F04A")),
        p("no", "<w:r><w:noBreakHyphen/></w:r>", "break", "<w:r><w:softHyphen/></w:r>", "able"),
        p("seen", run("hidden", "<w:vanish/>"), run(" shown", '<w:vanish w:val="0"/>')),
        p("secret", style="Secret"),
        p("<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>" + run("in control") + "</w:sdtContent></w:sdt>"),
        p("line\nbroken in XML"),
    )  # fmt: skip
    assert rows(document) == ["a b\tc", "5 µg", "no-breakable", "seen shown", "", "in control", "line broken in XML"]
    assert document.blocks[0].text == "a b c"


def test_pictures_are_no_empty_section() -> None:
    picture = '<w:r><w:drawing><a:pic xmlns:a="urn:pictures"/></w:drawing></w:r>'
    document = word(
        p("T", style="Title"),
        p("Chart", style="H1"),
        p(picture),
        p("Empty", style="H1"),
        p("Uses", style="H1"),
        p("x."),
    )
    found = [found for found in findings.lint(document, RULES) if found.name == "empty-section"]
    assert [document.text[slice(*each.span)] for each in found] == ["Empty"]


def test_properties_are_fields_in_rows_of_their_own() -> None:
    core = (
        "<dc:title>Garlic</dc:title><dc:creator>Jane\nDoe</dc:creator><cp:keywords>garlic; colds, garlic</cp:keywords>"
        "<dc:description>generated by python-docx</dc:description>"
        "<dcterms:created>2026-01-05T10:00:00Z</dcterms:created>"
    )
    document = word(p("Text."), core=core)
    assert rows(document) == [
        "Text.", "title: Garlic", "author: Jane Doe", "keywords: garlic", "keywords: colds", "keywords: garlic",
    ]  # fmt: skip
    fields = [(field.name, document.text[slice(*field.span)]) for field in document.fields]
    assert fields[:3] == [("title", "Garlic"), ("author", "Jane Doe"), ("keywords", "garlic")]
    assert [block.text for block in document.blocks if block.kind is Kind.TAG] == ["garlic", "colds", "garlic"]
    assert document.text[: document.end] == "Text.\n"


def comment(identity: int, text: str) -> str:
    return f'<w:comment w:id="{identity}" w:author="x">{p(text)}</w:comment>'


def edges(identity: int, *inner: str) -> list[str]:
    return [
        f'<w:commentRangeStart w:id="{identity}"/>', *inner, f'<w:commentRangeEnd w:id="{identity}"/>',
        f'<w:r><w:commentReference w:id="{identity}"/></w:r>',
    ]  # fmt: skip


def codes(document: Document) -> list[tuple[str, int]]:
    return [
        (found.code, found.location.row)
        for found in findings.lint(document, RULES)
        if found.category in ("claims", "suppressions")
    ]


def test_comments_of_word_silence_the_paragraphs_they_are_written_to() -> None:
    claim = "Garlic cures high blood pressure."
    comments = (
        comment(1, "healthlint-disable claims -- quotes an advert")
        + comment(2, "Really?")
        + comment(3, "healthlint-disable claims")
    )
    document = word(
        p(claim),
        p("It says: ", *edges(1, claim)),
        p(*edges(2, claim)),
        p(claim, *edges(3)),
        p("Nothing."),
        comments=comments,
    )
    check_spans(document)
    assert codes(document) == [("claims/absolute-claim", 1), ("claims/absolute-claim", 3)]
    idle = word(p(*edges(1, "Nothing.")), p(claim), comments=comments)
    assert codes(idle) == [("suppressions/unused", 1), ("claims/absolute-claim", 2)]


def test_comments_for_a_file_and_for_the_paragraph_at_hand() -> None:
    claim = p("Garlic cures high blood pressure.")
    noted = p(*edges(1, "Garlic cures high blood pressure."))
    assert codes(word(p("x"), claim, noted, comments=comment(1, "healthlint-disable-file claims"))) == []
    assert codes(word(claim, noted, comments=comment(1, "healthlint-disable-next-block claims"))) == [
        ("claims/absolute-claim", 1)
    ]


def check_spans(document: Document) -> None:
    """What every report relies on."""
    for found in findings.lint(document, RULES):
        assert 0 <= found.span.start <= found.span.end <= len(document.text)
        assert found.location == document.position(found.span.start)
        assert found.end_location == document.position(found.span.end)


# -- files of other programs


def saved(file: python_docx.document.Document) -> bytes:
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


@pytest.fixture
def article() -> bytes:
    """An article as python-docx writes it, with all of Word's own styles."""
    file = python_docx.Document()
    file.core_properties.author = "Jane Doe"
    file.add_heading("Garlic and blood pressure", 0)
    file.add_paragraph("Garlic cures high blood pressure. Studies have shown that it works.")
    file.add_heading("How to take it", 1)
    for text in ("Peel it.", "Crush it."):
        file.add_paragraph(text, style="List Number")
    file.add_paragraph("With food", style="List Bullet")
    file.add_paragraph("Or milk", style="List Bullet 2")
    paragraph = file.add_paragraph("Take ")
    paragraph.add_run("2.0 mg").bold = True
    paragraph.add_run("\tdaily.").font.size = Pt(9)
    table = file.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Drug", "Dose", "Garlic", "5.0 mg"), strict=True
    ):
        cell.text = text
    file.add_paragraph("As they say", style="Intense Quote")
    return saved(file)


def test_a_file_of_python_docx(article: bytes) -> None:
    document = read("a.docx", article)
    check_spans(document)
    assert sketches(document)[:12] == [
        "heading 1 Garlic and blood pressure",
        "paragraph Garlic cures high blood pressure. Studies have shown that it works.",
        "heading 2 How to take it", "item 1 1. Peel it.", "item 1 2. Crush it.", "item 1 With food", "item 1 Or milk",
        "paragraph Take 2.0 mg daily.", "cell Drug", "cell Dose", "cell Garlic", "cell 5.0 mg",
    ]  # fmt: skip
    assert ("author", "Jane Doe") in [(field.name, field.value) for field in document.fields]


def test_a_file_of_pandoc() -> None:
    document = read("pandoc.docx", Path(__file__).with_name("pandoc.docx").read_bytes())
    check_spans(document)
    assert sketches(document) == [
        "heading 1 Garlic and colds", "paragraph Jane Doe", "paragraph 2026-01-05", "heading 2 Uses",
        "paragraph Garlic cures the common cold. See the trial and more.", "item 1 1. Peel it.", "item 1 2. Crush it.",
        "item 2 a. Finely.", "item 2 b. Not too long.", "item 1 3. Take 2.0 mg.", "paragraph A quotation.",
        "item 1 One", "item 1 Two", "cell Drug", "cell Dose", "cell Aspirin", "cell 5.0 mg", "heading 2 Risks",
        "paragraph It is inserted and not . See risks.", "note Lissiman E. Garlic for the common cold. Cochrane, 2014.",
        "tag garlic", "tag colds",
    ]  # fmt: skip
    assert "[1] Lissiman E." in document.text
    links = [(link.kind, link.target) for block in document.blocks for link in block.links]
    assert links == [
        (LinkKind.NOTE, "1"),
        (LinkKind.INLINE, "https://pubmed.ncbi.nlm.nih.gov/25386977/"),
        (LinkKind.INLINE, "#risks"),
    ]
    assert "risks" in document.anchors


def test_the_command_reports_rows_and_quotes_of_a_word_file(healthlint: Run, tmp_path: Path, article: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(article)
    for _ in range(2):  # the second time from what is kept
        done = healthlint("a.docx", "--select", "dosing/trailing-zero,claims", "--output-format", "json")
        found = json.loads(done.stdout)
        assert done.returncode == 1
        places = [(each["code"], each["location"]["row"], each["location"]["column"]) for each in found]
        assert places == [
            ("claims/absolute-claim", 2, 8), ("claims/uncited-study", 2, 35), ("dosing/trailing-zero", 8, 6),
            ("dosing/trailing-zero", 12, 1),
        ]  # fmt: skip
        shown = healthlint("a.docx", "--select", "dosing")
        assert "    8 | Take 2.0 mg" in shown.stdout
        assert "Traceback" not in done.stderr + shown.stderr


def test_a_word_file_from_standard_input(healthlint: Run, article: bytes) -> None:
    done = healthlint(
        "-", "--stdin-filename", "a.docx", "--select", "dosing", "--output-format", "concise", stdin=article
    )
    assert "a.docx:8:6: error dosing/trailing-zero" in done.stdout


def test_word_files_are_held_against_other_articles(healthlint: Run, tmp_path: Path) -> None:
    words = [
        f"Garlic has property {number} that people in place {number * 7} like, and it is sold in many shops."
        for number in range(20)
    ]
    (tmp_path / "a.docx").write_bytes(word_file(p("Garlic", style="Title"), *(p(each) for each in words)))
    (tmp_path / "b.md").write_text("# Garlic\n\n" + "\n\n".join(words) + "\n")
    done = healthlint(".", "--select", "duplication/duplicate-article", "--output-format", "concise")
    assert "b.md:1:3: " in done.stdout
    assert "a.docx:1" in done.stdout


# -- what is no Word file, or made to do harm


def document_with(data: str | bytes) -> bytes:
    return packed({"word/document.xml": data})


BILLION = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + document_part(
    p("&b;")
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + document_part(p("&a;"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is no Word file (no zip archive)"),
        (b"PK\x03\x04garbage", "is no Word file (no zip archive)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "has a password or is of Word 2003 or older"),
        (packed({"a.txt": "x"}), "word/document.xml is missing"),
        (document_with(""), "is damaged (XML"),
        (document_with("<w:document"), "is damaged (XML"),
        (document_with("\0\1\2"), "is damaged (XML"),
        (document_with('<?xml version="1.0" encoding="klingon"?><a/>'), "is damaged (XML"),
        (document_with("<a>&undefined;</a>"), "is damaged (XML"),
        (document_with(BILLION), "has a document type"),
        (document_with(OUTSIDE), "has a document type"),
        (document_with("<a>" * 100_000), "nests XML more than 1,000 deep"),
        (document_with(document_part("<w:p/>" * 100_001)), "holds more than 100,000 paragraphs"),
        (document_with(document_part("<w:r/>" * 1_000_001)), "holds more than 1,000,000 elements"),
        (document_with(" " * 33_000_000 + "<a/>"), "is larger than 32 MB when unpacked"),
        (document_with(document_part(p("  "))), "is empty"),
        (word_file(p("x"), styles="<a>"), "is damaged (XML"),
        (packed({f"{number}": "" for number in range(20_001)}), "is an archive of more than 20,000 files"),
        (b"x" * 50_000_001, "is larger than 50 MB"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        read("a.docx", data)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def encrypted(data: bytes) -> bytes:
    """With the bit set in both headers that says that the member is encrypted."""
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[local + 6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


def packed_oddly(data: bytes) -> bytes:
    """With a compression that there is not."""
    changed = bytearray(data)
    changed[data.index(b"PK\x01\x02") + 10 : data.index(b"PK\x01\x02") + 12] = struct.pack("<H", 77)
    return bytes(changed)


@pytest.mark.parametrize("spoil", [encrypted, packed_oddly, lambda data: data[: len(data) // 2]])
def test_archives_that_cannot_be_unpacked(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ReadError):
        read("a.docx", spoil(document_with(document_part(p("x")))))


def test_a_bomb_is_not_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "LARGEST_PART", 1_000)
    parts = {
        "_rels/.rels": relations(),
        "word/document.xml": document_part(p("x")),
        "word/styles.xml": part("styles", " " * 9_000),
    }
    with pytest.raises(ReadError, match="when unpacked"):
        read("a.docx", packed(parts))


def test_a_broken_word_file_fails_alone(healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "b.docx").write_bytes(document_with(BILLION))
    (tmp_path / "c.docx").write_bytes(word_file(p("Garlic cures colds for good.")))
    (tmp_path / "~$c.docx").write_bytes(b"\x04Jane")
    done = healthlint(".", "--select", "claims", "--output-format", "concise")
    assert done.returncode == 2
    assert [line.partition(": ")[2].partition(":")[0] for line in done.stderr.splitlines()] == ["a.docx", "b.docx"]
    assert "c.docx:1:8" in done.stdout


WHOLE = word_file(
    p("Garlic", style="Title"), p("a", item=(1, 0)), p("b", item=(1, 1)), p("cures", "<w:r><w:tab/></w:r>", style="H2"),
    f"<w:tbl><w:tr><w:tc>{p('x')}</w:tc><w:tc>{p('5.0 mg')}</w:tc></w:tr></w:tbl>",
    p('<w:hyperlink r:id="rId1">' + run("link") + "</w:hyperlink>", '<w:r><w:footnoteReference w:id="1"/></w:r>'),
    links=("https://x.org",), footnotes=f'<w:footnote w:id="1">{p("note")}</w:footnote>', core="<dc:title>T</dc:title>",
)  # fmt: skip


def read_or_refused(data: bytes) -> None:
    with suppress(ReadError):
        document = read("a.docx", data)
        check(document)
        check_spans(document)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refused(data)
    read_or_refused(document_with(data))


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=5), st.integers(0, len(WHOLE)))
def test_damaged_files_are_read_or_refused(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at] = byte
    read_or_refused(bytes(data))
    read_or_refused(bytes(data[:end]))


LEAVES = st.sampled_from(
    ["<w:t>Garlic cures colds.</w:t>", "<w:t> </w:t>", "<w:tab/>", "<w:br/>",
     '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>',
     "text",
     "<w:instrText>HYPERLINK x</w:instrText>",
     '<w:footnoteReference w:id="1"/>', '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>',
     '<w:numId w:val="1"/>', '<w:ilvl w:val="3"/>', '<w:pStyle w:val="H1"/>', "<w:del/>", "<w:b/>", "<w:vanish/>",
     "<pic/>", '<w:sym w:char="zz"/>', '<w:sym w:char="D800"/>', '<w:bookmarkStart w:name="a"/>',
     '<w:outlineLvl w:val="-5"/>']
)  # fmt: skip
NAMES = st.sampled_from(
    """w:p w:p w:p w:r w:r w:pPr w:rPr w:numPr w:tbl w:tr w:tc w:trPr w:ins w:del w:hyperlink w:fldSimple w:footnote
    w:txbxContent mc:AlternateContent mc:Choice mc:Fallback w:sdt w:sdtPr w:comment w:endnote w:t""".split()
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda name, inner: f"<{name}>{''.join(inner)}</{name}>", NAMES, st.lists(inner, max_size=5)
    ),
    max_leaves=40,
)


@settings(max_examples=300)
@given(st.lists(TREES, max_size=6).map("".join), st.lists(TREES, max_size=3).map("".join))
def test_any_elements_in_any_order_are_read(body: str, notes: str) -> None:
    comments = comment(1, "healthlint-disable claims")
    read_or_refused(word_file(body, footnotes=notes, comments=comments, numbering=notes))


FIELD_BEGINS = '<w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/>'
LONG = {
    "paragraphs": p("x") * 8_000,
    "items": p("x", item=(1, 0)) * 6_000 + p("y", item=(1, 1)) * 2_000,
    "runs": p(run("word ", "<w:b/>") * 20_000),
    "deleted ends": p("x", more="<w:rPr><w:del/></w:rPr>") * 8_000,
    "open fields": p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "x") * 8_000,
    "fields in one": p(f"<w:r>{FIELD_BEGINS}</w:r>" * 30_000, "x"),
    "marks": p(*(f'<w:r><w:footnoteReference w:id="{number}"/></w:r>' for number in range(8_000)), "x"),
    "tables": f"<w:tbl><w:tr><w:tc>{p('x')}</w:tc><w:tc>{p('y')}</w:tc></w:tr></w:tbl>" * 3_000,
    "links": p(*('<w:hyperlink r:id="rId1">' + run("x") + "</w:hyperlink>" for _ in range(8_000))),
    "boxes": "<w:p><w:r>" * 400 + "<w:t>x</w:t>" + "</w:r></w:p>" * 400,
    "spaces": p("a" + " " * 1_000_000 + "b"),
    "one word": p("a" * 1_000_000),
    "code": p('<w:fldSimple w:instr="' + "HYPERLINK &quot;" * 50_000 + '">' + run("x") + "</w:fldSimple>"),
}  # fmt: skip


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_long_files_take_linear_time(body: str) -> None:
    document = read("a.docx", word_file(body, p("The end."), links=("https://x.org",)))
    assert document.blocks[-1].text.endswith("The end.")
