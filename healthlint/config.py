"""`.healthlint.yaml` or `[tool.healthlint]` in pyproject.toml -> one frozen Config; a typo in it is an error."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from healthlint import globs, rules, schema, yamlfile
from healthlint.replay import CONFIGURATIONS
from healthlint.rules import RuleError, Severity

NAMES = CONFIGURATIONS
PYPROJECT = NAMES[-1]

Levels = dict[str, Severity]
Row = Callable[[schema.Path], int]


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


class PerPath(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What is different for the articles that `paths` match; patterns are those of .gitignore."""

    paths: tuple[str, ...]
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: Levels = {}


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The keys of a configuration."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: Levels = {}
    rules: tuple[str, ...] = ()
    fail_on: FailOn = FailOn.WARNING
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    per_path: tuple[PerPath, ...] = ()
    output_format: OutputFormat = OutputFormat.TEXT


@dataclass(frozen=True, eq=False)
class Config:
    """Settings, and the folder that their paths and patterns are relative to."""

    root: Path
    settings: Settings
    rule_files: dict[str, Path]  # of all rules there are, by name

    def unknown_name(self, name: str) -> str:
        """What to say of a name that is no rule and no group, or nothing."""
        known = {*self.rule_files, *(rule.partition("/")[0] for rule in self.rule_files)}
        hint = schema.nearest(name, known) or "; see healthlint rules"
        return "" if name in known else f"there is no rule or group '{name}'{hint}"

    def per_path(self, article: Path) -> tuple[int, ...]:
        """Which of `settings.per_path` match an article."""
        entries = enumerate(self.settings.per_path)
        return tuple(at for at, entry in entries if globs.matches(entry.paths, self.root, article))


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


def find(folder: Path) -> Path | None:
    """The nearest configuration file in `folder` or above it."""
    for place in (folder, *folder.parents):
        for name in NAMES:
            path = place / name
            if path.is_file() and (name != PYPROJECT or _is_ours(path)):
                return path
    return None


def of_settings(root: Path, settings: Settings = Settings()) -> Config:
    """The configuration of settings whose paths are relative to `root`. Raises RuleError."""
    return Config(root, settings, rules.all_available(root / folder for folder in settings.rules))


def load(path: Path) -> Config:
    """The configuration in a file. Raises ConfigError."""
    shown = rules.shown(path)
    try:
        data, row = _toml(path) if path.suffix == ".toml" else _yaml(path)
        config = of_settings(path.resolve().parent, schema.convert(data, Settings))
        for key, what in _mistakes(config):
            raise schema.SchemaError(key, what)
    except yamlfile.YamlError as error:
        raise ConfigError(f"{shown}:{error.row}: {error.what}") from None
    except schema.SchemaError as error:
        raise ConfigError(f"{shown}:{row(error.path)}: {error}") from None
    except RuleError as error:
        raise ConfigError(str(error)) from None
    except OSError as error:
        raise ConfigError(f"{shown}: it cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{shown}: it is not UTF-8; save it as UTF-8") from None
    return config


def _mistakes(config: Config) -> Iterator[tuple[schema.Path, str]]:
    """What the types of the settings cannot say, each with its key."""
    settings = config.settings
    for at, folder in enumerate(settings.rules):
        if not (config.root / folder).is_dir():
            yield ("rules", at), f"there is no folder '{folder}'; folders are relative to this file"
    yield from _bad_patterns("exclude", settings.exclude or ())
    yield from _bad_patterns("extend-exclude", settings.extend_exclude)
    yield from _unknown_names((), settings, config)
    for at, entry in enumerate(settings.per_path):
        yield from (((("per-path", at, *key), what) for key, what in _bad_patterns("paths", entry.paths)))
        yield from _unknown_names(("per-path", at), entry, config)


def _bad_patterns(key: str, patterns: tuple[str, ...]) -> Iterator[tuple[schema.Path, str]]:
    for at, pattern in enumerate(patterns):
        if not globs.is_pattern(pattern):
            yield (key, at), f"'{pattern}' is no pattern as in .gitignore"


def _unknown_names(path: schema.Path, part: Settings | PerPath, config: Config) -> Iterator[tuple[schema.Path, str]]:
    named: list[tuple[schema.Path, str]] = []
    for key, names in (("select", part.select or ()), ("ignore", part.ignore)):
        named += [((*path, key, at), name) for at, name in enumerate(names)]
    named += [((*path, "severity", name), name) for name in part.severity]
    for key_path, name in named:
        if what := config.unknown_name(name):
            yield key_path, what


def _yaml(path: Path) -> tuple[Any, Row]:
    yaml = yamlfile.parse(path.read_bytes().decode("utf-8-sig"))
    return ({} if yaml.data is None else yaml.data), yaml.row


def _toml(path: Path) -> tuple[Any, Row]:
    text = path.read_bytes().decode("utf-8-sig")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        row = int(at[1]) if at else len(text.splitlines())  # 'at end of document'
        raise yamlfile.YamlError(row, f"it is not TOML: {error}") from None
    if path.name == PYPROJECT:
        data = data.get("tool", {}).get("healthlint", {})
    return data, lambda steps: _toml_row(text, steps)


def _toml_row(text: str, steps: schema.Path) -> int:
    """The row of the innermost key of `steps` that is written in our part of a TOML text."""
    rows = text.splitlines()
    start = next((at for at, row in enumerate(rows) if "tool.healthlint" in row), 0)
    for key in reversed([step for step in steps if isinstance(step, str)]):
        written = re.compile(rf"""\s*(?:\[.*\.)?["']?{re.escape(key)}["']?\s*[=\]]""")
        found = next((at for at in range(start, len(rows)) if written.match(rows[at])), None)
        if found is not None:
            return found + 1
    return start + 1


def _is_ours(pyproject: Path) -> bool:
    """Whether a pyproject.toml has a part for us; one that is no TOML is ours if it seems to have one."""
    try:
        data = pyproject.read_bytes()
        return b"healthlint" in data and "healthlint" in tomllib.loads(data.decode("utf-8-sig")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return b"[tool.healthlint" in data
    except OSError:
        return False
