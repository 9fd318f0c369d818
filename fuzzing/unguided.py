"""The process that fuzzes one target without atheris: faster, but it does not look at what its inputs reach.

`python -m fuzzing.unguided TARGET FOUND SECONDS TIMEOUT SEED SEEDS` says what `fuzzing.worker` says, as far as it can.
"""

from __future__ import annotations

import faulthandler
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from fuzzing.failing import Found, failure_of
from fuzzing.mutating import changed, crossed
from fuzzing.targets import TARGETS, Target
from healthlint import kept

_CROSSED = 0.3  # of the inputs begin as two seeds
_MOST_BYTES = 8  # that are changed in an input that is no text


def main(name: str, folder: Path, seconds: float, timeout: float, chance: Random, seeds: Path) -> None:
    """Fuzz for so many seconds; the input that is tried is there as a file, should it not end."""
    target, found, current = TARGETS[name], Found(folder), folder / "timeout-current"
    given = [path.read_bytes() for path in sorted(seeds.iterdir())]
    begun, tried = time.monotonic(), 0
    while (spent := time.monotonic() - begun) < seconds:
        data = given[tried] if tried < len(given) else _made(target, given, chance)
        current.write_bytes(data)
        faulthandler.dump_traceback_later(timeout, exit=True)
        if what := failure_of(target.probe, data):
            found.note(what, data)
        faulthandler.cancel_dump_traceback_later()
        tried += 1
    current.unlink()
    print(f"#{tried} DONE cov: 0 ft: 0 corp: {len(given)}\nDone {tried} runs in {spent:.0f} second(s)", flush=True)


def _made(target: Target, given: list[bytes], chance: Random) -> bytes:
    """A new input, made of the seeds."""
    data, words = chance.choice(given), target.words()
    if not words:
        made = bytearray(data or b" ")
        for _ in range(chance.randint(1, _MOST_BYTES)):
            made[chance.randrange(len(made))] = chance.randrange(256)
        return bytes(made)
    text = data.decode("utf-8", "replace")
    if chance.random() < _CROSSED:
        text = crossed(text, chance.choice(given).decode("utf-8", "replace"), chance)
    return changed(text, words, chance).encode("utf-8", "replace")[: target.longest]


if __name__ == "__main__":
    _name, _folder, _seconds, _timeout, _seed, _seeds = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="fuzzing-kept-") as _kept:
        kept.use(_kept)
        main(_name, Path(_folder), float(_seconds), float(_timeout), Random(int(_seed) or None), Path(_seeds))
