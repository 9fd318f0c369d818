"""`python -m accuracy`: measure the labelled sets, and write down what came of it.

The files are `docs/accuracy.md`, `rules/accuracy.json` and the pages of the rules, `docs/rules/`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from accuracy import page, record, rule_pages, sets, structure
from accuracy.sets import ROOT, SetError
from accuracy.structure import StructureError
from healthlint import measured
from healthlint.writing import write

PAGE = ROOT / "docs" / "accuracy.md"
DATA = ROOT / "rules" / measured.NAME


def generated() -> Iterator[tuple[Path, str]]:
    """The files that tell what was measured, and their text as it should be. Raises SetError, StructureError."""
    measures = {name: sets.measure_of(ROOT / name) for name in sets.names()}
    text = page.page(record.read(), measures, sets.measured(), sets.all_rules(), structure.scores())
    yield PAGE, text
    yield DATA, measured.written(sets.measured())


def main() -> int:
    """Write the files; first add to the record what the options ask for."""
    options = _options()
    try:
        if options.record:
            what = options.untuned or options.tuned
            measure = sets.measure_of(options.record.resolve())
            record.append(record.entry_of(_name(options.record), what, measure, tuned=options.untuned is None))
        for path, text in generated():
            write(path, [text])
        write_rule_pages(rule_pages.FOLDER)
    except (SetError, StructureError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def write_rule_pages(folder: Path) -> None:
    """Write the pages of the rules, and remove those of rules that are gone. Raises SetError, OSError."""
    wanted = rule_pages.generated(sets.all_rules(), sets.measured(), folder)
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, [text])
    for path in filter(rule_pages.is_ours, rule_pages.left_over(wanted, folder)):
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m accuracy",
        description="Measure the sets below corpus/, and write docs/accuracy.md, rules/accuracy.json and docs/rules/.",
    )
    parser.add_argument("--record", metavar="FOLDER", type=Path, help="add the measurement of this set to the record")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--untuned", metavar="WHAT", help="what the set is; no rule was changed because of it")
    kind.add_argument("--tuned", metavar="WHAT", help="what the set is; rules were changed because of it")
    options = parser.parse_args()
    if bool(options.record) != bool(options.untuned or options.tuned):
        parser.error("--record FOLDER comes with --untuned WHAT or --tuned WHAT")
    return options


def _name(folder: Path) -> str:
    """A folder as the record names it: from the top of the repository if it lies in it."""
    absolute = folder.resolve()
    return absolute.relative_to(ROOT).as_posix() if absolute.is_relative_to(ROOT) else absolute.name


if __name__ == "__main__":
    sys.exit(main())
