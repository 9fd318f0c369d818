"""Which rules are run on an article, how much each one weighs there, and who says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from healthlint import kept, rule_options, rules
from healthlint.config import Config, Origin
from healthlint.rules import Rule, RuleError, Severity


class Wanted(NamedTuple):
    """What the command line says about rules; it comes before the configuration."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    preview: bool = False


class Voice(msgspec.Struct, frozen=True):
    """One say on rules: `select` starts anew, without it `ignore` takes away from what was said before."""

    origin: Origin
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}
    options: Mapping[str, Mapping[str, Any]] = {}

    def of(self, *key: str | int) -> Origin:
        """The origin of a part of it."""
        return Origin(self.origin.layer, (*self.origin.key, *key))


class Said(NamedTuple):
    """A value, and who says it; None if it is the default."""

    value: Any
    origin: Origin | None = None


class Decision(msgspec.Struct, frozen=True):
    """What becomes of a rule in an article."""

    name: str
    path: Path
    is_run: Said  # True or False
    in_preview: bool  # whether it is run even if it is in preview
    severity: Said  # None if the rule's own holds
    options: tuple[tuple[str, Said], ...]  # in the order in which they are changed


class Selected:
    """The rules to run on an article; they are loaded once somebody needs them."""

    def __init__(
        self, decisions: Sequence[Decision], files: Mapping[str, Path], loaded: dict[Path, Rule | RuleError]
    ) -> None:
        """`files` are those of all rules there are; `loaded` those that are loaded already."""
        self.decisions = decisions
        self._chosen = [decision for decision in decisions if decision.is_run.value]
        self._files = files
        self._loaded = loaded

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Those that can be used."""
        loaded = ((one, self._load(one)) for one in self._chosen)
        return tuple(
            _as_wanted(rule, one)
            for one, rule in loaded
            if isinstance(rule, Rule) and (one.in_preview or not rule.file.preview)
        )

    @property
    def known(self) -> Collection[str]:
        """The names of all rules there are."""
        return self._files.keys()

    def named(self, name: str) -> Rule | None:
        """The rule of that name, if it is run."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Rule]:
        return {rule.name: rule for rule in self.rules}

    @cached_property
    def errors(self) -> tuple[str, ...]:
        """The RuleErrors of those that cannot."""
        return tuple(str(rule) for rule in map(self._load, self._chosen) if isinstance(rule, RuleError))

    @cached_property
    def key(self) -> str:
        """What findings depend on besides the article: the choice, and all rule files, which suppressions may name."""
        choice = (
            f"{one.name} {one.severity.value} {one.in_preview} {[(name, said.value) for name, said in one.options]}"
            for one in self._chosen
        )
        files = (f"{name} {path} {_stamp(path)}" for name, path in self._files.items())
        return kept.digest(*(line.encode("utf-8", "surrogateescape") for line in (*choice, *files)))

    def _load(self, one: Decision) -> Rule | RuleError:
        if one.path not in self._loaded:
            try:
                self._loaded[one.path] = rules.load(one.name, one.path)
            except RuleError as error:
                self._loaded[one.path] = error
        return self._loaded[one.path]


def _as_wanted(rule: Rule, decision: Decision) -> Rule:
    """The rule with its severity and options."""
    if decision.options:
        rule = rule_options.changed(rule, [(name, said.value) for name, said in decision.options])
    return msgspec.structs.replace(rule, severity=decision.severity.value or rule.severity)


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
        self._selected: dict[tuple[Config, tuple[tuple[int, int], ...]], Selected] = {}

    def rules(self, config: Config, article: Path) -> Selected:
        """The rules that are run on an article."""
        per_path = config.per_path(article)
        key = (config, per_path)
        if key not in self._selected:
            voices = list(_voices(self._wanted, config, per_path))
            self._selected[key] = Selected(self._decisions(config, voices), config.rule_files, self._loaded)
        return self._selected[key]

    def _decisions(self, config: Config, voices: Sequence[Voice]) -> list[Decision]:
        previews = {name for voice in voices for name in voice.select or ()}
        return [
            Decision(
                name,
                path,
                _is_run(name, voices),
                self._wanted.preview or name in previews,
                _severity(name, voices),
                tuple(_options(name, voices)),
            )
            for name, path in config.rule_files.items()
        ]


def _voices(wanted: Wanted, config: Config, per_path: Iterable[tuple[int, int]]) -> Iterator[Voice]:
    """All that is said, the last word last.

    The command line's `select` takes the place of all others, and of `ignore` in what holds for all articles; that of
    some articles still counts.
    """
    alone = wanted.select is not None
    for layer in config.layers:
        said, origin = layer.settings, Origin(layer, ())
        chosen = (None, ()) if alone else (said.select, said.ignore)
        yield Voice(origin, *chosen, said.severity, said.options)
    command_line = Voice(Origin(None, ()), wanted.select, wanted.ignore)
    if alone:
        yield command_line
    for at, index in per_path:
        entry, origin = config.layers[at].settings.per_path[index], Origin(config.layers[at], ("per-path", index))
        yield Voice(origin, None if alone else entry.select, entry.ignore, entry.severity, entry.options)
    if not alone:
        yield command_line


def _is_run(name: str, voices: Iterable[Voice]) -> Said:
    """Whether a rule is run; within one voice its own name counts more than that of its group."""
    said = Said(True)
    for voice in voices:
        ignored = _rank(name, voice.ignore)
        if voice.select is not None:
            selected = _rank(name, voice.select)
            is_run = selected > ignored
            at = _place("select", name, voice.select) if selected else ("select",)
            said = Said(is_run, voice.of(*(at if is_run or not ignored else _place("ignore", name, voice.ignore))))
        elif ignored and said.value:
            said = Said(False, voice.of(*_place("ignore", name, voice.ignore)))
    return said


def _rank(name: str, selectors: tuple[str, ...]) -> int:
    """2 if a rule is named itself, 1 if its group is, else 0."""
    return 2 if name in selectors else int(_group(name) in selectors)


def _group(name: str) -> str:
    return name.partition("/")[0]


def _place(key: str, name: str, selectors: tuple[str, ...]) -> tuple[str, int]:
    """Where a rule is named, by itself or by its group."""
    return key, selectors.index(name if name in selectors else _group(name))


def _severity(name: str, voices: Iterable[Voice]) -> Said:
    """The severity that is asked for: the last one counts, and in one mapping a rule's name more than its group's."""
    said = Said(None)
    for voice in voices:
        for key in (name, _group(name)):
            if key in voice.severity:
                said = Said(voice.severity[key], voice.of("severity", key))
                break
    return said


def _options(name: str, voices: Iterable[Voice]) -> Iterator[tuple[str, Said]]:
    for voice in voices:
        for option, value in voice.options.get(name, {}).items():
            yield option, Said(value, voice.of("options", name, option))
