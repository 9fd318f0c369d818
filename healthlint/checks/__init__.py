"""A check is a way of looking, without an opinion: a class whose fields a rule file fills in under `with`.

`check: claims` in a rule file names the module `healthlint/checks/claims.py` and the one subclass of `Check` in it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

import msgspec

from healthlint import builtin
from healthlint.analysis import Analysis
from healthlint.documents.document import Span
from healthlint.edits import Fix

if TYPE_CHECKING:
    from healthlint.analysis.repetition.parts import Part


class Related(msgspec.Struct, frozen=True):
    """Another place that a match has to do with: the earlier one of a duplicate."""

    span: Span
    note: str  # what a reader is told of it: 'first told here'


class Match(msgspec.Struct, frozen=True):
    """What a check noticed."""

    span: Span
    words: Mapping[str, str] = {}  # fill the `{...}` of the rule's message
    related: tuple[Related, ...] = ()
    whole_document: bool = False  # something is absent from the article: placed at its title
    doubtful: bool = False  # reported as `info` whatever the rule's severity
    fix: Fix | None = None


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A way of looking. Its fields are the schema of a rule's `with`."""

    compares: ClassVar[bool] = False  # whether it looks at the articles of a run side by side
    follows: ClassVar[bool] = False  # whether it is about what lies behind web links, which few runs look at

    def verify(self) -> None:
        """Prepare all that is looked for, which is else done when it is first needed. Raises PatternError."""
        for kind in type(self).__mro__:
            for name, member in vars(kind).items():
                if isinstance(member, cached_property):
                    _verify(getattr(self, name))

    def find(self, analysis: Analysis) -> Iterator[Match]:
        """All that is noticed in an article, in any order."""
        raise NotImplementedError

    def parts(self, analysis: Analysis) -> Iterator[Part]:
        """If it compares articles: what of this one may stand in another one of the run, the whole before its parts."""
        raise NotImplementedError

    def links(self, analysis: Analysis) -> Iterator[Match]:
        """If it follows links: a match for each that is to be followed, with its address as the word `target`."""
        raise NotImplementedError


@runtime_checkable
class _Verified(Protocol):
    """What can tell whether its patterns may be run."""

    def verify(self) -> None:
        """Raises PatternError."""


def _verify(prepared: object) -> None:
    """Verify the patterns in what a check has prepared: lists and mappings of them, too."""
    if isinstance(prepared, _Verified):
        prepared.verify()
    elif isinstance(prepared, Mapping):
        for each in prepared.values():
            _verify(each)
    elif isinstance(prepared, list | tuple):
        for each in prepared:
            _verify(each)


@cache
def names() -> tuple[str, ...]:
    """The checks that a rule file may name."""
    return tuple(builtin.modules(__path__[0]))


def named(name: str) -> type[Check]:
    """The check of that name. Raises KeyError if there is none."""
    if name not in names():
        raise KeyError(name)
    module = importlib.import_module(f"{__name__}.{name}")
    found = [
        member
        for member in vars(module).values()
        if isinstance(member, type) and issubclass(member, Check) and member.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} has {len(found)} checks; it must have one")
    return found[0]
