"""Word files made by hand, for what no library writes, and the document that is read from one."""

from __future__ import annotations

from fuzzing.packing import packed
from healthlint.documents import read
from healthlint.documents.document import Block, Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"'

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{more}</w:style>'
    for identity, name, more in (
        ("H1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("H2", "heading 2", ""),
        ("MyH2", "House subhead", '<w:basedOn w:val="H2"/>'),
        ("Title", "Title", ""),
        ("Quote", "Quote", ""),
        ("Bullets", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'),
        ("Loop", "loop", '<w:basedOn w:val="Loop2"/>'),
        ("Loop2", "loop 2", '<w:basedOn w:val="Loop"/>'),
        ("Toc1", "toc 1", ""),
        ("Caption", "caption", ""),
        ("Strong", "Lead", "<w:rPr><w:b/></w:rPr>"),
        ("Secret", "secret", "<w:rPr><w:vanish/></w:rPr>"),
    )
)


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


BULLET = "\uf0b7"  # as Word has it, in the font Symbol
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "%2)")}'
    f"{level(2, 'decimal', '%1.%2.%3', '<w:isLgl/>')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", BULLET)}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "upperRoman", "Step %1:")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
)


def p(*content: str, style: str = "", item: tuple[int, int] | None = None, more: str = "") -> str:
    """A paragraph; content that is no markup is a run."""
    runs = "".join(part if part.startswith("<") else run(part) for part in content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item:
        properties += f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{runs}</w:p>"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def part(element: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{element} {NAMESPACES}>{inner}</w:{element}>'


def document_part(body: str) -> str:
    return part("document", f"<w:body>{body}</w:body>")


def relations(*lines: tuple[str, str, str]) -> str:
    """Of id, type and target; an address is external."""
    inner = "".join(
        f'<Relationship Id="{identity}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for identity, kind, target in lines
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def word_file(*paragraphs: str, links: tuple[str, ...] = (), **parts: str) -> bytes:
    """A Word file. `links` are external, with ids 'rId1' ...; `parts` are the insides of footnotes, comments ..."""
    found: dict[str, str | bytes] = {
        "_rels/.rels": relations(("a", "officeDocument", "word/document.xml")),
        "word/document.xml": document_part("".join(paragraphs)),
        "word/styles.xml": part("styles", STYLES),
        "word/numbering.xml": part("numbering", NUMBERING),
        "word/_rels/document.xml.rels": relations(
            *((f"rId{number}", "hyperlink", link) for number, link in enumerate(links, 1))
        ),
    }
    if core := parts.pop("core", ""):
        found["docProps/core.xml"] = f'<c xmlns:dc="dc" xmlns:cp="cp" xmlns:dcterms="dcterms">{core}</c>'
    found |= {f"word/{name}.xml": part(name, inner) for name, inner in parts.items()}
    return packed(found)


def word(*paragraphs: str, links: tuple[str, ...] = (), **parts: str) -> Document:
    """The document in such a file."""
    return read("a.docx", word_file(*paragraphs, links=links, **parts))


def sketch(block: Block) -> str:
    """'heading 2 3. Uses'."""
    level = f" {block.level}" if block.level else ""
    return f"{block.kind}{level} {block.ordinal.text + ' ' if block.ordinal else ''}{block.text}"
