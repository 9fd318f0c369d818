"""What is remembered of links from one run to the next, in the cache of healthlint: each verdict for its time."""

from __future__ import annotations

import time

import msgspec

from healthlint import kept
from healthlint.web.verdicts import State, Verdict

_HOUR, _DAY = 3_600.0, 86_400.0
LASTS = {State.ALIVE: 7 * _DAY, State.DEAD: _DAY, State.UNKNOWN: _HOUR}  # seconds


class _Remembered(msgspec.Struct, frozen=True):
    """A verdict, and up to when it holds in seconds since 1970."""

    verdict: Verdict
    until: float


_DECODER = msgspec.json.Decoder(_Remembered)


def recalled(name: str) -> Verdict | None:
    """What is remembered of an address or a host, if it still holds."""
    encoded, now = kept.run.get(kept.LINK, _key(name)), time.time()
    try:
        found = _DECODER.decode(encoded) if encoded else None
    except (msgspec.DecodeError, ValueError):
        return None
    return found.verdict if found and now < found.until <= now + max(LASTS.values()) else None


def remember(name: str, verdict: Verdict, seconds: float | None = None) -> None:
    """Have a verdict recalled in later runs, for as long as its kind lasts, or so many seconds but a day at most."""
    lasts = LASTS[verdict.state] if seconds is None else min(seconds, _DAY)
    kept.run.put(kept.LINK, _key(name), msgspec.json.encode(_Remembered(verdict, time.time() + lasts)))


def _key(name: str) -> str:
    return kept.digest(name.encode())
