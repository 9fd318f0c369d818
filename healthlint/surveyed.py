"""A look at a folder before healthlint is set up there: its articles, what is none, and what a first run finds."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from healthlint import globs, paths, runner
from healthlint.config import Configs
from healthlint.rules import Severity

LOOKED_AT = 300  # articles of the first run, spread over all
MANY = 20  # findings that would fail a run: more than one mends at once
OFTEN = 0.8  # of the articles have it: a matter of the site, not of an article
FEW_ARTICLES = 5  # say nothing about what is often

# Site generators by the file that configures them, with the folders that they write or take their templates from.
GENERATORS = {
    "Hugo": (("hugo.toml", "hugo.yaml", "hugo.json", "config.toml"), ("public", "resources", "themes", "layouts")),
    "Jekyll": (("_config.yml", "_config.yaml"), ("_site", "_layouts", "_includes")),
    "Eleventy": ((".eleventy.js", "eleventy.config.js", "eleventy.config.mjs"), ("_site", "_includes")),
    "MkDocs": (("mkdocs.yml", "mkdocs.yaml"), ("site", "overrides")),
    "Docusaurus": (("docusaurus.config.js", "docusaurus.config.ts"), ("build", ".docusaurus")),
    "Gatsby": (("gatsby-config.js", "gatsby-config.ts"), ("public",)),
    "Next.js": (("next.config.js", "next.config.mjs", "next.config.ts"), ("out", ".next")),
    "Astro": (("astro.config.mjs", "astro.config.ts"), (".astro",)),
    "Pelican": (("pelicanconf.py",), ("output", "themes")),
    "Hexo": (("_config.yml",), ("public", "themes", "scaffolds")),
}
_DRAFTS = ("drafts", "_drafts")
_NO_ARTICLES = tuple(  # what a repository has beside its articles, as patterns of .gitignore
    """README* CHANGELOG* CHANGES* CONTRIBUTING* CODE_OF_CONDUCT* SECURITY* LICENSE* LICENCE* COPYING* NOTICE* AUTHORS*
    MAINTAINERS* SUPPORT* GOVERNANCE* AGENTS.md CLAUDE.md requirements*.txt constraints*.txt robots.txt humans.txt
    security.txt ads.txt llms*.txt CMakeLists.txt .github/""".split()
)


class LeftOut(msgspec.Struct, frozen=True):
    """A pattern of what is to be left out, and why."""

    pattern: str
    why: str


class Survey(msgspec.Struct):
    """What was seen."""

    folder: Path
    articles: list[Path] = []
    left_out: list[LeftOut] = []
    looked_at: int = 0  # articles that the first run has linted
    failing: int = 0  # findings of severity warning or error in them
    articles_with: Counter[str] = msgspec.field(default_factory=Counter)  # by rule, of what articles lack as a whole
    unreadable: int = 0

    @property
    def formats(self) -> Mapping[str, int]:
        """How many articles there are of each suffix, the most frequent first."""
        counts = Counter(path.suffix.lower() for path in self.articles)
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def folders(self) -> Mapping[str, int]:
        """How many articles there are in each folder below the top; '.' is the top itself."""
        parts = [path.relative_to(self.folder).parts for path in self.articles]
        return dict(sorted(Counter(part[0] + "/" if len(part) > 1 else "." for part in parts).items()))

    @property
    def often(self) -> list[tuple[str, int]]:
        """The rules that nearly all articles break as a whole, and how many do."""
        if self.looked_at < FEW_ARTICLES:
            return []
        return [(code, n) for code, n in self.articles_with.most_common() if n >= OFTEN * self.looked_at]

    @property
    def wants_baseline(self) -> bool:
        """Whether there is more to mend than is done at once."""
        return self.failing > MANY


def survey(folder: Path) -> Survey:
    """Look at a folder, and lint some of its articles."""
    found = Survey(folder)
    everything = [path for path in paths.articles([str(folder)], _usual(folder)) if isinstance(path, Path)]
    for left_out in _left_out(folder):
        meant = [path for path in everything if globs.matches((left_out.pattern,), folder, path.absolute())]
        if meant:
            found.left_out.append(left_out)
            everything = [path for path in everything if path not in set(meant)]
    found.articles = everything
    _lint(found)
    return found


def _usual(folder: Path) -> paths.Excluded:
    return lambda path, is_folder: globs.matches(paths.EXCLUDED, folder, path, folder=is_folder)


def _left_out(folder: Path) -> Iterator[LeftOut]:
    for generator, (files, folders) in GENERATORS.items():
        if any((folder / name).is_file() for name in files):
            yield from (LeftOut(f"/{name}/", f"{generator} writes or reads it") for name in folders)
    yield from (LeftOut(f"{name}/", "articles that are not published yet") for name in _DRAFTS)
    yield from (LeftOut(pattern, "no article") for pattern in _NO_ARTICLES)


def _lint(found: Survey) -> None:
    """Count what a run finds in some of the articles."""
    step = max(1, -(-len(found.articles) // LOOKED_AT))
    names = [os.path.relpath(path) for path in found.articles[::step]]
    for result in runner.run(runner.Request(paths=names), Configs(isolated=True)) if names else ():
        if not result.linted:
            found.unreadable += 1
            continue
        found.looked_at += 1
        found.failing += sum(finding.severity is not Severity.INFO for finding in result.findings)
        found.articles_with.update({finding.code for finding in result.findings if finding.scope == "document"})
