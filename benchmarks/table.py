"""What was measured -> lines of a table: ours, a peer's, the ratio, and whether a goal is reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Literal, NamedTuple

from benchmarks.timing import Times

Unit = Literal["s", "ms", "MB"]
HEADER = ("what", "ours", "beside", "theirs", "ours / theirs", "goal")


class Goal(NamedTuple):
    """The most that a ratio may be, or our own figure if it has a unit."""

    most: float
    unit: Unit | Literal[""] = ""


class Line(NamedTuple):
    """A line of the table. Without a peer, there is only our own figure."""

    what: str
    ours: float
    unit: Unit = "s"
    beside: str = ""
    theirs: float | None = None
    ratio: float | None = None
    goal: Goal | None = None

    @property
    def is_reached(self) -> bool | None:
        """Whether the goal is; None if there is none."""
        figure = self.ours if self.goal and self.goal.unit else self.ratio
        return None if self.goal is None or figure is None else figure <= self.goal.most


def lines(
    times: Times, what: str, ours: str, peers: Mapping[str, Goal | None], unit: Unit = "s", own: Goal | None = None
) -> list[Line]:
    """A line for each peer that was measured; one without a peer for a goal of our own, and if there is no peer."""
    if ours not in times.seconds:
        return []
    mine = median(times.seconds[ours])
    found = [
        Line(what, mine, unit, name, median(times.seconds[name]), ratio(times, ours, name), goal)
        for name, goal in peers.items()
        if name in times.seconds
    ]
    return [Line(what, mine, unit, goal=own)] * bool(own or not found) + found


def ratio(times: Times, ours: str, theirs: str) -> float:
    """The median of the ratios of runs that followed each other."""
    return median(
        mine / other for mine, other in zip(times.seconds[ours], times.seconds[theirs], strict=False) if other
    )


def written(found: Iterable[Line]) -> str:
    """The lines as a Markdown table; what a line shares with the one above it is said once."""
    rows: list[Sequence[str]] = []
    before = ""
    for line in found:
        again = line.what == before
        rows.append(("" if again else line.what, "" if again else amount(line.ours, line.unit), *_beside(line)))
        before = line.what
    return markdown(HEADER, rows)


def told(line: Line) -> str:
    """The line for somebody who waits."""
    return "  ".join((line.what, amount(line.ours, line.unit), *filter(None, _beside(line))))


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    all_rows = [header, ["---"] * len(header), *rows]
    return "".join("|" + "".join(f" {cell} |" if cell else " |" for cell in cells) + "\n" for cells in all_rows)


def amount(figure: float, unit: Unit) -> str:
    """'0.123 s', '12.3 s', '140 MB': three digits that count."""
    digits = 0 if figure >= 100 else 1 if figure >= 10 else 2 if figure >= 1 else 3
    return f"{figure:,.{0 if unit == 'MB' else digits}f} {unit}"


def _beside(line: Line) -> tuple[str, str, str, str]:
    """The cells that tell of the peer and of the goal."""
    theirs = "" if line.theirs is None else amount(line.theirs, line.unit)
    ratio_told = "" if line.ratio is None else f"{line.ratio:.2f}" if line.ratio >= 0.1 else f"{line.ratio:.3f}"
    return line.beside, theirs, ratio_told, _goal(line)


def _goal(line: Line) -> str:
    """'at most 0.35: reached'."""
    if line.goal is None:
        return ""
    most = f"{line.goal.most:g} {line.goal.unit}".rstrip()
    return f"at most {most}: {'reached' if line.is_reached else '**missed**'}"
