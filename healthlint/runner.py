"""Paths -> results: each article read and linted with the rules that its configuration wants."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from healthlint import documents, paths
from healthlint.config import ConfigError, Configs, FailOn
from healthlint.findings import Finding, Result, lint
from healthlint.globs import matches
from healthlint.paths import PathError
from healthlint.rules import RuleError, Severity
from healthlint.selection import Selection, Wanted


@dataclass(frozen=True)
class Request:
    """What the command line asks for; None leaves the word to the configuration."""

    paths: Sequence[str]
    wanted: Wanted = Wanted()
    fail_on: FailOn | None = None
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    stdin_filename: str = ""


def run(request: Request, configs: Configs) -> Iterator[Result]:
    """One result for each article, in the order of the arguments; what cannot be linted comes as errors of a result."""
    selection = Selection(request.wanted)

    def excluded(path: Path, is_folder: bool) -> bool:
        return _is_excluded(request, configs, path, is_folder)

    for found in paths.articles(request.paths, excluded, force_exclude=request.force_exclude):
        if isinstance(found, PathError):
            yield Result(found.path, linted=False, errors=(f"{found.path}: {found.what}",))
        elif str(found) != paths.STDIN:
            yield _result(str(found), found, request, configs, selection)
        elif not (request.force_exclude and excluded(Path(request.stdin_filename).absolute(), False)):
            yield _result(request.stdin_filename or "stdin.txt", None, request, configs, selection)


def _is_excluded(request: Request, configs: Configs, path: Path, is_folder: bool) -> bool:
    """Whether the command line or the configuration nearest to a path leaves it out."""
    try:
        config = configs.of(path.parent)
    except ConfigError:
        return False  # reported when its articles are linted
    root, settings = config.root, config.settings
    here = Path.cwd()
    if request.exclude is not None:
        left_out = matches(request.exclude, here, path, folder=is_folder)
    else:
        left_out = matches(
            paths.EXCLUDED if settings.exclude is None else settings.exclude, root, path, folder=is_folder
        )
    return (
        left_out
        or matches(settings.extend_exclude, root, path, folder=is_folder)
        or matches(request.extend_exclude, here, path, folder=is_folder)
    )


def _result(name: str, path: Path | None, request: Request, configs: Configs, selection: Selection) -> Result:
    """What comes of the article at `path`, or of standard input if that is None."""
    try:
        config = configs.of(Path(name).parent)
        selected = selection.rules(config, Path(name).absolute())
        document = documents.read(name, _bytes(path))
        found = lint(document, selected.rules, config.rule_files, config.root)
    except (ConfigError, RuleError) as error:
        return Result(name, linted=False, errors=(str(error),))
    except documents.ReadError as error:
        return Result(name, linted=False, errors=(f"{name}: {error}",))
    except OSError as error:
        return Result(
            name,
            linted=False,
            errors=(f"{name}: cannot be read ({error.strerror or error}); check the file and its mode",),
        )
    except Exception as error:  # noqa: BLE001 - a defect of ours must not cost the findings in other articles
        what = f"{name}: healthlint failed on it ({type(error).__name__}: {error}); please report this"
        return Result(name, linted=False, errors=(" ".join(what.split()),))
    fails = _fails(found, request.fail_on or config.settings.fail_on)
    return Result(name, document.text, found, fails=fails, errors=selected.errors)


def _bytes(path: Path | None) -> bytes:
    """The bytes of a file or of standard input; one more than the limit of an article where there are more."""
    if path is None:
        if sys.stdin is None:
            raise OSError("there is no standard input")
        return sys.stdin.buffer.read(documents.LARGEST + 1)
    with path.open("rb") as file:
        return file.read(documents.LARGEST + 1)


def _fails(found: Sequence[Finding], fail_on: FailOn) -> bool:
    if fail_on is FailOn.NEVER:
        return False
    return any(finding.severity.weight >= Severity(fail_on.value).weight for finding in found)
