"""`python -m fuzzing`: fuzz every target for a while, keep what fails, and write down what was tried."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from fuzzing import record, running
from fuzzing.failing import failure_of
from fuzzing.record import Failure, Tried
from fuzzing.running import Limits, Outcome
from fuzzing.targets import TARGETS, Target

CLEAN, FAILED, UNUSABLE = 0, 1, 2


def main() -> int:
    """Fuzz, or note what was mended; 1 if something failed."""
    options = _options()
    if options.fixed:
        return _note_fixed(*options.fixed)
    if find_spec("atheris") is None and not options.unguided:
        print("atheris is not installed: pip install -e '.[fuzz]', or add --unguided", file=sys.stderr)
        return UNUSABLE
    limits = Limits(options.timeout, options.megabytes)
    known = record.read()
    known.runs.append(run := record.begun(limits.seconds, limits.megabytes))
    status = CLEAN
    for name in options.targets:
        print(f"== {name}", flush=True)
        outcome = running.run(
            TARGETS[name], options.seconds, options.corpus / name, limits, options.seed, guided=not options.unguided
        )
        found = [_failure(TARGETS[name], failed, run) for failed in outcome.failed]
        run.targets.append(_tried(name, outcome, guided=not options.unguided))
        for failure in found:
            known.note(failure)
            status = FAILED
        print(_told(run.targets[-1], found), flush=True)
        if options.record:
            record.save(known)
    return status


def _tried(name: str, outcome: Outcome, *, guided: bool) -> Tried:
    kinds = [failed.kind for failed in outcome.failed]
    return Tried(
        target=name,
        guided=guided,
        inputs=outcome.inputs,
        seconds=round(outcome.seconds),
        processor=round(outcome.processor),
        edges=outcome.edges,
        corpus=outcome.corpus,
        crashes=kinds.count("crash"),
        hangs=kinds.count("hang"),
        memory=kinds.count("memory"),
        failures=[_shown(failed.file) for failed in outcome.failed],
    )


def _failure(target: Target, failed: running.Failed, run: record.Run) -> Failure:
    return Failure(
        target=target.name,
        input=_shown(failed.file),
        kind=failed.kind,
        what=failed.what,
        date=run.date,
        commit=run.commit,
    )


def _told(tried: Tried, failures: list[Failure]) -> str:
    tried_ = f"{tried.inputs:,} inputs in {tried.seconds:,} s, {tried.edges:,} edges, {tried.corpus:,} inputs kept"
    failed = f"{tried.crashes} crashes, {tried.hangs} hangs, {tried.memory} out of memory"
    return "\n".join([f"{tried_}; {failed}", *(f"{failure.input}: {failure.what}" for failure in failures)])


def _note_fixed(given: str, what: str) -> int:
    """Write down how a failure was mended, once its input fails no more."""
    known = record.read()
    path = _shown(Path(given))
    failure = next((failure for failure in known.failures if failure.input == path), None)
    if failure is None:
        print(f"{given}: the record has no such input", file=sys.stderr)
        return UNUSABLE
    if left := failure_of(TARGETS[failure.target].probe, (record.ROOT / path).read_bytes()):
        print(f"{given}: it fails still: {left}", file=sys.stderr)
        return FAILED
    failure.fixed = what
    record.save(known)
    return CLEAN


def _shown(file: Path) -> str:
    """A file's path from the top of the repository."""
    return file.resolve().relative_to(record.ROOT).as_posix()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__, allow_abbrev=False)
    parser.add_argument("--seconds", type=int, default=60, help="how long to fuzz each target (60)")
    parser.add_argument("--targets", nargs="+", choices=TARGETS, default=list(TARGETS), metavar="NAME", help="(all)")
    parser.add_argument("--corpus", type=Path, default=record.ROOT / ".fuzzing", help="where good inputs are kept")
    parser.add_argument("--unguided", action="store_true", help="without atheris: not guided by what inputs reach")
    parser.add_argument("--seed", type=int, default=0, help="for the same changes again (0: others each time)")
    parser.add_argument("--timeout", type=int, default=Limits().seconds, help="seconds of one input, by the clock")
    parser.add_argument("--megabytes", type=int, default=Limits().megabytes, help="of memory for one input")
    parser.add_argument("--no-record", dest="record", action="store_false", help="leave docs/fuzz-record.json as it is")
    parser.add_argument(
        "--fixed",
        nargs=2,
        metavar=("INPUT", "WHAT"),
        help="note what was wrong, once INPUT fails no more; fuzz nothing",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
