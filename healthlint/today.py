"""The day of a run: the one that the command line gives, else that of the clock.

Whoever asks `today` makes what it finds depend on the day: it is noted, and kept for that day alone.
"""

from __future__ import annotations

from datetime import date, datetime

_given: date | None = None
_asked = False


def use(day: date | None) -> None:
    """Take `day` for today from now on; None for the day of the clock."""
    global _given  # noqa: PLW0603 - set once by the command line
    _given = day


def today() -> date:
    """The day, in local time. Takes note that it was asked for."""
    global _asked  # noqa: PLW0603 - read by whoever keeps results
    _asked = True
    return _given or datetime.now().astimezone().date()


def noted() -> str:
    """Today as in ISO 8601 if somebody has asked for it since this was called last, else ''."""
    global _asked
    asked, _asked = _asked, False
    return (_given or datetime.now().astimezone().date()).isoformat() if asked else ""


def is_given() -> bool:
    """Whether the command line gives the day."""
    return _given is not None
