"""An editor for tests: a client of the language server as a real one is, which remembers what it was told."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient as BaseLanguageClient
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient, LanguageClientProtocol
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from healthlint.server.texts import Text

PATIENCE = 120  # seconds; a busy machine is no defect
Place = tuple[int, int]


class Editor(LanguageClient):
    """What it has open, what it was told, and the means to change a text as a user does."""

    def __init__(self) -> None:
        super().__init__(protocol_cls=LanguageClientProtocol, converter_factory=default_converter)
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[types.Registration] = []
        self.refreshed = 0
        self.texts: dict[str, Text] = {}
        self.versions: dict[str, int] = {}
        self.encoding: types.PositionEncodingKind | str = types.PositionEncodingKind.Utf16
        self.log = ""
        self._news = asyncio.Event()
        own = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: _publish,
            types.CLIENT_REGISTER_CAPABILITY: _register,
            types.WINDOW_SHOW_MESSAGE: _show_message,
            types.WORKSPACE_DIAGNOSTIC_REFRESH: _refresh,
        }
        register_lsp_features(self, {**DEFAULT_CLIENT_FEATURES, **own})

    def news(self) -> None:
        self._news.set()

    async def until(self, told: Any) -> Any:
        """What `told` gives, once that is anything."""
        async with asyncio.timeout(PATIENCE):
            while not (found := told()):
                self._news.clear()
                await self._news.wait()
        return found

    def open(self, uri: str, text: str, language: str = "markdown") -> None:
        self.texts[uri], self.versions[uri] = Text(text, self.encoding), 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def edit(self, uri: str, start: int, end: int, new: str) -> None:
        """Put `new` in the place of the code points from `start` to `end`."""
        text = self.texts[uri]
        place = types.Range(text.position(start), text.position(end))
        self.texts[uri] = Text(text.text[:start] + new + text.text[end:], self.encoding)
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangePartial(place, new)
        self.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    def save(self, uri: str) -> None:
        self.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def close(self, uri: str) -> None:
        self.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def told(self, uri: str, after: int = 0) -> Sequence[types.Diagnostic]:
        """The diagnostics of the newest version of a text; of what is published later than `after` publications."""

        def newest() -> types.PublishDiagnosticsParams | None:
            return next(
                (
                    one
                    for one in reversed(self.published[after:])
                    if one.uri == uri and one.version in (self.versions.get(uri), None)
                ),
                None,
            )

        return (await self.until(newest)).diagnostics

    async def marked(self, uri: str, after: int = 0) -> list[tuple[str, str]]:
        """The rule and the marked words of each finding."""
        text = self.texts[uri]
        return [(str(one.code), text.text[slice(*text.span(one.range))]) for one in await self.told(uri, after)]

    async def offered(self, uri: str, words: str, only: Sequence[str] | None = None) -> dict[str, types.CodeAction]:
        """The actions offered for some words, by title."""
        text = self.texts[uri]
        start = text.text.index(words)
        place = types.Range(text.position(start), text.position(start + len(words)))
        kinds = [types.CodeActionKind(kind) for kind in only] if only else None
        about = types.CodeActionContext([], only=kinds)
        asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, about)
        found = await self.text_document_code_action_async(asked)
        return {one.title: one for one in found or [] if isinstance(one, types.CodeAction)}

    def applied(self, action: types.CodeAction) -> str:
        """The text after an action, placeholders written out; only that of one article is changed."""
        assert action.edit
        if action.edit.document_changes:
            (change,) = action.edit.document_changes
            assert isinstance(change, types.TextDocumentEdit)
            assert change.text_document.version == self.versions[change.text_document.uri]
            uri, edits = change.text_document.uri, change.edits
        else:
            assert action.edit.changes
            ((uri, edits),) = action.edit.changes.items()
        text = self.texts[uri]
        result = text.text
        for edit in reversed(edits):
            start, end = text.span(edit.range)
            new = edit.snippet.value if isinstance(edit, types.SnippetTextEdit) else edit.new_text
            result = result[:start] + new + result[end:]
        return result


def _publish(client: Editor, params: types.PublishDiagnosticsParams) -> None:
    client.published.append(params)
    client.news()


def _register(client: Editor, params: types.RegistrationParams) -> None:
    client.registered += params.registrations
    client.news()


def _show_message(client: Editor, params: types.ShowMessageParams) -> None:
    client.messages.append(params)
    client.news()


def _refresh(client: Editor, _: None) -> None:
    client.refreshed += 1
    client.news()


def capabilities(**said: Any) -> types.ClientCapabilities:
    """What an editor of the usual kind can do, but for what is said of it."""
    usual: dict[str, Any] = {
        "general": types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16]),
        "workspace": types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
        "text_document": types.TextDocumentClientCapabilities(
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown])
        ),
    }
    return types.ClientCapabilities(**{**usual, **said})


@asynccontextmanager
async def editing(folder: Path, *options: str, **said: Any) -> AsyncIterator[Editor]:
    """A session, ended as it should be."""
    async with process(folder, *options) as editor:
        given = types.InitializeParams(
            capabilities(**said), workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)]
        )
        told = await editor.initialize_session(given)
        editor.encoding = told.capabilities.position_encoding or types.PositionEncodingKind.Utf16
        yield editor
        await editor.shutdown_session()
        assert editor._server
        assert editor._server.returncode == 0


@asynccontextmanager
async def process(folder: Path, *options: str) -> AsyncIterator[Editor]:
    """A server that runs, without a session; what it wrote to its log is in `log` at the end, and is no traceback."""
    editor = Editor()
    command = (sys.executable, "-m", "healthlint", "server", *options)
    await BaseLanguageClient.start_io(editor, *command, cwd=folder)
    assert editor._server
    assert editor._server.stderr
    reading = asyncio.create_task(editor._server.stderr.read())
    try:
        yield editor
        async with asyncio.timeout(PATIENCE):
            editor.log = (await reading).decode()
            await editor.stop()
    finally:
        if editor._server.returncode is None:
            editor._server.kill()
    assert "Traceback" not in editor.log, editor.log
