"""A failing input made small: stretches of it are left out as long as it fails in the same way.

`python -m fuzzing.minimising TARGET FILE` does so in a process of its own, and prints what the input fails of.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fuzzing.failing import SLOW, failure_of
from fuzzing.targets import TARGETS
from healthlint import kept

MOST_SECONDS = 60
ENDLESS = "does not end"

Fails = Callable[[bytes], bool]


def minimised(data: bytes, fails: Fails, seconds: float = MOST_SECONDS) -> bytes:
    """The smallest input that is found in that time by leaving out stretches, first large ones, then small ones."""
    until = time.monotonic() + seconds
    size = len(data) // 2
    while size:
        at = 0
        while at < len(data) and time.monotonic() < until:
            less = data[:at] + data[at + size :]
            if fails(less):
                data = less
            else:
                at += size
        size //= 2
    return data


def main(name: str, file: Path) -> int:
    """Make the input in a file smaller; print what it fails of, or nothing."""
    probe, data = TARGETS[name].probe, file.read_bytes()
    with tempfile.TemporaryDirectory(prefix="fuzzing-kept-") as folder:
        kept.use(folder)
        what = failure_of(probe, data)
        if what and what != SLOW:
            file.write_bytes(minimised(data, lambda less: failure_of(probe, less) == what))
    print(what)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
