"""YAML -> Rule: what to look for, what to tell the writer, and the examples that prove it.

A rule's name is its path below its folder: `claims/promised-cure` for `rules/claims/promised-cure.yaml`.
"""

from __future__ import annotations

import os
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from healthlint import builtin, checks, documents, schema, yamlfile
from healthlint.analysis.effort import PatternError
from healthlint.checks import Check
from healthlint.edits import Applicability
from healthlint.plain import printable
from healthlint.web import verdicts

_NOT_RULES = frozenset({"lexicons", "drugs"})  # folders of word lists and drug facts
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 1_000_000  # bytes of one rule file
MOST_FILES = 20_000  # in a folder of rules, and folders


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """More is worse."""
        return {"info": 0, "warning": 1, "error": 2}[self.value]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On whose authority a rule stands."""

    name: str
    url: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"https?://[^\s/]\S*", self.url) or printable(self.url) != self.url:
            raise ValueError("url: it must be a web address that starts with https://, without spaces")


class ArticleExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An example that is an article of one format, or several files that are linted in one run, in that order."""

    text: str | None = None
    markdown: str | None = None
    html: str | None = None
    files: dict[str, str] | None = None
    fixed: str | None = None  # the article once all that its rule finds is fixed, where the marks cannot tell
    today: str | None = None  # the day on which it is linted, in quotes: "2026-03-31"
    answers: dict[str, int | str] = {}  # what the web says of each link, as it is written: 404, or 'no such host'

    def __post_init__(self) -> None:
        if sum(part is not None for part in (self.text, self.markdown, self.html, self.files)) != 1:
            raise ValueError("an example has one of the keys text, markdown, html, files")
        if self.files is not None:
            _check_files(self.files)
        if self.files is not None and self.fixed is not None:
            raise ValueError("fixed: it goes with one article, not with files")
        if self.today is not None:
            date.fromisoformat(self.today)
        for answer in self.answers.values():
            try:
                verdicts.of_example(answer)
            except ValueError as error:
                raise ValueError(f"answers: {error}") from None


def _check_files(files: Mapping[str, str]) -> None:
    if len(files) < 2:
        raise ValueError("files: an example of files has at least two; write one article under text, markdown or html")
    for name in files:
        if documents.suffix_of(name) not in documents.TEXT_SUFFIXES:
            known = ", ".join(sorted(documents.TEXT_SUFFIXES))
            raise ValueError(f"files: the name '{name}' does not tell its format; end it in one of {known}")


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Articles that a rule marks, with `[[...]]` around the marked words, and articles that it leaves alone."""

    flagged: tuple[str | ArticleExample, ...]
    clean: tuple[str | ArticleExample, ...]

    def __post_init__(self) -> None:
        for name, given in (("flagged", self.flagged), ("clean", self.clean)):
            if len(given) < 2:
                raise ValueError(f"{name}: a rule has at least two {name} examples, this one has {len(given)}")


class RuleFix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the fixes of a rule do; without it none is made of what its check knows to mend."""

    applicability: Applicability  # none of its fixes is safer
    summary: str  # to be read after 'the fix': 'writes the number without the zero'


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The keys of a rule file."""

    summary: str
    why: str
    source: Source
    severity: Severity
    message: str
    check: str
    with_: dict[str, Any] = msgspec.field(name="with", default_factory=dict)
    preview: bool = False
    fix: RuleFix | None = None
    told_with: str = ""  # a rule whose finding, in the same place or on the whole article, says what this one would say
    examples: Examples

    def __post_init__(self) -> None:
        try:
            parts = list(string.Formatter().parse(self.message))
        except ValueError as error:
            raise ValueError(f"message: {error}; write {{{{ for a brace") from None
        for _, name, form, conversion in parts:
            if name is not None and (not name.isidentifier() or form or conversion):
                raise ValueError(f"message: '{{{name}}}' is no plain name; write {{quote}}, or {{{{ for a brace")


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule, ready to be run."""

    name: str
    path: str
    file: RuleFile
    severity: Severity
    check: Check

    @property
    def category(self) -> str:
        """The group it belongs to."""
        return self.name.partition("/")[0]

    @property
    def url(self) -> str:
        """The page of the standard that it rests on."""
        return self.file.source.url

    def message(self, words: Mapping[str, str]) -> str:
        """What the writer is told. Raises RuleError if the message wants a word that the check does not give."""
        try:
            return self.file.message.format_map(words)
        except KeyError as missing:
            known = ", ".join(f"{{{word}}}" for word in sorted(words))
            raise RuleError(f"{self.path}: message: nothing fills {{{missing.args[0]}}}; known here: {known}") from None


