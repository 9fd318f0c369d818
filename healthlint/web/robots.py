"""What a site's robots.txt lets us ask for (RFC 9309)."""

from __future__ import annotations

import math

from protego import Protego

from healthlint.web.asking import AGENT, Answer
from healthlint.web.verdicts import Unchecked

LARGEST = 500 * 1024  # bytes that are read of it; the standard wants that much to be understood
_LONGEST_PAUSE = 60.0
_UNREADABLE = "had a robots.txt that could not be read"


class Robots:
    """What one site allows."""

    def __init__(self, answer: Answer) -> None:
        """`answer` is what came of asking for robots.txt. Raises Unchecked if it does not tell what is allowed."""
        if answer.status >= 500 or answer.status == 429:
            raise Unchecked(_UNREADABLE, by_site=True)
        is_there = 200 <= answer.status < 300
        self._rules = Protego.parse(answer.body.decode("utf-8", "replace")) if is_there else None

    def allows(self, url: str) -> bool:
        """Whether an address may be asked for."""
        return self._rules is None or bool(self._rules.can_fetch(url, AGENT))

    @property
    def pause(self) -> float:
        """The seconds that the site wants between two requests; 0 if it does not say."""
        wanted = self._rules.crawl_delay(AGENT) if self._rules else None
        return min(wanted, _LONGEST_PAUSE) if wanted and math.isfinite(wanted) and wanted > 0 else 0.0
