"""A web server on loopback that answers each path as it is told to, well or badly, and remembers what it was asked."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

HOST = "127.1"  # a spelling of 127.0.0.1 that looks like no placeholder


class Asked(NamedTuple):
    """A request."""

    method: str
    path: str
    fields: dict[str, str]


Says = bytes | Iterable[bytes] | Callable[[Asked], bytes | Iterable[bytes]]


def answer(status: int, body: bytes = b"", **fields: str) -> bytes:
    """An answer as it should be; `Retry_After` names the field Retry-After."""
    lines = [f"HTTP/1.1 {status} Said", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode("latin-1") + body


def dripped(data: bytes, seconds: float) -> Iterator[bytes]:
    """Byte after byte, with a pause before each."""
    for byte in data:
        time.sleep(seconds)
        yield bytes([byte])


class Server:
    """Answers each path by `says`; a path that is not there is not found, robots.txt among them."""

    def __init__(self, *, family: socket.AddressFamily = socket.AF_INET, tls: ssl.SSLContext | None = None) -> None:
        self.says: dict[str, Says] = {}
        self.asked: list[Asked] = []
        self._tls = tls
        self._ends = threading.Event()
        self._socket = socket.create_server(("::1" if family is socket.AF_INET6 else "127.0.0.1", 0), family=family)
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    def methods(self, path: str) -> list[str]:
        """How a path was asked for."""
        return [asked.method for asked in self.asked if asked.path == path]

    @property
    def paths(self) -> list[str]:
        """What was asked for besides robots.txt, in order."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def close(self) -> None:
        self._ends.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # to close it leaves it to `accept`, which would take one more
        self._socket.close()

    def _serve(self) -> None:
        while not self._ends.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self._tls:
                with self._tls.wrap_socket(connection, server_side=True) as secured:
                    self._answer(secured)
            else:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        asked = _read(connection)
        if asked is None:
            connection.sendall(answer(400))
            return
        self.asked.append(asked)
        says = self.says.get(asked.path, answer(404))
        said = says(asked) if callable(says) else says
        for part in [said] if isinstance(said, bytes) else said:
            if self._ends.is_set():
                return
            connection.sendall(part)


def _read(connection: socket.socket) -> Asked | None:
    connection.settimeout(10)
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(4096)
        data += more
        if not more or not data[:1].isalpha():  # as what begins a handshake of TLS
            return None
    first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    return Asked(method, path, dict(line.split(": ", 1) for line in lines))


@contextmanager
def serving(*, family: socket.AddressFamily = socket.AF_INET, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server, for as long as it is wanted."""
    server = Server(family=family, tls=tls)
    try:
        yield server
    finally:
        server.close()