class RuleError(Exception):
    """A rule file that cannot be used, in one line: file, row, key, what is wrong and the mend."""


def available(folder: Path) -> dict[str, Path]:
    """The files of the rules below a folder, by rule name, in order. Raises RuleError for a name no rule can have."""
    found = {}
    for path in sorted(_yaml_files(folder)):
        parts = path.relative_to(folder).with_suffix("").parts
        if len(parts) < 2:
            raise RuleError(f"{shown(path)}: a rule stands in a folder named for its group; move it into one")
        if not all(_KEBAB.fullmatch(part) for part in parts):
            raise RuleError(f"{shown(path)}: a rule's name is lower-case words joined by hyphens; rename the file")
        if "/".join(parts) in found:
            raise RuleError(f"{shown(path)}: there is a {path.stem}.yaml beside it; remove one of them")
        found["/".join(parts)] = path
    return found


def _yaml_files(folder: Path) -> Iterator[Path]:
    """What may be a rule below a folder; `glob` takes ten times as long for the hundreds of files that are none.

    Raises RuleError for what is no folder of rules: `/`, a home.
    """
    seen = 0
    for place, folders, files in os.walk(folder):
        seen += len(folders) + len(files)
        if seen > MOST_FILES:
            what = f"there are more than {MOST_FILES:,} files in this folder; name one that holds rules alone"
            raise RuleError(f"{shown(folder)}: {what}")
        if place == str(folder):
            folders[:] = [each for each in folders if each not in _NOT_RULES]
        for name in files:
            if name.endswith((".yaml", ".yml")) and os.path.isfile(os.path.join(place, name)):
                yield Path(place, name)


def all_available(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """The files of all built-in rules and of those in a user's folders, by rule name. Raises RuleError."""
    found = available(builtin.folder())
    for folder in folders:
        for name, path in available(folder).items():
            if name in found:
                raise RuleError(f"{shown(path)}: there is a rule {name} already ({shown(found[name])}); rename it")
            found[name] = path
    return found


def load(name: str, path: Path) -> Rule:
    """The rule in a file. Raises RuleError."""
    try:
        yaml = yamlfile.load(path, _LONGEST)
    except yamlfile.YamlError as error:
        raise RuleError(f"{shown(path)}:{error.row}: {error.what}") from None
    except OSError as error:
        raise RuleError(f"{shown(path)}: it cannot be read ({error.strerror})") from None
    try:
        file = schema.convert(yaml.data, RuleFile)
        check = schema.convert(file.with_, _check_named(file.check), ("with",))
        if builtin.folder() not in path.parents:  # whose rules the tests have verified
            verify(check, file.with_, ("with",))
    except schema.SchemaError as error:
        raise RuleError(f"{shown(path)}:{yaml.row(error.path)}: {error}") from None
    return Rule(name=name, path=shown(path), file=file, severity=file.severity, check=check)


def verify(check: Check, with_: Mapping[str, Any], within: schema.Path = ()) -> None:
    """Raise SchemaError for a pattern of a check that must not be run; `within` is where its fields `with_` stand."""
    try:
        check.verify()
    except PatternError as error:
        at = next((path for path, words in _texts(with_) if words == error.pattern), ())
        raise schema.SchemaError((*within, *at), str(error)) from None


def _texts(data: Any, path: schema.Path = ()) -> Iterator[tuple[schema.Path, str]]:
    """All texts in plain data, each with its path."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))


def _check_named(name: str) -> type[Check]:
    try:
        return checks.named(name)
    except KeyError:
        hint = schema.nearest(name, checks.names())
        known = "" if hint else f"; known: {', '.join(checks.names())}"
        raise schema.SchemaError(("check",), f"there is no check '{name}'{hint}{known}") from None


def shown(path: Path) -> str:
    """A path as a reader wants it: relative where it lies below the current folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
