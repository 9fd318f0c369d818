"""Names that are found, that are not, and of which nobody knows."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence

import pytest

from healthlint.web.names import SURE, Names, looked_up
from healthlint.web.verdicts import NoSuchName, Unchecked


class Resolver:
    """Knows some names; of all others it says `otherwise`."""

    def __init__(self, known: dict[str, list[str]], otherwise: int = socket.EAI_NONAME) -> None:
        self.asked: list[str] = []
        self._known = known
        self._otherwise = otherwise

    def __call__(self, name: str) -> Sequence[str]:
        self.asked.append(name)
        if name in self._known:
            return self._known[name]
        raise socket.gaierror(self._otherwise, "it says")


def test_a_name_is_looked_up_once() -> None:
    resolver = Resolver({"a.org": ["192.0.2.1", "192.0.2.2"]})
    names = Names(resolver)
    assert [list(names.addresses("a.org", 9)) for _ in range(2)] == [["192.0.2.1", "192.0.2.2"]] * 2
    assert resolver.asked == ["a.org"]


@pytest.mark.parametrize("ip", ["192.0.2.1", "2001:db8::1"])
def test_an_address_is_not_looked_up(ip: str) -> None:
    resolver = Resolver({})
    assert Names(resolver).addresses(ip, 9) == [ip]
    assert resolver.asked == []


def test_a_name_that_there_is_not_while_others_are_found() -> None:
    resolver = Resolver({SURE: ["192.0.2.1"]})
    names = Names(resolver)
    for _ in range(2):
        with pytest.raises(NoSuchName):
            names.addresses("gone.org", 9)
    assert resolver.asked == ["gone.org", SURE]


def test_where_no_name_is_found_there_is_no_network() -> None:
    with pytest.raises(Unchecked, match="could not be looked up"):
        Names(Resolver({})).addresses("gone.org", 9)


@pytest.mark.parametrize("host", ["intranet", "wiki.internal", "nas.local", "0x7f.1"])
def test_of_private_names_nobody_can_be_sure(host: str) -> None:
    with pytest.raises(Unchecked):
        Names(Resolver({SURE: ["192.0.2.1"]})).addresses(host, 9)


@pytest.mark.parametrize("said", [socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_MEMORY])
def test_what_may_pass_says_nothing_of_the_name(said: int) -> None:
    with pytest.raises(Unchecked):
        Names(Resolver({SURE: ["192.0.2.1"]}, otherwise=said)).addresses("a.org", 9)


def test_a_name_without_an_address() -> None:
    with pytest.raises(Unchecked):
        Names(Resolver({"a.org": []})).addresses("a.org", 9)


@pytest.mark.parametrize("raised", [OSError("no network"), UnicodeError("no name")])
def test_whatever_else_goes_wrong(raised: Exception) -> None:
    def look_up(name: str) -> Sequence[str]:
        raise raised

    with pytest.raises(Unchecked):
        Names(look_up).addresses("a.org", 9)


def test_a_resolver_that_never_answers() -> None:
    ended = threading.Event()

    def look_up(name: str) -> Sequence[str]:
        ended.wait()
        return []

    try:
        with pytest.raises(Unchecked, match="could not be looked up"):
            Names(look_up).addresses("a.org", 0.05)
    finally:
        ended.set()


def test_the_systems_resolver_knows_numbers_in_all_spellings() -> None:
    assert looked_up("2130706433") == looked_up("0x7f.1") == looked_up("127.0.0.1") == ["127.0.0.1"]
