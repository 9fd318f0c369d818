"""Which rules are run on an article, and how much each one weighs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from healthlint import kept, rules
from healthlint.checks import CONFIGURED, Check
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


@dataclass(frozen=True)
class Chosen:
    """A rule that is run if it can be loaded."""

    name: str
    path: Path
    severity: Severity | None  # what the configuration makes of it
    in_preview: bool  # whether it is run even if it is in preview


class Selected:
    """The rules to run on an article; they are loaded once somebody needs them."""

    def __init__(
        self,
        chosen: Sequence[Chosen],
        files: Mapping[str, Path],
        loaded: dict[Path, Rule | RuleError],
        disclaimer: str = "",
    ) -> None:
        """`files` are those of all rules there are; `loaded` those that are loaded already.

        `disclaimer` is the text that a rule may have put into an article.
        """
        self._chosen = chosen
        self._disclaimer = disclaimer
        self._files = files
        self._loaded = loaded

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Those that can be used."""
        loaded = ((one, self._load(one)) for one in self._chosen)
        return tuple(
            msgspec.structs.replace(rule, severity=one.severity or rule.severity, check=self._configured(rule.check))
            for one, rule in loaded
            if isinstance(rule, Rule) and (one.in_preview or not rule.file.preview)
        )

    def _configured(self, check: Check) -> Check:
        """A check with the configured disclaimer, if its rule asks for it."""
        if getattr(check, "notice", None) != CONFIGURED:
            return check
        return msgspec.structs.replace(check, notice=" ".join(self._disclaimer.split()))

    @cached_property
    def errors(self) -> tuple[str, ...]:
        """The RuleErrors of those that cannot."""
        return tuple(str(rule) for rule in map(self._load, self._chosen) if isinstance(rule, RuleError))

    @cached_property
    def key(self) -> str:
        """What findings depend on besides the article: the choice, and all rule files, which suppressions may name."""
        choice = (f"{one.name} {one.severity} {one.in_preview}" for one in self._chosen)
        files = (f"{name} {path} {_stamp(path)}" for name, path in self._files.items())
        lines = (*choice, *files, self._disclaimer)
        return kept.digest(*(line.encode("utf-8", "surrogateescape") for line in lines))

    def _load(self, one: Chosen) -> Rule | RuleError:
        if one.path not in self._loaded:
            try:
                self._loaded[one.path] = rules.load(one.name, one.path)
            except RuleError as error:
                self._loaded[one.path] = error
        return self._loaded[one.path]


def _stamp(path: Path) -> str:
    try:
        return kept.stamp(path)
    except OSError:
        return ""  # told once it is loaded


class Selection:
    """Chooses the rules of a run, and keeps those that are loaded."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._loaded: dict[Path, Rule | RuleError] = {}
        self._selected: dict[tuple[Config, tuple[int, ...]], Selected] = {}

    def rules(self, config: Config, article: Path) -> Selected:
        """The rules that are run on an article."""
        per_path = config.per_path(article)
        key = (config, per_path)
        if key not in self._selected:
            self._selected[key] = self._select(config, [config.settings.per_path[at] for at in per_path])
        return self._selected[key]

    def _select(self, config: Config, per_path: Sequence[PerPath]) -> Selected:
        layers = list(_layers(self._wanted, config, per_path))
        levels = [config.settings.severity, *(entry.severity for entry in per_path)]
        previews = {name for layer in layers for name in layer.select or ()}
        chosen = [
            Chosen(name, config.rule_files[name], _level(name, levels), self._wanted.preview or name in previews)
            for name in _chosen(config.rule_files, layers)
        ]
        return Selected(chosen, config.rule_files, self._loaded, config.settings.disclaimer)


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
