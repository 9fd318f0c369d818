"""The pages lead somewhere: every link to a file and every anchor is there, and the start page lists every page."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pyromark
import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), ROOT / "corpus/README.md", ROOT / "corpus/sentences/README.md", *DOCS.glob("*.md")])
GENERATED = [path for path in DOCS.glob("*/**/*.md") if "examples" not in path.relative_to(DOCS).parts]


def read(path: Path) -> list[object]:
    return list(pyromark.events(path.read_text("utf-8"), options=pyromark.Options.ENABLE_TABLES))


def links(path: Path) -> list[str]:
    """Where the links and pictures of a page lead."""
    starts = [event["Start"] for event in read(path) if isinstance(event, dict) and "Start" in event]
    kinds = [start.get("Link") or start.get("Image") for start in starts if isinstance(start, dict)]
    return [kind["dest_url"] for kind in kinds if kind]


@cache
def anchors(path: Path) -> frozenset[str]:
    """The names of the headings of a page, as git hosts and the site make them."""
    found: Counter[str] = Counter()
    names, words = set(), None
    for event in read(path):
        if not isinstance(event, dict):
            continue
        if isinstance(event.get("Start"), dict) and "Heading" in event["Start"]:
            words = ""
        elif isinstance(event.get("End"), dict) and "Heading" in event["End"] and words is not None:
            name = re.sub(r"[^\w\- ]", "", words.lower()).strip().replace(" ", "-")
            names.add(f"{name}-{found[name]}" if found[name] else name)
            found[name] += 1
            words = None
        elif words is not None:
            words += str(event.get("Text", event.get("Code", "")))
    return frozenset(names)


def dead(path: Path) -> list[str]:
    """The links of a page that lead to no file of the repository, or to no heading of it."""
    found = []
    for link in links(path):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / unquote(name)).resolve() if name else path
        if not target.exists() or not target.is_relative_to(ROOT) or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    assert dead(path) == []


def test_links_of_generated_pages_lead_somewhere() -> None:
    assert len(GENERATED) > 50
    assert {path.name: dead(path) for path in GENERATED if dead(path)} == {}


def test_a_dead_link_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_pages.ROOT", tmp_path)
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    other.write_text("# One `thing`\n\n# One thing\n\n```text\n# No heading\n```\n", "utf-8")
    page.write_text(
        "[a](other.md) [b](gone.md) [c](other.md#one-thing-1) [d](other.md#no-heading) [e](#here)\n\n"
        "[f](other.md#one-thing) [g](../outside.md) [h](https://example.org/#x) ![i](gone.png)\n",
        "utf-8",
    )
    (tmp_path.parent / "outside.md").touch()
    assert dead(page) == ["gone.md", "other.md#no-heading", "#here", "../outside.md", "gone.png"]


def test_the_start_page_and_the_site_list_every_page() -> None:
    wanted = {path.name for path in DOCS.glob("*.md")} | {
        f"{path.parent.name}/README.md" for path in DOCS.glob("*/README.md")
    }
    told = {link.partition("#")[0] for link in links(DOCS / "README.md")}
    assert wanted - {"README.md"} - told == set()
    beside = re.findall(r"^   ([\w/-]+)$", (DOCS / "index.rst").read_text("utf-8"), re.MULTILINE)
    assert sorted(f"{name}.md" for name in beside) == sorted(wanted - {"README.md"})
