"""One request to a host at a known IP address, and of the answer no more than is needed.

The connection goes to the IP address that was looked at, and to no other. Each wait on it ends at a deadline and no
more bytes are read than a budget has, so that neither a slow answer nor an endless one holds up a run.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import NamedTuple

from healthlint import __version__
from healthlint.web.addresses import Address
from healthlint.web.verdicts import Unchecked

AGENT = "healthlint"  # that robots.txt may speak of
_USER_AGENT = f"{AGENT}/{__version__} (link checker)"
_MOST_TRIED = 3  # IP addresses of one host
_MOST = 256_000  # bytes of an answer's head, with what a server sends before anybody reads it


class Answer(NamedTuple):
    """What of an answer counts."""

    status: int
    location: str = ""
    retry_after: str = ""
    body: bytes = b""


class Broken(Unchecked):
    """There was no answer, or what came was none: another method may get one."""


def ask(method: str, address: Address, ips: Sequence[str], deadline: float, *, most: int = 0) -> Answer:
    """What the host at one of some IP addresses answers, with at most so many bytes of the body.

    `deadline` is by time.monotonic. Raises Unchecked, and Broken where the server is there and does not answer.
    """
    with ExitStack() as open_now:
        try:
            connection = open_now.enter_context(_connected(ips, address.port, deadline))
            if address.scheme == "https":
                connection.settimeout(_left(deadline))
                connection = open_now.enter_context(_trust().wrap_socket(connection, server_hostname=address.host))
        except ssl.SSLCertVerificationError:
            raise Unchecked("had certificates that are not trusted", by_site=True) from None
        except ssl.SSLError:
            raise Unchecked("spoke no TLS", by_site=True) from None
        except TimeoutError:
            raise Unchecked("gave no answer in time") from None
        except (OSError, ValueError):
            raise Unchecked("could not be connected to") from None
        return _answer(method, address, connection, deadline, most)


def _connected(ips: Sequence[str], port: int, deadline: float) -> socket.socket:
    """A connection to the first that takes one; each gets its share of the time. Raises OSError, TimeoutError."""
    last: OSError = TimeoutError()
    tried = ips[:_MOST_TRIED]
    for at, ip in enumerate(tried):
        connection = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM)
        try:
            connection.settimeout(_left(deadline) / (len(tried) - at))
            connection.connect((ip, port))
        except OSError as error:
            last = error
            connection.close()
        else:
            return connection
    raise last


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that the system trusts."""
    return ssl.create_default_context()


def _answer(method: str, address: Address, connection: socket.socket, deadline: float, most: int) -> Answer:
    try:
        connection.settimeout(_left(deadline))
        connection.sendall(_request(method, address, whole=most > 0))
        response = HTTPResponse(_Bounded(connection, deadline, _MOST + most), method=method)  # type: ignore[arg-type]
        response.begin()
        body = _body(response, most) if most else b""
    except TimeoutError:
        raise Unchecked("gave no answer in time") from None
    except (OSError, HTTPException, ValueError):  # among the first are a connection that is closed, and its TLS
        raise Broken("gave an answer that is none") from None
    return Answer(
        response.status,
        _text(response.headers.get("Location", "")),
        _text(response.headers.get("Retry-After", "")),
        body,
    )


def _request(method: str, address: Address, *, whole: bool) -> bytes:
    """What is sent. An address holds nothing but printable ASCII: see `addresses.parsed`."""
    fields = {
        "Host": address.site.partition("://")[2],
        "User-Agent": _USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if method == "GET" and not whole:
        fields["Range"] = "bytes=0-0"
    lines = [f"{method} {address.target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _body(response: HTTPResponse, most: int) -> bytes:
    try:
        return response.read(most)
    except IncompleteRead as cut:
        return cut.partial


def _text(field: str) -> str:
    """A field of an answer: http.client takes each byte for a character of its own, and most servers send UTF-8."""
    try:
        return field.encode("latin-1").decode("utf-8", "replace").strip()
    except UnicodeEncodeError:
        return field.strip()


class _Bounded(io.RawIOBase):
    """What a connection sends, up to a deadline and so many bytes; takes the place of the socket in HTTPResponse."""

    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self._connection = connection
        self._deadline = deadline
        self._most = most

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._connection.settimeout(_left(self._deadline))
        got = self._connection.recv_into(buffer)
        self._most -= got
        if self._most < 0:
            raise ValueError("more than was asked for")
        return got


def _left(deadline: float) -> float:
    """The seconds up to a deadline. Raises TimeoutError."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
