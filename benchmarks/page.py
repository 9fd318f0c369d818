"""What was measured -> the generated part of `docs/performance.md`, between marks; the rest is written by hand."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks import shares, table
from benchmarks.articles import ROOT
from benchmarks.peers import Peer
from benchmarks.table import Line

BEGIN = "<!-- benchmarks: what stands from here on is written by `python -m benchmarks --write` -->"
END = "<!-- benchmarks: end -->"
PAGE = ROOT / "docs" / "performance.md"


def put(page: str, generated: str) -> str:
    """The page with the generated part between its marks, or at its end if it has none."""
    before, begin, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    start = before if begin else before.rstrip() + "\n\n"
    return f"{start}{BEGIN}\n\n{generated.strip()}\n\n{END}{after or chr(10)}"


def generated(
    about: Sequence[str], lines: Sequence[Line], notes: Iterable[str], seconds: Mapping[str, float] | None
) -> str:
    """The generated part: when and where, the table, goals, what was left out, where the time goes."""
    parts = ["\n".join(wrapped(f"- {text}", "  ") for text in about), table.written(lines).rstrip(), _goals(lines)]
    parts.append("\n".join(wrapped(f"- {note}", "  ") for note in notes))
    if seconds:
        parts.append(
            wrapped(
                "Where the time goes: the profiler's own time by module, cache off, in one process, on "
                f"{shares.FILES} articles. It makes small functions look slower than they are."
            )
        )
        parts.append(shares.written(seconds))
    return "\n\n".join(part for part in parts if part)


def wrapped(text: str, indent: str = "") -> str:
    """A paragraph."""
    return textwrap.fill(text, 120, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _goals(lines: Iterable[Line]) -> str:
    """How many goals are reached, and how far the others are."""
    with_goal = [line for line in lines if line.goal and line.is_reached is not None]
    if not with_goal:
        return ""
    reached = [line for line in with_goal if line.is_reached]
    return f"Goals reached: {len(reached)} of {len(with_goal)}."


def circumstances(version: str, machine: str, peers: Iterable[Peer], articles: str, options: str) -> list[str]:
    """When, where and with what: date and version, machine, peers, articles, the command."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return [
        f"{today}, {version}{_commit()}",
        machine,
        "Beside: " + ", ".join(f"{peer.name} {peer.version}" for peer in peers),
        articles,
        f"Command: `python -m benchmarks{options}`",
    ]


def machine() -> str:
    """Processor, memory, system, Python, Node, and how busy the machine was."""
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        system = platform.system()
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    parts = [
        f"{_processor()}, {cores} cores",
        f"{pages * size / 2**30:.0f} GiB",
        system,
        f"Python {platform.python_version()}",
        f"Node {_output('node', '--version').removeprefix('v') or 'none'}",
        f"load before the start {os.getloadavg()[0]:.1f}",
    ]
    return ", ".join(parts)


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        text = ""
    names = (line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name"))
    return next(names, platform.machine())


def _commit() -> str:
    """The commit that is checked out, and whether there is more than it."""
    commit = _output("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD")
    changed = _output("git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=no", "healthlint", "rules")
    return (f" at {commit}" + (" and changes" if changed else "")) if commit else ""


def _output(*command: str) -> str:
    """What a command prints; nothing if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
