"""Results in the order of the articles, each once it is known whether its copies count and where its links lead."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Self

import msgspec

from healthlint import outcomes
from healthlint.findings import Result
from healthlint.outcomes import Outcome, Task
from healthlint.web.verdicts import Verdict

if TYPE_CHECKING:
    from healthlint.across import Copies, Copy
    from healthlint.spool import Spool

Verdicts = Mapping[str, Verdict]  # by link
Finish = Callable[[Task, Outcome, "Sequence[Copy]", Verdicts], Result]
Follow = Callable[[Collection[str]], Verdicts]


class _Waiting(msgspec.Struct, frozen=True):
    """A result whose turn has not come, or an article without its data whose copies may not be decided yet."""

    of: Result | Task
    copies: Sequence[Copy] = ()
    has_links: bool = False  # which are followed once all articles have come
    outcome: Outcome | None = None  # where it cannot be written down


class Queue:
    """Looks for copies and links in what comes of articles, and gives the results in order once they are decided."""

    def __init__(self, finish: Finish, follow: Follow | None = None) -> None:
        """`finish` makes the result of an article from its outcome and copies, and from what `follow` says of links."""
        self._finish = finish
        self._follow = follow
        self._links: dict[str, None] = {}  # in the order in which they are met
        self._verdicts: Verdicts = {}
        self._files: set[tuple[int, int] | str] = set()  # that were compared: one may go by several names
        self._waiting: deque[_Waiting] = deque()

    def __enter__(self) -> Self:
        """Nothing waits yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give up what still waits."""
        if "_spool" in self.__dict__:
            self._spool.close()

    def passed(self, coming: Iterable[tuple[Task, Outcome] | Result]) -> Iterator[Result]:
        """The results that are decided by now."""
        for each in coming:
            copies = [] if isinstance(each, Result) else self._copies_in(*each)
            has_links = not isinstance(each, Result) and self._has_links(each[1])
            yield from self._decided()
            if self._waiting or has_links or not _are_decided(copies):
                self._wait(each, copies, has_links)
            else:
                yield each if isinstance(each, Result) else self._finish(*each, copies, {})

    def rest(self) -> Iterator[Result]:
        """The results that waited: no article is to come."""
        if "_copies" in self.__dict__:
            self._copies.settle()
        if self._follow:
            self._verdicts = self._follow(self._links)
        while self._waiting:
            yield self._first()

    def _copies_in(self, task: Task, outcome: Outcome) -> list[Copy]:
        if not outcome.compared:
            return []
        file = _identity(task.name)
        if file in self._files:
            return []
        self._files.add(file)
        return [copy for article in outcome.compared for copy in self._copies.of(task.name, article)]

    def _decided(self) -> Iterator[Result]:
        while self._waiting and not self._waiting[0].has_links and _are_decided(self._waiting[0].copies):
            yield self._first()

    def _has_links(self, outcome: Outcome) -> bool:
        """Whether there is something to follow; it is taken note of."""
        if not self._follow or not outcome.linked:
            return False
        self._links.update(dict.fromkeys(link.target for link in outcome.linked))
        return True

    def _wait(self, each: tuple[Task, Outcome] | Result, copies: Sequence[Copy], has_links: bool) -> None:
        if isinstance(each, Result):
            self._waiting.append(_Waiting(each))
            return
        task, outcome = each
        encoded = outcomes.encoded(outcome)
        self._spool.put(task.data)
        self._spool.put(encoded)
        written = msgspec.structs.replace(task, data=b"")
        self._waiting.append(_Waiting(written, copies, has_links, None if encoded else outcome))

    def _first(self) -> Result:
        """The result of the one that waits for longest."""
        first = self._waiting.popleft()
        if isinstance(first.of, Result):
            return first.of
        task, encoded = msgspec.structs.replace(first.of, data=self._spool.take()), self._spool.take()
        return self._finish(task, first.outcome or outcomes.decoded(encoded), first.copies, self._verdicts)

    @cached_property
    def _copies(self) -> Copies:
        from healthlint.across import Copies  # one article alone has nothing to share

        return Copies()

    @cached_property
    def _spool(self) -> Spool:
        """The data and outcomes of those that wait."""
        from healthlint.spool import Spool  # most runs have nothing that waits

        return Spool()


def _are_decided(copies: Sequence[Copy]) -> bool:
    return all(copy.counts is not None for copy in copies)


def _identity(name: str) -> tuple[int, int] | str:
    """What a file is known by under all its names; standard input by the name that it is given."""
    try:
        status = os.stat(name)
    except (OSError, ValueError):
        return name
    return status.st_dev, status.st_ino
