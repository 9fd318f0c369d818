"""`docs/reliability.md`, from the records."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from accuracy import markdown
from healthlint.plain import count
from reliability.record import ROOT, Record, Tried

PAGE = ROOT / "docs" / "reliability.md"
TELLING = 0.4  # seconds that a tenth of a text must take, for the growth to be told
FUZZ = ROOT / "docs" / "fuzz-record.json"  # of another program, and not always there
_NAMES = {
    ".txt": "plain text",
    ".md": "Markdown",
    ".html": "HTML",
    ".rst": "reStructuredText",
    ".docx": "Word",
    ".xml": "WordPress",
}


def page(record: Record, fuzz: Path = FUZZ) -> str:
    """The page as it should be."""
    return "\n".join(_parts(record, fuzz))


def _parts(record: Record, fuzz: Path) -> Iterator[str]:
    yield "# Reliability\n"
    yield markdown.paragraph(
        "What was done to make healthlint crash, hang, or lose a finding, and what came of it. This page is made by "
        "`python -m reliability`; the same inputs, smaller, are tried by the tests at each change."
    )
    yield "## In sum\n"
    yield _sum(record)
    yield markdown.paragraph(
        f"Measured on {record.date} at commit {record.commit}. {record.limits} An input crashes if its run ends with "
        "another status than 0, 1 or 2 or with a traceback; it hangs if it has to be ended; a finding is lost if one "
        "that was planted before or behind the hostile part, or in another file beside it, is not told, or if what is "
        "wrong is not said in one line."
    )
    yield from _failures(record)
    yield "## Time grows with the text\n"
    yield from _growth(record)
    yield "## Expressions\n"
    yield from _expressions(record)
    yield "## Surroundings\n"
    yield from _surroundings(record)
    yield "## Fuzzing\n"
    yield from _fuzz(fuzz)


def _groups(tried: Sequence[Tried]) -> dict[str, list[Tried]]:
    groups: dict[str, list[Tried]] = defaultdict(list)
    for one in tried:
        groups[one.group].append(one)
    return groups


def _sum(record: Record) -> str:
    rows = [_row(group, tried) for group, tried in _groups(record.tried).items()]
    rows.append(_row("**in all**", record.tried))
    return markdown.table(["inputs", "tried", "crashes", "hangs", "lost findings"], rows)


def _row(name: str, tried: Sequence[Tried]) -> list[str]:
    counts = (sum(one.crashed for one in tried), sum(one.hung for one in tried), sum(one.lost for one in tried))
    return [name, f"{len(tried):,}", *map(str, counts)]


def _failures(record: Record) -> Iterator[str]:
    for one in record.tried:
        for wrong in one.wrong:
            form = f" ({_NAMES[one.format]})" if one.format else ""
            yield f"- {markdown.literal(one.name)}{form}: {markdown.literal(wrong)}\n"


def _growth(record: Record) -> Iterator[str]:
    yield markdown.paragraph(
        "Each text was read and linted with all rules at its full size and at a tenth of it. Ten times the text should "
        "take ten times as long; the figures are seconds of one processor without those that an article of one line "
        "takes, so they vary by a third from run to run. What is kept of sentences that may come again is bounded, so "
        "that a text of more than some thousand different sentences takes up to three times as long for each."
    )
    rows = []
    for suffix, name in _NAMES.items():
        for one in record.tried:
            if one.format == suffix and one.bytes > (1_000_000 if suffix == ".docx" else 5_000_000):  # packed
                growth = f"{one.growth:.1f}" if one.growth else ""
                rows.append(
                    [name, one.name, f"{one.bytes / 1e6:.1f}", f"{one.seconds:.0f}", growth, str(one.megabytes)]
                )
    header = ["reader", "text", "MB", "seconds", "times a tenth of it", "memory, MB"]
    yield markdown.table(header, rows)
    measured = sorted(filter(_is_told, record.tried), key=lambda one: -one.growth)
    if measured:
        middle = measured[len(measured) // 2].growth
        yield markdown.paragraph(
            f"Of all {count(len(measured), 'text')} that took long enough to tell, half grow by less than "
            f"{middle:.1f}. The steepest:"
        )
        yield markdown.table(
            ["text", "format", "kB", "seconds", "times a tenth of it"],
            [
                [
                    markdown.literal(one.name),
                    _NAMES[one.format],
                    f"{one.bytes / 1e3:,.0f}",
                    f"{one.seconds:.1f}",
                    f"{one.growth:.1f}",
                ]
                for one in measured[:10]
            ],
        )
    yield markdown.paragraph("Everything that was repeated or nested:")
    for group, tried in _groups([one for one in record.tried if one.format and one.group != "rules"]).items():
        yield _listed(group, tried)


def _is_told(one: Tried) -> bool:
    """Whether a tenth of the text took long enough to tell how the time grows."""
    return one.growth > 0 and one.seconds / one.growth > TELLING


def _listed(group: str, tried: Sequence[Tried]) -> str:
    """An item with the names of a group."""
    names = dict.fromkeys(markdown.literal(one.name) for one in tried)
    return "- " + markdown.paragraph(f"*{group}*: {', '.join(names)}.", "  ")[2:]


def _expressions(record: Record) -> Iterator[str]:
    told = record.expressions
    yield markdown.paragraph(
        f"Of each of the {told.expressions:,} regular expressions that a run over all rules compiles, {told.texts:,} "
        "texts were made: for every repeat, what leads to it, then what it repeats, then what fits nothing. "
        f"{told.hung or 'None'} took more than a second on a text as long as the longest sentence; the steepest took "
        f"{told.steepest:.1f} times as long for a text twice as long. Patterns in rules of users are bounded before "
        "they are run: [what is refused](own-rules.md#keep-it-good)."
    )


def _surroundings(record: Record) -> Iterator[str]:
    yield markdown.paragraph("Each was met beside an article with a planted finding, which was told all the same:")
    for group, tried in _groups([one for one in record.tried if not one.format]).items():
        yield _listed(group, tried)


def _fuzz(fuzz: Path) -> Iterator[str]:
    record = json.loads(fuzz.read_text("utf-8")) if fuzz.exists() else {}
    if not record.get("runs"):
        yield markdown.paragraph("No run is on record.")
        return
    totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for run in record["runs"]:
        for target in run["targets"]:
            for key in ("inputs", "seconds", "crashes", "hangs", "memory"):
                totals[target["target"]][key] += target.get(key, 0)
    rows = [_fuzz_row(name, found) for name, found in sorted(totals.items())]
    whole = {
        key: sum(found[key] for found in totals.values()) for key in ("inputs", "seconds", "crashes", "hangs", "memory")
    }
    rows.append(_fuzz_row("**in all**", whole))
    yield markdown.paragraph(
        "Inputs made by a fuzzer that is guided by what they reach in the code. What failed was mended, and is kept "
        "among the tests."
    )
    yield markdown.table(["target", "inputs", "minutes", "crashes", "hangs", "too much memory"], rows)
    failures = record.get("failures", [])
    left = [failure for failure in failures if not failure.get("fixed")]
    yield markdown.paragraph(
        f"{count(len(failures), 'input')} failed in all runs; {len(left) or 'none'} of them still do."
    )


def _fuzz_row(name: str, found: dict[str, Any]) -> list[str]:
    minutes = f"{found['seconds'] / 60:,.0f}"
    return [name, f"{found['inputs']:,}", minutes, *(str(found[key]) for key in ("crashes", "hangs", "memory"))]
