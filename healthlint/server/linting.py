"""An open article -> what is found in it, as the configuration nearest to it wants."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from healthlint import documents, kept, runner, watching
from healthlint.analysis import Analysis
from healthlint.config import Config, ConfigError, Configs
from healthlint.documents.document import Document
from healthlint.findings import Finding, lint_analysis
from healthlint.fixes import fixed
from healthlint.rules import Rule, RuleError
from healthlint.selection import Selection
from healthlint.server.articles import Article

GoingOn = Callable[[], None]  # called now and then; raises Superseded to end the work


class Superseded(Exception):
    """Nobody waits for what is being worked on any more."""


class Linted(msgspec.Struct, frozen=True):
    """What came of one version of an article."""

    article: Article
    findings: Sequence[Finding] = ()
    rules: Mapping[str, Rule] = {}
    document: Document | None = None  # None if it was not linted
    errors: Sequence[str] = ()  # why it, a rule or a configuration cannot be used: one line each
    again: Callable[[str, GoingOn], Sequence[Finding]] | None = None  # what is found in a text that it might become


class _Files:
    """Configurations and rules as they were when they were first asked for."""

    def __init__(self, request: runner.Request, configs: Configs) -> None:
        self.configs = configs
        self.selection = Selection(request.wanted)
        self.is_sound = True  # every configuration that was asked for can be used
        self._watched: dict[Path, Sequence[str]] = {}  # what decides on the articles in a folder
        self._states: dict[Path, watching.State] = {}  # of that

    def of(self, folder: Path) -> Config:
        """The configuration for the articles in a folder. Raises ConfigError, RuleError."""
        try:
            return self.configs.of(folder)
        except (ConfigError, RuleError):
            self.is_sound = False
            raise

    def have_changed(self, folder: Path) -> bool:
        """Whether they are not what they were when a folder was first asked for."""
        if folder not in self._watched:
            self._watched[folder] = list(map(os.path.abspath, watching.configurations([folder], self.configs)))
        state = watching.state(self._watched[folder])
        return self._states.setdefault(folder, state) != state


class Linting:
    """Lints articles, in one thread, by the files that configure it as they are at the time."""

    def __init__(self, request: runner.Request, configs: Callable[[], Configs]) -> None:
        self.is_told = False  # somebody says when files change, so that nobody need look
        self._request = request
        self._configs = configs
        self._files = _Files(request, configs())
        self._sound: _Files | None = None  # the last that could be used, where those of now cannot
        self._outdated = False

    def outdate(self) -> None:
        """Files have changed; any thread may say so."""
        self._outdated = True

    def lint(self, article: Article, going_on: GoingOn) -> Linted:
        """Lint an article; `going_on` is called before each rule. Raises Superseded if that does."""
        errors: list[str] = []
        try:
            return self._linted(article, going_on, errors)
        except (ConfigError, RuleError) as error:
            return Linted(article, errors=[*errors, str(error)])
        except Superseded:
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours must not cost the findings in other articles
            what = f"{article.path}: healthlint failed on it ({type(error).__name__}: {error}); please report this"
            return Linted(article, errors=[*errors, " ".join(what.split())])
        finally:
            kept.run.save()

    def _linted(self, article: Article, going_on: GoingOn, errors: list[str]) -> Linted:
        self._look_at_files(article.path.parent)
        text = article.text.text[article.text.mark :]
        if runner.is_excluded(self._request, self._files.configs, article.path, False) or not text.strip():
            return Linted(article)  # one that is not begun yet is nothing to talk about
        settings, selection = self._chosen(article.path.parent, errors)
        if refused := _refused(text):
            return Linted(article, errors=[*errors, f"{article.path}: {refused}"])
        selected = selection.rules(settings, article.path)
        setting = settings.setting(article.path, self._request.today)

        def found_in(document: Document, going_on: GoingOn) -> list[Finding]:
            analysis = Analysis(document, setting)
            return lint_analysis(analysis, selected.rules, settings.rule_files, settings.root, going_on)

        def again(text: str, going_on: GoingOn) -> list[Finding]:
            return found_in(documents.read_text(str(article.path), text, article.format), going_on)

        document = documents.read_text(str(article.path), text, article.format)
        rules = {rule.name: rule for rule in selected.rules}
        found = found_in(document, going_on)
        return Linted(article, found, rules, document, [*errors, *selected.errors], again)

    def _look_at_files(self, folder: Path) -> None:
        """Begin anew with configurations and rules that have changed."""
        if self._outdated or (not self.is_told and self._files.have_changed(folder)):
            self._outdated = False
            if self._files.is_sound:
                self._sound = self._files
            self._files = _Files(self._request, self._configs())
            self._files.have_changed(folder)  # from now on

    def _chosen(self, folder: Path, errors: list[str]) -> tuple[Config, Selection]:
        """The configuration for the articles in a folder, or the one before it. Raises ConfigError, RuleError."""
        try:
            return self._files.of(folder), self._files.selection
        except (ConfigError, RuleError) as error:
            if self._sound is None:
                raise
            errors.append(str(error))
            return self._sound.of(folder), self._sound.selection


def all_fixed(linted: Linted, going_on: GoingOn) -> str | None:
    """The text of an article with its safe fixes made, but for those that do harm; None if that changes nothing.

    Raises Superseded if `going_on` does.
    """
    again, document = linted.again, linted.document
    if document is None or again is None:
        return None
    try:
        text = fixed(document.text, linted.findings, lambda text: again(text, going_on)).text
    except Superseded:
        raise
    except Exception:  # noqa: BLE001 - a defect of ours, which must not cost what else is offered
        return None
    return text if text != document.text else None


def _refused(text: str) -> str:
    """Why a text is no article, if it is none."""
    if len(text) > documents.LARGEST or len(text.encode()) > documents.LARGEST:
        return f"is larger than {documents.LARGEST // 1_000_000} MB and is not linted; an article is not: split it"
    if "\0" in text:
        return "holds a NUL character and is not linted; an article does not"
    return ""
