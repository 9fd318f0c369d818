"""What is fuzzed: a target reads bytes as one thing that healthlint reads, and raises where a promise is broken."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path

from fuzzing import packing, seeds, words
from fuzzing.promises import (
    SETTING,
    all_rules,
    check_again,
    check_file,
    check_findings,
    check_fixes,
    check_refusal,
    check_reports,
)
from healthlint import (
    baseline,
    config,
    configfile,
    documents,
    examples,
    globs,
    kept,
    labels,
    paths,
    rule_options,
    rules,
    runner,
    settled,
)
from healthlint.baseline import BaselineError
from healthlint.config import ConfigError, Configs
from healthlint.documents.document import Document
from healthlint.edits import Applicability
from healthlint.findings import Finding, lint
from healthlint.kept import Kept
from healthlint.labels import LabelError
from healthlint.rules import RuleError
from healthlint.runner import Request
from healthlint.selection import Selection, Wanted

SELDOM = 8  # of so many inputs one is held against what takes its time, such as that it gives the same twice

Probe = Callable[[bytes], None]


@dataclass(frozen=True)
class Target:
    """Something to fuzz."""

    name: str
    suffix: str  # of the names of its inputs
    probe: Probe
    seeds: Callable[[], Iterable[bytes]]
    words: Callable[[], Sequence[str]] = tuple  # pieces that its inputs are made of; none for one that is no text
    longest: int = 3_000  # bytes of an input


def _article(suffix: str, made: Callable[[bytes], bytes] = bytes) -> Probe:
    """Reads and lints an article, of which the input is made."""

    def probe(data: bytes) -> None:
        data, path = made(data), f"article{suffix}"
        if check_file(path, data) and _is_chosen(data):
            check_again(path, data)

    return probe


def _is_chosen(data: bytes) -> bool:
    """Whether an input is one of the few that more is done with: the same one is, always."""
    return blake2b(data).digest()[0] % SELDOM == 0


def _word_file(data: bytes) -> bytes:
    return packing.word_file(data.decode("utf-8", "replace"))


def _front_matter(data: bytes) -> None:
    """Reads the input as YAML and as TOML before an article."""
    text = data.decode("utf-8", "replace")
    for path, body in (("article.md", seeds.BODY), ("article.html", seeds.HTML_BODY)):
        for mark in ("---", "+++"):
            check_file(path, f"{mark}\n{text}\n{mark}\n\n{body}".encode())


def _suppressions(data: bytes) -> None:
    for suffix in (".md", ".html"):
        check_file(f"article{suffix}", data)


def _named(data: bytes) -> tuple[str, bytes]:
    """The name of the article that the first line of an input tells, and the article."""
    suffix, _, rest = data.partition(b"\n")
    known = {".md", ".html", ".rst", ".txt", ".docx", ".xml"}
    return f"article{found if (found := suffix.decode('ascii', 'replace')) in known else '.md'}", rest


def _fixes(data: bytes) -> None:
    for asked in Applicability:
        check_fixes(*_named(data), asked)


def _reports(data: bytes) -> None:
    check_reports(*_named(data))


@contextmanager
def _project() -> Iterator[Path]:
    """A folder with an article, a rule of its own, a configuration to extend and known findings."""
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as name:
        folder = Path(name).resolve()
        (folder / "news").mkdir()
        (folder / "news" / "a.md").write_text(seeds.BODY, "utf-8")
        (folder / "house" / "own").mkdir(parents=True)
        (folder / "house" / "own" / "rule.yaml").write_text(seeds.RULE, "utf-8")
        (folder / "base.yaml").write_text("ignore: [language]\n", "utf-8")
        (folder / "known.json").write_text('{"version": 1, "findings": []}\n', "utf-8")
        yield folder


def _config(name: str) -> Probe:
    """Loads a configuration, and lints with what it wants."""

    def probe(data: bytes) -> None:
        with _project() as folder:
            (folder / name).write_bytes(data)
            article = folder / "news" / "a.md"
            found = configfile.find(article.parent)
            if found != folder / name:  # a pyproject.toml without a part of ours
                return
            try:
                loaded = config.load(found)
            except ConfigError as why:
                check_refusal(why)
                return
            loaded.excludes(article, is_folder=False)
            setting = loaded.setting(article, SETTING.today)
            if not _is_chosen(data):
                return
            settled.settled(loaded, Wanted(), article, {})
            selected = Selection(Wanted()).rules(loaded, article)
            for why_not in selected.errors:
                check_refusal(RuleError(why_not))
            document = documents.read(str(article), article.read_bytes())
            check_findings(document.text, lint(document, selected.rules, loaded.rule_files, folder, setting))
            _check_run(folder, found)

    return probe


def _check_run(folder: Path, found: Path) -> None:
    """A run with the configuration says what it cannot use, and fails on nothing."""
    for result in runner.run(Request([str(folder / "news")], jobs=1), Configs(found)):
        for said in result.errors:
            assert "please report this" not in said, said
            check_refusal(ConfigError(said))


def _rule_file(data: bytes) -> None:
    """Loads a rule, tries its examples and runs it on articles."""
    with _project() as folder:
        path = folder / "house" / "own" / "rule.yaml"
        path.write_bytes(data)
        try:
            rule = rules.load("own/rule", path)
        except RuleError as why:
            check_refusal(why)
            return
        rule_options.values(rule)
        try:
            for example in examples.of(rule):
                examples.tried(example)
            for document in _articles():
                check_findings(document.text, lint(document, [rule], ["own/rule"], setting=SETTING))
        except RuleError as why:
            check_refusal(why)


@cache
def _articles() -> tuple[Document, ...]:
    """Those that rules of users are tried on."""
    given = (("a.md", seeds.BODY), ("a.html", seeds.HTML_BODY), ("a.txt", seeds.BODY))
    return tuple(documents.read(name, text.encode()) for name, text in given)


def _baseline(data: bytes) -> None:
    """Reads known findings, splits some by them, and writes and reads them once more."""
    with _project() as folder:
        file = folder / "known.json"
        file.write_bytes(data)
        try:
            known = baseline.read(file)
        except BaselineError as why:
            check_refusal(why)
            return
        selected = Selection(Wanted()).rules(config.of_settings(folder), folder / "a.md")
        new, old = known.split(str(folder / "a.md"), _findings(), selected)
        assert len(new) + len(old) == len(_findings())
        known.stale()
        entries = [*known.entries.values(), *(known.entry(finding, seeds.BODY) for finding in new)]
        file.write_text("".join(baseline.written(entries)), "utf-8", errors="backslashreplace")
        assert len(baseline.read(file).entries) == len({entry.fingerprint for entry in entries})


@cache
def _findings() -> tuple[Finding, ...]:
    return tuple(lint(_articles()[0], all_rules(), setting=SETTING))


def _cache(data: bytes) -> None:
    """Finds in a damaged file of kept entries what was put there, or nothing; what is kept anew is found again."""
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as folder:
        Path(folder, kept.NAME).write_bytes(data)
        for _ in range(2):
            known = Kept(folder)
            for (kind, key), value in seeds.KEPT.items():
                assert known.get(kind, key) in (None, value)
                known.put(kind, key, value)
            known.save()
            known.close()


def _labels(data: bytes) -> None:
    """Reads an editor's labels."""
    with _project() as folder:
        (folder / "news" / f"a{labels.SUFFIX}").write_bytes(data)
        for found in labels.labelled([str(folder / "news")]):
            if isinstance(found, LabelError):
                check_refusal(found)


