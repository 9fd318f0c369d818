"""A pool of processes that work on what the one that starts them has prepared."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

Work = Callable[[Any, Any], bytes]  # what was prepared, and one task


class Pool:
    """Processes that share what was prepared, where the system can share memory so; elsewhere each prepares its own."""

    def __init__(self, prepared: object, work: Work, jobs: int) -> None:
        methods = multiprocessing.get_all_start_methods()
        start = multiprocessing.get_context("fork" if "fork" in methods else None)
        self._others = frozenset(multiprocessing.active_children())  # of whoever uses this as a library
        self._executor = ProcessPoolExecutor(jobs, start, initializer=_begin, initargs=(prepared, work))

    def submit(self, task: object) -> Future[bytes]:
        """Work on a task; the future gives what comes of it."""
        return self._executor.submit(_done, task)

    def stop(self) -> None:
        """End the processes; what was not begun is left."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        # where not all could be started, nobody ends those that were
        for left in set(multiprocessing.active_children()) - self._others:
            left.terminate()
            left.join()


_given: tuple[object, Work] | None = None


def _begin(prepared: object, work: Work) -> None:
    """Set up a process of the pool: Ctrl-C is for the one that started it.

    What was prepared is no garbage; to look through it would take a copy of all the memory that is shared.
    """
    global _given  # noqa: PLW0603 - a process of the pool works for one run
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    _given = (prepared, work)


def _done(task: object) -> bytes:
    assert _given is not None
    prepared, work = _given
    return work(prepared, task)
