"""One address -> what is known of it: redirects followed, robots.txt obeyed, of a host one thing after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

import msgspec

from healthlint.web import addresses, verdicts
from healthlint.web.addresses import Address
from healthlint.web.asking import Answer, Broken, ask
from healthlint.web.limits import LinkLimits
from healthlint.web.names import Names
from healthlint.web.robots import LARGEST, Robots
from healthlint.web.verdicts import NoSuchName, State, Unchecked, Verdict

REDIRECTS = 10
_REDIRECTS_OF_ROBOTS = 5
_REDIRECT, _FOR_GOOD = (301, 302, 303, 307, 308), (301, 308)
_MOST_ROBOTS = 64  # that are remembered at one time: each may be large
_USUAL_WAIT = 3_600.0  # seconds that a host is left alone that does not say for how long
_MOST_FAILURES = 3  # of a host, one after the other, from which on it is left alone

OVER = "left when the time was over"
PRIVATE = "stood at private addresses"
_NO_PORT_OF_WEB = "named a port that is none of the web's"
_FORBIDDEN = "forbidden by robots.txt"
_UNREADABLE = "had a robots.txt that could not be read"
_LEADS_TO_NO_SITE = Verdict(State.DEAD, "it leads on to a site that there is not")


class _Host(msgspec.Struct):
    """How a host is treated; whoever has its turn may change that."""

    turn: threading.Lock = msgspec.field(default_factory=threading.Lock)
    next_at: float = 0.0  # by time.monotonic
    pause: float = 0.0  # seconds between requests that it asks for
    failures: int = 0
    closed: str = ""  # why it is asked no more
    wait: float = 0.0  # seconds that it wants to be left alone


class Visit(msgspec.Struct, frozen=True):
    """What came of an address."""

    verdict: Verdict
    is_lasting: bool  # the site has said so: it is not what happened on the way there


class Visitor:
    """Visits addresses, for several threads at once."""

    def __init__(self, limits: LinkLimits, names: Names, *, allow_private: bool = False) -> None:
        """`allow_private`: hosts at private addresses are visited too, at any port."""
        self._limits = limits
        self._names = names
        self._allow_private = allow_private
        self._hosts: dict[str, _Host] = {}
        self._robots = lru_cache(_MOST_ROBOTS)(self._read_robots)
        self.end = 0.0  # by time.monotonic: then nothing is begun, and nothing goes on

    def visit(self, address: Address) -> Visit:
        """What is known of an address. Nothing is raised."""
        try:
            return Visit(self._verdict(address), is_lasting=True)
        except Unchecked as why:
            said = OVER if time.monotonic() >= self.end else str(why)
            return Visit(verdicts.unknown(said), is_lasting=why.by_site and said != OVER)
        except Exception as error:  # noqa: BLE001 - a defect of ours must not cost the other links
            return Visit(verdicts.unknown(f"made healthlint fail ({type(error).__name__})"), is_lasting=False)

    def wants_to_be_left_alone(self, name: str) -> tuple[Verdict, float] | None:
        """What is to be said of a host that has asked for it, and for how many seconds it wants that."""
        host = self._hosts.get(name)
        return (verdicts.unknown(host.closed), host.wait) if host and host.wait else None

    def _verdict(self, address: Address) -> Verdict:
        """Follow an address to its end. Raises Unchecked."""
        first, seen, for_good = address, {address}, True
        while True:
            try:
                answer = self._page(address)
            except NoSuchName:
                return verdicts.NAMELESS if len(seen) == 1 else _LEADS_TO_NO_SITE
            if answer.status not in _REDIRECT or not answer.location:
                found = verdicts.of_status(answer.status)
                has_moved = found == verdicts.ALIVE and for_good and address.is_elsewhere(first)
                return verdicts.moved(address.url) if has_moved else found
            for_good = for_good and answer.status in _FOR_GOOD
            address = address.redirected(answer.location)
            if address in seen:
                raise Unchecked("redirected in a loop", by_site=True)
            if len(seen) > REDIRECTS:
                raise Unchecked("redirected too often", by_site=True)
            seen.add(address)

    def _page(self, address: Address) -> Answer:
        """What a site answers for a page, if it may be asked for. Raises NoSuchName, Unchecked."""
        rules = self._robots(address._replace(target="/robots.txt"))
        if isinstance(rules, Unchecked):
            raise Unchecked(str(rules), by_site=rules.by_site)
        if not rules.allows(address.url):
            raise Unchecked(_FORBIDDEN, by_site=True)
        try:
            answer = self._answer("HEAD", address)
        except Broken:
            return self._answer("GET", address)
        if answer.status >= 400:  # servers refuse HEAD in many ways, 404 among them
            return self._answer("GET", address)
        return answer

    def _read_robots(self, place: Address) -> Robots | Unchecked:
        """What the robots.txt at a place allows, or why that is not known. Raises NoSuchName."""
        try:
            found = Robots(self._answer_of_robots(place))
        except Unchecked as why:
            return why
        host = self._host(place.host)
        host.pause = max(host.pause, found.pause)
        return found

    def _answer_of_robots(self, place: Address) -> Answer:
        """What a robots.txt says, after redirects. One that is sent on too often is none (RFC 9309, 2.3.1.2)."""
        answer = self._answer("GET", place, most=LARGEST)
        for _ in range(_REDIRECTS_OF_ROBOTS):
            if answer.status not in _REDIRECT or not answer.location:
                break
            place = place.redirected(answer.location)
            try:
                answer = self._answer("GET", place, most=LARGEST)
            except NoSuchName:
                raise Unchecked(_UNREADABLE, by_site=True) from None
        return answer

    def _answer(self, method: str, address: Address, *, most: int = 0) -> Answer:
        """What a host answers, once it is its turn. Raises NoSuchName, Unchecked."""
        host = self._host(address.host)
        with self._turn(host):
            if host.closed:
                raise Unchecked(host.closed)
            try:
                answer = ask(method, address, self._ips(address), self._deadline(), most=most)
            except Unchecked as why:
                host.failures += 1
                if host.failures >= _MOST_FAILURES:
                    host.closed = str(why)
                raise
            host.failures = 0
            if answer.status == 429 or (answer.status == 503 and answer.retry_after):
                host.closed = f"asked to be left alone for a while ({answer.status})"
                host.wait = _seconds(answer.retry_after) or _USUAL_WAIT
                raise Unchecked(host.closed)
            return answer

    @contextmanager
    def _turn(self, host: _Host) -> Iterator[None]:
        """Nobody else asks the host, and its pause is over. Raises Unchecked if the run is over before that."""
        if not host.turn.acquire(timeout=max(0.0, self._left)):
            raise Unchecked(OVER)
        try:
            pause = host.next_at - time.monotonic()
            if pause >= self._left:
                raise Unchecked(OVER)
            time.sleep(max(0.0, pause))
            yield
        finally:
            host.next_at = time.monotonic() + max(host.pause, self._limits.pause)
            host.turn.release()

    def _ips(self, address: Address) -> Sequence[str]:
        """The IP addresses at which a host may be asked. Raises NoSuchName, Unchecked."""
        if addresses.is_private_name(address.host) and not self._allow_private:
            raise Unchecked(PRIVATE)
        found = self._names.addresses(address.host, self._deadline() - time.monotonic())
        public = [ip for ip in found if addresses.is_public(ip)]
        usable = public if address.port in addresses.PUBLIC_PORTS else []
        if self._allow_private:
            usable = [*usable, *(ip for ip in found if ip not in public)]
        if not usable:
            raise Unchecked(_NO_PORT_OF_WEB if public else PRIVATE)
        return usable

    def _deadline(self) -> float:
        return min(self.end, time.monotonic() + self._limits.seconds)

    @property
    def _left(self) -> float:
        return self.end - time.monotonic()

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())


def _seconds(retry_after: str) -> float:
    """What a server's Retry-After asks for: a number of seconds, or a date. 0 for what is neither."""
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after[:12])
    try:
        until = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return max(0.0, (until - datetime.now(until.tzinfo)).total_seconds())
