"""Which rules are run on an article, and how much each one weighs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from healthlint import rules
from healthlint.config import Config, PerPath
from healthlint.rules import Rule, RuleError, Severity


class Wanted(NamedTuple):
    """What the command line says about rules; it comes before the configuration."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    preview: bool = False


class Layer(NamedTuple):
    """One answer to which rules are run: `select` starts anew, without it `ignore` takes away from the layer before."""

    select: tuple[str, ...] | None
    ignore: tuple[str, ...]


class Selected(NamedTuple):
    """The rules to run on an article, and the RuleErrors of those that cannot be."""

    rules: tuple[Rule, ...]
    errors: tuple[str, ...]


class Selection:
    """Chooses, loads and keeps the rules of a run."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._loaded: dict[Path, Rule | RuleError] = {}
        self._selected: dict[tuple[Config, tuple[int, ...]], Selected] = {}

    def rules(self, config: Config, article: Path) -> Selected:
        """The rules that are run on an article. Raises RuleError for a folder of rules that cannot be used."""
        per_path = config.per_path(article)
        key = (config, per_path)
        if key not in self._selected:
            self._selected[key] = self._select(config, [config.settings.per_path[at] for at in per_path])
        return self._selected[key]

    def _select(self, config: Config, per_path: Sequence[PerPath]) -> Selected:
        layers = list(_layers(self._wanted, config, per_path))
        levels = [config.settings.severity, *(entry.severity for entry in per_path)]
        loaded = {name: self._load(name, config.rule_files[name]) for name in _chosen(config.rule_files, layers)}
        previews = {name for layer in layers for name in layer.select or ()}
        kept = [
            msgspec.structs.replace(rule, severity=_level(name, levels) or rule.severity)
            for name, rule in loaded.items()
            if isinstance(rule, Rule) and (not rule.file.preview or self._wanted.preview or name in previews)
        ]
        return Selected(tuple(kept), tuple(str(rule) for rule in loaded.values() if isinstance(rule, RuleError)))

    def _load(self, name: str, path: Path) -> Rule | RuleError:
        if path not in self._loaded:
            try:
                self._loaded[path] = rules.load(name, path)
            except RuleError as error:
                self._loaded[path] = error
        return self._loaded[path]


def _layers(wanted: Wanted, config: Config, per_path: Iterable[PerPath]) -> Iterator[Layer]:
    """The command line's `select` takes the place of all others; every `ignore` that is outside of it still counts."""
    if wanted.select is None:
        yield Layer(config.settings.select, config.settings.ignore)
        yield from (Layer(entry.select, entry.ignore) for entry in per_path)
        yield Layer(None, wanted.ignore)
    else:
        yield Layer(wanted.select, wanted.ignore)
        yield from (Layer(None, entry.ignore) for entry in per_path)


def _chosen(names: Iterable[str], layers: Iterable[Layer]) -> list[str]:
    """The names that the layers leave on; within a layer a rule's own name counts more than that of its group."""
    chosen = dict.fromkeys(names, True)
    for layer in layers:
        for name in chosen:
            ignored = _rank(name, layer.ignore)
            if layer.select is not None:
                chosen[name] = _rank(name, layer.select) > ignored
            elif ignored:
                chosen[name] = False
    return [name for name, on in chosen.items() if on]


def _rank(name: str, selectors: tuple[str, ...]) -> int:
    """2 if a rule is named itself, 1 if its group is, else 0."""
    return 2 if name in selectors else int(name.partition("/")[0] in selectors)


def _level(name: str, levels: Iterable[Mapping[str, Severity]]) -> Severity | None:
    """The severity that is asked for: the last one counts, and in one mapping a rule's name more than its group's."""
    asked = None
    for level in levels:
        asked = level.get(name) or level.get(name.partition("/")[0]) or asked
    return asked
