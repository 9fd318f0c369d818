"""Articles around hostile text: in every format, with a finding planted before the text and one behind it."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Mapping

PLANTED = "dosing/trailing-zero"  # the rule whose findings are planted
FRONT, END = "5.0 mg", "7.0 mg"  # what it marks
BESIDE = "# Doses of warfarin\n\nTake 5.0 mg of warfarin.\n"  # an article that has nothing hostile
SUFFIXES = (".txt", ".md", ".html", ".rst", ".docx", ".xml")

_TITLE = "Doses of warfarin"
_FRONT, _END = (f"Take {dose} of warfarin." for dose in (FRONT, END))
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no file of XML may have
_PARAGRAPHS = re.compile(r"\n{2,}")
_ITEM = """\
<item><title><![CDATA[{title}]]></title><dc:creator><![CDATA[jdoe]]></dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded>
<wp:post_id>{number}</wp:post_id><wp:status><![CDATA[publish]]></wp:status><wp:post_type><![CDATA[post]]></wp:post_type>
</item>
"""


def of_text(suffix: str, text: str) -> bytes:
    """An article in the format of a suffix whose words are `text`: what is markup in the format is escaped."""
    if suffix == ".html":
        return of_markup(suffix, _html(text))
    if suffix == ".xml":
        return of_markup(suffix, _html(_NO_XML.sub(" ", text)))
    if suffix == ".docx":
        lines = _NO_XML.sub(" ", text.replace("\r", " ")).split("\n")
        return of_markup(suffix, "".join(map(paragraph, lines)))
    return of_markup(suffix, text)


def of_markup(suffix: str, body: str) -> bytes:
    """An article in the format of a suffix with a body that is markup already."""
    if suffix == ".html":
        front, end = f"<h1>{_TITLE}</h1><p>{_FRONT}</p>", f"<p>{_END}</p>"
        return f"<!DOCTYPE html><html><body><article>{front}\n{body}\n{end}</article></body></html>\n".encode()
    if suffix == ".xml":
        return export(f"<p>{_FRONT}</p>\n{body}\n<p>{_END}</p>")
    if suffix == ".docx":
        return word(f"{paragraph(_TITLE)}{paragraph(_FRONT)}{body}{paragraph(_END)}")
    title = {".md": f"# {_TITLE}", ".rst": f"{_TITLE}\n{'=' * len(_TITLE)}"}.get(suffix, _TITLE)
    return f"{title}\n\n{_FRONT}\n\n{body}\n\n{_END}\n".encode()


def _html(text: str) -> str:
    return "\n".join(f"<p>{html.escape(part)}</p>" for part in _PARAGRAPHS.split(text))


def paragraph(text: str) -> str:
    """A paragraph of a Word file."""
    return f'<w:p><w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'


def word(body: str, parts: Mapping[str, str | bytes] = {}, head: str = "") -> bytes:
    """A Word file with that XML in its body, and other parts by their names; `head` stands before the root."""
    document = f'{head}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def export(*contents: str, head: str = "") -> bytes:
    """An export of WordPress with an article for each content."""
    items = "".join(_ITEM.format(title=_TITLE, content=each, number=number) for number, each in enumerate(contents))
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    rss = f'<rss version="2.0" {names} xmlns:wp="http://wordpress.org/export/1.2/">'
    title = "<title>Health site</title>"
    return f'<?xml version="1.0" encoding="UTF-8" ?>\n{head}{rss}<channel>{title}\n{items}</channel></rss>\n'.encode()
