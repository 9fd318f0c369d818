"""Names of hosts -> IP addresses, each name once and in bounded time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from typing import Any

from healthlint.web.addresses import is_private_name
from healthlint.web.verdicts import NoSuchName, Unchecked

LookUp = Callable[[str], Sequence[str]]

SURE = "example.com"  # which there always is (RFC 2606): where it is not found, none is


def looked_up(name: str) -> list[str]:
    """The IP addresses of a name, by the system's resolver. Raises socket.gaierror."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)))


class Names:
    """Looks up names, for several threads at once."""

    def __init__(self, look_up: LookUp = looked_up) -> None:
        """`look_up` gives the IP addresses of a name. It raises socket.gaierror, and may take any time."""
        self._look_up = look_up
        self._known: dict[str, Sequence[str]] = {}  # none for a name that there is not

    def addresses(self, host: str, seconds: float) -> Sequence[str]:
        """The IP addresses of a host. Raises NoSuchName, Unchecked."""
        if _is_literal(host):
            return [host]
        if host not in self._known:
            self._known[host] = self._found(host, seconds)
        if not self._known[host]:
            raise NoSuchName
        return self._known[host]

    def _found(self, host: str, seconds: float) -> Sequence[str]:
        """The IP addresses of a name; none if there is certainly none of that name. Raises Unchecked."""
        try:
            if found := self._in_time(host, seconds):
                return found
        except socket.gaierror as error:
            if error.errno == socket.EAI_NONAME and not is_private_name(host) and self._works(seconds):
                return []
        except (OSError, UnicodeError):
            pass
        raise Unchecked("had names that could not be looked up")

    def _works(self, seconds: float) -> bool:
        """Whether names are found at all: without a network, some systems say that there is none."""
        try:
            return bool(self._in_time(SURE, seconds))
        except (OSError, UnicodeError):
            return False

    def _in_time(self, host: str, seconds: float) -> Sequence[str]:
        """What looking up a name gives or raises; it cannot be ended, so it is left alone after that time."""
        answer: SimpleQueue[Any] = SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._look_up(host))
            except Exception as error:  # noqa: BLE001 - raised by the one that waits
                answer.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=max(0.0, seconds))
        except Empty:
            raise OSError("no answer in time") from None
        if isinstance(found, Exception):
            raise found
        return list(found)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
