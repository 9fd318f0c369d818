"""Be a language server: an editor starts it, and shows findings while an article is written.

It talks over standard input and output. docs/editors.md tells how to set up an editor.
"""

from __future__ import annotations

import argparse
import logging
import sys
from typing import TYPE_CHECKING

from healthlint import arguments, asked
from healthlint.arguments import Parser, UsageError
from healthlint.console import CLEAN, FINDINGS, Console

if TYPE_CHECKING:
    from healthlint.server.features import Server

USAGE = "server"
SUMMARY = "be a language server, for an editor"

_HOST = "127.0.0.1"  # an article that is not published yet is nobody else's business
_SWITCH = 0.0005  # seconds until the thread that lints makes way for an edit that comes


def add_arguments(parser: Parser) -> None:
    """How to talk, and the configuration."""
    parser.add_argument("--stdio", action="store_true", help="talk over standard input and output, as it does anyway")
    parser.add_argument("--tcp", metavar="PORT", type=_port, help=f"wait for one editor at {_HOST}:PORT instead")
    arguments.add_config_options(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Serve until the editor is done. Exit status 1 if it goes without a word."""
    try:
        import pygls  # noqa: F401
    except ImportError:
        raise UsageError(
            "the server needs pygls beside healthlint; install it with: pip install 'pygls>=2.1,<3'"
        ) from None
    from healthlint.runner import Request
    from healthlint.server.features import Server
    from healthlint.server.linting import Linting

    _log(console)
    sys.setswitchinterval(_SWITCH)
    server = Server(Linting(Request(paths=()), lambda: asked.configs(options)))
    try:
        _serve(server, options.tcp, console)
    except (SystemExit, ConnectionError):  # pygls' way to end; an editor that has gone
        pass
    finally:
        server.shutdown()
    if server.protocol.was_shut_down:
        return CLEAN
    console.complain("the editor has gone without ending the session")
    return FINDINGS


def _serve(server: Server, port: int | None, console: Console) -> None:
    if port is None:
        server.start_io(*console.channel())
    else:
        console.note(f"healthlint: waiting at {_HOST}:{port}\n")
        server.start_tcp(_HOST, port)


def _log(console: Console) -> None:
    """What goes wrong is told on standard error, which editors show as the log of the server."""
    from healthlint.server.protocol import OneLine

    class Told(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            console.note(f"healthlint: {self.format(record)}\n")

    handler = Told(logging.WARNING)
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 to 65535")
    return int(text)
