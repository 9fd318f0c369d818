"""Runs of a slow work on versions of articles, away from the event loop; only what came of the newest one counts.

An edit is worked on at once when nothing is under way for its article, so that it is answered as soon as can be. One
that comes meanwhile ends the work on the version before it; the next run begins after a pause, so that somebody who
types is not followed letter by letter.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import msgspec

from healthlint.server.articles import Article
from healthlint.server.linting import GoingOn, Linted, Superseded

LONGEST_PAUSE = 0.3  # seconds; no longer than the run that was ended had taken

Work = Callable[[Article, GoingOn], Linted]
More = Callable[[Linted, GoingOn], str | None]
T = TypeVar("T")


class _Run(msgspec.Struct):
    """The work on one open article."""

    article: Article  # the newest version
    # what is worked on is not the newest, or not open
    stale: threading.Event = msgspec.field(default_factory=threading.Event)
    waiting: list[asyncio.Future[Linted | None]] = []
    linted: Linted | None = None  # of the newest version that was done
    task: asyncio.Task[None] | None = None
    more: tuple[Linted, str | None] | None = None  # what came of more work on that

    def settle(self, linted: Linted | None) -> None:
        """Tell those who wait."""
        for future in self.waiting:
            if not future.done():
                future.set_result(linted)
        self.waiting = []


class Newest:
    """The runs of all open articles, one at a time."""

    def __init__(self, work: Work, done: Callable[[Linted], None]) -> None:
        """`work` is called in a thread of its own, `done` in the event loop for what is the newest there is."""
        self._work = work
        self._done = done
        self._runs: dict[str, _Run] = {}
        self._thread = ThreadPoolExecutor(1, "healthlint")

    def begin(self, article: Article) -> None:
        """Work on an article, in this version from now on."""
        run = self._runs.get(article.uri)
        if run is None:
            run = self._runs[article.uri] = _Run(article)
        run.article = article
        run.stale.set()
        if run.task is None:
            run.task = asyncio.get_running_loop().create_task(self._follow(run))

    def drop(self, uri: str) -> None:
        """Forget an article; nothing more is said of it."""
        if run := self._runs.pop(uri, None):
            run.stale.set()
            run.settle(None)

    def article(self, uri: str) -> Article | None:
        """The newest version of an open article."""
        run = self._runs.get(uri)
        return run.article if run else None

    @property
    def articles(self) -> list[Article]:
        """Those of all open articles."""
        return [run.article for run in self._runs.values()]

    async def linted(self, uri: str) -> Linted | None:
        """What came of the newest version, once it is there; None if the article is not open, or closed then."""
        run = self._runs.get(uri)
        if run is None or run.task is None:
            return run.linted if run else None
        future: asyncio.Future[Linted | None] = asyncio.get_running_loop().create_future()
        run.waiting.append(future)
        return await future

    async def more(self, linted: Linted, work: More) -> str | None:
        """What comes of more work on what was linted; None once that is not the newest any more."""
        run = self._runs.get(linted.article.uri)
        if run is None or run.linted is not linted or run.stale.is_set():
            return None
        if run.more is None or run.more[0] is not linted:
            loop = asyncio.get_running_loop()
            run.more = linted, await loop.run_in_executor(self._thread, _worked, partial(work, linted), run.stale)
        return run.more[1] if run.more[0] is linted else None

    def stop(self) -> None:
        """End all work, and wait until it has ended."""
        for uri in list(self._runs):
            self.drop(uri)
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def _follow(self, run: _Run) -> None:
        """Work until the newest version is done."""
        loop = asyncio.get_running_loop()
        while self._runs.get(run.article.uri) is run:
            stale = run.stale = threading.Event()
            start = loop.time()
            linted = await loop.run_in_executor(self._thread, _worked, partial(self._work, run.article), stale)
            if linted and not stale.is_set():
                run.linted, run.task = linted, None
                run.settle(linted)
                self._done(linted)
                return
            await asyncio.sleep(min(loop.time() - start, LONGEST_PAUSE))


def _worked(work: Callable[[GoingOn], T], stale: threading.Event) -> T | None:
    """What comes of work; None if nobody waits for it any more."""

    def going_on() -> None:
        if stale.is_set():
            raise Superseded

    try:
        going_on()
        return work(going_on)
    except Superseded:
        return None
