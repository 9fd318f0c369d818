"""`.healthlint.yaml` or `[tool.healthlint]` in pyproject.toml -> one frozen Config; a typo in it is an error."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from healthlint import configfile, globs, paths, repository, rule_options, rules, schema, yamlfile
from healthlint.analysis.setting import DoseStyle, Profile, Setting
from healthlint.configfile import Row, find
from healthlint.rules import RuleError, Severity
from healthlint.web.limits import LinkLimits

RULE, NAME = "rule", "rule or group"  # titles in the schema, by which the names that there are get in

Name = Annotated[str, Meta(title=NAME)]
RuleName = Annotated[str, Meta(title=RULE)]
Levels = dict[Name, Severity]
Options = dict[RuleName, dict[str, Any]]
Patterns = tuple[str, ...]


class FailOn(StrEnum):
    """The least severity that makes a run fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class OutputFormat(StrEnum):
    """How findings are reported."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    JSONL = "jsonl"
    GITHUB = "github"
    SARIF = "sarif"
    GITLAB = "gitlab"
    JUNIT = "junit"
    CHECKSTYLE = "checkstyle"
    RDJSON = "rdjson"
    HTML = "html"


def _described(words: str) -> Meta:
    return Meta(description=words)


class PerPath(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What is different for the articles that `paths` match."""

    paths: Annotated[Patterns, _described("Patterns as in .gitignore, relative to the folder of this file.")]
    select: Annotated[
        tuple[Name, ...] | None, _described("The rules and groups that are run on these articles, and no others.")
    ] = None
    ignore: Annotated[tuple[Name, ...], _described("Rules and groups that are not run on these articles.")] = ()
    severity: Annotated[Levels, _described("How much the findings of a rule or group weigh in these articles.")] = {}
    options: Annotated[Options, _described("Options of rules for these articles.")] = {}
    profile: Annotated[Profile | None, _described("What kind of article these are. Without it, it is recognised.")] = (
        None
    )
    dose_style: Annotated[
        DoseStyle | None,
        _described("Whose way of writing doses these articles follow. Without it, a mixture alone counts."),
    ] = None


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The keys of a configuration."""

    extend: Annotated[
        str | tuple[str, ...],
        _described(
            "Configuration files that this one builds on, relative to this file. What this file says comes after "
            "what they say. Paths and patterns in each file are relative to the folder of that file."
        ),
    ] = ()
    select: Annotated[
        tuple[Name, ...] | None,
        _described("The rules and groups that are run, and no others. Without it, all rules but those in preview."),
    ] = None
    ignore: Annotated[
        tuple[Name, ...], _described("Rules and groups that are not run. Adds to that of extended files.")
    ] = ()
    severity: Annotated[
        Levels,
        _described("How much the findings of a rule or group weigh. The name of a rule counts more than its group's."),
    ] = {}
    options: Annotated[
        Options,
        _described(
            "Options of rules: `most-words: 40` changes an option, `extend-but-for: [...]` adds to it. "
            "`healthlint explain RULE` lists those of a rule."
        ),
    ] = {}
    rules: Annotated[
        tuple[str, ...],
        _described("Folders with rules of your own, relative to this file. Adds to those of extended files."),
    ] = ()
    fail_on: Annotated[FailOn, _described("The least severity that makes a run fail.")] = FailOn.WARNING
    exclude: Annotated[
        Patterns | None,
        _described("Files and folders that are left out, as in .gitignore, instead of the usual ones."),
    ] = None
    extend_exclude: Annotated[
        Patterns, _described("Files and folders that are left out as well. Adds to those of extended files.")
    ] = ()
    per_path: Annotated[
        tuple[PerPath, ...],
        _described(
            "What is different for some articles. Counts more than what holds for all; of two entries that match an "
            "article the later one counts. Adds to those of extended files."
        ),
    ] = ()
    baseline: Annotated[
        str | None,
        _described("A file of known findings, relative to this file, that `healthlint baseline` writes."),
    ] = None
    largest_file: Annotated[
        Annotated[int, Meta(ge=1, le=100)] | None,
        _described(
            "The most megabytes of a file that is linted, up to 100. Usually 10, of a Word file or an export 50."
        ),
    ] = None
    output_format: Annotated[OutputFormat, _described("How findings are reported.")] = OutputFormat.TEXT
    link_limits: Annotated[
        LinkLimits, _described("How much `--check-links` asks of the web, and for how long. It has no effect without.")
    ] = LinkLimits()
    profile: Annotated[Profile | None, _described("What kind of article they are. Without it, it is recognised.")] = (
        None
    )
    dose_style: Annotated[
        DoseStyle | None, _described("Whose way of writing doses articles follow. Without it, a mixture alone counts.")
    ] = None


class Layer(msgspec.Struct, frozen=True, eq=False):
    """What one file says. Its paths and patterns are relative to `root`."""

    root: Path
    settings: Settings
    file: str = ""  # as a reader wants it; '' for no file
    given: frozenset[str] = frozenset()  # the keys that are written in it
    row: Row = lambda _path: 1


class Origin(NamedTuple):
    """Who says something: a key of a layer, or the command line."""

    layer: Layer | None
    key: schema.Path

    def __str__(self) -> str:
        if self.layer is None:
            return "command line"
        return f"{self.layer.file}:{self.layer.row(self.key)}" if self.layer.file else "default"


class Config(msgspec.Struct, frozen=True, eq=False, dict=True):
    """The layers of a configuration, what is extended before what extends it.

    `settings` holds the last word on each key. What adds up from layer to layer, or is relative to one, is asked for by
    the methods, or read from `layers`.
    """

    root: Path
    rule_files: Mapping[str, Path]  # of all rules there are, by name
    layers: Sequence[Layer]

    @cached_property
    def settings(self) -> Settings:
        """Of each key what the last layer says that speaks of it."""
        last = {key: getattr(layer.settings, _field(key)) for layer in self.layers for key in sorted(layer.given)}
        return msgspec.structs.replace(Settings(), **{_field(key): value for key, value in last.items()})

    def origin(self, key: str) -> Origin | None:
        """Who has the last word on a key; None if nobody speaks of it."""
        return next((Origin(layer, (key,)) for layer in reversed(self.layers) if key in layer.given), None)

    def unknown_name(self, name: str) -> str:
        """What to say of a name that is no rule and no group, or nothing."""
        known = {*self.rule_files, *(rule.partition("/")[0] for rule in self.rule_files)}
        if name in known:
            return ""
        return f"there is no rule or group '{name}'{schema.nearest(name, known) or '; see healthlint rules'}"

    def per_path(self, article: Path) -> tuple[tuple[int, int], ...]:
        """Which entries of `per-path` match an article: the index of the layer, and that of the entry in it."""
        return tuple(
            (at, index)
            for at, layer in enumerate(self.layers)
            for index, entry in enumerate(layer.settings.per_path)
            if globs.matches(entry.paths, layer.root, article)
        )

    def setting(self, article: Path, today: date | None = None) -> Setting:
        """What an article is read with; the last layer that says something counts, and any entry of `per-path` more."""
        parts: list[Settings | PerPath] = [self.settings]
        parts += [self.layers[at].settings.per_path[index] for at, index in self.per_path(article)]
        profiles = [part.profile for part in parts if part.profile]
        styles = [part.dose_style for part in parts if part.dose_style]
        return Setting(today, profiles[-1] if profiles else None, styles[-1] if styles else None)

    def excludes(self, path: Path, *, is_folder: bool, usual: bool = True) -> bool:
        """Whether a path is left out; without `usual` only by `extend-exclude`."""
        if usual and self._excluded_as_usual(path, is_folder):
            return True
        return any(
            globs.matches(layer.settings.extend_exclude, layer.root, path, folder=is_folder) for layer in self.layers
        )

    def _excluded_as_usual(self, path: Path, is_folder: bool) -> bool:
        origin = self.origin("exclude")
        layer = origin.layer if origin else None
        root, patterns = (layer.root, layer.settings.exclude) if layer else (self.root, None)
        return globs.matches(paths.EXCLUDED if patterns is None else patterns, root, path, folder=is_folder)

    @property
    def named_files(self) -> Iterator[Path]:
        """The files and folders that its files name."""
        for layer in self.layers:
            yield from (layer.root / name for name in _as_tuple(layer.settings.extend))
            yield from (layer.root / folder for folder in layer.settings.rules)
        if self.baseline:
            yield self.baseline

    @property
    def baseline(self) -> Path | None:
        """The file of known findings."""
        origin = self.origin("baseline")
        named = self.settings.baseline
        return origin.layer.root / named if origin and origin.layer and named else None


def _field(key: str) -> str:
    return key.replace("-", "_")


class ConfigError(Exception):
    """A configuration that cannot be used, in one line: file, row, key, what is wrong and the mend."""


class Configs:
    """The configuration of each folder; each file is read once."""

    def __init__(self, file: Path | None = None, *, isolated: bool = False) -> None:
        """`file` is used for all folders; `isolated` means that no file is."""
        self._file = file
        self._isolated = isolated
        self._of_file: dict[Path | None, Config | ConfigError] = {}
        self._file_of: dict[Path, Path | None] = {}

    def of(self, folder: Path) -> Config:
        """The configuration for the articles in a folder. Raises ConfigError."""
        folder = Path(os.path.abspath(folder))
        if folder not in self._file_of:
            self._file_of[folder] = None if self._isolated else self._file or find(folder)
        file = self._file_of[folder]
        if file not in self._of_file:
            try:
                self._of_file[file] = load(file) if file else of_settings(Path.cwd())
            except ConfigError as error:
                self._of_file[file] = error
        config = self._of_file[file]
        if isinstance(config, ConfigError):
            raise config
        return config

    def __getstate__(self) -> dict[str, object]:
        """Another process reads the files itself."""
        return {**self.__dict__, "_of_file": {}}

    @property
    def named_files(self) -> list[str]:
        """The files and folders that the files which were used name, and on which a run depends so."""
        used = [config for config in self._of_file.values() if isinstance(config, Config)]
        return sorted({os.path.abspath(path) for config in used for path in config.named_files})


def of_settings(root: Path) -> Config:
    """The configuration without a file, whose paths are relative to `root`."""
    return Config(root, rules.all_available(), (Layer(root, Settings()),))


def load(path: Path) -> Config:
    """The configuration in a file, and in those that it extends. Raises ConfigError."""
    layers = list({layer.file: layer for layer in _layers(path, ())}.values())
    folders = dict.fromkeys(
        Path(os.path.abspath(layer.root / folder)) for layer in layers for folder in layer.settings.rules
    )
    try:
        config = Config(path.resolve().parent, rules.all_available(folders), layers)
        for layer in layers:
            for key, what in _mistakes(layer, config):
                raise ConfigError(f"{layer.file}:{layer.row(key)}: {schema.SchemaError(key, what)}")
    except RuleError as error:
        raise ConfigError(str(error)) from None
    return config


def _layers(path: Path, inner: tuple[Path, ...]) -> Iterator[Layer]:
    """The layers of a file that the files `inner` extend, one the other. Raises ConfigError."""
    layer = _layer(path)
    chain = (*inner, path.resolve())
    for at, name in enumerate(_as_tuple(layer.settings.extend)):
        key: schema.Path = ("extend",) if isinstance(layer.settings.extend, str) else ("extend", at)
        further = layer.root / name
        if what := _cannot_be_extended(further, chain):
            raise ConfigError(f"{layer.file}:{layer.row(key)}: {schema.SchemaError(key, what)}")
        yield from _layers(further, chain)
    yield layer


def _as_tuple(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def _cannot_be_extended(path: Path, chain: tuple[Path, ...]) -> str:
    if path.resolve() in chain:
        way = " -> ".join(rules.shown(step) for step in (*chain[chain.index(path.resolve()) :], path.resolve()))
        return f"it leads back to itself: {way}"
    if not path.is_file():
        return f"there is no file '{rules.shown(path)}'; files are named relative to this one"
    return ""


def _layer(path: Path) -> Layer:
    shown = rules.shown(path)
    try:
        written = configfile.read(path)
    except yamlfile.YamlError as error:
        raise ConfigError(f"{shown}:{error.row}: {error.what}") from None
    except OSError as error:
        raise ConfigError(f"{shown}: it cannot be read ({error.strerror})") from None
    try:
        settings = schema.convert(written.data, Settings)
    except schema.SchemaError as error:
        raise ConfigError(f"{shown}:{written.row(error.path)}: {error}") from None
    return Layer(path.resolve().parent, settings, shown, frozenset(written.data), written.row)


def _mistakes(layer: Layer, config: Config) -> Iterator[tuple[schema.Path, str]]:
    """What the types of the settings cannot say, each with its key."""
    settings = layer.settings
    for at, folder in enumerate(settings.rules):
        if not (layer.root / folder).is_dir():
            yield ("rules", at), f"there is no folder '{folder}'; folders are relative to this file"
    if settings.baseline and not repository.holds(str(layer.root / settings.baseline), str(layer.root)):
        what = f"'{settings.baseline}' is not in the repository of this file, and `healthlint baseline` writes it"
        yield ("baseline",), f"{what}; name one that is, or give it by --baseline"
    yield from _bad_patterns("exclude", settings.exclude or ())
    yield from _bad_patterns("extend-exclude", settings.extend_exclude)
    yield from _mistakes_on_rules((), settings, config)
    for at, entry in enumerate(settings.per_path):
        yield from (((("per-path", at, *key), what) for key, what in _bad_patterns("paths", entry.paths)))
        yield from _mistakes_on_rules(("per-path", at), entry, config)


def _bad_patterns(key: str, patterns: tuple[str, ...]) -> Iterator[tuple[schema.Path, str]]:
    for at, pattern in enumerate(patterns):
        if not globs.is_pattern(pattern):
            yield (key, at), f"'{pattern}' is no pattern as in .gitignore, with two ** at most"


def _mistakes_on_rules(
    path: schema.Path, part: Settings | PerPath, config: Config
) -> Iterator[tuple[schema.Path, str]]:
    named: list[tuple[schema.Path, str]] = []
    for key, names in (("select", part.select or ()), ("ignore", part.ignore)):
        named += [((*path, key, at), name) for at, name in enumerate(names)]
    named += [((*path, "severity", name), name) for name in part.severity]
    for key_path, name in named:
        if what := config.unknown_name(name):
            yield key_path, what
    for name, wanted in part.options.items():
        for option, what in _mistakes_in_options(name, wanted, config):
            yield (*path, "options", name, *option), what


def _mistakes_in_options(name: str, wanted: Mapping[str, Any], config: Config) -> Iterator[tuple[schema.Path, str]]:
    file = config.rule_files.get(name)
    if file is None:
        yield (), config.unknown_name(name) or f"'{name}' is a group; name one of its rules"
        return
    try:
        rule_options.changed(rules.load(name, file), tuple(wanted.items()))
    except schema.SchemaError as error:
        yield error.path, error.what
    except RuleError:  # told where the rule is run
        return