def _gitignore(data: bytes) -> None:
    """Looks for articles beside a .gitignore."""
    with _project() as folder:
        (folder / ".gitignore").write_bytes(data)
        patterns = tuple(line for line in data.decode("utf-8", "replace").splitlines() if globs.is_pattern(line))
        globs.matches(patterns, folder, folder / "news" / "a.md")
        for _ in paths.articles([str(folder)], lambda _path, _is_folder: False):
            pass


TARGETS = {
    target.name: target
    for target in (
        Target("plain-text", ".txt", _article(".txt"), seeds.plain_text, words.text),
        Target("markdown", ".md", _article(".md"), seeds.markdown, words.markdown),
        Target("html", ".html", _article(".html"), seeds.html, words.html),
        Target("rst", ".rst", _article(".rst"), seeds.rst, words.rst),
        Target("docx", ".txt", _article(".docx", _word_file), seeds.docx, words.docx),
        Target("docx-archive", ".docx", _article(".docx"), seeds.docx_archives),
        Target("wordpress", ".xml", _article(".xml"), seeds.wordpress, words.wordpress),
        Target("front-matter", ".txt", _front_matter, partial(seeds.kept, "front-matter"), words.front_matter),
        Target("suppressions", ".md", _suppressions, seeds.suppressions, words.suppressions),
        Target("fixes", ".txt", _fixes, seeds.fixes, words.markdown),
        Target("reports", ".txt", _reports, seeds.reports, words.reports),
        Target("config-yaml", ".yaml", _config(".healthlint.yaml"), partial(seeds.kept, "config-yaml"), words.config),
        Target("config-toml", ".toml", _config("pyproject.toml"), partial(seeds.kept, "config-toml"), words.config),
        Target("rule-file", ".yaml", _rule_file, seeds.rule_files, words.rules),
        Target("baseline", ".json", _baseline, seeds.baselines, words.json),
        Target("cache", ".sqlite", _cache, seeds.caches, longest=40_000),
        Target("labels", ".tsv", _labels, partial(seeds.kept, "labels"), words.labels),
        Target("gitignore", ".txt", _gitignore, partial(seeds.kept, "gitignore"), words.gitignore),
    )
}
