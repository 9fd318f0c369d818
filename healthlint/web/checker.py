"""Many links -> what is known of each: every address once a run, and not again as long as what was learnt of it holds.

Hosts are shared among threads, so that each host is asked for one thing after the other. What is kept from run to run
is read before the threads start and written by the one that waits for them.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue

from healthlint.plain import count
from healthlint.web import addresses, memory, verdicts
from healthlint.web.addresses import Address
from healthlint.web.limits import LinkLimits
from healthlint.web.names import LookUp, Names, looked_up
from healthlint.web.verdicts import State, Unchecked, Verdict
from healthlint.web.visiting import OVER, Visit, Visitor

_HOSTS_NAMED = 3  # in the summary, for each reason
_LEFT = "left for another run"
_GRACE = 5.0  # seconds that threads have to see that the time is over


def _nothing(*_: object) -> None:
    """Nobody counts."""


class Checker:
    """Follows links, within limits; `summary` tells how that went."""

    def __init__(self, limits: LinkLimits, *, allow_private: bool = False, look_up: LookUp = looked_up) -> None:
        """`allow_private`: hosts at private addresses are asked too, at any port."""
        self._limits = limits
        self._allow_private = allow_private
        self._visitor = Visitor(limits, Names(look_up), allow_private=allow_private)
        self._known: dict[str, tuple[str, Verdict]] = {}  # by address: its host, and what is known
        self._number = 0  # of addresses that are asked for

    def verdicts(
        self,
        links: Iterable[str],
        begin: Callable[[int, str], None] = _nothing,
        step: Callable[[], None] = _nothing,
    ) -> Mapping[str, Verdict]:
        """What is known of each link, by how it is written; where there are too many, the first are asked for.

        `begin` is told how many addresses are to be asked for, and `step` called for each that has been.
        """
        read: dict[str, str] = {}
        to_ask: dict[str, list[Address]] = {}
        for link in dict.fromkeys(links):
            try:
                address = addresses.parsed(link)
            except Unchecked as why:
                read[link] = link
                self._known[link] = ("", verdicts.unknown(str(why)))
                continue
            read[link] = address.url
            if address.url not in self._known:
                verdict = self._recalled(address) or self._put(address, to_ask)
                self._known[address.url] = (address.host, verdict)
        begin(self._number, "links")
        self._ask(to_ask, step)
        return {link: self._known[url][1] for link, url in read.items()}

    def _recalled(self, address: Address) -> Verdict | None:
        """What is known of an address, or of its host, from earlier runs."""
        return memory.recalled(self._name(address.url)) or memory.recalled(self._name(address.host))

    def _put(self, address: Address, to_ask: dict[str, list[Address]]) -> Verdict:
        """Put an address with those of its host, if the limits allow it; what counts until it has been asked for."""
        of_host = to_ask.setdefault(address.host, [])
        if self._number >= self._limits.most or len(of_host) >= self._limits.most_per_host:
            return verdicts.unknown(_LEFT)
        of_host.append(address)
        self._number += 1
        return verdicts.unknown(OVER)

    def _name(self, of: str) -> str:
        """What something is remembered by."""
        return f"{'private' if self._allow_private else 'public'} {of}"

    def _ask(self, to_ask: Mapping[str, Sequence[Address]], step: Callable[[], None]) -> None:
        """Have all addresses visited, those of one host by one thread."""
        waiting: SimpleQueue[Sequence[Address]] = SimpleQueue()
        done: SimpleQueue[tuple[Address, Visit]] = SimpleQueue()
        for of_host in sorted(to_ask.values(), key=len, reverse=True):
            waiting.put(of_host)
        self._visitor.end = time.monotonic() + self._limits.seconds_in_all
        for _ in range(min(self._limits.at_once, len(to_ask))):
            threading.Thread(target=self._visit, args=(waiting, done), daemon=True).start()
        try:
            for _ in range(sum(map(len, to_ask.values()))):
                self._take(*done.get(timeout=max(0.0, self._visitor.end - time.monotonic()) + _GRACE))
                step()
        except Empty:
            pass  # what is left counts as left
        finally:
            self._visitor.end = 0.0  # also where Ctrl-C ends the run
        for host in to_ask:
            if busy := self._visitor.wants_to_be_left_alone(host):
                memory.remember(self._name(host), *busy)

    def _visit(self, waiting: SimpleQueue[Sequence[Address]], done: SimpleQueue[tuple[Address, Visit]]) -> None:
        """Visit what waits, host by host."""
        while True:
            try:
                of_host = waiting.get_nowait()
            except Empty:
                return
            for address in of_host:
                done.put((address, self._visitor.visit(address)))

    def _take(self, address: Address, visit: Visit) -> None:
        """Take note of what came of an address, for later runs too if it lasts."""
        self._known[address.url] = (address.host, visit.verdict)
        if visit.is_lasting:
            memory.remember(self._name(address.url), visit.verdict)

    @property
    def is_complete(self) -> bool:
        """Whether all that was to be checked could be."""
        return all(verdict.state is not State.UNKNOWN for _, verdict in self._known.values())

    @property
    def summary(self) -> str:
        """What was checked and what could not be, in one line."""
        states = Counter(verdict.state for _, verdict in self._known.values())
        said = f"{count(len(self._known), 'link')} checked: {states[State.DEAD]} dead"
        unknown = states[State.UNKNOWN]
        return f"{said}, {unknown} could not be checked ({'; '.join(self._reasons())})" if unknown else said

    def _reasons(self) -> Iterator[str]:
        """'2 answered 403: a.org, b.org', the most frequent first."""
        reasons: dict[str, list[str]] = {}
        for host, verdict in self._known.values():
            if verdict.state is State.UNKNOWN:
                reasons.setdefault(verdict.said, []).append(host)
        for why, hosts in sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            named = [host for host in dict.fromkeys(hosts) if host]
            more = [f"{len(named) - _HOSTS_NAMED} more"] if len(named) > _HOSTS_NAMED else []
            names = ", ".join([*named[:_HOSTS_NAMED], *more])
            yield f"{len(hosts)} {why}" + (f": {names}" if names else "")
