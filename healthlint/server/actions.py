"""What is found in a stretch -> what an editor offers to do about it: fixes, and comments that suppress."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lsprotocol import types

from healthlint.documents.document import Document, Kind, Span
from healthlint.documents.front_matter import read_front_matter
from healthlint.edits import Applicability, Edit, difference
from healthlint.findings import Finding
from healthlint.fixes import can_be_made
from healthlint.server.articles import Article
from healthlint.server.diagnostics import of_finding, range_of
from healthlint.server.linting import Linted

QUICK_FIX = types.CodeActionKind.QuickFix.value
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.healthlint"
KINDS = (QUICK_FIX, FIX_ALL)
SELECT = "healthlint.select"  # the command that has the editor select a stretch
REASON = "reason"  # stands where the writer is to give one

_PREFIX = re.compile(r"[>\s]*")  # what a line of Markdown begins with inside a quote or a list


class Client(NamedTuple):
    """What the editor can do."""

    versioned: bool = False  # take edits of one version of an article
    snippets: bool = False  # take edits with a placeholder
    selects: bool = False  # select a stretch when it is told to


def wants_fix_all(linted: Linted, asked: types.CodeActionParams) -> bool:
    """Whether an editor wants to have all fixed, and there may be something to fix."""
    return _is_wanted(FIX_ALL, asked.context.only) and any(
        can_be_made(one, Applicability.SAFE) for one in linted.findings
    )


def actions(
    linted: Linted, asked: types.CodeActionParams, client: Client, fixed: str | None = None
) -> list[types.CodeAction]:
    """All that is offered for a stretch, of the kinds that were asked for; what is best first.

    `fixed` is the text of the article with all fixed that can be fixed safely, if there is any.
    """
    text = linted.article.text
    start, end = (offset - text.mark for offset in text.span(asked.range))
    found = [one for one in linted.findings if one.span.start <= end and start <= one.span.end]
    offered = [*_fixes(found, linted, client), *_suppressions(found, linted, client), *_fix_all(linted, fixed, client)]
    return [action for action in offered if _is_wanted(str(action.kind), asked.context.only)]


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(not name or kind == name or kind.startswith(f"{name}.") for name in only)


def _fixes(found: Iterable[Finding], linted: Linted, client: Client) -> Iterator[types.CodeAction]:
    """Those that may be made unasked before those that have to be read."""
    fixable = [one for one in found if one.fix]
    for one in sorted(fixable, key=lambda one: one.fix is not None and one.fix.applicability is Applicability.UNSAFE):
        assert one.fix
        is_safe = one.fix.applicability is Applicability.SAFE
        yield types.CodeAction(
            one.fix.message[:1].upper() + one.fix.message[1:] + ("" if is_safe else " (read what comes of it)"),
            kind=QUICK_FIX,
            diagnostics=[of_finding(one, linted.article)],
            is_preferred=is_safe,
            edit=_workspace_edit(linted.article, _text_edits(one.fix.edits, linted.article), client),
        )


def _fix_all(linted: Linted, fixed: str | None, client: Client) -> Iterator[types.CodeAction]:
    """All safe fixes of the article at once, as the command makes them: none that does harm."""
    if fixed is not None and linted.document:
        edits = _text_edits(difference(linted.document.text, fixed), linted.article)
        edit = _workspace_edit(linted.article, edits, client)
        yield types.CodeAction("Fix all that healthlint can fix safely", kind=FIX_ALL, edit=edit)


def _suppressions(found: Iterable[Finding], linted: Linted, client: Client) -> Iterator[types.CodeAction]:
    """For each rule: in the block that is marked, and in the whole article."""
    for one in {one.code: one for one in reversed(list(found))}.values():
        places = (("here", "disable-next-block", _before_block), ("in this file", "disable-file", _at_top))
        for where, word, place_of in places:
            place = place_of(one, linted)
            if place is not None:
                yield _suppression(one, f"Suppress {one.code} {where}", word, place, linted, client)


class _Place(NamedTuple):
    """Where a comment goes, and what stands around it so that it has a line of its own."""

    offset: int
    after: str
    before: str = ""


def _before_block(one: Finding, linted: Linted) -> _Place | None:
    """Before the block in which a finding starts; a whole list or table is one block."""
    document = linted.document
    if document is None or one.scope == "document":
        return None
    blocks = document.blocks
    at = bisect_right(blocks, one.span.start, key=lambda block: block.span.start) - 1
    if at < 0 or not blocks[at].span.start <= one.span.start < max(blocks[at].span.end, blocks[at].span.start + 1):
        return None
    if blocks[at].kind in (Kind.ITEM, Kind.CELL):
        while at and blocks[at - 1].kind is blocks[at].kind:
            at -= 1
    if blocks[at].span.start < read_front_matter(document.text).length:
        return None
    return _before(blocks[at].span.start, document)


def _at_top(_one: Finding, linted: Linted) -> _Place | None:
    """Before the first block, or where the article ends if there is none."""
    document = linted.document
    if document is None:
        return None
    front = read_front_matter(document.text).length
    first = next((block for block in document.blocks if block.span.start >= front), None)
    return _before(first.span.start, document) if first else _Place(len(document.text), "", _line_end(document.text))


def _before(offset: int, document: Document) -> _Place:
    """A line of its own before a block; in HTML, where the line holds more than the block, right before it."""
    text, end = document.text, _line_end(document.text)
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    prefix = text[line:offset]
    if document.format == "html":
        return _Place(offset, " " if prefix.strip() else end + prefix)
    return _Place(offset, end + prefix) if _PREFIX.fullmatch(prefix) else _Place(line, end)


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\r|\n", text)
    return found[0] if found else "\n"


def _suppression(
    one: Finding, title: str, word: str, place: _Place, linted: Linted, client: Client
) -> types.CodeAction:
    """The comment, and how the writer comes to give the reason."""
    article = linted.article
    opening, closing = ("{/* ", " */}") if article.is_mdx else ("<!-- ", " -->")
    start, end = f"{place.before}{opening}healthlint-{word} {one.code} -- ", f"{closing}{place.after}"
    where = range_of(Span(place.offset, place.offset), article)
    snippet = client.snippets and client.versioned
    edit: types.TextEdit | types.SnippetTextEdit
    if snippet:
        edit = types.SnippetTextEdit(where, types.StringValue(f"{_literal(start)}${{1:{REASON}}}{_literal(end)}"))
    else:
        edit = types.TextEdit(where, f"{start}{REASON}{end}")
    return types.CodeAction(
        title,
        kind=QUICK_FIX,
        diagnostics=[of_finding(one, article)],
        edit=_workspace_edit(article, [edit], client),
        command=None if snippet or not client.selects else _selecting(article, place.offset, start),
    )


def _literal(text: str) -> str:
    """Text in a snippet as it is."""
    return re.sub(r"([$}\\])", r"\\\1", text)


def _selecting(article: Article, offset: int, start: str) -> types.Command:
    """Have the editor select the reason, once the comment is there."""
    text = article.text
    offset += text.mark
    reason = text.changed([types.TextDocumentContentChangePartial(text.range(Span(offset, offset)), start + REASON)])
    place = reason.range(Span(offset + len(start), offset + len(start) + len(REASON)))
    return types.Command("Give the reason", SELECT, arguments=[article.uri, place])


def _text_edits(edits: Iterable[Edit], article: Article) -> list[types.TextEdit]:
    ordered = sorted(edits, key=lambda edit: edit.span)
    return [types.TextEdit(range_of(edit.span, article), edit.content) for edit in ordered]


def _workspace_edit(
    article: Article, edits: Sequence[types.TextEdit | types.SnippetTextEdit], client: Client
) -> types.WorkspaceEdit:
    if client.versioned:
        identifier = types.OptionalVersionedTextDocumentIdentifier(article.uri, article.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, edits)])
    plain = [edit for edit in edits if isinstance(edit, types.TextEdit)]
    return types.WorkspaceEdit(changes={article.uri: plain})
