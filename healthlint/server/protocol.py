"""pygls, where it is told more than it knows: our own texts, and a clear word on what a client must not send."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

from healthlint.plain import printable, shortened, squeezed

logger = logging.getLogger(__name__)

_LONGEST = 400  # characters of a line of the log
_BEFORE = (types.INITIALIZE, types.EXIT)  # what may come before all else


class Protocol(LanguageServerProtocol):
    """Keeps no texts of its own; answers each request, whatever it is; keeps to the order of a session."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Iterator[Any]:
        """Handed on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Iterator[Any]:
        """Handed on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Iterator[Any]:
        """Handed on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @property
    def was_shut_down(self) -> bool:
        """Whether the client has ended the session as it should."""
        return self._shutdown

    def structure_message(self, data: dict[str, Any]) -> Any:
        """As typed data. Raises JsonRpcException for parameters of the wrong form, after it has said so."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if "id" in data and "method" in data:
                code, what = types.ErrorCodes.InvalidParams, f"{data['method']}: the parameters are not of its form"
                self._send_response(data["id"], error=types.ResponseError(code, what))
            raise

    def handle_message(self, message: Any) -> None:
        """Do what a message asks for, if it comes in its turn."""
        if not hasattr(message, "jsonrpc"):
            logger.warning("ignored what is no message of JSON-RPC 2.0: %r", message)
            return
        method = getattr(message, "method", None)
        refusal = self._refusal(method) if method else None
        if refusal is None:
            super().handle_message(message)
            return
        logger.warning("refused %s: %s", method, refusal.message)
        if hasattr(message, "id"):
            self._send_response(message.id, error=refusal)

    def _refusal(self, method: str) -> types.ResponseError | None:
        """Why a message cannot come now, if so."""
        if self._shutdown and method != types.EXIT:
            return types.ResponseError(types.ErrorCodes.InvalidRequest, "the session was shut down")
        if self._workspace is None and method not in _BEFORE:
            return types.ResponseError(types.ErrorCodes.ServerNotInitialized, "the session was not initialized")
        if self._workspace is not None and method == types.INITIALIZE:
            return types.ResponseError(types.ErrorCodes.InvalidRequest, "the session was initialized already")
        return None


class OneLine(logging.Formatter):
    """A line for each record, without a traceback, fit for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's message, and the exception that it tells of."""
        said = record.getMessage().partition("\n")[0]
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            said += f" ({type(error).__name__}: {error})"
        return shortened(squeezed(printable(f"{record.levelname.lower()}: {said}")), _LONGEST)
