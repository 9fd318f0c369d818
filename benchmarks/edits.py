"""An edit in the language server: from the change to the findings, beside plain spaCy tokenising the same text."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import timing
from benchmarks.timing import RunError, Times

OURS = "healthlint server"
TOKENISED = "plain spaCy, tokenising"

_TOKENISE = """\
import sys, spacy
nlp = spacy.blank("en")
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
for line in sys.stdin:
    print(len(nlp(line.strip() + " " + text)), flush=True)
"""


def measured(server: tuple[str, ...], python: Path | None, path: Path, runs: int, limit: float) -> Times:
    """Milliseconds of as many edits of the file, and of tokenising it in turn. Raises RunError."""
    found: dict[str, list[float]] = {OURS: [], TOKENISED: []}
    with _process(server, limit) as ours:
        session = Session(ours, path)
        if python is None:
            for number in range(runs + 1):
                found[OURS].append(session.edit(number))
        else:
            with _process((str(python), "-c", _TOKENISE, str(path)), limit) as spacy:
                for number in range(runs + 1):
                    found[OURS].append(session.edit(number))
                    found[TOKENISED].append(_tokenised(spacy, number))
        session.close()
    return Times({name: [1000 * seconds for seconds in several[1:]] for name, several in found.items() if several})


class Session:
    """A file that is open in a language server, which tells of its findings unasked or when asked."""

    def __init__(self, process: subprocess.Popen[bytes], path: Path) -> None:
        self._process = process
        self._uri = path.resolve().as_uri()
        self._version = 1
        self._text = path.read_text("utf-8")
        self._requests = 0
        self._asks = False
        self._by_range = False
        self._open(path.resolve().parent)

    def edit(self, number: int) -> float:
        """Put a word before the text of the middle line; the seconds until the findings of the new text are there."""
        self._version += 1
        start = time.perf_counter()
        self._send(
            "textDocument/didChange",
            textDocument={"uri": self._uri, "version": self._version},
            contentChanges=[self._change(f"word{number} ")],
        )
        self._await_findings()
        return time.perf_counter() - start

    def close(self) -> None:
        """Tell the server that this is all."""
        self._ask("shutdown")
        self._send("exit")

    def _open(self, folder: Path) -> None:
        capabilities = {"textDocument": {"publishDiagnostics": {"versionSupport": True}, "diagnostic": {}}}
        answer = self._ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=capabilities)
        told = answer["result"]["capabilities"]
        kind = told.get("textDocumentSync", 1)
        self._by_range = (kind.get("change", 1) if isinstance(kind, dict) else kind) == 2
        self._asks = bool(told.get("diagnosticProvider"))
        self._send("initialized")
        item = {"uri": self._uri, "languageId": "markdown", "version": self._version, "text": self._text}
        self._send("textDocument/didOpen", textDocument=item)
        self._await_findings()

    def _change(self, word: str) -> dict[str, Any]:
        """The change as the server wants it: a range, or all of the text."""
        lines = self._text.split("\n")
        middle = next((row for row in range(len(lines) // 2, len(lines)) if lines[row][:1].isalpha()), 0)
        lines[middle] = word + lines[middle]
        self._text = "\n".join(lines)
        if not self._by_range:
            return {"text": self._text}
        place = {"line": middle, "character": 0}
        return {"range": {"start": place, "end": place}, "text": word}

    def _await_findings(self) -> None:
        if self._asks:
            self._ask("textDocument/diagnostic", textDocument={"uri": self._uri})
            return
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                told = message["params"]
                if told["uri"] == self._uri and told.get("version", self._version) in {self._version, None}:
                    return

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """The answer to a request."""
        self._requests += 1
        self._send(method, self._requests, **parameters)
        while True:
            message = self._receive()
            if message.get("id") == self._requests and "method" not in message:
                if "error" in message:
                    raise RunError(f"{method}: {message['error'].get('message')}")
                return message

    def _send(self, method: str, request: int | None = None, **parameters: object) -> None:
        message: dict[str, object] = {"jsonrpc": "2.0", "method": method}
        message |= {"params": parameters} if parameters or method == "initialized" else {}
        message |= {} if request is None else {"id": request}
        self._write(message)

    def _write(self, message: dict[str, object]) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin
        try:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self._process.stdin.flush()
        except OSError:
            raise RunError("it is gone") from None

    def _receive(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered with nothing."""
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise RunError("it ends, or does not answer in time")
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if "method" in message and "id" in message:
            self._write({"jsonrpc": "2.0", "id": message["id"], "result": None})
        return message


def _tokenised(spacy: subprocess.Popen[bytes], number: int) -> float:
    """The seconds until plain spaCy has tokenised the text with another word in it."""
    assert spacy.stdin
    assert spacy.stdout
    start = time.perf_counter()
    spacy.stdin.write(b"word%d\n" % number)
    spacy.stdin.flush()
    if not spacy.stdout.readline():
        raise RunError("plain spaCy ends, or does not answer in time")
    return time.perf_counter() - start


@contextmanager
def _process(argv: tuple[str, ...], limit: float) -> Iterator[subprocess.Popen[bytes]]:
    """A process to talk with; it is ended after the limit, and at the end."""
    process = subprocess.Popen(
        argv,
        env=timing.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with process, timing.ended_after(process, limit):
        yield process
