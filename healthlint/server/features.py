"""The language server, put together: what an editor sends -> what it is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls import uris
from pygls.capabilities import get_capability
from pygls.exceptions import FeatureNotificationError
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from healthlint import __version__, measured
from healthlint.measured import Measured
from healthlint.plain import printable
from healthlint.server import actions, articles, diagnostics, hovers
from healthlint.server.complaints import Complaints
from healthlint.server.linting import Linted, Linting, all_fixed
from healthlint.server.newest import Newest
from healthlint.server.protocol import Protocol

logger = logging.getLogger(__name__)

_WATCHED = ("**/.healthlint.{yaml,yml}", "**/pyproject.toml", "**/*.{yaml,yml}")  # configurations, rules of a user


class Server(LanguageServer):
    """What is open, what is known of it, and what the editor can do."""

    protocol: Protocol

    def __init__(self, linting: Linting) -> None:
        super().__init__("healthlint", __version__, protocol_cls=Protocol, converter_factory=default_converter)
        self.linting = linting
        self.newest = Newest(linting.lint, self._tell)
        self._complaints = Complaints()
        self._shown: set[str] = set()  # URIs of files in which a complaint is shown
        for method, feature in FEATURES.items():
            self.feature(method, OPTIONS.get(method))(feature)
        self.command(actions.SELECT)(select)

    def can(self, capability: str) -> bool:
        """Whether the editor has told that it can do something: 'window.show_document.support'."""
        return bool(get_capability(self.client_capabilities, capability))

    @cached_property
    def pulls(self) -> bool:
        """Whether the editor asks for diagnostics, so that it is not told of them besides."""
        return get_capability(self.client_capabilities, "text_document.diagnostic") is not None

    @cached_property
    def measured(self) -> Measured:
        """What the rules were measured to do."""
        return measured.read()

    @cached_property
    def client(self) -> actions.Client:
        """What the editor can do with an action."""
        return actions.Client(
            versioned=self.can("workspace.workspace_edit.document_changes"),
            snippets=self.can("workspace.workspace_edit.snippet_edit_support"),
            selects=self.can("window.show_document.support"),
        )

    @property
    def folder(self) -> Path:
        """Where an article is taken to stand that has no file yet."""
        roots = [uris.to_fs_path(uri) for uri in self.workspace.folders] or [self.workspace.root_path]
        return Path(roots[0] or "").absolute()

    def reload(self) -> None:
        """Lint all that is open anew, by the configurations and rules as they are now."""
        self.linting.outdate()
        for article in self.newest.articles:
            self.newest.begin(article)
        if self.pulls and self.can("workspace.diagnostics.refresh_support"):
            self.workspace_diagnostic_refresh(None)

    def forget(self, uri: str) -> None:
        """An article is not open any more."""
        if self.newest.article(uri):
            self.newest.drop(uri)
            self._complaints.drop(uri)
            self._show_complaints()
            if not self.pulls:
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _tell(self, linted: Linted) -> None:
        """What came of the newest version of an article."""
        article = linted.article
        for complaint in self._complaints.update(article.uri, linted.errors):
            logger.warning("%s", complaint)
            said = f"healthlint: {printable(complaint)}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, said))
        self._show_complaints()
        if not self.pulls:
            found = diagnostics.of_article(linted)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(article.uri, found, article.version))

    def _show_complaints(self) -> None:
        """Show them in the files that they speak of, and no others in those."""
        found = self._complaints.by_file()
        for uri in self._shown | found.keys():
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found.get(uri, [])))
        self._shown = set(found)

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Into the log, where pygls has not told of it; an editor would show it to a writer, who can do nothing."""
        if source is FeatureNotificationError:
            logger.error("%s", error)

    def shutdown(self) -> None:
        """End all work. A thread that still reads from the editor is not waited for."""
        self.newest.stop()
        self.thread_pool.shutdown(wait=False, cancel_futures=True)
        self._thread_pool = None
        super().shutdown()  # type: ignore[no-untyped-call]


def initialized(ls: Server, _: types.InitializedParams) -> None:
    """Ask to be told when files change."""
    if ls.can("workspace.did_change_watched_files.dynamic_registration"):
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted = types.Registration("healthlint.files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([wanted]))
        ls.linting.is_told = True


def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Lint an article; what is none is left alone."""
    article = articles.opened(params.text_document, ls.folder, ls.workspace.position_encoding or "utf-16")
    if article:
        ls.newest.begin(article)


def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Lint the next version."""
    article = ls.newest.article(params.text_document.uri)
    if article:
        ls.newest.begin(article.changed(params.text_document.version, params.content_changes))


def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Lint the article again: what it depends on may have changed, the files that it links to for one."""
    article = ls.newest.article(params.text_document.uri)
    if article:
        ls.newest.begin(article)


def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Say no more of it."""
    ls.forget(params.text_document.uri)


def did_change_watched_files(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
    """A configuration, or what may be a rule, is another one."""
    ls.reload()


def did_change_configuration(ls: Server, _: types.DidChangeConfigurationParams) -> None:
    """The editor has no settings of ours; its user may want to see those of the files."""
    ls.reload()


async def diagnostic(ls: Server, params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
    """What is found in an article, once its newest version is linted."""
    linted = await ls.newest.linted(params.text_document.uri)
    return types.RelatedFullDocumentDiagnosticReport(diagnostics.of_article(linted) if linted else [])


async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """Why something is marked."""
    linted = await ls.newest.linted(params.text_document.uri)
    formats = get_capability(ls.client_capabilities, "text_document.hover.content_format") or ()
    markdown = types.MarkupKind.Markdown in formats
    return hovers.hover(linted, params.position, ls.measured, markdown=markdown) if linted else None


async def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about what is found in a stretch."""
    linted = await ls.newest.linted(params.text_document.uri)
    if linted is None:
        return []
    fixed = await ls.newest.more(linted, all_fixed) if actions.wants_fix_all(linted, params) else None
    return actions.actions(linted, params, ls.client, fixed)


def select(ls: Server, uri: str, place: types.Range) -> None:
    """Have the editor select a stretch."""
    ls.window_show_document(types.ShowDocumentParams(uri, take_focus=True, selection=place))


def shutdown(ls: Server, _: None) -> None:
    """End all work."""
    ls.newest.stop()


FEATURES: Mapping[str, Callable[..., Any]] = {
    types.INITIALIZED: initialized,
    types.TEXT_DOCUMENT_DID_OPEN: did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: did_change,
    types.TEXT_DOCUMENT_DID_SAVE: did_save,
    types.TEXT_DOCUMENT_DID_CLOSE: did_close,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: did_change_watched_files,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: did_change_configuration,
    types.TEXT_DOCUMENT_DIAGNOSTIC: diagnostic,
    types.TEXT_DOCUMENT_HOVER: hover,
    types.TEXT_DOCUMENT_CODE_ACTION: code_action,
    types.SHUTDOWN: shutdown,
}
OPTIONS = {
    types.TEXT_DOCUMENT_DIAGNOSTIC: types.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=False, identifier="healthlint"
    ),
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(actions.KINDS),
}
