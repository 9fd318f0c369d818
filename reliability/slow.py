"""`python -m reliability.slow`: try every regular expression on the texts made for it; what came of it, as JSON."""

from __future__ import annotations

import json
import re
import sys
import time

from reliability import killers

LONGEST = 2_000  # characters of the longest sentence
SECOND = 1.0
_SHORT = 0.02  # seconds too short for growth to be told by


def main() -> int:
    """Print the counts; each expression that is too slow goes to standard error."""
    found = killers.compiled()
    texts = hung = 0
    steepest = 0.0
    for regex, flags in found:
        pattern = re.compile(regex, flags)
        worst = 0.0
        for killer in killers.killers(regex, flags):
            texts += 1
            whole = _seconds(pattern, killer.text(LONGEST))
            worst = max(worst, whole)
            if whole > SECOND:
                break  # one is enough
            if whole > 4 * _SHORT:
                steepest = max(steepest, whole / max(_SHORT, _seconds(pattern, killer.text(LONGEST // 2))))
        if worst > SECOND:
            hung += 1
            print(f"{worst:.1f} s: {regex!r}", file=sys.stderr)
    print(json.dumps({"expressions": len(found), "texts": texts, "hung": hung, "steepest": round(steepest, 1)}))
    return 0


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    """Of the processor, to find all matches."""
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
