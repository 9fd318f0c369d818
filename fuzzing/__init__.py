"""Coverage-guided fuzzing with atheris: `python -m fuzzing` runs every target. No part of the package.

A target (`targets.py`) reads bytes as one thing that healthlint reads, and holds what comes of them against
`promises.py`. Its inputs start from the corpus, the examples of all rules, broken articles and small seeds
(`seeds.py`, `broken.py`, `inputs/`), and are changed as bytes and as text (`mutating.py`, `words.py`). Each target runs
in processes of its own (`running.py`, `worker.py`, `unguided.py`) with limits of time and memory for an input; what
fails is made small (`minimising.py`) and kept in `tests/crashes/TARGET/`, which `tests/test_fuzzing.py` replays, with
or without atheris.

What was found stands in `docs/fuzz-record.json` (`record.py`), to which each run adds:

    {"runs": [
      {"date": "2026-01-31", "version": "0.1.0", "commit": "0123456789ab",
       "limits": {"seconds": 30, "megabytes": 1024},
       "targets": [
         {"target": "markdown", "guided": true, "inputs": 20000, "seconds": 360, "processor": 350, "edges": 5000,
          "corpus": 900, "crashes": 1, "hangs": 0, "memory": 0,
          "failures": ["tests/crashes/markdown/0123456789ab.md"]}]}],
     "failures": [
      {"target": "markdown", "input": "tests/crashes/markdown/0123456789ab.md", "kind": "crash",
       "what": "IndexError in healthlint/documents/lines.py, rows", "date": "2026-01-31", "commit": "0123456789ab",
       "fixed": "what was wrong, and is no more; '' while it fails"}]}

`commit` ends in `+` if files were changed since. `limits` are those of one input, by the clock; `failing.py` has that
of the processor. `guided` is false for a target that was fuzzed without atheris (`unguided.py`), of which no edges are
known and `corpus` counts the seeds. `inputs` are those that were tried, seeds included; `seconds` is how long the
target ran by the clock, and `processor` how many seconds of the processor it took; `edges` are the branches of
healthlint that were reached, as atheris counts them; `corpus` is the number of inputs of which each reached something
new. `crashes`, `hangs` and `memory` (`kind`: crash, hang, memory) count the different failures that the target met in
the run: an exception or a broken promise, an input beyond the limit of seconds, one beyond that of memory. `failures`
are all that there ever were; one that no run names was found beside the runs, by the same changes of the same seeds.
"""
